"""What a walk's time line shows, as plain numbers: when the track ran and when photos were taken."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.model import Photo, Survey, Track

Span = tuple[float, float]
"""From and to, in seconds since 1970 UTC."""

_GAP = 120.0  # seconds without a point that count as a gap of the track
_FAR = 6 * 3600.0  # a photo that far from the rest has a wrong clock and would squeeze everything else
_MARGIN = 0.02  # of the length, so that the first photo is not at the very edge
_STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)


@dataclass(frozen=True)
class Row:
    """The photos of one device with a time, in the order of time."""

    name: str
    ids: Sequence[str]
    times: NDArray[np.float64]
    placed: NDArray[np.bool_]


@dataclass(frozen=True)
class WalkTimes:
    """Everything on the time line of one walk; `left_out` counts photos without a usable time."""

    span: Span | None
    bars: Sequence[Span]
    rows: Sequence[Row]
    left_out: int


def track_bars(track: Track) -> list[Span]:
    """When the track ran without a gap."""
    bars: list[Span] = []
    for segment in track.segments:
        times = segment[np.isfinite(segment[:, 0]), 0]
        if len(times):
            parts = np.split(times, np.flatnonzero(np.abs(np.diff(times)) > _GAP) + 1)
            bars.extend((float(part.min()), float(part.max())) for part in parts)
    return sorted(bars)


def same_times(one: Survey, other: Survey) -> bool:
    """Whether the time lines of both are certainly the same; most edits change nothing that they show."""
    if any(getattr(one, t) is not getattr(other, t) for t in ("tracks", "devices", "walks")):
        return False
    if one.photos is other.photos:
        return True
    if len(one.photos) != len(other.photos):
        return False
    pairs = zip(one.photos.values(), other.photos.values(), strict=True)
    return all(a is b or _shown(a) == _shown(b) for a, b in pairs)


def _shown(photo: Photo) -> tuple[object, ...]:
    return photo.id, photo.walk, photo.device, photo.utc, photo.position is None


def walk_times(survey: Survey, walk: str | None, bars: Iterable[Span]) -> WalkTimes:
    """The times of one walk, given those of its tracks."""
    bars = sorted(bars)
    photos = [p for p in survey.photos.values() if p.walk == walk]
    timed = sorted((p.utc.timestamp(), p.id, p.device, p.lat is not None) for p in photos if p.utc)
    times = np.array([at for at, *_ in timed], dtype=np.float64)
    span = _span(bars, times)
    if span is None:
        return WalkTimes(None, bars, (), len(photos))
    shots: defaultdict[str, list[tuple[float, str, bool]]] = defaultdict(list)
    for at, id_, device, placed in timed:
        if span[0] <= at <= span[1]:
            shots[device].append((at, id_, placed))
    devices = [d for d in survey.devices.values() if d.id in shots]
    left_out = len(photos) - sum(map(len, shots.values()))
    return WalkTimes(span, bars, [_row(d.name, shots[d.id]) for d in devices], left_out)


def _row(name: str, shots: Sequence[tuple[float, str, bool]]) -> Row:
    times = np.array([at for at, _, _ in shots], dtype=np.float64)
    placed = np.array([placed for _, _, placed in shots], dtype=np.bool_)
    return Row(name, [id_ for _, id_, _ in shots], times, placed)


def _span(bars: Sequence[Span], times: NDArray[np.float64]) -> Span | None:
    """From the first to the last moment, photos far from the track or from all others left aside."""
    if not bars and not len(times):
        return None
    core = (bars[0][0], max(end for _, end in bars)) if bars else _busiest(times)
    near = times[(times >= core[0] - _FAR) & (times <= core[1] + _FAR)]
    start = min(core[0], float(near.min(initial=core[0])))
    end = max(core[1], float(near.max(initial=core[1])))
    margin = max(60.0, (end - start) * _MARGIN)
    return start - margin, end + margin


def _busiest(times: NDArray[np.float64]) -> Span:
    """The hours in which most photos were taken."""
    times = np.sort(times)
    until = np.searchsorted(times, times + _FAR, side="right")
    first = int(np.argmax(until - np.arange(len(times))))
    return float(times[first]), float(times[until[first] - 1])


def ticks(span: Span, offset: float, most: int) -> list[float]:
    """At most `most` round moments in `span`, for clocks that are `offset` seconds ahead of UTC."""
    step = next((s for s in _STEPS if (span[1] - span[0]) / s <= most), _STEPS[-1])
    first = np.ceil((span[0] + offset) / step) * step - offset
    return [float(t) for t in np.arange(first, span[1], step)]


def nearest(rows: Sequence[Row], at: float) -> str | None:
    """The photo taken nearest to a moment."""
    best: tuple[float, str] | None = None
    for row in rows:
        after = int(np.searchsorted(row.times, at))
        for i in (after - 1, after):
            if 0 <= i < len(row.ids) and (best is None or abs(row.times[i] - at) < best[0]):
                best = (abs(float(row.times[i]) - at), row.ids[i])
    return best[1] if best else None
