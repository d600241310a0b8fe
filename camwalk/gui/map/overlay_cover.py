"""Painting what was walked and what is filmed: under everything else of the survey."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from camwalk.gui.map.layers import Line
from camwalk.gui.map.layers_points import Area
from camwalk.gui.map.overlay_tracks import MARGIN, draw_lines, line_pieces, ring_polygons
from camwalk.gui.map.symbols import Inks, pen
from camwalk.gui.map.viewport import Frame

STREET = 22.0  # metres that mist or colour is wide
WIDEST = 46.0  # logical pixels


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Stretches of street, rings of filmed ground (one line an area, a segment a ring), and a route."""

    walked: tuple[Line, ...] = ()
    unwalked: tuple[Line, ...] = ()
    filmed: tuple[Line, ...] = ()
    route: tuple[Line, ...] = ()


def draw_cover(painter: QPainter, cover: Cover, inks: Inks, frame: Frame) -> bool:
    """Draw what lies in a frame; whether there was anything."""
    west, north = frame.corner
    sight = Area(west, north, west + frame.width / frame.scale, north + frame.height / frame.scale)
    wide = min(WIDEST, max(3.0, STREET / frame.metres_per_pixel))
    sight = sight.grown((MARGIN + wide) / frame.scale)
    mist, seen, way = QColor(inks.paper), QColor(inks.seen), QColor(inks.accent)
    mist.setAlphaF(0.72)
    seen.setAlphaF(0.55)
    drawn = _draw_lines(painter, cover.unwalked, frame, sight, mist, wide)
    drawn |= _draw_filmed(painter, cover.filmed, inks, frame, sight)
    drawn |= _draw_lines(painter, cover.walked, frame, sight, seen, min(5.0, wide))
    return _draw_lines(painter, cover.route, frame, sight, way, 4.0) or drawn


def _draw_lines(
    painter: QPainter, lines: Iterable[Line], frame: Frame, sight: Area, colour: QColor, width: float
) -> bool:
    pieces = [p for line in lines if line.area.meets(sight) for p in line_pieces(line, frame)]
    draw_lines(painter, pieces, pen(colour, width))
    return bool(pieces)


def _draw_filmed(painter: QPainter, areas: Iterable[Line], inks: Inks, frame: Frame, sight: Area) -> bool:
    """Areas with their holes, as the odd-even rule leaves them."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for area in areas:
        if area.area.meets(sight):
            for ring in ring_polygons(area, frame):
                path.addPolygon(ring)
    colour = QColor(inks.accent)
    colour.setAlphaF(0.22)
    painter.fillPath(path, colour)
    return not path.isEmpty()
