import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from shapely import LineString, union_all

from camwalk.geometry.geodesy import distances, from_local, to_local
from camwalk.model import CamwalkError, Cancelled, LatLon, Photo, Survey, Tick, Walk, ignore_progress
from camwalk.operations.attach_extract import attach_extract, open_extract
from camwalk.operations.import_files import import_files
from camwalk.operations.street_graph import read_streets
from camwalk.operations.walked_streets import WalkedStreet, WalkedStreets, walked_streets
from camwalk.operations.walked_stretches import stretch_line
from tests.operations.made_streets import CENTRE, drift, of, recorded, street, town, walked


def row(found: WalkedStreets, way: int) -> WalkedStreet:
    return next(street for street in found.streets if street.way == way)


def walked_m(found: WalkedStreets, way: int) -> float:
    return next((street.walked_m for street in found.streets if street.way == way), 0.0)


def test_a_street_that_was_walked_is_told_with_its_day(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (200, 0)], street("Long Lane")), ([(0, 0), (0, 150)], street("Side")))
    evening = datetime(2026, 5, 1, 23, 30, tzinfo=UTC).timestamp()
    found = walked_streets(
        of(walked([(0, 0), (200, 0)], 3, evening), zone="Europe/Paris"), read_streets(index)
    )
    lane = row(found, 1)
    assert lane.name == "Long Lane"
    assert {one.dates for one in lane.stretches if one.walked} == {(date(2026, 5, 2),)}
    assert lane.walked_m == pytest.approx(200, abs=15)
    assert walked_m(found, 2) <= 5
    assert found.streets_m == pytest.approx(350, abs=1)
    assert found.walked_m == pytest.approx(lane.walked_m + walked_m(found, 2))
    assert found.notes == ()


def test_only_the_stretch_that_was_walked_counts(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (400, 0)], street("Long Lane")))
    streets = read_streets(index)
    found = walked_streets(of(walked([(100, 2), (220, 2)])), streets)
    stretches = row(found, 1).stretches
    assert [one.walked for one in stretches] == [False, True, False]
    assert stretches[1].from_line == pytest.approx(100, abs=6)
    assert stretches[1].to_line == pytest.approx(220, abs=6)
    assert sum(one.length_m for one in stretches) == pytest.approx(400, abs=0.5)
    line = stretch_line(streets, stretches[1])
    drawn = distances(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]).sum()
    assert drawn == pytest.approx(stretches[1].length_m, abs=0.1)


@pytest.mark.parametrize("seed", range(6))
def test_noise_does_not_tick_the_parallel_street(tmp_path: Path, seed: int) -> None:
    rungs = [([(x, 0), (x, 22)], street()) for x in range(0, 601, 100)]
    first = [(x, 0) for x in range(0, 601, 100)]
    second = [(x, 22) for x in range(0, 601, 100)]
    index = town(tmp_path, (first, street("Walked")), (second, street("Parallel")), *rungs)
    found = walked_streets(of(walked([(0, -4), (600, -4)], 5, seed=seed)), read_streets(index))
    assert walked_m(found, 1) >= 540
    assert walked_m(found, 2) <= 30


def test_a_street_and_its_pavements_count_as_one(tmp_path: Path) -> None:
    pavement = {"highway": "footway", "footway": "sidewalk"}
    index = town(
        tmp_path, ([(0, 0), (300, 0)], street("Wide Street", highway="primary")),
        ([(0, 9), (300, 9)], pavement), ([(0, -9), (300, -9)], pavement),
    )  # fmt: skip
    streets = read_streets(index)
    found = walked_streets(of(walked([(0, 9), (300, 9), (300, -9), (0, -9)], 1)), streets)
    assert [one.way for one in found.streets] == [1]
    assert found.streets_m == pytest.approx(300, abs=1)
    assert found.walked_m == pytest.approx(300, abs=10)
    assert {streets.ways[one.line].id for one in found.streets[0].stretches if one.walked} <= {2, 3}


