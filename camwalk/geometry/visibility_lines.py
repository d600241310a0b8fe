"""Which parts of straight lines lie in areas, how many areas lie over each part, and what is left."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints
from camwalk.geometry.visibility_shapes import Shapes, shapely
from camwalk.geometry.visibility_solids import ramps

_AT_ONCE = 2_000_000  # corners; keeps the memory small
_NEXT = 4.0  # on the axis of all lines, from one line's start to the next one's; each is 1 long


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Where lines lie in areas: the line, the area, and the shares of the line (0 to 1)."""

    line: Ints
    area: Ints
    begin: Floats
    end: Floats

    def chosen(self, which: NDArray[np.bool_]) -> "Cuts":
        """Some of them."""
        return Cuts(self.line[which], self.area[which], self.begin[which], self.end[which])


def pairs_that_may_meet(lines: Shapes, areas: Shapes) -> tuple[Ints, Ints]:
    """Lines and areas whose boxes meet, as two arrays of numbers."""
    line, area = shapely.STRtree(areas).query(lines)
    return line, area


def cuts(a: Floats, b: Floats, areas: Shapes, pairs: tuple[Ints, Ints]) -> Cuts:
    """The parts of lines within areas, for pairs of both; overlapping areas give overlapping parts."""
    parts, area_of = shapely.get_parts(areas, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    follows = np.append(ring[1:] == ring[:-1], False)
    counts = np.bincount(area_of[part_of[ring]], minlength=len(areas))
    corners = _Corners(points, follows, np.cumsum(counts) - counts, counts)
    found = [_cut(a, b, corners, *part) for part in _portions(pairs, counts)]
    return Cuts(*(np.concatenate(column) for column in zip(_NOTHING, *found, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class _Corners:
    """Of all areas: the points, whether the next point is on the same ring, where each area begins."""

    points: Floats
    follows: NDArray[np.bool_]
    first: Ints
    counts: Ints


_NOTHING = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))


def _portions(pairs: tuple[Ints, Ints], counts: Ints) -> Iterator[tuple[Ints, Ints]]:
    line, area = pairs
    total = np.cumsum(counts[area])
    at = np.searchsorted(total, np.arange(_AT_ONCE, int(total[-1]) if len(total) else 0, _AT_ONCE))
    yield from zip(np.split(line, at), np.split(area, at), strict=True)


def _cut(
    a: Floats, b: Floats, corners: _Corners, line: Ints, area: Ints
) -> tuple[Ints, Ints, Floats, Floats]:
    """By the crossings of the endless line with the outline: inside from the odd to the even ones."""
    counts = corners.counts[area]
    corner = ramps(corners.first[area], counts)
    along, start = (b - a)[line], a[line]
    east, north = (np.repeat(along[:, k], counts) for k in (0, 1))
    off = np.repeat(start[:, 0] * along[:, 1] - start[:, 1] * along[:, 0], counts)
    side = corners.points[corner, 0] * north - corners.points[corner, 1] * east - off
    left = side > 0
    at = np.flatnonzero(left[:-1] != left[1:])
    at = at[corners.follows[corner[at]]]
    pair = np.searchsorted(np.cumsum(counts), at, side="right")
    slope = (side[at] / (side[at] - side[at + 1]))[:, None]
    met = corners.points[corner[at]] * (1 - slope) + corners.points[corner[at + 1]] * slope
    share = ((met - start[pair]) * along[pair]).sum(axis=1) / (along[pair] ** 2).sum(axis=1)
    order = np.lexsort((share, pair))
    begin, end = (np.clip(share[order][number::2], 0, 1) for number in (0, 1))
    pair = pair[order][::2]
    kept = end > begin
    return line[pair[kept]], area[pair[kept]], begin[kept], end[kept]


def covered(found: Cuts) -> Cuts:
    """The parts without overlap, in order; `area` is the first area of each."""
    order = np.argsort(found.line * _NEXT + found.begin)
    line, begin, end = found.line[order], found.begin[order], found.end[order]
    reached = np.maximum.accumulate(line * _NEXT + end)
    opens = np.ones(len(order), bool)
    opens[1:] = line[1:] * _NEXT + begin[1:] > reached[:-1]
    last = np.append(np.flatnonzero(opens)[1:] - 1, len(order) - 1)[: int(opens.sum())]
    ends = (reached[last] - line[opens] * _NEXT).astype(np.float64)
    return Cuts(line[opens], found.area[order][opens], begin[opens], ends)


def shares(found: Cuts, lines: int) -> Floats:
    """How much of each line lies in any area, 0 to 1."""
    parts = covered(found)
    return np.bincount(parts.line, parts.end - parts.begin, lines).astype(np.float64)


def gaps(found: Cuts, lines: int) -> Cuts:
    """The parts of all lines that lie in no area; `area` is -1."""
    parts = covered(found)
    line = np.concatenate([np.arange(lines), parts.line])
    begin = np.concatenate([np.zeros(lines), parts.end])
    end = np.concatenate([np.ones(lines), parts.begin])
    begins, ends = np.lexsort((begin, line)), np.lexsort((end, line))
    line, begin, end = line[begins], begin[begins], end[ends].astype(np.float64)
    kept = end - begin > 1e-9
    return Cuts(line[kept], np.full(int(kept.sum()), -1), begin[kept], end[kept])


def depths(found: Cuts) -> tuple[Ints, Floats, Floats, Ints]:
    """Where the number of areas over a line changes: line, begin, end, and how many areas lie there."""
    at = np.concatenate([found.line * _NEXT + found.begin, found.line * _NEXT + found.end])
    step = np.repeat([1, -1], len(found.line))
    order = np.lexsort((step, at))
    at, deep = at[order], np.cumsum(step[order])
    inside = np.flatnonzero((deep[:-1] > 0) & (at[1:] - at[:-1] > 1e-9)) if len(at) else np.empty(0, np.int64)
    line = (at[inside] // _NEXT).astype(np.int64)
    return line, at[inside] - line * _NEXT, at[inside + 1] - line * _NEXT, deep[inside]
