"""Real photo files for the tests of the window, and surveys that hold them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import piexif
from PIL import Image

from camwalk.model import Device, Photo, Survey, Walk, new_id

START = datetime(2026, 11, 15, 13, 0, tzinfo=UTC)
WALK = Walk(id="w", name="2026-11-15", zone="Europe/Helsinki")
DEVICE = Device(id="d", walk="w", name="Phone", zone="Europe/Helsinki")

# What a device does to the upright picture before it stores it under each Orientation.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def four_colours(width: int, height: int) -> Image.Image:
    """Red and green above, blue and yellow below."""
    picture = Image.new("RGB", (2, 2))
    picture.putdata([(220, 0, 0), (0, 160, 0), (0, 0, 220), (220, 200, 0)])
    return picture.resize((width, height), Image.Resampling.NEAREST)


def plain(colour: str, width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def write_photo(
    path: Path, upright: Image.Image, orientation: int = 1, thumbnail: Image.Image | None = None
) -> Path:
    """Write `upright` as a device would that holds it by `orientation`."""
    turn = STORED[orientation]
    exif: dict[str, object] = {"0th": {piexif.ImageIFD.Orientation: orientation}}
    if thumbnail is not None:
        small = BytesIO()
        (thumbnail.transpose(turn) if turn is not None else thumbnail).save(small, "JPEG")
        exif |= {"thumbnail": small.getvalue(), "1st": {piexif.ImageIFD.Compression: 6}}
    stored = upright.transpose(turn) if turn is not None else upright
    stored.save(path, quality=92, exif=piexif.dump(exif))
    return path


def photo_of(path: Path, size: tuple[int, int] | None = None, **facts: object) -> Photo:
    """A record for the file at `path`."""
    width, height = size or (None, None)
    values: dict[str, object] = {
        "id": new_id(), "walk": "w", "device": "d", "path": str(path), "size": 1, "fingerprint": new_id(),
        "width": width, "height": height, "utc": START, "lat": 60.17, "lon": 24.94, "source": "exif",
    }  # fmt: skip
    return Photo(**{**values, **facts})  # pyright: ignore[reportArgumentType]


def survey_of(*photos: Photo) -> Survey:
    return Survey(walks={"w": WALK}, devices={"d": DEVICE}, photos={p.id: p for p in photos})


def minutes(n: float) -> datetime:
    return START + timedelta(minutes=n)
