"""The filmstrip: every photo of a walk by time, with what is done and what is left to do."""

from collections.abc import Collection, Generator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look
from camwalk.gui.filmstrip_delegate import THUMBNAIL, FilmstripDelegate, cell_size
from camwalk.gui.filmstrip_model import CELL, FILTERS, Cell, FilmstripModel, Filter
from camwalk.gui.look import GRID
from camwalk.gui.thumbnails import ThumbnailSource
from camwalk.i18n import _
from camwalk.model import Photo, Survey
from camwalk.operations.review_photos import looked_at

_SCROLL_BAR = 10  # as the stylesheet draws it
_ALSO = QItemSelectionModel.SelectionFlag.Select


class Filmstrip(QWidget):
    """Shows photos and tells which one the user chose; never changes any."""

    selected = Signal(str)  # photo id: the user went to another photo
    activated = Signal(str)  # photo id: Enter or double click
    selection_changed = Signal(object)  # list of photo ids, in the order of time

    def __init__(self) -> None:
        super().__init__()
        self.thumbnails = ThumbnailSource(THUMBNAIL, self)
        self._model = FilmstripModel(self)
        self._quiet = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._let_go)
        self._delegate = FilmstripDelegate(self.thumbnails, self)
        self._list = self._make_list()
        self._buttons = QButtonGroup(self)
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        look.muted(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(self._filter_row())
        column.addWidget(self._list)
        self.thumbnails.ready.connect(self._repaint)
        self._show_counts()

    def set_survey(self, survey: Survey, walk: str | None = None) -> None:
        """Show the photos of `walk`, or of all walks, keeping the current one where it is still there."""
        current = self.current
        self.thumbnails.retry()
        with self._silently():
            self._model.set_survey(survey, walk)
        self.select(current)
        self._show_counts()

    def update_photos(self, survey: Survey, photo_ids: Collection[str]) -> None:
        """Take these photos as they are in `survey` now: changed, new, gone, or with other cameras."""
        current, chosen = self.current, self.selected_ids()
        self.thumbnails.retry()
        with self._silently():
            self._model.update_photos(survey, photo_ids)
            if self.current != current:
                self._go_to(current)
            elif len(chosen) > 1:
                self._choose(chosen)
        self._show_counts()

    def set_filter(self, filter_: Filter) -> None:
        """Show all photos, or only those still without a place, not seen, or with cameras."""
        self._buttons.button(FILTERS.index(filter_)).setChecked(True)
        current = self.current
        with self._silently():
            self._model.set_filter(filter_)
        self.select(current)

    def select(self, photo_id: str | None) -> None:
        """Go to a photo without telling anybody; None goes nowhere."""
        if photo_id is not None and photo_id == self.current:
            return
        with self._silently():
            self._model.set_current(photo_id)
            self._go_to(photo_id)
        self._show_hint()

    @property
    def current(self) -> str | None:
        """The photo that is shown large."""
        return _id(self._list.currentIndex())

    def selected_ids(self) -> list[str]:
        """All chosen photos, in the order of time."""
        rows = sorted(index.row() for index in self._list.selectedIndexes())
        return [cell.photo.id for row in rows if (cell := self._model.cell(row))]

    def neighbours(self, photo_id: str) -> tuple[Photo | None, Photo | None]:
        """The photos before and after, as the strip shows them."""
        row = self._model.row_of(photo_id)
        if row is None:
            return None, None
        before, after = self._model.cell(row - 1), self._model.cell(row + 1)
        return before.photo if before else None, after.photo if after else None

    def step(self, by: int) -> None:
        """Go `by` photos on (negative: back), as if the user had."""
        index = self._model.index(max(0, self._list.currentIndex().row() + by), 0)
        if index.isValid():
            self._list.setCurrentIndex(index)

    def first_left(self, survey: Survey) -> str | None:
        """The first photo of the strip that nobody looked at."""
        rows = range(self._model.rowCount())
        photos = (cell.photo for row in rows if (cell := self._model.cell(row)))
        return next((photo.id for photo in photos if not looked_at(survey, photo)), None)

    def at_rest(self) -> bool:
        """Whether no thumbnail is about to change."""
        return self.thumbnails.at_rest()

    def shutdown(self) -> None:
        """Stop making thumbnails."""
        self.thumbnails.shutdown()

    def _make_list(self) -> QListView:
        view = QListView()
        view.setAccessibleName(_("Photos by time"))
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(False)
        view.setUniformItemSizes(True)
        view.setSpacing(0)
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFixedHeight(cell_size(view.fontMetrics()).height() + _SCROLL_BAR + 2)
        view.selectionModel().currentChanged.connect(self._current_changed)
        view.selectionModel().selectionChanged.connect(self._selection_changed)
        view.activated.connect(self._activated)
        return view

    def _filter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GRID, GRID // 2, GRID, 0)
        row.setSpacing(GRID // 2)
        for number in range(len(FILTERS)):
            button = QPushButton()
            button.setCheckable(True)
            look.quiet(button)
            self._buttons.addButton(button, number)
            row.addWidget(button)
        self._buttons.button(0).setChecked(True)
        self._buttons.idClicked.connect(self._filter_clicked)
        row.addStretch()
        row.addWidget(self._hint)
        return row

    def _filter_clicked(self, number: int) -> None:
        self.set_filter(FILTERS[number])

    def _show_counts(self) -> None:
        counts = self._model.counts
        for number, (filter_, name) in enumerate(zip(FILTERS, _filter_names(), strict=True)):
            self._buttons.button(number).setText(f"{name} {counts[filter_]}")
        self._show_hint()

    def _show_hint(self) -> None:
        empty = self._model.rowCount() == 0
        nothing = _("No photos yet.") if not self._model.counts["all"] else _("No photo is in this group.")
        self._hint.setText(nothing if empty else "")

    @contextmanager
    def _silently(self) -> Generator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _go_to(self, photo_id: str | None) -> None:
        row = self._model.row_of(photo_id)
        if row is None:
            self._list.selectionModel().clear()
        elif self.current != photo_id or not self._list.selectedIndexes():
            self._list.setCurrentIndex(self._model.index(row, 0))
            self._list.scrollTo(self._model.index(row, 0))

    def _choose(self, photo_ids: list[str]) -> None:
        for row in map(self._model.row_of, photo_ids):
            if row is not None:
                self._list.selectionModel().select(self._model.index(row, 0), _ALSO)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        photo_id = _id(current)
        if self._quiet or photo_id is None:
            return
        self._later.start()  # not now: the view is in the middle of its own change
        self.selected.emit(photo_id)

    def _let_go(self) -> None:
        """Let the filter have the photo that was current before."""
        with self._silently():
            self._model.set_current(self.current)
        self._show_hint()

    def _selection_changed(self) -> None:
        if not self._quiet:
            self.selection_changed.emit(self.selected_ids())

    def _activated(self, index: QModelIndex) -> None:
        if photo_id := _id(index):
            self.activated.emit(photo_id)

    def _repaint(self, photo_id: str) -> None:
        row = self._model.row_of(photo_id)
        if row is not None:
            self._list.update(self._model.index(row, 0))


def _id(index: QModelIndex) -> str | None:
    cell = index.data(CELL) if index.isValid() else None
    return cell.photo.id if isinstance(cell, Cell) else None


def _filter_names() -> tuple[str, ...]:
    return _("All"), _("No place yet"), _("Not seen yet"), _("With cameras")
