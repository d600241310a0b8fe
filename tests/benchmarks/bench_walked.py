"""How well walked streets are told, on simulated walks with their truth.

    python tests/benchmarks/bench_walked.py [FOLDER ...]

Each FOLDER holds a GPX file and truth.json as ../shared/walksim writes them; without FOLDER four are
made now, one on each of four extracts, with tiny pictures. Goals: 98 % of the claimed metres within 8 m
of the true path, 95 % of the truly walked metres within 12 m of a claimed street, the walked length
within 10 % of the truth's, and an hour of walking matched in 5 s. Exit 1 where one is missed.
"""

import json
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).parents[2]))

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.model import LatLon, Survey, ignore_progress
from camwalk.operations.attach_extract import attach_extract, open_extract
from camwalk.operations.import_files import import_files
from camwalk.operations.street_graph import read_streets
from camwalk.operations.walked_streets import WalkedStreets, walked_streets
from camwalk.operations.walked_stretches import stretch_line
from tests.benchmarks.measuring import SHARED, note, own_folder, row, skip
from tests.operations.made_walks import survey, track

PLACES = (
    ("monaco-2021-04.osm.pbf", 11, "Europe/Monaco", "2.7"),
    ("helsinki-centre-2019-04.osm.pbf", 12, "Europe/Helsinki", "9.3"),
    ("darmstadt-luisenplatz-2025-07.osm.pbf", 13, "Europe/Berlin", "3.6"),
    ("heidelberg-bus-2015-06.osm.pbf", 14, "Europe/Berlin", "2.1"),
)


def main(folders: list[Path]) -> int:
    with own_folder() as scratch:
        good = [measured(folder) for folder in folders or made_walks(scratch)]
        huge(scratch)
    return 0 if all(good) else 1


def made_walks(scratch: Path) -> list[Path]:
    """One new walk on each of the four extracts."""
    if not (SHARED / "walksim").is_dir():
        skip("../shared/walksim is not here")
        return []
    found: list[Path] = []
    for extract, seed, zone, declination in PLACES:
        found.append(scratch / extract.split(".")[0])
        options = ["--seed", str(seed), "--minutes", "45", "--photos", "8", "--size", "160x120"]
        options += ["--tz", zone, "--declination", declination]
        osm = SHARED / "data/osm" / extract
        command = [sys.executable, "-m", "walksim", str(osm), str(found[-1]), *options]
        subprocess.run(command, cwd=SHARED, check=True, stdout=subprocess.DEVNULL)
    return found


def measured(folder: Path) -> bool:
    """Print the figures of one walk; whether they reach the goals."""
    truth = json.loads((folder / "truth.json").read_text())
    made = Survey().apply(
        import_files(Survey(), [str(folder / "photos"), *map(str, folder.glob("*.gpx"))]).edit.changes
    )
    osm = SHARED / "data/osm" / truth["extract"]
    made = made.apply(attach_extract(made, osm, ignore_progress).changes)
    index = open_extract(made, ignore_progress)
    assert index is not None
    streets = read_streets(index)
    begun = process_time()
    found = walked_streets(made, streets)
    spent = process_time() - begun
    lines = [stretch_line(streets, one) for street in found.streets for one in street.stretches if one.walked]
    return all(compared(folder.name, truth, found, lines, spent))


def compared(name: str, truth: Any, found: WalkedStreets, lines: list[Floats], spent: float) -> list[bool]:
    path = np.array(truth["track"]["true_path"])
    origin = LatLon(*path.mean(axis=0))
    true = shapely.linestrings(np.column_stack(to_local(origin, *path.T)))
    claimed: list[Any] = [shapely.linestrings(np.column_stack(to_local(origin, *line.T))) for line in lines]
    near = shapely.distance(every_metre(claimed), true) <= 8
    seen = shapely.distance(every_metre([true]), shapely.union_all(claimed)) <= 12
    length = sum(street["walked_m"] for street in truth["streets_walked"])
    ratio = found.walked_m / length
    drawn = sum(line.length for line in claimed)
    note(name, f"{found.walked_m:.0f} of {found.streets_m:.0f} m, drawn {drawn:.0f} m")
    return [
        row(f"{name}: claimed within 8 m of the path", f"{near.mean():.2%}", "98 %", near.mean() >= 0.98),
        row(f"{name}: walked within 12 m of a claim", f"{seen.mean():.2%}", "95 %", seen.mean() >= 0.95),
        row(
            f"{name}: walked length", f"{found.walked_m:.0f} / {length:.0f} m = {ratio:.3f}",
            "0.9 to 1.1", abs(ratio - 1) <= 0.1,
        ),
        row(f"{name}: time of the processor", f"{spent:.2f} s", "5 s", spent <= 5),
    ]  # fmt: skip


def every_metre(lines: list[Any]) -> list[Any]:
    return [
        point
        for line in lines
        for point in shapely.line_interpolate_point(line, np.arange(0.5, max(line.length, 1), 1.0))
    ]


def huge(scratch: Path) -> None:
    """A track of a million points, most of them in Helsinki's streets."""
    osm = SHARED / "data/osm/helsinki-centre-2019-04.osm.pbf"
    if not osm.exists():
        skip("the extract of Helsinki is not here")
        return
    rng = np.random.default_rng(1)
    east = np.cumsum(rng.choice([-1.3, 1.3], 5_000).repeat(200))
    east = np.abs((east + 600) % 2400 - 1200) - 600 + rng.normal(0, 3, len(east))
    made = survey([], [track(np.arange(len(east)), east)])
    made = made.apply(attach_extract(made, osm, ignore_progress).changes)
    index = open_extract(made, ignore_progress)
    assert index is not None
    begun = process_time()
    found = walked_streets(made, read_streets(index))
    note("a track of 1,000,000 points", f"{process_time() - begun:.1f} s, {found.walked_m:.0f} m walked")


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
