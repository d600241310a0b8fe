"""Writing a file so that it is either the old one or the new one, whole."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from camwalk.formats.names import shown_name
from camwalk.model import CamwalkError, message


@contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """A file to write that takes the place of `path` when all is written, on any trouble not at all.

    Raises CamwalkError where the folder cannot be written to or the disk is full.
    """
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise CamwalkError(
            message(
                "“{file}” could not be written ({detail}). What was there before is unchanged.",
                file=shown_name(os.fspath(path)), detail=error.strerror or str(error),
            )
        ) from error  # fmt: skip
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
