"""HEIC/HEIF files, by libheif through pillow-heif."""

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from camwalk.formats.partial_file import PartialFile
from camwalk.formats.picture import Picture

_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
_NEEDED_BOXES = {b"meta", b"mdat", b"idat"}
_MOST_BOXES = 1000


class _Heif(Protocol):
    size: tuple[int, int]
    info: Mapping[str, bytes | None]


def is_heif(head: bytes) -> bool:
    """Whether a file that starts with `head` is HEIC/HEIF."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def read_heif(file: PartialFile) -> Picture | None:
    """Size and EXIF data; None where the file is cut short or libheif finds nothing to decode."""
    if not _is_whole(file):
        return None
    # Loading libheif takes as long as reading a hundred photos; most walks have no HEIC.
    import pillow_heif

    open_heif = cast(Callable[..., _Heif], pillow_heif.open_heif)  # pyright: ignore[reportUnknownMemberType]
    file.stream.seek(0)
    try:
        heif = open_heif(file.stream, convert_hdr_to_8bit=False)
        width, height = heif.size
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError):
        return None
    exif = heif.info.get("exif") or b""
    return Picture("heif", width, height, exif.removeprefix(b"Exif\0\0"), upright=True)


def _is_whole(file: PartialFile) -> bool:
    """Whether no box that matters reaches beyond the end of the file."""
    offset = 0
    for _ in range(_MOST_BOXES):
        header = file.at(offset, 16)
        if len(header) < 8:
            return offset <= file.size
        length, name = int.from_bytes(header[:4]), header[4:8]
        if length == 0:  # to the end of the file
            return True
        if length == 1:
            length = int.from_bytes(header[8:16])
        if length < 8 or offset + length > file.size:
            return name not in _NEEDED_BOXES  # vendors append trailers that are no boxes
        offset += length
    return True
