"""Which of OSM's cameras a photo looked at, so that not having sighted one there means something."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.optics import field_of_view, heading_sigma
from camwalk.geometry.visibility import chance_seen, in_front_of_wall, likely_errors
from camwalk.geometry.walls import Walls, walls_of_rings
from camwalk.model import Box, LatLon, Photo, Report, Survey, Tags, ignore_progress
from camwalk.operations.attach_extract import ExtractIndex, OsmCamera
from camwalk.operations.match_cameras_assign import in_space, pairs_within

REACH = 35.0  # metres within which a camera is recognised in a photo
NEAR = 3.0  # metres within which it hangs above the picture
PLACE_SIGMA = {"manual": 2.0, "gpx": 4.0, "exif": 4.0}  # metres, east and north each
EDGE = 2.0  # degrees at the edge of a picture that nobody trusts
ON_WALL = 3.0  # metres that a camera on a wall is mapped inside its building
CLEAR = 0.4  # metres that it stands out
ENOUGH = 0.4  # chance, of all photos together, from which the spot counts as looked at
LEAST = 0.3  # chance that the best photo must have alone
_ZOOM = 20  # all there is


class Look(NamedTuple):
    """Photos that may show a spot, how likely each does and from how many metres; or why none can."""

    photos: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()
    metres: tuple[float, ...] = ()
    indoors: bool = False

    @property
    def looked_from(self) -> float | None:
        """Metres to the photo that most likely shows the spot, if one does well enough; else None."""
        best = int(np.argmax(self.chances)) if self.chances else -1
        if best < 0 or self.chances[best] < LEAST or 1 - np.prod(1 - np.array(self.chances)) < ENOUGH:
            return None
        return self.metres[best]

    @property
    def surest(self) -> tuple[str, ...]:
        """The photos that show the spot well enough alone, the surest first."""
        by_chance = sorted(zip(self.chances, self.photos, strict=True), reverse=True)
        return tuple(photo for chance, photo in by_chance if chance >= LEAST)


NO_PHOTO = Look()


def looks_at(
    survey: Survey, spots: Sequence[OsmCamera], index: ExtractIndex | None, report: Report = ignore_progress
) -> list[Look]:
    """For each spot, which photos may have looked at it. Without the walls of an extract none is known to."""
    looks = [NO_PHOTO] * len(spots)
    photos = _usable(survey)
    if index is None or not photos:
        return looks
    eyes = np.array([(p.lat, p.lon) for p in photos], float)
    places = np.array([(s.lat, s.lon) for s in spots], float).reshape(-1, 2)
    i, j = pairs_within(in_space(eyes), in_space(places), REACH + 15)
    found: list[int] = np.unique(j).tolist()
    for done, spot in enumerate(found):
        report(done, len(found))
        if says_indoors(spots[spot].tags):
            looks[spot] = Look(indoors=True)
        else:
            looks[spot] = _look(spots[spot], [photos[int(k)] for k in i[j == spot]], index)
    return looks


def says_indoors(tags: Tags) -> bool:
    """Whether the tags tell that no photo of a street shows it."""
    return (
        tags.get("surveillance") == "indoor"
        or tags.get("indoor", "no") != "no"
        or tags.get("level", "0") != "0"
    )


def _usable(survey: Survey) -> list[Photo]:
    """Placed and turned photos in which every camera that somebody sighted has its record."""
    open_ends = {s.photo for s in survey.sightings.values() if s.camera is None}
    return [
        p
        for p in survey.photos.values()
        if p.heading is not None and p.position is not None and p.id not in open_ends
    ]


def _look(camera: OsmCamera, photos: Sequence[Photo], index: ExtractIndex) -> Look:
    origin = LatLon(camera.lat, camera.lon)
    walls = _walls_around(origin, index)
    spot = in_front_of_wall(walls, np.zeros(2), ON_WALL, CLEAR)
    if spot is None:
        return Look(indoors=True)
    eyes = _eyes(origin, photos)
    chances = tuple(_chance(walls, spot, eye, p) for eye, p in zip(eyes, photos, strict=True))
    return Look(tuple(p.id for p in photos), chances, tuple(np.hypot(*(eyes - spot).T).tolist()))


def _walls_around(origin: LatLon, index: ExtractIndex) -> Walls:
    degrees = (REACH + 15) / 111_195
    wide = degrees / max(np.cos(np.radians(origin.lat)), 0.01)
    box = Box(origin.lat - degrees, origin.lon - wide, origin.lat + degrees, origin.lon + wide)
    rings = (ring for f in index.features(box, _ZOOM) if f.kind == "building" for ring in f.rings)
    return walls_of_rings([_local(origin, ring / 1e7) for ring in rings])


def _local(origin: LatLon, lon_lat: Floats) -> Floats:
    return np.stack(to_local(origin, lon_lat[:, 1], lon_lat[:, 0]), axis=1)


def _eyes(origin: LatLon, photos: Sequence[Photo]) -> Floats:
    return _local(origin, np.array([(p.lon, p.lat) for p in photos], float))


def _chance(walls: Walls, spot: Floats, eye: Floats, photo: Photo) -> float:
    heading = photo.heading or 0.0
    errors = likely_errors() * (*[PLACE_SIGMA.get(photo.source, 4.0)] * 2, heading_sigma(photo)[0])
    half = np.full(len(errors), field_of_view(photo) / 2 - EDGE)
    view = np.column_stack([heading + errors[:, 2], half])
    return chance_seen(walls, spot, eye + errors[:, :2], view, (NEAR, REACH))
