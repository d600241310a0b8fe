import numpy as np
import pytest

from camwalk.geometry.visibility_outside import outside
from camwalk.geometry.visibility_solids import solids_of
from tests.geometry.test_visibility_area import box

HOUSE = solids_of([[box(0, 0, 20, 20)]])


def stand(at: tuple[float, float], facing: float | None, solids=HOUSE) -> tuple[float, float]:
    east, north = outside(solids, np.array([at], float), [facing])[0]
    return float(east), float(north)


def test_a_camera_in_a_house_looks_from_the_wall_that_it_faces() -> None:
    assert stand((10, 10), 90) == pytest.approx((20.1, 10))
    assert stand((10, 10), 180) == pytest.approx((10, -0.1))


def test_a_camera_without_direction_looks_from_the_nearest_wall() -> None:
    assert stand((3, 10), None) == pytest.approx((-0.1, 10))


def test_a_camera_just_behind_the_wall_along_which_it_looks_stands_before_that_wall() -> None:
    east, north = stand((10, 19.5), 90)
    assert north > 20
    assert east < 13


def test_a_camera_on_the_wall_stands_before_it() -> None:
    assert stand((20, 10), 90) == pytest.approx((20.1, 10))


def test_a_camera_outside_stays() -> None:
    assert stand((25, 10), 270) == (25, 10)
    assert stand((5, 5), 0, solids_of(())) == (5, 5)


def test_where_houses_are_joined_the_view_begins_beyond_the_next_one() -> None:
    row = solids_of([[box(0, -60, 20, 80)], [box(20, -60, 40, 80)]])
    assert stand((15, 10), 90, row) == pytest.approx((40.1, 10))


def test_a_camera_in_a_courtyard_stays_and_one_beside_it_looks_into_it() -> None:
    yard = solids_of([[box(0, 0, 40, 40), box(10, 10, 30, 30)]])
    assert stand((20, 20), 90, yard) == (20, 20)
    assert stand((5, 20), 90, yard) == pytest.approx((10.1, 20))
