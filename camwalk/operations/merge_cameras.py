"""Two cameras that are one: merged when a person says so, or noted as different."""

from collections.abc import Iterable
from dataclasses import replace

from camwalk.formats.names import shown_name
from camwalk.model import (
    Camera,
    CamwalkError,
    Change,
    Distinct,
    Edit,
    Sighting,
    Survey,
    added,
    message,
    new_id,
    removed,
)
from camwalk.operations.estimate_position import estimate
from camwalk.operations.estimate_position_doubts import refuse_far_apart
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.place_camera import estimated_camera, place_sightings


def merge_cameras(survey: Survey, keep: str, gone: str, around: Surroundings | None) -> Edit:
    """Make two cameras one: `keep` takes over all sightings and what only `gone` knew.

    Its place is estimated from all sightings, unless a person placed one of the two; what was marked
    on the same pole goes along. CamwalkError where one photo shows both: these are two cameras.
    """
    first, second = survey.cameras[keep], survey.cameras[gone]
    _refuse_shared_photo(survey, keep, gone)
    moved = survey.sightings_of_camera.get(gone, ())
    seen = (*survey.sightings_of_camera.get(keep, ()), *moved)
    refuse_far_apart(survey, seen)
    after = replace(_placed(survey, first, second, seen, around), tags={**second.tags, **first.tags})
    changes = (
        *(Change(s, replace(s, camera=keep)) for s in moved),
        *_rulings_after(survey, keep, gone),
        *([] if after == first else [Change(first, after)]),
        *(Change(twin, _beside(twin, after)) for twin in _on_one_pole(survey, first, second)),
        *removed(second),
    )
    return Edit(message("Merge two cameras"), changes)


def make_same(survey: Survey, keep: str, gone: str, around: Surroundings | None) -> Edit:
    """Make two proposed records, cameras or sightings to review, one camera."""
    if keep in survey.cameras and gone in survey.cameras:
        return merge_cameras(survey, keep, gone, around)
    group = [s for record in (keep, gone) for s in _sightings(survey, record)]
    placed = place_sightings(survey, [group], around)
    if placed.left:
        raise CamwalkError(placed.left[0][1])
    return Edit(message("Merge two cameras"), placed.edit.changes)


def keep_apart(survey: Survey, first: str, second: str) -> Edit:
    """Note that two cameras, or sightings, are not the same camera."""
    known = are_apart(survey, first, second)
    note = Distinct(id=new_id(), first=first, second=second)
    return Edit(message("Not the same camera"), () if known else added(note))


def are_apart(survey: Survey, first: str, second: str) -> bool:
    """Whether a person said that these two are not the same camera."""
    return any({d.first, d.second} == {first, second} for d in survey.distincts.values())


def shared_photos(survey: Survey, first: str, second: str) -> frozenset[str]:
    """The photos that show both cameras, which therefore are two."""
    one, other = (
        frozenset(s.photo for s in survey.sightings_of_camera.get(camera, ())) for camera in (first, second)
    )
    return one & other


def _refuse_shared_photo(survey: Survey, keep: str, gone: str) -> None:
    for photo in shared_photos(survey, keep, gone):
        name = shown_name(survey.photos[photo].path)
        raise CamwalkError(message("{photo} shows both, so they are two cameras.", photo=name))


def _placed(
    survey: Survey, first: Camera, second: Camera, seen: Iterable[Sighting], around: Surroundings | None
) -> Camera:
    """`first` at the place of both: a person's if there is one, else where all looks meet."""
    by_hand = next((c for c in (first, second) if c.placed == "manual"), None)
    if by_hand is not None:
        return first.hung_at(by_hand.position)
    looks = [s for s in seen if s.x is not None]
    try:
        return estimated_camera(first, estimate(survey, looks, around))
    except CamwalkError:
        return first  # no photo of it has a place any more; where it is now is better than nowhere


def _on_one_pole(survey: Survey, first: Camera, second: Camera) -> list[Camera]:
    """Other cameras that are estimated to hang exactly where one of these does, by the same look."""
    found: dict[str, Camera] = {}
    for one in (first, second):
        for look in survey.sightings_of_camera.get(one.id, ()):
            for other in survey.sightings_in_photo.get(look.photo, ()):
                twin = survey.cameras.get(other.camera or "")
                if twin and (other.x, other.y, twin.position) == (look.x, look.y, one.position):
                    found[twin.id] = twin
    return [twin for twin in found.values() if twin not in (first, second) and twin.placed != "manual"]


def _beside(twin: Camera, camera: Camera) -> Camera:
    return replace(
        twin,
        lat=camera.lat,
        lon=camera.lon,
        placed=camera.placed,
        sigma_major=camera.sigma_major,
        sigma_minor=camera.sigma_minor,
        axis=camera.axis,
    )


def _sightings(survey: Survey, record: str) -> list[str]:
    if record in survey.sightings:
        return [record]
    return [s.id for s in survey.sightings_of_camera.get(record, ())]


def _rulings_after(survey: Survey, keep: str, gone: str) -> list[Change]:
    """What people decided about `gone` is about `keep` now, unless that has been decided on already."""
    changes: list[Change] = []
    for noted in survey.distincts.values():
        if gone in (noted.first, noted.second):
            names = [keep if name == gone else name for name in (noted.first, noted.second)]
            drop = names[0] == names[1] or are_apart(survey, names[0], names[1])
            after = None if drop else replace(noted, first=names[0], second=names[1])
            changes.append(Change(noted, after))
    decided = any(d.camera == keep for d in survey.decisions.values())
    about = (d for d in survey.decisions.values() if d.camera == gone)
    changes += (Change(d, None if decided else replace(d, camera=keep)) for d in about)
    return changes
