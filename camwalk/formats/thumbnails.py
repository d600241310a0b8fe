"""Small upright pictures of photos: at once from EXIF, true ones cached outside the survey."""

import secrets
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image

from camwalk import paths
from camwalk.formats.decoding import TROUBLE, reduced, turned
from camwalk.formats.exif import read_thumbnail
from camwalk.formats.jpeg import read_jpeg
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import part_of, partial_file, unreadable
from camwalk.formats.photo_file import turn_of
from camwalk.formats.picture_kinds import read_picture
from camwalk.model import CamwalkError, message

Size = Literal[256, 1024]

_DECODED = 1000  # a quarter of 12 megapixels: libjpeg then decodes at 1/4 scale, for both sizes at once
_LARGEST_EMBEDDED = 2048
_QUALITY = 82


def embedded_thumbnail(path: str) -> bytes | None:
    """The JPEG that the device put into the EXIF data, upright; None where there is no good one."""
    try:
        with partial_file(path, shown_name(path)) as file:
            picture = read_jpeg(file) if file.head.startswith(b"\xff\xd8\xff") else None
    except (OSError, CamwalkError):
        return None
    if picture is None or not picture.exif:
        return None
    thumbnail = read_thumbnail(picture.exif)
    small = read_jpeg(part_of(thumbnail)) if thumbnail.startswith(b"\xff\xd8\xff") else None
    if small is None or small.suspect or max(small.width, small.height) > _LARGEST_EMBEDDED:
        return None
    turn = turn_of(picture)
    return thumbnail if turn == 1 else _turned_jpeg(thumbnail, turn)


def cached_thumbnail(fingerprint: str, size: Size) -> bytes | None:
    """The true thumbnail of at most `size` pixels a side as JPEG, where it was made before."""
    try:
        return _file(fingerprint, size).read_bytes() or None
    except OSError:
        return None


def thumbnail(path: str, fingerprint: str, size: Size) -> bytes:
    """The true thumbnail of at most `size` pixels a side; made, in both sizes, where it is missing."""
    if cached := cached_thumbnail(fingerprint, size):
        return cached
    name = shown_name(path)
    try:
        picture = _upright(path, name)
    except OSError as error:
        raise unreadable(name, error) from error
    made: dict[int, bytes] = {}
    for side in (1024, 256):
        picture = _fitted(picture, side)
        made[side] = _jpeg(picture)
        _keep(_file(fingerprint, side), made[side])
    return made[size]


def _upright(path: str, name: str) -> Image.Image:
    with partial_file(path, name) as file:
        picture = read_picture(file, name)
        file.stream.seek(0)
        try:
            image = _plain(reduced(file.stream, picture.kind, _DECODED))
        except TROUBLE as error:
            raise CamwalkError(
                message("The picture in “{file}” is damaged and cannot be shown.", file=name)
            ) from error
    return turned(image, turn_of(picture))


def _plain(image: Image.Image) -> Image.Image:
    """RGB or grey, on white where it was transparent."""
    if image.mode in ("RGB", "L"):
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _fitted(image: Image.Image, side: int) -> Image.Image:
    share = side / max(image.size)
    if share >= 1:
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _turned_jpeg(jpeg: bytes, turn: int) -> bytes | None:
    try:
        return _jpeg(turned(_plain(reduced(BytesIO(jpeg), "jpeg", _DECODED)), turn))
    except TROUBLE:
        return None


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _file(fingerprint: str, size: int) -> Path:
    # A fingerprint comes out of a survey file, which a stranger may have made: it is no path.
    key = fingerprint if fingerprint.isalnum() else blake2b(fingerprint.encode(), digest_size=16).hexdigest()
    return paths.cache_folder("thumbnails") / key[:2] / f"{key}-{size}.jpg"


def _keep(file: Path, data: bytes) -> None:
    """Store it if there is room; under another name first, so that nobody ever sees half a picture."""
    part = file.with_name(f"{file.stem}-{secrets.token_hex(4)}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(file)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
