"""The sea. OSM maps only its shore: coastlines that have land on their left and water on their right.

Inside the box of an extract the shore is closed along the box's edge into areas of water.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from camwalk.formats.extract_shapes import Points, Shape, signed_area
from camwalk.formats.extract_streets import Piece

Line = NDArray[np.float64]
Box = tuple[float, float, float, float]  # west, south, east, north in 1e-7 degrees


def sea(coastlines: Sequence[Piece], box: Box) -> Shape | None:
    """The water of the sea inside `box`, None where no shore crosses it."""
    rings: list[Line] = []
    arcs: list[Line] = []
    for line in shores(coastlines):
        outside = np.flatnonzero(~_inside(line, box))
        if not np.array_equal(line[0], line[-1]):
            arcs += _clipped(_prolonged(line, box), box)
        elif len(outside):
            arcs += _clipped(_beginning_at(int(outside[0]), line), box)
        else:
            rings.append(line)
    arcs = _fitting(arcs, box)
    if not arcs and not rings:
        return None
    islands_only = not arcs and all(signed_area(ring.astype(np.int32)) > 0 for ring in rings)
    closed = [_frame(box)] if islands_only else list(_closed(arcs, box))
    return _shape([ring[::-1] for ring in (*closed, *rings)])


def shores(pieces: Sequence[Piece]) -> list[Line]:
    """The coastlines joined end to start; closed ones begin and end alike."""
    after = {piece.first: piece for piece in pieces}
    ends = {piece.last for piece in pieces}
    begun = [piece for piece in pieces if piece.first not in ends]
    lines: list[Line] = []
    for start in (*begun, *pieces):
        chain: list[Points] = []
        node = start.first
        while piece := after.pop(node, None):
            chain.append(piece.points)
            node = piece.last
        if chain:
            lines.append(np.concatenate(chain).astype(np.float64))
    return lines


def _inside(line: Line, box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    x, y = line[:, 0], line[:, 1]
    return (x > west) & (x < east) & (y > south) & (y < north)


def _beginning_at(number: int, ring: Line) -> Line:
    return np.concatenate([ring[number:], ring[1 : number + 1]])


def _prolonged(line: Line, box: Box) -> Line:
    """A shore that ends inside the box, because the data does, is led out of it the shortest way."""
    start, end = _inside(line[[0, -1]], box)
    before = [_way_out(line[0], box)] if start else []
    after = [_way_out(line[-1], box)] if end else []
    return np.concatenate([*before, line, *after])


def _way_out(point: Line, box: Box) -> Line:
    """A point straight beyond the nearest edge."""
    west, south, east, north = box
    x, y = point.tolist()
    exits = (
        (x - west, west - 1, y),
        (east - x, east + 1, y),
        (y - south, x, south - 1),
        (north - y, x, north + 1),
    )
    return np.array([min(exits)[1:]])


def _clipped(line: Line, box: Box) -> list[Line]:
    """The parts of a line inside the box, each from edge to edge (Liang and Barsky's way)."""
    start, step = line[:-1], np.diff(line, axis=0)
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis in (0, 1):
        for sign, limit in ((-1, box[axis]), (1, box[axis + 2])):
            towards, room = sign * step[:, axis], sign * (limit - start[:, axis])
            with np.errstate(divide="ignore", invalid="ignore"):
                at = room / towards
            enter = np.where(towards < 0, np.maximum(enter, at), enter)
            leave = np.where(towards > 0, np.minimum(leave, at), leave)
            leave = np.where((towards == 0) & (room < 0), -1.0, leave)
    return list(_runs(start, step, enter, leave))


def _runs(start: Line, step: Line, enter: Line, leave: Line) -> Iterator[Line]:
    visible = np.flatnonzero(enter < leave)
    breaks = np.flatnonzero((np.diff(visible) > 1) | (leave[visible[:-1]] < 1)) + 1
    for run in np.split(visible, breaks):
        if len(run):
            begin = start[run] + step[run] * enter[run, np.newaxis]
            end = start[run[-1]] + step[run[-1]] * leave[run[-1]]
            yield np.concatenate([begin, end[np.newaxis]])


def _fitting(arcs: Sequence[Line], box: Box) -> list[Line]:
    """The arcs, longest first, that leave land and water taking turns along the edge of the box.

    Those that do not come from gaps in the data: no water could be told from land with them.
    """
    fitting: list[Line] = []
    for arc in sorted(arcs, key=len, reverse=True):
        ends = sorted(
            (_along(end, box), is_exit)
            for one in (*fitting, arc)
            for is_exit, end in enumerate((one[0], one[-1]))
        )
        turns = [is_exit for _, is_exit in ends]
        if all(one != other for one, other in pairwise(turns)):
            fitting.append(arc)
    return fitting


def _closed(arcs: Sequence[Line], box: Box) -> Iterator[Line]:
    """Join arcs along the edge of the box, clockwise, so that the water stays on the right."""
    entries = sorted((_along(arc[0], box), number) for number, arc in enumerate(arcs))
    left = dict(enumerate(arcs))
    while left:
        number, first = next(iter(left.items()))
        ring: list[Line] = []
        while number in left:
            arc = left.pop(number)
            here = _along(arc[-1], box)
            there, number = next((entry for entry in entries if entry[0] > here), entries[0])
            ring += [arc, _corners(here, there, box)]
        yield np.concatenate([*ring, first[:1]])


def _along(point: Line, box: Box) -> float:
    """How far along the edge a point lies, clockwise from the north-west corner, 0 to 4."""
    west, south, east, north = box
    right, down = (point[0] - west) / (east - west), (north - point[1]) / (north - south)
    edges = ((down, right), (1 - right, 1 + down), (1 - down, 3 - right), (right, 4 - down))
    return float(min(edges)[1]) % 4


def _corners(here: float, there: float, box: Box) -> Line:
    """The corners passed on the way clockwise from `here` to `there`."""
    west, south, east, north = box
    corners = ((west, north), (east, north), (east, south), (west, south))
    end = there if there > here else there + 4
    passed = range(int(np.floor(here)) + 1, int(np.ceil(end)))
    return np.array([corners[number % 4] for number in passed], np.float64).reshape(-1, 2)


def _frame(box: Box) -> Line:
    west, south, east, north = box
    return np.array([(west, north), (east, north), (east, south), (west, south), (west, north)], np.float64)


def _shape(rings: Sequence[Line]) -> Shape:
    """Rings as one area, their directions kept."""
    lengths = np.cumsum([0, *(len(ring) for ring in rings)])
    points = np.rint(np.concatenate(rings)).astype(np.int32)
    return Shape(points, tuple(int(at) for at in lengths[:-1]))
