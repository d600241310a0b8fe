"""How a file is called in sentences."""

import os
from pathlib import Path

_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], "\N{REPLACEMENT CHARACTER}")


def shown_name(path: str) -> str:
    """The base name of `path` as text that can be shown and stored, whatever bytes it is made of."""
    return os.fsencode(Path(path).name).decode("utf-8", "replace").translate(_CONTROL)
