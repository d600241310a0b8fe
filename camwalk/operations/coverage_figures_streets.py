"""Walked streets in view of cameras: metres, where most cameras look, the longest way that none sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats, from_local, to_local
from camwalk.geometry.street_graph import Ints
from camwalk.geometry.visibility_lines import Cuts, depths, gaps
from camwalk.geometry.visibility_shapes import Shapes, shapely
from camwalk.model import LatLon

HOT_SPOTS = 10
_APART = 30.0  # metres between two hot spots
_TRIED = 3000
_SQUARE = 1113.2  # squares of 100 m to a degree
_SAMPLE = 20.0  # metres


class WalkedPiece(NamedTuple):
    """A stretch of street that was walked: `points` (n, 2) as lat, lon; `length_m` is what it counts for.

    What is `underground` is seen by no camera above.
    """

    way: int
    name: str
    points: Floats
    length_m: float
    underground: bool = False


@dataclass(frozen=True, eq=False)
class Legs:
    """The straight legs of pieces from `a` to `b` in metres around `origin`, and what each counts for."""

    pieces: Sequence[WalkedPiece]
    origin: LatLon
    a: Floats
    b: Floats
    metres: Floats
    piece: Ints

    @cached_property
    def lines(self) -> Shapes:
        """The legs as shapely has them."""
        return shapely.linestrings(np.stack([self.a, self.b], axis=1))

    @cached_property
    def open_air(self) -> NDArray[np.bool_]:
        """Of each leg, whether a camera above ground may see it."""
        return ~np.array([piece.underground for piece in self.pieces], bool)[self.piece]


@dataclass(frozen=True, slots=True, eq=False)
class HotSpot:
    """A place on a walked street and the cameras, by id, that see it."""

    lat: float
    lon: float
    name: str
    cameras: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class UnfilmedWay:
    """A stretch of one street that no camera sees: `points` (n, 2) as lat, lon."""

    way: int
    name: str
    metres: float
    points: Floats


def legs_of(pieces: Sequence[WalkedPiece], origin: LatLon) -> Legs:
    """All legs of some pieces."""
    lines = [np.asarray(piece.points, float).reshape(-1, 2) for piece in pieces]
    counts = np.array([len(line) for line in lines], np.int64)
    flat = np.concatenate([np.empty((0, 2)), *lines])
    # to the millimetre, so that pieces that meet still do
    points = np.round(np.column_stack(to_local(origin, flat[:, 0], flat[:, 1])), 3)
    piece = np.repeat(np.arange(len(lines)), counts)
    sound = (piece[1:] == piece[:-1]) & np.isfinite(points[1:] - points[:-1]).all(axis=1)
    sound &= (points[1:] != points[:-1]).any(axis=1)
    at = np.flatnonzero(sound)
    length = np.hypot(*(points[at + 1] - points[at]).T)
    total = np.bincount(piece[at], length, len(lines))
    counted = np.array([one.length_m for one in pieces], float)
    return Legs(
        pieces, origin, points[at], points[at + 1], length / total[piece[at]] * counted[piece[at]], piece[at]
    )


def squares_of(lat: Floats, lon: Floats) -> Ints:
    """For each place the number of its square of 100 m, the same for everybody on Earth."""
    row = np.floor(lat * _SQUARE)
    across = np.maximum(np.cos(np.radians(row / _SQUARE)), 0.001)
    return (row * 2**20 + np.floor(lon * across * _SQUARE)).astype(np.int64)


def walked_squares(legs: Legs) -> Ints:
    """The squares of 100 m that the legs cross."""
    counts = np.ceil(np.hypot(*(legs.b - legs.a).T) / _SAMPLE).astype(np.int64)
    leg = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(leg)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = legs.a[leg] + (legs.b - legs.a)[leg] * ((number + 0.5) / counts[leg])[:, None]
    return np.unique(squares_of(*from_local(legs.origin, at[:, 0], at[:, 1])))


def near_legs(legs: Legs, places: Floats, metres: float) -> Ints:
    """The numbers of the places (n, 2) in the legs' plane that are at most `metres` from a leg."""
    if not len(legs.a) or not len(places):
        return np.empty(0, np.int64)
    _, near = shapely.STRtree(shapely.points(places)).query(legs.lines, predicate="dwithin", distance=metres)
    return np.unique(near)


