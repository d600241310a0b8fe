"""The map widget: shows base and survey, and tells by signals what a person means to do.

It edits nothing. Whoever listens applies an edit and hands it to `apply_edit`.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
    QWheelEvent,
)

from camwalk.gui.map.canvas_view import MapView
from camwalk.gui.map.gestures import Gestures
from camwalk.gui.map.gestures_hit import Hit, hit
from camwalk.gui.map.gestures_keys import press_key
from camwalk.gui.map.gestures_zoom import pinch, touch, turn_wheel
from camwalk.gui.map.layers import Layer
from camwalk.i18n import _
from camwalk.model import Edit

Mode = Literal["browse", "mark"]

FROM_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class MapCanvas(MapView):
    """A map to look at and to point on. Directions are degrees clockwise from true north."""

    clicked = Signal(object)  # LatLon where there is nothing
    camera_placed = Signal(object, object)  # LatLon; direction or None
    camera_clicked = Signal(str)
    camera_dragged = Signal(str, object)  # id; LatLon
    direction_changed = Signal(str, float)  # id; where the middle of its first lens's sector goes
    photo_clicked = Signal(str)
    photo_dragged = Signal(str, object)  # id; LatLon
    photo_turned = Signal(str, float)  # id; where its lens looked
    osm_camera_clicked = Signal(str)
    waypoint_clicked = Signal(str)
    hovered = Signal(object)  # Hit or None

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "browse"
        self.gestures = Gestures(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.retranslate()

    # What a person does

    @property
    def mode(self) -> Mode:
        """Whether a click looks or marks."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Let clicks look ("browse") or mark cameras ("mark")."""
        self.let_go()
        self._mode = mode
        self._show_aim()
        at = self.mapFromGlobal(self.cursor().pos())
        self.gestures.show_cursor(at.x(), at.y())

    def select(
        self, cameras: Collection[str] = (), photos: Collection[str] = (), osm: Collection[str] = ()
    ) -> None:
        """Show what is selected; everything else is not."""
        chosen: dict[Layer, Collection[str]] = {"cameras": cameras, "photos": photos, "osm": osm}
        keys = frozenset((layer, id) for layer, ids in chosen.items() for id in ids)
        self.set_live(replace(self._live, selected=keys))

    def retranslate(self) -> None:
        """Speak the language in use now."""
        self.setAccessibleName(_("Map"))
        self.setAccessibleDescription(
            _(
                "Arrow keys pan, plus and minus zoom, Home shows everything, Page Up and Page Down go from "
                "camera to camera, Alt with an arrow key moves the selected camera. While marking, Enter "
                "places a camera in the middle of the map."
            )
        )
        self._refresh()

    def apply_edit(self, edit: Edit) -> None:
        """Show an edit of the survey; only what it touches is painted again."""
        if self.gestures.drag is None:
            self.let_go()
        super().apply_edit(edit)

    # For the gestures

    def hit_at(self, x: float, y: float) -> Hit | None:
        """The point under a pixel."""
        return hit(self.data, self.view, (x, y), self.shown, self._live.selected)

    def hover(self, found: Hit | None) -> None:
        """The pointer rests on a point, or on none."""
        key = found.key if found else None
        if key != self._live.hovered:
            self.set_live(replace(self._live, hovered=key))
            self.hovered.emit(found)

    def tell_click(self, found: Hit) -> None:
        """A point was clicked."""
        {
            "cameras": self.camera_clicked,
            "photos": self.photo_clicked,
            "osm": self.osm_camera_clicked,
            "waypoints": self.waypoint_clicked,
        }[found.layer].emit(found.id)

    def let_go(self) -> bool:
        """Drop what is in hand without having done anything; whether there was something."""
        return self.gestures.cancel()

    # Qt's side

    def hideEvent(self, event: QHideEvent) -> None:
        """A drag ends where its map does."""
        self.let_go()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        """Pinches, fingers and moving to a screen of another sharpness."""
        if isinstance(event, QNativeGestureEvent):
            return pinch(self, event)
        if isinstance(event, QTouchEvent) and touch(self, event):
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._motion.show(self.view.settled(self.devicePixelRatioF()))
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See `Gestures.press`."""
        self.gestures.press(event.position().x(), event.position().y(), event.button())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See `Gestures.move`."""
        snap = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.gestures.move(event.position().x(), event.position().y(), snap)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `Gestures.release`."""
        self.gestures.release(event.position().x(), event.position().y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in about the mouse; while marking it is just two clicks."""
        if self._mode == "mark" or event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
            return
        at = event.position()
        self.glide_to(self.target.zoomed_to(self.target.zoom + 1, at.x(), at.y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See `turn_wheel`."""
        turn_wheel(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See `press_key`."""
        self._hold_space(event, down=True)
        if not press_key(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is let go."""
        self._hold_space(event, down=False)
        super().keyReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer rests on nothing any more."""
        self.hover(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus to whoever works by keyboard."""
        self._focus_shown = event.reason() in FROM_KEYBOARD
        self._show_aim()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere now."""
        self._focus_shown = self.gestures.space = False
        self._show_aim()
        super().focusOutEvent(event)

    def _hold_space(self, event: QKeyEvent, down: bool) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.gestures.space = down
            at = self.mapFromGlobal(self.cursor().pos())
            self.gestures.show_cursor(at.x(), at.y())

    def _show_aim(self) -> None:
        self.set_live(replace(self._live, aim=self._focus_shown and self._mode == "mark"))
