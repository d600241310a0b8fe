import numpy as np
import pytest
import shapely

from camwalk.geometry.visibility_lines import Cuts, covered, cuts, depths, gaps, pairs_that_may_meet, shares


def cut(a: list, b: list, areas: list) -> Cuts:
    starts, ends = np.array(a, float), np.array(b, float)
    pairs = pairs_that_may_meet(shapely.linestrings(np.stack([starts, ends], axis=1)), np.array(areas))
    return cuts(starts, ends, np.array(areas), pairs)


def test_a_line_is_cut_where_it_enters_and_leaves_an_area() -> None:
    found = cut([[0, 0]], [[10, 0]], [shapely.box(2, -1, 5, 1)])
    assert (found.begin.tolist(), found.end.tolist()) == ([0.2], [0.5])


def test_what_two_areas_cover_counts_once() -> None:
    found = cut([[0, 0]], [[10, 0]], [shapely.box(2, -1, 5, 1), shapely.box(4, -1, 8, 1)])
    assert shares(found, 1).tolist() == [pytest.approx(0.6)]
    assert len(covered(found).line) == 1


def test_holes_are_not_covered() -> None:
    ring = shapely.box(0, -5, 10, 5) - shapely.box(4, -1, 6, 1)
    assert shares(cut([[0, 0]], [[10, 0]], [ring]), 1).tolist() == [pytest.approx(0.8)]


def test_what_is_left_and_what_is_covered_are_the_whole() -> None:
    found = cut([[0, 0], [0, 9]], [[10, 0], [10, 9]], [shapely.box(2, -1, 5, 1), shapely.box(7, -1, 20, 1)])
    left = gaps(found, 2)
    assert list(zip(left.line.tolist(), left.begin.tolist(), left.end.tolist(), strict=True)) == [
        (0, 0.0, pytest.approx(0.2)), (0, pytest.approx(0.5), pytest.approx(0.7)), (1, 0.0, 1.0)
    ]  # fmt: skip


def test_depths_tell_how_many_areas_lie_over_each_part() -> None:
    found = cut([[0, 0]], [[10, 0]], [shapely.box(2, -1, 6, 1), shapely.box(4, -1, 8, 1)])
    _, begin, end, deep = depths(found)
    assert begin.tolist() == pytest.approx([0.2, 0.4, 0.6])
    assert end.tolist() == pytest.approx([0.4, 0.6, 0.8])
    assert deep.tolist() == [1, 2, 1]


def test_metres_are_those_of_the_union_clipped_by_shapely() -> None:
    rng = np.random.default_rng(5)
    a = rng.uniform(0, 200, (300, 2))
    b = a + rng.uniform(-60, 60, a.shape)
    areas = shapely.union(
        shapely.buffer(shapely.points(rng.uniform(0, 200, (80, 2))), 12),
        shapely.buffer(shapely.points(rng.uniform(0, 200, (80, 2))), 6),
    )
    lines = shapely.linestrings(np.stack([a, b], axis=1))
    mine = shares(cuts(a, b, areas, pairs_that_may_meet(lines, areas)), len(a)) * shapely.length(lines)
    exact = shapely.length(shapely.intersection(lines, shapely.union_all(areas)))
    assert mine == pytest.approx(exact, abs=1e-6)


def test_nothing_meets_nothing() -> None:
    none = np.empty((0, 2))
    found = cuts(none, none, np.empty(0, object), (np.empty(0, np.int64), np.empty(0, np.int64)))
    assert (
        len(found.line) == len(covered(found).line) == len(gaps(found, 0).line) == len(depths(found)[0]) == 0
    )
