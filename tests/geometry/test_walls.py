"""Where looks meet walls."""

import numpy as np
import pytest

from camwalk.geometry.walls import FAR, along_walls, first_hits, inside, walls_of_rings

HOUSE = np.array([[0, 10], [20, 10], [20, 30], [0, 30], [0, 10]], float)
YARD = np.array([[5, 15], [5, 25], [15, 25], [15, 15], [5, 15]], float)  # a hole runs clockwise


def test_a_look_ends_at_the_first_wall() -> None:
    metres, which = first_hits(walls_of_rings([HOUSE, YARD]), np.array([10.0, 0.0]), np.array([0.0, 180.0]))
    assert metres[0] == 10
    assert which[0] == 0
    assert metres[1] == FAR
    assert which[1] == -1


def test_walls_face_away_from_the_building_and_into_its_yard() -> None:
    walls = walls_of_rings([HOUSE, YARD])
    south = walls.outward[0]
    assert south.tolist() == [0.0, -1.0]
    west_of_yard = walls.outward[4]
    assert west_of_yard.tolist() == [1.0, 0.0]


def test_a_yard_is_not_inside() -> None:
    points = np.array([[2.0, 12.0], [10.0, 20.0], [10.0, 0.0]])
    assert inside(walls_of_rings([HOUSE, YARD]), points).tolist() == [True, False, False]


def test_points_along_walls_stand_for_all_their_length() -> None:
    points, lengths, outward = along_walls(walls_of_rings([HOUSE]), 3.0)
    assert lengths.sum() == pytest.approx(80)
    assert len(points) == len(outward) == 28


def test_without_walls_nothing_stops_a_look() -> None:
    metres, _ = first_hits(walls_of_rings([]), np.zeros(2), np.array([45.0]))
    assert metres[0] == FAR
