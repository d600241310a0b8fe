"""Painting tracks: a line with a light edge, dotted across the gaps between segments."""

from collections.abc import Iterable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from camwalk.gui.map.layers import Line
from camwalk.gui.map.layers_points import Area
from camwalk.gui.map.symbols import Inks, pen
from camwalk.gui.map.viewport import Floats, Frame

MARGIN = 8.0  # logical pixels around a frame that a line's edge may reach in from
STEP = 0.7  # logical pixels that a point must be away from the one before to be drawn
LONGEST = 150  # points drawn at once: Qt holds Python's lock meanwhile, and a long scrawl takes it ages


def draw_tracks(painter: QPainter, tracks: Mapping[str, Line], inks: Inks, frame: Frame) -> bool:
    """Draw the parts of tracks in a frame; whether there were any."""
    west, north = frame.corner
    sight = Area(west, north, west + frame.width / frame.scale, north + frame.height / frame.scale)
    near = [line for line in tracks.values() if line.area.meets(sight.grown(MARGIN / frame.scale))]
    lines = [piece for line in near for piece in line_pieces(line, frame)]
    gaps = [gap for line in near for gap in _gaps(line, frame)]
    edge = QColor(inks.edge)
    edge.setAlphaF(0.8)
    draw_lines(painter, gaps, _dotted(QColor(inks.track)))
    draw_lines(painter, lines, pen(edge, 5.0))
    draw_lines(painter, lines, pen(QColor(inks.track), 2.6))
    return bool(lines or gaps)


def draw_lines(painter: QPainter, lines: Iterable[QPolygonF], ink: QPen) -> None:
    """Draw open lines with one pen."""
    painter.setPen(ink)
    for line in lines:
        painter.drawPolyline(line)


def _dotted(colour: QColor) -> QPen:
    ink = pen(colour, 2.2)
    ink.setStyle(Qt.PenStyle.CustomDashLine)
    ink.setDashPattern([0.1, 2.4])
    return ink


def line_pieces(line: Line, frame: Frame) -> list[QPolygonF]:
    """The runs of a line's segments that may touch the frame, thinned to what can be seen."""
    ends = (*line.starts[1:], len(line.x))
    found: list[QPolygonF] = []
    for start, end in zip(line.starts, ends, strict=True):
        x, y = frame.to_screen(line.x[start:end], line.y[start:end])
        found += _in_sight(*_thinned(x, y), frame)
    return found


def ring_polygons(area: Line, frame: Frame) -> list[QPolygonF]:
    """The segments of an area as closed rings, thinned to what can be seen."""
    ends = (*area.starts[1:], len(area.x))
    rings = zip(area.starts, ends, strict=True)
    return [_polygon(*_thinned(*frame.to_screen(area.x[a:b], area.y[a:b]))) for a, b in rings]


def _gaps(line: Line, frame: Frame) -> list[QPolygonF]:
    found: list[QPolygonF] = []
    for start in line.starts[1:]:
        x, y = frame.to_screen(line.x[start - 1 : start + 1], line.y[start - 1 : start + 1])
        found += _in_sight(x, y, frame)
    return found


def _thinned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The points without those in the same small cell as the one before."""
    if len(x) < 3:
        return x, y
    column, row = np.floor(x / STEP), np.floor(y / STEP)
    kept = np.ones(len(x), np.bool_)
    kept[1:-1] = (column[1:-1] != column[:-2]) | (row[1:-1] != row[:-2])
    return x[kept], y[kept]


def _in_sight(x: Floats, y: Floats, frame: Frame) -> list[QPolygonF]:
    """The runs of a line that may touch the frame."""
    if len(x) < 2:
        return []
    low_x, high_x = np.minimum(x[1:], x[:-1]), np.maximum(x[1:], x[:-1])
    low_y, high_y = np.minimum(y[1:], y[:-1]), np.maximum(y[1:], y[:-1])
    near = (high_x >= -MARGIN) & (low_x <= frame.width + MARGIN)
    near &= (high_y >= -MARGIN) & (low_y <= frame.height + MARGIN)
    turns = np.flatnonzero(np.diff(np.concatenate(([False], near, [False])).astype(np.int8)))
    return [
        _polygon(x[start : min(start + LONGEST, b) + 1], y[start : min(start + LONGEST, b) + 1])
        for a, b in turns.reshape(-1, 2).tolist()
        for start in range(a, b, LONGEST)
    ]


def _polygon(x: Floats, y: Floats) -> QPolygonF:
    return QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])
