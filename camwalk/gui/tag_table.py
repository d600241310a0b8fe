"""Any further tag of a camera, as a table of keys and values to edit."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look
from camwalk.gui.notice import Notice
from camwalk.gui.panel_parts import left_heads
from camwalk.i18n import _, tell
from camwalk.model import Message, Tags, message
from camwalk.operations.tagging import beyond_limits, meaningless, with_tag

KEY, VALUE = 0, 1


class TagTable(QWidget):
    """Emits all tags of the camera after each change; tags shown elsewhere in the form stay as they are.

    The last row is empty: typing there adds a tag. An emptied value, or Delete, removes one.
    """

    edited = Signal(object)  # Tags

    def __init__(self) -> None:
        super().__init__()
        self._tags: Tags = {}
        self._keys: list[str] = []
        self._trouble: Message | None = None
        self.table, self.notice, self._buttons = _Table(), Notice(), QWidget()
        self.add = QPushButton(_("Add a tag"))
        self.remove = QPushButton(_("Remove"))
        look.dress(self.add, "plus")
        look.dress(self.remove, "minus")
        self.add.setToolTip(_("Type a key, then a value, in the empty row."))
        self.remove.setToolTip(_("Remove the chosen tag (Delete)"))
        self._lay_out()
        self.table.cellChanged.connect(self._take_cell)
        self.table.remove_asked.connect(self._remove_current)
        self.table.currentCellChanged.connect(self._enable_buttons)
        self.add.clicked.connect(self._start_new)
        self.remove.clicked.connect(self._remove_current)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(look.GRID)
        for button in (self.add, self.remove):
            look.quiet(button)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID // 2)
        column.addWidget(self.table)
        column.addWidget(self.notice)
        column.addWidget(self._buttons)

    def show_tags(self, tags: Tags, elsewhere: Collection[str], afresh: bool) -> None:
        """Show those of `tags` whose keys are not shown `elsewhere`."""
        keys = [key for key in tags if key not in elsewhere]
        same = keys == self._keys and all(tags[key] == self._tags.get(key) for key in keys)
        self._tags, self._keys = tags, keys
        if afresh:
            self._trouble = None
        if afresh or not same:
            self._fill()
        self._tell_problems()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.table.setEditTriggers(_READ_ONLY if read_only else _EDIT_TRIGGERS)
        self.add.setEnabled(not read_only)
        self._enable_buttons()

    def set_folded(self, folded: bool) -> None:
        """Hide all but the problems."""
        self.table.setVisible(not folded)
        self._buttons.setVisible(not folded)

    def _fill(self) -> None:
        row, column = self.table.currentRow(), self.table.currentColumn()
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._keys) + 1)
        for i, key in enumerate((*self._keys, "")):
            self.table.setItem(i, KEY, QTableWidgetItem(key))
            self.table.setItem(i, VALUE, QTableWidgetItem(self._tags.get(key, "") if key else ""))
        self.table.blockSignals(False)
        self.table.setCurrentCell(min(row, len(self._keys)), max(column, 0))
        self.table.fit()
        self._enable_buttons()

    def _take_cell(self, row: int, _column: int) -> None:
        new_key, value = self._text(row, KEY), self._text(row, VALUE)
        old_key = self._keys[row] if row < len(self._keys) else ""
        if not old_key and not (new_key and value):
            return  # the new row is half done
        tags, self._trouble = _changed(self._tags, old_key, new_key, value)
        if self._trouble:
            self._tell_problems()  # what was typed stays, to be mended
        else:
            self._adopt(tags)

    def _adopt(self, tags: Tags) -> None:
        changed = list(tags.items()) != list(self._tags.items())
        hidden = set(self._tags) - set(self._keys)
        self._tags, self._keys = tags, [key for key in tags if key not in hidden]
        self._fill()
        self._tell_problems()
        if changed:
            self.edited.emit(tags)

    def _remove_current(self) -> None:
        row = self.table.currentRow()
        if self.remove.isEnabled() and 0 <= row < len(self._keys):
            self._trouble = None
            self._adopt(with_tag(self._tags, self._keys[row], None))

    def _start_new(self) -> None:
        self.table.setFocus()
        self.table.setCurrentCell(len(self._keys), KEY)
        self.table.edit(self.table.currentIndex())

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item else ""

    def _enable_buttons(self) -> None:
        chosen = 0 <= self.table.currentRow() < len(self._keys)
        self.remove.setEnabled(chosen and self.add.isEnabled())

    def _tell_problems(self) -> None:
        lines = [tell(self._trouble)] if self._trouble else []
        for key in self._keys:
            problem = beyond_limits(key, self._tags[key]) or meaningless(key, self._tags[key])
            if problem:
                lines.append(f"{key}: {tell(problem.reason)}")
        self.notice.tell("\n".join(lines))


_EDIT_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.SelectedClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
_READ_ONLY = QAbstractItemView.EditTrigger.NoEditTriggers


class _Table(QTableWidget):
    """As high as its rows; Tab leaves it; letters and Delete are for it, not for shortcuts."""

    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setHorizontalHeaderLabels([_("Key"), _("Value")])
        self.setAccessibleName(_("Further tags"))
        self.setToolTip(_("Enter or F2 edits, Delete removes."))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(_EDIT_TRIGGERS)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + look.GRID + 2)
        left_heads(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)

    def fit(self) -> None:
        """Take the height of all rows."""
        rows = self.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth())

    def event(self, event: QEvent) -> bool:
        """Keep what is typed here from being taken for a shortcut of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_typing(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing starts in the first cell if no other is chosen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentCell(0, KEY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the tag, Enter edits it."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit_current()
        else:
            super().keyPressEvent(event)
            event.setAccepted(event.isAccepted() or _is_typing(event))

    def _edit_current(self) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState  # Enter in the editor comes here too
        if self.currentIndex().isValid() and not editing and self.editTriggers() != _READ_ONLY:
            self.edit(self.currentIndex())


def _is_typing(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    letter = bool(event.text()) and event.text().isprintable()
    return plain and (letter or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace))


def _changed(tags: Tags, old_key: str, new_key: str, value: str) -> tuple[Tags, Message | None]:
    """The tags after one row was edited; unchanged, with the reason, where OSM would refuse it."""
    if old_key and not (new_key and value):
        return (tags if value else with_tag(tags, old_key, None)), None
    if new_key != old_key and new_key in tags:
        return tags, message("There is already a tag “{key}”.", key=new_key)
    refused = beyond_limits(new_key, value)
    if refused and value != tags.get(old_key):
        return tags, refused.reason
    pairs = [(new_key, value) if key == old_key else (key, v) for key, v in tags.items()]
    return dict(pairs) if old_key else with_tag(tags, new_key, value), None
