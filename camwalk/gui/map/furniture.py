"""What lies on the glass above the map: scale bar, attribution, messages."""

from dataclasses import dataclass
from math import floor, log10

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from camwalk.gui.map.canvas_stack import Base
from camwalk.gui.map.overlay import Scene
from camwalk.gui.map.symbols import Inks
from camwalk.gui.map.viewport import View
from camwalk.i18n import _, number

EDGE = 8.0  # logical pixels between furniture and the edge of the map
TOOLS = 36  # pixels at each side that a message leaves to the buttons on the map
LONGEST_BAR = 120.0
CENTRED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Furniture:
    """Texts on the map, empty where there is none to show; `note` is short, for trouble."""

    attribution: str = ""
    message: str = ""
    note: str = ""


def draw_furniture(painter: QPainter, view: View, inks: Inks, texts: Furniture) -> None:
    """Draw all of it in logical pixels."""
    width, height = view.width, view.height
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    painter.setFont(small(font))
    _draw_scale_bar(painter, height, view.metres_per_pixel, inks)
    if texts.attribution:
        size = text_size(painter, texts.attribution)
        corner = QPointF(width - size.width() - 2 * EDGE, height - size.height() - EDGE)
        _draw_plate(painter, size.translated(corner), texts.attribution, inks.quiet, inks)
    painter.setFont(font)
    if texts.message:
        _draw_centred(painter, texts.message, QRect(TOOLS, 0, width - 2 * TOOLS, height), inks)
    if texts.note:
        _draw_centred(painter, texts.note, QRect(0, 0, width, 64), inks)


def draw_focus(painter: QPainter, view: View, inks: Inks) -> None:
    """Draw the frame that says where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(inks.accent), 2))
    painter.drawRect(QRect(1, 1, view.width - 2, view.height - 2))


def attribution(base: Base | None, scene: Scene) -> str:
    """Whose data the map shows."""
    if base is not None:
        return base.attribution
    shows_osm = "osm" in scene.shown and len(scene.data.osm.ids) > 0
    return _("© OpenStreetMap contributors") if shows_osm else ""


def scale_bar(metres_per_pixel: float) -> tuple[int, float]:
    """The roundest length in metres, 1, 2 or 5 with zeros, that fits, and its pixels."""
    most = LONGEST_BAR * metres_per_pixel
    power = 10 ** floor(log10(most))
    metres = max((step * power for step in (1, 2, 5) if step * power <= most), default=power)
    metres = max(round(metres), 1)
    return metres, metres / metres_per_pixel


def scale_text(metres: int) -> str:
    """A length as the reader writes it."""
    return (
        f"{number(metres / 1000)}\N{NO-BREAK SPACE}km" if metres >= 1000 else f"{metres}\N{NO-BREAK SPACE}m"
    )


def small(font: QFont) -> QFont:
    """The font for quiet texts."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * 0.85)
    return smaller


def text_size(painter: QPainter, text: str) -> QRectF:
    """The room a line of text needs, at (0, 0)."""
    metrics = QFontMetricsF(painter.font())
    return QRectF(0, 0, metrics.horizontalAdvance(text) + EDGE, metrics.height() + 2)


def _draw_scale_bar(painter: QPainter, height: int, metres_per_pixel: float, inks: Inks) -> None:
    metres, length = scale_bar(metres_per_pixel)
    text = scale_text(metres)
    size = text_size(painter, text)
    plate = QRectF(
        EDGE, height - EDGE - size.height() - 6, max(length, size.width()) + EDGE, size.height() + 6
    )
    _draw_plate(painter, plate, "", inks.text, inks)
    left, bottom = plate.left() + EDGE / 2, plate.bottom() - 4
    painter.setPen(QPen(QColor(inks.text), 1.5))
    painter.drawPolyline(
        [
            QPointF(left, bottom - 4),
            QPointF(left, bottom),
            QPointF(left + length, bottom),
            QPointF(left + length, bottom - 4),
        ]
    )
    painter.drawText(QPointF(left + 4, bottom - 5), text)


def _draw_plate(painter: QPainter, rect: QRectF, text: str, colour: str, inks: Inks) -> None:
    plate = QColor(inks.plate)
    plate.setAlphaF(0.82)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(QColor(colour))
    painter.drawText(rect, CENTRED, text)


def _draw_centred(painter: QPainter, text: str, room: QRect, inks: Inks) -> None:
    inner = QRectF(room).adjusted(3 * EDGE, EDGE, -3 * EDGE, -EDGE)
    if inner.width() > 420:
        inner.adjust((inner.width() - 420) / 2, 0, -(inner.width() - 420) / 2, 0)
    needed = painter.boundingRect(inner, CENTRED, text)
    _draw_plate(painter, needed.adjusted(-EDGE * 1.5, -EDGE, EDGE * 1.5, EDGE), "", inks.text, inks)
    painter.setPen(QColor(inks.text))
    painter.drawText(needed, CENTRED, text)
