"""The ground that each camera sees between the buildings of the extract, kept from one look to the next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from camwalk.formats.extract_index import ExtractIndex, Feature
from camwalk.geometry.geodesy import Floats, from_local, to_local
from camwalk.geometry.street_graph import middle
from camwalk.geometry.view_sectors import Level
from camwalk.geometry.visibility_area import visible_areas
from camwalk.geometry.visibility_outside import outside
from camwalk.geometry.visibility_shapes import Shapes, shapely
from camwalk.geometry.visibility_solids import Solids, solids_of
from camwalk.model import Box, Camera, LatLon, Report, ignore_progress
from camwalk.operations.filmed_area_views import Aim, Sectors, views_by_model

_ZOOM = 20  # all there is
_UNITS = 1e7
_GROUP = 1500.0  # metres; cameras in one square share one look at the extract
_MOST = 500  # cameras between two chances to cancel
_SPARE = 5.0  # metres around what a camera reaches
_MOVED = 0.3  # metres from the mapped place that are worth telling


class ViewKey(NamedTuple):
    """All that what a camera sees depends on: its place, its sectors by model, the buildings."""

    lat: float
    lon: float
    sectors: tuple[Sectors, ...]
    buildings: str


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What one camera sees, by model a shapely area of lon, lat (beyond 180 behind the date line).

    `moved` is how many metres from its place it was taken to look, because that is in a building.
    """

    areas: tuple[Shapes, Shapes, Shapes]
    moved: float


