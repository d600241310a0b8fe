"""Speaking to a terminal or a pipe. Nothing that strangers wrote reaches it with control characters."""

import errno
import json
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TextIO

from camwalk.formats.names import HARMFUL, plain
from camwalk.model import CamwalkError, Report, ignore_progress, message

_BAR = 30
_WIDEST = 200  # characters of a cell; what stands last in its row may be longer


@contextmanager
def progress(label: str) -> Generator[Report]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield ignore_progress
        return
    last = -1

    def report(done: int, total: int) -> None:
        nonlocal last
        share = done * 100 // total if total else 0
        if share != last:
            last = share
            bar = "#" * (share * _BAR // 100)
            sys.stderr.write(f"\r{label} [{bar:<{_BAR}}] {share} %")
            sys.stderr.flush()

    try:
        yield report
    finally:
        sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")


@contextmanager
def all_output() -> Generator[None]:
    """What is said inside is written when this ends. CamwalkError where there is no room for it."""
    try:
        yield
    finally:
        with _writing():
            sys.stdout.flush()


@contextmanager
def _writing() -> Generator[None]:
    try:
        yield
    except OSError as error:
        with suppress(OSError):  # a test's output is no file
            # Python would try again at its very end, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        if error.errno == errno.ENOSPC:
            raise CamwalkError(message("The result could not be written: the disk is full.")) from error
        reason = error.strerror or str(error)
        raise CamwalkError(message("The result could not be written: {reason}.", reason=reason)) from error


def say(text: str) -> None:
    """One line of result, whatever characters the file names in it have."""
    with _writing():
        _write(sys.stdout, plain(text))


def say_json(value: object) -> None:
    """A result for programs: what could steer a terminal is escaped, so that nothing of it is lost."""
    ascii_only = "utf" not in _encoding(sys.stdout).lower()
    text = json.dumps(value, ensure_ascii=ascii_only, indent=1)
    safe = HARMFUL.sub(lambda c: c[0] if c[0] == "\n" else f"\\u{ord(c[0]):04x}", text)
    with _writing():
        _write(sys.stdout, safe)


def complain(text: str) -> None:
    """One line about something that went wrong, where somebody hears it."""
    with suppress(OSError):
        _write(sys.stderr, plain(text))


def _write(stream: TextIO, text: str) -> None:
    encoding = _encoding(stream)
    print(text.encode(encoding, "replace").decode(encoding), file=stream)


def _encoding(stream: TextIO) -> str:
    return stream.encoding or "utf-8"


def table(rows: list[tuple[str, ...]]) -> None:
    """Rows in aligned columns."""
    rows = [(*(_cut(cell) for cell in row[:-1]), row[-1]) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…"
