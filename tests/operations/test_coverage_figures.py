from pathlib import Path

import numpy as np
import pytest

from camwalk.geometry.geodesy import distances
from camwalk.model import Cancelled, LatLon, Survey, Tags
from camwalk.operations.coverage_figures import Coverage, filmed
from camwalk.operations.coverage_figures_streets import WalkedPiece
from camwalk.operations.coverage_figures_words import coverage_notes, measures
from tests.operations.test_filmed_area import DOME, HERE, at, camera, extract

FIXED = {"camera:type": "fixed", "camera:direction": "0"}


def piece(
    points: list[tuple[float, float]], way: int = 1, name: str = "Rue", origin: LatLon = HERE,
    underground: bool = False,
) -> WalkedPiece:  # fmt: skip
    line = np.array([at(origin, *point) for point in points])
    metres = distances(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]).sum()
    return WalkedPiece(way, name, line, float(metres), underground)


STREET = piece([(-100, 5), (100, 5)])


def coverage(*tags: Tags, walked: tuple[WalkedPiece, ...] = (STREET,)) -> Coverage:
    cameras = [camera(HERE, tag, str(n)) for n, tag in enumerate(tags)]
    return filmed(Survey(), None, walked, cameras=cameras)


def test_a_dome_over_a_street_films_a_chord_of_its_circle() -> None:
    found = coverage(DOME)
    assert found.walked_m == pytest.approx(200, rel=1e-4)
    assert found.filmed_m.mean == pytest.approx(2 * (20.017**2 - 25) ** 0.5, rel=0.005)
    assert found.filmed_m.low < found.filmed_m.mean < found.filmed_m.high
    assert found.share is not None
    assert found.share.mean == pytest.approx(found.filmed_m.mean / 200, rel=1e-3)
    assert found.area_m2.mean == pytest.approx(3.1416 * 20.017**2, rel=0.005)


def test_two_cameras_that_see_the_same_do_not_count_twice() -> None:
    assert coverage(DOME, DOME).filmed_m.mean == pytest.approx(coverage(DOME).filmed_m.mean, rel=1e-3)
    assert coverage(DOME, DOME).area_m2.mean == pytest.approx(coverage(DOME).area_m2.mean, rel=1e-6)


def test_a_camera_without_direction_counts_apart() -> None:
    found = coverage({"camera:type": "fixed"})
    assert (found.filmed_m.mean, found.undirected) == (0, 1)
    assert found.maybe_m.mean > 30
    both = coverage({"camera:type": "fixed"}, DOME)
    assert both.maybe_m.mean == pytest.approx(0, abs=0.1)  # the dome is sure to film there


def test_a_building_hides_the_street_behind_it(tmp_path: Path) -> None:
    index = extract(tmp_path, HERE, [[(-50, 2), (50, 2), (50, 4), (-50, 4)]])
    found = filmed(Survey(), index, [STREET], cameras=[camera(HERE, FIXED)])
    assert found.filmed_m.high == 0
    assert found.on_open_ground == 0


def test_a_tunnel_is_not_filmed_from_above() -> None:
    found = coverage(DOME, walked=(piece([(-100, 5), (100, 5)], underground=True),))
    assert (found.filmed_m.high, found.longest_unfilmed["mean"]) == (0, None)
    assert found.walked_m == pytest.approx(200, rel=1e-3)


def test_each_street_has_its_own_metres() -> None:
    other = piece([(-100, 500), (100, 500)], way=2, name="Far")
    rows = {row.way: row for row in coverage(DOME, walked=(STREET, other)).streets}
    assert rows[STREET.way].filmed_m.mean > 30
    assert rows[2].filmed_m == (0, 0, 0)


def test_hot_spots_are_where_most_cameras_look() -> None:
    cameras = [camera(at(HERE, east, 0), DOME, str(east)) for east in (0, 10, 20, 90)]
    (spot,) = filmed(Survey(), None, [STREET], cameras=cameras).hot_spots
    assert spot.cameras == ("0", "10", "20")
    assert spot.name == "Rue"
    assert distances(spot.lat, spot.lon, *at(HERE, 10, 5)) < 10


def test_the_longest_unfilmed_way_goes_on_over_pieces_of_one_street() -> None:
    walked = (piece([(0, 5), (100, 5)]), piece([(100, 5), (200, 5), (300, 5)], way=2))
    way = coverage(DOME, walked=walked).longest_unfilmed["mean"]
    assert way is not None
    assert way.metres == pytest.approx(300 - 19.4, abs=0.2)
    assert (way.name, len(way.points)) == ("Rue", 4)


