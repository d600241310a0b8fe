"""Things that hang on one pole."""

import numpy as np
import pytest

from camwalk.geometry.view_poles import apart_on_poles

VIEWS, POINTS = np.repeat([0, 1], 3), np.tile([0, 1, 2], 2)
PLACES = np.array([[0.0, 10.0], [0.4, 10.0], [5.0, 10.0]])


def apart(first: list[float], second: list[float]) -> list[float]:
    """How far east of the middle of its pole each place is, where two views show them at these columns."""
    at = np.column_stack([[*first, *second], np.linspace(0, 0.3, 6)])[None]
    return (apart_on_poles(VIEWS, POINTS, at, 3)[0] @ PLACES)[:, 0].tolist()


def test_what_two_photos_show_side_by_side_hangs_on_one_pole() -> None:
    assert apart([0.00, 0.03, 0.4], [0.10, 0.08, -0.3]) == pytest.approx([-0.2, 0.2, 0])


def test_what_only_one_photo_shows_side_by_side_does_not() -> None:
    assert apart([0.00, 0.03, 0.4], [0.10, 0.30, -0.3]) == pytest.approx([0, 0, 0])


def test_neighbours_of_neighbours_hang_there_too() -> None:
    mean = PLACES[:, 0].mean()
    assert apart([0.00, 0.04, 0.08], [0.00, 0.04, 0.08]) == pytest.approx((PLACES[:, 0] - mean).tolist())


def test_what_no_photo_shows_together_is_alone() -> None:
    at = np.zeros((1, 2, 2))
    assert not apart_on_poles(np.array([0, 1]), np.array([0, 1]), at, 2).any()
