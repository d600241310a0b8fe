"""A tag that is typed: caption, line to type in, and a notice of what is wrong while typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.notice import Notice
from camwalk.i18n import pgettext, tell
from camwalk.model import Message
from camwalk.operations.tagging import Choice, Field, TagProblem, beyond_limits, meaningless

Problem = Callable[[str], Message | None]
"""What is wrong with a value, told while it is typed."""


class Committer(QObject):
    """Turns a line edit into values: emits one on Enter or on leaving it, if a person changed it.

    A text with a problem is never emitted and stays to be mended. `shown` and `read` translate
    between tag value and text; a value that nobody touched is never translated back.
    """

    committed = Signal(object)  # str, or None for no value
    typing = Signal(str)

    def __init__(
        self,
        edit: QLineEdit,
        problem: Problem,
        shown: Callable[[str], str] = str,
        read: Callable[[str], str] = str.strip,
    ) -> None:
        super().__init__(edit)
        self._edit, self._problem, self._shown, self._read = edit, problem, shown, read
        self._value: str | None = None
        edit.textEdited.connect(self.typing)
        edit.editingFinished.connect(self.finish)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape takes back what was typed."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return super().eventFilter(watched, event)
        typed = event.type() == QEvent.Type.KeyPress and self._edit.text() != self._shown(self._value or "")
        if typed:
            self.show_value(self._value, afresh=True)
        return typed

    def show_value(self, value: str | None, afresh: bool) -> None:
        """Show `value`; what is being typed stays unless the value is new or it starts `afresh`."""
        if afresh or value != self._value:
            self._value = value
            self._edit.setText(self._shown(value or ""))
            self._edit.setCursorPosition(0)
            self.typing.emit(self._edit.text())

    def finish(self) -> None:
        """Emit what was typed, if it is new and understood."""
        text = self._edit.text()
        if text == self._shown(self._value or "") or self.trouble(text):
            return
        value = self._read(text) or None
        changed = value != self._value
        self._value = value
        self._edit.setText(self._shown(value or ""))
        self.typing.emit(self._edit.text())
        if changed:
            self.committed.emit(value)

    def trouble(self, text: str) -> Message | None:
        """What is wrong with a text, read as a value."""
        value = self._read(text)
        return self._problem(value) if value else None


class TypedField(QWidget):
    """Caption and line, which is a plain one or that of a list of proposals.

    `notice` is for whoever lays out the form to put where there is room.
    """

    committed = Signal(object)

    def __init__(self, field: Field, proposals: Sequence[Choice] = ()) -> None:
        super().__init__()
        self.notice = Notice()
        self._box = _Proposals(proposals) if proposals else None
        self.edit = (self._box.lineEdit() if self._box else None) or QLineEdit()
        self.edit.setMaxLength(1000)
        self._committer = Committer(self.edit, _problem_of(field.key), *_translators(field, proposals))
        self._committer.committed.connect(self.committed)
        self._committer.typing.connect(self._check)
        if self._box:
            self._box.activated.connect(self._committer.finish)
            self._box.installEventFilter(self._committer)  # it takes the keys of its line
        self._lay_out(field)

    def _lay_out(self, field: Field) -> None:
        control: QWidget = self._box or self.edit
        name = tell(field.label)
        caption = QLabel(f"{name} ({field.unit})" if field.unit else name)
        caption.setBuddy(control)
        look.small(caption)
        look.muted(caption)
        for widget in {control, self.edit}:
            widget.setAccessibleName(caption.text())
            widget.setToolTip(tell(field.hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID // 2)
        column.addWidget(caption)
        column.addWidget(control)

    def show_value(self, value: str | None, afresh: bool) -> None:
        """Show the tag's value; see Committer."""
        self._committer.show_value(value, afresh)

    def finish(self) -> None:
        """Take what was typed."""
        self._committer.finish()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.edit.setReadOnly(read_only)
        if self._box:
            self._box.setEnabled(not read_only)

    def _check(self, text: str) -> None:
        trouble = self._committer.trouble(text)
        self.notice.tell(tell(trouble) if trouble else "")


class _Proposals(QComboBox):
    """An editable list that offers names, and lets the page scroll while it is not in use."""

    def __init__(self, proposals: Sequence[Choice]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems([tell(proposal.label) for proposal in proposals])
        if completer := self.completer():
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never change a value by scrolling past it."""
        event.ignore()


def _problem_of(key: str) -> Problem:
    def problem(value: str) -> Message | None:
        found: TagProblem | None = beyond_limits(key, value) or meaningless(key, value)
        return found.reason if found else None

    return problem


def _translators(
    field: Field, proposals: Sequence[Choice]
) -> tuple[Callable[[str], str], Callable[[str], str]]:
    names = {choice.value: tell(choice.label) for choice in proposals}
    values = {name.casefold(): value for value, name in names.items()}

    def shown(value: str) -> str:
        if field.unit and value.replace(".", "", 1).isdecimal():
            return value.replace(".", pgettext("decimal sign", "."))
        return names.get(value, value)

    def read(text: str) -> str:
        return values.get(text.strip().casefold()) or field.tidy(text)

    return shown, read
