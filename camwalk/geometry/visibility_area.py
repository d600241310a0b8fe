"""What can be seen from a place between buildings: exact, by a sweep over the ends of all walls.

Between two neighbouring ends one wall, or none, is the nearest all along, so one look at the middle
tells which. All views are swept at once: a view is a stretch of `_TURN` on one long axis of angles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints
from camwalk.geometry.view_sectors import ViewSector
from camwalk.geometry.visibility_shapes import Shapes, shapely
from camwalk.geometry.visibility_solids import Solids, ramps

_TURN = 512.0  # degrees on the axis for each view; a power of two keeps angles exact
_NARROW = 1e-4  # degrees below which nothing is told apart, a millimetre at 500 m
_AT_ONCE = 1000  # sectors; keeps the memory small
_STEP = 5.0  # degrees between points of an arc: 0.1 % of its area is lost


@dataclass(frozen=True, slots=True, eq=False)
class _Fans:
    """The views: where each begins (degrees), how wide it is, how far it reaches, from where."""

    eyes: Floats
    start: Floats
    width: Floats
    reach: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Blinds:
    """Stretches of wall before an eye: their view, from `begin` to `end` degrees in it.

    They lie on the line through `near` (from the eye) along `along`; `off` is near x along.
    """

    view: Ints
    begin: Floats
    end: Floats
    along: Floats
    off: Floats

    def chosen(self, which: NDArray[np.bool_] | Ints) -> "_Blinds":
        return _Blinds(
            self.view[which], self.begin[which], self.end[which], self.along[which], self.off[which]
        )


def visible_areas(sectors: Sequence[ViewSector], buildings: Solids, eyes: Floats) -> Shapes:
    """The polygons that are seen, each sector from its own of the eyes (n, 2), in local metres.

    No eye stands in a building.
    """
    starts = range(0, len(sectors), _AT_ONCE)
    parts = [_swept(sectors[n : n + _AT_ONCE], buildings, eyes[n : n + _AT_ONCE]) for n in starts]
    return np.concatenate([np.empty(0, object), *parts])


def _swept(sectors: Sequence[ViewSector], buildings: Solids, eyes: Floats) -> Shapes:
    bearing, width, reach = np.array(sectors, float).T
    width = np.minimum(width, 360.0)
    fans = _Fans(eyes, (bearing - width / 2) % 360, width, reach)
    blinds = _blinds(fans, buildings)
    events = _events(fans, blinds)
    return _polygons(fans, events, blinds, _nearest(fans, events, blinds))


def _blinds(fans: _Fans, buildings: Solids) -> _Blinds:
    """All walls that look towards an eye, cut to what lies in its sector."""
    low, high = fans.eyes - fans.reach[:, None], fans.eyes + fans.reach[:, None]
    view, polygon = buildings.tree.query(shapely.box(*low.T, *high.T))
    wall = buildings.walls_of(polygon)
    view = np.repeat(view, buildings.counts[polygon])
    a, b = buildings.a[wall] - fans.eyes[view], buildings.b[wall] - fans.eyes[view]
    facing = _cross(a, b) < -1e-9
    return _in_sector(fans, _in_reach(fans, view[facing], a[facing], b[facing]))


def _in_reach(fans: _Fans, view: Ints, a: Floats, b: Floats) -> _Blinds:
    """The part of each wall within the circle, by angle from where its view begins."""
    along = b - a
    squared, half = _dot(along, along), _dot(a, along)
    under = half**2 - squared * (_dot(a, a) - fans.reach[view] ** 2)
    root = np.sqrt(np.maximum(under, 0))
    begin, end = np.maximum((-half - root) / squared, 0), np.minimum((root - half) / squared, 1)
    kept = (under > 0) & (end > begin)
    view, a, along, begin, end = view[kept], a[kept], along[kept], begin[kept], end[kept]
    near, far = a + begin[:, None] * along, a + end[:, None] * along
    turn = (_bearing(near) - fans.start[view]) % 360
    span = (_bearing(far) - _bearing(near)) % 360
    return _Blinds(view, turn, turn + span, along, _cross(a, along))


def _in_sector(fans: _Fans, blinds: _Blinds) -> _Blinds:
    """Cut to the sector; what goes over its beginning comes twice."""
    over = np.flatnonzero(blinds.end > 360)
    both = np.concatenate([np.arange(len(blinds.view)), over])
    back = np.concatenate([np.zeros(len(blinds.view)), np.full(len(over), 360.0)])
    blinds = blinds.chosen(both)
    begin = np.maximum(blinds.begin - back, 0)
    end = np.minimum(blinds.end - back, fans.width[blinds.view])
    cut = _Blinds(blinds.view, begin, end, blinds.along, blinds.off)
    return cut.chosen(end - begin > _NARROW)


def _events(fans: _Fans, blinds: _Blinds) -> Floats:
    """Where anything may change, on the long axis, ascending."""
    counts = np.ceil(fans.width / _STEP).astype(np.int64) + 1
    view = np.repeat(np.arange(len(counts)), counts)
    arcs = ramps(np.zeros_like(counts), counts) * (fans.width / (counts - 1))[view]
    base = blinds.view * _TURN
    events = np.sort(np.concatenate([view * _TURN + arcs, base + blinds.begin, base + blinds.end]))
    return events[np.concatenate([[True], np.diff(events) > _NARROW])]


def _nearest(fans: _Fans, events: Floats, blinds: _Blinds) -> Ints:
    """For each step from one event to the next the first wall there, -1 where there is none."""
    base = blinds.view * _TURN - 2 * _NARROW
    first = np.searchsorted(events, base + blinds.begin)
    counts = np.searchsorted(events, base + blinds.end) - first
    blind = np.repeat(np.arange(len(counts)), counts)
    step = ramps(first, counts)
    look = _towards(fans, (events[:-1] + events[1:]) / 2)[step]
    away = blinds.off[blind] / _cross(look, blinds.along[blind])
    best = np.full(len(events) - 1, np.inf)
    np.minimum.at(best, step, away)
    nearest = np.full(len(best), -1)
    winner = away == best[step]
    nearest[step[winner]] = blind[winner]
    return nearest


def _polygons(fans: _Fans, events: Floats, blinds: _Blinds, nearest: Ints) -> Shapes:
    view = (events // _TURN).astype(np.int64)
    within = np.flatnonzero(view[1:] == view[:-1])
    view, wall = view[within], nearest[within]
    ends = [_met(fans, events[within + side], view, blinds, wall) for side in (0, 1)]
    same_before = np.concatenate([[False], (wall[1:] == wall[:-1]) & (view[1:] == view[:-1])])
    same_after = np.concatenate([same_before[1:], [False]])
    opens = np.concatenate([[True], view[1:] != view[:-1]]) & (fans.width[view] < 360)
    shown = np.column_stack([opens, ~same_before | (wall < 0), ~same_after]).ravel()
    points = np.stack([fans.eyes[view], *ends], axis=1).reshape(-1, 2)[shown]
    rings = shapely.linearrings(np.round(points, 3), indices=np.repeat(view, 3)[shown])
    return _sound(shapely.polygons(rings))


def _met(fans: _Fans, angle: Floats, view: Ints, blinds: _Blinds, wall: Ints) -> Floats:
    """Where looks end: at a wall, or as far as the view reaches."""
    look, reach = _towards(fans, angle, view), fans.reach[view]
    if len(blinds.view):
        with np.errstate(divide="ignore", invalid="ignore"):
            away = blinds.off[wall] / _cross(look, blinds.along[wall])
        reach = np.where(wall < 0, reach, np.clip(np.nan_to_num(away, nan=0.0), 0, reach))
    return fans.eyes[view] + look * reach[:, None]


def _sound(polygons: Shapes) -> Shapes:
    wrong = ~shapely.is_valid(polygons)
    if wrong.any():
        polygons[wrong] = shapely.buffer(polygons[wrong], 0)
    return polygons


def _towards(fans: _Fans, angle: Floats, view: Ints | None = None) -> Floats:
    """Unit vectors of angles on the long axis."""
    if view is None:
        view = (angle // _TURN).astype(np.int64)
    turn = np.radians(angle - view * _TURN + fans.start[view])
    return np.column_stack([np.sin(turn), np.cos(turn)])


def _bearing(points: Floats) -> Floats:
    return np.degrees(np.arctan2(points[:, 0], points[:, 1]))


def _cross(a: Floats, b: Floats) -> Floats:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def _dot(a: Floats, b: Floats) -> Floats:
    return a[:, 0] * b[:, 0] + a[:, 1] * b[:, 1]
