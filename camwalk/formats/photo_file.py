"""A photo as its file describes it: JPEG, HEIC or PNG.

A photo that can still be used comes in with warnings; what cannot be is a CamwalkError.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from camwalk.formats import exif, exif_gps, exif_times
from camwalk.formats.exif import ExifTags, read_tags
from camwalk.formats.exif_values import number, text
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import PartialFile, partial_file, unreadable
from camwalk.formats.picture import Picture
from camwalk.formats.picture_kinds import read_picture
from camwalk.model import CamwalkError, Message, is_panorama, message, same_shape

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif", ".png"})
"""Lower-case endings of names under which photos come."""

_SCREENSHOT = re.compile(
    r"screen[ _-]?shot|screen[ _-]?capture|capture[ _]d.[eé]cran|bildschirmfoto|captura[ _]de[ _]"
    r"|schermafbeelding|schermata|zrzut|skärm|スクリーンショット"
)


_SPHERE = b"GPano:ProjectionType"  # XMP of pictures that were stitched together
_HASHED = 16384  # bytes: EXIF and its thumbnail tell any two photos apart


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """The facts of one file, under the names of `camwalk.model.Photo`.

    `width` and `height` are those of the upright picture. `orientation` is what a decoder's
    picture still has to be turned by: always 1 for HEIC, which decoders turn themselves.
    """

    path: str
    size: int
    fingerprint: str
    width: int
    height: int
    orientation: int
    make: str
    model: str
    serial: str
    taken: datetime | None
    taken_offset: int | None
    gps_time: datetime | None
    exif_lat: float | None
    exif_lon: float | None
    altitude: float | None
    accuracy: float | None
    speed: float | None
    course: float | None
    direction: float | None
    direction_ref: Literal["T", "M"] | None
    focal_mm: float | None
    focal_35mm: float | None
    zoom: float | None
    full_width: int | None
    full_height: int | None
    warnings: tuple[Message, ...]


def read_photo(path: str) -> PhotoFile:
    """Read the photo at `path`, at most 70 KB of a JPEG; CamwalkError where it is of no use."""
    name = shown_name(path)
    try:
        with partial_file(path, name) as file:
            return _photo(path, name, file)
    except OSError as error:
        raise unreadable(name, error) from error


def fingerprint(file: PartialFile) -> str:
    """What stays the same when a photo is moved or renamed: its size and first 16 KB, hashed."""
    return sha256(file.size.to_bytes(8, "little") + file.head[:_HASHED]).hexdigest()[:32]


def orientation(tags: ExifTags) -> int:
    """EXIF Orientation, 1 to 8; 1 where it is missing or makes no sense."""
    found = number(tags.image, exif.ORIENTATION)
    return int(found) if found and found in range(1, 9) else 1


def turn_of(picture: Picture) -> int:
    """The EXIF Orientation that is still to be applied to what the decoder gives."""
    return 1 if picture.upright or not picture.exif else orientation(read_tags(picture.exif))


def _photo(path: str, name: str, file: PartialFile) -> PhotoFile:
    picture = read_picture(file, name)
    tags = read_tags(picture.exif) if picture.exif else ExifTags()
    _refuse_screenshot(picture, tags, name)
    warnings: list[Message] = []
    warn = warnings.append
    if tags.damaged:
        warn(message("The EXIF data of “{file}” is damaged. What could be read of it is used.", file=name))
    if picture.suspect and not _decodes(file, picture):
        warn(message("“{file}” is cut short or damaged: part of the picture is missing.", file=name))
    turn = 1 if picture.upright else orientation(tags)
    size = (picture.width, picture.height) if turn < 5 else (picture.height, picture.width)
    full = _full_size(tags)
    if full[0] and full[1] and not same_shape((full[0], full[1]), size):
        warn(message("“{file}” was cropped, so directions in it are rough.", file=name))
    if is_panorama(*size) or _SPHERE in file.head:
        warn(message("“{file}” is a panorama, so directions in it are rough.", file=name))
    zoom = number(tags.photo, exif.DIGITAL_ZOOM) or None
    if zoom and zoom > 1:
        told = message(
            "“{file}” was taken with {zoom}× digital zoom, so directions in it may be a little off.",
            file=name,
            zoom=round(zoom, 1),
        )
        warn(told)
    taken, taken_offset = exif_times.taken(tags, name, warn)
    place = exif_gps.position(tags.gps, name, warn)
    direction, direction_ref = exif_gps.direction(tags.gps, name, warn)
    exif_gps.warn_of_zero_denominators(tags.gps, name, warn)
    return PhotoFile(
        path=path,
        size=file.size,
        fingerprint=fingerprint(file),
        width=size[0],
        height=size[1],
        orientation=turn,
        make=text(tags.image, exif.MAKE) or text(tags.photo, exif.MAKE),
        model=text(tags.image, exif.MODEL) or text(tags.photo, exif.MODEL),
        serial=text(tags.photo, exif.BODY_SERIAL) or text(tags.image, exif.CAMERA_SERIAL),
        taken=taken,
        taken_offset=taken_offset,
        gps_time=exif_times.gps_time(tags.gps, name, warn),
        exif_lat=place.lat if place else None,
        exif_lon=place.lon if place else None,
        altitude=exif_gps.altitude(tags.gps),
        accuracy=number(tags.gps, exif.ACCURACY),
        speed=exif_gps.speed(tags.gps),
        course=number(tags.gps, exif.COURSE),
        direction=direction,
        direction_ref=direction_ref,
        focal_mm=number(tags.photo, exif.FOCAL) or None,
        focal_35mm=number(tags.photo, exif.FOCAL_35MM) or None,
        zoom=zoom,
        full_width=full[0],
        full_height=full[1],
        warnings=tuple(warnings),
    )


def _full_size(tags: ExifTags) -> tuple[int, int] | tuple[None, None]:
    """Pixels of the upright picture as the device wrote it; programs that crop often leave this as it was."""
    wide, high = (number(tags.photo, tag) for tag in (exif.PIXELS_WIDE, exif.PIXELS_HIGH))
    if not (wide and high and wide >= 1 and high >= 1):
        return None, None
    return (int(wide), int(high)) if orientation(tags) < 5 else (int(high), int(wide))


def _refuse_screenshot(picture: Picture, tags: ExifTags, name: str) -> None:
    named = _SCREENSHOT.search(unicodedata.normalize("NFC", name).casefold())
    if not (named or picture.kind == "png"):
        return
    if not (exif.MAKE in tags.image or exif.MODEL in tags.image or exif.LAT in tags.gps):
        raise CamwalkError(message("“{file}” looks like a screenshot, so it was skipped.", file=name))


def _decodes(file: PartialFile, picture: Picture) -> bool:
    # Pillow takes longer to load than a hundred photos to read; only suspects need it.
    from camwalk.formats.decoding import decodes_fully

    file.stream.seek(0)
    return decodes_fully(file.stream, picture.kind)
