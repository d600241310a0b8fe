"""Photos of the same things."""

import numpy as np
import pytest

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.views import Fit, Shown, View, angle, fit, level, point_costs, project

THINGS = np.array([[0.0, 15.0, 4.0], [0.3, 15.0, 4.6], [3.0, 16.0, 5.0], [-2.0, 14.0, 3.6]])
PLACES = np.eye(4) * 3.6**2
ERROR = np.array([1.5, -1.5])


def view(east: float, north: float, heading: float, sigma: float = 0.14) -> View:
    """A view that shows all things, from a place that is told 2 m wrong."""
    told = View(np.array([east, north]), heading, sigma, np.empty((0, 2)))
    return View(told.eye + ERROR, heading, sigma, project([told] * 4, level([told] * 4), THINGS)[:, :2])


A, B = view(-6, 2, 0.4), view(8, 4, -0.6)
LEVEL = level((A, B))


def fitted(numbers: list[int], points: Floats = THINGS, b: View = B) -> Fit:
    """Where B is said to show, one after the other, what A shows."""
    count = len(numbers)
    at = np.concatenate([A.seen[:count], b.seen[numbers]])
    shown = Shown(np.repeat([0, 1], count), np.tile(np.arange(count), 2), at[None])
    return fit((A, b), PLACES, shown, LEVEL[None], points[None, :count])


def test_what_is_ahead_is_in_the_middle_and_what_is_higher_is_above() -> None:
    ahead = View(np.zeros(2), 0.0, 0.1, np.empty((0, 2)))
    flat = np.zeros((2, 5))
    seen = project([ahead, ahead], flat, np.array([[0.0, 10.0, 1.6], [0.0, 10.0, 2.6]]))
    assert seen.tolist() == [
        [0, 0, pytest.approx(np.log(10))],
        [0, pytest.approx(0.1), pytest.approx(np.log(10))],
    ]


def test_right_pairs_fit_better_than_swapped_ones() -> None:
    right, swapped = fitted([0, 1, 2, 3]), fitted([1, 0, 2, 3])
    assert right.evidence[0] > swapped.evidence[0] + 5


def test_guesses_are_fitted_side_by_side_as_each_alone() -> None:
    at = np.stack([np.concatenate([A.seen[:2], B.seen[numbers]]) for numbers in ([0, 1], [1, 0])])
    shown = Shown(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), at)
    both = fit((A, B), PLACES, shown, np.stack([LEVEL] * 2), np.stack([THINGS[:2]] * 2))
    alone = [fitted(numbers).evidence[0] for numbers in ([0, 1], [1, 0])]
    assert both.evidence == pytest.approx(alone, abs=0.1)


def test_the_poses_of_some_pairs_tell_the_others() -> None:
    poses = fitted([0, 1, 2]).poses[0]
    at = np.stack([A.seen[[3, 3]], B.seen[[3, 2]]], axis=1)
    costs, points = point_costs((A, B), poses, at, THINGS[[0, 0]])
    assert costs[0] < 3 < costs[1]
    assert points[0, :2] == pytest.approx(THINGS[3, :2] + ERROR, abs=2.5)


def test_a_view_is_turned_to_what_it_shows() -> None:
    turned = angle(View(B.eye - ERROR, 2.0, 3.0, B.seen), B.seen[:1], THINGS[:1])
    assert 2.0 + turned[0] == pytest.approx(-0.6, abs=0.02)
