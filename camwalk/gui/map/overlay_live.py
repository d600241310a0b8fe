"""What lies above the cached tiles and is painted in every frame: selection, hover, drags."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

from camwalk.geometry.directions import width
from camwalk.gui.map import symbols
from camwalk.gui.map.layers import Kind, Layer, MapData
from camwalk.gui.map.layers_points import Sectors
from camwalk.gui.map.overlay import SymbolPen, symbol_size
from camwalk.gui.map.overlay_sights import draw_ellipses, draw_pair, draw_sights
from camwalk.gui.map.symbols import Inks
from camwalk.gui.map.viewport import Spot, View, world
from camwalk.model import LatLon
from camwalk.operations.sighting_rays import SightingRay

Key = tuple[Layer, str]
HANDLE_RADIUS = 6.0
RING, PHOTO_RING = 13.5, 9.5  # around what is selected
NEAREST_HANDLE = 36.0  # logical pixels from the camera, so that both can be grabbed
HANDLED: tuple[Layer, ...] = ("photos", "cameras")
"""What has a knob when it is selected; the last lies on top."""


@dataclass(frozen=True)
class Live:
    """What a person is pointing at or has in hand.

    `fresh` are points whose tiles still show them as they were; `placing` is a camera about to be
    marked, with where it faces; `moved`, `turned` (a camera) and `swung` (a photo) are drags that have
    not been let go. `sights` are looks from photos, `pair` two cameras that may be the same.
    """

    selected: frozenset[Key] = frozenset()
    fresh: frozenset[Key] = frozenset()
    hovered: Key | None = None
    moved: tuple[Key, LatLon] | None = None
    turned: tuple[str, float] | None = None
    swung: tuple[str, float] | None = None
    placing: tuple[LatLon, float | None] | None = None
    sights: tuple[SightingRay, ...] = ()
    pair: tuple[str, str] | None = None
    aim: bool = False  # a cross in the middle, where the keyboard marks

    @property
    def lifted(self) -> Key | None:
        """The point in hand."""
        if self.turned:
            return ("cameras", self.turned[0])
        if self.swung:
            return ("photos", self.swung[0])
        return self.moved[0] if self.moved else None


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it is now, in hand or not, in logical pixels."""

    key: Key
    look: int
    facing: Sectors
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Handle:
    """The knob that turns a camera or a photo; hollow while no direction is known."""

    point: Point
    x: float
    y: float
    known: bool


def point_now(view: View, data: MapData, live: Live, key: Key) -> Point | None:
    """A point with what a hand is doing to it; None if there is none such."""
    layer, id = key
    points = data.points(layer)
    row = points.row(id)
    if row is None:
        return None
    spot, facing = Spot(float(points.x[row]), float(points.y[row])), points.facing[row]
    if live.moved and live.moved[0] == key:
        spot = world(live.moved[1])
    if live.turned and ("cameras", live.turned[0]) == key:
        facing = turned(facing, live.turned[1])
    if live.swung and ("photos", live.swung[0]) == key:
        facing = ((live.swung[1], live.swung[1]),)
    return Point(key, int(points.look[row]), facing, *view.spot_to_screen(*spot))


def turned(facing: Sectors, bearing: float) -> Sectors:
    """The sectors with the first one turned to `bearing`, as wide as before."""
    wide = width(facing[0]) if facing else 0
    half = 0 if wide >= 360 else wide / 2
    return (((bearing - half) % 360, (bearing + half) % 360), *facing[1:])


def handle_of(view: View, data: MapData, live: Live, layer: Layer = "cameras") -> Handle | None:
    """The knob of the one selected camera, or of the one selected photo.

    A photo that knows where it looked has none while a camera is selected: the two would be in each
    other's way.
    """
    keys = [key for key in live.selected if key[0] == layer]
    point = point_now(view, data, live, keys[0]) if len(keys) == 1 else None
    if point is None:
        return None
    bearing = symbols.bearing_of(point.facing)
    if layer == "photos" and bearing is not None and any(key[0] == "cameras" for key in live.selected):
        return None
    reach = symbols.cone_length(view.metres_per_pixel) if layer == "cameras" else 0
    right, down = symbols.towards(bearing or 0, max(reach, NEAREST_HANDLE))
    return Handle(point, point.x + right, point.y + down, bearing is not None)


