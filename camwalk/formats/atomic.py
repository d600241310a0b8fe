"""Writing a file so that it is either the old one or the new one, whole."""

import errno
import os
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from camwalk.formats.names import shown_name
from camwalk.model import CamwalkError, Message, message


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
        raise CamwalkError(_unwritten(shown_name(os.fspath(path)), error)) from error
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


_NO_FOLDER = message(
    "“{file}” could not be written: there is no such folder. What was there before is unchanged."
)
_MAY_NOT = message(
    "“{file}” could not be written: you have no permission to. What was there before is unchanged."
)
_REASONS: Mapping[int | None, Message] = {
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EACCES: _MAY_NOT,
    errno.EPERM: _MAY_NOT,
    errno.EROFS: _MAY_NOT,
    errno.EISDIR: message("“{file}” could not be written: it is a folder."),
    errno.ENOSPC: message(
        "“{file}” could not be written: the disk is full. What was there before is unchanged."
    ),
}
"""What the system says most, in the reader's language."""


def _unwritten(name: str, error: OSError) -> Message:
    if error.errno in _REASONS:
        return Message(_REASONS[error.errno].text, (("file", name),))
    return message(
        "“{file}” could not be written ({detail}). What was there before is unchanged.",
        file=name,
        detail=error.strerror or str(error),
    )


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
