"""What goes into .osm and .osc files: new cameras and decided changes, nothing that waits for a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_geojson import STEP, spread
from camwalk.model import Camera, Decision, Survey, Tags
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.decide_match import decision_about, gone_tags, is_decided
from camwalk.operations.match_cameras import Match, has_moved, osm_ref
from camwalk.operations.match_cameras_worth import measured
from camwalk.operations.tag_compare import merged_tags

_FIRST = datetime.min.replace(tzinfo=UTC)
_TALLEST = 20  # cameras on one pole, in steps of `spread`


@dataclass(frozen=True, slots=True)
class HandoverChanges:
    """The edits for OSM, with our camera behind each (None: only OSM has it), and what is left out."""

    changes: tuple[OsmChange, ...]
    cameras: tuple[str | None, ...]
    unchanged: tuple[Match, ...]  # OSM has them as they are
    undecided: tuple[Match, ...]
    possible_duplicates: tuple[Match, ...]  # OSM's object is no node, or its version is not known
    moved_apart: frozenset[str]  # our camera or OSM's node, "node/123"


@dataclass(slots=True)
class _Sorted:
    """Matches by what becomes of them; `edits` holds our camera or a stand-in, and OSM's object."""

    edits: list[tuple[Match, Camera, OsmCamera]] = field(
        default_factory=list[tuple[Match, Camera, OsmCamera]]
    )
    unchanged: list[Match] = field(default_factory=list[Match])
    undecided: list[Match] = field(default_factory=list[Match])
    duplicates: list[Match] = field(default_factory=list[Match])


def handover_changes(
    survey: Survey, matches: Sequence[Match], reference: Sequence[OsmCamera]
) -> HandoverChanges:
    """Exactly the edits to hand over. A modification carries all tags; nothing is ever deleted."""
    known = {osm_ref(camera): camera for camera in reference}
    found = _sorted(survey, [m for m in matches if m.osm is not None], known)
    new = [survey.cameras[m.camera] for m in matches if m.osm is None and m.camera is not None]
    new.sort(key=attrgetter("created", "id"))  # a camera that came back by undo is not the last
    places, moved_apart = _places(new, found.edits, known.values())
    # what was told about one that is not the same as OSM's goes with ours
    notes = {d.camera: d.note for d in survey.decisions.values() if d.verdict == "different"}
    created = [
        OsmChange("create", -number, None, *places[camera.id], _noted(camera.tags, notes.get(camera.id, "")))
        for number, camera in enumerate(new, 1)
    ]
    modified = [
        OsmChange("modify", osm.osm_id, osm.version, *places[wanted.id], wanted.tags)
        for _, wanted, osm in found.edits
    ]
    return HandoverChanges(
        (*created, *modified),
        (*(camera.id for camera in new), *(match.camera for match, _, _ in found.edits)),
        tuple(found.unchanged),
        tuple(found.undecided),
        tuple(found.duplicates),
        moved_apart,
    )


def _sorted(survey: Survey, matches: Iterable[Match], known: Mapping[str, OsmCamera]) -> _Sorted:
    found = _Sorted()
    for match in matches:
        decision = decision_about(survey, match) if is_decided(survey, match) else None
        osm = known.get(match.osm or "")
        if decision is None or osm is None:
            _leave_out(found, match)
            continue
        wanted = _wanted(survey, decision, osm)
        if (wanted.lat, wanted.lon, wanted.tags) == (osm.lat, osm.lon, osm.tags):
            found.unchanged.append(match)  # a note alone is no change: it went with one
        elif osm.version is None or osm.osm_type != "node":
            found.duplicates.append(match)
        else:
            found.edits.append((match, replace(wanted, tags=_noted(wanted.tags, decision.note)), osm))
    return found


def _leave_out(found: _Sorted, match: Match) -> None:
    if match.kind in ("changed", "moved", "not found"):
        found.undecided.append(match)
    elif match.camera is not None:
        found.unchanged.append(match)


def _wanted(survey: Survey, decision: Decision, osm: OsmCamera) -> Camera:
    """OSM's object as it shall be, as a camera; named by its id so that it has a place of its own."""
    camera = survey.cameras.get(decision.camera or "")
    agreed = decision.tags
    if camera is not None and decision.verdict in ("ours", "mixed"):
        agreed = {
            **_written(camera.tags),
            **{k: "" for k in decision.tags if k not in camera.tags},
        }
    elif decision.verdict == "removed":
        agreed = agreed or gone_tags(osm.tags)
    tags = merged_tags(osm.tags, agreed if decision.verdict != "theirs" else {})
    wanted = Camera(id=osm_ref(osm), lat=osm.lat, lon=osm.lon, created=_FIRST, tags=tags)
    if camera is None or decision.verdict not in ("ours", "mixed"):
        return wanted
    metres, sigmas = measured([camera], [osm])
    moved = has_moved(camera, float(metres[0]), float(sigmas[0]))
    return replace(wanted, lat=camera.lat, lon=camera.lon, created=camera.created) if moved else wanted


def _noted(tags: Tags, note: str) -> Tags:
    """The tags with a note for other mappers, behind the one that is there."""
    before = tags.get("note", "")
    if not note or f"; {note}; " in f"; {before}; ":
        return tags
    return {**tags, "note": f"{before}; {note}" if before else note}


def _places(
    new: Sequence[Camera], edits: Sequence[tuple[Match, Camera, OsmCamera]], reference: Iterable[OsmCamera]
) -> tuple[dict[str, tuple[float, float]], frozenset[str]]:
    """Where each is written by id, none on another one or on what OSM has, and which gave way."""
    moving = [wanted for _, wanted, osm in edits if (wanted.lat, wanted.lon) != (osm.lat, osm.lon)]
    leaving = {wanted.id for wanted in moving}
    staying = [wanted for _, wanted, _ in edits if wanted.id not in leaving]
    placed = spread([*_in_the_way([*new, *moving], reference, leaving), *new, *moving])
    own = {camera.id for camera in (*new, *moving)}
    places = {p.camera.id: (p.lat / 1e7, p.lon / 1e7) for p in placed if p.camera.id in own}
    places.update((wanted.id, (wanted.lat, wanted.lon)) for wanted in staying)
    return places, frozenset(placed.moved & own)


def _in_the_way(
    cameras: Iterable[Camera], reference: Iterable[OsmCamera], leaving: set[str]
) -> Iterable[Camera]:
    """OSM's objects where `cameras` are to be written, as cameras that were there first."""
    units = {(round(c.lat * 1e7), round(c.lon * 1e7)) for c in cameras}
    wanted = {(lat + step * STEP, lon) for lat, lon in units for step in range(-_TALLEST, _TALLEST)}
    for osm in reference:
        if (round(osm.lat * 1e7), round(osm.lon * 1e7)) in wanted and osm_ref(osm) not in leaving:
            yield Camera(id="in the way " + osm_ref(osm), lat=osm.lat, lon=osm.lon, created=_FIRST)


def _written(tags: Tags) -> Tags:
    """Tags without empty values and stray spaces, which OSM refuses."""
    return {key.strip(): value.strip() for key, value in tags.items() if key.strip() and value.strip()}
