"""Lines with properties as GeoJSON (RFC 7946)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from camwalk.formats.atomic import replacing


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Points (n, 2) as lat, lon, and what to say of them."""

    points: NDArray[np.float64]
    properties: Mapping[str, str | int | float | bool]


def write_lines_geojson(path: Path, lines: Sequence[Line]) -> None:
    """Write the lines that have a length, at once or not at all."""
    with replacing(path) as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        written = 0
        for line in lines:
            if len(line.points) > 1:
                file.write(b",\n" if written else b"\n")
                file.write(orjson.dumps(_feature(line)))
                written += 1
        file.write(b"\n]}\n")


def _feature(line: Line) -> dict[str, object]:
    coordinates = line.points[:, ::-1].round(7).tolist()
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": line.properties}
