"""Looks at cameras and what is not certain about them: rays, error ellipses, pairs that may be one."""

from math import cos, radians, sin

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QTransform

from camwalk.geometry.ellipses import Ellipse
from camwalk.gui.map import symbols
from camwalk.gui.map.layers import MapData
from camwalk.gui.map.layers_points import Area
from camwalk.gui.map.symbols import Inks
from camwalk.gui.map.viewport import View
from camwalk.operations.sighting_rays import SightingRay

CLOSE_UP = 0.35
"""Metres a logical pixel, below which every ellipse in sight is drawn."""
MOST_ELLIPSES = 200
LEAST_RADIUS = 3.0  # logical pixels, so that a sure place still shows its ellipse


def draw_sights(painter: QPainter, view: View, inks: Inks, sights: tuple[SightingRay, ...]) -> None:
    """Rays with their spread of 1 sigma to both sides."""
    for sight in sights:
        length = sight.reach / view.metres_per_pixel
        x, y = view.to_screen(sight.eye)
        fill, edge = QColor(inks.accent), QColor(inks.accent)
        fill.setAlphaF(0.16)
        edge.setAlphaF(0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPath(_wedge(x, y, length, sight.bearing, min(sight.sigma, 90.0)))
        painter.setPen(symbols.pen(edge, 1.6))
        turn = radians(sight.bearing)
        painter.drawLine(QLineF(x, y, x + length * sin(turn), y - length * cos(turn)))


def draw_ellipses(painter: QPainter, view: View, data: MapData, ids: list[str], inks: Inks) -> None:
    """The 1-sigma ellipses of cameras; those of `ids` strong, others in sight faint where it is close up."""
    for id in {*ids, *_close(view, data)}:
        row, ellipse = data.cameras.row(id), data.estimates.get(id)
        if row is not None and ellipse is not None:
            spot = view.spot_to_screen(float(data.cameras.x[row]), float(data.cameras.y[row]))
            _draw_ellipse(painter, view, spot, ellipse, inks, strong=id in ids)


def draw_pair(painter: QPainter, view: View, data: MapData, pair: tuple[str, str], inks: Inks) -> None:
    """Two cameras that may be the same: a ring around each and a broken line between."""
    rows = [data.cameras.row(id) for id in pair]
    ends = [
        QPointF(*view.spot_to_screen(float(data.cameras.x[row]), float(data.cameras.y[row])))
        for row in rows
        if row is not None
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, line in ((inks.edge, 4.5), (inks.accent, 2.0)):
        pen = symbols.pen(QColor(colour), line)
        if line < 4:
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        for end in ends:
            painter.drawEllipse(end, 17.0, 17.0)
        if len(ends) == 2:
            painter.drawLine(ends[0], ends[1])


def _close(view: View, data: MapData) -> list[str]:
    if view.metres_per_pixel > CLOSE_UP or not data.estimates:
        return []
    west, north = view.to_spot(0, 0)
    east, south = view.to_spot(view.width, view.height)
    rows = data.cameras.inside(Area(west, north, east, south))[:MOST_ELLIPSES]
    return [data.cameras.ids[row] for row in rows.tolist()]


def _draw_ellipse(
    painter: QPainter, view: View, at: tuple[float, float], ellipse: Ellipse, inks: Inks, *, strong: bool
) -> None:
    fill, edge = QColor(inks.accent), QColor(inks.accent)
    fill.setAlphaF(0.10 if strong else 0.05)
    edge.setAlphaF(0.9 if strong else 0.45)
    base = painter.transform()
    painter.setTransform(QTransform(base).translate(*at).rotate(ellipse.axis))
    painter.setBrush(fill)
    painter.setPen(symbols.pen(edge, 1.6 if strong else 1.0))
    major, minor = (max(m / view.metres_per_pixel, LEAST_RADIUS) for m in (ellipse.major, ellipse.minor))
    painter.drawEllipse(QPointF(0, 0), minor, major)
    painter.setTransform(base)


def _wedge(x: float, y: float, length: float, bearing: float, sigma: float) -> QPainterPath:
    path = QPainterPath(QPointF(x, y))
    circle = QRectF(x - length, y - length, 2 * length, 2 * length)
    path.arcTo(circle, 90 - bearing - sigma, 2 * sigma)
    path.closeSubpath()
    return path
