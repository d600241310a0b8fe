"""Pictures through Pillow, without its registry and its global switches."""

import struct
from io import BytesIO
from typing import IO

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from camwalk.formats.picture import Kind

TROUBLE = (OSError, ValueError, SyntaxError, RuntimeError, EOFError, LookupError, TypeError, struct.error)
"""What Pillow and libheif raise for pictures they cannot decode."""


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def opened(stream: IO[bytes], kind: Kind) -> ImageFile.ImageFile:
    """The picture, not decoded yet. Any size: who calls this has looked at the number of pixels."""
    if kind == "jpeg":
        return JpegImageFile(stream)
    if kind == "png":
        return PngImageFile(stream)
    # Loading libheif takes as long as reading a hundred photos; most walks have no HEIC.
    from pillow_heif import HeifImageFile

    return HeifImageFile(stream)


def decodes_fully(stream: IO[bytes], kind: Kind) -> bool:
    """Whether nothing of the picture is missing."""
    try:
        image = opened(stream, kind)
        image.draft("L", (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
    except TROUBLE:
        return False
    return True


def reduced(stream: IO[bytes], kind: Kind, longest: int) -> Image.Image:
    """The picture with sides of about `longest` pixels or more, as stored; what is cut off is grey.

    Raises one of TROUBLE where nothing can be decoded.
    """
    try:
        return _drafted(stream, kind, longest)
    except OSError:
        if kind != "jpeg":
            raise
    # Pillow refuses a JPEG without its end; with an end marker put there, libjpeg shows what it has.
    stream.seek(0)
    return _drafted(BytesIO(stream.read() + b"\xff\xd9"), kind, longest)


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as EXIF Orientation wants it shown."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def _drafted(stream: IO[bytes], kind: Kind, longest: int) -> Image.Image:
    image = opened(stream, kind)
    share = min(1.0, longest / max(image.size))
    image.draft("RGB", (round(image.width * share) or 1, round(image.height * share) or 1))
    image.load()
    return image
