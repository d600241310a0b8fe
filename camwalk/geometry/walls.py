"""Walls of buildings in local metres: where a look meets one, what is behind, what is inside."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats

FAR = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Walls:
    """Straight pieces from `a` to `b`, each (n, 2) metres east and north; inside lies to the left."""

    a: Floats
    b: Floats

    @property
    def length(self) -> Floats:
        """Metres of each piece."""
        return np.hypot(*(self.b - self.a).T)

    @property
    def outward(self) -> Floats:
        """Unit vectors (n, 2) that point out of the buildings."""
        along = (self.b - self.a) / np.maximum(self.length, 1e-9)[:, None]
        return np.column_stack([along[:, 1], -along[:, 0]])

    def chosen(self, which: NDArray[np.bool_]) -> "Walls":
        """Some of the pieces."""
        return Walls(self.a[which], self.b[which])


def walls_of_rings(rings: Sequence[Floats]) -> Walls:
    """The pieces of closed rings (n, 2), outer ones counterclockwise, holes clockwise."""
    kept = [ring for ring in rings if len(ring) > 2]
    if not kept:
        return Walls(np.empty((0, 2)), np.empty((0, 2)))
    a = np.concatenate([ring[:-1] for ring in kept])
    b = np.concatenate([ring[1:] for ring in kept])
    whole = Walls(a, b)
    return whole.chosen(whole.length > 0.05)


def walls_near(walls: Walls, centre: Floats, metres: float) -> Walls:
    """The pieces that come within `metres` of a point."""
    _, away = nearest_on(walls.a, walls.b, centre[None])
    return walls.chosen(away[0] <= metres)


def nearest_on(a: Floats, b: Floats, points: Floats) -> tuple[Floats, Floats]:
    """For each point (m, 2) and each piece: the nearest point on it (m, n, 2), and the distance (m, n)."""
    along = b - a
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.einsum("mnk,nk->mn", points[:, None] - a[None], along) / squared
    foot = a[None] + np.clip(share, 0, 1)[..., None] * along[None]
    away = points[:, None] - foot
    return foot, np.hypot(away[..., 0], away[..., 1])


def metres_from(a: Floats, b: Floats, points: Floats) -> Floats:
    """How far each point (n, 2) is from its own piece, from `a` to `b`."""
    along, to = b - a, points - a
    share = np.clip((to * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12), 0, 1)
    return np.hypot(*(to - share[:, None] * along).T)


def first_hits(walls: Walls, eye: Floats, bearings: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Metres to the first wall in each direction (degrees) and its number; FAR and -1 where there is none."""
    if not len(walls.a):
        return np.full(len(bearings), FAR), np.full(len(bearings), -1)
    turn = np.radians(bearings)
    east, north = np.sin(turn)[:, None], np.cos(turn)[:, None]
    a, along = walls.a - eye, walls.b - walls.a
    cross = east * along[:, 1] - north * along[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        away = (a[:, 0] * along[:, 1] - a[:, 1] * along[:, 0]) / cross
        share = (a[:, 0] * north - a[:, 1] * east) / cross
    away = np.where((share >= 0) & (share <= 1) & (away > 0.01), away, FAR)
    first = np.argmin(away, axis=1)
    metres = away[np.arange(len(first)), first]
    return metres, np.where(metres < FAR, first, -1)


def inside(walls: Walls, points: Floats) -> NDArray[np.bool_]:
    """Whether each point (m, 2) is in a building; needs all rings around it complete."""
    if not len(points):
        return np.zeros(0, np.bool_)
    south, (east, north) = points[:, 1].min(), points.max(axis=0)
    low, high = np.minimum(walls.a, walls.b), np.maximum(walls.a, walls.b)
    near = (low[:, 1] <= north) & (high[:, 1] >= south) & (low[:, 0] <= east)
    a, b = walls.a[near], walls.b[near]
    odd = np.zeros(len(points), np.bool_)
    for start in range(0, len(points), 512):
        x, y = points[start : start + 512].T[..., None]
        cuts = (a[:, 1] <= y) != (b[:, 1] <= y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
        odd[start : start + 512] = (cuts & (at < x)).sum(axis=1) % 2 == 1
    return odd


def along_walls(walls: Walls, step: float) -> tuple[Floats, Floats, Floats]:
    """Points about `step` metres apart on all walls, what stretch each stands for, their outward vectors."""
    counts = np.maximum(np.ceil(walls.length / step).astype(np.int64), 1)
    which = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = ((number + 0.5) / counts[which])[:, None]
    points = walls.a[which] * (1 - share) + walls.b[which] * share
    return points, (walls.length / counts)[which], walls.outward[which]
