"""The photos that show a camera: go to one, take one out, add the one in hand."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.panel_parts import clear
from camwalk.i18n import _


class ShownPhotos(QWidget):
    """A short list of names."""

    photo_asked = Signal(str)
    unlink_asked = Signal(str)
    link_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._photos: tuple[tuple[str, str], ...] = ()
        self._in_hand: str | None = None
        self._read_only = False
        self._none = QLabel(_("No photo shows it yet."))
        self._none.setWordWrap(True)
        look.muted(self._none)
        self.link = QPushButton(_("The open photo shows it"))
        self.link.setToolTip(_("Note that the photo beside the map shows this camera."))
        look.dress(self.link, "plus")
        self.link.clicked.connect(self.link_asked)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID // 2)
        column.addWidget(self._none)
        column.addLayout(self._rows)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)

    def show_photos(self, photos: Sequence[tuple[str, str]], read_only: bool) -> None:
        """Show these (id, name) pairs."""
        if (tuple(photos), read_only) != (self._photos, self._read_only):
            self._photos, self._read_only = tuple(photos), read_only
            self._fill()
        self._none.setVisible(not self._photos)
        self._enable_link()

    def set_photo_in_hand(self, photo: str | None) -> None:
        """Tell which photo is open beside the map."""
        self._in_hand = photo
        self._enable_link()

    def _enable_link(self) -> None:
        known = any(photo == self._in_hand for photo, _name in self._photos)
        self.link.setEnabled(not self._read_only and self._in_hand is not None and not known)

    def _fill(self) -> None:
        clear(self._rows)
        for photo, name in self._photos:
            self._rows.addWidget(self._row(photo, name))

    def _row(self, photo: str, name: str) -> QWidget:
        row = QWidget()
        show, unlink = ElidedButton(name), QToolButton()
        show.setToolTip(f"<p>{html.escape(name)}</p>")
        show.setAccessibleName(_("Open photo {name}").format(name=name))
        unlink.setToolTip(_("This photo does not show it"))
        unlink.setAccessibleName(_("Photo {name} does not show this camera").format(name=name))
        unlink.setEnabled(not self._read_only)
        look.dress(show, "photo", "muted")
        look.dress(unlink, "x", "muted")
        for button in (show, unlink):
            look.quiet(button)
        show.clicked.connect(lambda: self.photo_asked.emit(photo))
        unlink.clicked.connect(lambda: self.unlink_asked.emit(photo))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.GRID // 2)
        line.addWidget(show, 1)
        line.addWidget(unlink)
        return row


class ElidedButton(QPushButton):
    """A button that shortens its text in the middle to fit."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("text-align: left; padding-left: 4px;")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        room = self.width() - self.iconSize().width() - 3 * look.GRID
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))
        super().resizeEvent(event)
