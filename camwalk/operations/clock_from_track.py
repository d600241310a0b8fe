"""How wrong a device's clock went, from where its photos fall on the track.

People stand still to take photos, so under the right offset the photos of a device fall on the
stops of the track; and photos that know their place fall where the track passes it. Both are
weighed alike: a second of the track counts by the share of the track that is slower (or nearer
to the place). Under a wrong offset that share is anything between 0 and 1, which makes the sum
below a fair log-likelihood ratio, however fast, noisy or sparse the track is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.model import LatLon
from camwalk.operations.follow_tracks import Lane, follow

FEWEST = 6
"""Photos below which no guess is made; those of one burst count as one."""
MOST = 300
"""Photos that are looked at; so many decide any case."""
ENOUGH_PLACES = 10
MOST_PLACES = 30
"""Photos with a place that are enough, and that are looked at."""
REST = 180
"""Seconds within ROOM metres from which people rest rather than stop."""
ROOM = 25.0
BURST = 20.0
"""Seconds within which photos are taken at one stop."""
CLEAR = 5.0
"""Log-likelihood by which the best offset must beat every other one, and chance: 150 to 1."""
LEAD = 0.4
"""Share of its log-likelihood by which the best offset must lead: stops at even distances fit
many offsets about as well, and of many photos the sum alone would still decide."""
APART = 60
"""Seconds from which two offsets are different answers; people stand for as long."""
INSIDE = 0.85
"""Share of the photos that must lie within the track."""
STOPS = (0.05, 0.12, 0.3)
"""Shares of a track's time that stops for photos take."""
PASSES = (10.0, 40.0, 200.0)
"""Seconds that passing a photo's place takes."""
ANYHOW = 0.15
"""Share of photos that were taken anyhow: walking, or with a wrong position."""
OUTSIDE = -3.0
"""Log-likelihood of a photo outside the track."""
LARGEST_GAP = 120.0
LONGEST = 3_000_000
"""Seconds, five weeks, from which a track is too long to search."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a photo was taken, in seconds since 1970 by the device's clock, and where if it says."""

    time: float
    place: LatLon | None


@dataclass(frozen=True, slots=True)
class TrackClock:
    """The seconds to add to a clock; `by_places` when positions told, not just stops."""

    offset: float
    by_places: bool


