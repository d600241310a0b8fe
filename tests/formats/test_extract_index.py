from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import orjson
import pytest

from camwalk.formats.extract_build import build_index
from camwalk.formats.extract_index import BRIDGE, TUNNEL, ExtractIndex, Feature
from camwalk.model import Box, ignore_progress
from tests.formats.osm_files import overpass_json, write_osm

Indexed = Callable[[str], ExtractIndex]


@pytest.fixture(scope="module")
def indexed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """The index of a real extract, by the name of its file; each is built once."""
    folder = tmp_path_factory.mktemp("indexes")

    def index(name: str) -> ExtractIndex:
        file = folder / name
        if not file.exists():
            build_index(shared / "data" / "osm" / name, file, ignore_progress)
        return ExtractIndex.open(file)

    return index


def made(tmp_path: Path, **objects: object) -> ExtractIndex:
    build_index(write_osm(tmp_path / "made.osm.pbf", **objects), tmp_path / "index", ignore_progress)  # type: ignore[arg-type]
    return ExtractIndex.open(tmp_path / "index")


def everything(index: ExtractIndex) -> list[Feature]:
    return index.features(Box(-90, -180, 90, 180), 30)


@pytest.mark.parametrize(
    ("name", "nodes", "ways", "relations"),
    [
        ("helsinki-centre-2019-04.osm.pbf", 221, 0, 0),
        ("darmstadt-luisenplatz-2025-07.osm.pbf", 39, 0, 1),
        ("heidelberg-bus-2015-06.osm.pbf", 5, 1, 0),
        ("monaco-2021-04.osm.pbf", 10, 0, 0),
        ("seattle-triangle-2024-03.osm", 8, 0, 0),
        ("stuttgart-2024-10.osm.pbf", 4, 0, 0),
        ("andorra-2013-05.osm.pbf", 0, 0, 0),
    ],
)
def test_every_camera_of_an_extract_is_found(
    indexed: Indexed, name: str, nodes: int, ways: int, relations: int
) -> None:
    cameras = [c for c in indexed(name).cameras() if c.tags.get("man_made") == "surveillance"]
    kinds = [camera.osm_type for camera in cameras]
    assert (kinds.count("node"), kinds.count("way"), kinds.count("relation")) == (nodes, ways, relations)


def test_speed_cameras_are_cameras_too(indexed: Indexed) -> None:
    cameras = indexed("helsinki-centre-2019-04.osm.pbf").cameras()
    assert sum(camera.tags.get("highway") == "speed_camera" for camera in cameras) == 2


def test_a_camera_keeps_its_tags_place_and_version(indexed: Indexed) -> None:
    index = indexed("heidelberg-bus-2015-06.osm.pbf")
    camera = next(camera for camera in index.cameras() if camera.osm_type == "way")
    assert (camera.osm_id, camera.version) == (96596042, 2)
    assert camera.tags == {"man_made": "surveillance", "surveillance": "outdoor"}
    assert (camera.lat, camera.lon) == pytest.approx((49.4097, 8.7069), abs=1e-4)


def test_something_under_surveillance_is_no_camera(tmp_path: Path) -> None:
    index = made(tmp_path, nodes=[(1, 50, 8, {"place": "square", "name": "Here", "surveillance": "outdoor"})])
    assert index.cameras() == []


def test_a_relation_without_area_stands_in_the_middle_of_its_members(tmp_path: Path) -> None:
    index = made(
        tmp_path,
        nodes=[(1, 50.0, 8.0, {}), (2, 50.2, 8.0, {}), (3, 50.0, 8.4, {})],
        ways=[(5, [2, 3], {})],
        relations=[(9, [("n", 1, ""), ("w", 5, "")], {"man_made": "surveillance", "type": "site"})],
    )
    (camera,) = index.cameras()
    assert (camera.osm_type, camera.osm_id, camera.lat, camera.lon) == ("relation", 9, 50.1, 8.2)


def test_a_camera_without_any_position_is_counted(tmp_path: Path) -> None:
    index = made(
        tmp_path,
        nodes=[(1, 50.0, 8.0, {"place": "village", "name": "Here"})],
        relations=[(9, [("n", 77, "")], {"man_made": "surveillance"})],
    )
    assert index.cameras() == []
    assert "1 camera of the extract has no position" in " ".join(map(str, index.warnings))


