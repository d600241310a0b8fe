"""The true time of a photo, from its own clock or from GPS."""

from datetime import UTC, datetime, timedelta

from camwalk.geometry.time_zone import to_utc
from camwalk.model import Device, Photo


def photo_utc(photo: Photo, device: Device) -> datetime | None:
    """When it was taken: the device's clock, put right by its offset, read in its zone.

    The photo's own OffsetTimeOriginal beats the device's zone, unless a person set the clock.
    Where clock or zone are not known it is the time of the GPS fix, if there is one.
    """
    if photo.taken is None or device.clock_offset is None:
        return photo.gps_time
    try:
        return _by_clock(photo, device, photo.taken + timedelta(seconds=device.clock_offset))
    except OverflowError:  # dates like the year 1 or 9999
        return photo.gps_time


def _by_clock(photo: Photo, device: Device, shown: datetime) -> datetime | None:
    """UTC when a right clock, as the device's zone has it, shows `shown`."""
    if photo.taken_offset is not None and not device.manual:
        return (shown - timedelta(minutes=photo.taken_offset)).replace(tzinfo=UTC)
    return to_utc(shown, device.zone) if device.zone else photo.gps_time
