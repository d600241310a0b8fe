"""Painting a photo and what was marked in it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from camwalk.gui.look import GRID
from camwalk.gui.photo_loader import Decoded
from camwalk.gui.photo_view import View

Mark = tuple[float, float, str, str]
"""Upright pixel x and y, label, colour."""

_RING = 7
_ENLARGED = 4  # device pixels a pixel of the image from which pixels are shown as they are
_SHADE = QColor(0, 0, 0, 170)


def paint_picture(
    painter: QPainter, images: Sequence[Decoded], target: QRectF, room: QRectF, ratio: float
) -> None:
    """Paint what of `target` lies in `room`, from the image that fits best; coarsest first in `images`."""
    width = target.width() * ratio
    fine = (decoded.image for decoded in images if decoded.image.width() >= 0.9 * width)
    best = next(fine, images[-1].image if images else None)
    seen = target.intersected(room)
    if best is None or seen.isEmpty():
        return
    across, down = best.width() / target.width(), best.height() / target.height()
    source = QRectF(
        (seen.x() - target.x()) * across,
        (seen.y() - target.y()) * down,
        seen.width() * across,
        seen.height() * down,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, width < _ENLARGED * best.width())
    painter.drawImage(seen, best, source)


def paint_mark(painter: QPainter, view: View, mark: Mark) -> None:
    """A ring that leaves the marked thing itself free, with its label beside it."""
    x, y, label, colour = mark
    at = view.to_widget(QPointF(x, y))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for ink, width in ((_SHADE, 5), (QColor("white"), 4), (QColor(colour), 2)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(at, _RING, _RING)
    if label:
        _paint_label(painter, at, label)


def paint_cross(painter: QPainter, at: QPointF) -> None:
    """Where Enter points at."""
    for ink, width in ((_SHADE, 3), (QColor("white"), 1)):
        painter.setPen(QPen(ink, width))
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            arm = QPointF(across, down)
            painter.drawLine(at + arm * 4, at + arm * 12)


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Where a camera faces, as it is being dragged: from the camera towards where it looks."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    way = end - start
    along = way / max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1.0)
    across = QPointF(-along.y(), along.x())
    for ink, width in ((_SHADE, 5), (QColor("white"), 2)):
        painter.setPen(QPen(ink, width))
        painter.drawLine(start + along * _RING, end)
        for side in (1, -1):
            painter.drawLine(end, end - along * 10 + across * 6 * side)
        painter.drawEllipse(start, _RING, _RING)


def _paint_label(painter: QPainter, at: QPointF, label: str) -> None:
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(label) + GRID, metrics.height() + 2)
    box.moveTopLeft(at + QPointF(_RING + GRID / 2, -box.height() / 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_SHADE)
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
