"""The marks on the map: one shape and one colour for each kind of camera, photos, notes, cones.

Sizes are logical pixels, paths look north and have the marked place at (0, 0).
"""

from dataclasses import dataclass
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QRadialGradient, QTransform

from camwalk.geometry.directions import middle, width
from camwalk.gui.map.layers import Kind, PhotoLook
from camwalk.gui.map.layers_points import Sectors

FIELD_OF_VIEW = 60.0  # degrees, of a lens that nobody measured
CONE_METRES = 25.0
SHORTEST_CONE, LONGEST_CONE = 26.0, 110.0
REACH = 16.0  # how far a symbol goes from its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """The colours of what lies on the map."""

    cameras: dict[Kind, str]
    edge: str  # around solid symbols
    hollow: str  # inside those of OSM
    photo: str
    photo_seen: str
    track: str
    seen: str  # streets that were walked
    note: str
    accent: str
    text: str
    quiet: str
    plate: str  # behind text
    paper: str  # where there is no base map


LIGHT_INKS = Inks(
    cameras={
        Kind.UNKNOWN: "#4d4d4d",
        Kind.FIXED: "#d55e00",
        Kind.DOME: "#0072b2",
        Kind.PANNING: "#009e73",
        Kind.ALPR: "#b8578f",
        Kind.DOORBELL: "#e69f00",
        Kind.SPEED: "#56b4e9",
        Kind.WATCHED: "#6d6a63",
    },
    edge="#ffffff",
    hollow="#fffdf8",
    photo="#3f4a5a",
    photo_seen="#8d97a5",
    track="#5b6fb5",
    seen="#2f8f6b",
    note="#7a6a3a",
    accent="#c9431a",
    text="#26241f",
    quiet="#6d6a63",
    plate="#fdfcfa",
    paper="#f5f3ee",
)
DARK_INKS = Inks(
    cameras={
        Kind.UNKNOWN: "#c8c4bb",
        Kind.FIXED: "#f07a1f",
        Kind.DOME: "#3d9fdd",
        Kind.PANNING: "#1fbd8f",
        Kind.ALPR: "#dd8fbb",
        Kind.DOORBELL: "#f0b429",
        Kind.SPEED: "#7cc8f5",
        Kind.WATCHED: "#a9a59c",
    },
    edge="#141312",
    hollow="#1f1e1c",
    photo="#d3d8df",
    photo_seen="#7d8794",
    track="#8b9de0",
    seen="#4fc29a",
    note="#cbb978",
    accent="#ff8659",
    text="#e9e6df",
    quiet="#a5a198",
    plate="#1b1a18",
    paper="#24231f",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What is filled, and what is only a line, of one symbol."""

    body: QPainterPath
    lines: QPainterPath
    dot: float = 0.0  # radius of the hole in the middle
    line: float = 2.6


def shapes() -> dict[tuple[Kind, bool], Shape]:
    """The symbol of each kind, with and without a known direction. Make your own in each thread."""
    nothing = QPainterPath()
    disc, ring = _circle(6.5), _circle(6.0)
    panning = Shape(_circle(5.0), _arc(9.2, -52, 52))
    door = QPainterPath()
    door.addRoundedRect(QRectF(-6, -6, 12, 12), 2, 2)
    square = _polygon((-5, -5), (5, -5), (5, 5), (-5, 5))
    diamond = _polygon((0, -8), (8, 0), (0, 8), (-8, 0))
    alpr = _polygon((0, -9.5), (6.8, 3.5), (-6.8, 3.5))
    alpr.addRect(QRectF(-7.5, 5.4, 15, 3.6))
    wedge = _polygon((0, -10), (7, 7), (0, 3.6), (-7, 7))
    lost_wedge = _polygon((0, -8), (7.5, 5.6), (-7.5, 5.6))
    return {
        (Kind.UNKNOWN, False): Shape(nothing, ring, line=3.4),
        (Kind.UNKNOWN, True): Shape(nothing, _joined(ring, _nub(8, 12)), line=3.4),
        (Kind.FIXED, False): Shape(lost_wedge, nothing, 2.0),
        (Kind.FIXED, True): Shape(wedge, nothing),
        (Kind.DOME, False): Shape(disc, nothing),
        (Kind.DOME, True): Shape(disc, _nub(8, 11)),
        (Kind.PANNING, False): panning,
        (Kind.PANNING, True): panning,
        (Kind.ALPR, False): Shape(alpr, nothing, 1.6),
        (Kind.ALPR, True): Shape(alpr, nothing),
        (Kind.DOORBELL, False): Shape(door, nothing, 2.2),
        (Kind.DOORBELL, True): Shape(door, _nub(8, 11), 2.2),
        (Kind.WATCHED, False): Shape(square, nothing, line=2.0),
        (Kind.WATCHED, True): Shape(square, nothing, line=2.0),
        (Kind.SPEED, False): Shape(diamond, nothing, 2.2),
        (Kind.SPEED, True): Shape(diamond, _nub(9, 12), 2.2),
    }


def draw_camera(painter: QPainter, shape: Shape, colour: str, inks: Inks, hollow: bool = False) -> None:
    """A camera at the painter's origin, already turned. Hollow is OSM's."""
    ink, edge = QColor(colour), QColor(inks.edge)
    line = 1.8 if hollow else shape.line
    casing = pen(edge, line + 2.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(casing)
    painter.drawPath(shape.lines)
    painter.setPen(pen(edge, 4.6 if hollow else 3.2))
    painter.drawPath(shape.body)
    painter.setPen(pen(ink, line))
    painter.drawPath(shape.lines)
    painter.setPen(pen(ink, line) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(inks.hollow) if hollow else ink)
    painter.drawPath(shape.body)
    if shape.dot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink if hollow else edge)
        painter.drawEllipse(QPointF(0, 0), shape.dot, shape.dot)


def draw_photo(painter: QPainter, look: int, facing: Sectors, inks: Inks) -> None:
    """A photo at the painter's origin: where the photographer stood, looking where."""
    ink = QColor(inks.photo_seen if look & PhotoLook.SEEN else inks.photo)
    painter.setPen(pen(QColor(inks.edge), 1.2))
    if facing:
        _draw_tick(painter, facing[0][0], ink, rough=bool(look & PhotoLook.ROUGH_DIRECTION))
        painter.setPen(pen(QColor(inks.edge), 1.2))
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0, 0), 3.9, 3.9)
    if look & PhotoLook.HAS_CAMERAS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(inks.cameras[Kind.FIXED]))
        painter.drawEllipse(QPointF(0, 0), 2.0, 2.0)


