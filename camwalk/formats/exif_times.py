"""When a photo was taken: by the device's clock and by GPS."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import isfinite

from camwalk.formats import exif
from camwalk.formats.exif import ExifTags, Value
from camwalk.formats.exif_values import Warn, numbers, text
from camwalk.model import message

_OLDEST = datetime(1995, 1, 1)
_DATE = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})")
_STAMP = re.compile(
    _DATE.pattern + r"[ T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})")
_NO_DATE = re.compile(r"[0:\-/. T]*")  # blanks, zeros and separators only

_CANDIDATES = (
    (exif.DATE_ORIGINAL, exif.SUBSEC_ORIGINAL, exif.OFFSET_ORIGINAL),
    (exif.DATE_DIGITIZED, exif.SUBSEC_DIGITIZED, exif.OFFSET_DIGITIZED),
    (exif.DATE_TIME, exif.SUBSEC, exif.OFFSET),
)


def taken(tags: ExifTags, name: str, warn: Warn) -> tuple[datetime | None, int | None]:
    """The device's clock without zone, and its zone in minutes east of UTC where the file tells it."""
    group = {**tags.image, **tags.photo}
    for date, subsec, offset in _CANDIDATES:
        words = text(group, date)
        if _NO_DATE.fullmatch(words):
            continue
        when, zone = _stamp(words, text(group, subsec))
        if when is None:
            warn(message("The date of “{file}” cannot be read: “{text}”.", file=name, text=words))
            continue
        if zone is not None:
            warn(message("The date of “{file}” is in an unusual form: “{text}”.", file=name, text=words))
        if date != exif.DATE_ORIGINAL:
            warn(
                message(
                    "“{file}” does not say when it was taken. The time when it was stored or changed"
                    " is used instead.",
                    file=name,
                )
            )
        _check_clock(when, name, warn)
        stated = _zone(text(group, offset))
        return when, _first(stated, zone, _zone_of_same_clock(group, words))
    warn(message("“{file}” does not say when it was taken.", file=name))
    return None, None


def gps_time(gps: Mapping[int, Value], name: str, warn: Warn) -> datetime | None:
    """What the satellites' clock said; None where date or time is missing or makes no sense."""
    words = text(gps, exif.DATE)
    clock = numbers(gps, exif.TIME)
    if _NO_DATE.fullmatch(words) or not clock:
        return None
    date = _DATE.fullmatch(words)
    try:
        day = datetime(int(date[1]), int(date[2]), int(date[3]), tzinfo=UTC) if date else None
    except ValueError:
        day = None
    if day is None:
        warn(message("The GPS date of “{file}” cannot be read: “{text}”.", file=name, text=words))
        return None
    seconds = _seconds(clock)
    when = day + timedelta(seconds=seconds) if seconds else None
    if when is None or not _plausible(when.replace(tzinfo=None)):
        warn(message("The GPS time of “{file}” makes no sense and is left out.", file=name))
        return None
    return when


def _stamp(words: str, subsec: str) -> tuple[datetime | None, int | None]:
    match = _STAMP.fullmatch(words)
    if not match:
        return None, None
    fraction = match[7] or (subsec if subsec.isdecimal() else "")
    microsecond = int(f"{fraction:0<6.6}")
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        when = datetime(year, month, day, hour, minute, second, microsecond)
    except ValueError:
        return None, None
    return when, _zone(match[8] or "")


def _zone(words: str) -> int | None:
    """Minutes east of UTC of "+05:45" or "Z"."""
    if words == "Z":
        return 0
    match = _OFFSET.fullmatch(words)
    if not match or int(match[2]) > 15 or int(match[3]) > 59:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] == "-" else minutes


def _zone_of_same_clock(group: Mapping[int, Value], words: str) -> int | None:
    """OffsetTime, which is about DateTime: true for the photo only while nobody edited the file."""
    return _zone(text(group, exif.OFFSET)) if text(group, exif.DATE_TIME) == words else None


def _first(*zones: int | None) -> int | None:
    return next((zone for zone in zones if zone is not None), None)


def _check_clock(when: datetime, name: str, warn: Warn) -> None:
    if not _plausible(when):
        warn(
            message(
                "The clock behind “{file}” was wrong: it said {date}. Set the clock offset of the device.",
                file=name,
                date=when.strftime("%Y-%m-%d %H:%M"),
            )
        )


def _plausible(when: datetime) -> bool:
    return _OLDEST <= when <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)


def _seconds(clock: tuple[float, ...]) -> float | None:
    """Seconds since midnight; None for what is no time, and for exactly zero: a device without fix."""
    if len(clock) < 3 or not all(isfinite(part) and part >= 0 for part in clock[:3]):
        return None
    hours, minutes, seconds = clock[:3]
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 61 else None
