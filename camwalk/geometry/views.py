"""Photos that show the same things: how well they fit together, all poses and places taken at once.

Place, heading, pitch and roll of each photo are uncertain, but each has only one of each: what fits
one thing must fit all. Lengths are in metres, angles in radians, pixels in focal lengths. Many
guesses of which things are the same are fitted in one go: the first axis of most arrays counts them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.view_poles import ARM, Ints, apart_on_poles

EYE = 1.6
HEIGHT, HEIGHT_SIGMA = 4.2, 1.3
"""Metres above the ground at which cameras hang."""
PITCH, PITCH_SIGMA = 0.12, 0.13
"""By which people tilt a camera up to show something above them."""
ROLL_SIGMA = 0.03
CLICK_SIGMA = 0.004
"""In focal lengths: how well a click hits what others click in other photos, and what lenses bend."""
AWAY, AWAY_SIGMA = np.log(13.0), 0.55
"""The logarithm of the metres from which people take pictures of cameras."""
ROUNDS = 12
POSE = 5
"""Numbers of a pose: east, north, heading, pitch and roll, all as corrections."""

_STEP = 1e-6
_SIGMAS = np.array([CLICK_SIGMA, CLICK_SIGMA, AWAY_SIGMA])


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A photo: `eye` (2,), `heading` and its sigma, and what it shows, (n, 2) right and up of the middle."""

    eye: Floats
    heading: float
    sigma: float
    seen: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Which view (m,) shows which point (m,), and where, (guesses, m, 2)."""

    views: Ints
    points: Ints
    at: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Of each guess the log density of what is seen, poses (guesses, views, 5) and points (guesses, n, 3)."""

    evidence: Floats
    poses: Floats
    points: Floats

    def best_of(self, starts: int) -> "Fit":
        """The best where each guess was begun from several `starts`, which follow each other."""
        rows = self.evidence.reshape(-1, starts)
        best = rows.argmax(axis=1) + np.arange(len(rows)) * starts
        return Fit(self.evidence[best], self.poses[best], self.points[best])


def level(views: Sequence[View]) -> Floats:
    """Poses (n, 5) as one would guess them."""
    poses = np.zeros((len(views), POSE))
    poses[:, 3] = PITCH
    return poses


def angle(view: View, seen: Floats, points: Floats) -> Floats:
    """By how much to turn a view from its heading to see points (n, 3) where `seen` (n, 2) says."""
    away = points[:, :2] - view.eye
    looked = view.heading + np.arctan(seen[:, 0])
    return (np.arctan2(away[:, 0], away[:, 1]) - looked + np.pi) % (2 * np.pi) - np.pi


def project(views: Sequence[View], poses: Floats, points: Floats) -> Floats:
    """Where each point is in its view, right and up of the middle, and the logarithm of the distance.

    `poses` (..., m, 5) and `points` (..., m, 3) belong to the m views.
    """
    eyes, headings = np.array([v.eye for v in views]), np.array([v.heading for v in views])
    away = points[..., :2] - eyes - poses[..., :2]
    turn, pitch, roll = headings + poses[..., 2], poses[..., 3], poses[..., 4]
    right = away[..., 0] * np.cos(turn) - away[..., 1] * np.sin(turn)
    ahead = away[..., 0] * np.sin(turn) + away[..., 1] * np.cos(turn)
    up = points[..., 2] - EYE
    depth = np.maximum(ahead * np.cos(pitch) + up * np.sin(pitch), 0.3)
    x, y = right / depth, (up * np.cos(pitch) - ahead * np.sin(pitch)) / depth
    metres = np.maximum(np.hypot(right, ahead), 0.5)
    return np.stack(
        [x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll), np.log(metres)], axis=-1
    )


def fit(views: Sequence[View], places: Floats, shown: Shown, poses: Floats, points: Floats) -> Fit:
    """The poses and points that fit best, by least squares from first guesses.

    `places` (2n, 2n) is the covariance of the views' eyes.
    """
    prior = _prior(views, places)
    system = _System(views, shown, prior)
    cost, normal, slope = system.at(poses, points)
    damping = np.full(len(cost), 1e-3)
    for _ in range(ROUNDS):
        step = _damped(normal, slope, damping)
        split = POSE * len(views)
        tried = poses + step[:, :split].reshape(poses.shape), points + step[:, split:].reshape(points.shape)
        new_cost, new_normal, new_slope = system.at(*tried)
        better = new_cost < cost
        done = ~(better & (cost - new_cost > 0.01)) & (better | (damping > 1))
        poses, points = (
            np.where(better[:, None, None], new, old) for new, old in zip(tried, (poses, points), strict=True)
        )
        normal = np.where(better[:, None, None], new_normal, normal)
        slope = np.where(better[:, None], new_slope, slope)
        cost = np.where(better, new_cost, cost)
        damping = np.where(better, damping * 0.2, damping * 10)
        if done.all():
            break
    _, spread = np.linalg.slogdet(normal)
    _, before = np.linalg.slogdet(prior)
    evidence = -cost + before / 2 - spread / 2 + _constant(shown, points.shape[1]) + system.on_poles
    return Fit(evidence, poses, points)


