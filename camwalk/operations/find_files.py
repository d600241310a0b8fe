"""What a person means by "this folder": every file in it that could be imported."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from camwalk.formats.names import shown_name
from camwalk.formats.photo_file import PHOTO_SUFFIXES
from camwalk.model import Message, Problem, counted, message
from camwalk.operations.problems import problem

SUFFIXES = (*sorted(PHOTO_SUFFIXES), ".gpx", ".geojson")
_MOST_KINDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """The files that Camwalk can read, those of each folder by name; trouble; and what else lies there."""

    files: dict[str, None] = field(default_factory=dict[str, None])
    problems: list[Problem] = field(default_factory=list[Problem])
    aside: Counter[str] = field(default_factory=Counter[str])  # files of other kinds, by their ending

    @property
    def left_aside(self) -> Message | None:
        """Which files of the folders were passed over, and why."""
        if not self.aside:
            return None
        kinds = [f"{n} × {kind}" for kind, n in self.aside.most_common(_MOST_KINDS)]
        return counted(
            "{n} file was left aside ({kinds}): photos are read as JPEG, HEIC or PNG, tracks as GPX.",
            "{n} files were left aside ({kinds}): photos are read as JPEG, HEIC or PNG, tracks as GPX.",
            self.aside.total(),
            kinds=", ".join(kinds if len(self.aside) <= _MOST_KINDS else [*kinds, "…"]),
        )


def find_files(paths: Sequence[str]) -> Found:
    """What there is in and below `paths`.

    Links are followed, but no folder is entered twice. A file named outright is always taken,
    so that the reader can say what is wrong with it.
    """
    found, entered = Found(), set[tuple[int, int]]()
    for path in map(os.path.abspath, paths):
        if os.path.isdir(path):
            _look_below(path, found, entered)
        elif os.path.exists(path):
            found.files[path] = None
        else:
            reason = message("“{file}” is not there. Check the name and the folder.", file=shown_name(path))
            found.problems.append(problem(path, reason))
    return found


def _look_below(top: str, found: Found, entered: set[tuple[int, int]]) -> None:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            here = os.stat(folder)
            if (here.st_dev, here.st_ino) in entered:
                continue
            entered.add((here.st_dev, here.st_ino))
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            reason = message(
                "The folder “{file}” cannot be read. Check its permissions.", file=shown_name(folder)
            )
            found.problems.append(problem(folder, reason))
            continue
        folders: list[str] = []
        for entry in entries:
            if entry.name.startswith("."):  # also the shadow files that macOS leaves on other disks
                continue
            if _is_folder(entry):
                folders.append(entry.path)
            elif entry.name.lower().endswith(SUFFIXES):
                found.files[entry.path] = None
            else:
                found.aside[_kind(shown_name(entry.name))] += 1
        waiting.extend(reversed(folders))


def _kind(name: str) -> str:
    """The ending that tells what a file is; the name itself where it has none."""
    return os.path.splitext(name)[1].lower() or name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; a link that leads round to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
