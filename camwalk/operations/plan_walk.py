"""Plan the next walk: a route over streets near by that nobody has walked yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints
from camwalk.model import CamwalkError, LatLon, Report, ignore_progress, message, share_of
from camwalk.operations.plan_walk_graph import Area, Link, area
from camwalk.operations.plan_walk_route import Task, Tour, best_tour
from camwalk.operations.street_graph import Streets
from camwalk.operations.walked_streets import WalkedStreets

PACE = 55.0
"""Metres a minute of somebody who looks for cameras: 3.3 km/h."""

_CHOICE = 3.0  # budgets' worth of street pieces among which to choose
_MOST = 400  # pieces
_NOTHING = 0.05  # metres
_NEW = 0.5  # share of an edge that must be unwalked to make it worth a visit


@dataclass(frozen=True, slots=True)
class PlannedWay:
    """One way of the route, in the order of walking; `new_m` of it nobody has walked yet."""

    way: int
    metres: float
    new_m: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A route: its line, its length and how much of it is new."""

    line: tuple[LatLon, ...]
    length_m: float
    new_m: float
    ways: tuple[PlannedWay, ...]


def plan_walk(
    walked: WalkedStreets,
    streets: Streets,
    start: LatLon,
    goal: LatLon | None,
    metres: float,
    report: Report = ignore_progress,
) -> Plan:
    """A route of at most `metres` from `start` to `goal` (None: back to the start) over unwalked streets.

    It keeps off private and forbidden ways. CamwalkError where there is no street, no way to the goal
    within that length, or nothing left to walk. For a time, take minutes times `PACE`.
    """
    report(0, 1000)
    near = area(streets, start, goal, metres)
    if near.metres(np.array([near.start, near.goal]))[0, 1] > metres:
        raise CamwalkError(
            message(
                "The end of the walk is more than {metres} metres from its start along the streets. Allow"
                " more time or choose a nearer end.",
                metres=round(metres),
            )
        )
    fresh = unwalked(walked, streets)
    route = _route(near, _pieces(near, streets, fresh, metres), streets.graph.length, metres, report)
    plan = _told(streets, fresh, route)
    if plan.new_m < 1:
        raise CamwalkError(
            message(
                "No unwalked street lies within {metres} metres of walking from here and back. Allow more"
                " time or start elsewhere.",
                metres=round(metres),
            )
        )
    return plan


def unwalked(walked: WalkedStreets, streets: Streets) -> Floats:
    """Of each edge, the metres that nobody has walked yet."""
    graph = streets.graph
    found = np.zeros(len(graph.first))
    begins, ends = graph.along[graph.first], graph.along[graph.last]
    bounds = np.searchsorted(graph.line, np.arange(len(streets.ways) + 1)).tolist()
    for stretch in (one for street in walked.streets for one in street.stretches if not one.walked):
        part = slice(bounds[stretch.line], bounds[stretch.line + 1])
        common = np.minimum(ends[part], stretch.to_line) - np.maximum(begins[part], stretch.from_line)
        found[part] += np.maximum(common, 0)
    return found


def _pieces(near: Area, streets: Streets, fresh: Floats, budget: float) -> Ints:
    """The rows of `near.edges` that are worth walking, the nearest ones."""
    length = streets.graph.length[near.edges]
    good = (fresh[near.edges] >= np.maximum(_NEW * length, 1)) & (near.detour <= budget)
    rows = np.flatnonzero(good)
    rows = rows[np.argsort(near.detour[rows] - length[rows], kind="stable")]
    enough = np.cumsum(length[rows]) - length[rows] <= _CHOICE * budget
    return rows[enough][:_MOST]


