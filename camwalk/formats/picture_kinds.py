"""Which kind of picture a file holds, by its content and not by its name."""

from camwalk.formats.heif import is_heif, read_heif
from camwalk.formats.jpeg import read_jpeg
from camwalk.formats.partial_file import PartialFile
from camwalk.formats.picture import MOST_PIXELS, Kind, Picture
from camwalk.formats.png import read_png
from camwalk.model import CamwalkError, message

_OTHER_PICTURES = (b"GIF8", b"II*\0", b"MM\0*", b"\xff\x0a", b"8BPS", b"FUJIFILM")


def read_picture(file: PartialFile, name: str) -> Picture:
    """Size and EXIF data of the picture; CamwalkError where there is none that could be shown."""
    picture = _READERS[_kind(file.head, name)](file)
    if picture is None:
        raise CamwalkError(
            message(
                "“{file}” is damaged or cut short: no picture is left in it. Copy it again from the device.",
                file=name,
            )
        )
    if picture.width * picture.height > MOST_PIXELS:
        raise CamwalkError(
            message(
                "“{file}” claims to be {width} by {height} pixels large. That is no photo of a walk,"
                " and opening it could take all memory.",
                file=name,
                width=picture.width,
                height=picture.height,
            )
        )
    return picture


_READERS = {"jpeg": read_jpeg, "heif": read_heif, "png": read_png}


def _kind(head: bytes, name: str) -> Kind:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if is_heif(head):
        return "heif"
    if head.startswith(_OTHER_PICTURES) or head[8:12] in (b"WEBP", b"avif", b"avis", b"crx "):
        raise CamwalkError(
            message(
                "“{file}” is a kind of picture that Camwalk does not read. Save it as JPEG and import that.",
                file=name,
            )
        )
    if name.lower().endswith((".csv", ".tsv", ".txt", ".json", ".osc", ".osm", ".pbf")):
        raise CamwalkError(
            message(
                "“{file}” is neither a photo nor a track. If it lists cameras, bring it in under “Cameras to"
                " compare with”.",
                file=name,
            )
        )
    raise CamwalkError(message("“{file}” is not a picture, whatever its name says.", file=name))
