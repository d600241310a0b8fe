"""`camwalk list`: what is in a survey, for people and for programs."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from camwalk.cli.terminal import say_json, table
from camwalk.formats.detections import track_id
from camwalk.i18n import tell
from camwalk.model import Camera, Device, Photo, Problem, Survey, Track, Waypoint
from camwalk.paths import file_name

Item = dict[str, Any]


def print_list(survey: Survey, what: str, as_json: bool) -> None:
    """Print one kind of record, as JSON or as aligned columns."""
    items = LISTS[what](survey)
    if as_json:
        say_json(items)
    elif items:
        columns = _COLUMNS[what]
        table([columns, *(tuple(_cell(item[c]) for c in columns) for item in items)])


def _photos(survey: Survey) -> list[Item]:
    return [_photo(survey, p) for p in _by_time(survey.photos.values())]


def _by_time(photos: Iterable[Photo]) -> list[Photo]:
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(photos, key=lambda p: (p.utc or last, p.path))


def _photo(survey: Survey, photo: Photo) -> Item:
    device = survey.devices[photo.device]
    return {
        "file": file_name(photo.path),
        "path": os.fsencode(photo.path).decode("utf-8", "replace"),
        "id": photo.id,
        "walk": survey.walks[photo.walk].name,
        "device": device.name,
        "utc": _time(photo.utc),
        "lat": photo.lat,
        "lon": photo.lon,
        "source": photo.source,
        "accuracy": photo.accuracy,
        "direction": photo.direction,
        "direction_ref": photo.direction_ref,
        "width": photo.width,
        "height": photo.height,
        "seen": photo.seen,
        "cameras": [s.camera for s in survey.sightings_in_photo.get(photo.id, ()) if s.camera],
        "warnings": [tell(w) for w in photo.warnings],
    }


def _tracks(survey: Survey) -> list[Item]:
    return [_track(survey, t) for t in survey.tracks.values()]


def _track(survey: Survey, track: Track) -> Item:
    times = [datetime.fromtimestamp(t, UTC) for t in track.array[:, 0] if t == t]
    return {
        "name": track.name,
        "file": file_name(track.path),
        "walk": survey.walks[track.walk].name,
        "points": len(track.array),
        "segments": len(track.starts),
        "start": _time(min(times, default=None)),
        "end": _time(max(times, default=None)),
    }


def _waypoints(survey: Survey) -> list[Item]:
    def item(w: Waypoint) -> Item:
        return {
            "name": w.name,
            "note": w.note,
            "lat": w.lat,
            "lon": w.lon,
            "utc": _time(w.utc),
            "links": list(w.links),
            "file": file_name(w.path),
        }

    return [item(w) for w in survey.waypoints.values()]


def _cameras(survey: Survey) -> list[Item]:
    ordered = sorted(survey.cameras.values(), key=attrgetter("created", "id"))  # as exports have them
    return [_camera(survey, c) for c in ordered]


def _camera(survey: Survey, camera: Camera) -> Item:
    sightings = survey.sightings_of_camera.get(camera.id, ())
    names = {s.photo: file_name(survey.photos[s.photo].path) for s in sightings}
    sigma = None if camera.sigma_major is None else [camera.sigma_major, camera.sigma_minor]
    return {
        "id": camera.id,
        "lat": camera.lat,
        "lon": camera.lon,
        "tags": dict(camera.tags),
        "photos": list(names.values()),
        "estimate": {
            "lat": camera.lat,
            "lon": camera.lon,
            "sigma": sigma,
            "axis": camera.axis,
            "placed": camera.placed,
        },
        "sightings": [
            {"file": names[s.photo], "x": s.x, "y": s.y, "track_id": track_id(s.track)}
            for s in sightings
            if s.x is not None
        ],
    }


def _devices(survey: Survey) -> list[Item]:
    def item(d: Device) -> Item:
        return {
            "device": d.name,
            "walk": survey.walks[d.walk].name,
            "photos": sum(p.device == d.id for p in survey.photos.values()),
            "zone": d.zone,
            "zone_reason": d.zone_reason and tell(d.zone_reason),
            "offset": d.clock_offset,
            "offset_reason": d.clock_reason and tell(d.clock_reason),
            "set_by_hand": d.manual,
        }

    return [item(d) for d in survey.devices.values()]


def _problems(survey: Survey) -> list[Item]:
    def item(p: Problem) -> Item:
        return {"file": file_name(p.path), "reason": tell(p.reason)}

    return [item(p) for p in survey.problems.values()]


def _time(moment: datetime | None) -> str | None:
    return moment and moment.isoformat()


def _cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case float():
            return f"{value:.7g}" if abs(value) >= 1000 else f"{value:.6f}".rstrip("0").rstrip(".")
        case dict():
            return " ".join(f"{k}={v}" for k, v in value.items())  # type: ignore[misc]
        case list():
            return ", ".join(map(str, value)) or "-"  # type: ignore[arg-type]
        case _:
            return str(value)


LISTS: dict[str, Callable[[Survey], list[Item]]] = {
    "photos": _photos,
    "tracks": _tracks,
    "waypoints": _waypoints,
    "cameras": _cameras,
    "devices": _devices,
    "problems": _problems,
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "photos": ("file", "device", "utc", "lat", "lon", "source", "direction", "direction_ref"),
    "tracks": ("name", "file", "points", "segments", "start", "end"),
    "waypoints": ("name", "note", "lat", "lon", "utc", "links"),
    "cameras": ("id", "lat", "lon", "tags", "photos"),
    "devices": ("device", "photos", "zone", "offset", "offset_reason"),
    "problems": ("file", "reason"),
}
