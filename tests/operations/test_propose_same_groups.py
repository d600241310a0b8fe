"""Pairs of sightings that grow together to groups."""

import numpy as np
import pytest

from camwalk.operations.propose_same_groups import Group, Spot, Taken, grouped, pair_odds
from camwalk.operations.propose_same_pairs import Guess

A, B, C, D = (0, 0), (1, 0), (2, 0), (2, 1)


def together(odds: dict[tuple[Spot, Spot], float], *begun: Group) -> dict[Group, float]:
    return grouped(odds, lambda _: True, begun)


def guess(score: float) -> Guess:
    return Guess(score, np.zeros((2, 5)), {})


def taken(order: list[int], devices: str = "xx") -> Taken:
    return Taken(list(devices), order, [[0], [0]])


def test_pairs_that_agree_become_one_group_as_sure_as_its_weakest_step() -> None:
    found = together({(A, B): 5.0, (A, C): 2.0, (B, C): 3.0})
    assert found == {frozenset({A, B, C}): pytest.approx(1 / (1 + np.exp(-2.5)))}


def test_two_of_one_photo_stay_apart_and_the_surer_one_wins() -> None:
    found = together({(A, C): 2.0, (A, D): 4.0})
    assert list(found) == [frozenset({A, D})]


def test_a_pair_that_contradicts_the_rest_is_left_out() -> None:
    assert list(together({(A, B): 5.0, (B, C): 2.0, (A, C): -5.0})) == [frozenset({A, B})]


def test_what_was_never_compared_speaks_against_a_group() -> None:
    assert list(together({(A, B): 5.0, (B, C): 3.0})) == [frozenset({A, B})]


def test_what_belongs_together_already_stays_so_and_takes_others_in() -> None:
    both = frozenset({A, B})
    assert together({}, both) == {both: 1.0}
    assert list(together({(A, C): 3.0, (B, C): 3.0}, both)) == [frozenset({A, B, C})]


def test_a_person_s_word_keeps_a_group_from_growing() -> None:
    assert grouped({(A, B): 5.0}, lambda _: False, ()) == {}


def test_rival_ways_to_match_two_photos_share_the_odds() -> None:
    compared = [(0, 0), (0, 1)]
    alone = pair_odds(taken([0, 5]), {(0, 1): ({frozenset({(0, 0)}): guess(6.0)}, compared)})
    rivals = {frozenset({(0, 0)}): guess(6.0), frozenset({(0, 1)}): guess(6.0)}
    shared = pair_odds(Taken(["x", "x"], [0, 5], [[0], [0, 0]]), {(0, 1): (rivals, compared)})
    assert alone[A, B] > 3
    assert shared[A, B] == shared[A, (1, 1)] < 0.1
    assert alone[A, (1, 1)] < -6


def test_photos_in_succession_and_of_one_device_show_one_camera_more_often_than_others() -> None:
    ways = {frozenset({(0, 0)}): guess(1.0)}

    def odds(told: Taken) -> float:
        return pair_odds(told, {(0, 1): (ways, [(0, 0)])})[A, B]

    assert odds(taken([3, 4])) > odds(taken([3, 9])) > odds(taken([3, 9], "xy"))
    assert odds(taken([3, 9])) > odds(Taken(["x", "x"], [3, 9], [[4], [4]]))
