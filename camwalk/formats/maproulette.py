"""Cameras as MapRoulette tasks: one GeoJSON FeatureCollection a line (RFC 8142)."""

from collections.abc import Iterable
from pathlib import Path

import orjson

from camwalk.formats.atomic import replacing
from camwalk.formats.osm_geojson import Placed, point_feature


def write_maproulette(path: Path, placed: Iterable[Placed]) -> None:
    """Write one task a camera, at once or not at all."""
    with replacing(path) as file:
        for one in placed:
            file.write(b"\x1e" + orjson.dumps(_task(one)) + b"\n")


def _task(one: Placed) -> dict[str, object]:
    feature = point_feature(one.camera.tags, one.lat / 1e7, one.lon / 1e7)
    return {"type": "FeatureCollection", "features": [feature]}
