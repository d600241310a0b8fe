"""What a photo's record says, in the reader's words."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale

from camwalk.geometry.time_zone import is_zone
from camwalk.i18n import _, language, ngettext, number
from camwalk.model import Photo, Survey


def photo_zone(survey: Survey, photo: Photo) -> tzinfo:
    """The time zone in which a photo is told: its walk's, else its device's, else UTC."""
    walk, device = survey.walks.get(photo.walk), survey.devices.get(photo.device)
    return _zone(walk.zone if walk else None, device.zone if device else None)


def walk_zone(survey: Survey, walk: str) -> tzinfo:
    """The time zone in which a walk is told; UTC while it is unknown."""
    found = survey.walks.get(walk)
    zones = (device.zone for device in survey.devices.values() if device.walk == walk)
    return _zone(found.zone if found else None, *zones)


def _zone(*names: str | None) -> tzinfo:
    return next((ZoneInfo(name) for name in names if name and is_zone(name)), UTC)


def clock_text(utc: datetime, zone: tzinfo, *, seconds: bool = True) -> str:
    """The time of day there."""
    text = f"{utc.astimezone(zone):%H:%M:%S}" if seconds else f"{utc.astimezone(zone):%H:%M}"
    return f"{text} UTC" if zone is UTC and seconds else text


def date_text(utc: datetime, zone: tzinfo) -> str:
    """The day there, with its name."""
    day = utc.astimezone(zone)
    return QLocale(language()).toString(QDate(day.year, day.month, day.day), "ddd d MMMM yyyy")


def time_text(photo: Photo, zone: tzinfo) -> str:
    """When it was taken, and how sure that is."""
    if photo.utc is not None:
        return f"{date_text(photo.utc, zone)}, {clock_text(photo.utc, zone)}"
    if photo.taken is not None:
        shown = photo.taken.replace(tzinfo=UTC)
        when = f"{date_text(shown, UTC)}, {shown:%H:%M:%S}"
        return _("{when} by the device’s own clock").format(when=when)
    return _("time unknown")


def place_text(photo: Photo) -> str:
    """Where its place comes from."""
    if photo.position is None:
        return _("no place yet")
    if photo.source == "exif":
        place = _("place from the photo’s GPS")
        return place if photo.accuracy is None else f"{place}, ±{number(photo.accuracy)} m"
    return _("place from the track") if photo.source == "gpx" else _("place set by hand")


def bearing_text(photo: Photo) -> str:
    """Where the photographer looked, and how that is known; empty if it is not."""
    if photo.heading is not None:
        return _heading_text(photo, number(photo.heading % 360))
    if photo.direction is None:
        return ""
    degrees = number(photo.direction % 360)
    if photo.direction_ref == "T":
        return _("looking {degrees}°").format(degrees=degrees)
    if photo.direction_ref == "M":
        return _("looking {degrees}° (magnetic)").format(degrees=degrees)
    return _("looking {degrees}° (from which north, the file does not say)").format(degrees=degrees)


def _heading_text(photo: Photo, degrees: str) -> str:
    if photo.heading_source == "walk":
        return _("looking {degrees}° if in the direction of walking").format(degrees=degrees)
    if photo.heading_source == "manual":
        return _("looking {degrees}° (set by hand)").format(degrees=degrees)
    return _("looking {degrees}°").format(degrees=degrees)


def state_text(photo: Photo, cameras: int, looked_at: bool) -> str:
    """What is done and what is left to do with it."""
    words = [_("seen") if looked_at else _("not seen yet")]
    if photo.position is None:
        words.append(_("no place yet"))
    if cameras:
        words.append(ngettext("{n} camera", "{n} cameras", cameras).format(n=cameras))
    return ", ".join(words)
