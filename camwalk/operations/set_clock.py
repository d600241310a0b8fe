"""The user's own ways to put a device's clock right; each places the walk's photos anew."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from math import isfinite

from camwalk.formats.names import shown_name
from camwalk.geometry.time_zone import from_utc, zone_rules
from camwalk.model import CamwalkError, Change, Device, Edit, LatLon, Message, Survey, combined, message
from camwalk.operations.clock_reasons import BY_HAND, ZONE_ASSUMED
from camwalk.operations.estimate_clocks import zone_of_device
from camwalk.operations.follow_tracks import lanes, time_of_passing
from camwalk.operations.locate_photos import locate_photos
from camwalk.operations.photo_time import photo_utc

LARGEST_OFFSET = 100 * 366 * 86400.0
"""Seconds; a clock that is wrong by more is a slip of the finger."""


def device_named(survey: Survey, text: str) -> Device:
    """The device that is listed as `text`; CamwalkError when there is none, or more than one."""
    wanted = text.strip().casefold()
    found = [d for d in survey.devices.values() if wanted in (d.name.casefold(), d.id)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CamwalkError(
            message("Several walks have a device {device}. Give its id instead.", device=text.strip())
        )
    names = ", ".join(sorted({d.name for d in survey.devices.values()})) or "-"
    raise CamwalkError(
        message("There is no device {device}. The devices are: {names}", device=text.strip(), names=names)
    )


def set_clock(
    survey: Survey,
    device_id: str,
    offset_seconds: float,
    zone: str | None = None,
    *,
    largest_gap: float = 120.0,
) -> Edit:
    """Add `offset_seconds`, of any size, to the clock of a device, which shows the time of `zone`.

    Without `zone` it is the zone known so far, or that of the walk's place.
    """
    if not isfinite(offset_seconds) or abs(offset_seconds) > LARGEST_OFFSET:
        raise CamwalkError(message("No clock is that wrong. Give the seconds to add to it, such as -37."))
    device = survey.devices[device_id]
    zone, why = _zone(survey, device, zone)
    after = replace(
        device,
        zone=zone,
        zone_reason=why,
        clock_offset=float(offset_seconds),
        clock_reason=BY_HAND,
        manual=True,
    )
    return _edit(survey, message("Set the clock of {device}", device=device.name), device, after, largest_gap)


def set_clock_by_shown_time(
    survey: Survey,
    photo_id: str,
    shown: time | datetime,
    zone: str | None = None,
    *,
    largest_gap: float = 120.0,
) -> Edit:
    """Set the clock by a photo of a clock that reads `shown`, in the time of `zone`.

    Without a date it is the day that changes the clock least.
    """
    taken = _taken(survey, photo_id)
    device = survey.devices[survey.photos[photo_id].device]
    if isinstance(shown, time):
        guess = taken + timedelta(seconds=device.clock_offset or 0)
        shown = _nearest_day(shown, guess)
    offset = (shown.replace(tzinfo=None) - taken).total_seconds()
    return set_clock(survey, device.id, offset, zone, largest_gap=largest_gap)


def set_clock_by_place(survey: Survey, photo_id: str, place: LatLon, *, largest_gap: float = 120.0) -> Edit:
    """Set the clock so that a photo, dragged along the track, was taken when the track passed `place`.

    Of several passes it is that nearest to the photo's time so far.
    """
    taken = _taken(survey, photo_id)
    photo = survey.photos[photo_id]
    device = survey.devices[photo.device]
    utc = photo_utc(photo, device)
    tracks = (track for track in survey.tracks.values() if track.walk == photo.walk)
    passing = time_of_passing(lanes(tracks), place, utc.timestamp() if utc else None)
    if passing is None:
        raise CamwalkError(message("This walk has no track with times to drag the photo along."))
    zone, _ = _zone(survey, device, None)
    offset = (from_utc(passing, zone) - taken).total_seconds()
    return set_clock(survey, device.id, round(offset, 1), largest_gap=largest_gap)


def _edit(survey: Survey, label: Message, device: Device, after: Device, largest_gap: float) -> Edit:
    """The device's change, and the places that follow from it."""
    if after == device:
        return Edit(label, ())
    change = Change(device, after)
    placed = locate_photos(survey.apply([change]), device.walk, largest_gap=largest_gap)
    return Edit(label, combined([change, *placed]))


def _zone(survey: Survey, device: Device, zone: str | None) -> tuple[str, Message | None]:
    """The zone that the device's clock shows, and why."""
    if zone:
        zone_rules(zone)
        return zone, BY_HAND
    if device.zone:
        return device.zone, device.zone_reason
    found, why = zone_of_device(survey, device)
    return (found, why) if found else ("Etc/UTC", ZONE_ASSUMED)


def _taken(survey: Survey, photo_id: str) -> datetime:
    photo = survey.photos[photo_id]
    if photo.taken is None:
        name = shown_name(photo.path)
        raise CamwalkError(message("{photo} says no time, so no clock can be set by it.", photo=name))
    return photo.taken


def _nearest_day(shown: time, guess: datetime) -> datetime:
    days = (guess.date() + timedelta(days=n) for n in (-1, 0, 1))
    return min((datetime.combine(day, shown) for day in days), key=lambda when: abs(when - guess))
