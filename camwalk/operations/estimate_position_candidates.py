"""Where a camera may be, before anybody looked: points on walls, in the open, and cameras of OSM."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.visibility_shapes import shapely
from camwalk.geometry.walls import Walls, along_walls, inside, metres_from, nearest_on, walls_near
from camwalk.operations.estimate_position_surroundings import Streets, Surroundings

OPEN, KERB, WALL = 0, 1, 2
FADES = 10.0
"""Metres from a kerb at which it is no kerb any more."""
MOVED, MOVED_SPREAD = 5.5, 1.5
"""Metres by which cameras are moved when somebody hangs them elsewhere."""

# How many cameras there are, relative to one on a metre of wall:
OPEN_METRE = 0.03
"""On a square metre of open ground."""
KERB_METRE = 0.08
"""The same near a kerb."""
MAPPED = 80.0
"""For each camera that OSM has."""
MAY_HAVE_GONE = 2.0
"""How much likelier any place is that is some metres from one that OSM has."""


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """Where to look: between the corners `low` and `high`, at the points of which `holds` is true."""

    low: Floats
    high: Floats
    holds: Callable[[Floats], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Points (n, 2), how likely each is, whether it is on a WALL, on a KERB or in the OPEN, and outward
    vectors (NaN but for walls)."""

    points: Floats
    weights: Floats
    kinds: NDArray[np.int8]
    outward: Floats


def candidates(around: Surroundings, area: Area, step: float = 1.0) -> Candidates:
    """Everything in the area that may be."""
    centre, reach = (area.low + area.high) / 2, float(np.hypot(*(area.high - area.low))) / 2
    walls = walls_near(around.walls, centre, reach)
    mapped = at_mapped(around, walls, centre, reach)
    parts = [_open(around, area, step), _on_walls(walls, step), mapped]
    whole = Candidates(
        np.concatenate([p.points for p in parts]),
        np.concatenate([p.weights for p in parts]),
        np.concatenate([p.kinds for p in parts]),
        np.concatenate([p.outward for p in parts]),
    )
    within = np.all((whole.points >= area.low) & (whole.points <= area.high), axis=1)
    found = chosen(whole, np.asarray(within))
    found = chosen(found, area.holds(found.points))
    return replace(found, weights=found.weights * _moved(found.points, around))


def grid(low: Floats, high: Floats, step: float) -> Floats:
    """Points (n, 2) in rows, `step` metres apart."""
    east = np.arange(low[0] + step / 2, high[0], step, dtype=np.float64)
    north = np.arange(low[1] + step / 2, high[1], step, dtype=np.float64)
    return np.column_stack([np.tile(east, len(north)), np.repeat(north, len(east))])


def chosen(all_: Candidates, which: NDArray[np.bool_]) -> Candidates:
    """Some of the candidates."""
    return Candidates(all_.points[which], all_.weights[which], all_.kinds[which], all_.outward[which])


def _open(around: Surroundings, area: Area, step: float) -> Candidates:
    points = grid(area.low, area.high, step)
    points = points[area.holds(points)]
    points = points[~inside(around.walls, points)]
    kerb = _near_kerb(around.streets, points)
    weights = (OPEN_METRE + KERB_METRE * kerb) * step**2
    kinds = np.where(kerb > 0.5, KERB, OPEN).astype(np.int8)
    return Candidates(points, weights, kinds, np.full((len(points), 2), np.nan))


def _near_kerb(streets: Streets, points: Floats) -> Floats:
    """From 0 to 1: most within about two metres beside the kerb of a street, none on the carriageway."""
    if not len(streets.a) or not len(points):
        return np.zeros(len(points))
    reach = float(streets.half.max()) + FADES
    low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
    near = (np.minimum(streets.a, streets.b) <= high).all(axis=1)
    near &= (np.maximum(streets.a, streets.b) >= low).all(axis=1)
    a, b, half = streets.a[near], streets.b[near], streets.half[near]
    ways = shapely.STRtree(shapely.linestrings(np.stack([a, b], axis=1)))
    spot, way = ways.query(shapely.points(points), "dwithin", reach)
    closest = np.full(len(points), np.inf)
    np.minimum.at(closest, spot, metres_from(a[way], b[way], points[spot]) - half[way])
    return np.where(closest < -0.3, 0.0, np.exp(-(np.maximum(closest - 1.0, 0) ** 2) / (2 * 2.0**2)))


def _on_walls(walls: Walls, step: float) -> Candidates:
    points, lengths, outward = along_walls(walls, step)
    return Candidates(points, lengths, np.full(len(points), WALL, np.int8), outward)


def at_mapped(around: Surroundings, walls: Walls, centre: Floats, reach: float) -> Candidates:
    """Each camera of OSM at its place, or on the wall behind."""
    near = np.hypot(*(around.cameras - centre).T) < reach + 10
    places = around.cameras[near]
    kinds, outward = np.full(len(places), OPEN, np.int8), np.full((len(places), 2), np.nan)
    if len(places) and len(walls.a):
        foot, metres = nearest_on(walls.a, walls.b, places)
        closest, rows = metres.argmin(axis=1), np.arange(len(places))
        on_wall = (metres[rows, closest] < 2.5) | (inside(around.walls, places) & (metres[rows, closest] < 6))
        places = np.where(on_wall[:, None], foot[rows, closest], places)
        kinds[on_wall] = WALL
        outward[on_wall] = walls.outward[closest[on_wall]]
    return Candidates(places, np.full(len(places), MAPPED), kinds, outward)


def _moved(points: Floats, around: Surroundings) -> Floats:
    """How much likelier each point is for the cameras of OSM that may have been moved there."""
    likelier = np.ones(len(points))
    for place in around.cameras[_near(around.cameras, points)]:
        away = np.hypot(*(points - place).T)
        likelier += MAY_HAVE_GONE * np.exp(-0.5 * ((away - MOVED) / MOVED_SPREAD) ** 2)
    return likelier


def _near(places: Floats, points: Floats) -> NDArray[np.bool_]:
    """Which places may have one of the points (n, 2) around them."""
    if not len(points):
        return np.zeros(len(places), np.bool_)
    reach = MOVED + 4 * MOVED_SPREAD
    inside_box = (places > points.min(axis=0) - reach) & (places < points.max(axis=0) + reach)
    return np.asarray(inside_box.all(axis=1))
