"""The form beside the map: one camera, its tags and its photos."""

import sys
from collections.abc import Sequence
from datetime import UTC

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.camera_fields import CameraFields
from camwalk.gui.camera_symbol import paint_camera
from camwalk.gui.notice import Glyph, Notice
from camwalk.gui.panel_parts import heading, kind_word, line, scrolled, text_label
from camwalk.gui.photo_words import date_text
from camwalk.gui.preset_menu import PresetMenu
from camwalk.gui.shown_photos import ShownPhotos
from camwalk.i18n import _, tell
from camwalk.model import Camera, Message, Tags
from camwalk.operations.tag_presets import with_preset
from camwalk.operations.tagging import KINDS, camera_kind

NARROWEST = 320  # pixels


class CameraForm(QStackedWidget):
    """Shows one camera and tells what the user wants of it; changes nothing itself.

    The same camera shown again, with other tags, leaves alone what is being typed.
    """

    tags_edited = Signal(str, object)  # camera, Tags
    direction_turning = Signal(str, str)  # camera, direction: while the dial turns, not yet to keep
    delete_asked = Signal(str)  # camera
    go_asked = Signal(str)  # camera
    photo_asked = Signal(str)  # photo
    photo_unlink_asked = Signal(str, str)  # camera, photo
    photo_link_asked = Signal(str)  # camera

    def __init__(self) -> None:
        super().__init__()
        self._camera: Camera | None = None
        self._read_only = False
        self.fields, self.photos = CameraFields(), ShownPhotos()
        self._symbol, self._title, self._created = _Symbol(), text_label(""), text_label("", quiet=True)
        self._placed, self._doubts = text_label("", quiet=True), Notice()
        self.presets = PresetMenu()
        self.go = _tool("focus-centered", _("Show it in the middle of the map"))
        self.delete = _tool("trash", _("Delete this camera (Delete)"))
        self.addWidget(_empty_page())
        self._page = scrolled(self._column())
        self.addWidget(self._page)
        self._connect()

    def _column(self) -> QVBoxLayout:
        look.title(self._title)
        head = QHBoxLayout()
        head.setSpacing(look.GRID)
        head.addWidget(self._symbol)
        head.addWidget(self._title, 1)
        for button in (self.presets, self.go, self.delete):
            head.addWidget(button)
        column = QVBoxLayout()
        column.addLayout(head)
        for part in (
            self._created,
            self._placed,
            self._doubts,
            line(),
            self.fields,
            line(),
            heading(_("Photos")),
            self.photos,
        ):
            column.addWidget(part)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.fields.edited.connect(self._tell_tags)
        self.fields.turning.connect(self._tell_turning)
        self.go.clicked.connect(lambda: self.go_asked.emit(self._id()))
        self.delete.clicked.connect(lambda: self.delete_asked.emit(self._id()))
        self.presets.chosen.connect(self._take_preset)
        self.photos.photo_asked.connect(self.photo_asked)
        self.photos.unlink_asked.connect(self._tell_unlink)
        self.photos.link_asked.connect(lambda: self.photo_link_asked.emit(self._id()))

    def _tell_tags(self, tags: Tags) -> None:
        self.tags_edited.emit(self._id(), tags)

    def _take_preset(self, preset: Tags) -> None:
        self.finish()
        if self._camera is not None:
            self.tags_edited.emit(self._camera.id, with_preset(self._camera.tags, preset))

    def _tell_turning(self, direction: str) -> None:
        self.direction_turning.emit(self._id(), direction)

    def _tell_unlink(self, photo: str) -> None:
        self.photo_unlink_asked.emit(self._id(), photo)

    def show_camera(
        self,
        camera: Camera | None,
        photos: Sequence[tuple[str, str]],
        read_only: bool,
        doubts: Sequence[Message] = (),
    ) -> None:
        """Show a camera, the (id, name) of the photos that show it, and what to know about its place.

        None shows what to do instead.
        """
        afresh = camera is None or self._camera is None or camera.id != self._camera.id
        if afresh:
            self.finish()
            self._page.verticalScrollBar().setValue(0)
        self._camera, self._read_only = camera, read_only
        self.setCurrentIndex(0 if camera is None else 1)
        if camera is None:
            return
        self._show_head(camera)
        self._doubts.tell("\n".join(map(tell, doubts)))
        self.fields.show_tags(camera.tags, afresh)
        self.fields.set_read_only(read_only)
        self.photos.show_photos(photos, read_only)
        for button in (self.delete, self.presets):
            button.setEnabled(not read_only)

    def set_photo_in_hand(self, photo: str | None) -> None:
        """Tell which photo is open, so that it can be noted as showing the camera."""
        self.photos.set_photo_in_hand(photo)

    def finish(self) -> None:
        """Emit what is typed but not yet committed; before closing, for example."""
        if self._camera is not None and not self._read_only:
            self.fields.finish()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Type and mount by key, also while the map has the focus. Whether the key meant something."""
        if self._camera is None or self._read_only or event.modifiers() & ~_WITHOUT_MEANING:
            return False
        if event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(self._id())
            return True
        for grid in (self.fields.kind, self.fields.mount):
            for button in grid.buttons.values():
                if button.choice.shortcut in _names_of(event):
                    grid.choose(button.choice.value)
                    return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no control of the form wanted."""
        if not self.handle_key(event):
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for small windows; the height scrolls."""
        return QSize(NARROWEST, look.GRID * 20)

    def sizeHint(self) -> QSize:
        """Comfortable beside a map."""
        return QSize(NARROWEST + look.GRID * 6, look.GRID * 90)

    def _id(self) -> str:
        return self._camera.id if self._camera else ""

    def _show_head(self, camera: Camera) -> None:
        self._symbol.show_kind(camera_kind(camera.tags))
        self._title.setText(kind_word(camera.tags))
        local = camera.created.astimezone()
        day = date_text(local, local.tzinfo or UTC)
        self._placed.setText(placed_words(camera))
        self._created.setText(_("Marked on {day} at {time}").format(day=day, time=f"{local:%H:%M}"))


def placed_words(camera: Camera) -> str:
    """How a camera got its place, and how sure that is."""
    if camera.placed == "manual" or camera.sigma_major is None:
        return _("Placed by hand")
    metres = max(round(camera.sigma_major), 1)
    return {
        "ray": _("Estimated from one look, ±{n} m"),
        "wall": _("Estimated on a wall, ±{n} m"),
        "crossing": _("Estimated where looks cross, ±{n} m"),
    }[camera.placed].format(n=metres)


class _Symbol(QWidget):
    """The camera as it is on the map."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = "unknown"
        self.setFixedSize(28, 28)

    def show_kind(self, kind: str) -> None:
        """Show this type of camera."""
        self._kind = kind
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The symbol fills the square."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_camera(painter, QRectF(self.rect()), self._kind)
        finally:
            painter.end()


_WITHOUT_MEANING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_DIGIT_ROW = {10 + i: str(1 + i) for i in range(len(KINDS))}  # X11's and Wayland's codes of the keys 1, 2 ...


def _names_of(event: QKeyEvent) -> set[str]:
    """What is printed on the key. On a French keyboard the digits need Shift, so the place counts too."""
    by_place = _DIGIT_ROW.get(event.nativeScanCode(), "") if sys.platform == "linux" else ""
    return {event.text().upper(), by_place}


def _tool(icon: str, tip: str) -> QToolButton:
    button = QToolButton()
    look.dress(button, icon)
    look.quiet(button)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def _empty_page() -> QWidget:
    page = QWidget()
    text = text_label(
        _(
            "Click a camera in the photo, or press M and click its place on the map."
            " Drag to give its facing too."
        )
    )
    text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    look.muted(text)
    column = QVBoxLayout(page)
    column.setContentsMargins(look.GRID * 4, look.GRID * 4, look.GRID * 4, look.GRID * 4)
    column.setSpacing(look.GRID * 2)
    column.addStretch(2)
    column.addWidget(Glyph("hand-click", "faint", 48), 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(text)
    column.addStretch(3)
    return page
