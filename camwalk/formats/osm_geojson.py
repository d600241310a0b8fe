"""Cameras as GeoJSON (RFC 7946) that OSM tools read: one Point each, OSM tags only, as strings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from camwalk.formats.atomic import replacing
from camwalk.model import Camera, Report, ignore_progress

STEP = 1  # units of the 7th decimal, about a centimetre: what JOSM still tells apart


@dataclass(frozen=True, slots=True)
class Placed:
    """A camera and where it is written, in units of the 7th decimal of a degree."""

    camera: Camera
    lat: int
    lon: int
    moved: bool


def spread(cameras: Iterable[Camera]) -> list[Placed]:
    """The cameras in stable order, no two on one coordinate.

    Programs merge points that coincide, but two cameras hang on one pole: the later one moves
    north by the least step that keeps them apart.
    """
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    for camera in sorted(cameras, key=lambda c: (c.created, c.id)):
        start = lat = round(camera.lat * 1e7)
        lon = round(camera.lon * 1e7)
        step = STEP if lat < 900_000_000 - 1000 else -STEP
        while (lat, lon) in taken:
            lat += step
        taken.add((lat, lon))
        placed.append(Placed(camera, lat, lon, lat != start))
    return placed


def write_osm_geojson(path: Path, placed: Sequence[Placed], report: Report = ignore_progress) -> None:
    """Write the cameras at once or not at all. CamwalkError if that is not possible."""
    with replacing(path) as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for done, one in enumerate(placed):
            if done % 1000 == 0:
                report(done, len(placed))
            file.write(b",\n" if done else b"\n")
            file.write(orjson.dumps(_feature(one)))
        file.write(b"\n]}\n")
    report(len(placed), len(placed))


def _feature(one: Placed) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": (one.lon / 1e7, one.lat / 1e7)},
        "properties": one.camera.tags,
    }
