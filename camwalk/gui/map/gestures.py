"""Mouse and touch: from presses and moves to intentions.

A drag is one of five things, decided when it begins: panning the map, carrying a point to another
place, turning a camera or swinging a photo by its knob, or placing a new camera and the direction it
faces.
"""

from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt

from camwalk.gui.map.gestures_hit import Hit
from camwalk.gui.map.overlay_live import HANDLE_RADIUS, HANDLED, Live, handle_of, point_now
from camwalk.model import LatLon

if TYPE_CHECKING:
    from camwalk.gui.map.canvas import MapCanvas

CLICK = 5.0  # logical pixels a hand may tremble in a click
GRIP = 7.0  # a point that is not selected must be taken this exactly to be carried
SNAP = 15.0  # degrees, with Shift

Grab = Literal["pan", "carry", "turn", "swing", "place"]


@dataclass(frozen=True, slots=True)
class Drag:
    """A button held down since pixel (x, y); `begun` once it is clearly no click."""

    grab: Grab
    x: float
    y: float
    hit: Hit | None = None
    begun: bool = False
    last: tuple[float, float] = (0.0, 0.0)


class Gestures:
    """What the mouse is doing on one canvas."""

    def __init__(self, canvas: "MapCanvas") -> None:
        self._canvas = canvas
        self._drag: Drag | None = None
        self.space = False  # held down: the left button pans, whatever the mode

    @property
    def drag(self) -> Drag | None:
        """The drag or click under way."""
        return self._drag

    def press(self, x: float, y: float, button: Qt.MouseButton) -> None:
        """A button goes down."""
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self.space):
            self._drag = Drag("pan", x, y, begun=True, last=(x, y))
        elif button == Qt.MouseButton.LeftButton:
            hit = self._canvas.hit_at(x, y)
            self._drag = Drag(self._grab(x, y, hit), x, y, hit, last=(x, y))
        self.show_cursor(x, y)

    def move(self, x: float, y: float, snap: bool = False) -> None:
        """The pointer moves, with a button down or not."""
        drag = self._drag
        if drag is None:
            self._canvas.hover(self._canvas.hit_at(x, y))
            self.show_cursor(x, y)
            return
        if not drag.begun:
            if hypot(x - drag.x, y - drag.y) < CLICK:
                return
            self._begin(drag)
        self._drag = replace(drag, begun=True, last=(x, y))
        getattr(self, f"_{drag.grab}")(drag, x, y, snap)

    def release(self, x: float, y: float) -> None:
        """The button goes up: this is where intentions are told."""
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if drag.begun:
            self._drop(drag)
        else:
            self._click(drag)
        self._empty_hand()
        self.show_cursor(x, y)

    def cancel(self) -> bool:
        """Let go without having done anything; whether there was something in hand."""
        drag, self._drag = self._drag, None
        self._empty_hand()
        return drag is not None

    def show_cursor(self, x: float, y: float) -> None:
        """Tell by the pointer what a press would do."""
        shapes, drag = Qt.CursorShape, self._drag
        if drag is not None and drag.grab == "pan" and drag.begun:
            shape = shapes.ClosedHandCursor
        elif self.space:
            shape = shapes.OpenHandCursor
        elif self._on_knob(x, y) or self._canvas.hit_at(x, y):
            shape = shapes.PointingHandCursor
        else:
            shape = shapes.CrossCursor if self._canvas.mode == "mark" else shapes.ArrowCursor
        self._canvas.setCursor(shape)

    def _grab(self, x: float, y: float, hit: Hit | None) -> Grab:
        if knob := self._on_knob(x, y):
            return knob
        if hit and self._may_carry(hit):
            return "carry"
        return "place" if self._canvas.mode == "mark" else "pan"

    def _may_carry(self, hit: Hit) -> bool:
        """Whether dragging a point moves it: one at rest must be meant, so as to pan without harm."""
        selected = hit.key in self._canvas.live.selected
        if hit.layer not in ("cameras", "photos"):
            return False
        if self._canvas.mode == "mark" or hit.layer == "photos":
            return selected and hit.distance <= GRIP
        return selected or (hit.distance <= GRIP and not self._canvas.is_dense(hit.layer))

    def _on_knob(self, x: float, y: float) -> Literal["turn", "swing"] | None:
        canvas = self._canvas
        for layer in reversed(HANDLED):
            handle = handle_of(canvas.view, canvas.data, canvas.live, layer)
            near = handle is not None and hypot(handle.x - x, handle.y - y) <= HANDLE_RADIUS + 4
            if near and layer in canvas.shown:
                return "turn" if layer == "cameras" else "swing"
        return None

    def _begin(self, drag: Drag) -> None:
        if drag.grab == "carry" and drag.hit and drag.hit.key not in self._canvas.live.selected:
            self._canvas.tell_click(drag.hit)

    def _pan(self, drag: Drag, x: float, y: float, snap: bool) -> None:  # noqa: ARG002
        self._canvas.show_view(self._canvas.view.moved(x - drag.last[0], y - drag.last[1]))

    def _carry(self, drag: Drag, x: float, y: float, snap: bool) -> None:  # noqa: ARG002
        canvas = self._canvas
        at_rest = point_now(canvas.view, canvas.data, Live(), drag.hit.key) if drag.hit else None
        if drag.hit and at_rest:
            place = canvas.view.to_place(at_rest.x + x - drag.x, at_rest.y + y - drag.y)
            canvas.set_live(replace(canvas.live, moved=(drag.hit.key, place)))

    def _turn(self, drag: Drag, x: float, y: float, snap: bool) -> None:  # noqa: ARG002
        canvas = self._canvas
        handle = handle_of(canvas.view, canvas.data, canvas.live)
        if handle:
            bearing = _bearing(x - handle.point.x, y - handle.point.y, snap)
            canvas.set_live(replace(canvas.live, turned=(handle.point.key[1], bearing)))

    def _swing(self, drag: Drag, x: float, y: float, snap: bool) -> None:  # noqa: ARG002
        canvas = self._canvas
        handle = handle_of(canvas.view, canvas.data, canvas.live, "photos")
        if handle:
            bearing = _bearing(x - handle.point.x, y - handle.point.y, snap)
            canvas.set_live(replace(canvas.live, swung=(handle.point.key[1], bearing)))

    def _place(self, drag: Drag, x: float, y: float, snap: bool) -> None:
        canvas = self._canvas
        place = canvas.view.to_place(drag.x, drag.y)
        bearing = _bearing(x - drag.x, y - drag.y, snap)
        canvas.set_live(replace(canvas.live, placing=(place, bearing)))

    def _drop(self, drag: Drag) -> None:
        canvas, live = self._canvas, self._canvas.live
        if drag.grab == "carry" and live.moved:
            (layer, id), place = live.moved
            (canvas.camera_dragged if layer == "cameras" else canvas.photo_dragged).emit(id, place)
        elif drag.grab == "turn" and live.turned:
            canvas.direction_changed.emit(*live.turned)
        elif drag.grab == "swing" and live.swung:
            canvas.photo_turned.emit(*live.swung)
        elif drag.grab == "place" and live.placing:
            canvas.camera_placed.emit(*live.placing)

    def _click(self, drag: Drag) -> None:
        canvas = self._canvas
        place: LatLon = canvas.view.to_place(drag.x, drag.y)
        if drag.grab in ("turn", "swing"):
            return
        if drag.grab == "place" and not _aims_at_camera(drag.hit):
            canvas.camera_placed.emit(place, None)
        elif drag.hit:
            canvas.tell_click(drag.hit)
        else:
            canvas.clicked.emit(place)

    def _empty_hand(self) -> None:
        live = self._canvas.live
        self._canvas.set_live(replace(live, moved=None, turned=None, swung=None, placing=None))


def _aims_at_camera(hit: Hit | None) -> bool:
    return hit is not None and hit.layer == "cameras" and hit.distance <= GRIP


def _bearing(right: float, down: float, snap: bool) -> float:
    """Whole degrees clockwise from north of a direction on the screen."""
    step = SNAP if snap else 1.0
    return round(degrees(atan2(right, -down)) / step) * step % 360
