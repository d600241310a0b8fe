"""The photos of a walk in the order of time, filtered, as rows that change one by one."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from camwalk.gui.photo_words import clock_text, photo_zone, state_text, time_text
from camwalk.model import Photo, Survey
from camwalk.operations.photo_pictures import file_name
from camwalk.operations.review_photos import looked_at

Filter = Literal["all", "unplaced", "unseen", "cameras"]
FILTERS: tuple[Filter, ...] = ("all", "unplaced", "unseen", "cameras")

CELL = Qt.ItemDataRole.UserRole
"""The role under which a row gives its `Cell`."""

_MOST_MOVES = 64  # rows put in or taken out one by one; beyond that the list is built anew

Index = QModelIndex | QPersistentModelIndex
Key = tuple[bool, float, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One photo of the strip, how many cameras were found in it, and whether somebody looked at it."""

    photo: Photo
    cameras: int
    looked_at: bool

    def passes(self, filter_: Filter) -> bool:
        """Whether the filter shows it."""
        if filter_ == "unplaced":
            return self.photo.position is None
        if filter_ == "unseen":
            return not self.looked_at
        return filter_ == "all" or self.cameras > 0

    @property
    def key(self) -> Key:
        """Sorts by time; photos without one come last, by their device's clock."""
        photo = self.photo
        if photo.utc is not None:
            return False, photo.utc.timestamp(), photo.path, photo.id
        clock = photo.taken.replace(tzinfo=UTC).timestamp() if photo.taken else math.inf
        return True, clock, photo.path, photo.id


class FilmstripModel(QStringListModel):
    """Rows of photo ids that give a `Cell`. The current photo stays even if the filter leaves it out.

    The list of ids is Qt's own, because the view asks for the number of rows once a row.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._survey = Survey()
        self._walk: str | None = None
        self._filter: Filter = "all"
        self._current: str | None = None
        self._cells: dict[str, Cell] = {}
        self._keys: list[Key] = []
        self.counts: Counter[Filter] = Counter()

    def set_survey(self, survey: Survey, walk: str | None) -> None:
        """Show the photos of `walk`, or of all walks."""
        self._survey, self._walk = survey, walk
        photos = [p for p in survey.photos.values() if walk in (None, p.walk)]
        self._cells = {p.id: _cell(survey, p) for p in photos}
        self.counts = Counter(f for cell in self._cells.values() for f in FILTERS if cell.passes(f))
        self._rebuild()

    def set_filter(self, filter_: Filter) -> None:
        """Show only some of them."""
        self._filter = filter_
        self._rebuild()

    def set_current(self, photo_id: str | None) -> None:
        """Keep this photo in the list, and no longer the one before."""
        before, self._current = self._current, photo_id
        self._place({i: self._cells[i] for i in (before, photo_id) if i in self._cells})

    def update_photos(self, survey: Survey, photo_ids: Collection[str]) -> None:
        """Take these photos as they are in `survey` now: changed, new or gone."""
        self._survey = survey
        before: dict[str, Cell] = {}
        for id_ in dict.fromkeys(photo_ids):
            photo = survey.photos.get(id_)
            old = self._cells.pop(id_, None)
            if old:
                before[id_] = old
                self.counts.subtract(f for f in FILTERS if old.passes(f))
            if photo and self._walk in (None, photo.walk):
                self._cells[id_] = new = _cell(survey, photo)
                self.counts.update(f for f in FILTERS if new.passes(f))
        self._place(before | {i: self._cells[i] for i in photo_ids if i in self._cells and i not in before})

    def row_of(self, photo_id: str | None) -> int | None:
        """The row of a photo, if the list has it."""
        cell = self._cells.get(photo_id) if photo_id else None
        return None if cell is None else self._row(cell.key)

    def cell(self, row: int) -> Cell | None:
        """The cell of a row, if there is such a row."""
        return self._cells.get(self._keys[row][-1]) if 0 <= row < len(self._keys) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell; its time; in words for tooltip and screen reader."""
        cell = self._cells.get(super().data(index, Qt.ItemDataRole.DisplayRole))
        teller = _TOLD.get(role)
        return teller(self._survey, cell) if cell and teller else None

    def _shows(self, cell: Cell) -> bool:
        return cell.photo.id == self._current or cell.passes(self._filter)

    def _row(self, key: Key) -> int | None:
        row = bisect_left(self._keys, key)
        return row if row < len(self._keys) and self._keys[row] == key else None

    def _rebuild(self) -> None:
        self._keys = sorted(cell.key for cell in self._cells.values() if self._shows(cell))
        self.setStringList([key[-1] for key in self._keys])

    def _place(self, before: Mapping[str, Cell]) -> None:
        """Bring the rows of these photos, which were at `before`, to where they belong now."""
        wanted = {i: cell.key for i in before if (cell := self._cells.get(i)) and self._shows(cell)}
        same = {
            i for i, cell in before.items() if wanted.get(i) == cell.key and self._row(cell.key) is not None
        }
        if len(before) - len(same) > _MOST_MOVES:
            self._rebuild()
            return
        for id_ in same:
            index = self.index(self._row(wanted[id_]) or 0)
            self.dataChanged.emit(index, index)
        self._move({i: c.key for i, c in before.items() if i not in same}, wanted)

    def _move(self, moving: Mapping[str, Key], wanted: Mapping[str, Key]) -> None:
        for id_, old in moving.items():
            if (row := self._row(old)) is not None:
                del self._keys[row]
                self.removeRow(row)
            if new := wanted.get(id_):
                row = bisect_left(self._keys, new)
                self._keys.insert(row, new)
                self.insertRow(row)
                self.setData(self.index(row), id_)


def _cell(survey: Survey, photo: Photo) -> Cell:
    cameras = {s.camera for s in survey.sightings_in_photo.get(photo.id, ())} - {None}
    return Cell(photo, len(cameras), looked_at(survey, photo))


def _time(survey: Survey, cell: Cell) -> str:
    utc = cell.photo.utc
    return clock_text(utc, photo_zone(survey, cell.photo), seconds=False) if utc else "–"


def _in_words(survey: Survey, cell: Cell) -> str:
    when = time_text(cell.photo, photo_zone(survey, cell.photo))
    return f"{file_name(cell.photo)}, {when}, {state_text(cell.photo, cell.cameras, cell.looked_at)}"


_TOLD: Mapping[int, Callable[[Survey, Cell], object]] = {
    CELL: lambda _, cell: cell,
    Qt.ItemDataRole.DisplayRole: _time,
    Qt.ItemDataRole.AccessibleTextRole: _in_words,
}
