"""The keyboard on the map: everything the mouse can do, and going from camera to camera."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from camwalk.gui.map.overlay_live import Live, point_now

if TYPE_CHECKING:
    from camwalk.gui.map.canvas import MapCanvas

STEP, LONG_STEP = 64, 320  # logical pixels that an arrow pans
ZOOM_STEP = 0.5

Key = Qt.Key
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
ZOOMS = {Key.Key_Plus: 1, Key.Key_Equal: 1, Key.Key_Minus: -1, Key.Key_Underscore: -1}
CAMERAS = {Key.Key_BracketLeft: -1, Key.Key_BracketRight: 1, Key.Key_PageUp: -1, Key.Key_PageDown: 1}


def press_key(canvas: "MapCanvas", event: QKeyEvent) -> bool:
    """Do what a key means; whether it means anything here."""
    key = Key(event.key())
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key in ARROWS:
        carrying = event.modifiers() & Qt.KeyboardModifier.AltModifier
        (_nudge if carrying else _pan)(canvas, *ARROWS[key], shift)
    elif key in ZOOMS:
        middle = (canvas.view.width / 2, canvas.view.height / 2)
        canvas.glide_to(canvas.target.zoomed_to(canvas.target.zoom + ZOOM_STEP * ZOOMS[key], *middle))
    elif key == Key.Key_Home:
        canvas.fit()
    elif key in CAMERAS:
        _next_camera(canvas, CAMERAS[key])
    elif key in (Key.Key_Return, Key.Key_Enter) and canvas.mode == "mark":
        canvas.camera_placed.emit(canvas.view.centre, None)
    else:
        return key == Key.Key_Escape and canvas.let_go()
    return True


def _pan(canvas: "MapCanvas", right: int, down: int, far: bool) -> None:
    step = LONG_STEP if far else STEP
    canvas.show_view(canvas.view.moved(-right * step, -down * step))


def _nudge(canvas: "MapCanvas", right: int, down: int, far: bool) -> None:
    """Move the one selected camera by a pixel."""
    cameras = [key for key in canvas.live.selected if key[0] == "cameras"]
    point = point_now(canvas.view, canvas.data, Live(), cameras[0]) if len(cameras) == 1 else None
    if point:
        step = 10 if far else 1
        place = canvas.view.to_place(point.x + right * step, point.y + down * step)
        canvas.camera_dragged.emit(point.key[1], place)


def _next_camera(canvas: "MapCanvas", step: int) -> None:
    """Click the camera after or before the selected one, in the order they were marked."""
    cameras = canvas.data.cameras
    rows = np.flatnonzero(cameras.alive).tolist()
    if not rows:
        return
    selected = [
        row
        for layer, id in canvas.live.selected
        if layer == "cameras" and (row := cameras.row(id)) is not None
    ]
    start = rows.index(max(selected)) if selected else (-1 if step > 0 else 0)
    chosen = cameras.ids[rows[(start + step) % len(rows)]]
    canvas.camera_clicked.emit(chosen)
    canvas.bring_into_sight("cameras", chosen)
