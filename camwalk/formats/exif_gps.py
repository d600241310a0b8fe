"""Where a photo was taken, how the photographer moved, and where the device looked."""

from collections.abc import Mapping
from math import isfinite, isnan
from typing import Literal

from camwalk.formats import exif
from camwalk.formats.exif import Value
from camwalk.formats.exif_values import Warn, letter, number, numbers, text
from camwalk.model import LatLon, message

_METRES_PER_SECOND = {"K": 1 / 3.6, "M": 0.44704, "N": 1852 / 3600}
_NUMBERS = (exif.ALTITUDE, exif.ACCURACY, exif.SPEED, exif.COURSE, exif.DIRECTION)


def position(gps: Mapping[int, Value], name: str, warn: Warn) -> LatLon | None:
    """The place with its hemispheres applied; None, with a warning, where it cannot be a place."""
    lat = _degrees(numbers(gps, exif.LAT))
    lon = _degrees(numbers(gps, exif.LON))
    if lat is None or lon is None:
        if gps.get(exif.LAT) or gps.get(exif.LON):
            warn(message("The GPS position of “{file}” cannot be read and is left out.", file=name))
        return None
    if lat == 0 and lon == 0:
        warn(message("“{file}” says it is at 0° north, 0° east: its GPS had no position yet.", file=name))
        return None
    south = _hemisphere(gps, exif.LAT_REF, exif.LAT, "NS")
    west = _hemisphere(gps, exif.LON_REF, exif.LON, "EW")
    place = LatLon(_signed(lat, south), _signed(lon, west))
    if not place.valid:
        warn(
            message(
                "“{file}” says it is at {lat}, {lon}. There is no such place, so it has no position.",
                file=name,
                lat=f"{place.lat:.5f}",
                lon=f"{place.lon:.5f}",
            )
        )
        return None
    if south is None or west is None:
        warn(
            message(
                "“{file}” does not say on which side of the equator or of Greenwich it is."
                " Check its place on the map.",
                file=name,
            )
        )
    if text(gps, exif.LAT) or text(gps, exif.LON):
        warn(message("“{file}” writes its GPS position as text. Check its place on the map.", file=name))
    if letter(gps, exif.STATUS) == "V":
        warn(message("The GPS behind “{file}” had no fix: its place may be an old one.", file=name))
    return place


def direction(
    gps: Mapping[int, Value], name: str, warn: Warn
) -> tuple[float | None, Literal["T", "M"] | None]:
    """Degrees clockwise, and from which north; the latter is None where the file does not say."""
    found = number(gps, exif.DIRECTION)
    if found is None:
        return None, None
    if not -360 <= found <= 360:
        warn(
            message(
                "“{file}” looks in a direction of {degrees}°, which there is not.", file=name, degrees=found
            )
        )
        return None, None
    ref = letter(gps, exif.DIRECTION_REF)
    if ref == "T":
        return found % 360, "T"
    if ref == "M":
        return found % 360, "M"
    warn(message("“{file}” does not say if its direction is from true or from magnetic north.", file=name))
    return found % 360, None


def altitude(gps: Mapping[int, Value]) -> float | None:
    """Metres above the sea."""
    found = number(gps, exif.ALTITUDE)
    ref = gps.get(exif.ALTITUDE_REF)
    below = ref is not None and ref[:1] in ((1,), (3,), b"\1", b"\3", b"1")
    return -abs(found) if found is not None and below else found


def speed(gps: Mapping[int, Value]) -> float | None:
    """Metres per second; km/h where the file does not say what it is, as the standard has it."""
    found = number(gps, exif.SPEED)
    factor = _METRES_PER_SECOND.get(letter(gps, exif.SPEED_REF) or "K")
    return None if found is None or factor is None else found * factor


def warn_of_zero_denominators(gps: Mapping[int, Value], name: str, warn: Warn) -> None:
    """Tell that some number beside the position is unusable."""
    if any(isnan(n) for tag in _NUMBERS for n in numbers(gps, tag)):
        warn(
            message(
                "Some GPS numbers in “{file}” are divided by zero and left out, such as its direction"
                " or altitude.",
                file=name,
            )
        )


def _degrees(parts: tuple[float, ...]) -> float | None:
    """Degrees, minutes and seconds as degrees."""
    if not parts or not all(isfinite(part) for part in parts[:3]):
        return None
    size = sum(abs(part) / unit for part, unit in zip(parts, (1, 60, 3600), strict=False))
    return -size if parts[0] < 0 else size


def _hemisphere(gps: Mapping[int, Value], ref: int, tag: int, letters: str) -> bool | None:
    """Whether it is the southern or western one; None where neither tag nor text nor sign say it."""
    found = letter(gps, ref)
    if found and found in letters:
        return found == letters[1]
    written = text(gps, tag).upper()
    if written and written[-1] in letters:
        return written[-1] == letters[1]
    return True if numbers(gps, tag)[0] < 0 else None


def _signed(size: float, negative: bool | None) -> float:
    return -abs(size) if negative else abs(size)
