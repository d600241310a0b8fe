"""Matching 100,000 cameras of ours with 200,000 of OSM's, against a bare shapely query within 25 m.

    python -m tests.benchmarks.bench_matching

The bare side makes its tree and asks it; ours also compares tags, assigns and says why.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

import numpy as np
import shapely

from camwalk.model import Camera, Survey
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.match_cameras import match_cameras
from tests.benchmarks.measuring import in_turns, note, ratio_row

OURS, THEIRS = 100_000, 200_000
NEAR = 25.0
ROUNDS = 5
MOST = 3.0
BEGUN = datetime(2026, 11, 15, 12, tzinfo=UTC)
TOWNS = {"a country": 0.8, "one town": 0.1}  # degrees that the cameras are spread over


def main() -> int:
    good = True
    for name, width in TOWNS.items():
        survey, reference = cameras(width)
        ours, theirs = in_turns(
            ROUNDS,
            lambda: seconds(lambda: match_cameras(survey, reference)),  # noqa: B023
            lambda: seconds(lambda: bare_query(survey, reference)),  # noqa: B023
        )
        good &= ratio_row(f"matching in {name}: CPU, camwalk / shapely", median(ours), median(theirs), MOST)
        note("pairs within 25 m", f"{bare_query(survey, reference):,}")
    return 0 if good else 1


def cameras(width: float) -> tuple[Survey, list[OsmCamera]]:
    """Half of ours are OSM's, some with another type; the rest of both sides is anywhere."""
    chance = random.Random(7)
    reference = [
        OsmCamera("node", k, 1, 48 + chance.random() * width, 2 + chance.random() * width, tags(chance))
        for k in range(THEIRS)
    ]
    known = [_seen(chance, osm) for osm in reference[: OURS // 2]]
    new = [
        (48 + chance.random() * width, 2 + chance.random() * width, tags(chance)) for _ in range(OURS // 2)
    ]
    own = {
        f"c{k:06}": Camera(id=f"c{k:06}", lat=lat, lon=lon, created=BEGUN, tags=said)
        for k, (lat, lon, said) in enumerate(known + new)
    }
    return Survey(cameras=own), reference


def tags(chance: random.Random) -> dict[str, str]:
    return {
        "man_made": "surveillance",
        "surveillance": chance.choice(("public", "outdoor")),
        "surveillance:type": "camera",
        "camera:type": chance.choice(("fixed", "dome", "panning")),
        "camera:mount": chance.choice(("wall", "pole")),
        "camera:direction": str(chance.randrange(360)),
        "operator": "Hôtel de Ville",
    }


def _seen(chance: random.Random, osm: OsmCamera) -> tuple[float, float, dict[str, str]]:
    said = {**osm.tags, "camera:type": "dome"} if chance.random() < 0.2 else dict(osm.tags)
    return osm.lat + chance.gauss(0, 1e-5), osm.lon + chance.gauss(0, 1e-5), said


def bare_query(survey: Survey, reference: list[OsmCamera]) -> int:
    """How many pairs are near, on a plane in metres."""
    a = np.array([(c.lon, c.lat) for c in survey.cameras.values()])
    b = np.array([(c.lon, c.lat) for c in reference])
    scale = 111_195 * np.array([np.cos(np.radians(48)), 1])
    ours, theirs = (np.asarray(shapely.points(side * scale)) for side in (a, b))
    return shapely.STRtree(theirs).query(ours, predicate="dwithin", distance=NEAR).shape[1]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that a piece of work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
