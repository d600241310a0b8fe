"""The outer framing of a PBF file: blobs with a length each, the first of them the file's header."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from camwalk.model import CamwalkError, message

_CHUNK = 1 << 18
_LARGEST_HEADER = 1 << 16
_LARGEST_BLOB = 64 << 20


def damaged(name: str) -> CamwalkError:
    """The failure of a file that starts well and then ends or breaks."""
    return CamwalkError(
        message(
            "“{file}” is cut short or damaged, so nothing of it was kept. Download it again, or export it"
            " again where it came from.",
            file=name,
        )
    )


def chunks(opened: BinaryIO, name: str) -> Iterator[bytes]:
    """The header blob and some data blobs, again and again until all data was given."""
    header = _frame(opened, name)
    chunk = header
    while frame := _frame(opened, name):
        chunk += frame
        if len(chunk) > _CHUNK:
            yield chunk
            chunk = header
    yield chunk


def _frame(opened: BinaryIO, name: str) -> bytes:
    """The next blob of a PBF with its framing, empty at the end of the file."""
    start = opened.read(4)
    if not start:
        return b""
    if len(start) < 4 or (length := struct.unpack(">I", start)[0]) > _LARGEST_HEADER:
        raise damaged(name)
    header = opened.read(length)
    size = _blob_size(header)
    blob = opened.read(min(size, _LARGEST_BLOB))
    if len(header) < length or len(blob) < size:
        raise damaged(name)
    return start + header + blob


def _blob_size(header: bytes) -> int:
    """Field 3 of the protobuf message BlobHeader; 1 and 2 are strings."""
    at = 0
    while at < len(header):
        key, at = _varint(header, at)
        value, at = _varint(header, at)
        if key >> 3 == 3:
            return value
        at += value
    return 0


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            break
    return value, at