def test_streets_of_other_names_do_not_lengthen_it() -> None:
    walked = (piece([(0, 5), (100, 5)]), piece([(100, 5), (190, 5)], way=2, name="Other"))
    way = coverage(DOME, walked=walked).longest_unfilmed["mean"]
    assert way is not None
    assert (way.name, round(way.metres)) == ("Other", 90)


def test_cameras_indoors_are_counted_and_film_no_street() -> None:
    found = coverage(DOME, DOME, {"surveillance": "indoor"})
    assert (found.cameras, found.indoors) == (3, 1)
    assert found.per_km == pytest.approx(10, rel=0.01)


def test_areas_come_as_rings_of_lat_lon() -> None:
    found = coverage(DOME).areas["mean"]
    (ring,) = found.rings
    assert (ring[0] == ring[-1]).all()
    assert distances(ring[3, 0], ring[3, 1], HERE.lat, HERE.lon) == pytest.approx(20.017, abs=0.05)


@pytest.mark.parametrize("origin", [LatLon(80, 20), LatLon(0, 180), LatLon(-89.9, 0)])
def test_metres_hold_far_north_and_across_the_date_line(origin: LatLon) -> None:
    walked = (piece([(-100, 5), (100, 5)], origin=origin),)
    found = filmed(Survey(), None, walked, cameras=[camera(origin)])
    assert found.filmed_m.mean == pytest.approx(38.77, rel=0.01)
    assert found.area_m2.mean == pytest.approx(1258, rel=0.01)


def test_one_camera_on_the_other_side_of_the_earth_changes_nothing() -> None:
    cameras = [camera(HERE), camera(LatLon(-48.1, 178.3), id="far"), camera(LatLon(0, 0), id="null")]
    found = filmed(Survey(), None, [STREET], cameras=cameras)
    assert found.filmed_m.mean == pytest.approx(coverage(DOME).filmed_m.mean, rel=1e-3)


def test_nothing_gives_zeros_and_says_why() -> None:
    found = filmed(Survey(), None, [])
    assert (found.filmed_m, found.share, found.per_km, found.hot_spots) == ((0, 0, 0), None, None, ())
    assert [str(note) for note in coverage_notes(found)] == [
        "No street is walked yet, so only the ground in view is told, not the share of streets.",
        "There is no camera yet.",
    ]
    assert all(measure.of.text for measure in measures(found))


def test_without_walked_streets_the_ground_in_view_is_still_told() -> None:
    found = coverage(DOME, walked=())
    assert found.area_m2.mean > 1200
    assert found.walked_m == 0


def test_pieces_without_points_are_left_out() -> None:
    empty = WalkedPiece(9, "", np.empty((0, 2)), 0.0)
    point = WalkedPiece(8, "", np.array([HERE]), 0.0)
    found = coverage(DOME, walked=(empty, STREET, point))
    assert found.filmed_m.mean == pytest.approx(coverage(DOME).filmed_m.mean, rel=1e-3)


def test_open_ground_and_moved_cameras_are_told() -> None:
    notes = [str(note) for note in coverage_notes(coverage(DOME, {}))]
    assert notes[0].startswith("2 cameras stand outside the extract")
    assert notes[1].startswith("1 camera has no direction")


def test_every_figure_says_what_it_is_of() -> None:
    found = measures(coverage(DOME))
    assert [m.shows for m in found if m.unit == "m"] == ["filmed", "maybe", "unfilmed"]
    assert str(found[0].of) == "of 0.2 km of walked streets"


def test_views_are_kept_for_the_next_look() -> None:
    first = coverage(DOME, FIXED)
    second = filmed(Survey(), None, [STREET], known=first.views, cameras=[camera(HERE, DOME, "0")])
    assert len(second.views) == 1
    assert next(iter(second.views.values())) is first.views[next(iter(second.views))]


def test_it_tells_its_progress_and_can_be_cancelled() -> None:
    told: list[tuple[int, int]] = []
    filmed(Survey(), None, [STREET], lambda done, total: told.append((done, total)), cameras=[camera(HERE)])
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        filmed(Survey(), None, [STREET], stop, cameras=[camera(HERE)])
