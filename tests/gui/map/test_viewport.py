from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from camwalk.geometry.geodesy import distance
from camwalk.gui.map.tiles import Grid
from camwalk.gui.map.viewport import LARGEST_LAT, LARGEST_ZOOM, SMALLEST_ZOOM, View, place, world
from camwalk.model import Box, LatLon

HELSINKI = LatLon(60.17, 24.94)
VIEW = View(HELSINKI, 16.0, 800, 600)

latitudes = st.floats(-85, 85)
longitudes = st.floats(-180, 180)
zooms = st.floats(SMALLEST_ZOOM, LARGEST_ZOOM)
pixels = st.floats(0, 800)


def test_the_centre_is_in_the_middle_of_the_window():
    assert VIEW.to_screen(HELSINKI) == pytest.approx((400, 300))


def test_north_is_up_and_east_is_right():
    x, y = VIEW.to_screen(LatLon(HELSINKI.lat + 0.001, HELSINKI.lon + 0.001))
    assert x > 400
    assert y < 300


@given(latitudes, longitudes)
def test_a_place_comes_back_from_the_mercator_square(lat, lon):
    back = place(*world(LatLon(lat, lon)))
    assert back == pytest.approx((lat, lon), abs=1e-9)


@given(st.floats(-80, 80), st.floats(-170, 170), zooms, pixels, pixels)
def test_a_pixel_is_the_place_under_it(lat, lon, zoom, x, y):
    view = View(LatLon(lat, lon), zoom, 800, 600)
    at = view.to_place(x, y)
    if abs(at.lat) < LARGEST_LAT - 1e-6 and abs(at.lon) < 180 - 1e-6:
        assert view.to_screen(at) == pytest.approx((x, y), abs=0.01)


def test_arrays_give_what_single_places_give():
    lat, lon = np.array([60.0, 60.2, -30.0]), np.array([24.9, 25.0, 10.0])
    x, y = VIEW.all_to_screen(lat, lon)
    single = [VIEW.to_screen(LatLon(*at)) for at in zip(lat, lon, strict=True)]
    assert list(zip(x, y, strict=True)) == [pytest.approx(at) for at in single]


@given(st.floats(-70, 70), st.floats(-150, 150), st.floats(4, 20), pixels, pixels, st.floats(0.6, 1.8))
def test_zooming_keeps_the_place_under_the_mouse(lat, lon, zoom, x, y, factor):
    view = View(LatLon(lat, lon), zoom, 800, 600)
    at = view.to_place(x, y)
    if abs(at.lon) < 175 and abs(at.lat) < 84:
        assert view.zoomed_about(x, y, factor).to_screen(at) == pytest.approx((x, y), abs=0.01)


def test_a_zoom_of_one_doubles_the_scale():
    assert VIEW.zoomed_about(0, 0, 2.0).zoom == 17.0
    assert VIEW.zoomed_about(0, 0, 2.0).metres_per_pixel == pytest.approx(VIEW.metres_per_pixel / 2, rel=1e-4)


def test_zoom_and_latitude_stay_inside_their_limits():
    assert VIEW.zoomed_about(0, 0, 1e9).zoom == LARGEST_ZOOM
    assert VIEW.zoomed_about(0, 0, 1e-9).zoom == SMALLEST_ZOOM
    far_up = VIEW.centred(LatLon(89.9, 0.0), 40.0)
    assert far_up.centre.lat == pytest.approx(LARGEST_LAT)
    assert far_up.zoom == LARGEST_ZOOM
    assert abs(VIEW.moved(0, 1e12).centre.lat) <= LARGEST_LAT + 1e-9


def test_dragging_moves_the_content_with_the_hand():
    moved = VIEW.moved(50, -20)
    assert moved.to_screen(HELSINKI) == pytest.approx((450, 280))


def test_the_scale_is_that_of_the_ground():
    left, right = VIEW.to_place(0, 300), VIEW.to_place(800, 300)
    assert distance(left, right) == pytest.approx(800 * VIEW.metres_per_pixel, rel=0.005)


def test_a_fitted_box_is_in_sight_and_fills_the_window():
    box = Box(60.16, 24.90, 60.18, 24.98)
    view = VIEW.fitting(box, padding=40)
    left, top = view.to_screen(LatLon(box.north, box.west))
    right, bottom = view.to_screen(LatLon(box.south, box.east))
    assert left >= 39.9
    assert top >= 39.9
    assert isclose(left, 40, abs_tol=0.1) or isclose(top, 40, abs_tol=0.1)
    assert right <= 760.1
    assert bottom <= 560.1


def test_fitting_one_place_does_not_go_in_without_end():
    assert VIEW.fitting(Box(60.1, 24.9, 60.1, 24.9)).zoom == 18.0


def test_bounds_are_the_corners_of_the_window():
    box = VIEW.bounds
    assert VIEW.to_screen(LatLon(box.north, box.west)) == pytest.approx((0, 0), abs=0.01)
    assert VIEW.to_screen(LatLon(box.south, box.east)) == pytest.approx((800, 600), abs=0.01)


@given(zooms, st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_a_settled_view_has_whole_pixels_to_a_tile_and_hardly_differs(zoom, ratio):
    view = View(HELSINKI, zoom, 800, 600)
    settled = view.settled(ratio)
    size = Grid.of(settled, ratio, settled.tile_zoom).size
    assert size == pytest.approx(settled.tile_pixels(ratio), abs=1e-6)
    assert abs(settled.zoom - zoom) < 0.002
    assert settled.settled(ratio) == settled


@given(st.floats(60.0, 60.2), st.floats(24.9, 25.0), st.sampled_from([1.0, 1.5, 2.0]))
def test_a_snapped_view_begins_on_a_device_pixel(lat, lon, ratio):
    view = View(LatLon(lat, lon), 16.0, 801, 600).snapped(ratio)
    dots = view.scale * ratio
    assert view.corner.x * dots == pytest.approx(round(view.corner.x * dots), abs=0.01)
    assert view.corner.y * dots == pytest.approx(round(view.corner.y * dots), abs=0.01)


def test_tiles_cover_the_window_nearest_to_the_middle_first():
    grid = Grid.of(VIEW, 1.0, VIEW.tile_zoom)
    tiles = grid.tiles()
    covered = [grid.rect(key) for key in tiles]
    assert any(rect.contains(400, 300) for rect in covered[:1])
    for corner in ((0, 0), (799, 0), (0, 599), (799, 599)):
        assert any(rect.contains(*corner) for rect in covered)


def test_neighbouring_tiles_share_their_edge_at_any_zoom():
    view = View(HELSINKI, 15.37, 800, 600)
    grid = Grid.of(view, 1.0, view.tile_zoom)
    first = grid.tiles()[0]
    left, right = grid.rect(first), grid.rect(first._replace(x=first.x + 1))
    assert left.x() + left.width() == right.x()


def test_there_are_no_tiles_beyond_the_end_of_the_world():
    view = View(LatLon(0, 0), 2.0, 5000, 5000)
    assert len(Grid.of(view, 1.0, 2).tiles(2)) == 16
