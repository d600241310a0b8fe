"""Everything a person does to a camera: mark, move, turn, tag, tie to photos, delete."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from camwalk.formats.extract_classes import CAMERA_TAGS
from camwalk.geometry.directions import direction_text, with_first_lens
from camwalk.model import (
    Camera,
    CamwalkError,
    Change,
    Edit,
    LatLon,
    Sighting,
    Survey,
    Tags,
    added,
    message,
    new_id,
    removed,
)
from camwalk.operations.tag_known import is_speed_camera
from camwalk.operations.tag_values import DIRECTION_KEYS

SURVEILLANCE = {"man_made": "surveillance"}


def mark_camera(
    survey: Survey, place: LatLon, tags: Tags, *, walk: str | None = None, photos: Iterable[str] = ()
) -> Edit:
    """A new camera at `place`, seen in `photos`. CamwalkError for a place that is not on Earth."""
    camera = Camera(
        id=new_id(), lat=place.checked().lat, lon=place.lon, created=datetime.now(UTC), walk=walk, tags=tags
    )
    sightings = (
        Sighting(id=new_id(), photo=survey.photos[p].id, camera=camera.id) for p in dict.fromkeys(photos)
    )
    return Edit(message("Mark a camera"), added(camera, *sightings))


def new_camera_tags(survey: Survey, walk: str | None, direction: float | None = None) -> Tags:
    """What a camera gets when it is marked: its main tag, its walk's defaults, where it faces."""
    defaults: Tags = survey.walks[walk].defaults if walk else {}
    facing = {} if direction is None else {"camera:direction": direction_text(direction)}
    return {**SURVEILLANCE, **defaults, **facing}


def move_camera(survey: Survey, camera: str, place: LatLon) -> Edit:
    """Hang it elsewhere; what a person placed is no estimate any more."""
    before = survey.cameras[camera]
    return Edit(message("Move a camera"), (Change(before, before.hung_at(place.checked())),))


def turn_camera(survey: Survey, camera: str, degrees: float) -> Edit:
    """Turn its first lens to `degrees`; other lenses in the tag stay as written."""
    before = survey.cameras[camera]
    key = direction_key(before.tags)
    text = with_first_lens(before.tags.get(key, ""), degrees)
    return Edit(message("Turn a camera"), (Change(before, replace(before, tags={**before.tags, key: text})),))


def direction_key(tags: Tags) -> str:
    """The key its direction is in: both spellings are read; speed cameras have theirs in `direction`."""
    plain = "direction" in tags or is_speed_camera(tags)
    return "direction" if plain and "camera:direction" not in tags else "camera:direction"


def facing_tags(tags: Tags, direction: str) -> Tags:
    """`tags` of a camera that looks to `direction`, and nowhere else under another key."""
    key = "direction" if is_speed_camera(tags) else direction_key(tags)
    return {**{k: v for k, v in tags.items() if k not in DIRECTION_KEYS}, key: direction}


def marked_tags(tags: Tags, direction: str | None) -> Tags:
    """What a camera gets that is marked with these tags: a main tag where it has none, and its facing."""
    whole = tags if is_speed_camera(tags) else {**SURVEILLANCE, **tags}
    return whole if direction is None else facing_tags(whole, direction)


def retag_camera(survey: Survey, camera: str, tags: Tags) -> Edit:
    """Replace its tags: no change if they are the same, CamwalkError if they make no camera any more."""
    before = survey.cameras[camera]
    if is_a_camera(before.tags):
        refuse_no_camera(tags)
    same = dict(before.tags) == dict(tags)
    return Edit(message("Tag a camera"), () if same else (Change(before, replace(before, tags=dict(tags))),))


def delete_cameras(survey: Survey, cameras: Iterable[str]) -> Edit:
    """Remove cameras and what ties them to photos."""
    gone = [survey.cameras[c] for c in cameras]
    sightings = [s for c in gone for s in survey.sightings_of_camera.get(c.id, ())]
    return Edit(message("Delete a camera"), removed(*sightings, *gone))


def link_photo(survey: Survey, camera: str, photo: str) -> Edit:
    """Note that `photo` shows `camera`."""
    known = any(s.photo == photo for s in survey.sightings_of_camera.get(camera, ()))
    sighting = Sighting(id=new_id(), photo=photo, camera=camera)
    return Edit(message("Note that a photo shows a camera"), () if known else added(sighting))


def unlink_photo(survey: Survey, camera: str, photo: str) -> Edit:
    """Take back that `photo` shows `camera`."""
    gone = [s for s in survey.sightings_of_camera.get(camera, ()) if s.photo == photo]
    return Edit(message("Note that a photo does not show a camera"), removed(*gone))


def refuse_no_camera(tags: Tags) -> None:
    """CamwalkError for tags that make no camera."""
    if not is_a_camera(tags):
        raise CamwalkError(
            message(
                "Only the tag man_made=surveillance or highway=speed_camera makes it a camera for "
                "OpenStreetMap: keep one of them."
            )
        )


def is_a_camera(tags: Tags) -> bool:
    """Whether they make a camera, perhaps one that is gone, as removed:man_made=surveillance says."""
    return any((key.rpartition(":")[2], value) in CAMERA_TAGS for key, value in tags.items())
