"""What stands around the photos of a walk: taken from the map file once an area, and then at hand."""

from math import cos, floor, radians

from camwalk.model import Box, LatLon
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.estimate_position_surroundings import Surroundings, surroundings

CELL = 0.004  # degrees of latitude, some 450 metres
MARGIN = 0.0012  # degrees around a cell, some 130 metres: farther than anybody makes out a camera
MOST_CELLS = 12


class Nearby:
    """The surroundings of places on one map; `at` may be asked by any thread."""

    def __init__(self, index: ExtractIndex | None) -> None:
        self._index = index
        self._cells: dict[tuple[int, int], Surroundings] = {}

    def known(self, place: LatLon) -> Surroundings | None:
        """The surroundings if they are at hand already."""
        return self._cells.get(_cell(place))

    def is_ready(self, place: LatLon) -> bool:
        """Whether asking for the surroundings of a place would take no time."""
        return self._index is None or _cell(place) in self._cells

    def at(self, place: LatLon) -> Surroundings | None:
        """The surroundings of a place, read now if need be; None where there is no map."""
        cell = _cell(place)
        if self._index is not None and cell not in self._cells:
            found = surroundings(self._index, _box(cell))
            while len(self._cells) >= MOST_CELLS:
                self._cells.pop(next(iter(self._cells)), None)
            self._cells[cell] = found
        return self._cells.get(cell)


def _cell(place: LatLon) -> tuple[int, int]:
    row = floor(place.lat / CELL)
    return row, floor(place.lon / _wide(row))


def _box(cell: tuple[int, int]) -> Box:
    row, column = cell
    wide, margin = _wide(row), MARGIN * _wide(row) / CELL
    return Box(
        row * CELL - MARGIN, column * wide - margin, (row + 1) * CELL + MARGIN, (column + 1) * wide + margin
    )


def _wide(row: int) -> float:
    """Degrees of longitude of the cells in a row, so that they are about square."""
    return CELL / max(cos(radians(row * CELL)), 0.05)
