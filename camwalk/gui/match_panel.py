"""The queue of what OSM knows: one match after the other, both sides beside each other, one key each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look
from camwalk.gui.match_model import TagLine, camera_of, name_of, row_text, tag_lines
from camwalk.gui.match_photos import MatchPhotos, photos_of_match
from camwalk.gui.panel_parts import button, read_table, table_cell, text_label
from camwalk.gui.session import Session
from camwalk.gui.tag_words import key_words, value_words
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Camera, Decision, Edit, Extract, Reference, Report, Tags, Verdict
from camwalk.operations.attach_extract import ExtractIndex, OsmCamera
from camwalk.operations.decide_match import decide, decision_about, is_decided, tag_by_tag
from camwalk.operations.match_cameras import Match, match_cameras, osm_ref
from camwalk.operations.reference_cameras import ReferenceCameras, reference_cameras, told_of
from camwalk.operations.streets_of_cameras import streets_of

_ASKED = ("changed", "moved", "not found", "confirmed")
_CONCERNED = Camera | Decision | Extract | Reference
_PAIRS_STAY = ("ours", "confirmed", "removed", "later")
"""Verdicts that change neither a camera nor which of OSM's it is."""
_OURS, _THEIRS = 1, 2
_ROWS_IN_SIGHT = 4  # of the table of tags, its head among them, on the smallest screens


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one comparison found."""

    matches: tuple[Match, ...] = ()
    known: Mapping[str, OsmCamera] = field(default_factory=dict[str, OsmCamera])
    reference: ReferenceCameras = field(default_factory=ReferenceCameras)
    streets: Mapping[str, str] = field(default_factory=dict[str, str])  # by our camera's or OSM's name


class MatchPanel(QWidget):
    """Shows matches and asks for decisions; each is one edit."""

    shown = Signal(object)  # the Match that is looked at, or None
    compared = Signal(object)  # Comparison
    photo_asked = Signal(str)  # a photo to open

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._index: ExtractIndex | None = None
        self._stale, self._comparing = True, False
        self.comparison = Comparison()
        self._rows: list[Match] = []
        self._lines: Sequence[TagLine] = ()
        self._summary = text_label("")
        self._list = QListWidget()
        self._list.setObjectName("matchRows")
        self._list.setAccessibleName(_("Comparison with OpenStreetMap"))
        self._list.setMinimumHeight(9 * look.GRID)
        self._list.currentRowChanged.connect(self._show_match)
        self._all = QCheckBox(_("Also what is decided or need not be"))
        self._all.toggled.connect(self._list_others)
        self._why = text_label("", quiet=True)
        self._photos = MatchPhotos(session)
        self._photos.asked.connect(self.photo_asked)
        self._tags = self._tag_table()
        self._note = QLineEdit()
        self._note.setPlaceholderText(_("Note for other mappers"))
        self._note.setAccessibleName(_("Note for other mappers"))
        self._buttons = self._decision_buttons()
        for table in (self._list, self._tags):
            table.installEventFilter(self)
        self._lay_out()
        session.edited.connect(self._after)

    def _tag_table(self) -> QTableWidget:
        table = read_table(_("Tags of both"), (_("Tag"), _("Ours"), _("OpenStreetMap")))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setToolTip(_("Choose the value to keep where the two differ"))
        table.cellActivated.connect(self._choose)
        table.cellClicked.connect(self._choose)
        return table

    def _decision_buttons(self) -> Mapping[Qt.Key, QPushButton]:
        return {
            Qt.Key.Key_O: button(_("Take ours (O)"), "check", lambda: self._decide("ours"), main=True),
            Qt.Key.Key_T: button(_("Take theirs (T)"), "download", lambda: self._decide("theirs")),
            Qt.Key.Key_B: button(_("As chosen above (B)"), "list", self._decide_mixed),
            Qt.Key.Key_K: button(_("Seen today (K)"), "eye-check", lambda: self._decide("confirmed")),
            Qt.Key.Key_X: button(_("Not the same (X)"), "x", lambda: self._decide("different")),
            Qt.Key.Key_G: button(_("It is gone (G)"), "trash", lambda: self._decide("removed")),
            Qt.Key.Key_L: button(_("Later (L)"), "clock", lambda: self._decide("later")),
        }

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(look.GRID // 2)
        for place, one in enumerate(self._buttons.values()):
            grid.addWidget(one, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.GRID, look.GRID, look.GRID, look.GRID)
        column.setSpacing(look.GRID // 2)
        for widget in (self._summary, self._all, self._list, self._why, self._photos, self._tags, self._note):
            column.addWidget(widget)
        self._tags.setMinimumHeight(_ROWS_IN_SIGHT * self._tags.verticalHeader().defaultSectionSize())
        column.setStretchFactor(self._list, 2)
        column.setStretchFactor(self._tags, 3)
        column.addLayout(grid)

    def use_index(self, index: ExtractIndex | None) -> None:
        """Compare with this extract from now on."""
        self._index = index
        self._stale = True
        if self.isVisible():
            self.compare()

    def showEvent(self, event: QShowEvent) -> None:
        """Compare when somebody looks; what was compared before is shown on the map now."""
        super().showEvent(event)
        self.refresh()
        self.shown.emit(self.match)

    def refresh(self) -> None:
        """Compare if something changed since the last time."""
        if self._stale:
            self.compare()

    def compare(self) -> None:
        """Compare our cameras with OSM's, off the GUI thread; one comparison after the other."""
        if self._comparing:
            self._stale = True
            return
        self._stale, self._comparing = False, True
        survey, index = self._session.survey, self._index

        def work(report: Report) -> Comparison:
            found = reference_cameras(survey, index)
            matches = match_cameras(survey, found.osm, index, report)
            known = {osm_ref(c): c for c in found.osm}
            asked = {name_of(m): camera_of(survey, m, known) for m in matches if m.kind in _ASKED}
            return Comparison(matches, known, found, streets_of(asked, index))

        self._session.start(work, self._compared, label=_("Comparing"), ended=self._go_on)

    def _compared(self, comparison: Comparison) -> None:
        looked_at = self.match
        self.comparison = comparison
        self._fill(looked_at)
        self.compared.emit(comparison)

    def _go_on(self) -> None:
        self._comparing = False
        if self.isVisible():
            self.refresh()

    def _after(self, edit: Edit) -> None:
        records = [r for c in edit.changes for r in (c.before, c.after) if isinstance(r, _CONCERNED)]
        if any(isinstance(r, Decision) for r in records):
            self._fill()  # what was decided leaves the list at once: the next key is for the next one
        if all(isinstance(r, Decision) and r.verdict in _PAIRS_STAY for r in records):
            if records:
                self.compared.emit(self.comparison)
            return
        self._stale = True
        if self.isVisible():
            self.compare()

    def _list_others(self, _all: bool) -> None:
        self._fill(self.match)

    def _fill(self, looked_at: Match | None = None) -> None:
        """List what waits; the next one is looked at, or still the one that was."""
        survey = self._session.survey
        matches = [m for m in self.comparison.matches if m.camera is None or m.camera in survey.cameras]
        waiting = [m for m in matches if m.kind in _ASKED and not is_decided(survey, m)]
        waiting.sort(key=lambda match: decision_about(survey, match) is not None)  # "later" comes last
        self._rows = list(matches) if self._all.isChecked() else waiting
        row = self._list.currentRow()
        self._list.blockSignals(True)
        self._list.clear()
        self._list.addItems(
            [row_text(survey, m, self.comparison.known, self.comparison.streets) for m in self._rows]
        )
        self._list.blockSignals(False)
        done = sum(is_decided(survey, m) for m in matches)
        words = ngettext(
            "{n} waits for you, {done} decided.", "{n} wait for you, {done} decided.", len(waiting)
        )
        nothing = _("Nothing to compare with yet: choose a map file, or cameras to compare with.")
        told = [words.format(n=len(waiting), done=done) if matches else nothing]
        told += map(tell, told_of(self.comparison.reference))
        self._summary.setText("\n".join(told))
        # What was decided leaves the list, so the same row is the next one.
        same = (n for n, m in enumerate(self._rows) if looked_at and m[:2] == looked_at[:2])
        row = next(same, max(0, min(row, len(self._rows) - 1)) if self._rows else -1)
        self._list.setCurrentRow(row)
        self._show_match(self._list.currentRow())

    @property
    def match(self) -> Match | None:
        """The match that is looked at; None while its camera is gone and nothing is compared anew."""
        row = self._list.currentRow()
        match = self._rows[row] if 0 <= row < len(self._rows) else None
        gone = match and match.camera and match.camera not in self._session.survey.cameras
        return None if gone else match

    def _show_match(self, _row: int) -> None:
        match = self.match
        self._why.setText(tell(match.why) if match else "")
        lines = tag_lines(self._session.survey, match, self.comparison.known) if match else ()
        self._show_tags(lines)
        survey, known = self._session.survey, self.comparison.known
        self._photos.show_photos(
            photos_of_match(survey, match, camera_of(survey, match, known)) if match else ()
        )
        self._note.clear()
        both = match is not None and match.camera is not None and match.osm is not None
        alone = match is not None and match.camera is None
        may = {
            "OTBX": both,
            "K": match is not None and match.osm is not None,
            "G": alone,
            "L": match is not None,
        }
        for keys, allowed in may.items():
            for key in keys:
                self._buttons[Qt.Key(ord(key))].setEnabled(allowed and not self._session.project.read_only)
        self.shown.emit(match)

    def _show_tags(self, lines: Sequence[TagLine]) -> None:
        self._lines = lines
        self._tags.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self._tags.setItem(row, 0, table_cell(key_words(line.key), tip=line.key))
            for column, value in ((_OURS, line.ours), (_THEIRS, line.theirs)):
                cell = table_cell(value_words(line.key, value), tip=f"{line.key}={value}" if value else "")
                self._tags.setItem(row, column, cell)
            if line.differs:
                self._mark_chosen(row, _OURS)
        self._colour()

    def _colour(self) -> None:
        """Differences in the colours of the window."""
        paper, ink = (QBrush(QColor(c)) for c in (look.colours().warning_paper, look.colours().warning))
        for row, line in enumerate(self._lines):
            for column in range(3) if line.differs else ():
                if item := self._tags.item(row, column):
                    item.setBackground(paper)
                    item.setForeground(ink)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _choose(self, row: int, column: int) -> None:
        """Keep the value that was clicked where the two differ."""
        if column in (_OURS, _THEIRS) and self._lines[row].ours != self._lines[row].theirs:
            self._mark_chosen(row, column)

    def _mark_chosen(self, row: int, chosen: int) -> None:
        for column in (_OURS, _THEIRS):
            if item := self._tags.item(row, column):
                font = item.font()
                font.setBold(column == chosen)
                item.setFont(font)

    def _chosen_tags(self) -> Mapping[str, str | None]:
        """For each key that differs, the value in bold; None where it is empty."""
        chosen: dict[str, str | None] = {}
        for row, line in enumerate(self._lines):
            for column, value in ((_OURS, line.ours), (_THEIRS, line.theirs)):
                item = self._tags.item(row, column)
                if item and item.font().bold():
                    chosen[line.key] = value or None
        return chosen

    # -- decisions ------------------------------------------------------------------------

    def _decide(self, verdict: Verdict, tags: Tags | None = None) -> None:
        match = self.match
        if match is None:
            return
        theirs = self.comparison.known.get(match.osm or "")
        note = self._note.text()
        self._session.attempt(
            lambda: decide(self._session.survey, match, verdict, theirs, tags=tags, note=note)
        )

    def _decide_mixed(self) -> None:
        match = self.match
        if match is None or match.camera is None or match.osm is None:
            return
        ours, theirs = self._session.survey.cameras[match.camera].tags, self.comparison.known[match.osm].tags
        self._decide("mixed", tag_by_tag(ours, theirs, self._chosen_tags()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters on the buttons."""
        if not self._decided_by(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The same letters in the lists, which would search for them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._decided_by(event)
        return super().eventFilter(watched, event)

    def _decided_by(self, event: QKeyEvent) -> bool:
        """Press the button of a letter, or say that it is not for this row; whether there is one."""
        pressed = self._buttons.get(Qt.Key(event.key()))
        if pressed is None or event.modifiers():
            return False
        if pressed.isEnabled():
            pressed.click()
        else:
            self._session.said.emit(_("“{what}” is not possible here.").format(what=pressed.text()))
        return True
