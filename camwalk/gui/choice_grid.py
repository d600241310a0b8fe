"""Big buttons to choose one value: picture, name, and the key that chooses it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from camwalk.gui import look
from camwalk.i18n import tell
from camwalk.operations.tagging import Choice

Picture = Callable[[QPainter, QRectF, str], None]
"""Paints the picture of a value into an area."""

GAP = look.GRID // 2
PADDING = look.GRID
PICTURE = 28  # pixels
KEY_ROOM = 16  # beside the picture, for the key in the corner
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class ChoiceButton(QPushButton):
    """One value to choose; stays down while it is the chosen one."""

    def __init__(self, choice: Choice, picture: Picture | None, group: str) -> None:
        super().__init__(tell(choice.label))
        self.choice, self._picture = choice, picture
        self.setCheckable(True)
        self.setAccessibleName(f"{group}: {self.text()}")
        hint = tell(choice.hint) if choice.hint else self.text()
        self.setAccessibleDescription(hint)
        self.setToolTip(f"{hint} ({choice.shortcut})" if choice.shortcut else hint)

    def narrowest(self) -> int:
        """The width in pixels that its longest word needs."""
        metrics = QFontMetrics(self.font())
        words = max(metrics.horizontalAdvance(word) for word in self.text().split())
        corners = PICTURE + 2 * KEY_ROOM if self._picture else 0
        return max(words + 2 * PADDING, corners + PADDING)

    def height_for(self, width: int) -> int:
        """The height in pixels of the whole text at this width."""
        return self._text_height(width) + 2 * PADDING + (PICTURE + GAP if self._picture else 0)

    def _text_height(self, width: int) -> int:
        room = QRect(0, 0, width - 2 * GAP, 1000)
        return QFontMetrics(self.font()).boundingRect(room, _WRAP, self.text()).height()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint as hovered."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint as not hovered."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, picture, name, key."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            self._paint_content(painter)
        finally:
            painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        colours = look.colours()
        fill = colours.tint if self.isChecked() else colours.paper
        if not self.isChecked() and self.isEnabled() and self.underMouse():
            fill = colours.hover
        line = colours.accent if self.isChecked() or self.hasFocus() else colours.line
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(line), width))
        painter.setBrush(QColor(fill if self.isEnabled() or self.isChecked() else colours.panel))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)

    def _paint_content(self, painter: QPainter) -> None:
        colours = look.colours()
        text = self.rect().adjusted(GAP, PADDING, -GAP, 0)
        if self._picture:
            area = QRectF((self.width() - PICTURE) / 2, PADDING, PICTURE, PICTURE)
            painter.setOpacity(1.0 if self.isEnabled() or self.isChecked() else 0.4)
            self._picture(painter, area, self.choice.value)
            painter.setOpacity(1.0)
            text.setTop(PADDING + PICTURE + GAP)
        else:
            text.setTop((self.height() - self._text_height(self.width())) // 2)
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        painter.drawText(text, _WRAP, self.text())
        if self.choice.shortcut:
            self._paint_key(painter)

    def _paint_key(self, painter: QPainter) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(QColor(look.colours().muted))
        corner = self.rect().adjusted(0, GAP, -GAP - 2, 0)
        painter.drawText(
            corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.choice.shortcut
        )


class ChoiceGrid(QWidget):
    """Buttons in as many columns as fit; emits the value chosen, or "" for the chosen one clicked again."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[Choice], picture: Picture | None = None, columns: int = 3
    ) -> None:
        super().__init__()
        self._columns, self._value = columns, ""
        self.setAccessibleName(name)
        self.buttons = {choice.value: ChoiceButton(choice, picture, name) for choice in choices}
        for value, button in self.buttons.items():
            button.setParent(self)
            button.clicked.connect(partial(self._clicked, value))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_value(self, value: str) -> None:
        """Press the button of `value` down, or none."""
        self._value = value
        for own, button in self.buttons.items():
            button.setChecked(own == value)

    def choose(self, value: str) -> None:
        """Choose `value` by its key; who types what an estimate chose already means it."""
        if value != self._value:
            self.chosen.emit(value)

    def _clicked(self, value: str, _on: bool = False) -> None:
        again = value == self._value
        self.show_value(self._value)
        self.chosen.emit("" if again else value)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pixels for all rows."""
        columns, cell = self._cells(width)
        return sum(self._row_heights(columns, cell)) + GAP * (-(-len(self.buttons) // columns) - 1)

    def minimumSizeHint(self) -> QSize:
        """One column must fit."""
        width = max(button.narrowest() for button in self.buttons.values())
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def sizeHint(self) -> QSize:
        """All wanted columns."""
        width = max(button.narrowest() for button in self.buttons.values())
        wanted = self._columns * (width + GAP) - GAP
        return QSize(wanted, self.heightForWidth(wanted))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put the buttons into rows."""
        columns, cell = self._cells(self.width())
        heights = self._row_heights(columns, cell)
        for i, button in enumerate(self.buttons.values()):
            row, column = divmod(i, columns)
            left = round(column * (cell + GAP))
            right = round(column * (cell + GAP) + cell)
            button.setGeometry(left, sum(heights[:row]) + row * GAP, right - left, heights[row])

    def _cells(self, width: int) -> tuple[int, float]:
        narrowest = max(button.narrowest() for button in self.buttons.values())
        fitting = max(1, min(self._columns, len(self.buttons), (width + GAP) // (narrowest + GAP)))
        rows = -(-len(self.buttons) // fitting)
        columns = -(-len(self.buttons) // rows)  # 4 + 2 buttons look better as 3 + 3
        return columns, (width - GAP * (columns - 1)) / columns

    def _row_heights(self, columns: int, cell: float) -> list[int]:
        buttons = list(self.buttons.values())
        rows = (buttons[i : i + columns] for i in range(0, len(buttons), columns))
        return [max(button.height_for(int(cell)) for button in row) for row in rows]
