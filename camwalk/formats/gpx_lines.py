"""Tracks and routes of GPX files as numbers."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from camwalk.formats.gpx_elements import Line
from camwalk.formats.gpx_times import NEWEST, OLDEST, all_utc_seconds


@dataclass(frozen=True, slots=True)
class GpxLine:
    """A track or route in the layout of `camwalk.model.Track`, and how much was wrong in it."""

    name: str
    planned: bool
    array: NDArray[np.float64]
    starts: tuple[int, ...]
    dropped: int
    impossible: int


def gpx_line(line: Line) -> GpxLine:
    """`line` without the points that cannot be, and without times that cannot be."""
    lats, lons = _numbers(line.lats), _numbers(line.lons)
    # The times of a route are plans: no photo may be placed by them.
    seconds = np.full(len(lats), nan) if line.planned else all_utc_seconds(line.times)
    impossible = (seconds < OLDEST) | (seconds > NEWEST)
    seconds[impossible] = nan
    altitudes = _numbers(line.altitudes)
    altitudes[~np.isfinite(altitudes)] = nan
    good = (np.abs(lats) <= 90) & (np.abs(lons) <= 180) & ~((lats == 0) & (lons == 0))
    array = np.column_stack([seconds, lats, lons, altitudes])[good]
    before = np.concatenate([[0], np.cumsum(good)])
    starts = {0, *(int(before[start]) for start in line.starts)} - {len(array)}
    return GpxLine(
        line.name,
        line.planned,
        array,
        tuple(sorted(starts)),
        len(good) - len(array),
        int(impossible.sum()),
    )


def _numbers(texts: list[str]) -> NDArray[np.float64]:
    try:
        return np.fromiter(map(float, texts), np.float64, len(texts))
    except ValueError:
        return np.fromiter(map(number, texts), np.float64, len(texts))


def number(text: str) -> float:
    """NaN for what is no number; some loggers write a decimal comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return nan
