"""Place the photos of a walk: their true times, then their places, from hand, file or track."""

from dataclasses import replace
from datetime import datetime

import numpy as np

from camwalk.formats.names import shown_name
from camwalk.geometry.geodesy import distances
from camwalk.model import Change, Device, Edit, LatLon, Message, Photo, Survey, message
from camwalk.operations.choose_track import TrackPlaces, own_place, track_places
from camwalk.operations.clock_reasons import is_guess, say
from camwalk.operations.photo_time import photo_utc

GUESSED = message("The clock of {device} is a guess, so time and place may be wrong. Check it.")
CLOCK_UNKNOWN = message("The clock of {device} is not known. Set it to place this photo.")
NO_TIME = message("Without a time this photo cannot be placed on the track.")
NO_TRACK = message("No track has a point close enough to this photo's time.")
STRANGER = message("The track does not pass the places that other photos of {device} tell.")
HOLE = message("The track has a gap of {seconds} s here, so the place is a guess.")
BEYOND = message("Taken {seconds} s outside the track's time; the end of the track is taken as its place.")
TRACKS_DISAGREE = message("Two tracks are {metres} m apart at this photo's time. Check its place.")
FAR_FROM_TRACK = message("The photo's own position is {metres} m away from the track at its time.")
_OWN = (
    GUESSED, CLOCK_UNKNOWN, NO_TIME, NO_TRACK, STRANGER, HOLE, BEYOND, TRACKS_DISAGREE, FAR_FROM_TRACK
)  # fmt: skip
_OWN_TEXTS = frozenset(warning.text for warning in _OWN)

APART = 50.0
"""Metres between two possible places from which a person should look."""
STRAY = 100.0
"""Metres between a photo's own position and the track from which a person should look."""


def locate_photos(survey: Survey, walk: str, *, largest_gap: float = 120.0) -> tuple[Change, ...]:
    """What changes when time, place and their warnings are worked out afresh for a walk's photos.

    A place set by hand stays, and the file's own position beats the tracks. Other photos are
    interpolated in time on the track that `track_places` chooses, as `follow` says: never more
    than `largest_gap` seconds from a track point, nor across a longer gap between segments.
    """
    photos = [photo for photo in survey.photos.values() if photo.walk == walk]
    times = [photo_utc(photo, survey.devices[photo.device]) for photo in photos]
    seconds = np.array([np.nan if utc is None else utc.timestamp() for utc in times])
    tracks = [track for track in survey.tracks.values() if track.walk == walk]
    places = track_places(tracks, photos, seconds, largest_gap) if photos else None
    changes: list[Change] = []
    for k, (photo, utc) in enumerate(zip(photos, times, strict=True)):
        located = _located(photo, survey.devices[photo.device], utc, places, k)
        if located != photo:
            changes.append(Change(photo, located))
    return tuple(changes)


def place_photo(survey: Survey, photo_id: str, place: LatLon | None) -> Edit:
    """Set a photo's place by hand; None goes back to what file and track say."""
    before = survey.photos[photo_id]
    name = shown_name(before.path)
    if place is not None:
        after = replace(before, lat=float(place.checked().lat), lon=float(place.lon), source="manual")
        label = message("Place {photo}", photo=name)
    else:
        after = replace(before, lat=None, lon=None, source="none")
        label = message("Take back the place of {photo}", photo=name)
    located = locate_photos(survey.apply([Change(before, after)]), before.walk)
    final = next((c.after for c in located if c.record.id == photo_id), after)
    return Edit(label, (Change(before, final),) if final != before else ())


def _located(photo: Photo, device: Device, utc: datetime | None, places: TrackPlaces | None, k: int) -> Photo:
    """`photo`, the `k`th of its walk, with its time, its place and the warnings about them."""
    own = own_place(photo)
    on_track = _place_on_track(places, k)
    if photo.source == "manual":
        placed, warnings = replace(photo, utc=utc), ()
    elif own:
        placed = replace(photo, utc=utc, lat=own.lat, lon=own.lon, source="exif")
        warnings = _stray(photo, own, on_track)
    elif on_track:
        placed = replace(photo, utc=utc, lat=on_track.lat, lon=on_track.lon, source="gpx")
        warnings = _doubts(device, places, k)
    else:
        placed = replace(photo, utc=utc, lat=None, lon=None, source="none")
        warnings = _why_not(photo, device, utc, places, k)
    others = tuple(w for w in photo.warnings if w.text not in _OWN_TEXTS)
    return replace(placed, warnings=(*others, *warnings))


def _place_on_track(places: TrackPlaces | None, k: int) -> LatLon | None:
    if places is None or np.isnan(places.fixes.lat[k]):
        return None
    return LatLon(float(places.fixes.lat[k]), float(places.fixes.lon[k]))


def _stray(photo: Photo, own: LatLon, on_track: LatLon | None) -> tuple[Message, ...]:
    if on_track is None:
        return ()
    metres = float(distances(*own, *on_track))
    allowed = max(STRAY, 3 * (photo.accuracy or 0))
    return (say(FAR_FROM_TRACK, metres=round(metres)),) if metres > allowed else ()


def _doubts(device: Device, places: TrackPlaces | None, k: int) -> tuple[Message, ...]:
    """What to know about a place that the track gave."""
    assert places is not None
    doubts = [say(GUESSED, device=device.name)] if is_guess(device) else []
    if places.fixes.hole[k]:
        doubts.append(say(HOLE, seconds=round(float(places.fixes.hole[k]))))
    if places.fixes.beyond[k]:
        doubts.append(say(BEYOND, seconds=round(float(places.fixes.beyond[k]))))
    if places.apart[k] > APART:
        doubts.append(say(TRACKS_DISAGREE, metres=round(float(places.apart[k]))))
    return tuple(doubts)


def _why_not(
    photo: Photo, device: Device, utc: datetime | None, places: TrackPlaces | None, k: int
) -> tuple[Message, ...]:
    """Why a photo has no place."""
    if photo.taken is None and utc is None:
        return (NO_TIME,)
    if utc is None:
        return (say(CLOCK_UNKNOWN, device=device.name),)
    guessed = (say(GUESSED, device=device.name),) if is_guess(device) else ()
    if places is not None and places.strange[k]:
        return (*guessed, say(STRANGER, device=device.name))
    return (*guessed, NO_TRACK)
