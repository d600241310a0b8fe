"""What is known of a picture before it is decoded."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["jpeg", "heif", "png"]

MOST_PIXELS = 250_000_000
"""A picture above this is refused: decoding it could take all memory."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Size in pixels as stored, and the EXIF data as a TIFF structure (empty: none)."""

    kind: Kind
    width: int
    height: int
    exif: bytes = b""
    suspect: bool = False  # the end of the file looks as if something is missing
    upright: bool = False  # the decoder turns it itself; Orientation must not be applied again
