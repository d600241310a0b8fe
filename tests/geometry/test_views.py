"""Two photos of the same things."""

import numpy as np
import pytest

from camwalk.geometry.two_views import PITCH, View, costs_at, fit, project

THINGS = np.array([[0.0, 15.0, 4.0], [0.3, 15.0, 4.6], [3.0, 16.0, 5.0], [-2.0, 14.0, 3.6]])
LEVEL = np.array([0, 0, 0, PITCH, 0])
PLACES = np.eye(4) * 3.6**2


def view(east: float, north: float, heading: float, sigma: float = 0.14) -> View:
    """A view that shows all things, from a place that is told 2 m wrong."""
    told = View(np.array([east, north]), heading, sigma, np.empty((0, 2)))
    return View(np.array([east + 1.5, north - 1.5]), heading, sigma, project(told, LEVEL, THINGS))


A, B = view(-6, 2, 0.4), view(8, 4, -0.6)
RIGHT = [(n, n) for n in range(4)]
SWAPPED = [(0, 1), (1, 0), (2, 2), (3, 3)]


def test_what_is_ahead_is_in_the_middle_and_what_is_higher_is_above() -> None:
    ahead = View(np.zeros(2), 0.0, 0.1, np.empty((0, 2)))
    low, high = project(ahead, np.zeros(5), np.array([[0.0, 10.0, 1.6], [0.0, 10.0, 2.6]]))
    assert low.tolist() == [0, 0]
    assert high.tolist() == pytest.approx([0, 0.1])


def test_right_pairs_fit_better_than_swapped_ones() -> None:
    right, swapped = fit(A, B, PLACES, RIGHT, THINGS), fit(A, B, PLACES, SWAPPED, THINGS)
    assert right.evidence > swapped.evidence + 5


def test_the_pose_of_two_pairs_tells_the_others() -> None:
    pose = fit(A, B, PLACES, RIGHT[:3], THINGS[:3]).pose
    costs = costs_at(A, B, pose, [(3, 3), (3, 2)], THINGS[[3, 3]])
    assert costs[0] < 3 < costs[1]


def test_a_heading_that_nobody_knows_is_found() -> None:
    lost = View(B.eye, 2.0, 3.0, B.seen)
    pose = fit(A, lost, PLACES, RIGHT, THINGS).pose
    assert (2.0 + pose[7] + 0.6) % (2 * np.pi) == pytest.approx(0, abs=0.3) or (2.0 + pose[7] + 0.6) % (
        2 * np.pi
    ) == pytest.approx(2 * np.pi, abs=0.3)
