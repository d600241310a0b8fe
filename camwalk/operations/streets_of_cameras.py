"""The street that each camera hangs in."""

from collections.abc import Mapping

import numpy as np
from shapely import LineString, Point, STRtree

from camwalk.formats.extract_index import ExtractIndex, OsmCamera
from camwalk.geometry.geodesy import to_local
from camwalk.model import Box, Camera, LatLon
from camwalk.operations.report_content_words import clean

FARTHEST = 60.0  # metres from a street to a camera that hangs in it

_UNITS = 1e7


def streets_of(cameras: Mapping[str, Camera | OsmCamera], index: ExtractIndex | None) -> Mapping[str, str]:
    """The street that each camera hangs in: as it is tagged, else the nearest that has a name."""
    found = {
        name: clean(street)
        for name, camera in cameras.items()
        if (street := camera.tags.get("addr:street", "").strip())
    }
    names_of_others = [name for name in cameras if name not in found]
    others = [cameras[name] for name in names_of_others]
    if index is None or not others:
        return found
    origin = LatLon(others[0].lat, others[0].lon)
    names, lines = _named_lines(index, origin, Box(
        min(c.lat for c in others), min(c.lon for c in others),
        max(c.lat for c in others), max(c.lon for c in others),
    ).grown(0.002))  # fmt: skip
    if not lines:
        return found
    tree = STRtree(lines)
    east, north = to_local(origin, [c.lat for c in others], [c.lon for c in others])
    spots = [Point(x, y) for x, y in zip(east.tolist(), north.tolist(), strict=True)]
    pairs = tree.query_nearest(spots, max_distance=FARTHEST, all_matches=False)
    near: list[tuple[int, int]] = pairs.T.tolist()
    return found | {names_of_others[spot]: names[line] for spot, line in near}


def _named_lines(index: ExtractIndex, origin: LatLon, box: Box) -> tuple[list[str], list[LineString]]:
    names: list[str] = []
    lines: list[LineString] = []
    low = np.array([box.west, box.south]) * _UNITS
    high = np.array([box.east, box.north]) * _UNITS
    for way in index.ways():
        points = way.points
        if not way.name or len(points) < 2 or (points.max(0) < low).any() or (points.min(0) > high).any():
            continue
        x, y = to_local(origin, points[:, 1] / _UNITS, points[:, 0] / _UNITS)
        names.append(clean(way.name))
        lines.append(LineString(np.column_stack([x, y])))
    return names, lines
