"""Which streets a recorded path followed: a hidden Markov model (Newson and Krumm, 2009).

Every fix may stand on any edge near it, or on none; the likeliest sequence is the one whose places
are near the fixes and whose ways between them are about as long as the steps of the path.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf, isnan
from typing import NamedTuple

import numpy as np
import shapely

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import StreetGraph, reached
from camwalk.model import Report

NEAR = 40.0  # metres from a fix to an edge that may be meant
CHOICES = 12  # edges considered for a fix
SIGMA = 4.75  # metres of GPS noise on each axis
BETA = 14.0  # metres by which a way and a step typically differ
OFF = 6.0  # cost of a fix on no edge: that of a path 16 m off
SWITCH = 3.0  # cost of leaving the streets and of coming back to them
STEP = 60.0  # metres; a longer step is a gap in the path
BRIDGED = 400.0  # metres of the longest gap that is walked through in thought
GAP_BETA = 15.0
LOST = 6.0  # cost of not knowing how a gap was walked
FASTEST = 2.2  # metres a second through a gap
LONGEST = 900.0  # seconds of a gap after which one may have been anywhere
UNSEEN = 30.0  # metres by which a way between two fixes may be longer than their step, and still be claimed
SEEN = 10.0  # metres each way that a lone fix stands for


@dataclass(frozen=True, eq=False)
class Ground:
    """What is known of each edge beforehand.

    `unlikely` is the cost of every fix there; `aside` the metres from its line within which one walks
    anywhere, as on the pavements of a street.
    """

    unlikely: Floats
    aside: Floats


@dataclass(frozen=True, eq=False)
class Trail:
    """Fixes in local metres in the order they were made; `seconds` may be NaN."""

    east: Floats
    north: Floats
    seconds: Floats
    opens: Sequence[bool]  # begins after a break of the recording


class Passage(NamedTuple):
    """A stretch of an edge that was walked from `begin` to `end`, in metres from its tail."""

    edge: int
    begin: float
    end: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Matched:
    """What was walked, and the metres of the path that follow no street."""

    passages: list[Passage]
    off: float


class _Spot(NamedTuple):
    edge: int  # -1: off the streets
    at: float
    cost: float


class _Step(NamedTuple):
    straight: float
    longest: float
    is_gap: bool


def match(graph: StreetGraph, ground: Ground, trail: Trail, report: Report) -> Matched:
    """The likeliest passages; pieces of path that follow no edge give none."""
    matcher = _Matcher(graph, trail)
    chosen = _likeliest(matcher, _choices(graph, ground, trail), report)
    return Matched(matcher.passages(chosen), matcher.off(chosen))


def _choices(graph: StreetGraph, ground: Ground, trail: Trail) -> list[list[_Spot]]:
    """For each fix the places where it may have been made, the last one off the streets."""
    found = [list[_Spot]() for _ in range(len(trail.east))]
    points = shapely.points(trail.east, trail.north)
    fix, leg = graph.tree.query(points, predicate="dwithin", distance=NEAR)
    at, off = graph.projected(graph.legs[leg], trail.east[fix], trail.north[fix])
    edge = graph.edge_of_leg[leg]
    aside = ground.aside[edge]
    spread = np.log1p(2 * aside / (SIGMA * np.sqrt(2 * np.pi)))  # who may be anywhere is less likely here
    cost = np.maximum(off - aside, 0) ** 2 / (2 * SIGMA**2) + spread + ground.unlikely[edge]
    order = np.lexsort((cost, edge, fix))
    same = (np.diff(fix[order]) == 0) & (np.diff(edge[order]) == 0)
    best = order[np.concatenate([[True], ~same])] if len(order) else order
    best = best[np.lexsort((cost[best], fix[best]))]
    start = at - graph.along[graph.first[edge]]
    numbers: list[int] = fix[best].tolist()
    spots = zip(edge[best].tolist(), start[best].tolist(), cost[best].tolist(), strict=True)
    for number, spot in zip(numbers, spots, strict=True):
        if len(found[number]) < CHOICES:
            found[number].append(_Spot(*spot))
    return [[*near, _Spot(-1, 0.0, OFF)] for near in found]


def _likeliest(matcher: "_Matcher", choices: list[list[_Spot]], report: Report) -> list[_Spot]:
    """Viterbi's algorithm."""
    if not choices:
        return []
    costs = [spot.cost for spot in choices[0]]
    back: list[list[int]] = []
    for number in range(1, len(choices)):
        if number % 100 == 0:
            report(number, len(choices))
        arrivals = matcher.costs(number, choices[number - 1], choices[number])
        totals = [[cost + way for cost, way in zip(costs, ways, strict=True)] for ways in arrivals]
        back.append([row.index(min(row)) for row in totals])
        costs = [min(row) + spot.cost for row, spot in zip(totals, choices[number], strict=True)]
    best = costs.index(min(costs))
    chosen = [choices[-1][best]]
    for number in range(len(back) - 1, -1, -1):
        best = back[number][best]
        chosen.append(choices[number][best])
    return chosen[::-1]


