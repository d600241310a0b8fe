"""Time zones: which one holds at a place, and what its clocks show."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from threading import current_thread, main_thread
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from camwalk.model import CamwalkError, LatLon, message

_ODD_ZONES = (
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Kabul",
    "Asia/Tehran",
    "Asia/Yangon",
    "America/St_Johns",
    "Pacific/Marquesas",
    "Australia/Darwin",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
"""Zones whose clocks differ from UTC by more than whole hours."""


def zone_at(place: LatLon) -> str | None:
    """IANA name of the zone in which `place` lies; at sea a nautical zone such as Etc/GMT-2."""
    if not place.valid:
        return None
    name = (current_thread() is not main_thread() and _found_beside(place)) or _found(place.lon, place.lat)
    return name if name and is_zone(name) else None


def _found(lon: float, lat: float) -> str:
    import tzfpy  # its code and data are large, and most runs ask for no zone

    return tzfpy.get_tz(lon, lat)


@lru_cache
def _found_beside(place: LatLon) -> str:
    """The name found by another process: the first search builds an index of all borders, which holds
    Python's lock for some tenths of a second, and a window would stand still meanwhile."""
    search = "import sys, tzfpy; print(tzfpy.get_tz(float(sys.argv[1]), float(sys.argv[2])))"
    asked = [sys.executable, "-I", "-c", search, str(place.lon), str(place.lat)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA name that this computer has the rules of."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_rules(name: str) -> ZoneInfo:
    """The rules of a zone; CamwalkError where there is no such zone."""
    if not is_zone(name):
        raise CamwalkError(
            message("There is no time zone {zone}. Give a name such as Europe/Paris or Etc/UTC.", zone=name)
        )
    return ZoneInfo(name)


def to_utc(local: datetime, zone: str) -> datetime:
    """The UTC time at which clocks of `zone` show `local`; of two such times the earlier."""
    return local.replace(tzinfo=zone_rules(zone)).astimezone(UTC)


def from_utc(utc: datetime, zone: str) -> datetime:
    """What clocks of `zone` show at `utc`, without zone."""
    return utc.astimezone(zone_rules(zone)).replace(tzinfo=None)


def offset_of(zone: str, local: datetime) -> timedelta:
    """How far clocks of `zone` are ahead of UTC when they show `local`."""
    offset = zone_rules(zone).utcoffset(local)
    return timedelta(0) if offset is None else offset


def zone_with_offset(offset: timedelta, local: datetime, preferred: str | None = None) -> str | None:
    """A zone whose clocks are `offset` ahead of UTC when they show `local`; `preferred` if it fits."""
    whole_hours = -round(offset / timedelta(hours=1))
    sea = f"Etc/GMT{whole_hours:+d}" if whole_hours else "Etc/UTC"
    names = [preferred] if preferred else []
    candidates = (*names, sea, *_ODD_ZONES)
    return next((name for name in candidates if is_zone(name) and offset_of(name, local) == offset), None)
