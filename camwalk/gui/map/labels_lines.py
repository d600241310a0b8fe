"""Where letters stand that follow a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import numpy as np

from camwalk.gui.map.viewport import Floats

_SPACING = 450.0  # pixels from one name to the next on a long street
_STEP = 3.0  # pixels between the samples of a line
_SHARPEST = np.radians(17)  # turn from a letter to the next
_MOST = np.radians(100)  # turn in a whole name
_GENTLE = np.radians(12)  # turns of a whole name up to this are all the same
_NUDGES = (0.0, 0.08, -0.08, 0.16, -0.16, 0.25, -0.25, 0.33, -0.33)


@dataclass(frozen=True, slots=True)
class Course:
    """A line in pixels, and how far along it each of its points is."""

    x: Floats
    y: Floats
    way: Floats

    @property
    def length(self) -> float:
        """Pixels from end to end."""
        return float(self.way[-1])


@dataclass(frozen=True, slots=True)
class Stand:
    """Where each letter's middle stands, and its turn in radians, clockwise on the screen."""

    x: Floats
    y: Floats
    turn: Floats


def course(x: Floats, y: Floats) -> Course:
    """The line through these points."""
    return Course(x, y, np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))]))


def anchors(line: Course) -> tuple[Floats, float]:
    """Where on a line its name stands, and the pixels between two of them.

    1, 3, 9 ... names: zooming in adds names and leaves the others where they are.
    """
    count = int(3 ** max(0, round(log(max(line.length, 1.0) / _SPACING, 3))))
    distance = line.length / count
    return np.linspace(distance / 2, line.length - distance / 2, count), distance


def stands(line: Course, at: float, distance: float, letters: Floats, width: float) -> Iterator[Stand]:
    """Good ways to stand around `at`, the straightest first; `letters` count from the middle of the name."""
    found = [_stand(line, at + nudge * distance, letters, width) for nudge in _NUDGES]
    yield from sorted(filter(None, found), key=lambda stand: max(float(np.ptp(stand.turn)), _GENTLE))


def _stand(line: Course, at: float, letters: Floats, width: float) -> Stand | None:
    first, last = at - width / 2, at + width / 2
    if first < 0 or last > line.length:
        return None
    way, x, y = _smooth(line, first, last)
    from_left = np.interp(first, way, x) <= np.interp(last, way, x)
    sign = 1.0 if from_left else -1.0
    places = at + sign * letters
    reach = max(width / max(len(letters), 1) / 2, 2.0)
    dx = sign * (np.interp(places + reach, way, x) - np.interp(places - reach, way, x))
    dy = sign * (np.interp(places + reach, way, y) - np.interp(places - reach, way, y))
    turn = np.unwrap(np.arctan2(dy, dx))
    if len(turn) > 1 and (np.abs(np.diff(turn)).max() > _SHARPEST or np.ptp(turn) > _MOST):
        return None
    return Stand(np.interp(places, way, x), np.interp(places, way, y), turn)


def _smooth(line: Course, first: float, last: float) -> tuple[Floats, Floats, Floats]:
    """A piece of the line and some more on both sides, its corners rounded."""
    way = np.arange(first - 10 * _STEP, last + 11 * _STEP, _STEP)
    x, y = np.interp(way, line.way, line.x), np.interp(way, line.way, line.y)
    round_off = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 4.0, 3.0, 2.0, 1.0]) / 25
    return way[4:-4], np.convolve(x, round_off, "valid"), np.convolve(y, round_off, "valid")
