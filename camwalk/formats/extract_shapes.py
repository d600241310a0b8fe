"""Outlines and lines as numpy arrays of lon, lat in 1e-7 degrees, which is what OSM stores."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int32]
"""Shape (n, 2): lon, lat in 1e-7 degrees."""

UNITS = 10_000_000
"""How many make a degree."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One line, or the rings of one area: outer ones run counterclockwise, holes clockwise."""

    points: Points
    starts: tuple[int, ...] = (0,)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Least lon, least lat, greatest lon, greatest lat."""
        west, south = self.points.min(axis=0)
        east, north = self.points.max(axis=0)
        return int(west), int(south), int(east), int(north)

    @property
    def rings(self) -> list[Points]:
        """The parts one by one."""
        return np.split(self.points, self.starts[1:])


def shape_of_rings(rings: Sequence[tuple[Points, bool]]) -> Shape:
    """An area from its rings, each with whether it is an outer one; they are turned as they should."""
    turned = [ring if (signed_area(ring) > 0) == outer else ring[::-1] for ring, outer in rings]
    lengths = np.cumsum([0, *(len(ring) for ring in turned)])
    return Shape(np.concatenate(turned), tuple(int(at) for at in lengths[:-1]))


def signed_area(ring: Points) -> float:
    """Area in square units, positive where the ring runs counterclockwise."""
    local = (ring - ring[0]).astype(np.float64)
    x, y = local[:, 0], local[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def multipolygon(wkb: bytes) -> Shape:
    """The area that osmium gives as little-endian WKB."""
    rings: list[tuple[Points, bool]] = []
    (polygons,), at = struct.unpack_from("<I", wkb, 5), 9
    for _ in range(polygons):
        (count,), at = struct.unpack_from("<I", wkb, at + 5), at + 9
        for number in range(count):
            (length,), at = struct.unpack_from("<I", wkb, at), at + 4
            degrees = np.frombuffer(wkb, "<f8", length * 2, at).reshape(-1, 2)
            rings.append((np.rint(degrees * UNITS).astype(np.int32), number == 0))
            at += length * 16
    return shape_of_rings(rings)


def mended(ring: Points) -> Shape | None:
    """What a closed ring encloses that may cross itself; None where that is nothing."""
    if len(ring) < 4:
        return None
    import shapely  # seldom needed, and never by a finished index

    whole = shapely.make_valid(shapely.Polygon(ring))
    flat = shapely.get_parts(shapely.get_parts([whole])).tolist()  # lines may come with several areas
    parts = [part for part in flat if isinstance(part, shapely.Polygon)]
    rings = [
        (np.rint(shapely.get_coordinates(line)).astype(np.int32), number == 0)
        for part in parts
        for number, line in enumerate((part.exterior, *part.interiors))
    ]
    return shape_of_rings(rings) if rings else None


def label_spot(shape: Shape) -> tuple[int, int, int]:
    """Lon, lat of a roomy place inside an area, and the room there from west to east.

    Looks along nine parallels for the widest stretch inside, and prefers the middle ones.
    """
    west, south, east, north = shape.box
    best = (float("-inf"), (west + east) // 2, (south + north) // 2, 0)
    for step in range(1, 10):
        lat = south + (north - south) * step // 10
        crossings = _crossings(shape, lat + 0.5)
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            room = float(end - start)
            score = room * (1 - 0.08 * abs(step - 5))
            if score > best[0]:
                best = (score, int((start + end) / 2), lat, int(room))
    return best[1:]


def _crossings(shape: Shape, lat: float) -> NDArray[np.float64]:
    """The lons at which the outline crosses a parallel, ascending."""
    found: list[NDArray[np.float64]] = []
    for ring in shape.rings:
        x, y = ring[:, 0].astype(np.float64), ring[:, 1].astype(np.float64)
        above = y > lat
        at = np.flatnonzero(above[:-1] != above[1:])
        found.append(x[at] + (lat - y[at]) / (y[at + 1] - y[at]) * (x[at + 1] - x[at]))
    return np.sort(np.concatenate(found))


def size_zoom(box: tuple[int, int, int, int], pixels: float) -> int:
    """The least zoom at which an area is `pixels` wide or high on 512 px tiles."""
    west, south, east, north = box
    middle = np.radians((south + north) / 2 / UNITS)
    extent = max(east - west, (north - south) / max(float(np.cos(middle)), 0.01), 1)
    return max(0, int(np.ceil(np.log2(pixels / 512 * 360 * UNITS / extent))))
