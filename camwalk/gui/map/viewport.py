"""What part of the world a window shows, and the Web Mercator maths between the two.

Zoom follows the convention of vector maps: at zoom 0 the world is 512 logical pixels wide, so that
a basemap tile (512 px, standard XYZ grid) stands 1:1 at its own zoom. Raster servers' 256 px tiles
of zoom z + 1 have the scale of our zoom z. "World" coordinates run from 0 to 1, x east, y south.
"""

from dataclasses import dataclass, replace
from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from camwalk.model import Box, LatLon

Floats = NDArray[np.float64]

TILE = 512
SMALLEST_ZOOM, LARGEST_ZOOM = 2.0, 22.0
LARGEST_LAT = degrees(atan(sinh(pi)))
EQUATOR = 40_075_016.686  # metres


class Spot(NamedTuple):
    """A point in world coordinates."""

    x: float
    y: float


def world(place: LatLon) -> Spot:
    """Where `place` lies in the Mercator square."""
    lat = radians(min(max(place.lat, -LARGEST_LAT), LARGEST_LAT))
    return Spot((place.lon + 180) / 360, (1 - asinh(tan(lat)) / pi) / 2)


def place(x: float, y: float) -> LatLon:
    """The position at a point of the Mercator square, held inside it."""
    x, y = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
    return LatLon(degrees(atan(sinh(pi * (1 - 2 * y)))), x * 360 - 180)


def worlds(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """`world` for arrays of degrees."""
    held = np.radians(np.clip(lat, -LARGEST_LAT, LARGEST_LAT))
    return (lon + 180) / 360, (1 - np.arcsinh(np.tan(held)) / pi) / 2


def metres_of_world(y: float) -> float:
    """Ground metres across the whole Mercator square at the latitude of `y`."""
    return EQUATOR * cos(radians(place(0.5, y).lat))


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of logical pixels laid on the world: what a painter paints into."""

    corner: Spot
    scale: float  # logical pixels across the whole world
    width: float
    height: float

    @property
    def metres_per_pixel(self) -> float:
        """Ground metres in one logical pixel at the middle."""
        return metres_of_world(self.corner.y + self.height / 2 / self.scale) / self.scale

    def to_screen(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Logical pixels of arrays of world coordinates."""
        return (x - self.corner.x) * self.scale, (y - self.corner.y) * self.scale


@dataclass(frozen=True, slots=True)
class View:
    """A window of `width` x `height` logical pixels on the map around `centre`."""

    centre: LatLon
    zoom: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Logical pixels across the whole world."""
        return TILE * 2.0**self.zoom

    @property
    def corner(self) -> Spot:
        """World coordinates of the upper left corner."""
        x, y = world(self.centre)
        return Spot(x - self.width / 2 / self.scale, y - self.height / 2 / self.scale)

    @property
    def frame(self) -> Frame:
        """The same window for painters."""
        return Frame(self.corner, self.scale, self.width, self.height)

    @property
    def bounds(self) -> Box:
        """The positions in sight."""
        north, west = self.to_place(0, 0)
        south, east = self.to_place(self.width, self.height)
        return Box(south, west, north, east)

    @property
    def metres_per_pixel(self) -> float:
        """Ground metres in one logical pixel at the centre."""
        return metres_of_world(world(self.centre).y) / self.scale

    def to_screen(self, at: LatLon) -> tuple[float, float]:
        """Logical pixels of a position."""
        return self.spot_to_screen(*world(at))

    def spot_to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Logical pixels of a world coordinate."""
        corner = self.corner
        return (x - corner.x) * self.scale, (y - corner.y) * self.scale

    def all_to_screen(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Logical pixels of arrays of degrees."""
        return self.frame.to_screen(*worlds(lat, lon))

    def to_spot(self, x: float, y: float) -> Spot:
        """World coordinates under a pixel."""
        corner = self.corner
        return Spot(corner.x + x / self.scale, corner.y + y / self.scale)

    def to_place(self, x: float, y: float) -> LatLon:
        """The position under a pixel."""
        return place(*self.to_spot(x, y))

    def zoomed_to(self, zoom: float, x: float, y: float) -> "View":
        """The view at `zoom`, with the place under pixel (x, y) staying there."""
        zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        fixed = self.to_spot(x, y)
        scale = TILE * 2.0**zoom
        centre = place(fixed.x + (self.width / 2 - x) / scale, fixed.y + (self.height / 2 - y) / scale)
        return replace(self, centre=centre, zoom=zoom)

    def zoomed_about(self, x: float, y: float, factor: float) -> "View":
        """The view magnified by `factor`, with the place under pixel (x, y) staying there."""
        return self.zoomed_to(self.zoom + log2(factor), x, y)

    def moved(self, dx: float, dy: float) -> "View":
        """The view after its content was dragged by (dx, dy) pixels."""
        return replace(self, centre=self.to_place(self.width / 2 - dx, self.height / 2 - dy))

    def centred(self, at: LatLon, zoom: float | None = None) -> "View":
        """The view around another place, held inside the limits of zoom and latitude."""
        wanted = self.zoom if zoom is None else zoom
        return replace(self, centre=place(*world(at)), zoom=min(max(wanted, SMALLEST_ZOOM), LARGEST_ZOOM))

    def resized(self, width: int, height: int) -> "View":
        """The same place in a window of another size."""
        return replace(self, width=max(width, 1), height=max(height, 1))

    def fitting(self, box: Box, padding: int = 48, largest: float = 18.0) -> "View":
        """The view that shows all of `box` with `padding` pixels around, no closer than `largest`."""
        west, north = world(LatLon(box.north, box.west))
        east, south = world(LatLon(box.south, box.east))
        across = max(self.width - 2 * padding, 1) / TILE / max(east - west, 1e-12)
        down = max(self.height - 2 * padding, 1) / TILE / max(south - north, 1e-12)
        zoom = min(log2(across), log2(down), largest)
        return self.centred(place((west + east) / 2, (north + south) / 2), zoom)

    def settled(self, ratio: float) -> "View":
        """The view at the nearest zoom at which a tile has a whole number of device pixels.

        Less than half a pixel's difference on a tile, but no seams and no resampling.
        """
        tile = self.tile_zoom
        pixels = self.tile_pixels(ratio)
        return replace(self, zoom=min(tile + log2(pixels / (TILE * ratio)), LARGEST_ZOOM))

    def snapped(self, ratio: float) -> "View":
        """The view moved by less than a device pixel, so that its corner lies on one."""
        corner, dots = self.corner, self.scale * ratio
        x = round(corner.x * dots) / dots + self.width / 2 / self.scale
        y = round(corner.y * dots) / dots + self.height / 2 / self.scale
        return replace(self, centre=place(x, y))

    @property
    def tile_zoom(self) -> int:
        """The zoom of the basemap tiles nearest in scale."""
        return floor(self.zoom + 0.5)

    def tile_pixels(self, ratio: float) -> int:
        """Device pixels of one side of such a tile on a screen of `ratio` device pixels a pixel."""
        return round(TILE * ratio * 2.0 ** (self.zoom - self.tile_zoom))
