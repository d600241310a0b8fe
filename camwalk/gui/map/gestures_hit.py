"""What of the survey lies under a pixel."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import hypot

import numpy as np

from camwalk.gui.map.layers import Layer, MapData
from camwalk.gui.map.layers_points import Area
from camwalk.gui.map.viewport import View

RADIUS = 10.0
"""Logical pixels from its place within which a point is hit."""

ORDER: tuple[Layer, ...] = ("cameras", "osm", "photos", "waypoints")
"""Who is hit first where several lie on top of each other."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A point of the survey, and how many logical pixels away it was hit."""

    layer: Layer
    id: str
    distance: float = 0.0

    @property
    def key(self) -> tuple[Layer, str]:
        """Whom it is about."""
        return self.layer, self.id


def hit(
    data: MapData,
    view: View,
    at: tuple[float, float],
    shown: Collection[Layer],
    selected: Iterable[tuple[Layer, str]] = (),
) -> Hit | None:
    """The point under a pixel: a selected one before others, else the nearest of the first layer in ORDER."""
    layers: list[Layer] = [layer for layer in ORDER if layer in shown]
    found = [_hit_one(data, view, at, layer, id) for layer, id in selected if layer in layers]
    found += [_nearest(data, view, at, layer) for layer in layers]
    return next((one for one in found if one is not None and one.distance <= RADIUS), None)


def _hit_one(data: MapData, view: View, at: tuple[float, float], layer: Layer, id: str) -> Hit | None:
    points = data.points(layer)
    row = points.row(id)
    if row is None:
        return None
    x, y = view.spot_to_screen(float(points.x[row]), float(points.y[row]))
    return Hit(layer, id, hypot(x - at[0], y - at[1]))


def _nearest(data: MapData, view: View, at: tuple[float, float], layer: Layer) -> Hit | None:
    points = data.points(layer)
    x, y = view.to_spot(*at)
    rows = points.inside(Area(x, y, x, y).grown(RADIUS / view.scale))
    if not len(rows):
        return None
    away = np.hypot(points.x[rows] - x, points.y[rows] - y) * view.scale
    nearest = int(away.argmin())
    return Hit(layer, points.ids[int(rows[nearest])], float(away[nearest]))
