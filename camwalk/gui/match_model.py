"""The comparison with OSM as rows of a list and lines of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from camwalk.geometry.geodesy import distance
from camwalk.i18n import _, number, tell
from camwalk.model import Camera, LatLon, Survey, Tags
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.decide_match import LABELS, decision_about, is_decided
from camwalk.operations.match_cameras import KIND_WORDS, Match
from camwalk.operations.tagging import KINDS, camera_kind


@dataclass(frozen=True, slots=True)
class TagLine:
    """One key with both values; `differs` where the two do not say the same."""

    key: str
    ours: str
    theirs: str
    differs: bool


def camera_of(survey: Survey, match: Match, known: Mapping[str, OsmCamera]) -> Camera | OsmCamera:
    """Our camera of a match, else OSM's."""
    return survey.cameras[match.camera] if match.camera else known[match.osm or ""]


def row_text(survey: Survey, match: Match, known: Mapping[str, OsmCamera], streets: Mapping[str, str]) -> str:
    """One line of the queue: what it is, where, how far apart or from the photo, and what was decided."""
    camera = camera_of(survey, match, known)
    kind = tell(KINDS[camera_kind(camera.tags)].choice.label)
    parts = [tell(KIND_WORDS[match.kind]), kind, streets.get(name_of(match), "")]
    if match.distance is not None:
        parts.append(_("{distance} m").format(distance=number(match.distance, 1)))
    elif match.photos and (eye := survey.photos[match.photos[0]].position):
        metres = distance(eye, LatLon(camera.lat, camera.lon))
        parts.append(_("{distance} m from a photo").format(distance=number(metres, 0)))
    decision = decision_about(survey, match)
    if decision and is_decided(survey, match):
        parts.append("✓ " + tell(LABELS[decision.verdict]))
    elif decision and decision.verdict == "later":
        parts.append(_("later"))
    return " · ".join(filter(None, parts))


def name_of(match: Match) -> str:
    """What a match is called: by our camera, else by OSM's."""
    return match.camera or match.osm or ""


def tag_lines(survey: Survey, match: Match, known: Mapping[str, OsmCamera]) -> Sequence[TagLine]:
    """All tags of both, those that differ first."""
    osm = known.get(match.osm or "")
    ours: Tags = survey.cameras[match.camera].tags if match.camera else {}
    theirs: Tags = osm.tags if osm else {}
    differing = {d.key for d in match.differences}
    keys = sorted({*ours, *theirs}, key=lambda key: (key not in differing, key))
    return [TagLine(key, ours.get(key, ""), theirs.get(key, ""), key in differing) for key in keys]
