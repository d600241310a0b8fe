"""Which names stand where: no two in each other's way, and the same ones whenever the map is looked at.

Everything about a name depends on its feature and the zoom only, except that it gives way to
names before it; so names stay where they are when the map moves.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from camwalk.gui.map.geometry_paths import screen_points
from camwalk.gui.map.labels_lines import Course, Stand, anchors, course, stands
from camwalk.gui.map.labels_style import LETTERING, Lettering
from camwalk.gui.map.labels_text import Text, shaped
from camwalk.gui.map.viewport import TILE, Floats, View
from camwalk.operations.attach_extract import Label

BEYOND = 160  # pixels around the view in which names are placed as well, so that edges agree
_CELL = 2  # pixels; how finely the board knows what is taken
_LONGEST_LINE = 9.5  # sizes after which a name at a point goes on in the next line
_LEADING = 1.15  # sizes from line to line
_TALL = 0.6  # half the height of a line, in sizes
_APART = 230.0  # pixels between equal names
_AIR = 3.0  # pixels around every name


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of a placed name: its text, and where the middle of each letter stands."""

    text: Text
    stand: Stand


@dataclass(frozen=True, slots=True)
class Placement:
    """A name on the map. `boxes` (left, top, right, bottom) cover it; nothing else may meet them."""

    label: Label
    lettering: Lettering
    size: float
    lines: tuple[Letters, ...]
    boxes: Floats


def place_labels(labels: Sequence[Label], view: View, occupied: Sequence[QRectF] = ()) -> list[Placement]:
    """The names to show, none meeting another or an `occupied` place (in pixels of the view)."""
    wanted = sorted((label for label in labels if _due(label, view.zoom)), key=_urgency)
    x, y, begins = screen_points([label.points for label in wanted], view.frame)
    board = _Board(view, occupied)
    placed: list[Placement] = []
    for number, label in enumerate(wanted):
        part = slice(begins[number], begins[number + 1])
        for choices in _choices(label, x[part], y[part], view):
            best = next((choice for choice in choices if board.has_room(choice)), None)
            if best is not None:
                board.take(best)
                placed.append(best)
    return placed


def _due(label: Label, zoom: float) -> bool:
    lettering = LETTERING[label.kind]
    return lettering.start <= zoom < lettering.end


def _urgency(label: Label) -> tuple[int, int, int]:
    """Names of higher rank and of larger features first."""
    return LETTERING[label.kind].rank, -max(label.room, len(label.points)), label.id


def _choices(label: Label, x: Floats, y: Floats, view: View) -> Iterator[Iterator[Placement]]:
    """For each time that a name may stand in the view: the ways it could, best first."""
    lettering = LETTERING[label.kind]
    if lettering.along and len(x) > 1:
        yield from _along(label, lettering, course(x, y), view)
    elif _in_sight(x[:1], y[:1], view).any():
        yield _at_point(label, lettering, float(x[0]), float(y[0]), view)


def _in_sight(x: Floats, y: Floats, view: View) -> NDArray[np.bool_]:
    inside = (x > -BEYOND) & (x < view.width + BEYOND) & (y > -BEYOND) & (y < view.height + BEYOND)
    return np.asarray(inside)


def _along(label: Label, lettering: Lettering, line: Course, view: View) -> Iterator[Iterator[Placement]]:
    text, size = shaped(label.name, lettering), lettering.size_at(view.zoom)
    if text.width * size > line.length:
        return
    places, distance = anchors(line)
    seen = _in_sight(np.interp(places, line.way, line.x), np.interp(places, line.way, line.y), view)
    letters = np.array([glyph.at for glyph in text.glyphs]) * size
    for place in places[seen].tolist():
        yield (
            Placement(label, lettering, size, (Letters(text, stand),), _boxes(stand, size * 0.55))
            for stand in stands(line, place, distance, letters, text.width * size)
        )


