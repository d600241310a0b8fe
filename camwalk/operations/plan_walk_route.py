"""A short route over many street pieces: cheapest insertion, then moving and reversing (rural postman)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints

_ROUNDS = 40  # of improvement
_TRIES = 6  # of putting more in after that
_LITTLE = 1e-6


@dataclass(frozen=True, eq=False)
class Task:
    """Pieces to walk between stops, which are the rows of `metres`.

    Piece k runs from stop `ends[k, 0]` to `ends[k, 1]`, or back; the route leads from `start` to `goal`.
    """

    metres: Floats  # shortest ways between all stops
    ends: Ints  # shape (n, 2)
    length: Floats
    start: int
    goal: int


Tour = list[tuple[int, int]]
"""Pieces in order, each with 1 where it is walked backwards."""


def best_tour(task: Task, budget: float, tour: Tour | None = None, choice: Ints | None = None) -> Tour:
    """As much of the pieces as fits into `budget` metres, starting from `tour`.

    Only those of `choice` are put in; pieces of no length of their own should not be in it.
    """
    tour = tour or []
    choice = np.arange(len(task.ends)) if choice is None else choice
    for _ in range(_TRIES):
        grown = _grown(task, tour, budget, choice)
        shorter = _improved(task, grown)
        if len(shorter) == len(tour):
            return shorter
        tour = shorter
    return tour


def tour_length(task: Task, tour: Tour) -> float:
    """Metres of the pieces and the ways between them."""
    stops = _stops(task, tour)
    return float(
        task.metres[stops[0::2], stops[1::2]].sum() + task.length[[piece for piece, _ in tour]].sum()
    )


def _stops(task: Task, tour: Tour) -> Ints:
    """The start, where each piece is begun and left, the goal."""
    inner = [int(task.ends[piece, side]) for piece, back in tour for side in (back, 1 - back)]
    return np.array([task.start, *inner, task.goal], np.int64)


def _grown(task: Task, tour: Tour, budget: float, choice: Ints) -> Tour:
    """The tour with pieces put in where they cost least for what they bring, while there is room."""
    tour, used = list(tour), tour_length(task, tour)
    left = np.setdiff1d(choice, [piece for piece, _ in tour])
    while len(left):
        extra, place, back = _insertions(task, tour, left)
        worth = np.where(used + extra <= budget, task.length[left] / np.maximum(extra, 0.1), 0.0)
        best = int(worth.argmax())
        if worth[best] <= 0:
            break
        tour.insert(int(place[best]), (int(left[best]), int(back[best])))
        used += float(extra[best])
        left = np.delete(left, best)
    return tour


def _insertions(task: Task, tour: Tour, pieces: Ints) -> tuple[Floats, Ints, Ints]:
    """The least metres that each piece adds, before which of the tour's, and which way round."""
    stops = _stops(task, tour)
    leave, arrive = stops[0::2], stops[1::2]
    a, b = task.ends[pieces].T
    between = task.metres[leave, arrive]
    onward = task.metres[leave[:, None], a] + task.metres[b[:, None], arrive].T - between[:, None]
    backward = task.metres[leave[:, None], b] + task.metres[a[:, None], arrive].T - between[:, None]
    both = np.stack([onward, backward])
    flat = both.reshape(-1, len(pieces))
    best = flat.argmin(axis=0)
    extra = flat[best, np.arange(len(pieces))] + task.length[pieces]
    return extra, best % len(leave), best // len(leave)


def _improved(task: Task, tour: Tour) -> Tour:
    """The same pieces in a better order."""
    for _ in range(_ROUNDS):
        before = tour_length(task, tour)
        tour = _moved(task, _reversed(task, tour))
        if tour_length(task, tour) > before - _LITTLE:
            break
    return tour


def _reversed(task: Task, tour: Tour) -> Tour:
    """Sections walked the other way round while that shortens the tour (2-opt)."""
    while len(tour):
        stops = _stops(task, tour)
        leave, arrive = stops[0::2], stops[1::2]
        # turning the pieces i to j - 1 round replaces the ways before i and before j
        now = task.metres[leave, arrive]
        gain = now[:, None] + now[None, :]
        gain = (
            gain - task.metres[leave[:, None], leave[None, :]] - task.metres[arrive[:, None], arrive[None, :]]
        )
        gain[np.tril_indices(len(leave))] = -np.inf
        i, j = (int(k) for k in np.unravel_index(int(gain.argmax()), gain.shape))
        if not gain[i, j] > _LITTLE:
            break
        tour = [*tour[:i], *((piece, 1 - back) for piece, back in tour[i:j][::-1]), *tour[j:]]
    return tour


def _moved(task: Task, tour: Tour) -> Tour:
    """Chains of one to three pieces put elsewhere where that is shorter (or-opt)."""
    for size in (1, 2, 3):
        for first in range(len(tour) - size + 1):
            chain, rest = tour[first : first + size], [*tour[:first], *tour[first + size :]]
            tour = _placed(task, chain, rest, tour)
    return tour


def _placed(task: Task, chain: Tour, rest: Tour, tour: Tour) -> Tour:
    """`rest` with the chain at its best place, if that beats `tour`."""
    stops = _stops(task, rest)
    leave, arrive = stops[0::2], stops[1::2]
    head = int(task.ends[chain[0][0], chain[0][1]])
    tail = int(task.ends[chain[-1][0], 1 - chain[-1][1]])
    between = task.metres[leave, arrive]
    costs: list[NDArray[np.float64]] = [
        task.metres[leave, a] + task.metres[b, arrive] - between for a, b in ((head, tail), (tail, head))
    ]
    back, place = (int(k) for k in np.unravel_index(int(np.argmin(costs)), (2, len(between))))
    put = [(piece, 1 - turned) for piece, turned in reversed(chain)] if back else chain
    found = [*rest[:place], *put, *rest[place:]]
    return found if tour_length(task, found) < tour_length(task, tour) - _LITTLE else tour
