"""Where the photographer really stood: a receiver's error stays for a minute, and people walk on streets.

An error that would have led the walk through houses, or beside every street, for a minute before
and after the photo, is not likely. All errors that are possible are weighed so.
"""

from dataclasses import dataclass

import numpy as np

from camwalk.geometry.ellipses import spread_around
from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.walls import inside, nearest_on
from camwalk.model import LatLon, Photo, Survey
from camwalk.operations.estimate_position_surroundings import Streets, Surroundings
from camwalk.operations.follow_tracks import follow, lanes

AGES = np.arange(-60.0, 61.0, 12.0)
"""Seconds before and after the photo at which the way is looked at."""
KEPT_SECONDS = 70.0
"""In which one error fades into another."""
BESIDE = 1.0
"""Metres from the kerb at which people walk along a street."""
STRAY = 2.0
"""Metres, 1 sigma, by which they stray from there."""
ANYWHERE = 0.08
"""How likely a step is off all streets, against one right on its way."""
IN_HOUSE = 0.15
"""The same inside a building."""
SHARE = 0.3
"""Of each step's word: steps that follow each other say much the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """Where a photo was taken: metres east and north, and the covariance of that."""

    eye: Floats
    covariance: Floats


def stand_of(survey: Survey, photo: Photo, sigma: float, around: Surroundings) -> Stand:
    """Where a photo with a place was taken; `sigma` is what its source is off along each axis."""
    assert photo.position is not None
    eye = _local(around.origin, photo.position)
    plain = Stand(eye, np.eye(2) * sigma**2)
    if photo.source == "manual" or not len(around.streets.a):
        return plain
    steps, ages = _way(survey, photo, around.origin)
    steps, ages = np.vstack([eye[None], steps]), np.append(0.0, ages)
    errors = _errors(sigma)
    logs = -0.5 * (errors**2).sum(axis=1) / sigma**2
    said = np.log(_likely(steps[:, None] - errors[None], around))
    logs = logs + (SHARE * np.exp(-np.abs(ages) / KEPT_SECONDS)) @ said
    weights = np.exp(logs - logs.max())
    middle = np.asarray(np.average(errors, axis=0, weights=weights))
    return Stand(eye - middle, spread_around(errors, weights, middle) + np.eye(2) * 0.5**2)


def _local(origin: LatLon, place: LatLon) -> Floats:
    east, north = to_local(origin, *place)
    return np.array([float(east), float(north)])


def _errors(sigma: float) -> Floats:
    """Errors of place (n, 2) up to three sigmas."""
    steps = np.linspace(-2.8, 2.8, 11) * sigma
    east, north = np.meshgrid(steps, steps)
    errors = np.column_stack([east.ravel(), north.ravel()])
    return errors[np.hypot(*errors.T) < 3 * sigma]


def _way(survey: Survey, photo: Photo, origin: LatLon) -> tuple[Floats, Floats]:
    """The recorded way around the photo's time: places (n, 2) and their ages in seconds."""
    if photo.utc is None:
        return np.empty((0, 2)), np.empty(0)
    times = photo.utc.timestamp() + AGES
    tracks = (track for track in survey.tracks.values() if track.walk == photo.walk)
    for lane in lanes(tracks):
        fixes = follow(lane, times, 20.0)
        known = np.isfinite(fixes.lat)
        if known[len(AGES) // 2]:
            places = np.column_stack(to_local(origin, fixes.lat[known], fixes.lon[known]))
            return places, AGES[known]
    return np.empty((0, 2)), np.empty(0)


def _likely(points: Floats, around: Surroundings) -> Floats:
    """How likely it is to walk at points (m, n, 2), 1 on the usual way along a street."""
    flat = points.reshape(-1, 2)
    likely = np.full(len(flat), ANYWHERE)
    streets = _near(around.streets, flat)
    if len(streets.a):
        _, metres = nearest_on(streets.a, streets.b, flat)
        usual = np.where(streets.on_foot > 0, 0.0, streets.half + BESIDE)
        strayed = np.abs(metres - usual).min(axis=1)
        likely = likely + (1 - ANYWHERE) * np.exp(-0.5 * (strayed / STRAY) ** 2)
    likely = np.where(inside(around.walls, flat), likely * IN_HOUSE, likely)
    return likely.reshape(points.shape[:2])


def _near(streets: Streets, points: Floats) -> Streets:
    low, high = points.min(axis=0) - 12, points.max(axis=0) + 12
    near = (np.minimum(streets.a, streets.b) <= high).all(axis=1)
    near &= (np.maximum(streets.a, streets.b) >= low).all(axis=1)
    return Streets(streets.a[near], streets.b[near], streets.half[near], streets.on_foot[near])
