import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from camwalk.geometry.geodesy import bearing, destination, distance, distances, from_local, to_local
from camwalk.model import LatLon

EIFFEL, BIG_BEN = LatLon(48.858222, 2.2945), LatLon(51.500729, -0.124625)
ORIGINS = [
    LatLon(60.17, 24.94),
    LatLon(80.0, 179.999),
    LatLon(-33.9, -179.999),
    LatLon(0, 0),
    LatLon(-89, 10),
]


def test_a_distance_is_that_of_the_ellipsoid() -> None:
    # one degree of longitude on the equator is an arc of its circle
    assert distance(LatLon(0, 0), LatLon(0, 1)) == pytest.approx(6378137 * np.pi / 180, abs=1e-3)
    assert distance(EIFFEL, BIG_BEN) == pytest.approx(340_560, rel=0.002)


@pytest.mark.parametrize("metres", [1, 100, 10_000])
@pytest.mark.parametrize("origin", ORIGINS)
def test_many_distances_agree_with_single_ones_to_a_millimetre(origin: LatLon, metres: float) -> None:
    there = [destination(origin, degrees, metres) for degrees in range(0, 360, 15)]
    lat, lon = np.array(there).T
    assert np.abs(distances(*origin, lat, lon) - metres).max() < 1e-3


def test_many_distances_are_good_to_a_third_of_a_percent_across_half_the_earth() -> None:
    lat, lon = np.array([destination(EIFFEL, degrees, 1e7) for degrees in range(0, 360, 5)]).T
    assert np.abs(distances(*EIFFEL, lat, lon) / 1e7 - 1).max() < 0.003


def test_distances_cross_the_date_line_the_short_way() -> None:
    assert distances(80, 179.999, 80, -179.999) == pytest.approx(
        distance(LatLon(80, 179.999), LatLon(80, -179.999)), abs=1e-3
    )


def test_a_missing_position_has_no_distance() -> None:
    assert np.isnan(distances(np.nan, 1, 2, 3))


@pytest.mark.parametrize(("degrees", "to"), [(0, (1, 0)), (90, (0, 1)), (180, (-1, 0)), (270, (0, -1))])
def test_a_bearing_is_clockwise_from_north(degrees: float, to: tuple[float, float]) -> None:
    assert bearing(LatLon(0, 0), LatLon(*to)) == pytest.approx(degrees)


def test_a_destination_lies_where_bearing_and_distance_say() -> None:
    for origin in ORIGINS:
        there = destination(origin, 77, 1234.5)
        assert distance(origin, there) == pytest.approx(1234.5, abs=1e-6)
        assert bearing(origin, there) == pytest.approx(77, abs=1e-6)


@pytest.mark.parametrize("origin", ORIGINS)
def test_local_metres_are_true_to_a_millimetre_over_kilometres(origin: LatLon) -> None:
    there = [destination(origin, degrees, 4000) for degrees in range(0, 360, 20)]
    east, north = to_local(origin, *np.array(there).T)
    for i, a in enumerate(there):
        for j, b in enumerate(there[:i]):
            straight = np.hypot(east[i] - east[j], north[i] - north[j])
            assert straight == pytest.approx(distance(a, b), abs=1.5e-3)


@pytest.mark.parametrize("origin", ORIGINS)
def test_local_metres_point_east_and_north(origin: LatLon) -> None:
    east, north = to_local(origin, *destination(origin, 90, 100))
    assert (float(east), float(north)) == pytest.approx((100, 0), abs=2e-2 if abs(origin.lat) < 85 else 0.1)
    east, north = to_local(origin, *destination(origin, 0, 100))
    assert (float(east), float(north)) == pytest.approx((0, 100), abs=1e-3)


@given(
    st.sampled_from(ORIGINS),
    st.floats(-20_000, 20_000, allow_nan=False),
    st.floats(-20_000, 20_000, allow_nan=False),
)
def test_local_metres_go_back_to_the_same_place(origin: LatLon, east: float, north: float) -> None:
    lat, lon = from_local(origin, east, north)
    assert LatLon(float(lat), float(lon)).valid
    again = to_local(origin, lat, lon)
    assert (float(again[0]), float(again[1])) == pytest.approx((east, north), abs=1e-6)
