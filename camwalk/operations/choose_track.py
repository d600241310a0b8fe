"""Of several tracks of a walk, the one that a photo's device was carried along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats, distances
from camwalk.model import LatLon, Photo, Track
from camwalk.operations.follow_tracks import Fixes, follow, lanes

STRANGE = 100.0
"""Median metres from a device's own positions from which a track is somebody else's."""
EQUAL = 20.0
"""Metres by which two tracks may differ in that and still count as equally good."""
SAME = 5.0
"""Seconds within which two tracks count as equally near in time."""


@dataclass(frozen=True, slots=True)
class TrackPlaces:
    """Where the chosen track was at each photo's time.

    `apart` is how far, in metres, another possible track was; `strange` tells that only tracks
    of somebody else have points near that time.
    """

    fixes: Fixes
    apart: Floats
    strange: NDArray[np.bool_]


def track_places(
    tracks: Iterable[Track], photos: Sequence[Photo], seconds: Floats, largest_gap: float
) -> TrackPlaces | None:
    """Where `photos` were at `seconds` since 1970 by their tracks; None where there is no track.

    The track nearest the device's own positions wins, and one far from them is left out; of
    equals it is the one with the nearest point in time, then the first.
    """
    found = [follow(lane, seconds, largest_gap) for lane in lanes(tracks)]
    if not found:
        return None
    names = [field.name for field in fields(Fixes)]
    every = Fixes(*(np.stack([getattr(fixes, name) for fixes in found]) for name in names))
    cost = np.floor(every.nearest / SAME) + _strangeness(photos, every)
    best, one = np.argmin(cost, axis=0), np.arange(len(photos))
    usable = np.isfinite(cost)
    lost = ~usable[best, one]
    chosen = Fixes(*(getattr(every, name)[best, one] for name in names))
    lat, lon = (np.where(lost, np.nan, values) for values in (chosen.lat, chosen.lon))
    apart = np.where(usable & ~lost, distances(lat, lon, every.lat, every.lon), 0).max(axis=0)
    strange = lost & np.isfinite(every.nearest).any(axis=0)
    return TrackPlaces(Fixes(lat, lon, chosen.nearest, chosen.hole, chosen.beyond), apart, strange)


def own_place(photo: Photo) -> LatLon | None:
    """The position in the file, unless it is out of range or the 0, 0 of a missing fix."""
    if photo.exif_lat is None or photo.exif_lon is None:
        return None
    place = LatLon(photo.exif_lat, photo.exif_lon)
    return place if place.valid and place != (0, 0) else None


def own_places(photos: Sequence[Photo]) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of `own_place`, NaN where there is none."""
    places = np.array([own_place(photo) or (np.nan, np.nan) for photo in photos], float).reshape(-1, 2)
    return places[:, 0], places[:, 1]


def _strangeness(photos: Sequence[Photo], every: Fixes) -> Floats:
    """What speaks against each track for each photo's device; inf for somebody else's track."""
    lat, lon = own_places(photos)
    off = distances(lat, lon, every.lat, every.lon)
    devices = np.array([photo.device for photo in photos])
    strange = np.zeros(off.shape)
    for device in np.unique(devices):
        mine = devices == device
        for k, metres in enumerate(off[:, mine]):
            strange[k, mine] = _against(metres[np.isfinite(metres)])
    return strange


def _against(metres: Floats) -> float:
    """The cost of a track that runs `metres` off a device's own positions; 0 for too few of them."""
    if len(metres) < 3:
        return 0.0
    median = float(np.sort(metres)[len(metres) // 2])
    return float("inf") if median > STRANGE else 1000 * (median // EQUAL)
