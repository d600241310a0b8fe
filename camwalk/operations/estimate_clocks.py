"""Find the time zone and the clock offset of the devices of a walk, each with its reason.

In this order: GPS time stamps against the clock; the stops of the track (or the photos' own
positions on it); trust in clocks that know their zone or their place. Other clocks stay unknown,
and what a person set is never touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from camwalk.geometry.time_zone import from_utc, to_utc, zone_at
from camwalk.model import Change, Device, LatLon, Message, Photo, Survey
from camwalk.operations.choose_track import own_place
from camwalk.operations.clock_from_gps import clock_from_gps, zone_of_tags
from camwalk.operations.clock_from_track import Moment, TrackClock, clock_from_track
from camwalk.operations.clock_reasons import (
    ON_PLACES,
    ON_STOPS,
    PLACES_TRUSTED,
    TAGS_TRUSTED,
    UNKNOWN,
    ZONE_OF_GPS,
    ZONE_OF_PHOTOS,
    ZONE_OF_PLACE,
    ZONE_OF_TAGS,
    ZONE_OF_WALK,
    by_gps,
    say,
)
from camwalk.operations.follow_tracks import Lane, lanes

PHONE_ERROR = 5.0
"""Seconds by which clocks are usually wrong that know their time zone or their place."""
CAMERA_ERROR = 300.0
"""Seconds by which clocks are usually wrong that were set by hand."""


def estimate_clocks(survey: Survey, walk: str) -> tuple[Change, ...]:
    """What changes when the clocks of the walk's devices that nobody set by hand are found anew."""
    paths = lanes(track for track in survey.tracks.values() if track.walk == walk)
    changes: list[Change] = []
    for device in survey.devices.values():
        if device.walk == walk and not device.manual:
            photos = [photo for photo in survey.photos.values() if photo.device == device.id]
            found = _found(device, photos, *zone_of_device(survey, device), paths)
            if found != device:
                changes.append(Change(device, found))
    return tuple(changes)


def zone_of_device(survey: Survey, device: Device) -> tuple[str | None, Message | None]:
    """The zone a clock should show: that set for the walk, or else that of its place; and why."""
    if zone := survey.walks[device.walk].zone:
        return zone, say(ZONE_OF_WALK, zone=zone)
    photos = [photo for photo in survey.photos.values() if photo.walk == device.walk]
    own = _middle(place for p in photos if p.device == device.id and (place := own_place(p)))
    if own and (zone := zone_at(own)):
        return zone, say(ZONE_OF_PHOTOS, zone=zone)
    place = _middle_of_tracks(survey, device.walk) or _middle(own for p in photos if (own := own_place(p)))
    zone = zone_at(place) if place else None
    return zone, say(ZONE_OF_PLACE, zone=zone) if zone else None


def _middle(places: Iterable[LatLon]) -> LatLon | None:
    known = list(places)
    return known[len(known) // 2] if known else None


def _middle_of_tracks(survey: Survey, walk: str) -> LatLon | None:
    """A point in the middle of the walk's longest track."""
    tracks = [track for track in survey.tracks.values() if track.walk == walk]
    for track in sorted(tracks, key=lambda track: -len(track.points)):
        places = track.array[:, 1:3]
        places = places[np.isfinite(places).all(axis=1)]
        if len(places):
            return LatLon(*map(float, places[len(places) // 2]))
    return None


def _found(
    device: Device, photos: Sequence[Photo], zone: str | None, reason: Message | None, paths: Sequence[Lane]
) -> Device:
    """The device with what its photos, its zone and the walk's tracks tell about its clock."""
    tags = zone_of_tags(photos, zone)
    if gps := clock_from_gps(photos, zone):
        why = ZONE_OF_TAGS if tags else reason if gps.zone == zone else ZONE_OF_GPS
        return _with(device, gps.zone, why, gps.offset, by_gps(gps.n, gps.offset))
    zone, reason = (tags, ZONE_OF_TAGS) if tags else (zone, reason)
    if zone is None:
        return _with(device, None, None, None, UNKNOWN)
    placed = sum(photo.taken is not None and own_place(photo) is not None for photo in photos)
    track = _on_track(photos, zone, paths, PHONE_ERROR if tags or placed else CAMERA_ERROR)
    if track:
        return _with(device, zone, reason, track.offset, ON_PLACES if track.by_places else ON_STOPS)
    if tags or placed:
        return _with(device, zone, reason, 0.0, TAGS_TRUSTED if tags else PLACES_TRUSTED)
    return _with(device, zone, reason, None, UNKNOWN)


def _with(
    device: Device, zone: str | None, why_zone: Message | None, offset: float | None, why: Message
) -> Device:
    return replace(device, zone=zone, zone_reason=why_zone, clock_offset=offset, clock_reason=why)


def _on_track(photos: Sequence[Photo], zone: str, paths: Sequence[Lane], usual: float) -> TrackClock | None:
    """The offset that the track tells, to the tenth of a second."""
    taken = {photo.id: utc for photo in photos if (utc := _by_clock(photo, zone))}
    moments = [Moment(taken[p.id].timestamp(), own_place(p)) for p in photos if p.id in taken]
    found = clock_from_track(paths, moments, usual)
    if found is None:
        return None
    first = next(photo for photo in photos if photo.id in taken)
    return replace(found, offset=round(_shift(first, taken[first.id], found.offset, zone), 1))


def _by_clock(photo: Photo, zone: str) -> datetime | None:
    """When the photo was taken, were its clock right."""
    if photo.taken is None:
        return None
    try:
        if photo.taken_offset is None:
            return to_utc(photo.taken, zone)
        return (photo.taken - timedelta(minutes=photo.taken_offset)).replace(tzinfo=UTC)
    except OverflowError:
        return None


def _shift(photo: Photo, utc: datetime, seconds: float, zone: str) -> float:
    """What to add to the shown time so that UTC moves by `seconds`, maybe over a change of DST."""
    if photo.taken is None or photo.taken_offset is not None:
        return seconds
    return (from_utc(utc + timedelta(seconds=seconds), zone) - photo.taken).total_seconds()
