"""What the benchmarks share: sides taken in turns, the CPU of whole processes, and one way to tell.

The machine may be busy with other things, so a goal is a ratio of two sides measured in turns in
one run, or a size; seconds are user + system CPU wherever the work is a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PHOTOS = 1000  # of the corpus

QUIET = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_LOGGING_RULES": "default.warning=false",  # what that platform cannot do
    "LANGUAGE": "en",
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of a process: of the processors, and of the clock on the wall."""

    cpu: float
    wall: float


def in_turns(rounds: int, *sides: Callable[[], T]) -> list[list[T]]:
    """What each side gave, one list a side; a first round of each is thrown away."""
    found: list[list[T]] = [[] for _ in sides]
    for number in range(rounds + 1):
        for results, side in zip(found, sides, strict=True):
            result = side()
            if number:
                results.append(result)
    return found


def spent_by(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a process to its end. CalledProcessError, with all it said, where it fails."""
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment or child_environment(), stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace"))
            raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(usage.ru_utime + usage.ru_stime, wall)


def this_script(module: str, *arguments: str | Path) -> list[str]:
    """The command that runs a part of a benchmark in a process of its own."""
    return [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]


def told_by(command: Sequence[str]) -> Any:
    """What a process prints as JSON in its last line."""
    done = subprocess.run(command, cwd=ROOT, env=child_environment(), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def child_environment() -> dict[str, str]:
    """The environment of all sides; bytecode is kept, as in any installation."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | QUIET


@contextmanager
def own_folder() -> Generator[Path]:
    """A folder to work in; cache and settings are kept there too, not in the user's own."""
    with tempfile.TemporaryDirectory(prefix="camwalk-bench-") as name:
        folder = Path(name)
        before = dict(os.environ)
        os.environ.update(
            CAMWALK_CACHE=str(folder / "cache"),
            CAMWALK_CONFIG=str(folder / "config"),
            **QUIET,
        )
        try:
            yield folder
        finally:
            os.environ.clear()
            os.environ.update(before)


def corpus() -> Path | None:
    """The folder with photos/, walk.gpx and truth.json: CAMWALK_CORPUS, else one made now and kept.

    None, and said so, where it cannot be made.
    """
    if given := os.environ.get("CAMWALK_CORPUS"):
        return Path(given)
    folder = Path(tempfile.gettempdir()) / f"camwalk-corpus-{PHOTOS}"
    generator = SHARED / "bench" / "gen_corpus.py"
    if (folder / "truth.json").exists():
        return folder
    if not generator.exists():
        skip("the corpus: CAMWALK_CORPUS names none, and ../shared/bench/gen_corpus.py is not here")
        return None
    print(f"Making {PHOTOS} photos (4 GB, some minutes) in {folder}; delete it when done.", flush=True)
    subprocess.run([sys.executable, generator, folder, "-n", str(PHOTOS)], check=True)
    return folder


def row(what: str, measured: str, goal: str, reached: bool) -> bool:
    """Print one result; whether it reaches its goal."""
    print(f"{what:<58} {measured:>30}  {goal:>14}  {'reached' if reached else 'MISSED'}", flush=True)
    return reached


def ratio_row(what: str, ours: float, theirs: float, most: float, unit: str = "s") -> bool:
    """Print a ratio of two sides that may be at most `most`."""
    ratio = ours / theirs
    return row(what, f"{ours:.3g} / {theirs:.3g} {unit} = {ratio:.2f}", f"at most {most:g} x", ratio <= most)


def note(what: str, measured: str) -> None:
    """Print a figure that has no goal."""
    print(f"  {what:<56} {measured:>30}", flush=True)


def skip(why: str) -> None:
    """Say what is not measured, and why."""
    print(f"not measured: {why}", flush=True)
