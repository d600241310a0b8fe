"""Two photos that show some of the same things: how well pairs of theirs fit together.

Place, heading, pitch and roll of both are uncertain, but each photo has only one of each: what fits
one pair must fit all pairs at once. Lengths are in metres, angles in radians.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats

EYE = 1.6
HEIGHT, HEIGHT_SIGMA = 4.2, 1.3
"""Metres above the ground at which cameras hang."""
PITCH, PITCH_SIGMA = 0.12, 0.13
"""By which people tilt a camera up to show something above them."""
ROLL_SIGMA = 0.03
CLICK_SIGMA = 0.004
"""In focal lengths: how well a click hits what others click in other photos, and what lenses bend."""
ROUNDS = 6
ABOUT = 12.0
"""Metres, 1 sigma, by which the first guess of a point may be off."""
POSE = 5
"""Numbers of a pose: east, north, heading, pitch and roll, all as corrections."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A photo: `eye` (2,), `heading` and its sigma, and what it shows, (n, 2) right and up of the middle.

    These are in focal lengths.
    """

    eye: Floats
    heading: float
    sigma: float
    seen: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How surely the views show the pairs, as a log density, and the pose of both that fits best."""

    evidence: float
    pose: Floats


def project(view: View, pose: Floats, points: Floats) -> Floats:
    """Where points (n, 3) are in a view, right and up of its middle, in focal lengths."""
    away = points[:, :2] - view.eye - pose[:2]
    turn = view.heading + pose[2]
    right = away[:, 0] * np.cos(turn) - away[:, 1] * np.sin(turn)
    ahead = away[:, 0] * np.sin(turn) + away[:, 1] * np.cos(turn)
    up = points[:, 2] - EYE
    depth = np.maximum(ahead * np.cos(pose[3]) + up * np.sin(pose[3]), 0.3)
    x, y = right / depth, (up * np.cos(pose[3]) - ahead * np.sin(pose[3])) / depth
    return np.column_stack(
        [x * np.cos(pose[4]) - y * np.sin(pose[4]), x * np.sin(pose[4]) + y * np.cos(pose[4])]
    )


def fit(a: View, b: View, places: Floats, pairs: Sequence[Pair], start: Floats) -> Fit:
    """Pose of both views and a point for each pair, by least squares.

    `places` is the covariance (4, 4) of both eyes; `start` (n, 3) are first guesses of the points.
    """
    middle = np.zeros(2 * POSE)
    middle[[3, 8]] = PITCH
    root = _prior(a, b, places)
    pose, points = _first_pose(a, b, pairs, start, middle), start.copy()
    damping, (residual, design) = 1e-3, _system(a, b, pairs, pose, points)
    cost = _cost(residual, root, pose - middle)
    for _ in range(ROUNDS):
        prior = np.zeros((2 * POSE, design.shape[1]))
        prior[:, : 2 * POSE] = root
        whole = np.vstack([design, prior])
        errors = np.append(residual, root @ (pose - middle))
        normal = whole.T @ whole
        step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), -whole.T @ errors)
        tried_pose, tried_points = pose + step[: 2 * POSE], points + step[2 * POSE :].reshape(-1, 3)
        tried, changed = _system(a, b, pairs, tried_pose, tried_points)
        tried_cost = _cost(tried, root, tried_pose - middle)
        if tried_cost < cost:
            done = cost - tried_cost < 0.01
            pose, points, residual, design = tried_pose, tried_points, tried, changed
            cost, damping = tried_cost, damping * 0.2
            if done:
                break
        else:
            damping *= 20
    return Fit(_evidence(cost, design, root, len(pairs)), pose)


