"""Cameras from sightings: made, placed, and placed again when what they hang on changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from camwalk.geometry.directions import direction_text
from camwalk.geometry.geodesy import to_local
from camwalk.geometry.walls import nearest_on
from camwalk.model import (
    Camera,
    CamwalkError,
    Change,
    Edit,
    Message,
    Report,
    Sighting,
    Survey,
    Tags,
    combined,
    counted,
    ignore_progress,
    new_id,
)
from camwalk.operations.estimate_position import Estimate, estimate
from camwalk.operations.estimate_position_answer import facing_of
from camwalk.operations.estimate_position_doubts import TOO_FAR, metres_apart
from camwalk.operations.estimate_position_headings import Words, heading_words
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.mark_camera import direction_key, new_camera_tags
from camwalk.operations.tagging import KINDS, with_kind

ON_WALL = 0.3
"""Metres from a wall up to which an estimate put a camera on it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The edit that places cameras, and the groups of sightings that could not be placed, and why.

    `notes` is what to know about the places, and for how many cameras.
    """

    edit: Edit
    left: tuple[tuple[tuple[str, ...], Message], ...]
    notes: tuple[tuple[Message, int], ...]


def place_sightings(
    survey: Survey,
    groups: Iterable[Sequence[str]],
    around: Surroundings | None,
    report: Report = ignore_progress,
) -> Placed:
    """One camera for each group of sightings (by id), placed by all its sightings.

    A group that has a camera keeps it. Two sightings in one photo are never the same camera: of
    such a group the later ones become cameras of their own.
    """
    wanted = [part for group in groups for part in _apart(survey, group)]
    words = _words(survey, [*wanted, *_others(survey, wanted)], around)
    changes: list[Change] = []
    left: list[tuple[tuple[str, ...], Message]] = []
    notes: Counter[Message] = Counter()
    for done, group in enumerate(wanted):
        report(done, len(wanted))
        try:
            made, told = _placed(survey, group, around, words, done)
            changes += made
            notes.update(told)
        except CamwalkError as error:
            left.append((tuple(s.id for s in group), error.reason))
    report(len(wanted), len(wanted))
    whole = combined(changes)
    count = sum(isinstance(c.record, Camera) for c in whole)
    edit = Edit(counted("Place {n} camera", "Place {n} cameras", count), whole)
    return Placed(edit, tuple(left), tuple(notes.most_common()))


def estimated_camera(camera: Camera, found: Estimate) -> Camera:
    """The camera at its estimate."""
    return replace(
        camera,
        lat=found.lat,
        lon=found.lon,
        placed=found.placed,
        sigma_major=round(found.sigma_major, 2),
        sigma_minor=round(found.sigma_minor, 2),
        axis=round(found.axis, 1),
    )


def estimated_tags(tags: Tags, found: Estimate) -> Tags:
    """`tags` with the mount and the facing of an estimate, where they say nothing about these."""
    mount = {"camera:mount": found.mount} if found.mount and "camera:mount" not in tags else {}
    key = direction_key(tags)
    facing = {key: direction_text(found.facing)} if found.facing is not None else {}
    return {**tags, **mount, **({} if key in tags else facing)}


def replaced_estimates(
    survey: Survey, photos: Iterable[str], around: Surroundings | None
) -> tuple[Change, ...]:
    """What changes when the cameras seen in `photos` are estimated again; a person's places stay.

    A mount and a facing that the former estimate gave go with it.
    """
    seen = {s.camera for p in photos for s in survey.sightings_in_photo.get(p, ()) if s.camera}
    cameras = [survey.cameras[camera] for camera in sorted(seen)]
    groups = [_with_pixels(survey, camera.id) for camera in cameras]
    words = _words(survey, [*groups, *_others(survey, groups)], around)
    changes: list[Change] = []
    for number, (before, group) in enumerate(zip(cameras, groups, strict=True)):
        if before.placed == "manual" or not _can_be_placed(survey, group):
            continue  # an estimate whose photos lost their places is better than none
        found = estimate(survey, group, around, words, number)
        tags = before.tags
        if (told := _told_by_wall(before, around)).items() <= tags.items():
            tags = estimated_tags({k: v for k, v in tags.items() if k not in told}, found)
        after = replace(estimated_camera(before, found), tags=tags)
        changes += [Change(before, after)] if after != before else []
    return tuple(changes)


def _told_by_wall(camera: Camera, around: Surroundings | None) -> Tags:
    """The mount and the facing that an estimate on the wall at this place gave; all of both or nothing."""
    if around is None or not len(around.walls.a):
        return {}
    here = np.array([[float(v) for v in to_local(around.origin, *camera.position)]])
    _, metres = nearest_on(around.walls.a, around.walls.b, here)
    wall = int(metres[0].argmin())
    if metres[0, wall] > ON_WALL:
        return {}
    facing = direction_text(facing_of(around.walls.outward[wall]))
    return {"camera:mount": "wall", "camera:direction": facing}


def estimate_of_camera(survey: Survey, camera: str, around: Surroundings | None) -> Estimate:
    """The place of a camera by its sightings. CamwalkError where it has none with a place."""
    groups = [_with_pixels(survey, camera)]
    words = _words(survey, [*groups, *_others(survey, groups)], around)
    return estimate(survey, groups[0], around, words, 0)


def _words(survey: Survey, groups: list[list[Sighting]], around: Surroundings | None) -> Words:
    if around is None:
        return {}
    return heading_words(survey, [g if _can_be_placed(survey, g) else [] for g in groups], around)


def _can_be_placed(survey: Survey, group: Sequence[Sighting]) -> bool:
    placed = any(survey.photos[s.photo].position for s in group)
    return placed and metres_apart(survey, group) <= TOO_FAR


def _others(survey: Survey, groups: list[list[Sighting]]) -> list[list[Sighting]]:
    """The sightings of the other cameras in the same photos."""
    known = {s.camera for group in groups for s in group if s.camera}
    photos = {s.photo for group in groups for s in group}
    seen = {s.camera for p in photos for s in survey.sightings_in_photo.get(p, ()) if s.camera}
    return [_with_pixels(survey, camera) for camera in sorted(seen - known)]


def _with_pixels(survey: Survey, camera: str) -> list[Sighting]:
    """The sightings of a camera that tell where in the picture it is."""
    return [s for s in survey.sightings_of_camera.get(camera, ()) if s.x is not None]


def _apart(survey: Survey, group: Sequence[str]) -> list[list[Sighting]]:
    """The sightings of a group, so that no part has two of one photo."""
    parts: list[list[Sighting]] = [[]]
    for sighting in (survey.sightings[s] for s in dict.fromkeys(group)):
        if any(sighting.photo == other.photo for other in parts[0]):
            parts.append([sighting])
        else:
            parts[0].append(sighting)
    return [part for part in parts if part]


def _placed(
    survey: Survey, group: list[Sighting], around: Surroundings | None, words: Words, number: int
) -> tuple[list[Change], tuple[Message, ...]]:
    known = next((s.camera for s in group if s.camera), None)
    before = survey.cameras[known] if known else None
    if before is not None and before.placed == "manual":
        after, notes = before, ()
    else:
        found = estimate(survey, group, around, words, number)
        after = estimated_camera(before or _new_camera(survey, group), found)
        after, notes = replace(after, tags=estimated_tags(after.tags, found)), found.notes
    seen = (Change(s, replace(s, camera=after.id)) for s in group)
    changes = [] if after == before else [Change(before, after)]
    return [*changes, *(c for c in seen if c.before != c.after)], notes


def _new_camera(survey: Survey, group: list[Sighting]) -> Camera:
    walk = survey.photos[group[0].photo].walk
    tags = {**new_camera_tags(survey, walk), "surveillance:type": "camera"}
    label = next((s.label for s in group if s.label in KINDS), None)
    made = with_kind(tags, label) if label else tags
    return Camera(id=new_id(), lat=0.0, lon=0.0, created=datetime.now(UTC), walk=walk, tags=made)
