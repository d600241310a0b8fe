"""A page of the Review activity: cameras and sightings of the whole walk that may be the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.panel_parts import button, kind_word, text_label
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Camera, Distinct, Edit, LatLon, Report, Sighting, Survey, share_of
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.estimate_position_surroundings import box_of_photos, nothing_around, surroundings
from camwalk.operations.merge_cameras import are_apart
from camwalk.operations.propose_same import Places, Proposal, places_of_sightings, propose_same
from camwalk.paths import file_name

QUICK = 500  # sightings


class SamePanel(QWidget):
    """Lists pairs, likeliest first, and asks for a word on each; decides nothing itself."""

    shown = Signal(object)  # the Proposal that is looked at, or None
    merge_asked = Signal(str, str)  # the record to keep, the one to merge into it
    refused = Signal(str, str)  # two records that are not the same camera
    counted = Signal(int)  # pairs of cameras

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self._pairs: tuple[Proposal, ...] = ()
        self._places: Places | None = None
        self._index: ExtractIndex | None = None
        self._summary = text_label("")
        self._list = QListWidget()
        self._list.setAccessibleName(_("Cameras that may be the same"))
        self._list.setWordWrap(True)
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
        self.refresh()

    def _after(self, edit: Edit) -> None:
        kinds = (Camera, Sighting, Distinct)
        self._stale = self._stale or any(isinstance(c.record, kinds) for c in edit.changes)
        if self.isVisible():
            self._drop_decided()
            self.refresh()

    def _drop_decided(self) -> None:
        """What was decided leaves the list at once, before all is compared again."""
        survey = self._session.survey
        waiting = tuple(pair for pair in self._pairs if _is_open(survey, pair))
        if waiting != self._pairs:
            self._pairs = waiting
            self._fill(survey)

    def refresh_if_quick(self) -> None:
        """The same for who did not ask to see them, where that takes a minute at most."""
        if len(self._session.survey.sightings) <= QUICK:
            self.refresh()

    def refresh(self) -> None:
        """Look for pairs if something changed since the last time."""
        if not self._stale:
            return
        self._stale = False
        survey, index, before = self._session.survey, self._index, self._places
        self._session.start(
            lambda report: _compared(survey, index, before, report),
            self._found,
            label=_("Comparing cameras"),
        )

    def use_index(self, index: ExtractIndex | None) -> None:
        """Compare with these walls around."""
        self._index, self._stale, self._places = index, True, None

    def _found(self, found: tuple[Survey, Places | None, tuple[Proposal, ...]]) -> None:
        survey, self._places, self._pairs = found
        self._fill(survey)

    def _fill(self, survey: Survey) -> None:
        row = self._list.currentRow()
        self._list.clear()
        for pair in self._pairs:
            item = QListWidgetItem(pair_words(survey, pair))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())
            self._list.addItem(item)
        n = len(self._pairs)
        self._summary.setText(
            ngettext("{n} pair may be one camera.", "{n} pairs may be one camera.", n).format(n=n)
            if n
            else _("Nothing looks like the same camera marked twice.")
        )
        for part in (self._same, self._different):
            part.setEnabled(bool(n) and not self._session.project.read_only)
        self._list.setCurrentRow(min(max(row, 0), n - 1))
        self.counted.emit(sum({p.first, p.second} <= survey.cameras.keys() for p in self._pairs))

    def _chosen(self) -> Proposal | None:
        row = self._list.currentRow()
        pair = self._pairs[row] if 0 <= row < len(self._pairs) else None
        return pair if pair and _is_open(self._session.survey, pair) else None

    def _tell_shown(self, _row: int) -> None:
        if self.isVisible():
            self.shown.emit(self._chosen())

    def _merge(self) -> None:
        if pair := self._chosen():
            self.merge_asked.emit(pair.first, pair.second)

    def _refuse(self) -> None:
        if pair := self._chosen():
            self.refused.emit(pair.first, pair.second)


def _compared(
    survey: Survey, index: ExtractIndex | None, before: Places | None, report: Report
) -> tuple[Survey, Places | None, tuple[Proposal, ...]]:
    box = box_of_photos(survey)
    if box is None:
        return survey, None, ()
    if before and before.survey.photos is survey.photos:
        around = before.around
    else:
        around = surroundings(index, box) if index else nothing_around(LatLon(box.south, box.west))
    places = places_of_sightings(survey, around, share_of(report, 0, 700), before)
    return survey, places, propose_same(places, share_of(report, 700, 1000))


def _is_open(survey: Survey, pair: Proposal) -> bool:
    """Whether both are still there and nobody said that they are two."""
    both = (pair.first, pair.second)
    there = all(one in survey.cameras or one in survey.sightings for one in both)
    return there and not are_apart(survey, *both)


def pair_words(survey: Survey, pair: Proposal) -> str:
    """Two records in one line: what they are, how likely one camera, and why."""
    return _("{first} and {second}: {percent}%. {why}").format(
        first=_name(survey, pair.first),
        second=_name(survey, pair.second),
        percent=round(pair.probability * 100),
        why=tell(pair.why),
    )


def _name(survey: Survey, record: str) -> str:
    if sighting := survey.sightings.get(record):
        return _("a sighting in {photo}").format(photo=file_name(survey.photos[sighting.photo].path))
    return kind_word(survey.cameras[record].tags)