def _boxes(stand: Stand, reach: float) -> Floats:
    """A square around every letter."""
    return np.column_stack([stand.x - reach, stand.y - reach, stand.x + reach, stand.y + reach])


def _at_point(label: Label, lettering: Lettering, x: float, y: float, view: View) -> Iterator[Placement]:
    size = lettering.size_at(view.zoom)
    texts = [shaped(line, lettering) for line in _broken(label.name, lettering)]
    wide = max(text.width for text in texts) * size
    room = label.room * 1e-7 / 360 * TILE * 2.0**view.zoom
    if lettering.room and wide > room * lettering.room:
        return
    high = size * _LEADING * len(texts)
    for shift in (0.0, high * 0.7, -high * 0.7):
        yield _stacked(label, lettering, texts, x, y + shift, size)


def _broken(name: str, lettering: Lettering) -> list[str]:
    """A name in lines of similar length, broken between words only."""
    words = name.split()
    whole = shaped(name, lettering).width
    longest = whole / max(1, round(whole / _LONGEST_LINE)) * 1.15
    lines = words[:1]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if shaped(longer, lettering).width <= longest:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _stacked(
    label: Label, lettering: Lettering, texts: Sequence[Text], x: float, y: float, size: float
) -> Placement:
    lines: list[Letters] = []
    boxes: list[tuple[float, float, float, float]] = []
    for number, text in enumerate(texts):
        middle = y + (number - (len(texts) - 1) / 2) * size * _LEADING
        places = np.array([glyph.at for glyph in text.glyphs]) * size
        level = np.zeros(len(places))
        lines.append(Letters(text, Stand(x + places, middle + level, level)))
        half = text.width * size / 2
        boxes.append((x - half, middle - size * _TALL, x + half, middle + size * _TALL))
    return Placement(label, lettering, size, tuple(lines), np.array(boxes))


class _Board:
    """What is taken of the view and its surroundings, in cells that keep their place on the world."""

    def __init__(self, view: View, occupied: Sequence[QRectF]) -> None:
        margin = 2 * BEYOND
        corner = view.corner
        self._x = margin + corner.x * view.scale % _CELL
        self._y = margin + corner.y * view.scale % _CELL
        rows = int(view.height + 2 * margin) // _CELL + 2
        columns = int(view.width + 2 * margin) // _CELL + 2
        self._taken = np.zeros((rows, columns), bool)
        self._named: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for rect in occupied:
            self._mark(np.array([(rect.left(), rect.top(), rect.right(), rect.bottom())]))

    def has_room(self, placement: Placement) -> bool:
        """Whether nothing is in the way of a name, nor the same name near."""
        x, y = _middle(placement)
        if any(hypot(x - a, y - b) < _APART for a, b in self._named[placement.label.name]):
            return False
        return not any(self._taken[cells].any() for cells in self._cells(placement.boxes, _AIR))

    def take(self, placement: Placement) -> None:
        """Keep everything else away from a name."""
        if placement.label.kind != "housenumber":
            self._named[placement.label.name].append(_middle(placement))
        self._mark(placement.boxes)

    def _mark(self, boxes: Floats) -> None:
        for cells in self._cells(boxes, 0):
            self._taken[cells] = True

    def _cells(self, boxes: Floats, air: float) -> Iterator[tuple[slice, slice]]:
        left = np.floor((boxes[:, 0] - air + self._x) / _CELL)
        right = np.ceil((boxes[:, 2] + air + self._x) / _CELL)
        top = np.floor((boxes[:, 1] - air + self._y) / _CELL)
        bottom = np.ceil((boxes[:, 3] + air + self._y) / _CELL)
        for west, north, east, south in np.column_stack([left, top, right, bottom]).astype(int).tolist():
            yield slice(max(north, 0), max(south, 0)), slice(max(west, 0), max(east, 0))


def _middle(placement: Placement) -> tuple[float, float]:
    boxes = placement.boxes
    return float(boxes[:, ::2].mean()), float(boxes[:, 1::2].mean())