def test_an_extract_without_versions_says_so(indexed: Indexed) -> None:
    index = indexed("bautzen-nometa.osm")
    assert not index.has_versions
    assert "versions" in str(index.warnings[0])
    assert index.data_date is None


def test_versions_that_a_tool_invented_do_not_count(indexed: Indexed) -> None:
    index = indexed("paris-bss.osm.pbf")
    assert not index.has_versions
    assert [camera.version for camera in index.cameras()] == [None, None, None]


def test_bounds_and_date_are_those_of_the_file(indexed: Indexed) -> None:
    index = indexed("monaco-2021-04.osm.pbf")
    assert index.bounds == Box(43.72335, 7.409205, 43.75169, 7.448637)
    assert index.data_date == datetime(2021, 4, 21, 20, 21, 46, tzinfo=UTC)
    assert index.has_versions
    assert index.warnings == ()


def test_a_file_that_tells_no_bounds_is_as_large_as_its_streets(indexed: Indexed) -> None:
    bounds = indexed("heidelberg-bus-2015-06.osm.pbf").bounds
    assert 8.66 < bounds.west < bounds.east < 8.78
    assert 49.37 < bounds.south < bounds.north < 49.42


def test_a_picture_of_a_town_gets_its_streets_and_one_of_a_country_does_not(indexed: Indexed) -> None:
    index = indexed("helsinki-centre-2019-04.osm.pbf")
    near, far = index.features(index.bounds, 17), index.features(index.bounds, 9)
    assert {"building", "residential", "footway", "tram", "park", "water"} <= {f.kind for f in near}
    assert {"building", "residential", "footway"}.isdisjoint(f.kind for f in far)


def test_a_small_box_gets_what_meets_it_only(indexed: Indexed) -> None:
    index = indexed("helsinki-centre-2019-04.osm.pbf")
    some = index.features(Box(60.170, 24.940, 60.171, 24.942), 20)
    assert 0 < len(some) < len(everything(index)) / 5
    for feature in some:
        west, south = feature.array.min(axis=0) / 1e7
        east, north = feature.array.max(axis=0) / 1e7
        assert Box(south, west, north, east).meets(Box(60.170, 24.940, 60.171, 24.942))


def test_a_building_with_a_courtyard_has_a_hole_that_runs_the_other_way(indexed: Indexed) -> None:
    index = indexed("helsinki-centre-2019-04.osm.pbf")
    houses = [f for f in everything(index) if f.kind == "building" and f.starts is not None]
    assert len(houses) > 20
    outer, hole = houses[0].rings[:2]
    assert _area(outer) > 0 > _area(hole)
    assert (outer[0] == outer[-1]).all()


def _area(ring: np.ndarray) -> float:
    x, y = (ring - ring[0]).astype(float).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def test_bridges_tunnels_and_layers_are_kept(tmp_path: Path) -> None:
    index = made(
        tmp_path,
        nodes=[(1, 50.0, 8.0, {}), (2, 50.0, 8.1, {})],
        ways=[
            (5, [1, 2], {"highway": "primary", "bridge": "yes", "layer": "2"}),
            (6, [1, 2], {"highway": "footway", "tunnel": "yes", "layer": "nonsense"}),
        ],
    )
    told = {feature.osm_id: (feature.flags, feature.layer) for feature in everything(index)}
    assert told == {5: (BRIDGE, 2), 6: (TUNNEL, 0)}


def test_a_way_that_leaves_the_extract_and_comes_back_is_drawn_in_two_pieces(tmp_path: Path) -> None:
    nodes = [(n, 50.0, 8 + n / 1000, {}) for n in (1, 2, 4, 5)]
    index = made(tmp_path, nodes=nodes, ways=[(7, [1, 2, 3, 4, 5], {"highway": "path"})])
    assert [len(feature.array) for feature in everything(index)] == [2, 2]
    assert sorted(way.nodes for way in index.ways()) == [(1, 2), (4, 5)]