def test_a_path_that_only_crosses_a_street_keeps_its_length(tmp_path: Path) -> None:
    index = town(
        tmp_path, ([(0, 0), (50, 0), (100, 0)], street()),
        ([(50, -60), (50, 0), (50, 60)], {"highway": "footway"}),
    )  # fmt: skip
    found = walked_streets(Survey(walks={"w": Walk(id="w", name="w")}), read_streets(index))
    assert row(found, 2).length_m == pytest.approx(120, abs=0.5)


def test_walks_over_the_same_street_are_told_with_each_day(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (300, 0)], street()))
    begin, later = 1_790_000_000, 1_790_000_000 + 86400
    made = of(
        walked([(0, 0), (200, 0)], begin=begin), walked([(200, 0), (0, 0)], begin=begin + 1000),
        walked([(100, 0), (300, 0)], begin=later, walk="v"),
    )  # fmt: skip
    found = walked_streets(made, read_streets(index))
    assert [len(one.dates) for one in found.streets[0].stretches] == [1, 2, 1]
    assert found.walked_m == pytest.approx(300, abs=8)


def test_a_stop_with_a_drifting_receiver_walks_nothing_new(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (100, 0), (200, 0)], street()), ([(100, 0), (100, 100)], street("Side")))
    path = np.vstack([
        np.column_stack([np.arange(0, 100, 1.3), np.zeros(77)]),
        np.tile([[100.0, 0.0]], (900, 1)),
        np.column_stack([np.arange(100, 200, 1.3), np.zeros(77)]),
    ])  # fmt: skip
    made = of(recorded(path + 4 * drift(len(path), 3), 1_790_000_000 + np.arange(len(path))))
    found = walked_streets(made, read_streets(index))
    assert walked_m(found, 1) == pytest.approx(200, abs=15)
    assert walked_m(found, 2) <= 15


def test_a_gap_is_walked_through_only_where_time_and_way_allow_it(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (500, 0)], street()))
    whole = walked([(0, 0), (500, 0)]).array
    gone = (np.arange(len(whole)) > 150) & (np.arange(len(whole)) < 250)  # 130 m in 100 s
    east = np.arange(len(whole)) * 1.3
    path = np.column_stack([east, np.zeros(len(east))])[~gone]
    on_foot = whole[~gone, 0]
    too_fast = np.where(np.arange(len(on_foot)) > 150, on_foot - 90, on_foot)
    next_day = np.where(np.arange(len(on_foot)) > 150, on_foot + 86400, on_foot)
    assert walked_streets(of(recorded(path, on_foot)), read_streets(index)).walked_m == pytest.approx(
        500, abs=8
    )
    assert walked_streets(of(recorded(path, too_fast)), read_streets(index)).walked_m == pytest.approx(
        370, abs=15
    )
    assert walked_streets(of(recorded(path, next_day)), read_streets(index)).walked_m == pytest.approx(
        370, abs=15
    )


def test_the_street_above_a_tunnel_was_walked_and_not_the_tunnel(tmp_path: Path) -> None:
    tunnel = street("Tunnel", highway="secondary", tunnel="yes", layer="-1")
    index = town(tmp_path, ([(0, 3), (300, 3)], tunnel), ([(0, 0), (300, 0)], street("Above")))
    found = walked_streets(of(walked([(0, 2), (300, 2)], 2)), read_streets(index))
    assert walked_m(found, 1) == 0
    assert walked_m(found, 2) >= 285


def test_a_track_that_leaves_the_extract_and_comes_back_counts_inside_only(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (200, 0)], street()), ([(0, 0), (0, 200)], street()))
    found = walked_streets(
        of(walked([(50, 0), (200, 0), (1200, 0), (1200, 900), (0, 900), (0, 100)], 2)), read_streets(index)
    )
    assert walked_m(found, 1) == pytest.approx(150, abs=25)
    assert walked_m(found, 2) == pytest.approx(100, abs=25)
    assert "follow no street" in str(found.notes[0])


