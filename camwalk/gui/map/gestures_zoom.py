"""Wheel, trackpad and fingers: panning and zooming without a button."""

from math import hypot, log2
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QInputDevice, QNativeGestureEvent, QTouchEvent, QWheelEvent

if TYPE_CHECKING:
    from camwalk.gui.map.canvas import MapCanvas

NOTCH = 240.0  # eighths of a degree of wheel that double the scale
PIXELS = 200.0  # pixels of smooth scrolling that double it


def turn_wheel(canvas: "MapCanvas", event: QWheelEvent) -> None:
    """A wheel zooms about the mouse; two fingers on a trackpad pan, with Ctrl they zoom."""
    smooth, at = event.pixelDelta(), event.position()
    zooming = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if _by_fingers(event) and not zooming:
        canvas.show_view(canvas.view.moved(smooth.x(), smooth.y()))
        return
    step = event.angleDelta().y() / NOTCH if smooth.isNull() else smooth.y() / PIXELS
    if step:
        canvas.show_view(canvas.view.zoomed_to(canvas.view.zoom + step, at.x(), at.y()))


def _by_fingers(event: QWheelEvent) -> bool:
    on_trackpad = event.device().type() == QInputDevice.DeviceType.TouchPad
    return not event.pixelDelta().isNull() and (on_trackpad or event.phase() != Qt.ScrollPhase.NoScrollPhase)


def pinch(canvas: "MapCanvas", event: QNativeGestureEvent) -> bool:
    """Two fingers that spread on a trackpad zoom."""
    if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
        return False
    at = event.position()
    canvas.show_view(canvas.view.zoomed_about(at.x(), at.y(), max(1 + event.value(), 0.1)))
    return True


def touch(canvas: "MapCanvas", event: QTouchEvent) -> bool:
    """On a screen one finger is a mouse, two pan and zoom."""
    if event.device().type() != QInputDevice.DeviceType.TouchScreen:
        return False
    points = event.points()
    if len(points) == 1:
        _one_finger(canvas, points[0], event.type())
    elif len(points) == 2:
        canvas.let_go()
        _two_fingers(canvas, points[0], points[1])
    return True


def _one_finger(canvas: "MapCanvas", point: QEventPoint, kind: QEvent.Type) -> None:
    x, y = point.position().x(), point.position().y()
    if kind == QEvent.Type.TouchBegin:
        canvas.gestures.press(x, y, Qt.MouseButton.LeftButton)
    elif kind == QEvent.Type.TouchEnd:
        canvas.gestures.release(x, y)
    elif canvas.gestures.drag:
        canvas.gestures.move(x, y)


def _two_fingers(canvas: "MapCanvas", first: QEventPoint, second: QEventPoint) -> None:
    before, after = first.lastPosition(), first.position()
    before_2, after_2 = second.lastPosition(), second.position()
    middle, moved = (after + after_2) / 2, (after + after_2 - before - before_2) / 2
    spread, spread_before = _distance(after, after_2), _distance(before, before_2)
    view = canvas.view.moved(moved.x(), moved.y())
    if spread > 1 and spread_before > 1:
        view = view.zoomed_to(view.zoom + log2(spread / spread_before), middle.x(), middle.y())
    canvas.show_view(view)


def _distance(a: QPointF, b: QPointF) -> float:
    return hypot(a.x() - b.x(), a.y() - b.y())