def test_streets_keep_what_routing_needs(tmp_path: Path) -> None:
    tags = {"highway": "residential", "name": "Main Street", "oneway": "yes", "foot": "no", "maxspeed": "30"}
    index = made(tmp_path, nodes=[(1, 50, 8, {}), (2, 50, 8.1, {})], ways=[(5, [1, 2], tags)])
    (way,) = index.ways()
    assert (way.osm_id, way.kind, way.name, way.nodes) == (5, "residential", "Main Street", (1, 2))
    assert way.tags == {"highway": "residential", "oneway": "yes", "foot": "no"}
    assert way.points.tolist() == [[80000000, 500000000], [81000000, 500000000]]


def test_a_street_is_found_without_case_accents_and_whole_words(indexed: Indexed) -> None:
    index = indexed("monaco-2021-04.osm.pbf")
    for text in ("rue de la colle", "RUE COLLE", "colle"):
        assert "Rue de la Colle" in [name for name, _ in index.find_streets(text)]
    assert index.find_streets("emile de loth")[0][0] == "Rue Émile de Loth"
    assert index.find_streets("") == []
    assert index.find_streets("no such street") == []


def test_what_is_typed_whole_comes_first_and_the_rest_is_limited(indexed: Indexed) -> None:
    index = indexed("helsinki-centre-2019-04.osm.pbf")
    assert index.find_streets("kaivokatu")[0][0] == "Kaivokatu"
    assert len(index.find_streets("k", limit=5)) == 5


