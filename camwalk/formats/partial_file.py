"""Files that strangers made, opened with care; of photos only the parts that matter are read."""

import errno
import os
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, cast

from camwalk.formats.names import shown_name
from camwalk.model import CamwalkError, Message, message

HEAD = 32768
LARGEST = 512 << 20  # bytes of a file that is read whole


_MAY_NOT = message("“{file}” cannot be read: you have no permission to.")
_REASONS: Mapping[int | None, Message] = {
    errno.ENOENT: message("“{file}” cannot be read: there is no such file."),
    errno.ENOTDIR: message("“{file}” cannot be read: there is no such file."),
    errno.EISDIR: message("“{file}” is a folder, not a file."),
    errno.EACCES: _MAY_NOT,
    errno.EPERM: _MAY_NOT,
}
"""What the system says most, in the reader's language."""


@dataclass(frozen=True, slots=True)
class PartialFile:
    """A file whose first 32 KB are in `head`; the rest is read where it is asked for."""

    stream: IO[bytes]
    size: int
    head: bytes

    def at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end of the file."""
        end = min(offset + length, self.size)
        known = self.head[offset:end]
        if end <= len(self.head):
            return known
        self.stream.seek(offset + len(known))
        return known + _read(self.stream, end - offset - len(known))


def part_of(data: bytes) -> PartialFile:
    """`data` in the shape of a file."""
    return PartialFile(BytesIO(data), len(data), data)


@contextmanager
def partial_file(path: str, name: str) -> Generator[PartialFile]:
    """Open `path`, called `name` in messages. OSError where the system refuses."""
    file = Path(path)
    refuse_odd_files(file, name)
    # Unbuffered, because a buffer reads more than it is asked for.
    with file.open("rb", buffering=0) as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        raw = cast(IO[bytes], stream)
        yield PartialFile(raw, size, _read(raw, min(size, HEAD)))


def whole_file(path: str | Path, largest: int = LARGEST) -> bytes:
    """All of a file of up to `largest` bytes. CamwalkError for anything else, and where there is nothing."""
    file, name = Path(path), shown_name(os.fspath(path))
    try:
        refuse_odd_files(file, name)
        if file.stat().st_size > largest:
            raise CamwalkError(
                message(
                    "“{file}” is too large: at most {most} MB of such a file are read.",
                    file=name,
                    most=largest >> 20,
                )
            )
        return file.read_bytes()
    except OSError as error:
        raise unreadable(name, error) from error


def refuse_odd_files(file: Path, name: str) -> None:
    """CamwalkError for folders, pipes and devices (which could block for ever) and for empty files."""
    facts = file.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise CamwalkError(message("“{file}” is a folder, not a file.", file=name))
    if not stat.S_ISREG(facts.st_mode):
        raise CamwalkError(message("“{file}” is not a file that can be read.", file=name))
    if facts.st_size == 0:
        raise CamwalkError(message("“{file}” is empty. Copy it again from where it came from.", file=name))


def unreadable(name: str, error: OSError) -> CamwalkError:
    """What to tell about a file that the system refuses to read."""
    if error.errno in _REASONS:
        return CamwalkError(Message(_REASONS[error.errno].text, (("file", name),)))
    reason = error.strerror or str(error)
    return CamwalkError(message("“{file}” cannot be read: {reason}.", file=name, reason=reason))


def _read(stream: IO[bytes], length: int) -> bytes:
    parts: list[bytes] = []
    while length > 0 and (part := stream.read(length)):
        parts.append(part)
        length -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def decoded(data: bytes) -> str:
    """Text in UTF-8, or as spreadsheets write it; never an error."""
    try:
        return data.decode("utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