class _Matcher:
    """Ways through a graph between the places of one trail; keeps what it has searched."""

    def __init__(self, graph: StreetGraph, trail: Trail) -> None:
        self._graph, self._trail = graph, trail
        self._tail, self._head = graph.tail.tolist(), graph.head.tolist()
        self._length = graph.length.tolist()
        self._reached: dict[tuple[int, float], dict[int, tuple[float, int]]] = {}

    def step(self, number: int) -> _Step:
        """What is known of the step to a fix from the one before."""
        trail = self._trail
        straight = hypot(
            trail.east[number] - trail.east[number - 1], trail.north[number] - trail.north[number - 1]
        )
        is_gap = straight > STEP or trail.opens[number]
        if not is_gap:
            return _Step(straight, 150.0, False)
        if straight > BRIDGED:
            return _Step(straight, -1.0, True)
        longest = 1.5 * straight + 50
        seconds = float(trail.seconds[number] - trail.seconds[number - 1])
        if not isnan(seconds):
            longest = min(longest, FASTEST * seconds + 15) if seconds <= LONGEST else STEP / 2
        return _Step(straight, longest, True)

    def costs(self, number: int, before: list[_Spot], after: list[_Spot]) -> list[list[float]]:
        """The cost of coming from each place `before` to each place `after`."""
        step = self.step(number)
        return [[self._cost(step, a, b) for a in before] for b in after]

    def _cost(self, step: _Step, a: _Spot, b: _Spot) -> float:
        if a.edge < 0 or b.edge < 0:
            return 0.0 if a.edge == b.edge else SWITCH
        excess = abs(self._way(step, a, b)[0] - step.straight)
        return min(LOST, excess / GAP_BETA) if step.is_gap else excess / BETA

    def _way(self, step: _Step, a: _Spot, b: _Spot) -> tuple[float, int, int]:
        """Metres, the junction where one leaves the first edge and the one where one enters the other."""
        if a.edge == b.edge:
            metres = abs(a.at - b.at)
            return (metres if metres <= step.longest else inf), -1, -1
        best = (inf, -1, -1)
        limit = max(150.0, step.longest // 100 * 100 + 100) if step.longest > 0 else 0.0
        for out, left in ((self._tail[a.edge], a.at), (self._head[a.edge], self._length[a.edge] - a.at)):
            known = self._from(out, limit)
            for into, right in (
                (self._tail[b.edge], b.at),
                (self._head[b.edge], self._length[b.edge] - b.at),
            ):
                if into in known and (metres := left + known[into][0] + right) < best[0]:
                    best = (metres, out, into)
        return best if best[0] <= step.longest else (inf, -1, -1)

    def _from(self, junction: int, limit: float) -> dict[int, tuple[float, int]]:
        key = (junction, limit)
        if key not in self._reached:
            self._reached[key] = reached(self._graph.links, junction, limit)
        return self._reached[key]

    def passages(self, chosen: list[_Spot]) -> list[Passage]:
        """All that was walked between the chosen places."""
        ways = [self._between(number, *chosen[number - 1 : number + 1]) for number in range(1, len(chosen))]
        found: list[Passage] = []
        for spot, seconds, came, goes in zip(
            chosen, self._trail.seconds.tolist(), [[], *ways], [*ways, []], strict=True
        ):
            found += came
            if not came and not goes and spot.edge >= 0:
                near = max(0.0, spot.at - SEEN), min(self._length[spot.edge], spot.at + SEEN)
                found.append(Passage(spot.edge, *near, seconds))
        return found

    def off(self, chosen: list[_Spot]) -> float:
        """Metres of the path, without its gaps, that follow no street."""
        steps = (self.step(number) for number in range(1, len(chosen)))
        ends = zip(steps, chosen, chosen[1:], strict=False)
        return sum(step.straight for step, a, b in ends if not step.is_gap and (a.edge < 0 or b.edge < 0))

    def _between(self, number: int, a: _Spot, b: _Spot) -> list[Passage]:
        """What was walked on the way to a fix; nothing where that is not known."""
        step = self.step(number)
        if a.edge < 0 or b.edge < 0:
            return []
        doubtful = self._way(step, a, b)[0] > step.straight + UNSEEN
        if self._cost(step, a, b) >= LOST if step.is_gap else doubtful:
            return []
        return self._walked(step, a, b, float(self._trail.seconds[number]))

    def _walked(self, step: _Step, a: _Spot, b: _Spot, seconds: float) -> list[Passage]:
        if a.edge == b.edge:
            return [Passage(a.edge, a.at, b.at, seconds)]
        metres, out, into = self._way(step, a, b)
        if metres == inf:
            return []
        limit = max(150.0, step.longest // 100 * 100 + 100)
        middle: list[Passage] = []
        known, here = self._from(out, limit), into
        while (edge := known[here][1]) >= 0:
            length, from_tail = self._length[edge], self._head[edge] == here
            middle.append(Passage(edge, 0.0 if from_tail else length, length if from_tail else 0.0, seconds))
            here = self._tail[edge] if from_tail else self._head[edge]
        leave = 0.0 if self._tail[a.edge] == out else self._length[a.edge]
        enter = 0.0 if self._tail[b.edge] == into else self._length[b.edge]
        return [
            Passage(a.edge, a.at, leave, seconds), *reversed(middle), Passage(b.edge, enter, b.at, seconds),
        ]  # fmt: skip
