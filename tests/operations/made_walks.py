"""Walks made up for tests: a recorded path, devices with wrong clocks, photos."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from camwalk.geometry.geodesy import from_local
from camwalk.model import Device, LatLon, Photo, Survey, Track, Walk

START = datetime(2026, 6, 14, 8, 0, tzinfo=UTC)
HELSINKI = LatLon(60.17, 24.94)
ZONE = "Europe/Helsinki"  # three hours ahead of UTC in June


def track(
    times: ArrayLike,
    east: ArrayLike,
    starts: tuple[int, ...] = (0,),
    name: str = "t",
    north: float = 0,
) -> Track:
    """A track of points at seconds after START and metres east of HELSINKI."""
    seconds = START.timestamp() + np.asarray(times, float)
    lat, lon = from_local(HELSINKI, east, np.full(len(seconds), float(north)))
    points = np.column_stack([seconds, lat, lon, np.full(len(seconds), np.nan)]).astype("<f8")
    return Track(
        id=name, walk="w", name=name, path="", fingerprint=name, points=points.tobytes(), starts=starts
    )


def straight(seconds: int) -> Track:
    """A walk due east at 1 m a second, recorded every second."""
    return track(range(seconds), range(seconds))


def device(name: str = "d", **fields: Any) -> Device:
    """A device whose clock is right and shows the time of Helsinki, unless told otherwise."""
    return Device(**{"id": name, "walk": "w", "name": name, "zone": ZONE, "clock_offset": 0.0, **fields})


def photo(name: str, second: float, **fields: Any) -> Photo:
    """A photo taken `second` seconds after START by a right clock in Helsinki."""
    taken = (START + timedelta(seconds=second, hours=3)).replace(tzinfo=None)
    return Photo(
        **{
            "id": name,
            "walk": "w",
            "device": "d",
            "path": f"/photos/{name}.jpg",
            "size": 1,
            "fingerprint": name,
            "taken": taken,
            **fields,
        }
    )


def survey(
    photos: Iterable[Photo],
    tracks: Iterable[Track] = (),
    devices: Iterable[Device] | None = None,
    zone: str | None = None,
) -> Survey:
    """One walk "w" of all that."""
    return Survey(
        walks={"w": Walk(id="w", name="Walk", zone=zone)},
        devices={d.id: d for d in (devices or [device()])},
        photos={p.id: p for p in photos},
        tracks={t.id: t for t in tracks},
    )


def place(east: float, north: float = 0) -> LatLon:
    """Metres from HELSINKI as a position."""
    lat, lon = from_local(HELSINKI, east, north)
    return LatLon(float(lat), float(lon))
