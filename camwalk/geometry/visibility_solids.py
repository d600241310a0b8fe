"""Buildings as solids that nobody sees through, made sound whatever the outlines were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints
from camwalk.geometry.visibility_shapes import Shapes, shapely


@dataclass(frozen=True, eq=False)
class Solids:
    """Valid polygons in local metres, and all their walls from `a` to `b`, the inside to the left."""

    polygons: Shapes
    a: Floats
    b: Floats
    first: Ints  # of each polygon, the number of its first wall
    counts: Ints

    @cached_property
    def tree(self) -> Shapes:
        """All polygons."""
        return shapely.STRtree(self.polygons)

    def walls_of(self, polygons: Ints) -> Ints:
        """The numbers of all walls of some polygons, one after the other."""
        return ramps(self.first[polygons], self.counts[polygons])


def solids_of(outlines: Iterable[Sequence[Floats]]) -> Solids:
    """Buildings from their rings (n, 2), an outer one first, with holes and more outer ones in any order.

    Rings that are not closed are closed, ones that cross themselves become what they enclose.
    """
    found = [_polygon(rings) for rings in outlines]
    parts = shapely.get_parts([polygon for polygon in found if polygon is not None])
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return _solids(shapely.orient_polygons(_apart(parts[shapely.area(parts) > 0.01])))


def ramps(first: Ints, counts: Ints) -> Ints:
    """first[0], first[0] + 1 ... for counts[0] numbers, then the same for the next ones."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - counts), counts)


def _apart(polygons: Shapes) -> Shapes:
    """Those that overlap become one, so that no wall crosses another."""
    first, _ = shapely.STRtree(polygons).query(polygons, predicate="overlaps")
    mixed = np.isin(np.arange(len(polygons)), first)
    if not mixed.any():
        return polygons
    united = shapely.get_parts(shapely.disjoint_subset_union_all(polygons[mixed]))
    return np.concatenate([polygons[~mixed], united])


def _solids(polygons: Shapes) -> Solids:
    rings, owner = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    wall = np.flatnonzero(ring[1:] == ring[:-1])
    counts = np.bincount(owner[ring[wall]], minlength=len(polygons))
    first = np.cumsum(counts) - counts
    return Solids(polygons, points[wall], points[wall + 1], first, counts)


def _polygon(rings: Sequence[Floats]) -> Shapes:
    """The even-odd area of some rings; None where there is nothing to enclose."""
    usable = [ring[np.isfinite(ring).all(axis=1)] for ring in rings]
    usable = [ring for ring in usable if len(np.unique(ring, axis=0)) > 2]
    if not usable:
        return None
    if len(usable) == 1:
        single = shapely.polygons(_closed(usable[0]))
        return single if shapely.is_valid(single) else shapely.make_valid(single)
    pieces = [shapely.make_valid(shapely.polygons(_closed(ring))) for ring in usable]
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = shapely.symmetric_difference(whole, piece)
    return whole


def _closed(ring: Floats) -> Floats:
    return ring if (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]])
