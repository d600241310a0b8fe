"""Small pieces that several panels are made of."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look
from camwalk.i18n import _, tell
from camwalk.model import Tags
from camwalk.operations.tagging import KINDS, camera_kind

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def text_label(text: str, *, quiet: bool = False) -> QLabel:
    """A paragraph of plain text, whoever wrote it."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setMinimumWidth(1)  # a word without end is cut, and stretches nothing
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if quiet:
        look.muted(label)
        look.small(label)
    return label


def heading(text: str) -> QLabel:
    """The name of a section."""
    label = text_label(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def button(text: str, icon: str, clicked: Callable[[], object], *, main: bool = False) -> QPushButton:
    """A push button with an icon; `main` for the one main action of a view."""
    made = QPushButton(text)
    look.dress(made, icon, "on_accent" if main else "text")
    if main:
        look.main_action(made)
    made.clicked.connect(lambda: clicked())
    return made


def indented(box: QAbstractSpinBox) -> None:
    """Keep the text off the edge; a stylesheet's padding does not reach into such a box."""
    for edit in box.findChildren(QLineEdit):
        edit.setTextMargins(look.GRID - 2, 0, 0, 0)


def line() -> QFrame:
    """A hairline between sections."""
    frame = QFrame()
    look.hairline(frame)
    return frame


def scrolled(column: QVBoxLayout) -> QScrollArea:
    """The column in an area that scrolls up and down when the window is small."""
    inside = QWidget()
    column.setContentsMargins(look.GRID * 2, look.GRID * 2, look.GRID * 2, look.GRID * 2)
    column.setSpacing(look.GRID)
    inside.setLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def clear(layout: QLayout) -> None:
    """Remove everything from a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def table_cell(text: str, *, right: bool = False, tip: str = "") -> QTableWidgetItem:
    """A cell whose tool tip is `tip`, or all of a text that is cut."""
    item = QTableWidgetItem(text)
    told = tip or text
    item.setToolTip(f"<p>{escape(told)}</p>" if told else "")  # what begins like a tag would be taken for one
    if right:
        item.setTextAlignment(_RIGHT)
    return item


def left_heads(table: QTableView) -> None:
    """Headings stand over the beginning of what they are about."""
    table.horizontalHeader().setDefaultAlignment(_LEFT)


def read_table(name: str, heads: Sequence[str], right: Iterable[int] = ()) -> QTableWidget:
    """A table to read, in which one thing can be chosen; `right` are the columns of numbers."""
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    left_heads(table)
    for column in right:
        if head := table.horizontalHeaderItem(column):
            head.setTextAlignment(_RIGHT)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    return table


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """The end of a dialog that only shows something."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    return buttons


def ok_cancel(dialog: QDialog) -> QDialogButtonBox:
    """The end of a dialog that asks something."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def take_files(event: QDragEnterEvent) -> None:
    """Let go on what is dragged if it is files."""
    if event.mimeData().hasUrls():
        event.acceptProposedAction()


def files_of(event: QDropEvent) -> list[str]:
    """The paths that were dropped."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]


def kind_word(tags: Tags) -> str:
    """What to call a camera: its type where that is known."""
    kind = camera_kind(tags)
    return _("Camera") if kind == "unknown" else tell(KINDS[kind].choice.label)


def short(name: str) -> str:
    """A name that others gave, with its middle left out where it has more than 40 letters."""
    return name if len(name) <= 40 else f"{name[:20]}…{name[-20:]}"
