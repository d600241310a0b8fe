"""The base map without its names: tiles painted from an extract, on any thread."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from camwalk.gui.map.basemap_brushes import LEVELS, is_dashed, passes
from camwalk.gui.map.basemap_order import Group, ordered
from camwalk.gui.map.geometry_paths import Outlines, projected, thinned, trimmed
from camwalk.gui.map.style import Theme, width
from camwalk.gui.map.tiles import TileKey
from camwalk.gui.map.viewport import TILE, place
from camwalk.model import Box
from camwalk.operations.attach_extract import ExtractIndex, Feature

_CELL = 0.5  # pixels; finer detail is not painted


def paint_tile(index: ExtractIndex, zoom: int, x: int, y: int, pixels: int, theme: Theme) -> QImage:
    """A tile of 512 logical pixels, `pixels` device pixels wide, of the standard XYZ grid."""
    key = TileKey(zoom, x, y)
    image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.paper))
    features, groups = ordered(index.features(_box(key, _margin(zoom)), zoom))
    if groups:
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(pixels / TILE, pixels / TILE)
            paint_outlines(painter, _outlines(features, groups, key), groups, zoom, theme)
        finally:
            painter.end()
    return image


def _margin(zoom: int) -> float:
    """How far beyond the edge, in pixels, there may be lines that reach in."""
    return width("motorway", zoom) / 2 + 4


def _box(key: TileKey, margin: float) -> Box:
    across, more = 2.0**key.zoom, margin / TILE
    north, west = place((key.x - more) / across, (key.y - more) / across)
    south, east = place((key.x + 1 + more) / across, (key.y + 1 + more) / across)
    return Box(south, west, north, east)


def _outlines(features: Sequence[Feature], groups: Sequence[Group], key: TileKey) -> Outlines:
    dashed = np.repeat(
        [is_dashed(group.step) for group in groups], [group.last - group.first for group in groups]
    )
    margin = _margin(key.zoom)
    shapes = thinned(projected(features, key.frame(TILE)), _CELL)
    return Outlines(trimmed(shapes, -margin, TILE + margin, dashed))


def paint_outlines(
    painter: QPainter, outlines: Outlines, groups: Sequence[Group], zoom: int, theme: Theme
) -> None:
    """Paint outlines stage by stage, in the pixels they were projected to."""
    for _, stage in groupby(groups, key=lambda group: group.step[:2]):
        drawings = [
            (drawing, list(outlines.paths(group.first, group.last)))
            for group in stage
            for drawing in passes(group.step, zoom, theme)
        ]
        for level in LEVELS:
            for drawing, paths in drawings:
                if drawing.level == level:
                    painter.setPen(drawing.pen)
                    painter.setBrush(drawing.brush)
                    for path in paths:
                        painter.drawPath(path)
