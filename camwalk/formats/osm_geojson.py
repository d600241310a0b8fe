"""Cameras as GeoJSON (RFC 7946) that OSM tools read: one Point each, OSM tags only, as strings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from camwalk.formats.atomic import replacing
from camwalk.model import Camera, Report, Tags, ignore_progress

_ROW = 1 << 32  # more than there are units around the Earth
STEP = 1  # units of the 7th decimal, about a centimetre: what JOSM still tells apart


class Placed(NamedTuple):
    """A camera and where it is written, in units of the 7th decimal of a degree."""

    camera: Camera
    lat: int
    lon: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Cameras in the order of writing, in columns: a row object for each would cost more than writing it."""

    cameras: Sequence[Camera]
    lats: Sequence[int]
    lons: Sequence[int]
    moved: frozenset[str]  # the ids of those that hang where another one does

    def __len__(self) -> int:
        return len(self.cameras)

    def __iter__(self) -> Iterator[Placed]:
        return map(Placed, self.cameras, self.lats, self.lons)


def spread(cameras: Iterable[Camera]) -> Spread:
    """The cameras in stable order, no two on one coordinate.

    Programs merge points that coincide, but two cameras hang on one pole: the later one moves
    north by the least step that keeps them apart.
    """
    ordered = sorted(sorted(cameras, key=attrgetter("id")), key=attrgetter("created"))
    lats = _units(camera.lat for camera in ordered)
    lons = _units(camera.lon for camera in ordered)
    taken: set[int] = set()
    moved: set[str] = set()
    for row, spot in enumerate((lats * _ROW + lons).tolist()):
        if spot in taken:
            step = STEP if lats[row] < 900_000_000 - 1000 else -STEP
            moved.add(ordered[row].id)
            while spot in taken:
                lats[row] += step
                spot += step * _ROW
        taken.add(spot)
    return Spread(ordered, lats.tolist(), lons.tolist(), frozenset(moved))


def _units(degrees: Iterable[float]) -> NDArray[np.int64]:
    return np.rint(np.fromiter(degrees, np.float64) * 1e7).astype(np.int64)


def write_osm_geojson(path: Path, placed: Spread, report: Report = ignore_progress) -> None:
    """Write the cameras at once or not at all. CamwalkError if that is not possible."""
    with replacing(path) as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for done, (camera, lat, lon) in enumerate(zip(placed.cameras, placed.lats, placed.lons, strict=True)):
            if done % 1000 == 0:
                report(done, len(placed))
            file.write(b",\n" if done else b"\n")
            file.write(orjson.dumps(point_feature(camera.tags, lat / 1e7, lon / 1e7)))
        file.write(b"\n]}\n")
    report(len(placed), len(placed))


def point_feature(tags: Tags, lat: float, lon: float) -> dict[str, object]:
    """A camera as GeoJSON has it."""
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": (lon, lat)}, "properties": tags}
