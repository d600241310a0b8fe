"""The pictures of photos, in the sizes a window needs. Every function here may block: call it in a worker."""

import os
from typing import Literal

from camwalk.formats.names import shown_name
from camwalk.formats.pixels import Pixels
from camwalk.formats.pixels import upright_pixels as _pixels
from camwalk.formats.thumbnails import cached_thumbnail, embedded_thumbnail, thumbnail
from camwalk.model import CamwalkError, Message, Photo, message

__all__ = ["Pixels", "file_name", "missing", "picture_at_once", "small_picture", "upright_pixels"]


def file_name(photo: Photo) -> str:
    """The photo's name as text that can be shown, whatever bytes it is made of. Does not block."""
    return shown_name(photo.path)


def picture_at_once(photo: Photo) -> tuple[bytes, bool] | None:
    """A small upright JPEG without decoding the photo, and whether it is a true one; None without any."""
    if cached := cached_thumbnail(photo.fingerprint, 256):
        return cached, True
    embedded = embedded_thumbnail(photo.path)
    return (embedded, False) if embedded else None


def small_picture(photo: Photo, size: Literal[256, 1024]) -> bytes:
    """The true upright JPEG with sides up to `size` pixels; also where the file has gone but it was kept."""
    if cached := cached_thumbnail(photo.fingerprint, size):
        return cached
    _must_be_there(photo)
    return thumbnail(photo.path, photo.fingerprint, size)


def upright_pixels(photo: Photo, longest: int | None = None) -> Pixels:
    """The photo itself, decoded to sides of about `longest` pixels (None: all there are)."""
    _must_be_there(photo)
    return _pixels(photo.path, longest)


def missing(photo: Photo) -> Message | None:
    """What to tell where the file is not in its folder any more."""
    if os.path.exists(photo.path):
        return None
    return message(
        "“{file}” is no longer in its folder. If you moved it, import its new folder:"
        " Camwalk recognises it by its content.",
        file=file_name(photo),
    )


def _must_be_there(photo: Photo) -> None:
    if gone := missing(photo):
        raise CamwalkError(gone)
