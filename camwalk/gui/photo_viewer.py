"""The photo viewer: one photo, what is known of it, and the way to the next."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from PySide6.QtCore import QEvent, QSize, QSizeF, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.look import GRID
from camwalk.gui.photo_canvas import PhotoCanvas
from camwalk.gui.photo_caption import MessagePage, PhotoCaption
from camwalk.gui.photo_loader import PhotoLoader
from camwalk.gui.photo_painting import Mark
from camwalk.gui.photo_view import fitted
from camwalk.gui.photo_words import photo_zone
from camwalk.i18n import _, tell
from camwalk.model import Photo, Survey

_FINER = 1.1  # how much more than there is a view must need before all pixels are decoded


class PhotoViewer(QWidget):
    """Shows one photo; positions it tells and takes are pixels of the upright picture."""

    clicked = Signal(float, float)
    dragged = Signal(float, float, float)  # while marking: the pixel pressed; degrees clockwise from up
    hovered = Signal(float, float)
    left = Signal()  # the pointer is no longer on the picture
    next_asked = Signal()
    previous_asked = Signal()
    import_asked = Signal()
    loaded = Signal(str)  # photo id: its picture is sharp, or it is known that there is none

    def __init__(self) -> None:
        super().__init__()
        self._photo: Photo | None = None
        self._zone: tzinfo = UTC
        self._neighbours: tuple[Photo, ...] = ()
        self._loader = PhotoLoader(self)
        self._loader.changed.connect(self._loaded)
        self.canvas = PhotoCanvas()
        self.canvas.clicked.connect(self.clicked)
        self.canvas.dragged.connect(self.dragged)
        self.canvas.hovered.connect(self.hovered)
        self.canvas.left.connect(self.left)
        self.canvas.zoomed.connect(self._want)
        self._page = MessagePage(_("Import photos…"))
        self._page.button.clicked.connect(self.import_asked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._page)
        self._caption = PhotoCaption()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._caption)
        self._caption.set_buttons(self._make_buttons())
        self._show_nothing(any_photos=False)

    def show_photo(
        self, survey: Survey, photo: Photo | None, around: tuple[Photo | None, Photo | None] = (None, None)
    ) -> None:
        """Show `photo`; the ones before and after are made ready. Without a photo, say what to do next."""
        if photo is None:
            self._show_nothing(any_photos=bool(survey.photos))
            return
        if self._photo is None or (photo.id, photo.path) != (self._photo.id, self._photo.path):
            self.canvas.set_marks([])
            self.canvas.show_images((), None)
            self.canvas.fit()
        before, after = around
        self._photo, self._zone = photo, photo_zone(survey, photo)
        self._neighbours = tuple(p for p in (after, before) if p)
        self._previous.setEnabled(before is not None)
        self._next.setEnabled(after is not None)
        self._want()
        self._show()

    def _show_nothing(self, *, any_photos: bool) -> None:
        self._photo, self._neighbours = None, ()
        self._want()
        self._caption.setVisible(False)
        text = _("Choose a photo in the strip to see it here.") if any_photos else _("No photos yet.")
        self._page.tell("photo", text, button=not any_photos)
        self._stack.setCurrentWidget(self._page)

    def put_above(self, widget: QWidget) -> None:
        """Show something above the picture."""
        self._column.insertWidget(0, widget)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw rings with labels at these upright pixels: (x, y, label, colour)."""
        self.canvas.set_marks(marks)

    def set_marking(self, marking: bool) -> None:
        """While marking, the left button points at cameras and does not pan."""
        self.canvas.set_marking(marking)

    def is_ready(self, photo: Photo) -> bool:
        """Whether `photo` can be shown without waiting."""
        return self._loader.picture(photo).ready

    @property
    def finest(self) -> int:
        """Pixels across of the finest picture there is of the photo shown."""
        images = self._loader.picture(self._photo).images if self._photo else []
        return max((decoded.image.width() for decoded in images), default=0)

    def at_rest(self) -> bool:
        """Whether the picture is not about to become any sharper."""
        return self._loader.at_rest()

    def shutdown(self) -> None:
        """Stop decoding."""
        self._loader.shutdown()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Next and previous; zooming is the picture's own."""
        if event.matches(QKeySequence.StandardKey.MoveToNextPage):
            self._next.click()
        elif event.matches(QKeySequence.StandardKey.MoveToPreviousPage):
            self._previous.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and self._photo:
            self._show()
        super().changeEvent(event)

    def _make_buttons(self) -> list[QToolButton]:
        fit = _button("focus-centered", _("Show all of the picture"), "0")
        fit.clicked.connect(self.canvas.fit)
        pixels = _button("zoom-in", _("Show it at 100 %"), "Z")
        pixels.clicked.connect(lambda: self.canvas.zoom_to_pixels())
        self._previous = _button("chevron-left", _("Previous photo"), "PgUp")
        self._previous.clicked.connect(self.previous_asked)
        self._next = _button("chevron-right", _("Next photo"), "PgDown")
        self._next.clicked.connect(self.next_asked)
        return [fit, pixels, self._previous, self._next]

    def _loaded(self, photo_id: str) -> None:
        if self._photo and photo_id == self._photo.id:
            self._show()

    def _show(self) -> None:
        if self._photo is None:
            return
        picture = self._loader.picture(self._photo)
        images, notes = picture.images, picture.notes
        if notes and not images:
            self._page.tell("photo-off", tell(notes.pop(0)), button=False)
        self._stack.setCurrentWidget(self._page if picture.trouble and not images else self.canvas)
        self.canvas.show_images(images, picture.full)
        notes += [warning for warning in self._photo.warnings if warning not in notes]
        self._caption.tell(self._photo, self._zone, notes)
        self._caption.setVisible(True)
        self.canvas.setAccessibleDescription(f"{self._caption.words}\n{_keys_in_words()}")
        if picture.ready:
            self.loaded.emit(self._photo.id)

    def _want(self) -> None:
        """Ask for the pixels that the view needs."""
        size = self._loader.picture(self._photo).full if self._photo else None
        room = QSizeF(self.canvas.size() * self.devicePixelRatioF())
        longest = max(size.width(), size.height()) if size else 0
        side = fitted(QSizeF(size), room).scale * longest if size else max(room.width(), room.height())
        full = not self.canvas.is_fitted and self.canvas.device_scale * longest > _FINER * side
        self._loader.want(self._photo, self._neighbours, round(side), full=full)


def _keys_in_words() -> str:
    return _(
        "Plus and minus zoom, arrow keys move the picture, 0 shows all of it, Page Up and Page Down go from"
        " photo to photo. While marking, Space points at the middle of the picture and Enter goes on to the"
        " next photo."
    )


def _button(icon: str, name: str, key: str) -> QToolButton:
    button = QToolButton()
    look.dress(button, icon)
    look.quiet(button)
    shortcut = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{name} ({shortcut})")
    button.setAccessibleName(name)
    button.setIconSize(QSize(2 * GRID, 2 * GRID))
    return button
