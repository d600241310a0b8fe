"""The Review activity: pages side by side; the first two list all cameras and all photos."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.pages import Pages
from camwalk.gui.panel_parts import left_heads
from camwalk.gui.record_tables import Column, RecordTable, camera_columns, photo_columns
from camwalk.gui.session import Selection, Session
from camwalk.i18n import _, ngettext
from camwalk.model import Camera, Edit, Photo, Survey

_ROWS_MEASURED = 50  # to find how wide a column should be


class ReviewPanel(QWidget):
    """Pages, of which two tables follow the one selection and set it. All their names are in sight."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self._cameras = SelectableTable(camera_columns(), _("Cameras"))
        self._photos = SelectableTable(photo_columns(), _("Photos"))
        self._cameras.setObjectName("camerasTable")
        self._photos.setObjectName("photosTable")
        self._cameras.chosen.connect(session.select_camera)
        self._photos.chosen.connect(session.select_photo)
        self._pages = Pages()
        self.add_page(self._cameras, _("Cameras"), "device-cctv")
        self.add_page(self._photos, _("Photos"), "photo")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        session.edited.connect(self._after)
        session.selected.connect(self._follow)

    def add_page(self, page: QWidget, name: str, icon: str) -> None:
        """Put another page beside the tables."""
        self._pages.add(page, name, icon)

    def show_page(self, page: QWidget) -> None:
        """Turn to one of the pages."""
        self._pages.turn_to(page)

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the tables when somebody looks, not at every edit."""
        super().showEvent(event)
        self._show()

    def _after(self, edit: Edit) -> None:
        self._stale = self._stale or any(isinstance(c.record, Camera | Photo) for c in edit.changes)
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        if self._stale:
            survey = self._session.survey
            self._cameras.show_records(survey, list(survey.cameras.values()))
            self._photos.show_records(survey, list(survey.photos.values()))
            cameras, photos = len(survey.cameras), len(survey.photos)
            self._pages.rename(
                self._cameras, ngettext("{n} camera", "{n} cameras", cameras).format(n=cameras)
            )
            self._pages.rename(self._photos, ngettext("{n} photo", "{n} photos", photos).format(n=photos))
            self._stale = False
        self._follow(self._session.selection)

    def _follow(self, selection: Selection) -> None:
        self._cameras.choose(selection.camera)
        self._photos.choose(selection.photo)


class SelectableTable(QTableView):
    """A sortable table of records; tells which one a person chose."""

    chosen = Signal(str)  # id

    def __init__(self, columns: tuple[Column, ...], name: str) -> None:
        super().__init__()
        self.table = RecordTable(columns)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.table)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._sorted)
        self.setAccessibleName(name)
        self.setSortingEnabled(True)
        left_heads(self)
        self._sorted.sort(-1)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setMaximumSectionSize(look.GRID * 30)
        self.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        self.selectionModel().selectionChanged.connect(self._tell)

    def show_records(self, survey: Survey, records: Sequence[Camera | Photo]) -> None:
        """Show these; the first time, columns get the width of what they hold."""
        was_empty = self.table.rowCount() == 0
        self.table.show_records(survey, records)
        if was_empty:
            self.resizeColumnsToContents()

    def choose(self, id_: str | None) -> None:
        """Show a record as chosen without telling."""
        row = None if id_ is None else self.table.row_of(id_)
        if row is None:
            self.clearSelection()
            return
        index = self._sorted.mapFromSource(self.table.index(row, 0))
        if not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            self.selectRow(index.row())
            self.scrollTo(index)

    def _tell(self, selected: QItemSelection) -> None:
        if indexes := selected.indexes():
            self.chosen.emit(self.table.record_at(self._sorted.mapToSource(indexes[0]).row()).id)