Views = Mapping[ViewKey, View]
"""Hand in what an earlier look gave back: only cameras that changed are looked at again."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmedBy:
    """A camera that may film a street, with its view."""

    camera: Camera
    aim: Aim
    key: ViewKey
    view: View


def filmed_areas(
    cameras: Iterable[Camera],
    index: ExtractIndex | None,
    buildings: str = "",
    known: Views | None = None,
    level: Level = "observe",
    report: Report = ignore_progress,
) -> tuple[FilmedBy, ...]:
    """The view of every camera that films outdoors; `buildings` names the state of the extract's buildings.

    Without an extract nothing hides anything. `report` may raise Cancelled, then nothing is lost.
    """
    keys: list[tuple[Camera, Aim, ViewKey]] = []
    for camera in cameras:
        keys += [(camera, *one) for one in _key(camera, buildings, level)]
    views = dict(known or {})
    missing = {key: None for _, _, key in keys if key not in views}
    groups = _groups(list(missing))
    done = len(keys) - len(missing)
    for group in groups:
        report(done, len(keys))
        views.update(zip(group, _views(group, index), strict=True))
        done += len(group)
    report(done, len(keys))
    return tuple(FilmedBy(camera, aim, key, views[key]) for camera, aim, key in keys)


def is_moved(view: View) -> bool:
    """Whether the camera is mapped in a building, so that it looks from another place."""
    return view.moved > _MOVED


def in_plane(areas: Shapes, origin: LatLon) -> Shapes:
    """Areas of lon, lat in metres east and north of `origin`."""

    def metres(xy: Floats) -> Floats:
        return np.column_stack(to_local(origin, xy[:, 1], xy[:, 0]))

    return shapely.transform(areas, metres)


def on_globe(areas: Shapes, origin: LatLon) -> Shapes:
    """The reverse; lon runs on beyond 180 where an area lies across the date line."""

    def degrees(xy: Floats) -> Floats:
        lat, lon = from_local(origin, xy[:, 0], xy[:, 1])
        return np.column_stack([origin.lon + (lon - origin.lon + 180) % 360 - 180, lat])

    return shapely.transform(areas, degrees)


def _key(camera: Camera, buildings: str, level: Level) -> list[tuple[Aim, ViewKey]]:
    aim, *_ = views = views_by_model(camera.tags, level)
    if not views[3] or not camera.position.valid:
        return []
    return [(aim, ViewKey(camera.lat, camera.lon, views[1:], buildings))]


def _groups(keys: Sequence[ViewKey]) -> list[list[ViewKey]]:
    """Neighbours together, as squares of the globe have them."""
    found: defaultdict[tuple[int, int], list[ViewKey]] = defaultdict(list)
    for key in keys:
        row = int(key.lat * 111_320 // _GROUP)
        across = max(float(np.cos(np.radians(row * _GROUP / 111_320))), 0.01) * 111_320
        found[row, int(key.lon * across // _GROUP)].append(key)
    return [keys[n : n + _MOST] for keys in found.values() for n in range(0, len(keys), _MOST)]


def _views(keys: Sequence[ViewKey], index: ExtractIndex | None) -> list[View]:
    lat, lon = np.array([(key.lat, key.lon) for key in keys], float).T
    origin = middle(lat, lon)
    eyes = np.column_stack(to_local(origin, lat, lon))
    reach = max(sector.reach for key in keys for sector in key.sectors[-1]) + _SPARE
    solids = solids_near(index, origin, np.abs(eyes).max(axis=0) + reach)
    stands = outside(solids, eyes, [_facing(key) for key in keys])
    moved = np.hypot(*(stands - eyes).T).tolist()
    areas = _areas(keys, solids, stands, origin)
    return [View(tuple(three), away) for three, away in zip(areas, moved, strict=True)]


def _areas(keys: Sequence[ViewKey], solids: Solids, stands: Floats, origin: LatLon) -> Shapes:
    """Shape (cameras, models); what several lenses of a camera see is one area."""
    sectors = [(k * 3 + m, s) for k, key in enumerate(keys) for m in range(3) for s in key.sectors[m]]
    slots = np.array([slot for slot, _ in sectors])
    seen = on_globe(visible_areas([s for _, s in sectors], solids, stands[slots // 3]), origin)
    areas = np.full(len(keys) * 3, shapely.Polygon(), object)
    areas[slots] = seen
    for slot in np.flatnonzero(np.bincount(slots, minlength=len(areas)) > 1).tolist():
        areas[slot] = shapely.union_all(seen[slots == slot])
    return areas.reshape(-1, 3)


def _facing(key: ViewKey) -> float | None:
    first = key.sectors[-1][0]
    return None if first.width >= 360 else first.bearing


def solids_near(index: ExtractIndex | None, origin: LatLon, half: Floats) -> Solids:
    """The buildings within `half` metres east and north of `origin`, in metres from there."""
    if index is None:
        return solids_of(())
    corner_lat, corner_lon = from_local(origin, [half[0], half[0]], [half[1], -half[1]])
    north = max(float(corner_lat.max()) - origin.lat, float(half[1]) / 110_000)
    east = float(np.abs((corner_lon - origin.lon + 180) % 360 - 180).max())
    found = {f.id: f for box in _boxes(origin, north, east) for f in index.features(box, _ZOOM)}
    built = [f for f in found.values() if f.kind == "building" and f.layer >= 0]
    return solids_of(_outlines(origin, built))


def _boxes(origin: LatLon, north: float, east: float) -> list[Box]:
    """The box around a place; two of them at the date line."""
    south, top = max(origin.lat - north, -90.0), min(origin.lat + north, 90.0)
    west, right = origin.lon - east, origin.lon + east
    boxes = [Box(south, max(west, -180.0), top, min(right, 180.0))]
    if west < -180:
        boxes.append(Box(south, west + 360, top, 180.0))
    if right > 180:
        boxes.append(Box(south, -180.0, top, right - 360))
    return boxes


def _outlines(origin: LatLon, built: Sequence[Feature]) -> list[list[Floats]]:
    """The rings of each building in local metres."""
    if not built:
        return []
    rings = [feature.rings for feature in built]
    flat = np.concatenate([ring for one in rings for ring in one]).astype(np.float64) / _UNITS
    points = np.column_stack(to_local(origin, flat[:, 1], flat[:, 0]))
    ends = np.cumsum([len(ring) for one in rings for ring in one])
    parts = iter(np.split(points, ends[:-1]))
    return [[next(parts) for _ in one] for one in rings]
