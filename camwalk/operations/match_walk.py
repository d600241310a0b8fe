"""Which streets one walk followed: its tracks, or its placed photos where it has none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.map_matching import Passage, match
from camwalk.geometry.map_matching_spurs import Interval, walked_intervals
from camwalk.geometry.map_matching_trail import thinned
from camwalk.model import Photo, Report, Survey, Walk, share_of
from camwalk.operations.street_graph import Streets

_APART = 5.0  # seconds from the track at which a photo tells something new

Recording = list[NDArray[np.float64]]
"""Segments as `Track.segments` has them."""


@dataclass(frozen=True, slots=True)
class MatchedWalk:
    """What was walked of each edge, in metres, by day (None: unknown), and the metres off the streets."""

    walk: str
    days: Mapping[date | None, Mapping[int, list[Interval]]]
    off: float


def match_walk(survey: Survey, walk: Walk, streets: Streets, report: Report) -> MatchedWalk | None:
    """What a walk followed; None where nothing tells where it went."""
    recordings = recordings_of(survey, walk.id)
    if not recordings:
        return None
    matched = [
        match(
            streets.graph, streets.ground, thinned(streets.graph.origin, segments),
            share_of(report, 1000 * number // len(recordings), 1000 * (number + 1) // len(recordings)),
        )
        for number, segments in enumerate(recordings)
    ]  # fmt: skip
    passages = [passage for found in matched for passage in found.passages]
    days = {day: walked_intervals(streets.graph, part) for day, part in _by_day(passages, walk).items()}
    return MatchedWalk(walk.id, days, sum(found.off for found in matched))


def recordings_of(survey: Survey, walk: str) -> list[Recording]:
    """The tracks of a walk, their gaps filled by photos; without any, the places of each device's photos."""
    photos = [photo for photo in survey.photos.values() if photo.walk == walk and photo.position is not None]
    tracks = [track.segments for track in survey.tracks.values() if track.walk == walk and track.points]
    if tracks:
        own = [photo for photo in photos if photo.source in ("exif", "manual") and photo.utc]
        return [_filled(segments, _rows(own)) for segments in tracks]
    placed: defaultdict[str, list[Photo]] = defaultdict(list)
    for photo in photos:
        placed[photo.device].append(photo)
    return [_by_photos(photos) for photos in placed.values()]


def _filled(segments: Recording, photos: NDArray[np.float64]) -> Recording:
    """The segments of a track, and between them what photos with a place of their own tell."""
    filled = segments[:1]
    for before, after in pairwise(segments):
        begin, end = (before[-1, 0], after[0, 0]) if len(before) and len(after) else (np.nan, np.nan)
        meanwhile = (photos[:, 0] > begin + _APART) & (photos[:, 0] < end - _APART)
        filled += [photos[meanwhile], after]
    return filled


def _by_photos(photos: Iterable[Photo]) -> Recording:
    """One segment of photos in order of time, and one for each photo without."""
    array = _rows(photos)
    timed = ~np.isnan(array[:, 0])
    alone = [array[number : number + 1] for number in np.flatnonzero(~timed)]
    return [array[timed], *alone] if timed.any() else alone


def _rows(photos: Iterable[Photo]) -> NDArray[np.float64]:
    """Photos as points of a track, in order of time."""
    rows = [
        (photo.utc.timestamp() if photo.utc else np.nan, photo.lat or 0.0, photo.lon or 0.0, np.nan)
        for photo in photos
    ]
    array = np.array(rows, float).reshape(-1, 4)
    return array[np.argsort(array[:, 0], kind="stable")]


def _by_day(passages: Iterable[Passage], walk: Walk) -> Mapping[date | None, list[Passage]]:
    zone = _zone(walk)
    days: defaultdict[date | None, list[Passage]] = defaultdict(list)
    for passage in passages:
        known = not np.isnan(passage.seconds)
        days[datetime.fromtimestamp(passage.seconds, zone).date() if known else None].append(passage)
    return days


def _zone(walk: Walk) -> tzinfo:
    try:
        return ZoneInfo(walk.zone) if walk.zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
