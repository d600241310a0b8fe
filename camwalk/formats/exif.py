"""EXIF data: the few tags that a walk needs, read straight from the TIFF structure.

Not with piexif: it cuts the last letter off text without a closing NUL (an "S" for south, a digit
of a second: both occur), gives up on everything when one tag is broken, builds gigabytes when a
tag claims them, and takes almost three times as long.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan

Value = bytes | tuple[float, ...]
"""Text and raw bytes as they are; numbers as floats, NaN where something is divided by zero."""

MAKE, MODEL, ORIENTATION, DATE_TIME, CAMERA_SERIAL = 0x010F, 0x0110, 0x0112, 0x0132, 0xC62F
_EXIF_POINTER, _GPS_POINTER = 0x8769, 0x8825
DATE_ORIGINAL, DATE_DIGITIZED = 0x9003, 0x9004
OFFSET, OFFSET_ORIGINAL, OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012
SUBSEC, SUBSEC_ORIGINAL, SUBSEC_DIGITIZED = 0x9290, 0x9291, 0x9292
FOCAL, FOCAL_35MM, BODY_SERIAL = 0x920A, 0xA405, 0xA431
PIXELS_WIDE, PIXELS_HIGH, DIGITAL_ZOOM = 0xA002, 0xA003, 0xA404
LAT_REF, LAT, LON_REF, LON, ALTITUDE_REF, ALTITUDE, TIME, STATUS = 1, 2, 3, 4, 5, 6, 7, 9
SPEED_REF, SPEED, COURSE, DIRECTION_REF, DIRECTION, DATE, ACCURACY = 12, 13, 15, 16, 17, 29, 31
_THUMBNAIL, _THUMBNAIL_LENGTH = 0x0201, 0x0202

_IMAGE = frozenset({MAKE, MODEL, ORIENTATION, DATE_TIME, CAMERA_SERIAL, _EXIF_POINTER, _GPS_POINTER})
_PHOTO = frozenset(
    {DATE_ORIGINAL, DATE_DIGITIZED, OFFSET, OFFSET_ORIGINAL, OFFSET_DIGITIZED, SUBSEC}
    | {SUBSEC_ORIGINAL, SUBSEC_DIGITIZED, FOCAL, FOCAL_35MM, BODY_SERIAL}
    | {PIXELS_WIDE, PIXELS_HIGH, DIGITAL_ZOOM}
    | {MAKE, MODEL}  # misplaced, but there are phones that do it
)
_GPS = frozenset(
    {LAT_REF, LAT, LON_REF, LON, ALTITUDE_REF, ALTITUDE, TIME, STATUS, SPEED_REF, SPEED}
    | {COURSE, DIRECTION_REF, DIRECTION, DATE, ACCURACY}
)
_THUMBNAIL_TAGS = frozenset({_THUMBNAIL, _THUMBNAIL_LENGTH})

_BYTES = {2: 1, 7: 1, 129: 1}  # text, raw bytes, UTF-8
_NUMBERS = {1: "B", 3: "H", 4: "L", 6: "b", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L"}
_RATIONALS = {5: "L", 10: "l"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_MOST_VALUES = 16  # no number that we want has more
_MOST_BYTES = 1000


@dataclass(frozen=True, slots=True)
class ExifTags:
    """The tags of the three groups; `damaged` where some of them could not be read."""

    image: Mapping[int, Value] = field(default_factory=dict[int, Value])
    photo: Mapping[int, Value] = field(default_factory=dict[int, Value])
    gps: Mapping[int, Value] = field(default_factory=dict[int, Value])
    damaged: bool = False


def read_tags(tiff: bytes) -> ExifTags:
    """The tags in `tiff`, as many as can be read."""
    order = _byte_order(tiff)
    if order is None:
        return ExifTags(damaged=True)
    image, _, whole = _directory(tiff, order, _pointer(tiff, order, 4), _IMAGE)
    groups: list[dict[int, Value]] = []
    for tag, wanted in ((_EXIF_POINTER, _PHOTO), (_GPS_POINTER, _GPS)):
        group: dict[int, Value] = {}
        if tag in image:
            group, _, fine = _directory(tiff, order, _offset(image[tag]), wanted)
            whole = whole and fine
        groups.append(group)
    return ExifTags(image, groups[0], groups[1], not whole)


def read_thumbnail(tiff: bytes) -> bytes:
    """The embedded JPEG, unrotated and unchecked; empty where there is none."""
    order = _byte_order(tiff)
    if order is None:
        return b""
    _, following, _ = _directory(tiff, order, _pointer(tiff, order, 4), frozenset())
    tags, _, _ = _directory(tiff, order, following, _THUMBNAIL_TAGS) if following else ({}, 0, True)
    if _THUMBNAIL not in tags or _THUMBNAIL_LENGTH not in tags:
        return b""
    start = _offset(tags[_THUMBNAIL])
    return tiff[start : start + _offset(tags[_THUMBNAIL_LENGTH])]


def _byte_order(tiff: bytes) -> str | None:
    return {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])


def _pointer(tiff: bytes, order: str, at: int) -> int:
    return int.from_bytes(tiff[at : at + 4], "little" if order == "<" else "big")


def _offset(value: Value) -> int:
    return int(value[0]) if isinstance(value, tuple) and value and value[0] >= 0 else 0


def _directory(
    tiff: bytes, order: str, at: int, wanted: frozenset[int]
) -> tuple[dict[int, Value], int, bool]:
    """The `wanted` tags of the directory at `at`, where the next one is, and whether all was readable."""
    count = int.from_bytes(tiff[at : at + 2], "little" if order == "<" else "big")
    start, end = at + 2, at + 2 + 12 * count
    if at < 8 or start > len(tiff):
        return {}, 0, False
    whole = end <= len(tiff)
    if not whole:
        end = start + (len(tiff) - start) // 12 * 12
    tags: dict[int, Value] = {}
    for index, (tag, kind, number) in enumerate(struct.iter_unpack(order + "HHL4x", tiff[start:end])):
        if tag in wanted and tag not in tags:
            value = _value(tiff, order, kind, number, start + 12 * index + 8)
            if value is None:
                whole = False
            else:
                tags[tag] = value
    return tags, _pointer(tiff, order, end), whole


def _value(tiff: bytes, order: str, kind: int, number: int, at: int) -> Value | None:
    """The value whose field is at `at`; None where it has no known type or lies outside the data."""
    if kind not in _SIZES:
        return None
    if _SIZES[kind] * number > 4:
        at = _pointer(tiff, order, at)
    number_kept = min(number, _MOST_BYTES if kind in _BYTES else _MOST_VALUES)
    raw = tiff[at : at + _SIZES[kind] * number_kept]
    if at + _SIZES[kind] * number > len(tiff):
        return None
    if kind in _BYTES:
        return raw
    if kind in _RATIONALS:
        numbers = struct.unpack(f"{order}{2 * number_kept}{_RATIONALS[kind]}", raw)
        return tuple(a / b if b else nan for a, b in zip(numbers[::2], numbers[1::2], strict=True))
    return struct.unpack(f"{order}{number_kept}{_NUMBERS[kind]}", raw)
