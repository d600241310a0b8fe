"""Directions as OSM mappers spell them: "SE", "45;135", "270-90", "-90", "135°".

A sector is (from, to) in degrees, always clockwise: (d, d) is one lens that looks to d,
(270, 90) sweeps over north, and ALL_ROUND is everything.
"""

import re
from functools import lru_cache

Sector = tuple[float, float]

ALL_ROUND: Sector = (0.0, 360.0)
WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
WIND_STEP = 360 / len(WINDS)

_WORDS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_NAMES = {**{wind.lower(): i * WIND_STEP for i, wind in enumerate(WINDS)}, **_WORDS}
_VALUE = r"([+-]?[0-9]{1,6}(?:\.[0-9]{0,9})?|[a-z]+)"
_PART = re.compile(rf"{_VALUE}(?:\s*-\s*{_VALUE})?")
_SEPARATOR = re.compile(r"(\s*[;,]\s*)")
_AS_TYPED = str.maketrans({"°": None, "º": None, "−": "-", "–": "-"})


@lru_cache(maxsize=8192)
def sectors(text: str) -> tuple[Sector, ...]:
    """Where a camera looks, one sector for each part of `text` that can be read."""
    if is_ambiguous_all_round(text):
        return (ALL_ROUND,)
    found = (_sector(part) for part in _parts(text))
    return tuple(sector for sector in found if sector is not None)


def is_ambiguous_all_round(text: str) -> bool:
    """Whether `text` is just "360": most mappers mean all round by it, some mean north."""
    return _plain(text) in ("360", "360.0")


@lru_cache(maxsize=1024)
def normalised(text: str) -> str | None:
    """`text` in the spelling to write ("135", "45;135", "45-135"); None if any part is not understood.

    "360" is "0" in degrees as they are written now, whatever those mean by it who wrote it before.
    """
    read = [_sector(part) for part in _parts(text)]
    written = [sector_text(sector) for sector in read if sector is not None]
    return ";".join(written) if written and len(written) == len(read) else None


def edited(before: str, after: str) -> str | None:
    """`after` normalised but for the parts that were in `before` already; None if not all is understood."""
    whole = normalised(after)
    if whole is None:
        return None
    old = set(_SEPARATOR.split(before.strip())[::2])
    parts = [part for part in _SEPARATOR.split(after.strip())[::2] if part]
    return ";".join(part if part in old else new for part, new in zip(parts, whole.split(";"), strict=True))


def sector_text(sector: Sector) -> str:
    """One sector in the spelling to write."""
    start, end = direction_text(sector[0]), direction_text(sector[1])
    if start != end:
        return f"{start}-{end}"
    return "0-360" if width(sector) > 180 else start


def direction_text(degrees: float) -> str:
    """The direction of one lens in the spelling to write: an integer from 0 to 359."""
    return str(round(degrees) % 360)


def cardinal(degrees: float) -> str:
    """The nearest of the 16 winds, as in WINDS."""
    return WINDS[round(degrees / WIND_STEP) % len(WINDS)]


def width(sector: Sector) -> float:
    """The angle swept, 0 for one lens, 360 for all round."""
    return 360.0 if sector == ALL_ROUND else (sector[1] - sector[0]) % 360


def middle(sector: Sector) -> float:
    """The direction in the middle of the sweep; 0 for all round."""
    return 0.0 if sector == ALL_ROUND else (sector[0] + width(sector) / 2) % 360


def with_first_lens(text: str, degrees: float) -> str:
    """`text` with its first lens turned to `degrees`; a sweep keeps its width, other parts their spelling."""
    pieces = _SEPARATOR.split(text.strip())
    for i in range(0, len(pieces), 2):
        sector = _sector(_plain(pieces[i]))
        if sector is not None:
            pieces[i] = sector_text(_turned(sector, degrees))
            return "".join(pieces)
    return direction_text(degrees)


def _turned(sector: Sector, degrees: float) -> Sector:
    if sector == ALL_ROUND:
        return (degrees, degrees)
    half = width(sector) / 2
    return ((degrees - half) % 360, (degrees + half) % 360)


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATOR.split(_plain(text))[::2] if part]


def _plain(text: str) -> str:
    return text.translate(_AS_TYPED).strip().lower()


def _sector(part: str) -> Sector | None:
    compound = _WORDS.get(part.replace("-", ""))  # "south-east" is a wind, not a sweep from south to east
    if compound is not None:
        return (compound, compound)
    match = _PART.fullmatch(part)
    if match is None:
        return None
    start, end = _degrees(match[1]), _degrees(match[2] or match[1])
    if start is None or end is None:
        return None
    return ALL_ROUND if match[2] and start == end else (start, end)


def _degrees(value: str) -> float | None:
    return _NAMES[value] if value in _NAMES else float(value) % 360 if not value.isalpha() else None
