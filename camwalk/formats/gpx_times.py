"""Times of GPX files as seconds since 1970."""

import re
from datetime import UTC, datetime, timedelta
from math import nan

import numpy as np
from numpy.typing import NDArray

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OLDEST, NEWEST = 631152000.0, 4102444800.0  # 1990 and 2100; clocks that overflowed say others
_SECOND = timedelta(seconds=1)
_LOOSE = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?"
    r"\s*(?:Z|([+-])(\d{2}):?(\d{2}))?\s*",
    re.IGNORECASE,
)


def utc_seconds(text: str) -> float:
    """Seconds since 1970 of an ISO 8601 time, UTC where it has no zone; NaN for what is no time."""
    if len(text) <= len("2026-06-14"):
        return nan
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return _loose(text)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return (when - EPOCH) / _SECOND


def all_utc_seconds(texts: list[str]) -> NDArray[np.float64]:
    """`utc_seconds` of many."""
    return np.fromiter(map(utc_seconds, texts), np.float64, len(texts))


def _loose(text: str) -> float:
    """Forms that only nearly follow the standard, such as single digits, and 60 as a leap second."""
    match = _LOOSE.fullmatch(text)
    if not match:
        return nan
    year, month, day, hours, minutes, seconds = (int(part) for part in match.groups()[:6])
    try:
        start = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return nan
    if hours > 24 or minutes > 59 or seconds > 60:
        return nan
    ahead = int(match[9] or 0) * 3600 + int(match[10] or 0) * 60
    within = hours * 3600 + minutes * 60 + seconds + float(match[7] or 0)
    return (start - EPOCH) / _SECOND + within - (-ahead if match[8] == "-" else ahead)
