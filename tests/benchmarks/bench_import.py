"""`camwalk import` of 1,000 photos and their track against mapillary_tools, and where photos are placed.

    python -m tests.benchmarks.bench_import

CAMWALK_CORPUS names the corpus, MAPILLARY_TOOLS the other program (else it is looked for in PATH).
The photos lie in the system's file cache: it is the work that is compared, not the disk.
"""

import json
import math
import os
import shutil
import sys
from pathlib import Path
from statistics import median

from camwalk.geometry.geodesy import distance
from camwalk.model import LatLon, Photo, Survey
from camwalk.operations.import_files import import_files
from tests.benchmarks.measuring import (
    child_environment,
    corpus,
    in_turns,
    own_folder,
    ratio_row,
    row,
    skip,
    spent_by,
    this_script,
    told_by,
)

ROUNDS = 7
MOST_CPU = 0.35  # of mapillary_tools
MOST_READ = 70.0  # KB a photo
MOST_ERROR = 5.0  # metres, the median
WRONG = 50.0  # metres, from where on a photo must have a warning


def main() -> int:
    photos = corpus()
    if photos is None:
        return 0
    with own_folder() as folder:
        good = [cpu(photos, folder), bytes_read(photos), *places(photos)]
    return 0 if all(good) else 1


def cpu(walk: Path, folder: Path) -> bool:
    """Both whole processes, in turns."""
    peer = os.environ.get("MAPILLARY_TOOLS") or shutil.which("mapillary_tools")
    if peer is None:
        skip("CPU of the import: mapillary_tools is not here; name it in MAPILLARY_TOOLS")
        return True

    def ours() -> float:
        survey = folder / "walk.camwalk"
        survey.unlink(missing_ok=True)
        command = [sys.executable, "-m", "camwalk", "import", survey, walk / "photos", walk / "walk.gpx"]
        return spent_by(command).cpu

    def theirs() -> float:
        command = [peer, "process", walk / "photos", "--skip_process_errors"]
        command += ["--desc_path", folder / "described.json", "--num_processes", "0"]
        command += ["--geotag_source", "gpx", "--geotag_source_path", walk / "walk.gpx"]
        return spent_by(command, child_environment() | {"HOME": str(folder)}).cpu

    ours_all, theirs_all = in_turns(ROUNDS, ours, theirs)
    return ratio_row("import: CPU, camwalk / mapillary_tools", median(ours_all), median(theirs_all), MOST_CPU)


def bytes_read(walk: Path) -> bool:
    """What a process reads of the files, the track included."""
    if not Path("/proc/self/io").exists():
        skip("bytes read: this system does not count them (there is no /proc/self/io)")
        return True
    read = told_by(this_script("bench_import", "--count-bytes", walk)) / 1000 / len(list_photos(walk))
    return row("import: read per photo", f"{read:.1f} KB", f"at most {MOST_READ:g}", read <= MOST_READ)


def count_bytes(walk: Path) -> None:
    """In a process of its own: print the bytes it reads while it imports."""
    import_files(Survey(), [str(list_photos(walk)[0])])  # loads the code that is loaded late
    before = _bytes_so_far()
    import_files(Survey(), [str(walk / "photos"), str(walk / "walk.gpx")])
    print(_bytes_so_far() - before)


def _bytes_so_far() -> int:
    line = Path("/proc/self/io").read_text().splitlines()[0]
    return int(line.removeprefix("rchar:"))


def list_photos(walk: Path) -> list[Path]:
    return sorted((walk / "photos").iterdir())


def places(walk: Path) -> list[bool]:
    """How far from the truth photos without GPS are; one without a place is infinitely far."""
    told = {p["file"]: p for p in json.loads((walk / "truth.json").read_text())["photos"]}
    edit = import_files(Survey(), [str(walk / "photos"), str(walk / "walk.gpx")]).edit
    found = {Path(p.path).name: p for p in Survey().apply(edit.changes).photos.values()}

    def error(name: str) -> float:
        photo, truth = found.get(name), LatLon(told[name]["lat"], told[name]["lon"])
        place = photo.position if photo else None
        return distance(place, truth) if place else math.inf

    errors = {name: error(name) for name in told if not told[name]["gps"]}
    middle = median(errors.values())
    silent = sum(WRONG < e < math.inf and not _warned(found[name]) for name, e in errors.items())
    return [
        row(
            f"import: error of {len(errors)} photos without GPS, median",
            f"{middle:.1f} m",
            f"below {MOST_ERROR:g} m",
            middle < MOST_ERROR,
        ),
        row(
            f"import: of those, more than {WRONG:g} m wrong, no warning",
            f"{silent} photos",
            "none",
            not silent,
        ),
    ]


def _warned(photo: Photo) -> bool:
    return bool(photo.warnings)


if __name__ == "__main__":
    if "--count-bytes" in sys.argv:
        count_bytes(Path(sys.argv[-1]))
    else:
        sys.exit(main())
