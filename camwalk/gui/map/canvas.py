"""The map widget: shows base and survey, and tells by signals what a person means to do.

It edits nothing. Whoever listens applies an edit and hands it to `apply_edit`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from camwalk.gui.map.canvas_buffer import Buffer
from camwalk.gui.map.canvas_stack import Base, Stack
from camwalk.gui.map.furniture import Furniture, attribution, draw_focus, draw_furniture
from camwalk.gui.map.gestures import Gestures
from camwalk.gui.map.gestures_hit import Hit, hit
from camwalk.gui.map.gestures_keys import press_key
from camwalk.gui.map.gestures_zoom import pinch, touch, turn_wheel
from camwalk.gui.map.layers import Layer, MapData, bounds
from camwalk.gui.map.layers_after import map_data_after, touched_areas
from camwalk.gui.map.layers_points import Area, Points, area
from camwalk.gui.map.overlay import Scene
from camwalk.gui.map.overlay_live import Key, Live, draw_live
from camwalk.gui.map.symbols import DARK_INKS, LIGHT_INKS
from camwalk.gui.map.tiles import TileKey
from camwalk.gui.map.viewport import View, place
from camwalk.gui.map.viewport_motion import Motion
from camwalk.i18n import _
from camwalk.model import Box, Camera, Edit, LatLon, Photo, Waypoint

Mode = Literal["browse", "mark"]

MOST_FRESH = 50
STREET_ZOOM = 16.5
FROM_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
LAYER_OF: dict[type, Layer] = {Camera: "cameras", Photo: "photos", Waypoint: "waypoints"}


class MapCanvas(QWidget):
    """A map to look at and to point on. Directions are degrees clockwise from true north."""

    clicked = Signal(object)  # LatLon where there is nothing
    camera_placed = Signal(object, object)  # LatLon; direction or None
    camera_clicked = Signal(str)
    camera_dragged = Signal(str, object)  # id; LatLon
    direction_changed = Signal(str, float)  # id; where the middle of its first lens's sector goes
    photo_clicked = Signal(str)
    photo_dragged = Signal(str, object)  # id; LatLon
    osm_camera_clicked = Signal(str)
    waypoint_clicked = Signal(str)
    hovered = Signal(object)  # Hit or None
    view_changed = Signal(object)  # View

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._motion = Motion(self)
        self._motion.changed.connect(self._looked)
        self._live = Live()
        self._mode: Mode = "browse"
        self._due = True  # a frame is asked for and not painted yet
        self._note = ""
        self._message = ""
        self._fit_once_shown: Callable[[], None] | None = None
        self._focus_shown = False
        self.gestures = Gestures(self)
        self._stack = Stack(Scene(MapData(), LIGHT_INKS), self)
        self._buffer = Buffer(self._stack)
        self._stack.changed.connect(self._spoiled)
        self._stack.trouble.connect(self._show_note)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self._stack.close)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMinimumSize(160, 120)
        self.retranslate()

    # What is shown

    @property
    def view(self) -> View:
        """What is in sight now."""
        return self._motion.view

    @property
    def target(self) -> View:
        """What will be in sight once the map has come to rest."""
        return self._motion.target

    @property
    def data(self) -> MapData:
        """What is on the map."""
        return self._stack.scene.data

    @property
    def shown(self) -> frozenset[Layer]:
        """The layers in sight."""
        return self._stack.scene.shown

    @property
    def idle(self) -> bool:
        """Whether everything in sight and around is painted."""
        return not self._due and self._motion.resting and self._stack.idle

    def set_base(self, base: Base | None) -> None:
        """Lay the map on a base; None is plain paper."""
        self._note = ""
        self._stack.set_base(base)

    def set_dark(self, dark: bool) -> None:
        """Draw the survey for a dark or a light base."""
        self._stack.set_scene(replace(self._stack.scene, inks=DARK_INKS if dark else LIGHT_INKS))

    def set_data(self, data: MapData) -> None:
        """Show another survey, or so much change that all is painted again."""
        self._stack.set_scene(replace(self._stack.scene, data=data))

    def set_osm(self, cameras: Points) -> None:
        """Show the cameras that OSM knows."""
        self.set_data(replace(self.data, osm=cameras))

    def apply_edit(self, edit: Edit) -> None:
        """Show an edit of the survey; only what it touches is painted again."""
        before, after = self.data, map_data_after(self.data, edit)
        if len(edit.changes) <= MOST_FRESH:
            kinds = ((LAYER_OF.get(type(change.record)), change.record.id) for change in edit.changes)
            fresh = {(layer, id) for layer, id in kinds if layer}
            self._live = replace(self._live, fresh=self._live.fresh | fresh)
        self._stack.set_scene(replace(self._stack.scene, data=after), touched_areas(before, after, edit))
        self._refresh()

    def show_layers(self, layers: Iterable[Layer]) -> None:
        """Show these layers and no other."""
        self._stack.set_scene(replace(self._stack.scene, shown=frozenset(layers)))

    def set_message(self, text: str) -> None:
        """Say something in the middle of the map, plain text; the empty text says nothing."""
        self._message = text
        self._refresh()

    # Where one looks

    def show_view(self, view: View) -> None:
        """Look there at once."""
        self._motion.show(view)

    def glide_to(self, view: View) -> None:
        """Go there, unless the system asks for calm: then be there."""
        self._motion.glide_to(view)

    def go_to(self, at: LatLon, zoom: float | None = None) -> None:
        """Look at a place, no further away than the streets around it."""
        self.glide_to(self.view.centred(at, max(self.view.zoom, STREET_ZOOM) if zoom is None else zoom))

    def fit(self, box: Box | None = None) -> None:
        """Look at all of a box, or of the survey; once the map is shown, if it is not yet."""
        self._fit_once_shown = None if self.isVisible() else partial(self.fit, box)
        box = box or bounds(self.data)
        if box:
            self.glide_to(self.view.fitting(box))

    def bring_into_sight(self, layer: Layer, id: str) -> None:
        """Look at a point if it is outside the window."""
        points = self.data.points(layer)
        row = points.row(id)
        if row is not None:
            at = place(float(points.x[row]), float(points.y[row]))
            x, y = self.view.to_screen(at)
            if not (24 <= x <= self.width() - 24 and 24 <= y <= self.height() - 24):
                self.glide_to(self.view.centred(at))

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

    # For the gestures

    @property
    def live(self) -> Live:
        """What is selected, hovered or in hand."""
        return self._live

    def set_live(self, live: Live) -> None:
        """Change what is selected, hovered or in hand."""
        before, self._live = self._live, live
        if before.lifted != live.lifted:
            scene = replace(self._stack.scene, lifted=live.lifted)
            keys = [key for key in (before.lifted, live.lifted) if key]
            self._stack.set_scene(scene, self._areas(keys))
        if before != live:
            self._refresh()

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

    def is_dense(self, layer: Layer) -> bool:
        """Whether the points of a layer are mere dots now."""
        return layer in self._stack.scene.dense

    def let_go(self) -> bool:
        """Drop what is in hand without having done anything; whether there was something."""
        return self.gestures.cancel()

    # Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Lay one frame; every part of it is there already or has a stand-in."""
        self._due = False
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        try:
            self._paint(painter, ratio)
        finally:
            painter.end()
        if self._motion.resting:
            self._stack.want(self.view.snapped(ratio), ratio)
            self._forget_fresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle where it is."""
        self._motion.resize(event.size().width(), event.size().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Now the size is known, so the survey can be fitted into it."""
        super().showEvent(event)
        if self._fit_once_shown:
            self._fit_once_shown()

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

    def _paint(self, painter: QPainter, ratio: float) -> None:
        scene = self._stack.scene
        view = self.view.snapped(ratio)
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        if self._motion.resting:
            self._buffer.draw(painter, view, ratio)
        else:
            painter.fillRect(QRectF(0, 0, view.width * ratio, view.height * ratio), QColor(scene.inks.paper))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._stack.draw(painter, view, ratio)
        painter.restore()
        draw_live(painter, view, scene.data, scene.shown, scene.inks, self._live)
        draw_furniture(painter, self.view, scene.inks, self._texts())
        if self._focus_shown:
            draw_focus(painter, self.view, scene.inks)

    def _texts(self) -> Furniture:
        return Furniture(attribution(self._stack.base, self._stack.scene), self._message, self._note)

    def _hold_space(self, event: QKeyEvent, down: bool) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.gestures.space = down
            at = self.mapFromGlobal(self.cursor().pos())
            self.gestures.show_cursor(at.x(), at.y())

    def _areas(self, keys: Iterable[Key]) -> list[Area]:
        points = ((self.data.points(layer), self.data.points(layer).row(id)) for layer, id in keys)
        return [area(p.x[[row]], p.y[[row]]) for p, row in points if row is not None]

    def _forget_fresh(self) -> None:
        if self._live.fresh and self._stack.overlay_current:
            self._live = replace(self._live, fresh=frozenset())

    def _show_aim(self) -> None:
        self.set_live(replace(self._live, aim=self._focus_shown and self._mode == "mark"))

    def _refresh(self) -> None:
        self._due = True
        self.update()

    def _looked(self, view: View) -> None:
        self._refresh()
        self.view_changed.emit(view)

    def _spoiled(self, key: TileKey | None) -> None:
        self._buffer.spoil(key)
        self._refresh()

    def _show_note(self, text: str) -> None:
        self._note = text
        self._refresh()
