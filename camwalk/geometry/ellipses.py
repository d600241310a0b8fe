"""Error ellipses of weighted points in local metres."""

from typing import NamedTuple

import numpy as np

from camwalk.geometry.geodesy import Floats

ONE_AND_TWO = (0.393, 0.865)
"""What an ellipse of one and of two sigmas holds of a normal distribution in the plane."""


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


def mahalanobis(ellipse: Ellipse, east: Floats | float, north: Floats | float) -> Floats:
    """How many sigmas points `east`, `north` metres from the centre are outside."""
    turn = np.radians(ellipse.axis)
    along = (east * np.sin(turn) + north * np.cos(turn)) / ellipse.major
    across = (east * np.cos(turn) - north * np.sin(turn)) / ellipse.minor
    return np.hypot(along, across)


def honest_ellipse(points: Floats, weights: Floats, centre: Floats) -> Ellipse:
    """An ellipse that holds the share of the weight which one and two sigmas should, as well as one can.

    Its shape is that of the mean square; long tails would make that one too large.
    """
    shape = ellipse_of_covariance(spread_around(points, weights, centre))
    sigmas = mahalanobis(shape, *(points - centre).T)
    order = np.argsort(sigmas)
    held = np.cumsum(weights[order]) / weights.sum()
    one, two = (float(sigmas[order][np.searchsorted(held, share)]) for share in ONE_AND_TWO)
    scale = np.sqrt(max(one, 0.25 * two) * two / 2)
    return Ellipse(float(shape.major * scale), float(shape.minor * scale), shape.axis)


def median_point(points: Floats, weights: Floats, soft: float = 0.3, rounds: int = 15) -> Floats:
    """The point with the least mean distance to weighted points (n, 2), by Weiszfeld's steps.

    Each point is taken as a blot of `soft` metres.
    """
    at = np.asarray(np.average(points, axis=0, weights=weights))
    for _ in range(rounds):
        pull = weights / np.sqrt(((points - at) ** 2).sum(axis=1) + soft**2)
        at = np.asarray(np.average(points, axis=0, weights=pull))
    return at
