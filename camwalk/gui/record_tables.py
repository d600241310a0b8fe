"""Cameras and photos as tables: the way to reach everything without the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from camwalk.gui.photo_words import photo_zone, place_text, time_text
from camwalk.i18n import _, tell
from camwalk.model import Camera, Photo, Record, Survey
from camwalk.operations.review_photos import looked_at
from camwalk.operations.tagging import KINDS, MOUNTS, camera_kind, checked_camera
from camwalk.paths import file_name

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the text of its cells."""

    name: str
    text: Callable[[Survey, Any], str]


def camera_columns() -> tuple[Column, ...]:
    """What the table of cameras shows, in the reader's language."""
    mounts = {choice.value: choice.label for choice in MOUNTS}
    return (
        Column(_("Type"), lambda _s, c: tell(KINDS[camera_kind(c.tags)].choice.label)),
        Column(_("Mount"), lambda _s, c: _known(mounts, c.tags.get("camera:mount", ""))),
        Column(_("Direction"), lambda _s, c: c.tags.get("camera:direction", c.tags.get("direction", ""))),
        Column(_("Zone"), lambda _s, c: c.tags.get("surveillance:zone", "")),
        Column(_("Operator"), lambda _s, c: c.tags.get("operator", "")),
        Column(_("Photos"), lambda s, c: str(len(s.sightings_of_camera.get(c.id, ())) or "")),
        Column(_("To check"), lambda _s, c: "; ".join(tell(p.reason) for p in checked_camera(c))),
    )


def photo_columns() -> tuple[Column, ...]:
    """What the table of photos shows, in the reader's language."""
    return (
        Column(_("File"), lambda _s, p: file_name(p.path)),
        Column(_("Time"), lambda s, p: time_text(p, photo_zone(s, p))),
        Column(_("Device"), lambda s, p: s.devices[p.device].name),
        Column(_("Place"), lambda _s, p: place_text(p)),
        Column(_("Looked at"), lambda s, p: _("yes") if looked_at(s, p) else ""),
        Column(_("Cameras"), lambda s, p: str(len(s.sightings_in_photo.get(p.id, ())) or "")),
        Column(_("Warnings"), lambda _s, p: " ".join(tell(w) for w in p.warnings)),
    )


class RecordTable(QAbstractTableModel):
    """Records of a survey, one a row; cells are made when they are looked at."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = columns
        self._survey = Survey()
        self._records: list[Camera | Photo] = []
        self._rows: dict[str, int] = {}

    def show_records(self, survey: Survey, records: Sequence[Camera | Photo]) -> None:
        """Show these. Where only contents changed, the selection and the scroll position stay."""
        same = [r.id for r in records] == [r.id for r in self._records]
        if not same:
            self.beginResetModel()
        self._survey, self._records = survey, list(records)
        self._rows = {r.id: i for i, r in enumerate(records)}
        if not same:
            self.endResetModel()
        elif records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(records) - 1, len(self._columns) - 1))

    def record_at(self, row: int) -> Record:
        """The record in a row."""
        return self._records[row]

    def row_of(self, id_: str) -> int | None:
        """Where a record is, if it is shown."""
        return self._rows.get(id_)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row a record."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As given."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, also as its tool tip."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[index.column()].text(self._survey, self._records[index.row()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._columns[section].name
        return None


def _known(labels: dict[str, Any], value: str) -> str:
    return tell(labels[value]) if value in labels else value
