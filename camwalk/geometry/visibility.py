"""What a photo looked at, although nobody knows exactly where it was taken and where it looked."""

from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.rays import bearings_to, turn
from camwalk.geometry.walls import Walls, nearest_on

SAMPLES = 48


@cache
def likely_errors() -> Floats:
    """Standard normal errors (SAMPLES, 3) that fill the likely evenly, always the same ones."""
    normal = NormalDist()
    rows = range(1, SAMPLES + 1)
    return np.array([[normal.inv_cdf(_halton(i, base)) for base in (2, 3, 5)] for i in rows])


def crossings(walls: Walls, spot: Floats, eyes: Floats) -> NDArray[np.intp]:
    """How many walls stand between a spot and each of the eyes (m, 2)."""
    if not len(walls.a):
        return np.zeros(len(eyes), np.intp)
    look, a, along = eyes - spot, walls.a - spot, walls.b - walls.a
    cross = look[:, :1] * along[:, 1] - look[:, 1:] * along[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        away = (a[:, 0] * along[:, 1] - a[:, 1] * along[:, 0]) / cross
        share = (a[:, 0] * look[:, 1:] - a[:, 1] * look[:, :1]) / cross
    return ((share >= 0) & (share < 1) & (away > 0) & (away <= 1)).sum(axis=1)


def in_front_of_wall(walls: Walls, spot: Floats, reach: float, clear: float) -> Floats | None:
    """The spot, or if it is in a building or on its wall, the place `clear` metres before the nearest one.

    None if that is more than `reach` metres away.
    """
    if not len(walls.a):
        return spot
    foot, away = nearest_on(walls.a, walls.b, spot[None])
    if not _inside(walls, spot) and away[0].min() >= clear:
        return spot
    for k in np.argsort(away[0]):
        if away[0, k] > reach:
            return None
        before = foot[0, k] + walls.outward[k] * clear
        if not _inside(walls, before):
            return before
    return None


def chance_seen(walls: Walls, spot: Floats, eyes: Floats, view: Floats, reach: tuple[float, float]) -> float:
    """How likely a photo shows the spot, by tries (eyes (m, 2)) of where it may have been taken.

    `view` (m, 2) holds where it may have looked and half its width, in degrees. Nobody takes photos
    inside of walls, so tries that end there say nothing.
    """
    bearings, metres = _seen_from(eyes, spot)
    walled = crossings(walls, spot, eyes)
    outdoors = walled % 2 == 0
    shown = (np.abs(turn(view[:, 0], bearings)) <= view[:, 1]) & (metres >= reach[0]) & (metres <= reach[1])
    return float((shown & (walled == 0)).sum() / max(int(outdoors.sum()), SAMPLES // 4))


def _seen_from(eyes: Floats, spot: Floats) -> tuple[Floats, Floats]:
    bearings, metres = bearings_to(spot, eyes)
    return (bearings + 180) % 360, metres


def _inside(walls: Walls, point: Floats) -> bool:
    """Whether rings of walls go around a point: by what they cross on the way to far away."""
    return bool(crossings(walls, point, point[None] + (4e5, 7.3e5))[0] % 2)


def _halton(index: int, base: int) -> float:
    result, share = 0.0, 1.0
    while index:
        share /= base
        index, digit = divmod(index, base)
        result += digit * share
    return result
