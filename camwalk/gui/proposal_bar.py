"""A slim bar over the map that asks whether two cameras are the same."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.panel_parts import button, text_label


class ProposalBar(QFrame):
    """Asks, and tells the answer; hidden while there is nothing to ask."""

    same = Signal()
    different = Signal()

    def __init__(self, parent: QWidget, same: str, different: str) -> None:
        super().__init__(parent)
        self._room = parent
        self.setProperty("look", "notice")
        self._text = text_label("")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.GRID, look.GRID // 2, look.GRID // 2, look.GRID // 2)
        row.setSpacing(look.GRID)
        row.addWidget(self._text, 1)
        row.addWidget(button(same, "check", self.same.emit))
        row.addWidget(button(different, "x", self.different.emit))
        self.hide()

    def ask(self, text: str) -> None:
        """Ask this, or nothing where it is empty."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.fit()

    def fit(self) -> None:
        """Lie at the lower edge of the map, above its scale and attribution."""
        room = self._room
        width = min(room.width() - 2 * look.GRID, 66 * look.GRID)
        height = self.heightForWidth(width)
        self.setGeometry((room.width() - width) // 2, room.height() - height - 5 * look.GRID, width, height)
