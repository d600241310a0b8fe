"""Words around a photo: the caption below it, and the page that stands in for it."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.look import GRID, Role
from camwalk.gui.panel_parts import clear
from camwalk.gui.photo_words import bearing_text, place_text, time_text
from camwalk.i18n import ngettext, tell
from camwalk.model import Message, Photo
from camwalk.operations.photo_pictures import file_name

_MOST_NOTES = 2


class ElidedLabel(QLabel):
    """One line of plain text that gives way in the middle where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text that fits."""
        painter = QPainter(self)
        try:
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        finally:
            painter.end()


class PhotoCaption(QWidget):
    """File name, time, place, direction, and what to know about the photo."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._name = ElidedLabel()
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._time, self._facts = _wrapped(), _wrapped()
        look.muted(self._facts)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(GRID // 2)
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._time)
        column.addWidget(self._facts)
        column.addLayout(self._notes)

    def set_buttons(self, buttons: Sequence[QToolButton]) -> None:
        """Put these at the right of the name."""
        for button in buttons:
            self._buttons.addWidget(button)

    def tell(self, photo: Photo, zone: tzinfo, notes: Sequence[Message]) -> None:
        """Say what is known of `photo`."""
        lines = [file_name(photo), time_text(photo, zone)]
        lines.append(" · ".join(filter(None, (place_text(photo), bearing_text(photo)))))
        for label, text in zip((self._name, self._time, self._facts), lines, strict=True):
            label.setText(text)
        sentences = [tell(note) for note in notes]
        self.words = "\n".join((*lines, *sentences))
        self._show_notes(sentences)

    def _show_notes(self, sentences: Sequence[str]) -> None:
        clear(self._notes)
        for sentence in sentences[:_MOST_NOTES]:
            self._notes.addWidget(_note(sentence))
        rest = len(sentences) - _MOST_NOTES
        if rest > 0:
            self._notes.addWidget(_note(ngettext("and {n} more", "and {n} more", rest).format(n=rest)))


class MessagePage(QWidget):
    """A calm page with an icon, a sentence and, where there is one, the button for what to do next."""

    def __init__(self, button: str) -> None:
        super().__init__()
        self._icon = "photo"
        self._picture, self._text = QLabel(), _wrapped()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        look.muted(self._text)
        self.button = QPushButton(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addStretch()
        column.addWidget(self._picture)
        column.addWidget(self._text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()

    def tell(self, icon: str, text: str, *, button: bool) -> None:
        """Show an icon and a sentence, with or without the button."""
        self._icon = icon
        self._text.setText(text)
        self.button.setVisible(button)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._picture.setPixmap(_pixmap(self, self._icon, 5 * GRID, "muted"))


def _wrapped() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _note(sentence: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID // 2)
    icon, text = QLabel(), _wrapped()
    icon.setPixmap(_pixmap(row, "alert-triangle", 2 * GRID, "warning"))
    text.setText(sentence)
    look.small(text)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(text, 1)
    return row


def _pixmap(widget: QWidget, icon: str, side: int, role: Role) -> QPixmap:
    return look.icon(icon, role).pixmap(QSize(side, side), widget.devicePixelRatioF())
