"""Error ellipses of weighted points in local metres."""

from math import hypot
from typing import NamedTuple

import numpy as np

from camwalk.geometry.geodesy import Floats


class Ellipse(NamedTuple):
    """1-sigma half axes in metres; `axis` is the direction of the major one, 0 to 180 from true north."""

    major: float
    minor: float
    axis: float


def ellipse_of_covariance(covariance: Floats) -> Ellipse:
    """The ellipse of a 2 by 2 covariance of east and north."""
    values, vectors = np.linalg.eigh(covariance)
    east, north = vectors[:, 1]
    minor, major = np.sqrt(np.maximum(values, 1e-6))
    return Ellipse(float(major), float(minor), float(np.degrees(np.arctan2(east, north))) % 180)


def spread_around(points: Floats, weights: Floats, centre: Floats) -> Floats:
    """The weighted mean square of points (n, 2) about `centre`: a 2 by 2 matrix."""
    away = points - centre
    return np.asarray((away * weights[:, None]).T @ away / weights.sum())


def mahalanobis(ellipse: Ellipse, east: float, north: float) -> float:
    """How many sigmas a point `east`, `north` metres from the centre is outside."""
    turn = np.radians(ellipse.axis)
    along = (east * np.sin(turn) + north * np.cos(turn)) / ellipse.major
    across = (east * np.cos(turn) - north * np.sin(turn)) / ellipse.minor
    return hypot(float(along), float(across))


def median_point(points: Floats, weights: Floats, rounds: int = 12) -> Floats:
    """The point with the least mean distance to weighted points (n, 2), by Weiszfeld's steps."""
    at = np.asarray(np.average(points, axis=0, weights=weights))
    for _ in range(rounds):
        pull = weights / np.maximum(np.hypot(*(points - at).T), 0.3)
        at = np.asarray(np.average(points, axis=0, weights=pull))
    return at
