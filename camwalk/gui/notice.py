"""A calm word of warning inside a form."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from camwalk.gui import look
from camwalk.gui.outline_icon import paint_icon


class Glyph(QWidget):
    """One icon of the set, in a colour of the theme."""

    def __init__(self, name: str, role: look.Role = "text", size: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon fills the square."""
        painter = QPainter(self)
        try:
            colour = getattr(look.colours(), self._role)
            paint_icon(painter, QRectF(self.rect()), self._name, colour)
        finally:
            painter.end()


class Notice(QFrame):
    """An icon and a sentence on a tinted ground; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.GRID, look.GRID // 2, look.GRID, look.GRID // 2)
        row.setSpacing(look.GRID)
        row.addWidget(Glyph("alert-triangle", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def tell(self, text: str) -> None:
        """Say `text`, or nothing where it is empty."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says now."""
        return self._text.text()
