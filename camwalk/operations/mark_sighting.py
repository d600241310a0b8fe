"""A camera from one look at it: the pixel that was clicked becomes a sighting, a place and a facing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from camwalk.formats.names import shown_name
from camwalk.geometry.directions import direction_text, middle, sectors, width
from camwalk.geometry.optics import bearing_of
from camwalk.model import (
    Camera,
    CamwalkError,
    Change,
    Edit,
    Photo,
    Sighting,
    Survey,
    Tags,
    added,
    message,
    new_id,
)
from camwalk.operations.estimate_position import Estimate, estimate
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.import_sightings import of_one_track
from camwalk.operations.mark_camera import direction_key, new_camera_tags
from camwalk.operations.place_camera import estimated_camera, estimated_tags, place_sightings
from camwalk.operations.sighting_rays import refuse_outside, why_no_ray


@dataclass(frozen=True, slots=True)
class Marked:
    """The edit that makes a camera, and the camera's id."""

    edit: Edit
    camera: str


def mark_sighting(
    survey: Survey, photo: str, x: float, y: float, around: Surroundings | None, drag: float | None = None
) -> Marked:
    """A new camera where pixel `x`, `y` of a photo looks.

    `drag` is where it faces, in degrees from the look at it: 0 away from the photographer, 90 to their
    right. CamwalkError for a photo without place or heading, and for a pixel outside the picture.
    """
    seen_in = survey.photos[photo]
    refuse_outside(seen_in, x, y)
    if missing := why_no_ray(seen_in):
        raise CamwalkError(missing)
    camera_id = new_id()
    sighting = Sighting(id=new_id(), photo=photo, camera=camera_id, x=x, y=y)
    found = estimate(survey, [sighting], around)
    tags = estimated_tags(new_camera_tags(survey, seen_in.walk, _facing(seen_in, x, y, drag)), found)
    fresh = Camera(
        id=camera_id, lat=found.lat, lon=found.lon, created=datetime.now(UTC), walk=seen_in.walk, tags=tags
    )
    label = message("Mark a camera in {photo}", photo=shown_name(seen_in.path))
    return Marked(Edit(label, added(estimated_camera(fresh, found), sighting)), camera_id)


def accept_sighting(survey: Survey, sighting: str, around: Surroundings | None) -> Marked:
    """A camera from a sighting that was made elsewhere, and from all others of its track."""
    placed = place_sightings(survey, [of_one_track(survey, sighting)], around)
    if placed.left and not placed.edit:
        raise CamwalkError(placed.left[0][1])
    seen = (c.after for c in placed.edit.changes if c.record.id == sighting)
    camera = next((s.camera for s in seen if isinstance(s, Sighting) and s.camera), "")
    return Marked(placed.edit, camera)


def another_here(survey: Survey, camera: str) -> Marked:
    """A second camera at the same place, seen in the same photos.

    On a pole it faces the other way; what else two cameras on one wall look at, nobody can guess.
    """
    first = survey.cameras[camera]
    key = direction_key(first.tags)
    kept = {k: v for k, v in first.tags.items() if k != key}
    tags: Tags = {**kept, **_opposite(first.tags, key)}
    second = replace(first, id=new_id(), created=datetime.now(UTC), tags=tags)
    sightings = (
        Sighting(id=new_id(), photo=s.photo, camera=second.id, x=s.x, y=s.y)
        for s in survey.sightings_of_camera.get(camera, ())
    )
    return Marked(Edit(message("Mark another camera there"), added(second, *sightings)), second.id)


def place_differently(survey: Survey, camera: str, before: Estimate, found: Estimate) -> Edit:
    """Put a camera where an alternative of its estimate has it; what a person said of it stays."""
    old = survey.cameras[camera]
    guessed = estimated_tags({}, before)
    own: Tags = {k: v for k, v in old.tags.items() if guessed.get(k) != v}
    after = replace(estimated_camera(old, found), tags=estimated_tags(own, found))
    label = message("Place the camera differently")
    return Edit(label, () if after == old else (Change(old, after),))


def _opposite(tags: Tags, key: str) -> Tags:
    lenses = sectors(tags.get(key, ""))
    if len(lenses) != 1 or width(lenses[0]) >= 360 or tags.get("camera:mount") == "wall":
        return {}
    return {key: direction_text(middle(lenses[0]) + 180)}


def _facing(photo: Photo, x: float, y: float, drag: float | None) -> float | None:
    sight = bearing_of(photo, x, y)
    return None if drag is None or sight is None else float(direction_text(sight.bearing + drag))
