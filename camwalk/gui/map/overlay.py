"""Painting the survey: tracks, notes, photos and cameras, into a tile or a whole picture.

Everything is a pure function of a `Scene`, so any thread may paint.
"""

from dataclasses import dataclass, field
from math import log2

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from camwalk.gui.map import symbols
from camwalk.gui.map.layers import LAYERS, Kind, Layer, MapData, PhotoLook
from camwalk.gui.map.layers_points import Area, Points, Sectors
from camwalk.gui.map.overlay_cover import Cover, draw_cover
from camwalk.gui.map.overlay_tracks import draw_tracks
from camwalk.gui.map.symbols import Inks
from camwalk.gui.map.tiles import TileKey
from camwalk.gui.map.viewport import TILE, Floats, Frame

MOST_SYMBOLS = 2000
"""More points of one layer in sight are drawn as dots."""

OSM_SIZE = 0.85
"""What OSM knows stays behind what the walk found."""

CONES: tuple[tuple[Layer, float], ...] = (("osm", 0.55), ("cameras", 1.0))
"""The layers with cones, and how strong these are."""

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Scene:
    """What to paint and how.

    `dense` layers become dots; a `lifted` point is in somebody's hand and left out; `ratio` is
    device pixels a logical pixel.
    """

    data: MapData
    inks: Inks
    shown: frozenset[Layer] = frozenset(LAYERS)
    dense: frozenset[Layer] = frozenset()
    lifted: tuple[Layer, str] | None = None
    ratio: float = 1.0
    cover: Cover = field(default_factory=Cover)

    def rows(self, layer: Layer, sight: Area) -> Rows:
        """The points of a layer to paint in an area."""
        points = self.data.points(layer)
        rows = points.inside(sight)
        if self.lifted and self.lifted[0] == layer:
            return rows[rows != points.rows.get(self.lifted[1], -1)]
        return rows


def paint_overlay_tile(scene: Scene, key: TileKey, pixels: int) -> QImage | None:
    """One tile of the survey; None if nothing of it lies there."""
    image = blank(pixels, pixels)
    painter = QPainter(image)
    try:
        painter.scale(scene.ratio, scene.ratio)
        drawn = paint_scene(painter, scene, key.frame(pixels / scene.ratio))
    finally:
        painter.end()
    return image if drawn else None


def blank(width: int, height: int) -> QImage:
    """A transparent image."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    return image


def paint_scene(painter: QPainter, scene: Scene, frame: Frame) -> bool:
    """Paint what lies in a frame, in its logical pixels; whether there was anything."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawn = draw_cover(painter, scene.cover, scene.inks, frame)
    if "tracks" in scene.shown:
        drawn |= draw_tracks(painter, scene.data.tracks, scene.inks, frame)
    sight = area_of(frame).grown(reach(frame.metres_per_pixel) / frame.scale)
    rows: dict[Layer, Rows] = {layer: scene.rows(layer, sight) for layer in LAYERS if layer in scene.shown}
    for layer, strength in CONES:
        if layer not in scene.dense and layer in rows:
            _draw_cones(painter, scene, frame, scene.data.points(layer), rows[layer], strength)
    for layer in rows:
        draw = _draw_dots if layer in scene.dense else _draw_symbols
        draw(painter, scene, frame, layer, rows[layer])
    return drawn or any(map(len, rows.values()))


def dense_layers(data: MapData, sight: Area, before: frozenset[Layer]) -> frozenset[Layer]:
    """The layers with too many points in sight for symbols; those that were so stay so for a while."""
    return frozenset(
        layer
        for layer in LAYERS
        if len(data.points(layer).inside(sight)) > MOST_SYMBOLS * (0.7 if layer in before else 1.0)
    )


def occupied(scene: Scene, frame: Frame) -> list[QRectF]:
    """Where the symbols of cameras and photos are in a frame, in its logical pixels."""
    sight, size = area_of(frame), symbol_size(frame.scale)
    found: list[QRectF] = []
    layers: tuple[tuple[Layer, float], ...] = (("cameras", 10.0), ("osm", 10.0), ("photos", 5.0))
    for layer, half in layers:
        if layer in scene.shown and layer not in scene.dense:
            points, half = scene.data.points(layer), half * size
            placed = _placed(points, scene.rows(layer, sight), frame)
            found += [QRectF(x - half, y - half, 2 * half, 2 * half) for _, x, y in placed]
    return found


def area_of(frame: Frame) -> Area:
    """The part of the world in a frame."""
    west, north = frame.corner
    return Area(west, north, west + frame.width / frame.scale, north + frame.height / frame.scale)


def reach(metres_per_pixel: float) -> float:
    """How many logical pixels a point's picture goes from its place."""
    return max(symbols.REACH, symbols.cone_length(metres_per_pixel)) + 2


