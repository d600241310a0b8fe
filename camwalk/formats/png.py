"""PNG files: size, EXIF data and whether the end is there, by walking the chunks."""

from camwalk.formats.partial_file import PartialFile
from camwalk.formats.picture import Picture

_MOST_CHUNKS = 100_000
_MOST_EXIF = 4_000_000


def read_png(file: PartialFile) -> Picture | None:
    """What the chunks say; None where the first one does not tell a size."""
    header = file.at(8, 16)
    width, height = int.from_bytes(header[8:12]), int.from_bytes(header[12:16])
    if header[4:8] != b"IHDR" or not (width and height):
        return None
    exif, name = b"", b""
    offset = 8
    for _ in range(_MOST_CHUNKS):
        chunk = file.at(offset, 8)
        length, name = int.from_bytes(chunk[:4]), chunk[4:]
        if name in (b"IEND", b""):
            break
        if name == b"eXIf" and length <= _MOST_EXIF:
            exif = file.at(offset + 8, length).removeprefix(b"Exif\0\0")
        offset += 12 + length
    return Picture("png", width, height, exif, suspect=name != b"IEND")