def costs_at(a: View, b: View, pose: Floats, pairs: Sequence[Pair], start: Floats) -> Floats:
    """How badly each pair fits (half the squares) where the pose is known, its point being free."""
    points, numbers = start.copy(), np.arange(len(pairs))
    for _ in range(ROUNDS):
        residual, design = _system(a, b, pairs, pose, points)
        rows = residual.reshape(-1, len(pairs)).T
        blocks = design[:, 2 * POSE :].reshape(5, len(pairs), len(pairs), 3)[:, numbers, numbers]
        own = blocks.transpose(1, 0, 2)
        normal = own.transpose(0, 2, 1) @ own + 1e-3 * np.eye(3)
        step = np.linalg.solve(normal, own.transpose(0, 2, 1) @ rows[..., None])[..., 0]
        points = points - np.clip(step, -8, 8)
    residual, _ = _system(a, b, pairs, pose, points)
    return np.asarray(0.5 * (residual.reshape(5, -1) ** 2).sum(axis=0))


def _evidence(cost: float, design: Floats, root: Floats, count: int) -> float:
    """The log density of what is seen, all poses and points integrated out around the best ones."""
    prior = np.zeros((2 * POSE + 2 * count, design.shape[1]))
    prior[: 2 * POSE, : 2 * POSE] = root
    for number in range(count):
        for k in (0, 1):
            prior[2 * POSE + 2 * number + k, 2 * POSE + 3 * number + k] = 1 / ABOUT
    whole = np.vstack([design, prior])
    _, spread = np.linalg.slogdet(whole.T @ whole)
    _, before = np.linalg.slogdet(root)
    clicks = 4 * count * np.log(CLICK_SIGMA) + 2 * count * np.log(2 * np.pi)
    return float(-cost - clicks - spread / 2 + before - count * np.log(ABOUT**2 * HEIGHT_SIGMA))


def _cost(residual: Floats, root: Floats, off: Floats) -> float:
    return 0.5 * float(residual @ residual + ((root @ off) ** 2).sum())


def _prior(a: View, b: View, places: Floats) -> Floats:
    """The root of the inverse covariance of both poses."""
    inverse = np.zeros((2 * POSE, 2 * POSE))
    eyes = np.array([0, 1, POSE, POSE + 1])
    inverse[np.ix_(eyes, eyes)] = np.linalg.inv(places)
    for side, view in enumerate((a, b)):
        for number, sigma in ((2, view.sigma), (3, PITCH_SIGMA), (4, ROLL_SIGMA)):
            inverse[side * POSE + number, side * POSE + number] = sigma**-2
    return np.asarray(np.linalg.cholesky(inverse).T, np.float64)


def _first_pose(a: View, b: View, pairs: Sequence[Pair], points: Floats, middle: Floats) -> Floats:
    """Headings that are hardly known are turned so that the first pair's point is where it is seen."""
    pose = middle.copy()
    for side, view in enumerate((a, b)):
        if view.sigma > 0.5:
            east, north = points[0, :2] - view.eye
            looked = view.heading + np.arctan(view.seen[pairs[0][side], 0])
            pose[side * POSE + 2] = (np.arctan2(east, north) - looked + np.pi) % (2 * np.pi) - np.pi
    return pose


def _system(a: View, b: View, pairs: Sequence[Pair], pose: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Residuals in sigmas, five rows of all pairs, and their derivatives by pose and points."""
    count, step = len(pairs), 1e-5
    numbers = np.arange(count)
    residual, design = np.zeros((5, count)), np.zeros((5, count, 2 * POSE + 3 * count))
    for side, view in enumerate((a, b)):
        own = pose[side * POSE : side * POSE + POSE]
        now = project(view, own, points)
        seen = view.seen[[pair[side] for pair in pairs]]
        rows = slice(2 * side, 2 * side + 2)
        residual[rows] = (now - seen).T / CLICK_SIGMA
        for number in range(POSE):
            moved = own.copy()
            moved[number] += step
            slope = (project(view, moved, points) - now) / step / CLICK_SIGMA
            design[rows, :, side * POSE + number] = slope.T
        for number in range(3):
            shifted = points.copy()
            shifted[:, number] += step
            slope = (project(view, own, shifted) - now) / step / CLICK_SIGMA
            design[rows, numbers, 2 * POSE + 3 * numbers + number] = slope.T
    residual[4] = (points[:, 2] - HEIGHT) / HEIGHT_SIGMA
    design[4, numbers, 2 * POSE + 3 * numbers + 2] = 1 / HEIGHT_SIGMA
    return residual.ravel(), design.reshape(5 * count, -1)
