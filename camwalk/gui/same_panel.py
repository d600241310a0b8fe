"""A page of the Review activity: pairs of cameras of the whole walk that may be the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.panel_parts import button, text_label
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Camera, CamwalkError, Distinct, Edit, Report, Sighting, Survey
from camwalk.operations.same_nearby import Likely, all_likely_same
from camwalk.operations.tagging import KINDS, camera_kind


class SamePanel(QWidget):
    """Lists pairs, likeliest first, and asks for a word on each; decides nothing itself."""

    shown = Signal(object)  # the Likely that is looked at, or None
    merge_asked = Signal(str, str)  # the camera to keep, the one to merge into it
    refused = Signal(str, str)  # two cameras that are not the same

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self._pairs: list[Likely] = []
        self._summary = text_label("")
        self._list = QListWidget()
        self._list.setAccessibleName(_("Cameras that may be the same"))
        self._list.currentRowChanged.connect(self._tell_shown)
        self._same = button(_("Merge"), "check", self._merge, main=True)
        self._different = button(_("Not the same"), "x", self._refuse)
        row = QHBoxLayout()
        row.addWidget(self._same)
        row.addWidget(self._different)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(look.GRID)
        column.addWidget(self._summary)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        session.edited.connect(self._after)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for pairs when somebody wants to see them."""
        super().showEvent(event)
        self._refresh()

    def _after(self, edit: Edit) -> None:
        kinds = (Camera, Sighting, Distinct)
        self._stale = self._stale or any(isinstance(c.record, kinds) for c in edit.changes)
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        if not self._stale:
            return
        self._stale = False
        survey = self._session.survey

        def work(report: Report) -> tuple[Survey, list[Likely]]:
            return survey, all_likely_same(survey, report)

        self._session.jobs.start(work, self._found, self._failed, _("Comparing cameras"))

    def _failed(self, error: CamwalkError) -> None:
        self._session.failed.emit(tell(error.reason))

    def _found(self, found: tuple[Survey, list[Likely]]) -> None:
        survey, self._pairs = found
        row = self._list.currentRow()
        self._list.clear()
        for pair in self._pairs:
            item = QListWidgetItem(pair_words(survey, pair))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())
            self._list.addItem(item)
        n = len(self._pairs)
        self._summary.setText(
            ngettext("{n} pair of cameras may be one.", "{n} pairs of cameras may be one.", n).format(n=n)
            if n
            else _("No two cameras look like the same one.")
        )
        for part in (self._same, self._different):
            part.setEnabled(bool(n) and not self._session.project.read_only)
        self._list.setCurrentRow(min(max(row, 0), n - 1))

    def _chosen(self) -> Likely | None:
        row = self._list.currentRow()
        pair = self._pairs[row] if 0 <= row < len(self._pairs) else None
        both = self._session.survey.cameras
        return pair if pair and pair.first in both and pair.second in both else None

    def _tell_shown(self, _row: int) -> None:
        if self.isVisible():
            self.shown.emit(self._chosen())

    def _merge(self) -> None:
        if pair := self._chosen():
            self.merge_asked.emit(pair.first, pair.second)

    def _refuse(self) -> None:
        if pair := self._chosen():
            self.refused.emit(pair.first, pair.second)


def pair_words(survey: Survey, pair: Likely) -> str:
    """Two cameras in one line: their types, how far apart, how likely one."""
    kinds = [camera_kind(survey.cameras[c].tags) for c in (pair.first, pair.second)]
    names = [_("Camera") if kind == "unknown" else tell(KINDS[kind].choice.label) for kind in kinds]
    return _("{first} and {second}, {n} m apart: {percent} %").format(
        first=names[0], second=names[1], n=round(pair.metres), percent=round(pair.chance * 100)
    )
