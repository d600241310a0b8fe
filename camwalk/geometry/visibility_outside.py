"""Cameras that are mapped inside of a building look from its wall, towards their facing."""

from collections.abc import Sequence

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.rays import towards
from camwalk.geometry.visibility_shapes import shapely
from camwalk.geometry.visibility_solids import Solids

CLEAR = 0.1  # metres before the wall
_TOUCHING = 0.05  # metres from a wall that are as good as in it
_ROOM = 0.3  # metres that must be free before the wall, else it is a wall to the next building
_AROUND = 150.0  # metres of other buildings that may be joined to this one
_SIDE, _STEP = 75, 15  # degrees off the facing at which other walls are tried


def outside(buildings: Solids, eyes: Floats, facings: Sequence[float | None]) -> Floats:
    """The eyes (n, 2), those in a building moved out: to the wall that the camera faces.

    A wall beside it is taken where that is several times nearer: a camera that looks along its wall
    often is mapped a metre behind it. Without a facing (None) it is the nearest wall.
    """
    moved = eyes.copy()
    for number in _held(buildings, eyes):
        moved[number] = _before_wall(buildings, eyes[number], facings[number])
    return moved


def _held(buildings: Solids, eyes: Floats) -> list[int]:
    """The numbers of eyes in or at a building."""
    found, _ = buildings.tree.query(shapely.points(eyes), predicate="dwithin", distance=_TOUCHING)
    return np.unique(found).tolist()


def _before_wall(buildings: Solids, eye: Floats, facing: float | None) -> Floats:
    near = buildings.tree.query(shapely.box(*(eye - _AROUND), *(eye + _AROUND)))
    walls = buildings.walls_of(near)
    a, along = buildings.a[walls] - eye, buildings.b[walls] - buildings.a[walls]
    tried = np.arange(-_SIDE, _SIDE + 1, _STEP) if facing is not None else np.arange(0, 360, _STEP)
    best = (np.inf, eye)
    for turn in tried.tolist():
        look = towards((facing or 0.0) + turn)
        metres = _way_out(a, along, look)
        detour = float(np.cos(np.radians(turn))) if facing is not None else 1.0
        if metres is not None and metres / detour < best[0]:
            best = (metres / detour, eye + look * metres)
    return best[1]


def _way_out(a: Floats, along: Floats, look: Floats) -> float | None:
    """Metres in one direction until one stands before all walls, with room there."""
    leaving = look[0] * along[:, 1] - look[1] * along[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        away = (a[:, 0] * along[:, 1] - a[:, 1] * along[:, 0]) / leaving
        share = (a[:, 0] * look[1] - a[:, 1] * look[0]) / leaving
    met = (share >= 0) & (share < 1) & (away > -_TOUCHING - 0.01)
    order = np.argsort(away[met])
    away, signs = away[met][order], np.sign(leaving[met][order])
    still_in = np.cumsum(signs[::-1])[::-1] - signs  # solids around one after each wall
    free = np.append(away[1:], np.inf) - away > _ROOM
    out = np.flatnonzero((still_in == 0) & free)
    return max(float(away[out[0]]) + CLEAR, 0.0) if len(out) else None
