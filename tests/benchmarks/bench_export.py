"""Export of 100,000 cameras, survey in memory, against orjson writing the same features.

    python -m tests.benchmarks.bench_export

Both sides write the same bytes into a file and see it onto the disk.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import orjson

from camwalk.model import Camera, Survey
from camwalk.operations.export_cameras import export_cameras
from tests.benchmarks.measuring import Spent, in_turns, note, own_folder, ratio_row

CAMERAS = 100_000
ROUNDS = 7
MOST = 3.0
TYPES = ("fixed", "dome", "panning")
MOUNTS = ("wall", "pole", "ceiling", "street_lamp")
BEGUN = datetime(2026, 11, 15, 12, tzinfo=UTC)


def main() -> int:
    survey = town()
    with own_folder() as folder:
        ours, theirs = folder / "ours.geojson", folder / "theirs.geojson"
        export_cameras(survey, ours)
        features: list[object] = json.loads(ours.read_bytes())["features"]
        bare_stream(features, theirs)
        assert ours.read_bytes() == theirs.read_bytes(), "the two sides do not write the same"
        all_ours, all_theirs = in_turns(
            ROUNDS,
            lambda: spent(lambda: export_cameras(survey, ours)),
            lambda: spent(lambda: bare_stream(features, theirs)),
        )
        size = ours.stat().st_size / 1e6
    cpu = [median(s.cpu for s in side) for side in (all_ours, all_theirs)]
    wall = [median(s.wall for s in side) for side in (all_ours, all_theirs)]
    good = ratio_row(f"export of {CAMERAS:,} cameras: CPU, camwalk / orjson", cpu[0], cpu[1], MOST)
    note(f"by the clock, {size:.0f} MB", f"{wall[0]:.3g} / {wall[1]:.3g} s = {wall[0] / wall[1]:.2f}")
    return 0 if good else 1


def town() -> Survey:
    """Cameras as a survey holds them, three of a hundred on the pole of another one."""
    chance = random.Random(7)
    cameras: dict[str, Camera] = {}
    lat, lon = 0.0, 0.0
    for i in range(CAMERAS):
        if chance.random() > 0.03:
            lat, lon = 60.17 + chance.gauss(0, 0.02), 24.94 + chance.gauss(0, 0.05)
        tags = {
            "man_made": "surveillance",
            "surveillance": "public",
            "surveillance:type": "camera",
            "surveillance:zone": "town",
            "camera:type": chance.choice(TYPES),
            "camera:mount": chance.choice(MOUNTS),
            "camera:direction": str(chance.randrange(360)),
            "operator": "Hôtel de Ville",
        }
        made = BEGUN + timedelta(seconds=i)
        cameras[f"c{i:06}"] = Camera(id=f"c{i:06}", lat=lat, lon=lon, created=made, tags=tags)
    return Survey(cameras=cameras)


def bare_stream(features: Sequence[object], path: Path) -> None:
    """The least there is to do: one feature after the other, onto the disk."""
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for number, feature in enumerate(features):
            file.write(b",\n" if number else b"\n")
            file.write(orjson.dumps(feature))
        file.write(b"\n]}\n")
        file.flush()
        os.fsync(file.fileno())


def spent(work: Callable[[], object]) -> Spent:
    """What a piece of work takes of this process."""
    cpu, wall = time.process_time(), time.monotonic()
    work()
    return Spent(time.process_time() - cpu, time.monotonic() - wall)


if __name__ == "__main__":
    sys.exit(main())
