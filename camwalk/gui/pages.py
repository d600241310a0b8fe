"""Pages under a row of names that wraps, so that every name is in sight however narrow it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look


class Pages(QWidget):
    """Shows one of its pages; arrow keys go from name to name."""

    def __init__(self) -> None:
        super().__init__()
        self._tools: list[QToolButton] = []
        self._buttons = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._names = QGridLayout()
        self._names.setContentsMargins(look.GRID // 2, look.GRID // 2, look.GRID // 2, 0)
        self._names.setSpacing(look.GRID // 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID // 2)
        column.addLayout(self._names)
        column.addWidget(self._stack, 1)
        self._buttons.idClicked.connect(self._stack.setCurrentIndex)

    def add(self, page: QWidget, name: str, icon: str) -> None:
        """Put a page behind the others."""
        button = QToolButton()
        button.setText(name)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.quiet(button)
        look.dress(button, icon)
        number = self._stack.addWidget(page)
        self._buttons.addButton(button, number)
        self._tools.append(button)
        button.setChecked(number == 0)
        self._lay_out()

    def rename(self, page: QWidget, name: str) -> None:
        """Call a page something else."""
        self._tools[self._stack.indexOf(page)].setText(name)
        self._lay_out()

    def turn_to(self, page: QWidget) -> None:
        """Show a page."""
        self._tools[self._stack.indexOf(page)].setChecked(True)
        self._stack.setCurrentWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """In as few rows as there is room for; without icons where they would need a third one."""
        widths = self._wrapped(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if len(self._tools) > 2 * len(widths):
            widths = self._wrapped(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for number, button in enumerate(self._tools):
            self._names.addWidget(button, *divmod(number, len(widths)))
        for column in range(len(self._tools)):
            self._names.setColumnStretch(column, widths[column] if column < len(widths) else 0)

    def _wrapped(self, style: Qt.ToolButtonStyle) -> Sequence[int]:
        """The widths of the columns, as many as there is room for in rows of as many names each."""
        for button in self._tools:
            button.setToolButtonStyle(style)
        wanted = [button.sizeHint().width() for button in self._tools]
        wraps = [_columns(wanted, -(-len(wanted) // rows)) for rows in range(1, len(wanted) + 1)]
        gaps, margins = self._names.spacing(), self._names.contentsMargins()
        room = self.width() - margins.left() - margins.right() + gaps
        fitting = (widths for widths in wraps if sum(widths) + len(widths) * gaps <= room)
        return next(fitting, wraps[-1])


def _columns(wanted: Sequence[int], count: int) -> Sequence[int]:
    """The widths of so many columns with these cells, row by row."""
    return [max(wanted[column::count]) for column in range(count)]
