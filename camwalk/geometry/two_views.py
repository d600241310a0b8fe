"""Two photos that show some of the same things: which of the one are which of the other.

Place, heading and pitch of both are uncertain, but each photo has only one of each: what fits one
pair must fit all pairs at once. Angles are in degrees, places in metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats

EYE = 1.6
HEIGHT, HEIGHT_SIGMA = 4.2, 1.3
"""Metres above the ground at which cameras hang."""
PITCH, PITCH_SIGMA = 6.0, 7.0
"""Degrees by which people tilt a camera up to show something above them."""
PIXEL_SIGMA, RISE_SIGMA = 0.5, 0.9
"""Degrees: how well a click hits, and how level a photo is held."""
ROUNDS = 5

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A photo: `eye` (2,), `heading` and its sigma, `offs` and `rises` of what it shows."""

    eye: Floats
    heading: float
    sigma: float
    offs: Floats
    rises: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How badly pairs fit (half the squares), and the eyes, headings and pitches that fit best."""

    cost: float
    pose: Floats
    points: Floats


def fit(a: View, b: View, places: Floats, pairs: Sequence[Pair], start: Floats) -> Fit:
    """Pose of both views and a point (east, north, height) for each pair, by least squares.

    `places` is the covariance (4, 4) of both eyes; `start` (n, 3) are first guesses of the points.
    """
    pose, points = np.zeros(8), start.copy()
    pose[4:6] = _start_headings(a, b, pairs, points)
    pose[6:] = PITCH
    inverse = np.zeros((8, 8))
    inverse[:4, :4] = np.linalg.inv(places)
    inverse[4:, 4:] = np.diag([a.sigma**-2, b.sigma**-2, PITCH_SIGMA**-2, PITCH_SIGMA**-2])
    root = np.linalg.cholesky(inverse).T
    middle = np.array([0, 0, 0, 0, 0, 0, PITCH, PITCH], float)
    for _ in range(ROUNDS):
        residual, design = _system(a, b, pairs, pose, points)
        size = 8 + 3 * len(pairs)
        prior = np.zeros((8, size))
        prior[:, :8] = root
        left, right = np.vstack([design, prior]), np.append(residual, root @ (pose - middle))
        step, *_ = np.linalg.lstsq(left, -right, rcond=None)
        step = np.clip(step, -15, 15)
        pose, points = pose + step[:8], points + step[8:].reshape(-1, 3)
    residual, _ = _system(a, b, pairs, pose, points)
    cost = 0.5 * float(residual @ residual + ((root @ (pose - middle)) ** 2).sum())
    return Fit(cost, pose, points)


def _start_headings(a: View, b: View, pairs: Sequence[Pair], points: Floats) -> Floats:
    """By how much headings that are hardly known are off for the first pair's point."""
    found = np.zeros(2)
    for side, view in enumerate((a, b)):
        if view.sigma > 30:
            east, north = points[0, :2] - view.eye
            seen = view.heading + view.offs[pairs[0][side]]
            found[side] = (np.degrees(np.arctan2(east, north)) - seen + 180) % 360 - 180
    return found


def _system(a: View, b: View, pairs: Sequence[Pair], pose: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Residuals in sigmas, and their derivatives by the pose (8) and all points (3 each)."""
    count = len(pairs)
    residual = np.zeros(5 * count)
    design = np.zeros((5 * count, 8 + 3 * count))
    numbers = np.arange(count)
    for side, view in enumerate((a, b)):
        seen = np.array([pair[side] for pair in pairs])
        away = points[:, :2] - view.eye - pose[2 * side : 2 * side + 2]
        metres = np.maximum(np.hypot(*away.T), 1.5)
        height = points[:, 2] - EYE
        slant = metres**2 + height**2
        bearing = np.degrees(np.arctan2(away[:, 0], away[:, 1]))
        measured = view.heading + pose[4 + side] + view.offs[seen]
        rows = numbers + 2 * side * count
        residual[rows] = ((bearing - measured + 180) % 360 - 180) / PIXEL_SIGMA
        turn = np.degrees(np.column_stack([away[:, 1], -away[:, 0]]) / metres[:, None] ** 2) / PIXEL_SIGMA
        design[rows, 4 + side] = -1 / PIXEL_SIGMA
        tilt = rows + count
        residual[tilt] = (
            np.degrees(np.arctan2(height, metres)) - pose[6 + side] - view.rises[seen]
        ) / RISE_SIGMA
        design[tilt, 6 + side] = -1 / RISE_SIGMA
        nearer = -np.degrees(height / slant)[:, None] * away / metres[:, None] / RISE_SIGMA
        for k in (0, 1):
            design[rows, 8 + 3 * numbers + k], design[rows, 2 * side + k] = turn[:, k], -turn[:, k]
            design[tilt, 8 + 3 * numbers + k], design[tilt, 2 * side + k] = nearer[:, k], -nearer[:, k]
        design[tilt, 8 + 3 * numbers + 2] = np.degrees(metres / slant) / RISE_SIGMA
    rows = numbers + 4 * count
    residual[rows] = (points[:, 2] - HEIGHT) / HEIGHT_SIGMA
    design[rows, 8 + 3 * numbers + 2] = 1 / HEIGHT_SIGMA
    return residual, design


def costs_at(a: View, b: View, pose: Floats, pairs: Sequence[Pair], start: Floats) -> Floats:
    """How badly each pair fits (half the squares) where the pose is known, its point being free."""
    points = start.copy()
    count = len(pairs)
    numbers = np.arange(count)
    for _ in range(ROUNDS):
        residual, design = _system(a, b, pairs, pose, points)
        rows = residual.reshape(5, count).T
        own = np.stack([design[numbers + k * count][:, 8:] for k in range(5)], axis=1)
        own = np.stack([own[numbers, :, 3 * numbers + k] for k in range(3)], axis=2)
        normal = own.transpose(0, 2, 1) @ own + 1e-6 * np.eye(3)
        step = np.linalg.solve(normal, (own.transpose(0, 2, 1) @ rows[..., None]))[..., 0]
        points = points - np.clip(step, -10, 10)
    residual, _ = _system(a, b, pairs, pose, points)
    return np.asarray(0.5 * (residual.reshape(5, count) ** 2).sum(axis=0))
