"""Edges cut into short cells, and which cells run beside which: a street and its pavements."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints, StreetGraph

SIZE = 5.0  # metres of a cell, about
_PARALLEL = 0.9  # least cosine between two courses, 26 degrees
_ASIDE = 1.5  # metres; what is nearer goes on where the other ends
_ABREAST = 4.0  # metres along the street by which two cells may be apart


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of all edges in order; those of edge e are `start[e]` up to `start[e + 1]`."""

    start: Ints
    edge: Ints
    length: Floats
    east: Floats
    north: Floats
    course: Floats  # unit vectors, shape (n, 2)

    def within(self, edge: int, begin: float, end: float) -> tuple[int, int]:
        """The cells of an edge, from one up to another, whose middles lie between two places in metres."""
        first, stop = int(self.start[edge]), int(self.start[edge + 1])
        size = float(self.length[first])
        if size <= 0:
            return first, first
        low, high = (min(stop, max(first, first + round(metres / size))) for metres in (begin, end))
        return low, high


@dataclass(frozen=True, eq=False)
class Abreast:
    """Pairs of cells: `beside` runs along `street`, the two being one street to a walker."""

    beside: Ints
    street: Ints


def cells_of(graph: StreetGraph) -> Cells:
    """Every edge in equal cells of about `SIZE`."""
    counts = np.maximum(1, np.rint(graph.length / SIZE)).astype(np.int64)
    start = np.concatenate([[0], np.cumsum(counts)])
    edge = np.repeat(np.arange(len(counts)), counts)
    size = (graph.length / counts)[edge]
    number = np.arange(len(edge)) - start[edge]
    far = _places(graph, edge, (number + 1) * size) if len(edge) else np.empty((0, 2))
    near = _places(graph, edge, number * size) if len(edge) else np.empty((0, 2))
    vector = far - near
    course = vector / np.maximum(np.hypot(*vector.T), 1e-9)[:, None]
    middle = (far + near) / 2
    return Cells(start, edge, size, middle[:, 0], middle[:, 1], course)


def _places(graph: StreetGraph, edge: Ints, metres: Floats) -> Floats:
    """East and north of places on edges, all at once."""
    # lines are laid end to end with a metre between, so that one interpolation serves them all
    steps = np.diff(graph.along, prepend=0)
    jumps = np.where(steps < 0, 1.0, steps)
    total = np.cumsum(jumps)
    at = total[graph.first[edge]] + metres
    return np.column_stack([np.interp(at, total, graph.east), np.interp(at, total, graph.north)])


def abreast(cells: Cells, reach: Floats, hosts: NDArray[np.bool_], level: Ints) -> Abreast:
    """Cells that have a `reach` in metres (0: none), with the cells of `hosts` they run along.

    All three are given per cell; only what has the same `level` belongs together.
    """
    guests, roads = np.flatnonzero(reach > 0), np.flatnonzero(hosts)
    if not len(guests) or not len(roads):
        return Abreast(np.empty(0, np.int64), np.empty(0, np.int64))
    tree = shapely.STRtree(np.asarray(shapely.points(cells.east[roads], cells.north[roads])))
    points = shapely.points(cells.east[guests], cells.north[guests])
    far = np.hypot(reach[guests], _ABREAST)
    guest, road = tree.query(points, predicate="dwithin", distance=far)
    guest, road = guests[guest], roads[road]
    de, dn = cells.east[road] - cells.east[guest], cells.north[road] - cells.north[guest]
    along = np.abs(de * cells.course[road, 0] + dn * cells.course[road, 1])
    off = np.abs(de * cells.course[road, 1] - dn * cells.course[road, 0])
    same_way = np.abs((cells.course[guest] * cells.course[road]).sum(axis=1)) >= _PARALLEL
    good = same_way & (along <= _ABREAST) & (off >= _ASIDE) & (off <= reach[guest])
    good &= level[guest] == level[road]
    good &= cells.edge[guest] != cells.edge[road]
    return Abreast(guest[good], road[good])
