"""The neighbourhood: which streets were walked, which are filmed, and where to walk next."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from camwalk.geometry.geodesy import corners
from camwalk.gui import look
from camwalk.gui.panel_parts import button, indented, read_table, table_cell, text_label
from camwalk.gui.report_write import write_report
from camwalk.gui.session import Session
from camwalk.gui.streets_cover import Reviewed, cover_of, reviewed
from camwalk.gui.streets_figures import FigureRow
from camwalk.gui.walk_sheet import write_walk_sheet
from camwalk.i18n import _, number, tell
from camwalk.model import Box, Camera, CamwalkError, Edit, Extract, LatLon, Report, Tick, Track
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.coverage_figures import Model
from camwalk.operations.coverage_figures_words import MODEL_WORDS, coverage_notes
from camwalk.operations.plan_walk import PACE, Plan, plan_walk
from camwalk.operations.review_coverage import Review, review_coverage, tick_street, write_plan
from camwalk.operations.walked_stretches import WalkedStreet
from camwalk.paths import file_name


class StreetsPanel(QWidget):
    """Measures when somebody looks, draws on the map, lists street by street."""

    cover_changed = Signal(object)  # Cover, for the map
    box_asked = Signal(object)  # Box to look at
    measured = Signal(object)  # Review

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._index: ExtractIndex | None = None
        self._stale = True
        self.review: Review | None = None
        self._plan: Plan | None = None
        self._rows: list[WalkedStreet] = []
        self._figures = text_label("")
        self._mist = QCheckBox(_("Mist over streets nobody walked"))
        self._filmed = QCheckBox(_("Ground in view of cameras"))
        for box in (self._mist, self._filmed):
            box.setChecked(True)
            box.toggled.connect(self._draw)
        self._model = QComboBox()
        for model, words in MODEL_WORDS.items():
            self._model.addItem(tell(words), model)
        self._model.setCurrentIndex(list(MODEL_WORDS).index("mean"))
        self._model.setAccessibleName(_("How far cameras see"))
        self._model.currentIndexChanged.connect(self._fill_figures)
        self._shown: Reviewed | None = None
        self._found: tuple[FigureRow, ...] = ()
        self._table = _table(_("Streets"), (_("Street"), _("Length (m)"), _("Walked (m)"), _("Filmed (m)")))
        self._table.itemSelectionChanged.connect(self._look_at_street)
        self._numbers = _table(_("Figures"), (_("Figure"), _("Value")))
        self._numbers.itemSelectionChanged.connect(self._look_at_figure)
        self._numbers.horizontalHeader().sectionResized.connect(self._numbers.resizeRowsToContents)
        self._tick = button(_("We looked here"), "eye-check", self.toggle_tick)
        self._tick.setEnabled(False)
        self._minutes = QSpinBox()
        indented(self._minutes)
        self._minutes.setRange(10, 480)
        self._minutes.setValue(60)
        self._minutes.setSuffix(f" {_('min')}")
        self._minutes.setAccessibleName(_("How long to walk"))
        self._with_plan = (
            button(_("Save it as GPX…"), "download", self._save_plan),
            button(_("Sheet to print…"), "file-export", self._write_sheet),
        )
        self._use_plan(None)
        self._lay_out()
        session.edited.connect(self._after)

    def _lay_out(self) -> None:
        verbs = QGridLayout()
        verbs.addWidget(button(_("Plan the next walk"), "route", self._ask_plan), 0, 0)
        verbs.addWidget(self._minutes, 0, 1)
        for column, verb in enumerate(self._with_plan):
            verbs.addWidget(verb, 1, column)
        verbs.addWidget(button(_("Write a report…"), "file-export", self._write_report), 2, 0, 1, 2)
        lists = QTabWidget()
        lists.setDocumentMode(True)
        lists.addTab(self._numbers, _("Figures"))
        lists.addTab(self._table, _("Streets"))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.GRID, look.GRID, look.GRID, look.GRID)
        column.setSpacing(look.GRID // 2)
        for widget in (self._figures, self._mist, self._filmed, self._model, lists, self._tick):
            column.addWidget(widget)
        column.addLayout(verbs)

    # -- measuring ------------------------------------------------------------------------

    def use_index(self, index: ExtractIndex | None) -> None:
        """Measure along the streets of this extract from now on."""
        self._index, self._stale, self.review, self._shown = index, True, None, None
        self._use_plan(None)
        if self.isVisible():
            self.measure()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure when somebody looks."""
        super().showEvent(event)
        if self._stale:
            self.measure()
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the map as it is elsewhere."""
        super().hideEvent(event)
        self.cover_changed.emit(cover_of(None, None, mist=False, filmed=False))

    def measure(self) -> None:
        """Measure off the GUI thread; only cameras that changed are looked through again."""
        self._stale = False
        if self._index is None:
            self._figures.setText(_("Choose a map file first: walks are measured along its streets."))
            return
        survey, index, before = self._session.survey, self._index, self.review

        def work(report: Report) -> Reviewed:
            return reviewed(review_coverage(survey, index, report, before), survey)

        self._session.start(work, self._measured, self._failed, _("Measuring"))

    def _measured(self, shown: Reviewed) -> None:
        self._shown, review = shown, shown.review
        self.review = review
        notes = (*review.walked.notes, *coverage_notes(review.filmed))
        self._figures.setText("\n".join(map(tell, notes)))
        self._figures.setVisible(bool(notes))
        self._fill_figures()
        filmed = {street.way: street.filmed_m.mean for street in review.filmed.streets}
        order = sorted(review.walked.streets, key=lambda s: (-s.walked_m, s.name or "\uffff"))
        self._rows = [street for street in order if street.name or street.walked_m]
        metres = ((s.length_m, s.walked_m, filmed.get(s.way, 0.0)) for s in self._rows)
        titles = (tell(review.titles[street.way]) for street in self._rows)
        _fill(
            self._table, [(title, *map(number, three)) for title, three in zip(titles, metres, strict=True)]
        )
        self._draw()
        self.measured.emit(review)

    def _after(self, edit: Edit) -> None:
        if any(isinstance(c.record, Camera | Track | Tick | Extract) for c in edit.changes):
            self._stale = True
            if self.isVisible():
                self.measure()

    def _failed(self, error: CamwalkError) -> None:
        self._figures.setText(tell(error.reason))

    def _draw(self) -> None:
        if self.isVisible():
            mist, filmed, row = self._mist.isChecked(), self._filmed.isChecked(), self._figure()
            model: Model = self._model.currentData()
            cover = cover_of(self._shown, self._plan, mist=mist, filmed=filmed, model=model, row=row)
            self.cover_changed.emit(cover)

    # -- one figure -------------------------------------------------------------------------

    def _fill_figures(self) -> None:
        if self._shown is not None:
            self._found = self._shown.rows[self._model.currentData()]
            _fill(self._numbers, [(f"{one.name}\n{one.base}", one.value) for one in self._found])
            self._numbers.resizeRowsToContents()
            self._draw()

    def _figure(self) -> FigureRow | None:
        chosen = self._numbers.selectionModel().selectedRows()
        return self._found[chosen[0].row()] if chosen and chosen[0].row() < len(self._found) else None

    def _look_at_figure(self) -> None:
        self._draw()
        row = self._figure()
        if row is not None and row.look is not None:
            self.box_asked.emit(row.look)

    # -- one street -------------------------------------------------------------------------

    def _street(self) -> WalkedStreet | None:
        row = self._table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _look_at_street(self) -> None:
        street = self._street()
        self._tick.setEnabled(street is not None and not self._session.project.read_only)
        if street is None or self.review is None:
            return
        by_hand = str(street.way) in self._session.survey.ticks
        self._tick.setText(_("As the tracks say") if by_hand else _("We looked here"))
        lines = [self.review.line(one) for one in street.stretches]
        self.box_asked.emit(Box.around(corners(lines)))

    def choose_street(self, way: int) -> None:
        """Look at one street."""
        self._table.selectRow([street.way for street in self._rows].index(way))

    def toggle_tick(self) -> None:
        """Say that somebody looked along the chosen street, or take that back."""
        street = self._street()
        if street is not None:
            by_hand = str(street.way) in self._session.survey.ticks
            self._session.attempt(
                lambda: tick_street(self._session.survey, street.way, None if by_hand else True)
            )

    # -- the next walk ------------------------------------------------------------------------

    def _ask_plan(self) -> None:
        review, metres = self.review, self._minutes.value() * PACE
        start = self._start()
        if review is None or start is None:
            self._session.said.emit(_("A plan needs a map file, and a photo or a track to start from."))
            return
        self._session.start(
            lambda report: plan_walk(review.walked, review.streets, start, None, metres, report),
            self._planned,
            label=_("Planning"),
        )

    def _start(self) -> LatLon | None:
        """Where the photo in hand was taken, else where the first track begins."""
        photo = self._session.photo
        if photo and photo.position:
            return photo.position
        track = next(iter(self._session.survey.tracks.values()), None)
        return LatLon(float(track.array[0, 1]), float(track.array[0, 2])) if track else None

    def _planned(self, plan: Plan) -> None:
        self._use_plan(plan)
        words = _("A walk of {length} m, {new} m of them not walked yet.")
        self._session.said.emit(words.format(length=number(plan.length_m), new=number(plan.new_m)))
        self._draw()
        if plan.line:
            self.box_asked.emit(Box.around(plan.line))

    def _use_plan(self, plan: Plan | None) -> None:
        self._plan = plan
        for verb in self._with_plan:
            verb.setEnabled(plan is not None)

    def _write_report(self) -> None:
        start = str(self._session.project.path.with_suffix(".pdf"))
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Write a report"), start, "PDF (*.pdf);;HTML (*.html)"
        )
        if not name:
            return
        survey, index, review = self._session.survey, self._index, self.review
        self._session.start(
            lambda report: write_report(survey, index, Path(name), report=report, review=review),
            lambda _pictures: self._tell_written(name),
            label=_("Writing the report"),
        )

    def _tell_written(self, name: str) -> None:
        self._session.wrote.emit(_("Written: {file}").format(file=file_name(name)), name)

    def _save_plan(self) -> None:
        self._write_plan(_("Save it as GPX"), "gpx", lambda path, plan: write_plan(path, plan))

    def _write_sheet(self) -> None:
        survey, index, review = self._session.survey, self._index, self.review
        if index is not None and review is not None:
            self._write_plan(
                _("Sheet to print"), "pdf",
                lambda path, plan: write_walk_sheet(survey, index, plan, review.titles, path),
            )  # fmt: skip

    def _write_plan(self, title: str, ending: str, write: Callable[[Path, Plan], None]) -> None:
        plan = self._plan
        if plan is None:
            return
        start = str(self._session.project.path.with_suffix(f".{ending}"))
        name, _kind = QFileDialog.getSaveFileName(self, title, start, f"{ending.upper()} (*.{ending})")
        if name:
            self._session.start(
                lambda _report: write(Path(name), plan), lambda _done: self._tell_written(name)
            )


def _table(name: str, heads: Sequence[str]) -> QTableWidget:
    """A list of rows of which one can be chosen."""
    table = read_table(name, heads, right=range(1, len(heads)))
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    return table


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """New rows, without telling anybody that another one is chosen."""
    table.blockSignals(True)
    table.setRowCount(len(rows))
    for number_, row in enumerate(rows):
        for column, text in enumerate(row):
            table.setItem(number_, column, table_cell(text, right=column > 0))
    table.blockSignals(False)
