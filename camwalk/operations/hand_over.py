"""Handing cameras over: which ones, in which form, and what is told before anything is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Literal

from camwalk.formats.camera_csv import write_camera_csv
from camwalk.formats.gpx_write import write_gpx
from camwalk.formats.maproulette import write_maproulette
from camwalk.formats.names import ending_of
from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_geojson import Spread, write_osm_geojson
from camwalk.formats.osm_xml import write_osc, write_osm
from camwalk.model import (
    Box,
    Camera,
    Edit,
    Handover,
    LatLon,
    Message,
    Survey,
    added,
    counted,
    message,
    new_id,
)
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.conflate_handover import handover_changes
from camwalk.operations.decide_match import is_decided
from camwalk.operations.export_cameras import (
    NOT_IN_XML,
    Exported,
    cleaned_words,
    nowhere_words,
    ready_cameras,
    writable_tags,
)
from camwalk.operations.match_cameras import NOT_COVERED, Match, osm_ref
from camwalk.operations.report_content_words import day
from camwalk.operations.tagging import camera_kind, checked

Only = Literal["all", "new", "changed", "decided"]
OSM_SUFFIXES = (".osm", ".osc")
SUFFIXES = (".geojson", ".osm", ".osc", ".gpx", ".csv", ".geojsonl")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cameras to hand over; None means any walk, anywhere."""

    only: Only = "all"
    walk: str | None = None
    area: Box | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be handed over, to be told before it is."""

    changes: tuple[OsmChange, ...]  # for OSM: new nodes and decided changes
    behind: tuple[str | None, ...]  # our camera behind each change, None where only OSM has it
    cameras: tuple[Camera, ...]  # for everything else
    notes: tuple[Message, ...]


def plan_handover(
    survey: Survey, matches: Sequence[Match], reference: Sequence[OsmCamera], choice: Choice
) -> Plan:
    """What `choice` comes to, and in plain words what is left out and why."""
    by_camera, known = {m.camera: m for m in matches}, {osm_ref(c): c for c in reference}
    chosen = {c.id: c for c in survey.cameras.values() if _chosen(survey, c, by_camera.get(c.id), choice)}
    ready = handover_changes(survey, matches, reference)
    kept = [
        (change, camera)
        for change, camera in zip(ready.changes, ready.cameras, strict=True)
        if (camera in chosen if camera else _covers(choice, None, change)) and _wanted(change, choice.only)
    ]
    changes, behind = tuple(change for change, _ in kept), tuple(camera for _, camera in kept)
    created = sum(c.action == "create" for c in changes)

    def count(left: Sequence[Match]) -> int:
        return sum(
            _concerns(choice, survey.cameras.get(m.camera or ""), known.get(m.osm or "")) for m in left
        )

    notes = [
        counted("{n} new camera.", "{n} new cameras.", created),
        counted("{n} change to OSM’s cameras.", "{n} changes to OSM’s cameras.", len(changes) - created),
        counted("{n} camera is as OSM has it.", "{n} cameras are as OSM has them.", count(ready.unchanged)),
    ]
    notes += _not_compared(behind, by_camera)
    notes += _worth_knowing(changes)
    notes += nowhere_words(changes)
    notes += _given_before(survey, {c for c in behind if c is not None})
    moved_apart = sum((camera or f"node/{change.osm_id}") in ready.moved_apart for change, camera in kept)
    notes += _left_out(count(ready.undecided), count(ready.possible_duplicates), moved_apart)
    return Plan(changes, behind, tuple(chosen.values()), tuple(notes))


def _not_compared(behind: Sequence[str | None], by_camera: Mapping[str | None, Match]) -> Iterator[Message]:
    """For how many of the cameras nobody knows what OSM has there."""
    n = sum(c is not None and c in by_camera and by_camera[c].why == NOT_COVERED for c in behind)
    if n:
        yield counted(
            "{n} of them lies where nothing is known of OSM’s cameras: it may be there already.",
            "{n} of them lie where nothing is known of OSM’s cameras: they may be there already.",
            n,
        )


def _worth_knowing(changes: Sequence[OsmChange]) -> Iterator[Message]:
    """What somebody should have looked at before it goes out."""
    gone = sum(any(key.startswith("removed:") for key in c.tags) for c in changes)
    typeless = sum(
        c.action == "create" and c.tags.get("man_made") == "surveillance" and camera_kind(c.tags) == "unknown"
        for c in changes
    )
    if odd := sum(bool(checked(c.tags)) for c in changes):
        yield counted(
            "{n} of them has tags that should be looked at first.",
            "{n} of them have tags that should be looked at first.",
            odd,
        )
    if gone:
        yield counted(
            "{n} of the changes says that a camera is gone.",
            "{n} of the changes say that a camera is gone.",
            gone,
        )
    if typeless:
        yield counted("{n} new camera has no type yet.", "{n} new cameras have no type yet.", typeless)


def _given_before(survey: Survey, cameras: set[str]) -> Iterator[Message]:
    """Which of the cameras somebody was given already, so that nobody uploads them twice."""
    before = [one for one in survey.handovers.values() if not cameras.isdisjoint(one.cameras)]
    if before:
        last = max(before, key=lambda one: one.made)
        yield counted(
            "{n} of these cameras was handed over before, last to {target} on {day}.",
            "{n} of these cameras were handed over before, last to {target} on {day}.",
            len(cameras.intersection(chain.from_iterable(one.cameras for one in before))),
            target=last.target,
            day=day(last.made.astimezone().date()),
        )


def _left_out(undecided: int, duplicates: int, moved_apart: int) -> Iterator[Message]:
    """What is not handed over and why, and what is not handed over just as it is."""
    if undecided:
        yield counted(
            "{n} difference waits for your decision and is left out.",
            "{n} differences wait for your decision and are left out.",
            undecided,
        )
    if duplicates:
        yield counted(
            "{n} stands for something in OSM that is no node or comes without its version, and is left "
            "out: it would be there twice.",
            "{n} stand for things in OSM that are no nodes or come without their versions, and are left "
            "out: they would be there twice.",
            duplicates,
        )
    if moved_apart:
        yield counted(
            "{n} was moved by a centimetre to keep it apart from another on its pole.",
            "{n} were moved by a centimetre to keep them apart from others on their poles.",
            moved_apart,
        )


def _wanted(change: OsmChange, only: Only) -> bool:
    return only in ("all", "decided") or (change.action == "create") == (only == "new")


def _concerns(choice: Choice, camera: Camera | None, osm: OsmCamera | None) -> bool:
    """Whether one of ours, or what only OSM has, is of the walk and the area that are asked for."""
    at = camera or osm
    return at is not None and _covers(choice, camera, at)


def _covers(choice: Choice, camera: Camera | None, at: Camera | OsmCamera | OsmChange) -> bool:
    """Whether a place is where the choice wants it; what belongs to no camera of ours is of no walk."""
    if choice.walk is not None and (camera is None or camera.walk != choice.walk):
        return False
    return choice.area is None or choice.area.meets(Box(at.lat, at.lon, at.lat, at.lon))


def _chosen(survey: Survey, camera: Camera, match: Match | None, choice: Choice) -> bool:
    if not _covers(choice, camera, camera):
        return False
    if choice.only == "all":
        return True
    if match is None:
        return choice.only == "new"
    kinds: Mapping[Only, bool] = {
        "new": match.kind == "new",
        "changed": match.kind in ("changed", "moved")
        or (match.osm is not None and is_decided(survey, match)),
        "decided": match.kind == "new" or is_decided(survey, match),
    }
    return kinds[choice.only]


def write_handover(path: Path, plan: Plan) -> Exported:
    """Write a plan in the form that the file's ending asks for. CamwalkError for another ending."""
    suffix = ending_of(path, SUFFIXES)
    if suffix in OSM_SUFFIXES:
        changes, cleaned = ready_changes(plan)
        (write_osm if suffix == ".osm" else write_osc)(path, changes)
        return Exported(len(changes), (*plan.notes, *cleaned))
    placed, notes = ready_cameras(plan.cameras)
    _WRITERS[suffix](path, placed)
    return Exported(len(placed), notes)


