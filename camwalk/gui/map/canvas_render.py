"""The map as a picture, painted at once: for screenshots, PNG and PDF."""

from collections.abc import Collection

from PySide6.QtGui import QColor, QImage, QPainter

from camwalk.gui.map.canvas_base import BasePainter
from camwalk.gui.map.furniture import Furniture, attribution, draw_furniture
from camwalk.gui.map.layers import LAYERS, Layer, MapData
from camwalk.gui.map.overlay import Scene, area_of, dense_layers, occupied, paint_scene
from camwalk.gui.map.symbols import DARK_INKS, LIGHT_INKS
from camwalk.gui.map.tiles import Grid
from camwalk.gui.map.viewport import View


def render_map(
    data: MapData,
    base: BasePainter | None,
    view: View,
    *,
    dark: bool = False,
    ratio: float = 1.0,
    shown: Collection[Layer] = LAYERS,
) -> QImage:
    """What a canvas shows in `view`, with `ratio` device pixels a logical pixel. Any thread."""
    view = view.settled(ratio).snapped(ratio)
    image = QImage(round(view.width * ratio), round(view.height * ratio), QImage.Format.Format_RGB32)
    dense = dense_layers(data, area_of(view.frame), frozenset())
    scene = Scene(data, DARK_INKS if dark else LIGHT_INKS, frozenset(shown), dense, ratio=ratio)
    image.fill(QColor(scene.inks.paper))
    painter = QPainter(image)
    try:
        if base is not None:
            _draw_base(painter, base, scene, view)
        painter.scale(ratio, ratio)
        paint_scene(painter, scene, view.frame)
        draw_furniture(painter, view, scene.inks, Furniture(attribution(base, scene)))
    finally:
        painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _draw_base(painter: QPainter, base: BasePainter, scene: Scene, view: View) -> None:
    grid = Grid.of(view, scene.ratio, view.tile_zoom)
    for key in grid.tiles():
        tile = base.tile(key.zoom, key.x, key.y, view.tile_pixels(scene.ratio))
        painter.drawImage(grid.rect(key), tile)
    taken = occupied(scene, view.frame)
    names = base.labels(view.centre, view.zoom, view.width, view.height, scene.ratio, taken)
    painter.drawImage(0, 0, names)