def hot_spots(legs: Legs, found: Cuts, ids: Sequence[str]) -> tuple[HotSpot, ...]:
    """The places on the legs that most cameras see, `_APART` from each other, at least two cameras each."""
    leg, begin, end, deep = depths(found)
    order = np.argsort(-deep, kind="stable")[:_TRIED]
    order = order[deep[order] > 1]
    share = (begin + end)[order] / 2
    places = legs.a[leg[order]] + (legs.b - legs.a)[leg[order]] * share[:, None]
    chosen: list[int] = []
    for number in range(len(order)):
        if len(chosen) < HOT_SPOTS and (np.hypot(*(places[chosen] - places[number]).T) >= _APART).all():
            chosen.append(number)
    lat, lon = from_local(legs.origin, places[:, 0], places[:, 1])
    return tuple(
        HotSpot(
            float(lat[n]), float(lon[n]), legs.pieces[int(legs.piece[leg[order[n]]])].name,
            _seen_by(found, int(leg[order[n]]), float(share[n]), ids),
        )
        for n in chosen
    )  # fmt: skip


def longest_unfilmed(legs: Legs, found: Cuts) -> UnfilmedWay | None:
    """The longest stretch of one street, by name, else by way, that lies in no area."""
    left = gaps(found, len(legs.a))
    left = left.chosen(legs.open_air[left.line])
    if not len(left.line):
        return None
    ends = _ends(legs, left)
    length = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    street = _streets(legs)[legs.piece[left.line]]
    upto = _at_most(legs, left, street, ends, length)
    order = np.argsort(street, kind="stable")
    parts_of = np.split(order, np.cumsum(np.bincount(street))[:-1])
    best: tuple[float, int, Floats] = (0.0, -1, np.empty((0, 2)))
    for number in np.argsort(-upto).tolist():
        if upto[number] <= best[0]:
            break
        metres, line = _longest(ends[parts_of[number]])
        if metres > best[0]:
            best = (metres, int(legs.piece[left.line[parts_of[number][0]]]), line)
    lat, lon = from_local(legs.origin, *best[2].T)
    piece = legs.pieces[best[1]]
    return UnfilmedWay(piece.way, piece.name, best[0], np.column_stack([lat, lon]))


def _at_most(legs: Legs, left: Cuts, street: Ints, ends: Floats, length: Floats) -> Floats:
    """For each street, metres that its longest stretch cannot exceed: all of it where pieces meet."""
    piece = legs.piece[left.line]
    opens = np.ones(len(piece), bool)
    opens[1:] = (piece[1:] != piece[:-1]) | (ends[1:, 0] != ends[:-1, 1]).any(axis=1)
    run = np.cumsum(opens) - 1
    first, last = np.flatnonzero(opens), np.append(np.flatnonzero(opens)[1:] - 1, len(opens) - 1)
    upto = np.zeros(int(street.max()) + 1)
    np.maximum.at(upto, street[first], np.bincount(run, length))
    tips = np.concatenate([ends[first, 0], ends[last, 1]])
    keys = np.column_stack([np.tile(street[first], 2), tips])
    order = np.lexsort(keys.T)
    met = order[1:][(keys[order[1:]] == keys[order[:-1]]).all(axis=1)]
    joined = np.unique(keys[met, 0].astype(np.int64))
    upto[joined] = np.bincount(street, length)[joined]
    return upto


def _seen_by(found: Cuts, leg: int, share: float, ids: Sequence[str]) -> tuple[str, ...]:
    here = found.area[(found.line == leg) & (found.begin <= share) & (found.end >= share)]
    return tuple(ids[int(area)] for area in dict.fromkeys(here.tolist()))


def _streets(legs: Legs) -> Ints:
    """A number for each piece, the same for pieces of one street."""
    numbers: dict[str | int, int] = {}
    known = [numbers.setdefault(piece.name or piece.way, len(numbers)) for piece in legs.pieces]
    return np.array(known, np.int64)


def _ends(legs: Legs, left: Cuts) -> Floats:
    """Both ends of parts of legs; whole ones end exactly where the next one begins."""
    a, b = legs.a[left.line], legs.b[left.line]
    begin, end = left.begin[:, None], left.end[:, None]
    return np.stack([a + begin * (b - a), np.where(end >= 1, b, a + end * (b - a))], axis=1)


def _longest(ends: Floats) -> tuple[float, Floats]:
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends))))
    metres = shapely.length(merged)
    return float(metres.max()), shapely.get_coordinates(merged[int(metres.argmax())])