@dataclass(frozen=True, slots=True)
class _Grid:
    """A lane second by second from `start`; metres are NaN in its gaps."""

    start: int
    origin: LatLon
    east: Floats
    north: Floats
    stops: Floats  # log-likelihood of a photo at that second


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Log-likelihoods of the whole offsets `first`, `first` + 1, ... seconds."""

    first: int
    values: Floats


def clock_from_track(tracks: Iterable[Lane], moments: Iterable[Moment], usual: float) -> TrackClock | None:
    """What to add to a clock so that its photos fall on the track; None where that is not clear.

    `usual` is how many seconds clocks of this kind are wrong: small offsets are likelier.
    """
    photos = _thinned(sorted(moments, key=lambda moment: moment.time))
    if len(photos) < FEWEST:
        return None
    grids = [_grid(lane) for lane in tracks if FEWEST < lane.utc[-1] - lane.utc[0] < LONGEST]
    weighed = _together([found for grid in grids if (found := _weighed(grid, photos))])
    offset = _clear_best(weighed, usual) if weighed else None
    return None if offset is None else TrackClock(offset, all(photo.place for photo in photos))


def _thinned(moments: Sequence[Moment]) -> list[Moment]:
    """The first of each burst, evenly thinned to what decides: those with a place, if enough."""
    kept: list[Moment] = []
    for moment in moments:
        if not kept or moment.time - kept[-1].time > BURST:
            kept.append(moment)
    placed = [moment for moment in kept if moment.place]
    chosen, most = (placed, MOST_PLACES) if len(placed) >= ENOUGH_PLACES else (kept, MOST)
    return chosen[:: ceil(len(chosen) / most) or 1]


def _grid(lane: Lane) -> _Grid:
    start = ceil(lane.utc[0])
    fixes = follow(lane, np.arange(start, floor(lane.utc[-1]) + 1, dtype=float), LARGEST_GAP)
    origin = LatLon(float(lane.lat[0]), float(lane.lon[0]))
    east, north = to_local(origin, fixes.lat, fixes.lon)
    resting = _resting(east, north)
    stops = _likelihood(np.where(resting, np.nan, _speed(east, north)), STOPS)
    stops = np.where(resting, 0, np.where(fixes.hole > 0, np.minimum(stops, 0), stops))
    return _Grid(start, origin, east, north, stops)


def _speed(east: Floats, north: Floats) -> Floats:
    """Metres per second over some ten seconds, which evens out the noise of GPS."""
    half, five = 4, np.full(5, 0.2)
    smooth = [np.convolve(np.pad(metres, 2, mode="edge"), five, "valid") for metres in (east, north)]
    e, n = (np.pad(metres, half, mode="edge") for metres in smooth)
    return np.hypot(e[2 * half :] - e[: -2 * half], n[2 * half :] - n[: -2 * half]) / (2 * half)


def _resting(east: Floats, north: Floats) -> NDArray[np.bool_]:
    """The seconds of long rests, at home or in a café: they tell nothing about photos."""
    quarter = REST // 4
    if len(east) <= REST:
        return np.zeros(len(east), np.bool_)
    middle = slice(2 * quarter, len(east) - 2 * quarter)
    still = np.ones(len(east) - 4 * quarter, np.bool_)
    for shift in (0, quarter, 3 * quarter, 4 * quarter):
        then = slice(shift, shift + len(still))
        still &= np.hypot(east[then] - east[middle], north[then] - north[middle]) < ROOM
    begun, ended = np.pad(still, (0, 4 * quarter)), np.pad(still, (4 * quarter, 0))
    return np.cumsum(begun.astype(int) - np.append(False, ended[:-1])) > 0


def _likelihood(values: Floats, shares: Iterable[float]) -> Floats:
    """How much likelier a photo is at each second than by chance, small `values` being likely.

    The density of the rank of a photo's value is a mixture of exponentials with the means
    `shares`, and of chance.
    """
    known = values[np.isfinite(values)]
    sample = np.sort(known[:: len(known) // 50_000 + 1])
    if not len(sample):
        return np.full(len(values), OUTSIDE)
    rank = (np.searchsorted(sample, values) + 0.5) / (len(sample) + 1)
    by_share = [np.exp(-rank / share) / (share * (1 - np.exp(-1 / share))) for share in shares]
    density = ANYHOW + (1 - ANYHOW) * np.mean(by_share, axis=0)
    return np.where(np.isfinite(values), np.log(density), OUTSIDE)


def _weighed(grid: _Grid, photos: Sequence[Moment]) -> _Weighed | None:
    """The offsets under which most `photos` lie within the lane; None where there are none."""
    spare = floor(len(photos) * (1 - INSIDE))
    first = ceil(grid.start - photos[spare].time)
    last = floor(grid.start + len(grid.east) - 1 - photos[-1 - spare].time)
    if last < first:
        return None
    total, covered = np.zeros(last - first + 1), np.zeros(last - first + 1)
    inside = np.isfinite(grid.east).astype(float)
    for photo in photos:
        at = round(photo.time + first - grid.start)
        total += _cut(_evidence(grid, photo), at, len(total), OUTSIDE)
        covered += _cut(inside, at, len(total), 0)
    return _Weighed(first, np.where(covered >= INSIDE * len(photos), total, -np.inf))


def _evidence(grid: _Grid, photo: Moment) -> Floats:
    if photo.place is None:
        return grid.stops
    east, north = to_local(grid.origin, *photo.place)
    return _likelihood(np.hypot(grid.east - east, grid.north - north), np.divide(PASSES, len(grid.east)))


def _cut(values: Floats, start: int, length: int, outside: float) -> Floats:
    """`length` values from index `start` on, `outside` where there are none."""
    cut = np.full(length, outside)
    lo, hi = max(start, 0), min(start + length, len(values))
    if lo < hi:
        cut[lo - start : hi - start] = values[lo:hi]
    return cut


def _together(several: Sequence[_Weighed]) -> _Weighed | None:
    """As if the photos were taken along any one of the lanes."""
    if not several:
        return None
    first = min(w.first for w in several)
    end = max(w.first + len(w.values) for w in several)
    total = np.full(end - first, -np.inf)
    for w in several:
        part = slice(w.first - first, w.first - first + len(w.values))
        total[part] = np.logaddexp(total[part], w.values)
    return _Weighed(first, total)


def _clear_best(weighed: _Weighed, usual: float) -> float | None:
    """The best offset to a fraction of a second, if it clearly beats chance and all others."""
    offsets = weighed.first + np.arange(len(weighed.values))
    values = weighed.values - np.log1p((offsets / usual) ** 2)
    best = int(np.argmax(values))
    chance = log(1 + len(offsets) / BURST)
    if weighed.values[best] < CLEAR + chance:
        return None
    rivals = values > values[best] - max(CLEAR, LEAD * weighed.values[best])
    if np.ptp(offsets[rivals]) > APART:
        return None
    weights = np.exp(values[rivals] - values[best])
    return float((weights * offsets[rivals]).sum() / weights.sum())