def ready_changes(plan: Plan) -> tuple[tuple[OsmChange, ...], tuple[Message, ...]]:
    """The changes with tags as OSM takes them, and what was done for that. CamwalkError for a long text."""
    tags = [
        writable_tags(change.tags, camera or f"node/{change.osm_id}", NOT_IN_XML)
        for change, camera in zip(plan.changes, plan.behind, strict=True)
    ]
    altered = sum(clean != change.tags for clean, change in zip(tags, plan.changes, strict=True))
    changes = tuple(replace(change, tags=clean) for clean, change in zip(tags, plan.changes, strict=True))
    return changes, (cleaned_words(altered),) if altered else ()


def _write_gpx(path: Path, placed: Spread) -> None:
    places = [(_gpx_name(p.camera), LatLon(p.lat / 1e7, p.lon / 1e7)) for p in placed]
    write_gpx(path, "Camwalk", (), places)


def _gpx_name(camera: Camera) -> str:
    tags = camera.tags
    return " ".join(
        filter(
            None,
            (tags.get("camera:type", tags.get("surveillance:type", "camera")), tags.get("camera:direction")),
        )
    )


_WRITERS: Mapping[str, Callable[[Path, Spread], None]] = {
    ".geojson": write_osm_geojson,
    ".csv": write_camera_csv,
    ".gpx": _write_gpx,
    ".geojsonl": write_maproulette,
}


def remember_handover(plan: Plan, target: str) -> Edit:
    """Note which cameras of ours `target` was given, and when."""
    given = Handover(
        id=new_id(),
        made=datetime.now(UTC),
        target=target,
        cameras=tuple(dict.fromkeys(camera for camera in plan.behind if camera is not None)),
    )
    return Edit(message("Hand over to {target}", target=target), added(given))


def changeset_words(plan: Plan) -> str:
    """A comment and source for the changeset, as mappers write them (in English, the language of OSM)."""
    created = sum(c.action == "create" for c in plan.changes)
    changed = len(plan.changes) - created
    done = ", ".join(
        filter(None, (f"add {created}" if created else "", f"update {changed}" if changed else ""))
    )
    comment = f"comment={done or 'no'} surveillance cameras from a survey on foot"
    return f"{comment}\nsource=survey;streetlevel imagery"
