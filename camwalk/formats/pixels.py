"""Photos decoded to upright pixels, for whoever paints them."""

from dataclasses import dataclass

from PIL import Image

from camwalk.formats.decoding import TROUBLE, decodes_fully, reduced, turned
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import PartialFile, partial_file, unreadable
from camwalk.formats.photo_file import turn_of
from camwalk.formats.picture import Picture
from camwalk.formats.picture_kinds import read_picture
from camwalk.model import CamwalkError, message

MOST_DECODED = 120_000_000
"""Pixels above which a picture is shown at half its size, a quarter and so on, to spare memory."""

_BAND = 256  # rows


@dataclass(frozen=True, slots=True)
class Pixels:
    """An upright picture, four bytes a pixel: red, green, blue, 255.

    `full` is the size of the whole upright picture, of which this may be a reduced copy; `whole`
    is False where the file breaks off and the rest is grey.
    """

    width: int
    height: int
    data: bytearray
    full: tuple[int, int]
    whole: bool


def upright_pixels(path: str, longest: int | None = None) -> Pixels:
    """The photo at `path`, reduced to sides of about `longest` pixels; CamwalkError where it has none."""
    name = shown_name(path)
    try:
        with partial_file(path, name) as file:
            return _pixels(file, name, longest)
    except OSError as error:
        raise unreadable(name, error) from error


def _pixels(file: PartialFile, name: str, longest: int | None) -> Pixels:
    picture = read_picture(file, name)
    turn, stream = turn_of(picture), file.stream
    try:
        stream.seek(0)
        whole = not picture.suspect or decodes_fully(stream, picture.kind)
        stream.seek(0)
        image = _reduced(reduced(stream, picture.kind, _side(picture, longest)), longest)
    except TROUBLE as error:
        raise CamwalkError(
            message(
                "The picture in “{file}” is damaged and cannot be shown. Copy it again from the device.",
                file=name,
            )
        ) from error
    image = turned(image, turn)
    full = (picture.width, picture.height) if turn < 5 else (picture.height, picture.width)
    return Pixels(image.width, image.height, _bytes(image), full, whole)


def _bytes(image: Image.Image) -> bytearray:
    """The pixels, band by band: copied at once they would keep the other threads waiting for 20 ms."""
    row = image.width * 4
    data = bytearray(row * image.height)
    for top in range(0, image.height, _BAND):
        bottom = min(top + _BAND, image.height)
        band = image.crop((0, top, image.width, bottom))
        data[top * row : bottom * row] = band.tobytes("raw", "RGBX")
    return data


def _side(picture: Picture, longest: int | None) -> int:
    """How long the longer side of the decoded picture needs to be at least."""
    side = max(picture.width, picture.height)
    wanted = min(longest or side, side)
    while picture.width * picture.height * (wanted / side) ** 2 > MOST_DECODED:
        wanted //= 2
    return wanted


def _reduced(image: Image.Image, longest: int | None) -> Image.Image:
    image = image if image.mode == "RGB" else image.convert("RGB")
    share = (longest or max(image.size)) / max(image.size)
    if share > 0.8:  # the painter does the rest as well, without another pass
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
