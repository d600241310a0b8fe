"""Small towns for tests: an extract of streets given in metres, and walks in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from camwalk.geometry.geodesy import from_local
from camwalk.model import LatLon, Survey, Track, Walk, ignore_progress
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, open_extract
from tests.formats.osm_files import write_osm

Points = Sequence[tuple[float, float]]
CENTRE = LatLon(49.8, 8.6)


def town(folder: Path, *ways: tuple[Points, Mapping[str, str]], centre: LatLon = CENTRE) -> ExtractIndex:
    """An extract of ways through points in metres east and north; the same point is the same node.

    The ways get the ids 1, 2, ...
    """
    places = list(dict.fromkeys(point for points, _ in ways for point in points))
    lat, lon = from_local(centre, *np.array(places, float).T)
    nodes = [(n + 1, float(lat[n]), float(lon[n]), {}) for n in range(len(places))]
    number = {point: n + 1 for n, point in enumerate(places)}
    lines = [(n + 1, [number[p] for p in points], tags) for n, (points, tags) in enumerate(ways)]
    file = write_osm(folder / f"town-{len(list(folder.iterdir()))}.osm", nodes, lines)
    made = Survey().apply(attach_extract(Survey(), file, ignore_progress).changes)
    index = open_extract(made, ignore_progress)
    assert index is not None
    return index


def street(name: str = "", **tags: str) -> Mapping[str, str]:
    return {"highway": "residential"} | ({"name": name} if name else {}) | tags


def walked(
    points: Points,
    noise: float = 0.0,
    begin: float = 1_790_000_000,
    walk: str = "w",
    centre: LatLon = CENTRE,
    seed: int = 1,
) -> Track:
    """A track at 1.3 m a second past `points`, recorded every second with correlated noise."""
    corners = np.array(points, float)
    mileage = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    at = np.arange(0, mileage[-1], 1.3)
    path = np.column_stack([np.interp(at, mileage, corners[:, axis]) for axis in (0, 1)])
    return recorded(path + noise * drift(len(path), seed), begin + np.arange(len(path)), walk, centre)


def recorded(path: np.ndarray, seconds: np.ndarray, walk: str = "w", centre: LatLon = CENTRE) -> Track:
    lat, lon = from_local(centre, path[:, 0], path[:, 1])
    points = np.column_stack([seconds, lat, lon, np.full(len(lat), np.nan)]).astype("<f8")
    name = f"{walk}-{seconds[0]}"
    return Track(
        id=name, walk=walk, name=name, path="", fingerprint=name, points=points.tobytes(), starts=(0,)
    )


def drift(count: int, seed: int) -> np.ndarray:
    """Noise of 1 m on each axis, correlated over a minute, as receivers have it."""
    rng = np.random.default_rng(seed)
    noise = np.zeros((count + 200, 2))
    for k in range(1, len(noise)):
        noise[k] = noise[k - 1] * 0.98 + rng.normal(0, 0.2, 2)
    return noise[200:]


def of(*tracks: Track, zone: str | None = None) -> Survey:
    """A survey of the walks that the tracks belong to."""
    walks = {t.walk: Walk(id=t.walk, name=f"Walk {t.walk}", zone=zone) for t in tracks}
    return Survey(walks=walks, tracks={t.id: t for t in tracks})