def test_pieces_of_one_street_are_one_hit_and_namesakes_far_off_are_another(tmp_path: Path) -> None:
    nodes = [(n, 50 + n // 10, 8 + n / 10000, {}) for n in (1, 2, 3, 4, 10, 11)]
    street = {"highway": "residential", "name": "Main Street"}
    ways = [(1, [1, 2], street), (2, [2, 3], street), (3, [3, 4], street), (4, [10, 11], street)]
    hits = made(tmp_path, nodes=nodes, ways=ways).find_streets("main")
    assert [name for name, _ in hits] == ["Main Street", "Main Street"]
    assert sorted(round(at.lat) for _, at in hits) == [50, 51]


def test_the_name_of_a_street_is_written_along_all_its_pieces(tmp_path: Path) -> None:
    nodes = [(n, 50.0, 8 + n / 1000, {}) for n in range(1, 5)]
    street = {"highway": "residential", "name": "Main Street"}
    index = made(tmp_path, nodes=nodes, ways=[(1, [1, 2], street), (2, [3, 2], street), (3, [3, 4], street)])
    (label,) = index.labels(Box(49, 7, 51, 9), 18)
    assert sorted(label.array[:, 0].tolist()) == [80010000, 80020000, 80030000, 80040000]


def test_overpass_json_gives_the_same_as_the_file_it_came_from(
    indexed: Indexed, shared: Path, tmp_path: Path
) -> None:
    name = "darmstadt-luisenplatz-2025-07.osm.pbf"
    answer = overpass_json(shared / "data" / "osm" / name, tmp_path / "answer.json")
    build_index(answer, tmp_path / "index", ignore_progress)
    index, same = ExtractIndex.open(tmp_path / "index"), indexed(name)
    assert index.cameras() == same.cameras()
    assert [f[1:] for f in everything(index)] == [f[1:] for f in everything(same)]
    assert index.data_date == datetime(2025, 7, 27, 8, tzinfo=UTC)


def test_overpass_answers_with_centres_only_still_give_cameras(shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "cameras" / "swiss-west-overpass-2023.json"
    build_index(file, tmp_path / "index", ignore_progress)
    index = ExtractIndex.open(tmp_path / "index")
    assert len(index.cameras()) == 206
    assert not index.has_versions
    assert any("no streets" in str(warning) for warning in index.warnings)


def test_overpass_answers_with_geometry_in_place_are_understood(tmp_path: Path) -> None:
    ring = [
        {"lat": 50.0, "lon": 8.0},
        {"lat": 50.0, "lon": 8.1},
        {"lat": 50.1, "lon": 8.1},
        {"lat": 50.0, "lon": 8.0},
    ]
    member = {"type": "way", "ref": 3, "role": "outer", "geometry": ring}
    elements = [
        {"type": "way", "id": 1, "geometry": ring[:2], "tags": {"highway": "residential"}},
        {
            "type": "relation",
            "id": 2,
            "members": [member],
            "tags": {"type": "multipolygon", "building": "yes"},
        },
        {"type": "way", "id": 9, "center": {"lat": 50.0, "lon": 8.0}, "tags": {"man_made": "surveillance"}},
    ]
    (tmp_path / "answer.json").write_bytes(orjson.dumps({"elements": elements}))
    build_index(tmp_path / "answer.json", tmp_path / "index", ignore_progress)
    index = ExtractIndex.open(tmp_path / "index")
    assert {(f.kind, f.osm_type, f.osm_id) for f in everything(index)} == {
        ("residential", "way", 1),
        ("building", "relation", 2),
    }
    assert [(c.osm_type, c.osm_id, c.lat) for c in index.cameras()] == [("way", 9, 50.0)]


def test_the_sea_lies_on_the_right_of_the_coastline(indexed: Indexed) -> None:
    (sea,) = [f for f in everything(indexed("monaco-2021-04.osm.pbf")) if f.kind == "sea"]
    assert _covers(sea, 43.7300, 7.4400)  # the open sea
    assert not _covers(sea, 43.7311, 7.4197)  # the rock with the palace
    assert not _covers(sea, 43.7396, 7.4273)  # Monte-Carlo


def test_an_island_stays_dry(tmp_path: Path) -> None:
    around = [(50.4, 8.4), (50.4, 8.6), (50.6, 8.6), (50.6, 8.4)]  # land on the left
    nodes = [(n, lat, lon, {}) for n, (lat, lon) in enumerate(around, 1)]
    street = [(5, 50.0, 8.0, {}), (6, 51.0, 9.0, {})]
    ways = [(1, [1, 2, 3, 4, 1], {"natural": "coastline"}), (2, [5, 6], {"highway": "path"})]
    (sea,) = [f for f in everything(made(tmp_path, nodes=nodes + street, ways=ways)) if f.kind == "sea"]
    assert _covers(sea, 50.2, 8.2)
    assert not _covers(sea, 50.5, 8.5)


def _covers(feature: Feature, lat: float, lon: float) -> bool:
    """Whether an odd number of edges lies east of a place."""
    crossings = 0
    for ring in feature.rings:
        x, y = ring.T / 1e7
        for x1, y1, x2, y2 in zip(x, y, x[1:], y[1:], strict=False):
            if (y1 > lat) != (y2 > lat) and x1 + (lat - y1) / (y2 - y1) * (x2 - x1) > lon:
                crossings += 1
    return crossings % 2 == 1


def test_many_threads_may_ask_at_once(indexed: Indexed) -> None:
    index = indexed("helsinki-centre-2019-04.osm.pbf")
    alone = index.features(index.bounds, 16)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: index.features(index.bounds, 16), range(40)))
    assert all(answer == alone for answer in answers)
    index.close()
    assert index.features(index.bounds, 16) == alone


def test_building_outlines_that_cross_themselves_or_stay_open_are_mended(tmp_path: Path) -> None:
    corners = [(0, 0), (2, 4), (0, 4), (2, 0)]
    nodes = [(n + 1, 49.8 + y * 1e-4, 8.6 + x * 1e-4, {}) for n, (y, x) in enumerate(corners)]
    nodes += [
        (n + 5, 49.9 + y * 1e-4, 8.6 + x * 1e-4, {})
        for n, (y, x) in enumerate([(0, 0), (0, 4), (2, 4), (2, 0)])
    ]
    house = {"building": "yes"}
    ways = [(1, [1, 2, 3, 4, 1], house), (2, [5, 6, 7, 8], house), (3, [5, 6], house), (4, [1, 2, 1], house)]
    found = {feature.osm_id: feature for feature in everything(made(tmp_path, nodes=nodes, ways=ways))}
    assert sorted(found) == [1, 2]
    assert [one.kind for one in found.values()] == ["building", "building"]
    assert len(found[1].rings) == 2, "a bow has two sides"
    assert [len(ring) for ring in found[2].rings] == [5]
