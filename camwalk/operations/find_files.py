"""What a person means by "this folder": every file in it that could be imported."""

import os
from collections.abc import Iterator, Sequence

from camwalk.formats.names import shown_name
from camwalk.model import Problem, message
from camwalk.operations.problems import problem

SUFFIXES = (".jpg", ".jpeg", ".jpe", ".heic", ".heif", ".hif", ".png", ".gpx", ".geojson")


def find_files(paths: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The files below `paths` that Camwalk can read, in order of name, and what is not there.

    Links are followed, but no folder is entered twice. A file named outright is always taken,
    so that the reader can say what is wrong with it.
    """
    files: dict[str, None] = {}
    problems: list[Problem] = []
    entered: set[tuple[int, int]] = set()
    for path in map(os.path.abspath, paths):
        if os.path.isdir(path):
            files.update(dict.fromkeys(_below(path, entered, problems)))
        elif os.path.exists(path):
            files[path] = None
        else:
            reason = message("“{file}” is not there. Check the name and the folder.", file=shown_name(path))
            problems.append(problem(path, reason))
    return list(files), problems


def _below(folder: str, entered: set[tuple[int, int]], problems: list[Problem]) -> Iterator[str]:
    try:
        here = os.stat(folder)
        if (here.st_dev, here.st_ino) in entered:
            return
        entered.add((here.st_dev, here.st_ino))
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError:
        reason = message(
            "The folder “{file}” cannot be read. Check its permissions.", file=shown_name(folder)
        )
        problems.append(problem(folder, reason))
        return
    for entry in entries:
        if entry.name.startswith("."):  # also the shadow files that macOS leaves on other disks
            continue
        if _is_folder(entry):
            yield from _below(entry.path, entered, problems)
        elif entry.name.lower().endswith(SUFFIXES):
            yield entry.path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; a link that leads round to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
