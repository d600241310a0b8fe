"""Streets as a graph: lines cut into edges wherever they meet, in local metres.

A line is a way of OSM or a part of one. Edges are numbered; a place on one is the metres from its tail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from camwalk.geometry.geodesy import Floats, distances, to_local
from camwalk.model import LatLon

Ints = NDArray[np.int64]
Link = tuple[int, float, int]
Links = list[Link]
"""Where one can go from a junction: the next junction, metres, the edge."""


@dataclass(frozen=True, eq=False)
class StreetGraph:
    """Vertices of all lines one after the other, and the edges between their junctions.

    `along` is the metres from the start of the line; edge e has the vertices `first[e]` to `last[e]`,
    runs from junction `tail[e]` to junction `head[e]`, and belongs to the line `line[e]`.
    """

    origin: LatLon
    lat: Floats
    lon: Floats
    east: Floats
    north: Floats
    along: Floats
    first: Ints
    last: Ints
    tail: Ints
    head: Ints
    line: Ints
    junctions: int

    @cached_property
    def length(self) -> Floats:
        """Metres of each edge."""
        return self.along[self.last] - self.along[self.first]

    @cached_property
    def legs(self) -> Ints:
        """The first vertex of every straight leg; the second is the next one."""
        counts = self.last - self.first
        starts = np.repeat(self.first - (np.cumsum(counts) - counts), counts)
        return starts + np.arange(int(counts.sum()))

    @cached_property
    def edge_of_leg(self) -> Ints:
        """The edge of each of `legs`."""
        return np.repeat(np.arange(len(self.first)), self.last - self.first)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """All legs, in local metres."""
        ends = np.stack([self.legs, self.legs + 1], axis=1)
        lines = shapely.linestrings(np.stack([self.east[ends], self.north[ends]], axis=2))
        return shapely.STRtree(np.asarray(lines))

    @cached_property
    def links(self) -> list[Links]:
        """From each junction, every edge that starts or ends there."""
        links = [list[Link]() for _ in range(self.junctions)]
        tails: list[int] = self.tail.tolist()
        heads: list[int] = self.head.tolist()
        rows = zip(tails, heads, self.length.tolist(), strict=True)
        for edge, (tail, head, metres) in enumerate(rows):
            links[tail].append((head, metres, edge))
            links[head].append((tail, metres, edge))
        return links

    def projected(self, leg: Ints, east: Floats, north: Floats) -> tuple[Floats, Floats]:
        """Metres along the line to the nearest place on each leg, and metres from there."""
        e, n = self.east[leg], self.north[leg]
        de, dn = self.east[leg + 1] - e, self.north[leg + 1] - n
        square = np.maximum(de**2 + dn**2, 1e-9)
        share = np.clip(((east - e) * de + (north - n) * dn) / square, 0, 1)
        off = np.hypot(e + share * de - east, n + share * dn - north)
        return self.along[leg] + share * (self.along[leg + 1] - self.along[leg]), off

    def stretch(self, edge: int, begin: float, end: float) -> Floats:
        """Latitudes and longitudes, shape (n, 2), from `begin` to `end` metres of an edge, or back."""
        low, high = sorted((begin, end))
        start = float(self.along[self.first[edge]])
        line = self.line_between(int(self.first[edge]), int(self.last[edge]), start + low, start + high)
        return line if begin <= end else line[::-1]

    def line_between(self, first: int, last: int, begin: float, end: float) -> Floats:
        """Latitudes and longitudes, shape (n, 2), of a line with vertices `first` to `last`."""
        along = self.along[first : last + 1]
        inside = (along > begin + 1e-6) & (along < end - 1e-6)
        at = np.concatenate([[begin], along[inside], [end]])
        lon = np.unwrap(self.lon[first : last + 1], period=360)
        lons = (np.interp(at, along, lon) + 180) % 360 - 180
        return np.column_stack([np.interp(at, along, self.lat[first : last + 1]), lons])


def reached(links: Sequence[Links], start: int, limit: float) -> dict[int, tuple[float, int]]:
    """Shortest ways by Dijkstra up to `limit`; graph libraries only search to the end."""
    done: dict[int, tuple[float, int]] = {}
    waiting: list[tuple[float, int, int]] = [(0.0, start, -1)]
    while waiting:
        metres, here, edge = heappop(waiting)
        if here in done:
            continue
        done[here] = (metres, edge)
        for there, length, by in links[here]:
            if there not in done and metres + length <= limit:
                heappush(waiting, (metres + length, there, by))
    return done


def street_graph(lines: Sequence[tuple[Sequence[int], ArrayLike]]) -> StreetGraph:
    """The graph of lines given by their node ids and degrees, shape (n, 2), as lat, lon."""
    counts = np.array([len(nodes) for nodes, _ in lines], np.int64)
    nodes = np.fromiter((node for ids, _ in lines for node in ids), np.int64, int(counts.sum()))
    degrees = np.concatenate([np.empty((0, 2)), *(np.asarray(points, float) for _, points in lines)])
    lat, lon = degrees[:, 0], degrees[:, 1]
    origin = middle(lat, lon)
    east, north = to_local(origin, lat, lon)
    line_of = np.repeat(np.arange(len(lines)), counts)
    ends = np.cumsum(counts) - 1
    starts = ends + 1 - counts
    cut = _cuts(nodes, starts, ends)
    at = np.flatnonzero(cut)
    pairs = np.flatnonzero(line_of[at[:-1]] == line_of[at[1:]])
    first, last = at[pairs], at[pairs + 1]
    known, numbers = np.unique(nodes[at], return_inverse=True)
    return StreetGraph(
        origin=origin, lat=lat, lon=lon, east=east, north=north, along=_along(lat, lon, starts),
        first=first, last=last, tail=numbers[pairs], head=numbers[pairs + 1], line=line_of[first],
        junctions=len(known),
    )  # fmt: skip


def middle(lat: ArrayLike, lon: ArrayLike) -> LatLon:
    """A place amid others, also across the date line; 0, 0 for none."""
    lats, lons = np.asarray(lat, float), np.radians(np.asarray(lon, float))
    if not lats.size:
        return LatLon(0.0, 0.0)
    turn = np.degrees(np.arctan2(np.sin(lons).mean(), np.cos(lons).mean()))
    return LatLon(float((lats.min() + lats.max()) / 2), float(turn))


def _cuts(nodes: Ints, starts: Ints, ends: Ints) -> NDArray[np.bool_]:
    """Where lines are cut: at both their ends and at every node that comes twice."""
    _, numbers, uses = np.unique(nodes, return_inverse=True, return_counts=True)
    cut = uses[numbers] > 1
    cut[starts] = cut[ends] = True
    return cut


def _along(lat: Floats, lon: Floats, starts: Ints) -> Floats:
    steps = np.zeros(len(lat))
    steps[1:] = distances(lat[:-1], lon[:-1], lat[1:], lon[1:])
    steps[starts] = 0
    total = np.cumsum(steps)
    return total - np.repeat(total[starts], np.diff(np.append(starts, len(lat))))


def joined_intervals(intervals: Iterable[tuple[float, float]], gap: float = 0.0) -> list[tuple[float, float]]:
    """Sorted intervals without overlap; those at most `gap` apart become one."""
    found: list[tuple[float, float]] = []
    for begin, end in sorted(intervals):
        if found and begin <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found
