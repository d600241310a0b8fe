"""What stands around photos, gathered once in local metres: walls, streets, cameras that OSM has."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from camwalk.formats.extract_index import ExtractIndex, Feature
from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.walls import Walls, walls_of_rings
from camwalk.model import Box, LatLon, Survey

HALF_WIDTHS = {
    "motorway": 9.0, "trunk": 7.0, "primary": 5.0, "secondary": 4.5, "tertiary": 4.0, "residential": 3.0,
    "living_street": 2.5, "service": 2.0, "driveway": 1.5, "busway": 3.5, "pedestrian": 3.0, "track": 1.5,
    "cycleway": 1.2, "footway": 1.2, "path": 1.0, "steps": 1.2,
}  # fmt: skip
"""Metres from the middle of a street to its kerb, by kind; the file rarely says it."""
ON_FOOT = frozenset({"pedestrian", "footway", "path", "steps", "track", "living_street"})
"""Streets on whose middle people walk; along the others they walk beside the kerb."""

_ZOOM = 17  # from which every building and path is in a picture
_UNITS = 1e7


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Straight pieces from `a` to `b`, metres east and north, with their half widths."""

    a: Floats
    b: Floats
    half: Floats
    on_foot: Floats  # 1 where people walk in the middle, else 0


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """All in metres east and north of `origin`; `cameras` (n, 2) are those that OSM has."""

    origin: LatLon
    walls: Walls
    streets: Streets
    cameras: Floats


def surroundings(index: ExtractIndex, box: Box) -> Surroundings:
    """Walls, streets and mapped cameras in `box`; take it once for many estimates, with 100 m to spare."""
    origin = LatLon((box.south + box.north) / 2, (box.west + box.east) / 2)
    features = index.features(box, _ZOOM)
    rings = [ring for f in features if f.kind == "building" for ring in _local(origin, f)]
    spots = [(c.lat, c.lon) for c in index.cameras() if _holds(box, c.lat, c.lon)]
    lat, lon = np.array(spots).reshape(-1, 2).T
    return Surroundings(
        origin,
        walls_of_rings(rings),
        _streets(origin, [f for f in features if f.kind in HALF_WIDTHS]),
        np.column_stack(to_local(origin, lat, lon)),
    )


def nothing_around(origin: LatLon) -> Surroundings:
    """Surroundings where there is no extract."""
    none = np.empty((0, 2))
    streets = Streets(none, none, np.empty(0), np.empty(0))
    return Surroundings(origin, Walls(none, none), streets, none)


def box_of_photos(survey: Survey, margin: float = 0.0015) -> Box | None:
    """The box around all placed photos, `margin` degrees (about 150 m) wider; None without any."""
    places = np.array([p.position for p in survey.photos.values() if p.position is not None])
    if not len(places):
        return None
    (south, west), (north, east) = places.min(axis=0), places.max(axis=0)
    wide = margin / max(float(np.cos(np.radians((south + north) / 2))), 0.05)
    return Box(float(south - margin), float(west - wide), float(north + margin), float(east + wide))


def _local(origin: LatLon, feature: Feature) -> list[Floats]:
    rings = (ring.astype(np.float64) / _UNITS for ring in feature.rings)
    return [np.column_stack(to_local(origin, ring[:, 1], ring[:, 0])) for ring in rings]


def _streets(origin: LatLon, features: Iterable[Feature]) -> Streets:
    a, b, half, on_foot = [np.empty((0, 2))], [np.empty((0, 2))], [np.empty(0)], [np.empty(0)]
    for feature in features:
        for line in _local(origin, feature):
            a.append(line[:-1])
            b.append(line[1:])
            half.append(np.full(len(line) - 1, HALF_WIDTHS[feature.kind]))
            on_foot.append(np.full(len(line) - 1, float(feature.kind in ON_FOOT)))
    return Streets(np.concatenate(a), np.concatenate(b), np.concatenate(half), np.concatenate(on_foot))


def _holds(box: Box, lat: float, lon: float) -> bool:
    return box.south <= lat <= box.north and box.west <= lon <= box.east
