import numpy as np
import pytest
import shapely

from camwalk.geometry.view_sectors import ViewSector
from camwalk.geometry.visibility_area import visible_areas
from camwalk.geometry.visibility_solids import Solids, solids_of
from tests.geometry.shapely_views import made_town, open_places, open_sector, seen_by_shapely

ROUND = ViewSector(0, 360, 50)
NORTH = ViewSector(0, 90, 50)
OPEN_GROUND = solids_of(())


def visible_area(sector: ViewSector, buildings: Solids) -> shapely.Polygon:
    return visible_areas([sector], buildings, np.zeros((1, 2)))[0]


def box(west: float, south: float, east: float, north: float) -> np.ndarray:
    return np.array([[west, south], [east, south], [east, north], [west, north], [west, south]], float)


def test_on_open_ground_the_whole_sector_is_seen() -> None:
    seen = visible_area(NORTH, OPEN_GROUND)
    assert seen.area == pytest.approx(np.pi * 50**2 / 4, rel=0.002)
    assert seen.contains(shapely.Point(0, 40))
    assert not seen.contains(shapely.Point(0, -1))


def test_a_house_hides_what_is_behind_it_and_is_not_seen_itself() -> None:
    seen = visible_area(ROUND, solids_of([[box(-5, 10, 5, 15)]]))
    assert seen.contains(shapely.Point(0, 9.9))
    assert not seen.intersects(box_inside := shapely.box(-4.9, 10.1, 4.9, 14.9)), box_inside
    assert not seen.contains(shapely.Point(0, 30))
    assert seen.contains(shapely.Point(20, 15))


def test_from_a_courtyard_only_the_courtyard_is_seen() -> None:
    seen = visible_area(ROUND, solids_of([[box(-20, -20, 20, 20), box(-6, -4, 6, 4)]]))
    assert seen.area == pytest.approx(12 * 8)


def test_an_outline_that_is_not_closed_hides_like_a_closed_one() -> None:
    house = box(-5, 10, 5, 15)
    assert visible_area(ROUND, solids_of([[house[:-1]]])).equals(visible_area(ROUND, solids_of([[house]])))


def test_an_outline_that_crosses_itself_hides_with_both_its_loops() -> None:
    bow = np.array([[-10, 10], [10, 14], [10, 10], [-10, 14], [-10, 10]], float)
    seen = visible_area(ROUND, solids_of([[bow]]))
    assert not seen.contains(shapely.Point(-14, 24))
    assert not seen.contains(shapely.Point(14, 24))
    assert seen.contains(shapely.Point(0, 11.9))


@pytest.mark.parametrize("ring", [[], [[1, 1]], [[1, 1], [2, 2], [1, 1]], [[0, 9], [5, 9], [np.nan, 9]]])
def test_outlines_without_an_inside_hide_nothing(ring: list[list[float]]) -> None:
    assert visible_area(ROUND, solids_of([[np.array(ring, float).reshape(-1, 2)]])).area > 7800


def test_every_view_is_that_of_exact_shadows() -> None:
    town = made_town(12)
    eyes = open_places(town, 60, 60, 300)
    rng = np.random.default_rng(4)
    sectors = [
        ViewSector(float(rng.uniform(0, 360)), float(rng.choice([25, 75, 90, 200, 360])), 53.0) for _ in eyes
    ]
    seen = visible_areas(sectors, town, eyes)
    assert shapely.is_valid(seen).all()
    for eye, sector, mine in zip(eyes, sectors, seen, strict=True):
        exact = seen_by_shapely(eye, sector, town)
        assert mine.area == pytest.approx(exact.area, rel=0.01)
        assert shapely.symmetric_difference(mine, exact).area <= 0.01 * exact.area


def test_houses_that_overlap_hide_together() -> None:
    eye = np.zeros(2)
    town = solids_of([[box(-5, 10, 5, 15)], [box(3, 8, 9, 20)]])
    exact = seen_by_shapely(eye, ROUND, town)
    assert visible_area(ROUND, town).area == pytest.approx(exact.area, rel=0.01)


def test_a_sector_across_north_is_the_same_as_any_other() -> None:
    turned = visible_area(ViewSector(350, 60, 30), OPEN_GROUND)
    assert turned.area == pytest.approx(open_sector(np.zeros(2), ViewSector(90, 60, 30)).area, rel=0.002)


def test_no_sector_gives_no_area() -> None:
    assert len(visible_areas([], OPEN_GROUND, np.empty((0, 2)))) == 0
