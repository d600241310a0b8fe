"""From files just read to records of the survey: which are new, and to which walk they belong."""

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from camwalk.formats.gpx_file import GpxFile
from camwalk.formats.photo_file import PhotoFile
from camwalk.model import Change, Device, Photo, Survey, Track, Walk, Waypoint, added, new_id
from camwalk.operations.usual_lens import usual_lens

_FACTS = tuple(f.name for f in fields(PhotoFile) if f.name not in ("make", "model", "serial"))


@dataclass(frozen=True, slots=True)
class SortedPhotos:
    """Photo files by what they mean to the survey."""

    fresh: tuple[PhotoFile, ...]
    known: tuple[Photo, ...]  # the records of files that were here already
    updated: tuple[Change, ...]  # known photos whose file was moved or edited


def sort_photos(survey: Survey, files: Sequence[PhotoFile]) -> SortedPhotos:
    """Tell new photos from known ones, by content first and then by path."""
    by_content = {p.fingerprint: p for p in survey.photos.values()}
    by_path = {p.path: p for p in survey.photos.values()}
    fresh: dict[str, PhotoFile] = {}
    known: list[Photo] = []
    updated: dict[str, Change] = {}
    for file in files:
        if same := by_content.get(file.fingerprint):
            known.append(same)
            if same.path != file.path and not os.path.exists(same.path):
                updated[same.id] = Change(same, replace(same, path=file.path))
        elif edited := by_path.get(file.path):
            known.append(edited)
            updated[edited.id] = Change(edited, replace(edited, **_facts(file)))
        else:
            fresh.setdefault(file.fingerprint, file)
    return SortedPhotos(tuple(fresh.values()), tuple(known), tuple(updated.values()))


def choose_walk(survey: Survey, name: str | None, photos: SortedPhotos, gpx: Sequence[GpxFile]) -> Walk:
    """The walk that new files join: the named one, that of their known neighbours, or one by date."""
    if name is None and photos.known:
        return survey.walks[Counter(p.walk for p in photos.known).most_common(1)[0][0]]
    name = name or _day(photos.fresh, gpx).isoformat()
    return next((w for w in survey.walks.values() if w.name == name), Walk(id=new_id(), name=name))


def new_records(
    survey: Survey, walk: Walk, photos: Sequence[PhotoFile], gpx: Sequence[tuple[str, GpxFile]]
) -> list[Change]:
    """What adds the files to `walk`, with the walk and the devices that are not there yet."""
    devices = _devices(survey, walk, photos)
    changes = list(added(*([] if walk.id in survey.walks else [walk])))
    changes += added(*(d for d in devices.values() if d.id not in survey.devices))
    lenses = _usual_lenses(survey, devices, photos)
    changes += added(
        *(
            Photo(
                id=new_id(),
                walk=walk.id,
                device=devices[_maker(p)].id,
                usual_35mm=None if p.focal_35mm or p.focal_mm else lenses[_maker(p)],
                **_facts(p),
            )
            for p in photos
        )
    )
    for path, file in gpx:
        origin = {"walk": walk.id, "path": path, "fingerprint": file.fingerprint}
        changes += added(
            *(
                Track(id=new_id(), name=t.name, points=t.points, starts=t.starts, **origin)
                for t in file.tracks
            )
        )
        changes += added(
            *(
                Waypoint(
                    id=new_id(),
                    name=w.name,
                    note=w.note,
                    lat=w.lat,
                    lon=w.lon,
                    utc=w.utc,
                    links=w.links,
                    **origin,
                )
                for w in file.waypoints
            )
        )
    return changes


Maker = tuple[str, str, str]


def _maker(file: PhotoFile) -> Maker:
    return file.make, file.model, file.serial


def _facts(file: PhotoFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in _FACTS}


def _devices(survey: Survey, walk: Walk, photos: Sequence[PhotoFile]) -> Mapping[Maker, Device]:
    found = {(d.make, d.model, d.serial): d for d in survey.devices.values() if d.walk == walk.id}
    names = {d.name for d in found.values()}
    for maker in sorted({_maker(p) for p in photos} - found.keys()):
        make, model, serial = maker
        name = _device_name(make, model)
        if name in names:
            name = f"{name} {serial or len(names) + 1}"
        names.add(name)
        found[maker] = Device(id=new_id(), walk=walk.id, name=name, make=make, model=model, serial=serial)
    return found


def _usual_lenses(
    survey: Survey, devices: Mapping[Maker, Device], photos: Sequence[PhotoFile]
) -> Mapping[Maker, float | None]:
    """The lens of each device as other photos of it say, else as its kind usually has it."""
    said: defaultdict[str, list[float]] = defaultdict(list)
    for photo in survey.photos.values():
        said[photo.device].append(photo.focal_35mm or 0.0)
    for file in photos:
        said[devices[_maker(file)].id].append(file.focal_35mm or 0.0)
    return {maker: usual_lens(*maker[:2], said[devices[maker].id]) for maker in {*map(_maker, photos)}}


def _device_name(make: str, model: str) -> str:
    """Make and model without saying the make twice, as some models already do."""
    if model.lower().startswith(make.lower()):
        return model or "unknown"
    return f"{make} {model}".strip()


def _day(photos: Sequence[PhotoFile], gpx: Sequence[GpxFile]) -> date:
    """The day of the outing: the track's, since its clock is right, else that of most photos."""
    times = np.concatenate([[np.nan], *(np.frombuffer(t.points, "<f8")[::4] for g in gpx for t in g.tracks)])
    if not np.isnan(times).all():
        return datetime.fromtimestamp(float(np.nanmin(times)), UTC).date()
    days = Counter(p.taken.date() for p in photos if p.taken)
    return days.most_common(1)[0][0] if days else datetime.now(UTC).date()
