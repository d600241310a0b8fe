"""Where a picture lies in the widget that shows it: zoom and pan as plain values."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

LARGEST = 16.0
"""Device pixels that a pixel of the picture may become."""


@dataclass(frozen=True, slots=True)
class View:
    """`scale` is widget pixels a picture pixel; `x`, `y` the widget's place of the picture's corner."""

    scale: float
    x: float
    y: float

    def to_widget(self, point: QPointF) -> QPointF:
        """Where a point of the picture is in the widget."""
        return QPointF(self.x + point.x() * self.scale, self.y + point.y() * self.scale)

    def to_picture(self, point: QPointF) -> QPointF:
        """Which point of the picture lies there in the widget; may be outside."""
        return QPointF((point.x() - self.x) / self.scale, (point.y() - self.y) / self.scale)

    def rect(self, picture: QSizeF) -> QRectF:
        """The picture in the widget."""
        return QRectF(self.x, self.y, picture.width() * self.scale, picture.height() * self.scale)


def fitted(picture: QSizeF, widget: QSizeF) -> View:
    """All of the picture, as large as it can be, in the middle."""
    scale = min(widget.width() / picture.width(), widget.height() / picture.height())
    rest_x, rest_y = widget.width() - picture.width() * scale, widget.height() - picture.height() * scale
    return View(scale, rest_x / 2, rest_y / 2)


def zoomed(view: View, scale: float, at: QPointF) -> View:
    """At another scale, with the same point of the picture under the point `at` of the widget."""
    share = scale / view.scale
    return View(scale, at.x() - (at.x() - view.x) * share, at.y() - (at.y() - view.y) * share)


def panned(view: View, by: QPointF, picture: QSizeF, widget: QSizeF) -> View:
    """Moved, but never further from the picture than it is."""
    x = _held(view.x, by.x(), picture.width() * view.scale, widget.width())
    y = _held(view.y, by.y(), picture.height() * view.scale, widget.height())
    return View(view.scale, x, y)


def settled(view: View, picture: QSizeF, widget: QSizeF) -> View:
    """Without empty space that can be avoided."""
    x = _settled(view.x, picture.width() * view.scale, widget.width())
    y = _settled(view.y, picture.height() * view.scale, widget.height())
    return View(view.scale, x, y)


def _held(at: float, by: float, length: float, room: float) -> float:
    low, high = _limits(length, room)
    return min(max(at + by, min(low, at)), max(high, at))


def _settled(at: float, length: float, room: float) -> float:
    low, high = _limits(length, room)
    return min(max(at, low), high)


def _limits(length: float, room: float) -> tuple[float, float]:
    """Between which places the start may lie."""
    middle = (room - length) / 2
    return (room - length, 0.0) if length > room else (middle, middle)
