"""How files, and what strangers wrote in them, are called in sentences."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from camwalk.model import CamwalkError, message

# Control characters steer a terminal; overrides of the direction make a text look like another one.
HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` in one line without anything that could steer a terminal; as long as it was."""
    return HARMFUL.sub(lambda c: " " if c[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)


def shown_name(path: str) -> str:
    """The base name of `path` as text that can be shown and stored, whatever bytes it is made of."""
    return plain(os.fsencode(Path(path).name).decode("utf-8", "replace"))


def ending_of(path: Path, endings: Sequence[str]) -> str:
    """The one of `endings` that `path` has, whatever its case. CamwalkError for any other."""
    ending = path.suffix.lower()
    if ending not in endings:
        raise CamwalkError(
            message(
                "“{file}” does not say in which form to write. Let it end in one of: {endings}.",
                file=shown_name(str(path)),
                endings=" ".join(endings),
            )
        )
    return ending