def _route(near: Area, pieces: Ints, length: Floats, budget: float, report: Report) -> list[Link]:
    """The links of the route; pieces that are passed anyway are not visited a second time."""
    stops, numbers = np.unique(
        np.concatenate([[near.start, near.goal], near.ends[pieces].ravel()]), return_inverse=True
    )
    ends = numbers[2:].reshape(-1, 2)
    metres = near.metres(stops, share_of(report, 50, 250))
    task = Task(metres, ends, length[near.edges[pieces]], int(numbers[0]), int(numbers[1]))
    tour = best_tour(task, budget, report=share_of(report, 250, 700))
    wanted = set(near.edges[pieces].tolist())
    for number in range(3):
        slim = _slim(near, pieces, stops, task, tour)
        if len(slim) == len(tour):
            break
        passed = set(_passes(near, pieces, stops, task, slim))
        kept = {piece for piece, _ in slim}
        left = [k for k, row in enumerate(pieces) if k in kept or int(near.edges[row]) not in passed]
        part = share_of(report, 700 + 100 * number, 800 + 100 * number)
        tour = best_tour(task, budget, slim, np.array(left, np.int64), part)
        again = set(_passes(near, pieces, stops, task, tour))
        if length[list(again & wanted)].sum() <= length[list(passed & wanted)].sum():
            tour = slim
            break
    return _links(near, pieces, stops, task, tour)


def _slim(near: Area, pieces: Ints, stops: Ints, task: Task, tour: Tour) -> Tour:
    """The tour without pieces that the ways between the others lead over."""
    often = _passes(near, pieces, stops, task, tour)
    for piece in [one for one in tour if often[int(near.edges[pieces[one[0]]])] > 1]:
        rest = [other for other in tour if other != piece]
        passed = set(_passes(near, pieces, stops, task, rest))
        if int(near.edges[pieces[piece[0]]]) in passed and _all_passed(near, pieces, tour, passed):
            tour = rest
    return tour


def _all_passed(near: Area, pieces: Ints, tour: Tour, passed: set[int]) -> bool:
    return all(int(near.edges[pieces[piece]]) in passed for piece, _ in tour)


def _passes(near: Area, pieces: Ints, stops: Ints, task: Task, tour: Tour) -> Counter[int]:
    """How often the route leads over the whole of each edge."""
    whole = {int(near.edges[row]): float(task.length[piece]) for piece, row in enumerate(pieces)}
    links = _links(near, pieces, stops, task, tour)
    return Counter(link.edge for link in links if link.metres >= whole.get(link.edge, 0.0) - 0.1)


def _links(near: Area, pieces: Ints, stops: Ints, task: Task, tour: Sequence[tuple[int, int]]) -> list[Link]:
    """The whole route, link by link."""
    here, found = near.start, list[Link]()
    for piece, back in tour:
        a, b = (int(stops[end]) for end in task.ends[piece])
        length = float(task.length[piece])
        edge = int(near.edges[pieces[piece]])
        found += near.way(here, b if back else a)
        found.append(Link(edge, length, 0.0) if back else Link(edge, 0.0, length))
        here = a if back else b
    return [*found, *near.way(here, near.goal)]


def _told(streets: Streets, fresh: Floats, route: Iterable[Link]) -> Plan:
    links = [link for link in route if link.metres > _NOTHING]
    parts = [streets.graph.stretch(link.edge, link.begin, link.end) for link in links]
    line = [parts[0][:1], *(part[1:] for part in parts)] if parts else []
    points = tuple(LatLon(float(lat), float(lon)) for part in line for lat, lon in part)
    ways: list[PlannedWay] = []
    left = fresh.copy()
    for link in links:
        new = min(float(left[link.edge]), link.metres)
        left[link.edge] -= new
        way = streets.ways[int(streets.graph.line[link.edge])].id
        if ways and ways[-1].way == way:
            last = ways.pop()
            ways.append(PlannedWay(way, last.metres + link.metres, last.new_m + new))
        else:
            ways.append(PlannedWay(way, link.metres, new))
    return Plan(points, sum(w.metres for w in ways), sum(w.new_m for w in ways), tuple(ways))
