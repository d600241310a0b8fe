"""Which streets one walk followed: its tracks, or its placed photos where it has none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.map_matching import Passage, match
from camwalk.geometry.map_matching_spurs import Interval, walked_intervals
from camwalk.geometry.map_matching_trail import thinned
from camwalk.model import Photo, Report, Survey, Walk
from camwalk.operations.street_graph import Streets

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
        match(streets.graph, streets.ground, thinned(streets.graph.origin, segments), report)
        for segments in recordings
    ]
    passages = [passage for found in matched for passage in found.passages]
    days = {day: walked_intervals(streets.graph, part) for day, part in _by_day(passages, walk).items()}
    return MatchedWalk(walk.id, days, sum(found.off for found in matched))


def recordings_of(survey: Survey, walk: str) -> list[Recording]:
    """The tracks of a walk, else the places of each device's photos."""
    tracks = [track.segments for track in survey.tracks.values() if track.walk == walk and track.points]
    if tracks:
        return tracks
    placed: defaultdict[str, list[Photo]] = defaultdict(list)
    for photo in survey.photos.values():
        if photo.walk == walk and photo.position is not None:
            placed[photo.device].append(photo)
    return [_by_photos(photos) for photos in placed.values()]


def _by_photos(photos: Iterable[Photo]) -> Recording:
    """One segment of photos in order of time, and one for each photo without."""
    rows = [
        (photo.utc.timestamp() if photo.utc else np.nan, photo.lat or 0.0, photo.lon or 0.0, np.nan)
        for photo in photos
    ]
    array = np.array(sorted(rows), float).reshape(-1, 4)
    timed = ~np.isnan(array[:, 0])
    alone = [array[number : number + 1] for number in np.flatnonzero(~timed)]
    return [array[timed], *alone] if timed.any() else alone


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
