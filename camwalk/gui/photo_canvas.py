"""The picture itself: painted upright, zoomed and panned, with rings around what was marked in it."""

from collections.abc import Sequence
from math import atan2, degrees, hypot

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from camwalk.gui.look import GRID, colours
from camwalk.gui.photo_loader import Decoded
from camwalk.gui.photo_painting import Mark, paint_arrow, paint_cross, paint_mark, paint_picture
from camwalk.gui.photo_view import LARGEST, View, fitted, panned, settled, zoomed
from camwalk.i18n import _

_NOTCH = 120  # of a wheel, in Qt's units
_PER_NOTCH = 1.25
_PER_KEY = 1.5
_LEAST_PULL = 14.0  # widget pixels that a press while marking must be dragged to tell a direction
_SLOW = 300  # milliseconds from which an empty canvas needs an explanation
_FROM_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class PhotoCanvas(QWidget):
    """Zooms to the pointer and tells which pixel of the upright picture is clicked and hovered."""

    clicked = Signal(float, float)
    dragged = Signal(float, float, float)  # while marking: the pixel pressed; degrees clockwise from up
    hovered = Signal(float, float)
    left = Signal()  # the pointer is no longer on the picture
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._images: Sequence[Decoded] = ()
        self._size: QSizeF | None = None  # of the upright picture in its own pixels
        self._exact = False
        self._view: View | None = None  # None: fitted
        self._marks: Sequence[Mark] = ()
        self._marking = self._by_keyboard = False
        self._pressed: QPoint | None = None
        self._pulled: QPoint | None = None  # while marking: where a press is being dragged to
        self._dragged_to: QPoint | None = None  # while panning
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(20 * GRID, 15 * GRID)
        self.setAccessibleName(_("Photo"))
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(self.update)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def show_images(self, images: Sequence[Decoded], size: QSize | None) -> None:
        """Show what there is of a picture of `size`; nothing can be clicked while that is None, unknown."""
        self._images = images
        self._exact = size is not None
        shown = QSizeF(size) if size else QSizeF(images[0].image.size()) if images else None
        if shown != self._size:
            self._size, self._view = shown, None
        if not images:
            self._slow.start()
        self._show_cursor()
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw rings at these pixels of the upright picture."""
        self._marks = tuple(marks)
        self.update()

    def set_marking(self, marking: bool) -> None:
        """While marking, the left button points, dragged it says where to; the middle one and keys pan."""
        self._marking = marking
        self._pulled = None
        self._show_cursor()
        self.update()

    @property
    def view(self) -> View | None:
        """Where the picture lies now; None without one."""
        if self._size is None or self._size.isEmpty():
            return None
        return self._view or fitted(self._size, QSizeF(self.size()))

    @property
    def is_fitted(self) -> bool:
        """Whether all of the picture is shown."""
        return self._view is None

    @property
    def device_scale(self) -> float:
        """Device pixels a picture pixel; 1 shows the picture at 100 %."""
        return self.view.scale * self.devicePixelRatioF() if self.view else 0.0

    def fit(self) -> None:
        """Show all of it."""
        self._take(None)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the widget, the middle if not given; never out beyond all of it."""
        view = self.view
        if view is None or self._size is None:
            return
        room = QSizeF(self.size())
        smallest = fitted(self._size, room)
        scale = min(view.scale * factor, max(LARGEST / self.devicePixelRatioF(), smallest.scale))
        if scale <= smallest.scale * 1.001:
            self._take(None)
            return
        after = zoomed(view, scale, QPointF(self.rect().center()) if at is None else at)
        self._take(after if factor > 1 else settled(after, self._size, room))

    def zoom_to_pixels(self, at: QPointF | None = None) -> None:
        """Show it at 100 %: a device pixel for every pixel of the picture."""
        if self.view:
            self.zoom_by(1 / self.device_scale, at)

    def pan(self, by: QPointF) -> bool:
        """Move the picture by widget pixels; whether that changed anything."""
        if self._view is None or self._size is None:
            return False
        before = self._view
        self._take(panned(before, by, self._size, QSizeF(self.size())))
        return self._view != before

    def _take(self, view: View | None) -> None:
        self._view = view
        self._show_cursor()
        self.update()
        self.zoomed.emit()

    def _show_cursor(self) -> None:
        if self._dragged_to is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._marking and self._exact:
            shape = Qt.CursorShape.CrossCursor
        else:
            shape = Qt.CursorShape.ArrowCursor if self.is_fitted else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)

    def _pixel(self, at: QPointF) -> QPointF | None:
        """The pixel of the upright picture there, if there is one."""
        if self.view is None or self._size is None or not self._exact:
            return None
        pixel = self.view.to_picture(at)
        return pixel if QRectF(QPointF(), self._size).contains(pixel) else None

    def _click(self, at: QPointF) -> None:
        pixel = self._pixel(at)
        if pixel is not None:
            self.clicked.emit(pixel.x(), pixel.y())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        self.zoom_by(_PER_NOTCH ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch, on touchpads and touch screens, zooms too."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom_by(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to point, or to pan."""
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragged_to = at
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed = at
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or tell where the pointer is."""
        at = event.position().toPoint()
        if self._dragged_to is None and not self._marking and self._is_drag(at):
            self._dragged_to = self._pressed
        if self._dragged_to is not None:
            self.pan(QPointF(at - self._dragged_to))
            self._dragged_to = at
            self._show_cursor()
        elif self._marking and self._pressed is not None:
            far = _length(at - self._pressed) >= _LEAST_PULL
            self._pulled = at if far else None
            self.update()
            return
        pixel = self._pixel(event.position())
        if pixel is None:
            self.left.emit()
        else:
            self.hovered.emit(pixel.x(), pixel.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press without a drag is a click; while marking, a drag tells a direction."""
        left = event.button() == Qt.MouseButton.LeftButton
        pressed, pulled, panned = self._pressed, self._pulled, self._dragged_to is not None
        self._pressed = self._dragged_to = self._pulled = None
        if left and pressed is not None and pulled is not None:
            self._drag(pressed, pulled)
        elif left and pressed is not None and not panned:
            self._click(QPointF(pressed) if self._marking else event.position())
        self._show_cursor()
        self.update()

    def _drag(self, pressed: QPoint, pulled: QPoint) -> None:
        pixel, way = self._pixel(QPointF(pressed)), pulled - pressed
        if pixel is not None:
            self.dragged.emit(pixel.x(), pixel.y(), degrees(atan2(way.x(), -way.y())) % 360)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it at 100 %, and back; while marking its first click has said it all."""
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif self._marking:
            return
        elif self.is_fitted:
            self.zoom_to_pixels(event.position())
        else:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where Space would point is shown to whoever works by keyboard."""
        self._by_keyboard = event.reason() in _FROM_KEYBOARD
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        self.left.emit()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan, while marking point at the middle; what is not for here goes on to the window.

        Digits and Enter are the window's: they choose a camera's type and go on to the next photo.
        """
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_0, Qt.Key.Key_F):
            self.fit()
        elif key == Qt.Key.Key_Z and not event.modifiers():
            self.zoom_to_pixels()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_PER_KEY)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _PER_KEY)
        elif self._marking and key == Qt.Key.Key_Space:
            self._click(QPointF(self.rect().center()))
        elif not (key in _ARROWS and self.pan(_ARROWS[key] * self.width() / 8)):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle in the middle."""
        super().resizeEvent(event)
        if self._view and self._size:
            grown = (event.size() - event.oldSize()) / 2
            moved = View(self._view.scale, self._view.x + grown.width(), self._view.y + grown.height())
            self._view = settled(moved, self._size, QSizeF(self.size()))
        self.zoomed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture and its marks."""
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), QColor(colours().hover))
            if self.view and self._size:
                target, ratio = self.view.rect(self._size), self.devicePixelRatioF()
                paint_picture(painter, self._images, target, QRectF(self.rect()), ratio)
                for mark in self._marks:
                    paint_mark(painter, self.view, mark)
                if self._pressed is not None and self._pulled is not None:
                    paint_arrow(painter, QPointF(self._pressed), QPointF(self._pulled))
                elif self._marking and self._by_keyboard and self.hasFocus():
                    paint_cross(painter, QPointF(self.rect().center()))
            if not (self._images or self._slow.isActive()):
                painter.setPen(QColor(colours().muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Opening the photo…"))
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours().accent), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        finally:
            painter.end()

    def _is_drag(self, at: QPoint) -> bool:
        return (
            self._pressed is not None
            and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        )


def _length(way: QPoint) -> float:
    return hypot(way.x(), way.y())
