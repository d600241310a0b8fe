"""What an edit changes on the map: the arrays after it, and the areas to paint again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np

from camwalk.geometry.ellipses import Ellipse
from camwalk.gui.map.layers import (
    Layer,
    Line,
    MapData,
    PhotoLook,
    camera_row,
    ellipse_of,
    line,
    photo_row,
    waypoint_row,
)
from camwalk.gui.map.layers_points import Area, Points, Row, area, points_after
from camwalk.model import Camera, Change, Edit, Photo, Record, Sighting, Track, Waypoint

Some = TypeVar("Some", Camera, Waypoint)

MOST_AREAS = 64
"""More changes than these are painted as one area around all of them."""

_LAYERS: Mapping[type[Record], Layer] = {Camera: "cameras", Photo: "photos", Waypoint: "waypoints"}


def map_data_after(data: MapData, edit: Edit) -> MapData:
    """The map's data after an edit of the survey that `data` was made from."""
    changes = edit.changes
    shows = _shows_after(data.shows, changes)
    return replace(
        data,
        cameras=_points_after(data.cameras, changes, Camera, camera_row),
        photos=_photos_after(data.photos, changes, shows),
        waypoints=_points_after(data.waypoints, changes, Waypoint, waypoint_row),
        tracks=_tracks_after(data.tracks, changes),
        shows=shows,
        estimates=_estimates_after(data.estimates, changes),
    )


def changed_points(edit: Edit) -> set[tuple[Layer, str]]:
    """The points that an edit changes; none if there are so many that nobody follows each."""
    if len(edit.changes) > MOST_AREAS:
        return set()
    records = [change.record for change in edit.changes]
    return {(_LAYERS[type(record)], record.id) for record in records if type(record) in _LAYERS}


def touched_areas(before: MapData, after: MapData, edit: Edit) -> list[Area]:
    """Where the map looks different after an edit, as points or boxes of world coordinates."""
    found: list[Area] = []
    for data in (before, after):
        found += _places(data.cameras, _ids(edit.changes, Camera))
        found += _places(data.waypoints, _ids(edit.changes, Waypoint))
        found += _places(data.photos, _ids(edit.changes, Photo) | _photos_sighting(edit.changes))
        found += [data.tracks[id].area for id in _ids(edit.changes, Track) if id in data.tracks]
    if len(found) <= MOST_AREAS:
        return found
    corners = np.array(found)
    return [area(corners[:, [0, 2]].ravel(), corners[:, [1, 3]].ravel())]


def _ids(changes: tuple[Change, ...], kind: type) -> set[str]:
    return {change.record.id for change in changes if isinstance(change.record, kind)}


def _places(points: Points, ids: set[str]) -> list[Area]:
    rows = [row for row in map(points.row, ids) if row is not None]
    return [Area(x, y, x, y) for x, y in zip(points.x[rows].tolist(), points.y[rows].tolist(), strict=True)]


def _photos_sighting(changes: tuple[Change, ...]) -> set[str]:
    sides = (side for change in changes for side in (change.before, change.after))
    return {side.photo for side in sides if isinstance(side, Sighting)}


def _points_after(
    before: Points, changes: tuple[Change, ...], kind: type[Some], row: Callable[[Some], Row]
) -> Points:
    rows = [row(c.after) for c in changes if isinstance(c.after, kind)]
    gone = [c.before.id for c in changes if isinstance(c.before, kind) and c.after is None]
    return points_after(before, rows, gone) if rows or gone else before


def _estimates_after(before: Mapping[str, Ellipse], changes: tuple[Change, ...]) -> Mapping[str, Ellipse]:
    touched = _ids(changes, Camera)
    if not touched:
        return before
    now = (c.after for c in changes if isinstance(c.after, Camera))
    kept = {id: ellipse for id, ellipse in before.items() if id not in touched}
    return kept | {camera.id: ellipse for camera in now if (ellipse := ellipse_of(camera))}


def _photos_after(
    before: Points, changes: tuple[Change, ...], shows: Mapping[str, tuple[str, ...]]
) -> Points:
    photos = [c.after for c in changes if isinstance(c.after, Photo)]
    rows = [row for p in photos if (row := photo_row(p, p.id in shows))]
    placed = {row.id for row in rows}
    gone = [c.before.id for c in changes if isinstance(c.before, Photo) and c.before.id not in placed]
    after = points_after(before, rows, gone) if rows or gone else before
    return _with_marks(after, _photos_sighting(changes), shows)


def _with_marks(photos: Points, ids: set[str], shows: Mapping[str, tuple[str, ...]]) -> Points:
    rows = [(row, id in shows) for id in ids if (row := photos.row(id)) is not None]
    if not rows:
        return photos
    look = photos.look.copy()
    for row, has_cameras in rows:
        rest = look[row] & ~np.uint8(PhotoLook.HAS_CAMERAS)
        look[row] = rest | (PhotoLook.HAS_CAMERAS if has_cameras else 0)
    return replace(photos, look=look)


def _shows_after(
    before: Mapping[str, tuple[str, ...]], changes: tuple[Change, ...]
) -> Mapping[str, tuple[str, ...]]:
    after = dict(before)
    for change in changes:
        if isinstance(gone := change.before, Sighting) and gone.camera:
            rest = list(after.pop(gone.photo))
            rest.remove(gone.camera)
            if rest:
                after[gone.photo] = tuple(rest)
        if isinstance(new := change.after, Sighting) and new.camera:
            after[new.photo] = (*after.get(new.photo, ()), new.camera)
    return after


def _tracks_after(before: Mapping[str, Line], changes: tuple[Change, ...]) -> Mapping[str, Line]:
    after = dict(before)
    for change in changes:
        if isinstance(change.after, Track):
            after[change.after.id] = line(change.after)
        elif isinstance(change.before, Track):
            after.pop(change.before.id, None)
    return after
