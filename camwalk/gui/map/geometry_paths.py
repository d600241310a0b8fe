"""From the extract's shapes to painter paths, in bulk: no Python work per point.

QPainter holds Python's lock while it paints, and its rasteriser slows down faster than a path
grows; so paths are cut into pieces of a few shapes each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from camwalk.gui.map.viewport import Floats, Frame, worlds
from camwalk.operations.attach_extract import Feature

_PIECE = 30  # points
_ELEMENT = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])
_WINDING = (1).to_bytes(4, "big")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The points of many shapes in pixels, one shape after the other."""

    x: Floats
    y: Floats
    starts: Ints  # the first point of each ring
    firsts: Ints  # the first ring of each shape, and the number of rings


def projected(features: Sequence[Feature], frame: Frame) -> Shapes:
    """The shapes of `features` in the pixels of `frame`."""
    x, y, begins = screen_points([feature.points for feature in features], frame)
    rings = [
        _ONE if feature.starts is None else np.frombuffer(feature.starts, np.int32) for feature in features
    ]
    counts = np.fromiter((len(ring) for ring in rings), np.int64, len(rings))
    starts = np.concatenate([_NONE, *rings]) + np.repeat(begins[:-1], counts)
    return Shapes(x, y, starts, np.concatenate([[0], np.cumsum(counts)]))


def screen_points(blobs: Sequence[bytes], frame: Frame) -> tuple[Floats, Floats, Ints]:
    """The points stored in `blobs` in the pixels of `frame`, and where each blob's begin (and all end)."""
    points = np.frombuffer(b"".join(blobs), np.int32).reshape(-1, 2)
    degrees = points * np.float64(1e-7)
    x, y = frame.to_screen(*worlds(degrees[:, 1], degrees[:, 0]))
    lengths = np.fromiter((len(blob) >> 3 for blob in blobs), np.int64, len(blobs))
    return x, y, np.concatenate([[0], np.cumsum(lengths)])


_ONE = np.zeros(1, np.int32)
_NONE = np.zeros(0, np.int64)


def thinned(shapes: Shapes, cell: float) -> Shapes:
    """Without the points that fall into the same cell of a grid as the one before them."""
    if not len(shapes.x):
        return shapes
    across, down = np.floor(shapes.x / cell), np.floor(shapes.y / cell)
    moved = np.ones(len(shapes.x), bool)
    moved[1:] = (across[1:] != across[:-1]) | (down[1:] != down[:-1])
    return _kept(shapes, moved)


def trimmed(shapes: Shapes, low: float, high: float, spared: NDArray[np.bool_]) -> Shapes:
    """Without most of the points beyond a square, so that the inside looks the same.

    A run of points that all lie beyond the same edge keeps its ends only. Shapes that are `spared`
    keep all.
    """
    for axis, limit, sign in (("x", low, -1), ("x", high, 1), ("y", low, -1), ("y", high, 1)):
        beyond = (getattr(shapes, axis) - limit) * sign > 0
        inner = np.zeros(len(beyond), bool)
        inner[1:-1] = beyond[1:-1] & beyond[:-2] & beyond[2:]
        if inner.any():
            shapes = _kept(shapes, ~inner | np.repeat(spared, _lengths(shapes)))
    return shapes


def _lengths(shapes: Shapes) -> Ints:
    """The number of points of each shape."""
    return np.diff(np.concatenate([shapes.starts, [len(shapes.x)]])[shapes.firsts])


def _kept(shapes: Shapes, keep: NDArray[np.bool_]) -> Shapes:
    """Without the points not marked; the ends of every ring stay."""
    if not len(keep):
        return shapes
    keep[shapes.starts] = True
    keep[shapes.starts[1:] - 1] = True
    keep[-1] = True
    before = np.concatenate([[0], np.cumsum(keep)])
    return Shapes(shapes.x[keep], shapes.y[keep], before[shapes.starts], shapes.firsts)


class Outlines:
    """Painter paths of any run of shapes."""

    def __init__(self, shapes: Shapes) -> None:
        self._elements = np.empty(len(shapes.x), _ELEMENT)
        self._elements["type"] = 1
        self._elements["type"][shapes.starts] = 0
        self._elements["x"] = shapes.x
        self._elements["y"] = shapes.y
        ends = np.concatenate([shapes.starts, [len(shapes.x)]])
        self._begins = ends[shapes.firsts].tolist()

    def paths(self, first: int, last: int) -> Iterator[QPainterPath]:
        """The shapes from number `first` to before `last`, a few in each path."""
        begin = self._begins[first]
        for number in range(first + 1, last + 1):
            if self._begins[number] - begin >= _PIECE or number == last:
                yield _path(self._elements[begin : self._begins[number]])
                begin = self._begins[number]


def _path(elements: NDArray[np.void]) -> QPainterPath:
    """A path out of its own serial form: count, elements, start of the last subpath, fill rule."""
    data = len(elements).to_bytes(4, "big") + elements.tobytes() + bytes(4) + _WINDING
    path = QPainterPath()
    stream = QDataStream(QByteArray(data))
    stream >> path  # pyright: ignore[reportUnusedExpression]
    return path
