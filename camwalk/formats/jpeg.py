"""JPEG files: size, EXIF data and whether the end is there, by walking the segments."""

import re
from collections.abc import Iterator

from camwalk.formats.partial_file import PartialFile
from camwalk.formats.picture import Picture

_TAIL = 4096
_MOST_SEGMENTS = 2000
_EOI = b"\xff\xd9"
_SOS = 0xDA
_EXIF = 0xE1
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MOTION_VIDEO = re.compile(rb'(?:MicroVideoOffset|Item:Length)(?:="|>)(\d{1,12})')


def read_jpeg(file: PartialFile) -> Picture | None:
    """What the segments before the picture data say; None where they do not lead to a picture."""
    width = height = start = 0
    exif = b""
    for marker, offset, length in _segments(file):
        if marker == _EXIF and not exif and file.at(offset, 5) == b"Exif\0":
            exif = file.at(offset + 6, length - 6)
        elif marker in _SIZES and length >= 6:
            size = file.at(offset + 1, 4)
            height, width = int.from_bytes(size[:2]), int.from_bytes(size[2:])
        elif marker == _SOS:
            start = offset
    if not (width and height):
        return None
    return Picture("jpeg", width, height, exif, suspect=not start or not _end_is_there(file, start))


def _segments(file: PartialFile) -> Iterator[tuple[int, int, int]]:
    """Marker, and offset and length of what it holds, up to and including the start of the scan."""
    offset = 2
    for _ in range(_MOST_SEGMENTS):
        header = file.at(offset, 4)
        if len(header) < 4 or header[0] != 0xFF:
            return
        marker = header[1]
        if marker == 0xFF:  # a fill byte
            offset += 1
            continue
        length = int.from_bytes(header[2:])
        yield marker, offset + 4, length - 2
        if marker == _SOS:
            return
        offset += 2 + length


def _end_is_there(file: PartialFile, start: int) -> bool:
    """Whether the file ends with the end of a picture, or with something that belongs behind it."""
    offset = max(start, file.size - _TAIL)
    tail = file.at(offset, file.size - offset)
    return _EOI in tail or tail.endswith(b"SEFT") or _ends_with_motion_video(file)


def _ends_with_motion_video(file: PartialFile) -> bool:
    lengths = (int(digits) for digits in _MOTION_VIDEO.findall(file.head))
    return any(0 < n < file.size and file.at(file.size - n + 4, 4) == b"ftyp" for n in lengths)
