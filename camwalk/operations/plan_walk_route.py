"""A short route over many street pieces: cheapest insertion, then moving and reversing (rural postman)."""

from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints
from camwalk.model import Report, ignore_progress

_ROUNDS = 40  # of improvement
_ALL_AT_ONCE = 150  # pieces that one tour is tried for, whatever its length
_MOST_TRIES, _WORK = 150, 1500  # of throwing away and putting together; the second one per piece
_RUINED = 12  # pieces
_WIDER = 1.3  # of the budget, for a tour of which the worst is then left out
_WORSE = 0.01  # share by which a tour may be worse than the last one
_WALKING = 0.1  # what a metre of walking costs against a metre of new street
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


def best_tour(
    task: Task,
    budget: float,
    tour: Tour | None = None,
    choice: Ints | None = None,
    report: Report = ignore_progress,
) -> Tour:
    """As much of the pieces as fits into `budget` metres, starting from `tour`; only `choice` are put in.

    A large neighbourhood search: a part of the tour is thrown away and put together again, and what
    brings more, or as much on a shorter way, is kept. The same task gives the same tour.
    """
    choice = np.arange(len(task.ends)) if choice is None else choice
    whole: Tour = []
    if tour is None and len(choice) <= _ALL_AT_ONCE and task.length[choice].sum() <= budget:
        whole = _searched(task, _settled(task, [], np.inf, choice), np.inf, choice, _part(report, 0))
        if tour_length(task, whole) <= budget:
            return whole
    shrunk = _shrunk(task, whole or _settled(task, [], _WIDER * budget, choice), budget)
    some = [_settled(task, one, budget, choice) for one in (tour or [], shrunk)]
    return _searched(task, max(some, key=lambda one: _score(task, one)), budget, choice, _part(report, 1))


def _part(report: Report, half: int) -> Report:
    """The progress of the first or the second of two searches."""
    return lambda done, total: report(half * total + done, 2 * total)


def _searched(task: Task, tour: Tour, budget: float, choice: Ints, report: Report) -> Tour:
    """The best of many tours, each made from one that is hardly worse than the best before it."""
    chance = np.random.default_rng(1)
    now = best = (_score(task, tour), tour)
    tries = min(_MOST_TRIES, _WORK // (len(tour) + 1))
    for number in range(tries):
        report(number, tries)
        found = _settled(task, _ruined(now[1], task, chance), budget, choice)
        score = _score(task, found)
        if score > now[0] - _WORSE * abs(best[0]):
            now = (score, found)
        best = max(best, now, key=lambda one: one[0])
    return best[1]


def _score(task: Task, tour: Tour) -> float:
    """What a tour is worth: the metres it brings, and a little for those it does without."""
    return float(task.length[[piece for piece, _ in tour]].sum()) - _WALKING * tour_length(task, tour)


def _settled(task: Task, tour: Tour, budget: float, choice: Ints) -> Tour:
    """Grown and improved in turns until nothing more fits."""
    while True:
        grown = _improved(task, _grown(task, tour, budget, choice))
        if len(grown) == len(tour):
            return grown
        tour = grown


def _shrunk(task: Task, tour: Tour, budget: float) -> Tour:
    """The tour without what costs most for what it brings, until it fits."""
    tour = list(tour)
    while tour and tour_length(task, tour) > budget:
        stops = _stops(task, tour)
        leave, arrive = stops[0::2], stops[1::2]
        ways = task.metres[leave, arrive]
        saved = ways[:-1] + ways[1:] - task.metres[leave[:-1], arrive[1:]]
        length = task.length[[piece for piece, _ in tour]]
        tour.pop(int(((saved + length) / np.maximum(length, 0.1)).argmax()))
    return tour


def _ruined(tour: Tour, task: Task, chance: np.random.Generator) -> Tour:
    """The tour without some pieces that follow each other, or lie near each other."""
    if not tour:
        return tour
    count = int(chance.integers(1, max(2, min(_RUINED, len(tour) * 2 // 3)) + 1))
    middle = int(chance.integers(len(tour)))
    if chance.random() < 0.5:
        return [*tour[: max(0, middle - count // 2)], *tour[middle + (count + 1) // 2 :]]
    first = task.ends[[piece for piece, _ in tour], 0]
    gone = set(np.argsort(task.metres[first[middle], first], kind="stable")[:count].tolist())
    return [one for number, one in enumerate(tour) if number not in gone]


def tour_length(task: Task, tour: Tour) -> float:
    """Metres of the pieces and the ways between them."""
    stops = _stops(task, tour)
    return float(
        task.metres[stops[0::2], stops[1::2]].sum() + task.length[[piece for piece, _ in tour]].sum()
    )


def _stops(task: Task, tour: Tour) -> Ints:
    """The start, where each piece is begun and left, the goal."""
    piece, back = np.array(tour, np.int64).reshape(-1, 2).T
    inner = task.ends[piece[:, None], np.stack([back, 1 - back], axis=1)]
    return np.concatenate([[task.start], inner.ravel(), [task.goal]])


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
    stops = _stops(task, tour)
    for size in (1, 2, 3):
        for first in range(len(tour) - size + 1):
            if (placed := _placed(task, tour, stops, first, size)) is not None:
                tour, stops = placed, _stops(task, placed)
    return tour


def _placed(task: Task, tour: Tour, stops: Ints, first: int, size: int) -> Tour | None:
    """The tour with the chain of pieces from `first` on at a better place, if there is one."""
    begin, stop = 2 * first, 2 * (first + size)
    left, right = int(stops[begin]), int(stops[stop + 1])
    head, tail = int(stops[begin + 1]), int(stops[stop])
    metres = task.metres
    saved = metres[left, head] + metres[tail, right] - metres[left, right]
    rest = np.concatenate([stops[: begin + 1], stops[stop + 1 :]])
    leave, arrive = rest[0::2], rest[1::2]
    between = metres[leave, arrive]
    onward = metres[leave, head] + metres[tail, arrive] - between
    backward = metres[leave, tail] + metres[head, arrive] - between
    back = float(backward.min()) < float(onward.min())
    cost = backward if back else onward
    place = int(cost.argmin())
    if cost[place] > saved - _LITTLE:
        return None
    chain, others = tour[first : first + size], [*tour[:first], *tour[first + size :]]
    put = [(piece, 1 - turned) for piece, turned in reversed(chain)] if back else chain
    return [*others[:place], *put, *others[place:]]
