"""The tables. Columns are named like the fields of the records; a test holds them equal.

References are checked at the end of a transaction, so an edit may list its changes in any order.
"""

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

from camwalk.model import (
    Camera,
    Decision,
    Device,
    Distinct,
    Document,
    Extract,
    Figure,
    Handover,
    Photo,
    Preset,
    Problem,
    Record,
    Reference,
    Sighting,
    System,
    Tick,
    Track,
    Walk,
    Waypoint,
)
from camwalk.store.columns import LIST, MESSAGE, MESSAGES, MOMENT, PATH, TAGS, YES_NO, Conversion

APPLICATION_ID = 0x43574C4B  # "CWLK" in the file's header, for `file` and for us
VERSION = 3

metadata = MetaData()


def _converted(name: str, conversion: Conversion, *, nullable: bool = True) -> Column[Any]:
    kind = Integer if conversion is YES_NO else Text
    return Column(name, kind, nullable=nullable, info={"conversion": conversion})


def _key() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _refers(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return Column(name, Text, key, nullable=nullable)


walks = Table(
    "walks", metadata, _key(),
    Column("name", Text, nullable=False), Column("zone", Text), _converted("defaults", TAGS),
)  # fmt: skip
devices = Table(
    "devices", metadata, _key(), _refers("walk", "walks"),
    Column("name", Text, nullable=False), Column("make", Text), Column("model", Text), Column("serial", Text),
    Column("zone", Text), _converted("zone_reason", MESSAGE), Column("clock_offset", Float),
    _converted("clock_reason", MESSAGE), _converted("manual", YES_NO),
)  # fmt: skip
photos = Table(
    "photos", metadata, _key(), _refers("walk", "walks"), _refers("device", "devices"),
    _converted("path", PATH, nullable=False), Column("size", Integer), Column("fingerprint", Text),
    Column("width", Integer), Column("height", Integer), Column("orientation", Integer),
    _converted("taken", MOMENT), Column("taken_offset", Integer), _converted("gps_time", MOMENT),
    Column("exif_lat", Float), Column("exif_lon", Float), Column("altitude", Float),
    Column("accuracy", Float), Column("speed", Float), Column("course", Float),
    Column("direction", Float), Column("direction_ref", Text),
    Column("focal_mm", Float), Column("focal_35mm", Float),
    Column("zoom", Float), Column("full_width", Integer), Column("full_height", Integer),
    Column("usual_35mm", Float),
    _converted("utc", MOMENT), Column("lat", Float), Column("lon", Float), Column("source", Text),
    Column("heading", Float), Column("heading_source", Text),
    _converted("seen", YES_NO), _converted("warnings", MESSAGES),
    Index("photos_by_fingerprint", "fingerprint"),
)  # fmt: skip
tracks = Table(
    "tracks", metadata, _key(), _refers("walk", "walks"),
    Column("name", Text), _converted("path", PATH), Column("fingerprint", Text),
    Column("points", LargeBinary), _converted("starts", LIST),
)  # fmt: skip
waypoints = Table(
    "waypoints", metadata, _key(), _refers("walk", "walks"),
    Column("name", Text), Column("lat", Float), Column("lon", Float),
    _converted("path", PATH), Column("fingerprint", Text),
    Column("note", Text), _converted("utc", MOMENT), _converted("links", LIST),
)  # fmt: skip
systems = Table(
    "systems", metadata, _key(), Column("name", Text, nullable=False), Column("supplier", Text),
    Column("place", Text), Column("period", Text), Column("purpose", Text), Column("status", Text),
    Column("source", Text),
)  # fmt: skip
cameras = Table(
    "cameras", metadata, _key(), Column("lat", Float, nullable=False), Column("lon", Float, nullable=False),
    _converted("created", MOMENT, nullable=False), _refers("walk", "walks", nullable=True),
    _converted("tags", TAGS), Column("placed", Text, nullable=False),
    Column("sigma_major", Float), Column("sigma_minor", Float), Column("axis", Float),
    _refers("system", "systems", nullable=True),
)  # fmt: skip
sightings = Table(
    "sightings", metadata, _key(), _refers("photo", "photos"), _refers("camera", "cameras", nullable=True),
    Column("x", Float), Column("y", Float), Column("track", Text), Column("label", Text),
    Index("sightings_by_photo", "photo"), Index("sightings_by_camera", "camera"),
)  # fmt: skip
distincts = Table(
    "distincts",
    metadata,
    _key(),
    Column("first", Text, nullable=False),
    Column("second", Text, nullable=False),
)
problems = Table(
    "problems", metadata, _key(), _converted("path", PATH), _converted("reason", MESSAGE, nullable=False)
)
extracts = Table("extracts", metadata, _key(), _converted("path", PATH), Column("fingerprint", Text))

reference_files = Table(
    "reference_files", metadata, _key(), _converted("path", PATH), Column("fingerprint", Text),
    _converted("osm", YES_NO), _converted("columns", TAGS),
)  # fmt: skip
decisions = Table(
    "decisions", metadata, _key(), Column("verdict", Text, nullable=False), _converted("made", MOMENT),
    Column("camera", Text), Column("osm", Text), _converted("tags", TAGS), Column("note", Text),
)  # fmt: skip
handovers = Table(
    "handovers", metadata, _key(), _converted("made", MOMENT), Column("target", Text),
    _converted("cameras", LIST),
)  # fmt: skip
presets = Table("presets", metadata, _key(), Column("name", Text, nullable=False), _converted("tags", TAGS))
ticks = Table("ticks", metadata, _key(), _converted("walked", YES_NO, nullable=False))
figures = Table(
    "figures", metadata, _key(), Column("what", Text, nullable=False), Column("stated", Text),
    Column("value", Float), Column("as_of", Text), Column("source", Text),
)  # fmt: skip
documents = Table(
    "documents", metadata, _key(), Column("title", Text, nullable=False), Column("kind", Text),
    Column("dated", Text), Column("link", Text), Column("note", Text),
)  # fmt: skip

history = Table(
    "history", metadata, Column("id", Integer, primary_key=True),
    _converted("made", MOMENT, nullable=False), _converted("label", MESSAGE, nullable=False),
    _converted("undone", YES_NO, nullable=False),
    Column("changes", LargeBinary, nullable=False),  # see rows.py
)  # fmt: skip

TABLE_OF: dict[type[Record], Table] = {
    Walk: walks, System: systems, Device: devices, Photo: photos, Track: tracks, Waypoint: waypoints,
    Camera: cameras, Sighting: sightings, Distinct: distincts, Problem: problems, Extract: extracts,
    Reference: reference_files, Decision: decisions, Handover: handovers, Preset: presets, Tick: ticks,
    Figure: figures, Document: documents,
}  # fmt: skip
"""The table of each kind of record, parents before children."""
