"""Tiles: which ones a view needs, what is kept of them, and how they are laid on the screen.

A tile that is not there yet is stood in for by what is: an older picture of itself, its children
or a piece of its parent. So the map can always be painted at once.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, floor, hypot
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from camwalk.gui.map.viewport import Frame, Spot, View

DEEPEST_STAND_IN = 4


class TileKey(NamedTuple):
    """A tile of the standard XYZ grid."""

    zoom: int
    x: int
    y: int

    @property
    def parent(self) -> "TileKey":
        """The tile that holds this one, one zoom up."""
        return TileKey(self.zoom - 1, self.x // 2, self.y // 2)

    @property
    def children(self) -> tuple["TileKey", ...]:
        """The four tiles that this one is cut into."""
        return tuple(TileKey(self.zoom + 1, self.x * 2 + i, self.y * 2 + j) for j in (0, 1) for i in (0, 1))

    def frame(self, size: float) -> Frame:
        """The tile as a painter's frame of `size` logical pixels."""
        across = 2**self.zoom
        return Frame(Spot(self.x / across, self.y / across), size * across, size, size)


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture of a tile, None where it turned out empty; stale when it should be made anew."""

    image: QImage | None
    pixels: int  # device pixels of one side it was made for
    stale: bool = False

    @property
    def size(self) -> int:
        """Bytes in memory, some for an empty one too."""
        return self.image.sizeInBytes() if self.image is not None else 256


class TileCache:
    """The tiles used last, up to `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()

    def find(self, key: TileKey) -> Tile | None:
        """The tile, which counts as using it."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def put(self, key: TileKey, tile: Tile) -> None:
        """Keep a tile, and drop those not used for longest."""
        self._drop(key)
        self._tiles[key] = tile
        self.size += tile.size
        while self.size > self.limit and len(self._tiles) > 1:
            self._drop(next(iter(self._tiles)))

    def make_stale(self, concerns: Callable[[TileKey], bool]) -> None:
        """Mark tiles as due for another painting; they stay until then."""
        for key, tile in self._tiles.items():
            if not tile.stale and concerns(key):
                self._tiles[key] = replace(tile, stale=True)

    def clear(self) -> None:
        """Forget everything."""
        self._tiles.clear()
        self.size = 0

    def _drop(self, key: TileKey) -> None:
        tile = self._tiles.pop(key, None)
        if tile is not None:
            self.size -= tile.size


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the tiles of one zoom lie on a screen, in device pixels."""

    zoom: int
    size: float  # of one tile
    left: float  # of the screen, from the west end of the world
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, view: View, ratio: float, zoom: int) -> "Grid":
        """The tiles of `zoom` under a view."""
        scale = view.scale * ratio
        corner = view.corner
        return cls(
            zoom,
            scale / 2**zoom,
            corner.x * scale,
            corner.y * scale,
            view.width * ratio,
            view.height * ratio,
        )

    def tiles(self, margin: float = 0) -> list[TileKey]:
        """The tiles in sight or up to `margin` tiles beside it, nearest to the middle first."""
        columns = self._cells(self.left, self.width, margin)
        rows = self._cells(self.top, self.height, margin)
        middle_x = (self.left + self.width / 2) / self.size - 0.5
        middle_y = (self.top + self.height / 2) / self.size - 0.5
        keys = [TileKey(self.zoom, x, y) for y in rows for x in columns]
        return sorted(keys, key=lambda key: hypot(key.x - middle_x, key.y - middle_y))

    def _cells(self, start: float, length: float, margin: float) -> range:
        first = floor(start / self.size - margin)
        last = ceil((start + length) / self.size + margin)
        return range(max(first, 0), min(last, 2**self.zoom))

    def rect(self, key: TileKey) -> QRect:
        """Where a tile of any zoom goes; neighbours share their edge."""
        size = self.size * 2.0 ** (self.zoom - key.zoom)
        left, top = round(key.x * size - self.left), round(key.y * size - self.top)
        right, bottom = round((key.x + 1) * size - self.left), round((key.y + 1) * size - self.top)
        return QRect(left, top, right - left, bottom - top)


def draw_tiles(painter: QPainter, grid: Grid, cache: TileCache) -> None:
    """Lay the tiles in sight, or their stand-ins, on a painter that counts device pixels."""
    clip = painter.clipRegion() if painter.hasClipping() else None
    for key in grid.tiles():
        if clip is not None and not clip.intersects(grid.rect(key)):
            continue
        tile = cache.find(key)
        if tile is not None:
            _draw(painter, tile.image, grid.rect(key))
        else:
            _draw_stand_in(painter, grid, cache, key)


def _draw(painter: QPainter, image: QImage | None, target: QRect) -> None:
    if image is None:
        return
    if image.size() == target.size():
        painter.drawImage(target.topLeft(), image)
    else:
        painter.drawImage(target, image)


def _draw_stand_in(painter: QPainter, grid: Grid, cache: TileCache, key: TileKey) -> None:
    pieces = _pieces(cache, key, 2)
    if pieces is not None:
        for piece, tile in pieces:
            _draw(painter, tile.image, grid.rect(piece))
        return
    ancestor = key
    for _ in range(DEEPEST_STAND_IN):
        if ancestor.zoom == 0:
            return
        ancestor = ancestor.parent
        tile = cache.find(ancestor)
        if tile is not None:
            _draw_part(painter, tile.image, ancestor, key, grid.rect(key))
            return


def _pieces(cache: TileCache, key: TileKey, depth: int) -> list[tuple[TileKey, Tile]] | None:
    """Tiles that together cover `key`, from up to `depth` zooms further in; None if any is missing."""
    found: list[tuple[TileKey, Tile]] = []
    for child in key.children:
        tile = cache.find(child)
        if tile is not None:
            found.append((child, tile))
            continue
        deeper = _pieces(cache, child, depth - 1) if depth > 1 else None
        if deeper is None:
            return None
        found += deeper
    return found


def _draw_part(painter: QPainter, image: QImage | None, whole: TileKey, part: TileKey, target: QRect) -> None:
    if image is None:
        return
    share = 2 ** (part.zoom - whole.zoom)
    width, height = image.width() / share, image.height() / share
    column, row = part.x - whole.x * share, part.y - whole.y * share
    painter.drawImage(QRectF(target), image, QRectF(column * width, row * height, width, height))
