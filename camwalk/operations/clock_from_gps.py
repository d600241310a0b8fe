"""How wrong a device's clock went, from photos that carry GPS time beside the clock's own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.time_zone import offset_of, zone_with_offset
from camwalk.model import Photo

LAG = 60.0
"""Seconds by which a GPS stamp, being that of the last fix, is usually at most too old."""
JITTER = 2.0
"""Seconds by which two stamps without lag may differ, whole seconds and all."""
EXACT = 0.5
"""Seconds up to which a clock is called right; GPS stamps tell no more."""
WRONG_CLOCK = timedelta(minutes=20)
"""Up to this a clock counts as wrong rather than set to another zone."""
ODD_CLOCK = timedelta(minutes=5)
"""How wrong a clock may be that is set to another zone."""


@dataclass(frozen=True, slots=True)
class GpsClock:
    """What `n` GPS stamps tell: the zone a clock shows, and the seconds to add to it."""

    zone: str
    offset: float
    n: int


def clock_from_gps(photos: Sequence[Photo], zone: str | None) -> GpsClock | None:
    """The clock of one device's photos, `zone` being that of the walk; None without GPS stamps.

    The stamps that agree best decide, and among them the earliest, since a stamp may be late by
    the age of its fix but never early. What is left of the difference to UTC after a whole
    zone is the clock's error.
    """
    stamped = [(p, p.taken, p.gps_time) for p in photos if p.taken and _trusted(p.gps_time)]
    ahead = np.array([_ahead(taken, gps) for _, taken, gps in stamped if gps])
    if not stamped:
        return None
    shown = stamped[0][1]
    zone = zone_of_tags(photos, zone) or _zone_of_difference(_agreed(ahead)[0], shown, zone)
    tags = np.array([_zone_seconds(photo, taken, zone) for photo, taken, _ in stamped])
    error, n = _agreed(ahead - tags)
    return GpsClock(zone, round(-error, 1) if abs(error) >= EXACT else 0.0, n)


def zone_of_tags(photos: Sequence[Photo], zone: str | None) -> str | None:
    """The zone that most OffsetTime tags fit, `zone` if it does; None without tags."""
    tags = Counter(p.taken_offset for p in photos if p.taken_offset is not None and p.taken)
    if not tags:
        return None
    minutes = tags.most_common(1)[0][0]
    shown = next(p.taken for p in photos if p.taken and p.taken_offset == minutes)
    return zone_with_offset(timedelta(minutes=minutes), shown, zone)


def _trusted(stamp: datetime | None) -> bool:
    """Whether a stamp is more than the midnight that devices write without a fix."""
    return stamp is not None and stamp.time() != time(0)


def _ahead(taken: datetime, gps: datetime) -> float:
    """Seconds by which the clock is ahead of GPS time.

    Times without a fraction are cut to the second, so half a second late on average.
    """
    cut = 0.5 * ((taken.microsecond == 0) - (gps.microsecond == 0))
    return (taken.replace(tzinfo=UTC) - gps).total_seconds() + cut


def _zone_seconds(photo: Photo, taken: datetime, zone: str) -> float:
    if photo.taken_offset is not None:
        return photo.taken_offset * 60.0
    return offset_of(zone, taken).total_seconds()


def _agreed(ahead: Floats) -> tuple[float, int]:
    """The difference that most stamps have but for their lag, and how many those are."""
    values = np.sort(ahead)
    ends = np.searchsorted(values, values + LAG, side="right")
    start = int(np.argmax(ends - np.arange(len(values))))
    window = values[start : ends[start]]
    company = np.searchsorted(window, window + JITTER, side="right") - np.arange(len(window))
    first = int(np.argmax(company >= max(1, 0.05 * len(window))))  # a lone early one is a mistake
    agreed = window[first : first + company[first]]
    return float(agreed[len(agreed) // 2] + agreed[~(len(agreed) // 2)]) / 2, len(window)


def _zone_of_difference(ahead: float, shown: datetime, zone: str | None) -> str:
    """The zone of a clock that is `ahead` seconds ahead of UTC, rather that of the walk."""
    difference = timedelta(seconds=ahead)
    if zone and abs(difference - offset_of(zone, shown)) <= WRONG_CLOCK:
        return zone
    whole = timedelta(minutes=15) * round(difference / timedelta(minutes=15))
    if abs(difference - whole) <= ODD_CLOCK and (found := zone_with_offset(whole, shown, zone)):
        return found
    return zone or "Etc/UTC"
