"""Photos made by hand, so that every kind of damage can be put into them."""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

Field = tuple[int, int, bytes]
"""EXIF type, count and big-endian content."""

MAKE, MODEL, ORIENTATION, DATE_TIME = 0x010F, 0x0110, 0x0112, 0x0132
DATE_ORIGINAL, DATE_DIGITIZED, OFFSET, OFFSET_ORIGINAL = 0x9003, 0x9004, 0x9010, 0x9011
SUBSEC_ORIGINAL, FOCAL, FOCAL_35MM, SERIAL = 0x9291, 0x920A, 0xA405, 0xA431
PIXELS_WIDE, PIXELS_HIGH, ZOOM = 0xA002, 0xA003, 0xA404
LAT_REF, LAT, LON_REF, LON, ALTITUDE_REF, ALTITUDE, TIME, STATUS = 1, 2, 3, 4, 5, 6, 7, 9
SPEED_REF, SPEED, TRACK, DIRECTION_REF, DIRECTION, DATE, ACCURACY = 12, 13, 15, 16, 17, 29, 31


def ascii_field(text: str | bytes, *, closed: bool = True) -> Field:
    raw = (text.encode() if isinstance(text, str) else text) + (b"\0" if closed else b"")
    return 2, len(raw), raw


def short_field(*values: int) -> Field:
    return 3, len(values), struct.pack(f">{len(values)}H", *values)


def byte_field(*values: int) -> Field:
    return 1, len(values), bytes(values)


def rational_field(*pairs: tuple[int, int]) -> Field:
    return 5, len(pairs), b"".join(struct.pack(">LL", *pair) for pair in pairs)


def degrees_field(degrees: float) -> Field:
    return rational_field((int(degrees), 1), (0, 1), (round(degrees % 1 * 3600 * 1000), 1000))


HELSINKI: dict[int, Field] = {
    LAT_REF: ascii_field("N"),
    LAT: rational_field((60, 1), (10, 1), (1234, 100)),
    LON_REF: ascii_field("E"),
    LON: rational_field((24, 1), (56, 1), (3, 1)),
}
NOON: dict[int, Field] = {DATE_ORIGINAL: ascii_field("2026:06:14 12:00:01")}
PHONE: dict[int, Field] = {MAKE: ascii_field("Maker"), MODEL: ascii_field("Phone 1")}


def tiff(
    image: dict[int, Field] | None = None,
    photo: dict[int, Field] | None = None,
    gps: dict[int, Field] | None = None,
    thumbnail: bytes = b"",
) -> bytes:
    """An EXIF block with these tags, whatever they hold."""
    first = dict(PHONE if image is None else image)
    first[0x8769] = first[0x8825] = (4, 1, bytes(4))
    content = bytearray(b"MM\0*\0\0\0\x08")
    places = _append(content, first)
    pointers = {0x8769: len(content)}
    _append(content, NOON if photo is None else photo)
    pointers[0x8825] = len(content)
    _append(content, HELSINKI if gps is None else gps)
    for tag, offset in pointers.items():
        struct.pack_into(">L", content, places[tag], offset)
    if thumbnail:
        struct.pack_into(">L", content, 8 + 2 + 12 * len(first), len(content))
        length = (4, 1, struct.pack(">L", len(thumbnail)))
        places = _append(content, {0x0201: (4, 1, bytes(4)), 0x0202: length})
        struct.pack_into(">L", content, places[0x0201], len(content))
        content += thumbnail
    return bytes(content)


def _append(content: bytearray, tags: dict[int, Field]) -> dict[int, int]:
    """Append a directory and its values; where each tag's four bytes of value or offset are."""
    start = len(content)
    values = start + 2 + 12 * len(tags) + 4
    entries, data, places = bytearray(struct.pack(">H", len(tags))), bytearray(), dict[int, int]()
    for tag, (kind, count, raw) in sorted(tags.items()):
        places[tag] = start + len(entries) + 8
        inline = raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack(">L", values + len(data))
        entries += struct.pack(">HHL", tag, kind, count) + inline
        data += raw if len(raw) > 4 else b""
    content += entries + bytes(4) + data
    return places


def picture(width: int = 64, height: int = 48) -> Image.Image:
    """Noise, so that it does not compress away, with a red top left quarter."""
    noise = np.random.default_rng(1).integers(0, 120, (height, width, 3), dtype=np.uint8)
    noise[: height // 2, : width // 2] = (230, 20, 20)
    return Image.fromarray(noise)


def encoded(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(exif: bytes | None = None, width: int = 64, height: int = 48) -> bytes:
    """A JPEG with this EXIF block; with a good one where none is given, without any for b""."""
    block = tiff() if exif is None else exif
    plain = encoded(picture(width, height), quality=90)
    return plain[:2] + segment(0xE1, b"Exif\0\0" + block) + plain[2:] if block else plain


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def written(folder: Path, content: bytes, name: str = "photo.jpg") -> str:
    """The path of a new file with this content."""
    file = folder / name
    file.write_bytes(content)
    return str(file)
