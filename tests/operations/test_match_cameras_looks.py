from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from camwalk.geometry.optics import lens_of
from camwalk.geometry.rays import turn
from camwalk.model import Box, Photo, Sighting
from camwalk.operations.match_cameras import Match, match_cameras
from tests.operations.matching_scenes import ROUGH, WALK, looking, ours, survey_of, theirs
from tests.operations.test_checked_spots import extract

BARE = {"man_made": "surveillance"}


def seen(photo: Photo, camera: str, bearing: float, heading: float) -> Sighting:
    """A look at `bearing` by a photo whose heading was in truth `heading`."""
    off = np.tan(np.radians(float(turn(heading, bearing)))) * lens_of(photo).focal
    return Sighting(id=f"{photo.id} {camera}", photo=photo.id, camera=camera, x=2000 + off, y=1500)


def partners(matches: tuple[Match, ...]) -> dict[str | None, str | None]:
    return {m.camera: m.osm for m in matches if m.camera}


def test_cameras_in_one_photo_tell_together_which_they_are_although_its_compass_is_off() -> None:
    # each alone would be taken for its neighbour: the compass says 15 degrees too much
    photo = replace(looking("p", 0, -16, 15), heading_source="exif", direction_ref="T", source="exif")
    osm = [theirs(k, east, 0, BARE) for k, east in enumerate((-8, -3, 6))]
    own, looks = [], []
    for name, bearing, east in (("a", -26.6, -3), ("b", -10.6, 1.2), ("c", 20.6, 11)):
        own.append(ours(name, east, 0, BARE, **ROUGH))
        looks.append(seen(photo, name, bearing, 0))
    found = partners(match_cameras(survey_of(*WALK, photo, *own, *looks), osm))
    assert found == {"a": "node/0", "b": "node/1", "c": "node/2"}


@pytest.mark.parametrize(("east", "north", "heading", "other"), [(-12, 0, 90, 1), (-12, 9, 90, 2)])
def test_a_photo_that_would_show_it_and_does_not_speaks_against_it(
    tmp_path: Path, east: float, north: float, heading: float, other: int
) -> None:
    # one look goes by two of OSM's cameras; a second photo looks at one of them only
    first = looking("p", 0, -12, 0)
    second = replace(looking("q", east, north, heading), focal_35mm=50.0)
    own, look = ours("a", 0, 3, BARE, **ROUGH), seen(first, "a", 0, 0)
    index = extract(tmp_path, Box(20, -40, 30, -30))
    osm = [theirs(1, 0, 0, BARE), theirs(2, 0, 9, BARE)]
    matches = match_cameras(survey_of(*WALK, first, second, own, look), osm, index)
    assert partners(matches) == {"a": f"node/{3 - other}"}
    assert [(m.osm, m.kind) for m in matches if m.camera is None] == [(f"node/{other}", "not found")]


def test_a_place_estimated_from_one_look_may_be_far_off_along_it() -> None:
    photo = looking("p", 0, -12, 0)
    rough = {**ROUGH, "sigma_major": 9.0, "sigma_minor": 1.0, "placed": "ray"}
    own, look = ours("a", 0, 28, BARE, **rough), seen(photo, "a", 0, 0)
    assert partners(match_cameras(survey_of(*WALK, photo, own, look), [theirs(1, 0, 0, BARE)])) == {
        "a": "node/1"
    }


def test_a_look_that_passes_by_is_another_camera() -> None:
    photo = looking("p", 0, -12, 0)
    own, look = ours("a", -8, -2.5, BARE, **ROUGH), seen(photo, "a", -40, 0)
    assert partners(match_cameras(survey_of(*WALK, photo, own, look), [theirs(1, 0, 0, BARE)])) == {"a": None}
