"""The cached layers of the map, bottom to top: base tiles, names, the survey's tiles."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from camwalk.gui.map.canvas_base import BasePainter
from camwalk.gui.map.layers_points import Area
from camwalk.gui.map.overlay import Scene, area_of, dense_layers, occupied, paint_overlay_tile, reach
from camwalk.gui.map.raster import DEEPEST, ZOOM_OFFSET, RasterTiles
from camwalk.gui.map.tiles import Grid, TileKey, draw_tiles
from camwalk.gui.map.tiles_labels import Labels
from camwalk.gui.map.tiles_painted import PaintedTiles, Workers
from camwalk.gui.map.viewport import TILE, View
from camwalk.i18n import tell
from camwalk.model import Message

Base = BasePainter | RasterTiles
LEAST_MEMORY = 32 << 20
AROUND = 0.6  # tiles beside the window that are painted ahead


class Stack(QObject):
    """Paints what it has of the layers, and has what is missing made."""

    changed = Signal(object)  # the TileKey that looks different, or None: everything
    trouble = Signal(str)

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self.scene = scene
        self.base: Base | None = None
        self._seen: list[TileKey] = []  # tiles in sight when it was last counted what is dense
        self._workers = Workers(self)
        self._labels = Labels(self._workers)
        self._overlay = PaintedTiles(partial(paint_overlay_tile, scene), LEAST_MEMORY, self._workers)
        self._painted = PaintedTiles(None, LEAST_MEMORY, self._workers)
        self._workers.failed.connect(self._tell)
        for layer in (self._labels, self._overlay, self._painted):
            layer.arrived.connect(self.changed)

    @property
    def idle(self) -> bool:
        """Whether all that was wanted is there."""
        parts = (self._labels, self._overlay, self._painted)
        raster_idle = not isinstance(self.base, RasterTiles) or self.base.idle
        return raster_idle and all(part.idle for part in parts)

    @property
    def overlay_current(self) -> bool:
        """Whether the survey's tiles in sight show it as it is."""
        return self._overlay.current

    def set_base(self, base: Base | None) -> None:
        """Lay the map on another base; the old picture stays in sight until the new one is there."""
        if isinstance(self.base, RasterTiles) and base is not self.base:
            self.base.close()
        if isinstance(base, RasterTiles) and base is not self.base:
            base.arrived.connect(self.changed)
            base.failed.connect(self.trouble)
        self.base = base
        painter = None if base is None or isinstance(base, RasterTiles) else base
        self._painted.use(partial(_paint_base, painter) if painter else None)
        self._painted.touch(lambda _: True)
        if painter is None:
            self._painted.clear()
        self._use_labels()
        self.changed.emit(None)

    def set_scene(self, scene: Scene, areas: Sequence[Area] | None = None) -> None:
        """Show the survey differently; only in some areas, if these are given."""
        if scene.data is not self.scene.data:
            self._seen = []
        self.scene = scene
        self._overlay.use(partial(paint_overlay_tile, scene))
        self._overlay.touch(partial(_concerns, areas))
        if areas is None or areas:
            self._use_labels()
        if areas is None:
            self.changed.emit(None)

    def draw(self, painter: QPainter, view: View, ratio: float) -> None:
        """Lay what there is on a painter that counts device pixels."""
        if isinstance(self.base, RasterTiles):
            draw_tiles(painter, Grid.of(view, ratio, _raster_zoom(view)), self.base.cache)
        elif self.base is not None:
            draw_tiles(painter, Grid.of(view, ratio, view.tile_zoom), self._painted.cache)
        self._labels.draw(painter, view, ratio)
        draw_tiles(painter, Grid.of(view, ratio, view.tile_zoom), self._overlay.cache)

    def want(self, view: View, ratio: float) -> None:
        """Have made what a view needs that is at rest."""
        grid, pixels = Grid.of(view, ratio, view.tile_zoom), view.tile_pixels(ratio)
        visible = grid.tiles()
        if visible != self._seen or ratio != self.scene.ratio:
            self._adapt(view, ratio)
            self._seen = visible
        memory, most = _room(len(visible), pixels)
        around = [key for key in grid.tiles(AROUND) if key not in visible][: most - len(visible)]
        for tiles in (self._overlay, self._painted):
            tiles.cache.limit = memory
            tiles.want(visible, around, pixels)
        if isinstance(self.base, RasterTiles):
            self.base.cache.limit = memory
            self.base.want(Grid.of(view, ratio, _raster_zoom(view)).tiles())
        self._labels.want(view)

    def close(self) -> None:
        """Have nothing more made."""
        self._workers.close()
        if isinstance(self.base, RasterTiles):
            self.base.close()

    def _adapt(self, view: View, ratio: float) -> None:
        dense = dense_layers(self.scene.data, area_of(view.frame), self.scene.dense)
        if (dense, ratio) != (self.scene.dense, self.scene.ratio):
            self.set_scene(replace(self.scene, dense=dense, ratio=ratio))

    def _use_labels(self) -> None:
        if self.base is None or isinstance(self.base, RasterTiles):
            self._labels.use(None)
        else:
            self._labels.use(partial(_paint_labels, self.base, self.scene))

    def _tell(self, reason: Message) -> None:
        self.trouble.emit(tell(reason))


def _room(visible: int, pixels: int) -> tuple[int, int]:
    """How many bytes a cache may hold, and how many tiles of `pixels` surely fit into it."""
    tile = pixels**2 * 4
    memory = max(LEAST_MEMORY, 2 * visible * tile)
    return memory, memory // tile


def _raster_zoom(view: View) -> int:
    return min(view.tile_zoom + ZOOM_OFFSET, DEEPEST)


def _paint_base(base: BasePainter, key: TileKey, pixels: int) -> QImage:
    return base.tile(key.zoom, key.x, key.y, pixels)


def _paint_labels(base: BasePainter, scene: Scene, view: View) -> QImage:
    taken = occupied(scene, view.frame)
    return base.labels(view.centre, view.zoom, view.width, view.height, scene.ratio, taken)


def _concerns(areas: Sequence[Area] | None, key: TileKey) -> bool:
    """Whether a tile may show something of the areas."""
    if areas is None:
        return True
    frame = key.frame(TILE)
    tile = area_of(frame).grown(1.5 * reach(frame.metres_per_pixel) / frame.scale)
    return any(tile.meets(area) for area in areas)
