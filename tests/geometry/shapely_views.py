"""What is seen between buildings, the plain and slow way: a sector without the shadow of every wall."""

from typing import Any

import numpy as np
import shapely

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.view_sectors import ViewSector
from camwalk.geometry.visibility_solids import Solids, solids_of

FAR = 1000.0


def open_sector(eye: Floats, sector: ViewSector, step: float = 0.25) -> Any:
    turns = np.radians(sector.bearing + np.linspace(-0.5, 0.5, round(sector.width / step) + 1) * sector.width)
    arc = eye + sector.reach * np.column_stack([np.sin(turns), np.cos(turns)])
    return shapely.Polygon(arc if sector.width >= 360 else np.vstack([eye[None], arc]))


def seen_by_shapely(eye: Floats, sector: ViewSector, solids: Solids) -> Any:
    area = open_sector(eye, sector)
    near = solids.tree.query(area)
    if not len(near):
        return area
    walls = solids.walls_of(near)
    a, b = solids.a[walls], solids.b[walls]
    shadows: Any = shapely.polygons(np.stack([a, b, _beyond(eye, b), _beyond(eye, a)], axis=1))
    hidden = shapely.union_all([*shadows[shapely.area(shadows) > 1e-9], *solids.polygons[near]])
    return shapely.difference(area, hidden)


def _beyond(eye: Floats, points: Floats) -> Floats:
    away = points - eye
    return points + away / np.maximum(np.hypot(*away.T), 0.01)[:, None] * FAR


def made_town(blocks: int, seed: int = 2) -> Solids:
    """Streets of crooked L-shaped houses, some with a courtyard, some overlapping each other."""
    rng = np.random.default_rng(seed)
    house = np.array([[-1, -1], [1, -1], [1, 0.2], [0.3, 0.2], [0.3, 1], [-1, 1], [-1, -1]], float)
    yard = np.array([[-0.6, -0.6], [-0.6, -0.1], [0.2, -0.1], [0.2, -0.6], [-0.6, -0.6]])
    outlines: list[list[Floats]] = []
    for east in range(blocks):
        for north in range(blocks):
            turn, size = rng.uniform(0, np.pi), rng.uniform(5, 16, 2)
            spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
            centre = np.array([east, north]) * 30.0 + rng.uniform(-3, 3, 2)
            rings = [house, yard] if rng.random() < 0.3 else [house]
            outlines.append([centre + (ring * size) @ spin.T for ring in rings])
    return solids_of(outlines)


def open_places(solids: Solids, count: int, low: float, high: float, seed: int = 3) -> Floats:
    """Places outside all buildings, some of them in courtyards."""
    places = np.random.default_rng(seed).uniform(low, high, (count * 4, 2))
    taken, _ = solids.tree.query(shapely.points(places), predicate="dwithin", distance=0.1)
    return np.delete(places, np.unique(taken), 0)[:count]