def point_costs(views: Sequence[View], poses: Floats, at: Floats, points: Floats) -> tuple[Floats, Floats]:
    """How badly each point (n, 3) fits what all `views` show of it, (n, views, 2), and where it fits best.

    That is half the squares, where the poses (views, 5) are known.
    """

    def errors(points: Floats) -> Floats:
        now = project(views, poses, np.repeat(points[:, None], len(views), axis=1))
        off = (now - aim) / _SIGMAS
        return np.column_stack([off.reshape(len(points), -1), (points[:, 2] - HEIGHT) / HEIGHT_SIGMA])

    aim = np.concatenate([at, np.full((*at.shape[:2], 1), AWAY)], axis=2)
    now, damping = errors(points), np.full(len(points), 1e-3)
    for _ in range(8):
        design = np.stack([(errors(points + _STEP * unit) - now) / _STEP for unit in np.eye(3)], axis=2)
        normal, slope = design.transpose(0, 2, 1) @ design, (now[:, None] @ design)[:, 0]
        step = _damped(normal, slope, damping)
        tried = errors(points + step)
        better = (tried**2).sum(axis=1) < (now**2).sum(axis=1)
        points = np.where(better[:, None], points + step, points)
        now = np.where(better[:, None], tried, now)
        damping = np.where(better, damping * 0.2, damping * 10)
    return 0.5 * (now**2).sum(axis=1), points


def _damped(normal: Floats, slope: Floats, damping: Floats) -> Floats:
    """Levenberg's and Marquardt's step of each least squares."""
    diagonal = np.einsum("hii->hi", normal)
    steep = normal + np.einsum("hi,ij->hij", damping[:, None] * diagonal, np.eye(normal.shape[1]))
    return np.asarray(np.linalg.solve(steep, -slope[..., None])[..., 0], np.float64)


def _constant(shown: Shown, points: int) -> float:
    """What the densities of clicks and heights, and Laplace's integrals, add whatever is seen."""
    clicks = -len(shown.views) * np.log(2 * np.pi * CLICK_SIGMA**2)
    return float(clicks + points * (np.log(2 * np.pi) - np.log(HEIGHT_SIGMA)))


def _prior(views: Sequence[View], places: Floats) -> Floats:
    """The inverse covariance of all poses."""
    count = len(views)
    inverse = np.zeros((count, POSE, count, POSE))
    inverse[:, :2, :, :2] = np.linalg.inv(places).reshape(count, 2, count, 2)
    for number, view in enumerate(views):
        for k, sigma in ((2, view.sigma), (3, PITCH_SIGMA), (4, ROLL_SIGMA)):
            inverse[number, k, number, k] = sigma**-2
    return inverse.reshape(count * POSE, count * POSE)


class _System:
    """The least squares: what it costs, and its derivatives."""

    def __init__(self, views: Sequence[View], shown: Shown, prior: Floats) -> None:
        numbers: list[int] = shown.views.tolist()
        self._views = [views[number] for number in numbers]
        self._shown, self._prior = shown, prior
        self._middle = level(views).ravel()
        self._aim = np.concatenate([shown.at, np.full((*shown.at.shape[:2], 1), AWAY)], axis=2)
        count = int(shown.points.max()) + 1
        self._apart = apart_on_poles(shown.views, shown.points, shown.at, count) / ARM**2
        further = np.einsum("gii->g", self._apart) * ARM**2  # a projection: its trace is its rank
        self.on_poles = -further * np.log(2 * np.pi * ARM**2)

    def at(self, poses: Floats, points: Floats) -> tuple[Floats, Floats, Floats]:
        """Cost (guesses,), normal matrix and gradient by poses and points."""
        guesses, split = len(poses), self._prior.shape[0]
        own, things = poses[:, self._shown.views], points[:, self._shown.points]
        now = project(self._views, own, things)
        errors = (now - self._aim) / _SIGMAS
        design = np.zeros((guesses, *errors.shape[1:], split + 3 * points.shape[1]))
        rows = np.arange(len(self._views))
        for k in range(POSE + 3):
            moved, at = (own.copy(), things) if k < POSE else (own, things.copy())
            (moved if k < POSE else at)[..., k if k < POSE else k - POSE] += _STEP
            slope = (project(self._views, moved, at) - now) / _STEP / _SIGMAS
            column = POSE * self._shown.views + k if k < POSE else split + 3 * self._shown.points + k - POSE
            design[:, rows, :, column] = slope.transpose(1, 0, 2)
        flat, residual = design.reshape(guesses, -1, design.shape[-1]), errors.reshape(guesses, -1)
        normal = flat.transpose(0, 2, 1) @ flat
        slope = (residual[:, None] @ flat)[:, 0]
        off = poses.reshape(guesses, -1) - self._middle
        high = (points[..., 2] - HEIGHT) / HEIGHT_SIGMA
        tall = list(range(split + 2, split + 3 * points.shape[1], 3))
        normal[:, :split, :split] += self._prior
        normal[:, tall, tall] += HEIGHT_SIGMA**-2
        slope[:, :split] += off @ self._prior
        slope[:, tall] += high / HEIGHT_SIGMA
        off_pole = self._apart @ points[..., :2]
        for axis in (0, 1):
            level = list(range(split + axis, split + 3 * points.shape[1], 3))
            normal[np.ix_(range(guesses), level, level)] += self._apart
            slope[:, level] += off_pole[..., axis]
        cost = (residual**2).sum(axis=1) + (high**2).sum(axis=1) + ((off @ self._prior) * off).sum(axis=1)
        cost += (points[..., :2] * off_pole).sum(axis=(1, 2))
        return cost / 2, normal, slope