def test_photos_tell_the_way_where_a_walk_has_no_track(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (200, 0), (400, 0)], street()), ([(200, 0), (200, 300)], street()))
    lat, lon = from_local(CENTRE, np.arange(0, 401, 50), np.full(9, 3.0))
    start = datetime(2026, 5, 1, 12, tzinfo=UTC)
    photos = {
        str(n): Photo(
            id=str(n), walk="w", device="d", path=f"{n}.jpg", size=1, fingerprint=str(n),
            utc=start + timedelta(seconds=60 * n), lat=float(lat[n]), lon=float(lon[n]), source="exif",
        )
        for n in range(9)
    }  # fmt: skip
    made = Survey(walks={"w": Walk(id="w", name="w")}, photos=photos)
    found = walked_streets(made, read_streets(index))
    assert walked_m(found, 1) == pytest.approx(400, abs=10)
    assert walked_m(found, 2) == 0


def test_ticks_by_hand_overrule_the_track(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (200, 0)], street()), ([(200, 0), (400, 0)], street()))
    made = of(walked([(0, 0), (200, 0)]))
    ticks = {id: Tick(id=id, walked=walked) for id, walked in (("1", False), ("2", True), ("99", True))}
    found = walked_streets(replace(made, ticks=ticks), read_streets(index))
    assert (walked_m(found, 1), walked_m(found, 2)) == (0, pytest.approx(200, abs=0.5))


def test_private_ways_count_only_where_somebody_walked_them(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (200, 0)], street()), ([(200, 0), (400, 0)], street(access="private")))
    nobody = walked_streets(Survey(walks={"w": Walk(id="w", name="w")}), read_streets(index))
    assert nobody.streets_m == pytest.approx(200, abs=0.5)
    somebody = walked_streets(of(walked([(0, 0), (300, 0)])), read_streets(index))
    assert somebody.streets_m == pytest.approx(300, abs=8)


@pytest.mark.parametrize("centre", [LatLon(80.0, 20.0), LatLon(-17.0, 180.0), LatLon(0.0, 0.0)])
def test_far_north_and_the_date_line_are_places_like_others(tmp_path: Path, centre: LatLon) -> None:
    index = town(
        tmp_path, ([(-200, 0), (200, 0)], street()), ([(-200, 30), (200, 30)], street()), centre=centre
    )
    streets = read_streets(index)
    found = walked_streets(of(walked([(-200, 0), (200, 0)], 3, centre=centre)), streets)
    assert found.streets_m == pytest.approx(800, abs=1)
    assert walked_m(found, 1) == pytest.approx(400, abs=8)
    assert walked_m(found, 2) == 0
    line = stretch_line(streets, next(s for s in row(found, 1).stretches if s.walked))
    assert distances(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]).sum() == pytest.approx(400, abs=8)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (200, 0)], street()))
    assert "no walk yet" in str(walked_streets(Survey(), read_streets(index)).notes[0])
    bare = Survey(walks={"w": Walk(id="w", name="Bare")})
    assert "neither a track" in str(walked_streets(bare, read_streets(index)).notes[0])
    elsewhere = of(walked([(0, 0), (300, 0)], centre=LatLon(10.0, 10.0)))
    found = walked_streets(elsewhere, read_streets(index))
    assert (found.walked_m, found.streets_m) == (0, pytest.approx(200, abs=0.5))
    assert "outside the streets of the extract" in str(found.notes[0])


def test_an_extract_without_streets_is_refused(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (20, 0), (20, 20), (0, 0)], {"building": "yes"}))
    with pytest.raises(CamwalkError, match="no streets"):
        walked_streets(of(walked([(0, 0), (300, 0)])), read_streets(index))


def test_matching_can_be_cancelled(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (2000, 0)], street()))

    def stop(done: int, total: int) -> None:
        if total:
            raise Cancelled

    with pytest.raises(Cancelled):
        walked_streets(of(walked([(0, 0), (2000, 0)])), read_streets(index), stop)


def test_positions_that_are_no_numbers_and_spikes_are_left_out(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (300, 0)], street()))
    path = np.column_stack([np.arange(0, 300, 1.3), np.zeros(231)])
    path[100] = (5000, 5000)
    path[150] = np.nan
    found = walked_streets(of(recorded(path, 1_790_000_000 + np.arange(231))), read_streets(index))
    assert found.walked_m == pytest.approx(300, abs=10)


