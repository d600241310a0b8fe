"""Speaking to a terminal or a pipe."""

import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager

from camwalk.model import Report, ignore_progress

_BAR = 30


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


def say(text: str) -> None:
    """One line of result, whatever characters the file names in it have."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """One line about something that went wrong."""
    _write(sys.stderr, text)


def _write(stream: object, text: str) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream)  # type: ignore[call-overload]


def table(rows: list[tuple[str, ...]]) -> None:
    """Rows in aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
