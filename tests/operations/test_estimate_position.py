"""Where cameras hang, in a made-up street with a row of houses."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from camwalk.geometry.geodesy import distance, to_local
from camwalk.geometry.rays import bearings_to
from camwalk.geometry.walls import walls_of_rings
from camwalk.model import CamwalkError, Photo, Sighting
from camwalk.operations import estimate_position_doubts
from camwalk.operations.estimate_position import Estimate, estimate
from camwalk.operations.estimate_position_surroundings import Streets, Surroundings
from camwalk.operations.sighting_rays import refuse_outside, sighting_ray, why_no_ray
from tests.operations.made_walks import HELSINKI, START, photo, place, survey

WIDTH, HEIGHT = 4000, 3000
# a street from west to east, houses with their fronts 10 m north of its middle
HOUSES = np.array([[-100, 10], [100, 10], [100, 30], [-100, 30], [-100, 10]], float)
STREET = Streets(np.array([[-100.0, 0.0]]), np.array([[100.0, 0.0]]), np.array([3.0]), np.array([0.0]))
AROUND = Surroundings(HELSINKI, walls_of_rings([HOUSES]), STREET, np.empty((0, 2)))


def at(name: str, east: float, north: float, target: tuple[float, float], **fields: Any) -> Photo:
    """A photo from there that has its camera, at `target`, in the middle."""
    spot = place(east, north)
    bearings, _ = bearings_to(np.array([east, north]), np.array([target]))
    facts: dict[str, Any] = {
        "lat": spot.lat, "lon": spot.lon, "source": "exif", "utc": START, "width": WIDTH, "height": HEIGHT,
        "focal_35mm": 26.0, "direction_ref": "T", "heading": float(bearings[0]), "heading_source": "exif",
    }  # fmt: skip
    return photo(name, 0, **facts | fields)


def seen(*names: str) -> list[Sighting]:
    return [Sighting(id=f"s{n}", photo=n, x=WIDTH / 2, y=HEIGHT / 2 - 400) for n in names]


def texts(found: Estimate) -> set[str]:
    return {note.text for note in found.notes}


def test_one_look_at_a_wall_is_placed_on_it_and_faces_the_street() -> None:
    now = survey([at("a", 0, -1, (6, 10))])
    found = estimate(now, seen("a"), AROUND)
    assert found.placed == "wall"
    assert found.mount == "wall"
    assert found.facing == pytest.approx(180)
    east, north = to_local(HELSINKI, found.lat, found.lon)
    assert north == pytest.approx(10, abs=0.1)
    assert east == pytest.approx(6, abs=2)
    assert 1 < found.sigma_minor <= found.sigma_major < 12


def test_the_open_street_and_a_pole_on_the_kerb_are_alternatives_to_a_wall() -> None:
    now = survey([at("a", 0, -1, (6, 10))])
    found = estimate(now, seen("a"), AROUND)
    kinds = [(a.placed, a.mount) for a in found.alternatives]
    assert ("ray", None) in kinds
    assert ("ray", "pole") in kinds
    pole = next(a for a in found.alternatives if a.mount == "pole")
    _, north = to_local(HELSINKI, pole.lat, pole.lon)
    assert 3 <= float(north) < 9


def test_one_look_without_an_extract_is_placed_at_a_usual_distance() -> None:
    now = survey([at("a", 0, 0, (0, 50))])
    found = estimate(now, seen("a"), None)
    assert found.placed == "ray"
    assert found.mount is None
    assert found.facing is None
    assert 6 < distance(place(0), found.position) < 20
    assert found.sigma_major > 1.5 * found.sigma_minor
    assert min(found.axis, 180 - found.axis) < 15


def test_what_is_low_in_the_picture_is_farther_off_than_what_is_high_in_it() -> None:
    now = survey([at("a", 0, 0, (0, 50))])

    def metres(above: float) -> float:
        clicked = Sighting(id="s", photo="a", x=WIDTH / 2, y=HEIGHT / 2 - above)
        return distance(place(0), estimate(now, [clicked], None).position)

    high, usual, low = metres(1000), metres(400), metres(-200)
    assert high < usual < low
    assert low > 1.4 * high


def test_two_looks_cross() -> None:
    target = (3.0, -12.0)
    now = survey([at("a", -8, -2, target), at("b", 14, -3, target, utc=START + timedelta(minutes=5))])
    found = estimate(now, seen("a", "b"), AROUND)
    assert found.placed == "crossing"
    assert distance(found.position, place(*target)) < 2
    assert not texts(found)


def test_a_place_by_hand_weighs_more_than_one_by_gps() -> None:
    target = (0.0, -20.0)
    looks = [at("a", 0, -5, target), at("b", 12, -20, (0, -26), utc=START + timedelta(minutes=5))]
    by_hand = [looks[0], at("b", 12, -20, (0, -26), source="manual", utc=START + timedelta(minutes=5))]
    rough = estimate(survey(looks), seen("a", "b"), None)
    sure = estimate(survey(by_hand), seen("a", "b"), None)
    assert sure.sigma_minor < rough.sigma_minor


def test_nearly_parallel_rays_are_told() -> None:
    target = (0.0, -30.0)
    now = survey([at("a", 0, 0, target), at("b", 1, -8, target)])
    assert texts(estimate(now, seen("a", "b"), None)) == {estimate_position_doubts.NEARLY_PARALLEL.text}


def test_photos_from_one_spot_are_told() -> None:
    target = (0.0, -15.0)
    now = survey([at("a", 0, 0, target), at("b", 0.5, 0, target)])
    assert texts(estimate(now, seen("a", "b"), None)) == {estimate_position_doubts.FROM_ONE_SPOT.text}


def test_rays_that_point_away_from_each_other_are_told() -> None:
    now = survey([at("a", 0, -5, (-30, -5)), at("b", 40, -5, (70, -5), utc=START + timedelta(minutes=9))])
    assert texts(estimate(now, seen("a", "b"), None)) & {
        estimate_position_doubts.BEHIND.text,
        estimate_position_doubts.RAYS_DISAGREE.text,
    }


def test_a_photo_without_heading_still_gives_a_rough_place_and_says_so() -> None:
    now = survey([at("a", 0, 0, (0, 10), heading=None, heading_source="none")])
    found = estimate(now, seen("a"), AROUND)
    assert found.sigma_major > 5
    assert estimate_position_doubts.NO_DIRECTION.text in texts(found)


def test_without_any_place_there_is_no_estimate() -> None:
    now = survey([at("a", 0, 0, (0, 10), lat=None, lon=None, source="none")])
    with pytest.raises(CamwalkError, match="has a place yet"):
        estimate(now, seen("a"), AROUND)


def test_a_camera_that_osm_has_is_believed() -> None:
    known = Surroundings(HELSINKI, AROUND.walls, STREET, np.array([[2.0, -14.0]]))
    now = survey([at("a", 0, -1, (3.5, -14))])
    found = estimate(now, seen("a"), known)
    assert distance(found.position, place(2, -14)) < distance(
        estimate(now, seen("a"), AROUND).position, place(2, -14)
    )


def test_the_same_sightings_give_the_same_estimate() -> None:
    now = survey([at("a", 0, -1, (6, 10))])
    assert estimate(now, seen("a"), AROUND) == estimate(now, seen("a"), AROUND)


def test_a_ray_ends_at_the_wall_and_says_how_sure_it_is() -> None:
    ray = sighting_ray(at("a", 0, -1, (0, 10)), WIDTH / 2, 100, AROUND)
    assert ray is not None
    assert ray.reach == pytest.approx(11, abs=0.1)
    assert ray.sigma == pytest.approx(8, abs=0.1)


def test_a_photo_without_heading_has_no_ray_and_says_what_to_do() -> None:
    lost = at("a", 0, -1, (0, 10), heading=None, heading_source="none")
    assert sighting_ray(lost, 5, 5, AROUND) is None
    why = why_no_ray(lost)
    assert why is not None
    assert "Turn it" in why.text


def test_pixels_outside_the_picture_are_refused() -> None:
    with pytest.raises(CamwalkError, match="outside the picture"):
        refuse_outside(at("a", 0, -1, (0, 10)), WIDTH + 1, 5)
