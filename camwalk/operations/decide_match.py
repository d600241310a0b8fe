"""What people decide about a match: one edit each, kept by our camera's and by OSM's id."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from camwalk.model import (
    CamwalkError,
    Change,
    Decision,
    Edit,
    LatLon,
    Message,
    Survey,
    Tags,
    Verdict,
    message,
)
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.match_cameras import Match, osm_ref
from camwalk.operations.tag_compare import merged_tags

LABELS: Mapping[Verdict, Message] = {
    "ours": message("Keep our tags, and our place if it clearly moved"),
    "theirs": message("Take OpenStreetMap’s tags and place"),
    "mixed": message("Take tags from both"),
    "confirmed": message("Confirm a camera"),
    "different": message("Not the same camera"),
    "removed": message("Note that a camera is gone"),
    "later": message("Decide about a camera later"),
}

_NEEDS_BOTH = ("ours", "theirs", "mixed", "different")


def decide(
    survey: Survey,
    match: Match,
    verdict: Verdict,
    theirs: OsmCamera | None = None,
    *,
    tags: Tags | None = None,
    note: str = "",
) -> Edit:
    """Keep a verdict about a match, and change our camera where it says so.

    "theirs" needs OSM's camera. "mixed" takes in `tags` all that both shall have, see
    `tag_by_tag`. "confirmed" and "removed" may take tags to write to OSM's object, and else write
    `check_date_tags()`, `gone_tags(...)`; an empty value removes a key. Deciding again replaces the
    decision before.
    """
    _refuse_nonsense(match, verdict, theirs)
    before = survey.decisions.get(decision_id(match))
    if tags is None:
        tags = _tags_told_by(verdict, theirs, before)
    after = Decision(
        id=decision_id(match),
        verdict=verdict,
        made=datetime.now(UTC),
        camera=match.camera,
        osm=match.osm,
        tags=dict(tags),
        note=note.strip(),
    )
    return Edit(LABELS[verdict], (Change(before, after), *_camera_change(survey, after, theirs)))


def _tags_told_by(verdict: Verdict, theirs: OsmCamera | None, before: Decision | None) -> Tags:
    """The tags that a verdict comes to by itself."""
    if verdict == "confirmed":
        return check_date_tags()
    if verdict == "ours" and before and before.verdict in ("ours", "theirs", "mixed"):
        return before.tags  # what was taken over from OSM and is gone since shall go there too
    if theirs is None or verdict not in ("theirs", "removed"):
        return {}
    return theirs.tags if verdict == "theirs" else gone_tags(theirs.tags)


def decision_id(match: Match) -> str:
    """The same for the same camera and the same object, in every copy of the survey."""
    return sha256(f"{match.camera or ''} {match.osm or ''}".encode()).hexdigest()[:16]


def decision_about(survey: Survey, match: Match) -> Decision | None:
    """What was decided about a match, "later" included."""
    return survey.decisions.get(decision_id(match))


def is_decided(survey: Survey, match: Match) -> bool:
    """Whether somebody decided about it for good.

    Who took OSM's tags or confirmed them is asked again once the two differ again.
    """
    decision = decision_about(survey, match)
    if decision is None or decision.verdict == "later":
        return False
    return decision.verdict not in ("theirs", "confirmed") or match.kind not in ("changed", "moved")


def check_date_tags(day: date | None = None) -> Tags:
    """What tells OSM that somebody has just seen the camera."""
    return {"check_date": (day or date.today()).isoformat()}


def gone_tags(theirs: Tags) -> Tags:
    """What tells that OSM's camera is gone: its main tag gets a lifecycle prefix, the rest stays."""
    main = next(
        (k for k in ("man_made", "highway") if theirs.get(k) in ("surveillance", "speed_camera")), None
    )
    return {main: "", f"removed:{main}": theirs[main]} if main else {}


def tag_by_tag(ours: Tags, theirs: Tags, chosen: Mapping[str, str | None]) -> Tags:
    """The tags of a "mixed" verdict: OSM's and ours, but what is `chosen` (None: without that key).

    What OSM shall lose has an empty value.
    """
    agreed = merged_tags(theirs, {**ours, **{key: value or "" for key, value in chosen.items()}})
    return {**agreed, **{key: "" for key in theirs if key not in agreed}}


def _refuse_nonsense(match: Match, verdict: Verdict, theirs: OsmCamera | None) -> None:
    if verdict in _NEEDS_BOTH and (match.camera is None or match.osm is None):
        raise CamwalkError(message("This takes one of your cameras and one that OpenStreetMap has."))
    if verdict in ("removed", "confirmed") and match.osm is None:
        raise CamwalkError(message("OpenStreetMap does not have this camera."))
    if verdict == "theirs" and (theirs is None or osm_ref(theirs) != match.osm):
        raise CamwalkError(message("OpenStreetMap’s camera is not at hand. Attach the extract, then repeat."))


def _camera_change(survey: Survey, decision: Decision, theirs: OsmCamera | None) -> tuple[Change, ...]:
    if decision.camera is None or decision.verdict not in ("theirs", "mixed"):
        return ()
    before = survey.cameras[decision.camera]
    after = replace(before, tags={key: value for key, value in decision.tags.items() if value.strip()})
    if theirs is not None and decision.verdict == "theirs":
        after = after.hung_at(LatLon(theirs.lat, theirs.lon))
    return () if after == before else (Change(before, after),)
