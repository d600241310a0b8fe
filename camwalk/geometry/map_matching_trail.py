"""From a recording to the few fixes that matching needs: stops merged, spikes dropped, steps even."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.map_matching import Trail
from camwalk.model import LatLon

STEP = 5.0  # metres between fixes that are kept
WINDOW = 4.0  # seconds whose fixes become one
PAUSE = 20.0  # seconds without a fix that make a gap
FASTEST = 100.0  # metres a second
SPIKE = 40.0  # metres out and back


def thinned(origin: LatLon, segments: Iterable[NDArray[np.float64]]) -> Trail:
    """The trail of segments as `Track.segments` has them: seconds, latitude, longitude."""
    parts = [part for segment in segments if len(part := _part(origin, segment))]
    rows = np.concatenate(parts) if parts else np.empty((0, 4))
    return Trail(rows[:, 1], rows[:, 2], rows[:, 0], [bool(opens) for opens in rows[:, 3]])


def _part(origin: LatLon, segment: NDArray[np.float64]) -> Floats:
    """Rows of seconds, east, north and whether a break comes before."""
    known = segment[np.isfinite(segment[:, 1]) & np.isfinite(segment[:, 2])]
    east, north = to_local(origin, known[:, 1], known[:, 2])
    fixes = np.column_stack([known[:, 0], east, north])
    if _stands_still(fixes):
        fixes[:, 0] = np.nan
    fixes = _without_spikes(_averaged(fixes))
    if not len(fixes):
        return np.empty((0, 4))
    kept = fixes[_spaced(fixes[:, 1].tolist(), fixes[:, 2].tolist())]
    # what was skipped in a stop was no pause of the recording
    waits = np.diff(fixes[:, 0], prepend=fixes[0, 0])
    breaks = fixes[waits > PAUSE][:, 0]
    opens = np.isin(np.searchsorted(kept[:, 0], breaks), np.arange(len(kept)))
    starts = np.zeros(len(kept))
    starts[np.minimum(np.searchsorted(kept[:, 0], breaks)[opens], len(kept) - 1)] = 1
    starts[0] = 1
    return np.column_stack([kept, starts])


def _stands_still(fixes: Floats) -> bool:
    """Whether the clock cannot have been right, since nobody is that fast: some files repeat one time."""
    if len(fixes) < 2 or np.isnan(fixes[:, 0]).any():
        return False
    return bool(np.hypot(*np.diff(fixes[:, 1:3], axis=0).T).sum() > FASTEST * np.ptp(fixes[:, 0]))


def _averaged(fixes: Floats) -> Floats:
    """One fix for every few seconds; fixes without a time stay as they are."""
    if not len(fixes) or np.isnan(fixes[:, 0]).any():
        return fixes
    fixes = fixes[np.argsort(fixes[:, 0], kind="stable")]
    starts = np.flatnonzero(np.diff(fixes[:, 0] // WINDOW, prepend=-np.inf))
    counts = np.diff(np.append(starts, len(fixes)))
    return np.add.reduceat(fixes, starts) / counts[:, None]


def _without_spikes(fixes: Floats) -> Floats:
    """Without single fixes that jump away and back."""
    if len(fixes) < 3:
        return fixes
    step = np.hypot(*np.diff(fixes[:, 1:3], axis=0).T)
    across = np.hypot(*(fixes[2:, 1:3] - fixes[:-2, 1:3]).T)
    spike = (np.minimum(step[:-1], step[1:]) > SPIKE) & (across < step[:-1] / 2)
    return fixes[~np.concatenate([[False], spike, [False]])]


def _spaced(east: list[float], north: list[float]) -> list[int]:
    """The first fix, and each one that is `STEP` metres from the last one kept; the very last too."""
    kept, x, y = [0], east[0], north[0]
    for number in range(1, len(east)):
        if (east[number] - x) ** 2 + (north[number] - y) ** 2 >= STEP**2:
            kept.append(number)
            x, y = east[number], north[number]
    return kept if kept[-1] == len(east) - 1 else [*kept, len(east) - 1]
