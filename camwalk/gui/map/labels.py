"""The names on the map: one transparent picture for a view, made on any thread."""

from collections.abc import Iterator, Sequence
from math import degrees, floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from camwalk.gui.map.labels_placement import BEYOND, Letters, Placement, place_labels
from camwalk.gui.map.labels_text import scale_of
from camwalk.gui.map.style import Theme
from camwalk.gui.map.viewport import View
from camwalk.model import LatLon
from camwalk.operations.attach_extract import ExtractIndex

_HALO = 3.2  # pixels, both sides together


def paint_labels(
    index: ExtractIndex,
    centre: LatLon,
    zoom: float,
    width: int,
    height: int,
    ratio: float,
    theme: Theme,
    occupied: Sequence[QRectF] = (),
) -> QImage:
    """The names in a view of `width` x `height` logical pixels, none on an `occupied` place."""
    view = View(centre, zoom, width, height)
    around = view.resized(width + 2 * BEYOND, height + 2 * BEYOND)
    labels = index.labels(around.bounds, floor(zoom + 0.5))
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        draw_labels(painter, place_labels(labels, view, occupied), theme)
    finally:
        painter.end()
    return image


def draw_labels(painter: QPainter, placements: Sequence[Placement], theme: Theme) -> None:
    """Write names, with a halo that keeps them legible on anything."""
    halo = QPen(QColor(theme.halo), _HALO)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    outlines = [(placement, _outline(placement)) for placement in placements]
    for _, outline in outlines:
        painter.strokePath(outline, halo)
    for placement, outline in outlines:
        painter.fillPath(outline, QColor(theme.texts[placement.lettering.colour]))


def _outline(placement: Placement) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for letters in placement.lines:
        for letter in _letters(letters, scale_of(placement.size)):
            path.addPath(letter)
    return path


def _letters(letters: Letters, scale: float) -> Iterator[QPainterPath]:
    stand = letters.stand
    places = zip(stand.x.tolist(), stand.y.tolist(), stand.turn.tolist(), strict=True)
    for glyph, (x, y, turn) in zip(letters.text.glyphs, places, strict=True):
        transform = QTransform().translate(x, y).rotate(degrees(turn)).scale(scale, scale)
        yield transform.map(glyph.outline)
