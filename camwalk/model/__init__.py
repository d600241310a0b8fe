"""Nouns: frozen records and the survey they make up.

Nothing here reads a file, knows a screen or a language, or does maths beyond its own fields.
Times are UTC-aware datetimes, directions degrees clockwise from true north, lengths metres.
"""

from camwalk.model.edit import Change, Edit, added, combined, removed
from camwalk.model.errors import CamwalkError, Cancelled, Report, ignore_progress, share_of
from camwalk.model.message import Message, counted, message
from camwalk.model.place import Box, LatLon
from camwalk.model.records import (
    Camera,
    Decision,
    Device,
    Distinct,
    Document,
    Extract,
    Figure,
    Handover,
    HeadingSource,
    Photo,
    Placing,
    Preset,
    Problem,
    Record,
    Reference,
    Sighting,
    Source,
    System,
    Tags,
    Tick,
    Track,
    Verdict,
    Walk,
    Waypoint,
    is_panorama,
    new_id,
    same_shape,
)
from camwalk.model.survey import Survey

__all__ = [
    "Box", "Camera", "CamwalkError", "Cancelled", "Change", "Decision", "Device", "Distinct",
    "Document", "Edit", "Extract", "Figure", "Handover", "HeadingSource", "LatLon", "Message",
    "Photo", "Placing", "Preset", "Problem", "Record", "Reference", "Report", "Sighting",
    "Source", "Survey", "System", "Tags", "Tick", "Track", "Verdict", "Walk", "Waypoint",
    "added", "combined", "counted", "ignore_progress", "is_panorama", "message", "new_id", "removed",
    "same_shape", "share_of",
]  # fmt: skip
