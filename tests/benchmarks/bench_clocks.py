"""How near to the truth photos without GPS are placed, clock offsets not given.

    python tests/benchmarks/bench_clocks.py [FOLDER ...]

Each FOLDER holds photos/, a GPX file and truth.json, as ../shared/walksim and
../shared/bench/gen_corpus.py write them; without FOLDER it is the walks of the tests. Goals: a
median error under 8 m on simulated walks and under 5 m on the corpus, or the clock said to be
unknown; nothing more than 50 m wrong without a warning. Exit 1 where one is missed.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from time import process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from camwalk.geometry.geodesy import distance
from camwalk.model import Device, LatLon, Photo, Survey
from camwalk.operations.clock_reasons import duration
from camwalk.operations.estimate_clocks import estimate_clocks
from camwalk.operations.import_files import Wishes, import_files
from camwalk.operations.locate_photos import locate_photos
from tests.operations.made_walks import photo, survey, track

TESTS = Path(__file__).parents[1]
SHARED = Path(__file__).parents[3] / "shared"
WRONG = 50.0
ROW = "{:20} {:24} {:>4} {:>4} {:>8} {:>7} {:>7} {:>7}  {}"


def main(folders: list[Path]) -> int:
    print(ROW.format("walk", "device", "gpx", "none", "median m", "max m", "warned", "silent", "clock"))
    good = [measured(folder) for folder in folders or sorted((TESTS / "walks").glob("*/"))]
    if (SHARED / "data/pairs/arezzo-derived").is_dir():
        good += [by_hand(Wishes(zone="Etc/UTC", offsets={"NIKON COOLPIX P6000": 79_108})), by_hand(Wishes())]
    speed()
    return 0 if all(good) else 1


def measured(folder: Path) -> bool:
    """Import a folder and compare it with its truth.json; whether it reaches the goals."""
    facts = json.loads((folder / "truth.json").read_text())
    truth = {p["file"]: LatLon(p["lat"], p["lon"]) for p in facts["photos"]}
    goal = 8.0 if "walksim" in facts else 5.0
    made = imported([folder / "photos", *folder.glob("*.gpx")], Wishes())
    good = [told(folder.name, device, made, truth, goal) for device in made.devices.values()]
    return all(good)


def by_hand(wishes: Wishes) -> bool:
    """The nine photos of a real walk, whose camera was a day behind and says no GPS time."""
    originals = imported([SHARED / "data/photos/arezzo-walk"], Wishes())
    truth = {Path(p.path).name: p.position for p in originals.photos.values() if p.position}
    made = imported([SHARED / "data/pairs/arezzo-derived"], wishes)
    name = "arezzo, offset given" if wishes.offsets else "arezzo"
    good = [told(name, device, made, truth, 8.0) for device in made.devices.values()]
    return all(good)


def imported(paths: Iterable[Path], wishes: Wishes) -> Survey:
    edit = import_files(Survey(), [str(path) for path in paths], wishes).edit
    return Survey().apply(edit.changes)


def told(walk: str, device: Device, made: Survey, truth: dict[str, LatLon], goal: float) -> bool:
    """Print the figures of one device; whether they reach the goals."""
    photos = [p for p in made.photos.values() if p.device == device.id]
    by_track = [p for p in photos if p.source == "gpx"]
    off = np.array([error(p, truth) for p in by_track] or [np.nan])
    silent = sum(error(p, truth) > WRONG and not p.warnings for p in photos if p.position)
    median, most = (f"{value:.1f}" if by_track else "-" for value in (np.median(off), off.max()))
    lost = sum(p.source == "none" for p in photos)
    warned = sum(bool(p.warnings) for p in by_track)
    clock = (
        "unknown" if device.clock_offset is None else f"{device.clock_offset:+.1f} s, {device.clock_reason}"
    )
    print(ROW.format(walk, device.name, len(by_track), lost, median, most, warned, silent, clock))
    return not silent and (not by_track or float(np.median(off)) < goal)


def error(found: Photo, truth: dict[str, LatLon]) -> float:
    assert found.position is not None
    return distance(found.position, truth[Path(found.path).name])


def speed() -> None:
    """CPU seconds for finding a clock by stops and placing, on a long walk and on a huge track."""
    for points, photos in ((10_800, 500), (1_000_000, 5_000)):
        rng = np.random.default_rng(1)
        east = np.cumsum(np.where(rng.random(points // 60 + 1) < 0.3, 0.0, 1.3).repeat(60)[:points])
        seconds = np.arange(points)
        shots = [photo(f"p{i}", float(s)) for i, s in enumerate(np.sort(rng.choice(seconds, photos)))]
        made = survey(shots, [track(seconds, east)])
        begun = process_time()
        estimate_clocks(made, "w")
        between = process_time()
        locate_photos(made, "w")
        print(
            f"{photos} photos, a track of {points} points ({duration(points)}):"
            f" clock {between - begun:.2f} s, places {process_time() - between:.2f} s of CPU"
        )


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
