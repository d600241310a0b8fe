"""Views between the buildings of real extract files, made here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely

from camwalk.geometry.geodesy import destination
from camwalk.model import Camera, Cancelled, LatLon, Survey, Tags, ignore_progress
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, open_extract
from camwalk.operations.filmed_area import FilmedBy, filmed_areas, in_plane, is_moved
from tests.formats.osm_files import Node, write_osm

HERE = LatLon(48.1, -1.67)
DOME = {"camera:type": "dome"}
BUILDING = {"building": "yes"}
STREET = {"highway": "residential", "name": "Rue"}


def camera(at: LatLon, tags: Tags = DOME, id: str = "c") -> Camera:
    return Camera(id=id, lat=at.lat, lon=at.lon, created=datetime(2026, 11, 15, tzinfo=UTC), tags=tags)


def at(origin: LatLon, east: float, north: float) -> LatLon:
    return destination(destination(origin, 90, east), 0, north)


def extract(
    folder: Path, origin: LatLon, rings: Sequence[Sequence[tuple[float, float]]], tags: Tags = BUILDING,
    relation: bool = False,
) -> ExtractIndex:  # fmt: skip
    """An extract with a street and rings given in metres east and north: buildings, or one with holes."""
    spots = [(-60.0, -60.0), (60.0, -60.0), *(corner for ring in rings for corner in ring)]
    places = [at(origin, *spot) for spot in spots]
    nodes: list[Node] = [(n, place.lat, place.lon, {}) for n, place in enumerate(places, 1)]
    ways: list[tuple[int, list[int], Tags]] = [(1, [1, 2], STREET)]
    first = 3
    for number, ring in enumerate(rings, 2):
        refs = list(range(first, first + len(ring)))
        first += len(ring)
        ways.append((number, [*refs, refs[0]], {} if relation else tags))
    members = [("w", n, "outer" if n == 2 else "inner") for n in range(2, len(rings) + 2)]
    relations = [(1, members, {"type": "multipolygon", **tags})] if relation else []
    file = write_osm(folder / "town.osm.pbf", nodes, ways, relations)
    survey = Survey().apply(attach_extract(Survey(), file, ignore_progress).changes)
    index = open_extract(survey, ignore_progress)
    assert index is not None
    return index


def square(low: float, high: float) -> list[tuple[float, float]]:
    return [(low, low), (high, low), (high, high), (low, high)]


def seen(found: FilmedBy, origin: LatLon, model: int = 1) -> Any:
    return in_plane(found.view.areas[model], origin)


NORTH_HOUSE = [(-6.0, 6.0), (6.0, 6.0), (6.0, 12.0), (-6.0, 12.0)]


@pytest.mark.parametrize("origin", [HERE, LatLon(80.0, 20.0), LatLon(-17.0, 180.0), LatLon(65.0, -179.99995)])
def test_a_building_hides_what_is_behind_it_wherever_it_stands(tmp_path: Path, origin: LatLon) -> None:
    index = extract(tmp_path, origin, [NORTH_HOUSE])
    (found,) = filmed_areas([camera(origin)], index)
    area = seen(found, origin)
    assert area.contains(shapely.Point(0, 5.5))
    assert not area.contains(shapely.Point(0, 13))
    assert area.contains(shapely.Point(0, -15))
    assert 800 < area.area < 1150


def test_without_an_extract_nothing_is_hidden() -> None:
    (found,) = filmed_areas([camera(HERE)], None)
    assert seen(found, HERE).area == pytest.approx(3.1416 * 20.02**2, rel=0.01)


def test_a_building_with_a_courtyard_is_open_inside(tmp_path: Path) -> None:
    index = extract(tmp_path, HERE, [square(-15, 15), square(-5, 5)], relation=True)
    (found,) = filmed_areas([camera(HERE)], index)
    assert not is_moved(found.view)
    assert seen(found, HERE).area == pytest.approx(100, rel=0.02)


def test_an_outline_that_crosses_itself_leaves_a_sound_area(tmp_path: Path) -> None:
    index = extract(tmp_path, HERE, [[(-10, 6), (10, 10), (10, 6), (-10, 10)]])
    (found,) = filmed_areas([camera(HERE)], index)
    assert seen(found, HERE).is_valid
    assert 500 < seen(found, HERE).area < 1260


def test_a_roof_on_posts_and_a_cellar_hide_nothing(tmp_path: Path) -> None:
    for number, tags in enumerate(({"building": "roof"}, {"building": "yes", "layer": "-1"})):
        folder = tmp_path / str(number)
        folder.mkdir()
        (found,) = filmed_areas([camera(HERE)], extract(folder, HERE, [NORTH_HOUSE], tags))
        assert seen(found, HERE).area > 1240


def test_a_camera_in_a_building_looks_from_the_wall_it_faces_and_that_is_told(tmp_path: Path) -> None:
    index = extract(tmp_path, HERE, [square(-10, 10)])
    (found,) = filmed_areas([camera(HERE, {"camera:type": "fixed", "camera:direction": "90"})], index)
    assert is_moved(found.view)
    assert found.view.moved == pytest.approx(10.1, abs=0.1)
    assert seen(found, HERE).bounds[0] == pytest.approx(10.1, abs=0.1)


def test_several_lenses_make_one_area() -> None:
    (found,) = filmed_areas([camera(HERE, {"camera:type": "fixed", "camera:direction": "0;180"})], None)
    area = seen(found, HERE)
    assert area.contains(shapely.Point(0, 10))
    assert area.contains(shapely.Point(0, -10))
    assert not area.contains(shapely.Point(10, 0))


def test_only_what_changed_is_looked_at_again() -> None:
    cameras = [camera(at(HERE, 40.0 * n, 0), id=str(n)) for n in range(5)]
    before = filmed_areas(cameras, None)
    moved = [*cameras[:4], camera(at(HERE, 0, 90), id="4")]
    after = filmed_areas(moved, None, known={one.key: one.view for one in before})
    assert [a.view is b.view for a, b in zip(before, after, strict=True)] == [True] * 4 + [False]


def test_tags_that_say_nothing_of_the_view_do_not_count_as_a_change() -> None:
    before = filmed_areas([camera(HERE)], None)
    after = filmed_areas(
        [camera(HERE, DOME | {"operator": "Ville"})], None, known={before[0].key: before[0].view}
    )
    assert after[0].view is before[0].view


def test_other_buildings_are_looked_at_again(tmp_path: Path) -> None:
    before = filmed_areas([camera(HERE)], None)
    index = extract(tmp_path, HERE, [NORTH_HOUSE])
    after = filmed_areas([camera(HERE)], index, "other", {before[0].key: before[0].view})
    assert after[0].view is not before[0].view


def test_it_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        filmed_areas([camera(HERE)], None, report=stop)


def test_two_cameras_on_one_pole_have_a_view_each() -> None:
    found = filmed_areas([camera(HERE, id="a"), camera(HERE, id="b")], None)
    assert [one.camera.id for one in found] == ["a", "b"]