def symbol_size(scale: float) -> float:
    """How large symbols are at a scale: 1 in a street, less in a whole town."""
    return min(max(0.62 + (log2(scale / TILE) - 12.5) * 0.12, 0.62), 1.0)


def _draw_cones(
    painter: QPainter, scene: Scene, frame: Frame, points: Points, rows: Rows, strength: float
) -> None:
    length = symbols.cone_length(frame.metres_per_pixel)
    if not length:
        return
    inks = {kind: symbols.cone_ink(c, length, strength) for kind, c in scene.inks.cameras.items()}
    base = painter.transform()
    for row, x, y in _placed(points, rows, frame):
        if points.facing[row]:
            painter.setTransform(QTransform(base).translate(x, y))
            symbols.draw_cones(painter, points.facing[row], inks[Kind(points.look[row])])
    painter.setTransform(base)


def _draw_symbols(painter: QPainter, scene: Scene, frame: Frame, layer: Layer, rows: Rows) -> None:
    points = scene.data.points(layer)
    pen = SymbolPen(painter, scene.inks, symbol_size(frame.scale))
    for row, x, y in _placed(points, rows, frame):
        pen.draw(layer, int(points.look[row]), points.facing[row], x, y)


class SymbolPen:
    """Draws symbols with one painter."""

    def __init__(self, painter: QPainter, inks: Inks, size: float) -> None:
        self._painter = painter
        self._inks = inks
        self._size = size
        self._base = painter.transform()
        self._shapes = symbols.shapes()

    def draw(self, layer: Layer, look: int, facing: Sectors, x: float, y: float) -> None:
        """One point of a layer, at logical pixels (x, y)."""
        size = self._size * (OSM_SIZE if layer == "osm" else 1.0)
        turned = QTransform(self._base).translate(x, y).scale(size, size)
        if layer in ("cameras", "osm"):
            bearing = symbols.bearing_of(facing)
            self._painter.setTransform(turned.rotate(bearing or 0))
            shape = self._shapes[Kind(look), bearing is not None]
            colour = self._inks.cameras[Kind(look)]
            symbols.draw_camera(self._painter, shape, colour, self._inks, hollow=layer == "osm")
        else:
            self._painter.setTransform(turned)
            if layer == "photos":
                symbols.draw_photo(self._painter, look, facing, self._inks)
            else:
                symbols.draw_note(self._painter, self._inks)
        self._painter.setTransform(self._base)


def _draw_dots(painter: QPainter, scene: Scene, frame: Frame, layer: Layer, rows: Rows) -> None:
    if not len(rows):
        return
    points = scene.data.points(layer)
    x, y = frame.to_screen(points.x[rows], points.y[rows])
    apart = _apart(x, y)
    look, x, y = points.look[rows][apart], x[apart] * scene.ratio, y[apart] * scene.ratio
    pictures = {int(one): _dot(scene, layer, int(one)) for one in np.unique(look)}
    half = next(iter(pictures.values())).width() / 2
    left, top = np.rint(x - half).astype(int), np.rint(y - half).astype(int)
    painter.save()
    painter.resetTransform()
    for one, across, down in zip(look.tolist(), left.tolist(), top.tolist(), strict=True):
        painter.drawImage(across, down, pictures[one])
    painter.restore()


def _apart(x: Floats, y: Floats, cell: float = 1.5) -> Rows:
    """The points left when of those in one small cell only one is kept, in their order."""
    cells = np.floor(x / cell).astype(np.int64) * 1_000_000 + np.floor(y / cell).astype(np.int64)
    return np.sort(np.unique(cells, return_index=True)[1])


def _dot(scene: Scene, layer: Layer, look: int) -> QImage:
    radius = 2.0 if layer == "photos" else 2.8
    side = round((radius + 1.5) * 2 * scene.ratio)
    image = blank(side, side)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(scene.ratio, scene.ratio)
        ink, edge = QColor(_dot_colour(scene.inks, layer, look)), QColor(scene.inks.edge)
        hollow = layer == "osm"
        painter.setPen(symbols.pen(ink if hollow else edge, 1.2))
        painter.setBrush(edge if hollow else ink)
        painter.drawEllipse(QPointF(0, 0), radius, radius)
    finally:
        painter.end()
    return image


def _dot_colour(inks: Inks, layer: Layer, look: int) -> str:
    if layer == "photos":
        return inks.photo_seen if look & PhotoLook.SEEN else inks.photo
    return inks.note if layer == "waypoints" else inks.cameras[Kind(look)]


def _placed(points: Points, rows: Rows, frame: Frame) -> list[tuple[int, float, float]]:
    x, y = frame.to_screen(points.x[rows], points.y[rows])
    return list(zip(rows.tolist(), x.tolist(), y.tolist(), strict=True))
