"""What to do about a photo that does not say where it was taken, or where it looks."""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from camwalk.gui import look
from camwalk.gui.panel_parts import button, text_label
from camwalk.i18n import _
from camwalk.model import Photo

Step = Literal["none", "point in the photo", "point on the map"]


class PhotoHelp(QFrame):
    """A strip above the picture with the ways out; hidden while nothing is missing."""

    place_asked = Signal()
    walk_asked = Signal()
    point_asked = Signal()
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self._text = text_label("")
        self._place = button(_("Place it on the map"), "map-pin-plus", self.place_asked.emit)
        self._walk = button(_("From the walk"), "route", self.walk_asked.emit)
        self._walk.setToolTip(_("It looked in the direction of walking"))
        self._point = button(_("From a known point"), "focus-centered", self.point_asked.emit)
        self._point.setToolTip(_("Click one thing in the photo and on the map"))
        self._cancel = button(_("Cancel"), "x", self.cancel_asked.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.GRID, look.GRID // 2, look.GRID, look.GRID // 2)
        column.setSpacing(look.GRID // 2)
        column.addWidget(self._text)
        column.addLayout(self._row())
        self.hide()

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look.GRID // 2)
        for part in self._buttons():
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._place, self._walk, self._point, self._cancel

    def show_photo(self, photo: Photo | None, step: Step) -> None:
        """Say what the photo lacks and what helps, or what to click next."""
        text, offered = _words(photo, step)
        self._text.setText(text)
        self.setAccessibleName(text)
        for part, name in zip(self._buttons(), ("place", "walk", "point", "cancel"), strict=True):
            part.setVisible(name in offered)
        self.setVisible(bool(text))


def _words(photo: Photo | None, step: Step) -> tuple[str, tuple[str, ...]]:
    if photo is None:
        return "", ()
    if step == "point in the photo":
        return _("Click something in the photo that you can find on the map: a corner, a known camera."), (
            "cancel",
        )
    if step == "point on the map":
        return _("Now click the same thing on the map."), ("cancel",)
    if photo.position is None:
        return _("This photo has no place yet, so nobody knows where its cameras are."), ("place",)
    if photo.heading is None:
        text = _("This photo does not say where it looked. Drag its knob on the map, or take it from here:")
        return text, ("walk", "point")
    return "", ()