def test_a_track_without_times_is_matched_too(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (300, 0)], street()))
    path = np.column_stack([np.arange(0, 300, 20.0), np.zeros(15)])
    found = walked_streets(of(recorded(path, np.full(15, np.nan))), read_streets(index))
    assert found.walked_m == pytest.approx(280, abs=8)
    assert all(one.dates == () for one in row(found, 1).stretches)


def test_a_track_that_repeats_one_time_is_matched_too(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (300, 0)], street()))
    path = np.column_stack([np.arange(0, 300, 20.0), np.zeros(15)])
    found = walked_streets(of(recorded(path, np.full(15, 1_790_000_000.0))), read_streets(index))
    assert found.walked_m == pytest.approx(280, abs=8)


def test_an_extract_of_another_layer_keeps_bridge_and_street_below_apart(tmp_path: Path) -> None:
    bridge = street("Bridge", bridge="yes", layer="1")
    index = town(tmp_path, ([(-150, 0), (150, 0)], bridge), ([(0, -150), (0, 150)], street("Below")))
    found = walked_streets(of(walked([(-150, 0), (150, 0)], 2)), read_streets(index))
    assert walked_m(found, 1) >= 280
    assert walked_m(found, 2) == 0


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_short_simulated_walks_are_told_nearly_as_they_were(walks: Path, shared: Path, name: str) -> None:
    truth = json.loads((walks / name / "truth.json").read_text())
    made = Survey().apply(
        import_files(Survey(), [str(walks / name / "photos"), str(walks / name / "track.gpx")]).edit.changes
    )
    made = made.apply(attach_extract(made, shared / "data/osm" / truth["extract"], ignore_progress).changes)
    index = open_extract(made, ignore_progress)
    assert index is not None
    streets = read_streets(index)
    found = walked_streets(made, streets)
    path = np.array(truth["track"]["true_path"])
    origin = LatLon(*path.mean(axis=0))
    true = LineString(np.column_stack(to_local(origin, *path.T)))
    stretches = [one for each in found.streets for one in each.stretches if one.walked]
    claimed = [LineString(np.column_stack(to_local(origin, *stretch_line(streets, s).T))) for s in stretches]
    length = sum(line.length for line in claimed)
    assert sum(line.intersection(true.buffer(8)).length for line in claimed) >= 0.98 * length
    assert true.intersection(union_all(claimed).buffer(12)).length >= 0.95 * true.length
    assert found.walked_m == pytest.approx(sum(one["walked_m"] for one in truth["streets_walked"]), rel=0.15)


def test_photos_tell_the_way_through_a_gap_of_the_track(tmp_path: Path) -> None:
    corner = [(0, 0), (100, 0)], [(100, 0), (100, 60), (200, 60)], [(100, 0), (100, -60), (200, -60)]
    index = town(
        tmp_path, (corner[0], street()), (corner[1], street("North")), (corner[2], street("South")),
        ([(200, -60), (200, 0), (200, 60)], street("Far")), ([(200, 0), (300, 0)], street()),
    )  # fmt: skip
    begin = 1_790_000_000.0
    before = walked([(0, 0), (100, 0)], begin=begin)
    after = walked([(200, 0), (300, 0)], begin=begin + 77 + 230)
    points = np.concatenate([before.array, after.array])
    gap = replace(before, points=points.tobytes(), starts=(0, len(before.array)))
    lat, lon = from_local(CENTRE, 150.0, -62.0)
    photo = Photo(
        id="p", walk="w", device="d", path="p.jpg", size=1, fingerprint="p", source="exif",
        utc=datetime.fromtimestamp(begin + 77 + 110, UTC), lat=float(lat), lon=float(lon),
    )  # fmt: skip
    found = walked_streets(replace(of(gap), photos={"p": photo}), read_streets(index))
    assert walked_m(found, 2) == 0
    assert walked_m(found, 3) == pytest.approx(160, abs=8)
