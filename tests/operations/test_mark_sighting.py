"""One click in a photo makes a camera with a place, and where a drag says, a facing."""

import pytest

from camwalk.geometry.geodesy import bearing, distance
from camwalk.geometry.rays import turn
from camwalk.model import CamwalkError, Walk
from camwalk.operations.estimate_position import estimate
from camwalk.operations.import_sightings import of_one_track
from camwalk.operations.mark_sighting import (
    accept_sighting,
    another_here,
    mark_sighting,
    place_differently,
)
from tests.operations.made_looks import crossed_looks, estimated, looking, sighting
from tests.operations.made_walks import survey


def test_a_click_places_a_camera_along_the_look_with_its_ellipse() -> None:
    before = survey([looking("p", 0, 0, 90.0)])
    marked = mark_sighting(before, "p", 500, 500, None)
    after = before.apply(marked.edit.changes)
    camera = after.cameras[marked.camera]
    eye = after.photos["p"].position
    assert eye is not None
    assert abs(float(turn(bearing(eye, camera.position), 90))) < 5
    assert 3 < distance(eye, camera.position) < 30
    assert camera.placed == "ray"
    assert camera.sigma_major is not None
    assert camera.sigma_minor is not None
    assert [(s.photo, s.x, s.y) for s in after.sightings_of_camera[camera.id]] == [("p", 500, 500)]
    assert "camera:direction" not in camera.tags


@pytest.mark.parametrize(("drag", "facing"), [(0, "90"), (90, "180"), (180, "270"), (270, "0")])
def test_a_drag_tells_the_facing_as_the_photographer_sees_it(drag: float, facing: str) -> None:
    before = survey([looking("p", 0, 0, 90.0)])
    after = before.apply(mark_sighting(before, "p", 500, 500, None, drag).edit.changes)
    (camera,) = after.cameras.values()
    assert camera.tags["camera:direction"] == facing


def test_a_new_camera_inherits_the_walks_defaults() -> None:
    before = survey([looking("p", 0, 0, 90.0)])
    walk = Walk(id="w", name="Walk", defaults={"surveillance": "public"})
    before = type(before)(walks={"w": walk}, devices=before.devices, photos=before.photos)
    after = before.apply(mark_sighting(before, "p", 500, 500, None).edit.changes)
    (camera,) = after.cameras.values()
    assert dict(camera.tags) == {"man_made": "surveillance", "surveillance": "public"}


def test_without_heading_or_outside_the_picture_nothing_is_marked() -> None:
    before = survey([looking("p", 0, 0, None), looking("q", 0, 0, 10.0)])
    with pytest.raises(CamwalkError, match="does not say where it looks"):
        mark_sighting(before, "p", 500, 500, None)
    with pytest.raises(CamwalkError, match="outside the picture"):
        mark_sighting(before, "q", 1001, 500, None)


def test_accepting_a_sighting_takes_its_whole_track() -> None:
    before = crossed_looks(
        sighting("t1", "west", None, track="7", label="dome"),
        sighting("t2", "east", None, track="7", label="dome"),
        sighting("other", "east", None, x=100.0, track="8"),
    )
    assert set(of_one_track(before, "t1")) == {"t1", "t2"}
    marked = accept_sighting(before, "t1", None)
    after = before.apply(marked.edit.changes)
    assert {s.id for s in after.sightings_of_camera[marked.camera]} == {"t1", "t2"}
    assert after.cameras[marked.camera].placed == "crossing"
    assert after.sightings["other"].camera is None


def test_another_on_a_pole_faces_the_other_way_and_is_seen_in_the_same_photos() -> None:
    tags = {"man_made": "surveillance", "camera:mount": "pole", "camera:direction": "300"}
    before = crossed_looks(estimated("pole", 5, 5, tags=tags), sighting("s3", "west", "pole", x=480.0))
    marked = another_here(before, "pole")
    after = before.apply(marked.edit.changes)
    second = after.cameras[marked.camera]
    assert second.position == after.cameras["pole"].position
    assert second.tags["camera:direction"] == "120"
    assert [(s.photo, s.x) for s in after.sightings_of_camera[second.id]] == [("west", 480.0)]


def test_another_on_a_wall_does_not_guess_its_facing() -> None:
    tags = {"man_made": "surveillance", "camera:mount": "wall", "camera:direction": "300"}
    before = crossed_looks(estimated("wall", 5, 5, tags=tags))
    second = another_here(before, "wall")
    assert "camera:direction" not in before.apply(second.edit.changes).cameras[second.camera].tags


def test_another_place_keeps_the_facing_that_a_person_gave() -> None:
    before = survey([looking("p", 0, 0, 90.0)])
    marked = mark_sighting(before, "p", 500, 500, None, drag=180)
    before = before.apply(marked.edit.changes)
    found = estimate(before, before.sightings_of_camera[marked.camera], None)
    other = found.alternatives[0] if found.alternatives else found
    after = before.apply(place_differently(before, marked.camera, found, other).changes)
    assert after.cameras[marked.camera].tags["camera:direction"] == "270"
