"""The comparison with OSM as rows of a list and lines of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from camwalk.i18n import _, number, tell
from camwalk.model import Survey, Tags
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.decide_match import LABELS, decision_about, is_decided
from camwalk.operations.match_cameras import Match
from camwalk.operations.tagging import KINDS, camera_kind


@dataclass(frozen=True, slots=True)
class TagLine:
    """One key with both values; `differs` where the two do not say the same."""

    key: str
    ours: str
    theirs: str
    differs: bool


def kind_words(kind: str) -> str:
    """The class of a match in the reader's language."""
    return {
        "new": _("new"),
        "confirmed": _("confirmed"),
        "changed": _("changed"),
        "moved": _("moved"),
        "not found": _("not found"),
        "not checked": _("not checked"),
    }[kind]


def row_text(survey: Survey, match: Match, known: Mapping[str, OsmCamera]) -> str:
    """One line of the queue: what it is, how far apart, and what was decided."""
    tags = survey.cameras[match.camera].tags if match.camera else known[match.osm or ""].tags
    parts = [kind_words(match.kind), tell(KINDS[camera_kind(tags)].choice.label)]
    if match.distance is not None and match.distance >= 0.5:
        parts.append(_("{distance} m").format(distance=number(match.distance)))
    decision = decision_about(survey, match)
    if decision and is_decided(survey, match):
        parts.append("✓ " + tell(LABELS[decision.verdict]))
    return " · ".join(parts)


def tag_lines(survey: Survey, match: Match, known: Mapping[str, OsmCamera]) -> Sequence[TagLine]:
    """All tags of both, those that differ first."""
    osm = known.get(match.osm or "")
    ours: Tags = survey.cameras[match.camera].tags if match.camera else {}
    theirs: Tags = osm.tags if osm else {}
    differing = {d.key for d in match.differences}
    keys = sorted({*ours, *theirs}, key=lambda key: (key not in differing, key))
    return [TagLine(key, ours.get(key, ""), theirs.get(key, ""), key in differing) for key in keys]