def _draw_tick(painter: QPainter, bearing: float, ink: QColor, rough: bool) -> None:
    tick = _turned(_polygon((0, -11), (3.4, -3.6), (-3.4, -3.6)), bearing)
    painter.setBrush(Qt.BrushStyle.NoBrush if rough else ink)
    painter.drawPath(tick)
    if rough:
        painter.setPen(pen(ink, 1.3))
        painter.drawPath(tick)


def draw_note(painter: QPainter, inks: Inks) -> None:
    """A waypoint at the painter's origin."""
    painter.setPen(pen(QColor(inks.edge), 1.2))
    painter.setBrush(QColor(inks.note))
    painter.drawPath(_polygon((0, 0), (-4.5, -6), (-4.5, -12), (4.5, -12), (4.5, -6)))


def cone_length(metres_per_pixel: float) -> float:
    """Logical pixels of a cone; 0 where it would be too small to tell anything."""
    length = CONE_METRES / metres_per_pixel
    return 0.0 if length < 8 else min(max(length, SHORTEST_CONE), LONGEST_CONE)


@dataclass(frozen=True, slots=True)
class ConeInk:
    """How the cones of one colour are filled and outlined."""

    fill: QBrush
    line: QPen
    length: float


def cone_ink(colour: str, length: float, strength: float = 1.0) -> ConeInk:
    """Translucent, fading outwards."""
    inner, outer, line = QColor(colour), QColor(colour), QColor(colour)
    inner.setAlphaF(0.34 * strength)
    outer.setAlphaF(0.10 * strength)
    line.setAlphaF(0.30 * strength)
    fill = QRadialGradient(QPointF(0, 0), length)
    fill.setColorAt(0, inner)
    fill.setColorAt(1, outer)
    return ConeInk(QBrush(fill), pen(line, 1.0), length)


def draw_cones(painter: QPainter, facing: Sectors, ink: ConeInk) -> None:
    """What a camera at the painter's origin sees, one sector a lens."""
    painter.setPen(ink.line)
    painter.setBrush(ink.fill)
    for sector in facing:
        painter.drawPath(_cone(sector, ink.length))


def _cone(sector: tuple[float, float], length: float) -> QPainterPath:
    sweep = width(sector) or FIELD_OF_VIEW
    if sweep >= 360:
        return _circle(length)
    start = middle(sector) + sweep / 2
    path = QPainterPath(QPointF(0, 0))
    path.arcTo(QRectF(-length, -length, 2 * length, 2 * length), 90 - start, sweep)
    path.closeSubpath()
    return path


def bearing_of(facing: Sectors) -> float | None:
    """The direction a symbol is turned to; None where it is not known or all round."""
    return middle(facing[0]) if facing and width(facing[0]) < 360 else None


def pen(colour: QColor, line: float) -> QPen:
    """A pen with round ends and corners."""
    return QPen(colour, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _circle(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _arc(radius: float, start: float, end: float) -> QPainterPath:
    rect = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    path = QPainterPath()
    path.arcMoveTo(rect, 90 - start)
    path.arcTo(rect, 90 - start, start - end)
    return path


def _nub(start: float, end: float) -> QPainterPath:
    path = QPainterPath(QPointF(0, -start))
    path.lineTo(0, -end)
    return path


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*corners[0]))
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.closeSubpath()
    return path


def _joined(first: QPainterPath, second: QPainterPath) -> QPainterPath:
    path = QPainterPath(first)
    path.addPath(second)
    return path


def _turned(path: QPainterPath, degrees: float) -> QPainterPath:
    return QTransform().rotate(degrees).map(path)


def towards(bearing: float, length: float) -> tuple[float, float]:
    """Pixels right and down of a point `length` pixels away in a direction."""
    return length * sin(radians(bearing)), -length * cos(radians(bearing))
