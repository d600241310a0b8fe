"""Where recorded tracks were at given times: the one rule for placing by time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats, distances, to_local
from camwalk.model import LatLon, Track

TRUSTED = 15.0
"""Seconds to the nearest track point up to which a place needs no warning: some 20 m on foot."""
HELD = 60.0
"""Seconds before the first and after the last point during which that point's place is held."""
STANDING = 20.0
"""Metres between two points of one segment up to which the walker stood in the meantime."""

SAME_PLACE = 15.0
"""Metres by which two passes of one place may differ."""
LINGERING = 30.0
"""Seconds away from a place that still count as the same visit."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Tracks one after the other, as one: points in strictly rising time.

    `utc` is in seconds since 1970; `opens` marks points that begin a segment.
    """

    utc: Floats
    lat: Floats
    lon: Floats
    opens: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fixes:
    """Where a lane was at some times; NaN where it does not say.

    `nearest` is the seconds to the nearest point, inf where there is no place. `hole` is the
    seconds between the two points around, where the place in between is doubtful, else 0.
    `beyond` are the seconds outside the lane, where an end is held for more than TRUSTED.
    """

    lat: Floats
    lon: Floats
    nearest: Floats
    hole: Floats
    beyond: Floats


def lanes(tracks: Iterable[Track]) -> tuple[Lane, ...]:
    """The tracks in as few lanes as do without two tracks at one time in a lane."""
    runs = sorted((run for track in tracks if (run := _run(track))), key=lambda run: run.utc[0])
    rows: list[list[Lane]] = []
    for run in runs:
        row = next((row for row in rows if row[-1].utc[-1] < run.utc[0]), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    return tuple(_joined(row) for row in rows)


def follow(lane: Lane, times: Floats, largest_gap: float) -> Fixes:
    """Where `lane` was at `times` (seconds since 1970, NaN for unknown).

    Between two points it is interpolated in time when both are at most `largest_gap` seconds
    away; between two segments, only when the whole gap is no longer than that. In a longer gap
    the nearest point holds for TRUSTED seconds, outside the lane for HELD seconds, but never
    longer than `largest_gap`.
    """
    last = len(lane.utc) - 1
    after = np.searchsorted(lane.utc, times)
    j = np.minimum(after, last)
    i = np.where(lane.utc[j] == times, j, np.maximum(after - 1, 0))
    since, until = times - lane.utc[i], lane.utc[j] - times
    inside = (since >= 0) & (until >= 0)
    nearest = np.minimum(np.abs(since), np.abs(until))
    between = inside & (np.maximum(since, until) <= largest_gap)
    between &= ~lane.opens[j] | (since + until <= largest_gap)
    held = ~between & (nearest <= np.minimum(largest_gap, np.where(inside, TRUSTED, HELD)))
    lat, lon = _between(lane, i, j, np.where(between, since, np.where(since <= until, 0, np.inf)))
    moved = distances(lane.lat[i], lane.lon[i], lane.lat[j], lane.lon[j]) > STANDING
    far = nearest > TRUSTED
    return Fixes(
        lat=np.where(between | held, lat, np.nan),
        lon=np.where(between | held, lon, np.nan),
        nearest=np.where(between | held, nearest, np.inf),
        hole=np.where(between & far & (moved | lane.opens[j]), since + until, 0),
        beyond=np.where(held & far, nearest, 0),
    )


def time_of_passing(rows: Iterable[Lane], place: LatLon, near: float | None) -> datetime | None:
    """When the tracks passed `place`; None without tracks.

    Of several passes it is that nearest to `near` (seconds since 1970), else the closest one.
    """
    passes = [_nearness(lane, place) for lane in rows]
    if not passes:
        return None
    times, metres = (np.concatenate(parts) for parts in zip(*passes, strict=True))
    close = np.flatnonzero(metres <= metres.min() + SAME_PLACE)
    close = close[np.argsort(times[close])]
    visits = np.split(close, np.flatnonzero(np.diff(times[close]) > LINGERING) + 1)
    if near is not None:
        close = min(visits, key=lambda visit: np.abs(times[visit] - near).min())
    return datetime.fromtimestamp(float(times[close[np.argmin(metres[close])]]), UTC)


def _nearness(lane: Lane, place: LatLon) -> tuple[Floats, Floats]:
    """When each leg of the lane is nearest to `place`, and how many metres that is."""
    east, north = to_local(place, lane.lat, lane.lon)
    along_e, along_n = np.diff(east, append=east[-1]), np.diff(north, append=north[-1])
    length = np.maximum(along_e**2 + along_n**2, 1e-9)
    share = np.clip(-(east * along_e + north * along_n) / length, 0, 1)
    share[np.append(lane.opens[1:], True)] = 0  # what follows is no leg but a gap
    times = lane.utc + share * np.diff(lane.utc, append=lane.utc[-1])
    return times, np.hypot(east + share * along_e, north + share * along_n)


def _between(lane: Lane, i: NDArray[np.intp], j: NDArray[np.intp], since: Floats) -> tuple[Floats, Floats]:
    """Places `since` seconds after point `i` on the way to `j`."""
    step = np.maximum(lane.utc[j] - lane.utc[i], 1e-9)
    share = np.clip(since / step, 0, 1)
    lat = lane.lat[i] + share * (lane.lat[j] - lane.lat[i])
    turn = (lane.lon[j] - lane.lon[i] + 180) % 360 - 180  # the short way, also over the date line
    lon = lane.lon[i] + share * turn
    return lat, np.where(np.abs(lon) <= 180, lon, (lon + 180) % 360 - 180)


def _run(track: Track) -> Lane | None:
    """The timed points of a track in order; of several at one time the first."""
    points = track.array
    opens = np.zeros(len(points), np.bool_)
    opens[[start for start in track.starts if start < len(points)]] = True
    usable = np.isfinite(points[:, :3]).all(axis=1)
    if not usable.any():
        return None
    segment = np.cumsum(opens)[usable]
    utc, lat, lon = (np.ascontiguousarray(points[usable, k]) for k in range(3))
    if not (np.diff(utc) > 0).all():
        utc, first = np.unique(utc, return_index=True)
        lat, lon, segment = lat[first], lon[first], segment[first]
    opens = np.append(True, np.diff(segment) != 0)
    return Lane(utc, lat, lon, opens)


def _joined(row: list[Lane]) -> Lane:
    if len(row) == 1:
        return row[0]
    return Lane(
        utc=np.concatenate([run.utc for run in row]),
        lat=np.concatenate([run.lat for run in row]),
        lon=np.concatenate([run.lon for run in row]),
        opens=np.concatenate([run.opens for run in row]),
    )
