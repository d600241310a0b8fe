"""Error ellipses of weighted points in local metres."""

from typing import NamedTuple

import numpy as np

from camwalk.geometry.geodesy import Floats

MOST, MOST_SIGMAS = 0.6, 1.354
"""A share of a normal distribution in the plane, and the sigmas of the ellipse that holds it."""


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
    """The ellipse around `centre` that holds as much of the weight as its sigmas should.

    Its shape is that of the mean square, its size goes by MOST of the weight: long tails would make the
    mean square too large, and a single likely point would make it too small.
    """
    shape = ellipse_of_covariance(spread_around(points, weights, centre))
    sigmas = mahalanobis(shape, *(points - centre).T)
    order = np.argsort(sigmas)
    held = np.cumsum(weights[order]) / weights.sum()
    scale = float(sigmas[order][np.searchsorted(held, MOST)]) / MOST_SIGMAS
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
