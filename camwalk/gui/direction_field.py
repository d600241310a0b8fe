"""Where a camera looks: dial, text in any spelling, and what was understood of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from camwalk.geometry.directions import (
    ALL_ROUND,
    edited,
    is_ambiguous_all_round,
    sector_text,
    sectors,
    with_first_lens,
)
from camwalk.gui import look
from camwalk.gui.choice_grid import ChoiceGrid
from camwalk.gui.direction_dial import DirectionDial
from camwalk.gui.direction_words import from_reader, in_words
from camwalk.gui.notice import Notice
from camwalk.gui.typed_field import Committer
from camwalk.i18n import _, tell
from camwalk.model import Message, message
from camwalk.operations.tagging import Choice

_STATES = (
    Choice("all", message("All round"), message("It sees everything around it.")),
    Choice("unknown", message("Not known"), message("Nobody saw where it looks.")),
)


class DirectionField(QWidget):
    """Emits the tag's new value, or None; `turning` tells it while the dial is being turned."""

    committed = Signal(object)
    turning = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._value, self._kind = "", "unknown"
        self.dial, self.edit, self.notice = DirectionDial(), QLineEdit(), Notice()
        self._understood = QLabel()
        self.states = ChoiceGrid(_("Direction"), _STATES, columns=2)
        self._committer = Committer(self.edit, self._problem, read=self._read)
        self._name_parts()
        self._lay_out()
        self._committer.committed.connect(self._commit)
        self._committer.typing.connect(self._show_understood)
        self.dial.turning.connect(self._while_turning)
        self.dial.turned.connect(self._when_turned)
        self.states.chosen.connect(self._choose_state)

    def _name_parts(self) -> None:
        self.edit.setAccessibleName(_("Direction"))
        self.edit.setToolTip(_("Degrees or winds: 135, SE, 45;135 for two lenses, 90-180 for a sweep."))
        self.edit.setPlaceholderText(_("for example SE or 135"))
        self.edit.setMaxLength(1000)
        self._understood.setTextFormat(Qt.TextFormat.PlainText)
        self._understood.setWordWrap(True)
        look.small(self._understood)
        look.muted(self._understood)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(look.GRID // 2)
        words.addWidget(self.edit)
        words.addWidget(self._understood)
        words.addStretch(1)
        words.addWidget(self.states)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.GRID * 2)
        grid.addWidget(self.dial, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(words, 0, 1)
        grid.addWidget(self.notice, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def show_value(self, value: str, kind: str, afresh: bool) -> None:
        """Show a direction as its tag spells it, in the colour of this kind of camera."""
        self._value, self._kind = value, kind
        self._committer.show_value(value or None, afresh)
        self._show_understood(self.edit.text())

    def finish(self) -> None:
        """Take what was typed or turned."""
        self._committer.finish()
        self.dial.finish()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.edit.setReadOnly(read_only)
        self.dial.setEnabled(not read_only)
        self.states.setEnabled(not read_only)

    def understood(self) -> str:
        """What it says to have understood."""
        return self._understood.text()

    def _problem(self, value: str) -> Message | None:
        if edited(self._value, value) is not None:
            return None
        return message("Not understood: “{value}”. Try SE, 135 or 90-180.", value=value)

    def _read(self, text: str) -> str:
        return edited(self._value, self._as_osm(text)) or text.strip()

    def _as_osm(self, text: str) -> str:
        if text == self._value:
            return text
        return "0" if is_ambiguous_all_round(text) else from_reader(text)

    def _show_understood(self, text: str) -> None:
        trouble = self._committer.trouble(text)
        self.notice.tell(tell(trouble) if trouble else "")
        self._understood.setText("" if trouble else in_words(self._as_osm(text)))
        self._understood.setVisible(not trouble)
        found = sectors(self._as_osm(text))
        self.dial.show_sectors(found, self._kind)
        self.states.show_value("all" if found == (ALL_ROUND,) else "" if text.strip() else "unknown")

    def _commit(self, value: str | None) -> None:
        self._value = value or ""
        self.committed.emit(value)

    def _while_turning(self, towards: float) -> None:
        text = with_first_lens(self._value, towards)
        self._understood.setText(in_words(text))
        self.turning.emit(text)

    def _when_turned(self, towards: float) -> None:
        self._take(with_first_lens(self._value, towards))

    def _choose_state(self, state: str) -> None:
        if state:
            self._take(sector_text(ALL_ROUND) if state == "all" else "")

    def _take(self, text: str) -> None:
        changed = text != self._value
        self._value = text
        self._committer.show_value(text or None, afresh=True)
        if changed:
            self.committed.emit(text or None)