def draw_live(
    painter: QPainter, view: View, data: MapData, shown: frozenset[Layer], inks: Inks, live: Live
) -> None:
    """Draw it all in logical pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    found = (point_now(view, data, live, key) for key in _keys(live) if key[0] in shown)
    points = [point for point in found if point is not None]
    if "cameras" in shown:
        in_hand = live.lifted[1] if live.lifted else None
        ids = [id for layer, id in _keys(live) if layer == "cameras" and id != in_hand]
        draw_ellipses(painter, view, data, ids, inks)
    draw_sights(painter, view, inks, live.sights)
    _draw_rays(painter, view, data, live, inks)
    handles = [handle_of(view, data, live, layer) for layer in HANDLED if layer in shown]
    knobs = [handle for handle in handles if handle is not None]
    for handle in knobs:
        _draw_stem(painter, handle, inks)
    for point in points:
        _draw_point(painter, view, point, inks, live)
    for handle in knobs:
        _draw_knob(painter, handle, inks)
    if live.pair:
        draw_pair(painter, view, data, live.pair, inks)
    if live.placing:
        _draw_placing(painter, view, inks, *live.placing)
    if live.aim:
        _draw_aim(painter, view, inks)


def _keys(live: Live) -> list[Key]:
    hovered = {live.hovered} if live.hovered else set[Key]()
    return sorted(live.fresh | hovered | live.selected, key=lambda key: (key in live.selected, key))


def _draw_point(painter: QPainter, view: View, point: Point, inks: Inks, live: Live) -> None:
    size = symbol_size(view.scale)
    if point.key == live.lifted or point.key in live.fresh:
        _draw_cones(painter, view, point, inks.cameras)
    radius = (PHOTO_RING if point.key[0] == "photos" else RING) * size
    if point.key in live.selected:
        _draw_ring(painter, point, radius, inks.accent, 2.5, inks)
    elif point.key == live.hovered:
        _draw_ring(painter, point, radius, inks.quiet, 1.5, inks)
    SymbolPen(painter, inks, size).draw(point.key[0], point.look, point.facing, point.x, point.y)


def _draw_cones(painter: QPainter, view: View, point: Point, colours: dict[Kind, str]) -> None:
    length = symbols.cone_length(view.metres_per_pixel)
    if point.key[0] != "cameras" or not length:
        return
    base = painter.transform()
    painter.setTransform(QTransform(base).translate(point.x, point.y))
    symbols.draw_cones(painter, point.facing, symbols.cone_ink(colours[Kind(point.look)], length))
    painter.setTransform(base)


def _draw_ring(painter: QPainter, point: Point, radius: float, colour: str, line: float, inks: Inks) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, wide in ((inks.edge, line + 2.4), (colour, line)):
        painter.setPen(symbols.pen(QColor(ink), wide))
        painter.drawEllipse(QPointF(point.x, point.y), radius, radius)


def _draw_rays(painter: QPainter, view: View, data: MapData, live: Live, inks: Inks) -> None:
    """Thin lines between a selected camera and the photos that show it."""
    pairs = {(photo, camera) for photo, camera in _sightings(data, live)}
    line = QColor(inks.accent)
    line.setAlphaF(0.55)
    painter.setPen(symbols.pen(line, 1.2))
    for photo, camera in pairs:
        start = point_now(view, data, live, ("photos", photo))
        end = point_now(view, data, live, ("cameras", camera))
        if start and end:
            painter.drawLine(QLineF(start.x, start.y, end.x, end.y))


def _sightings(data: MapData, live: Live) -> list[tuple[str, str]]:
    cameras = {id for layer, id in live.selected if layer == "cameras"}
    photos = {id for layer, id in live.selected if layer == "photos"}
    if not cameras and not photos:
        return []
    return [(p, c) for p, shown in data.shows.items() for c in shown if c in cameras or p in photos]


def _draw_stem(painter: QPainter, handle: Handle, inks: Inks) -> None:
    line = QColor(_knob_ink(handle, inks))
    line.setAlphaF(0.8 if handle.known else 0.4)
    painter.setPen(symbols.pen(line, 1.2))
    painter.drawLine(QLineF(handle.point.x, handle.point.y, handle.x, handle.y))


def _draw_knob(painter: QPainter, handle: Handle, inks: Inks) -> None:
    ink = _knob_ink(handle, inks)
    painter.setPen(symbols.pen(QColor(inks.edge), 5.0))
    painter.drawEllipse(QPointF(handle.x, handle.y), HANDLE_RADIUS, HANDLE_RADIUS)
    painter.setPen(symbols.pen(QColor(ink), 2.0))
    painter.setBrush(QColor(ink if handle.known else inks.plate))
    painter.drawEllipse(QPointF(handle.x, handle.y), HANDLE_RADIUS, HANDLE_RADIUS)


def _knob_ink(handle: Handle, inks: Inks) -> str:
    return inks.accent if handle.point.key[0] == "cameras" else inks.photo


def _draw_placing(painter: QPainter, view: View, inks: Inks, at: LatLon, bearing: float | None) -> None:
    facing: Sectors = () if bearing is None else ((bearing, bearing),)
    new = Point(("cameras", ""), Kind.FIXED, facing, *view.to_screen(at))
    colours = dict.fromkeys(inks.cameras, inks.accent)
    _draw_cones(painter, view, new, colours)
    SymbolPen(painter, inks, 1.0).draw("cameras", Kind.FIXED, facing, new.x, new.y)
    _draw_ring(painter, new, RING, inks.accent, 2.5, inks)


def _draw_aim(painter: QPainter, view: View, inks: Inks) -> None:
    x, y = view.width / 2, view.height / 2
    for colour, line in ((inks.edge, 4.5), (inks.accent, 1.8)):
        painter.setPen(symbols.pen(QColor(colour), line))
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QLineF(x + across * 5, y + down * 5, x + across * 13, y + down * 13))
