"""What comparing with OSM tells right of cameras that were placed by marking from photos, without tags.

    python -m tests.benchmarks.bench_known [WALK ...]

The walks, and how they go in, are those of `bench_positions`. A photo looked at a camera that vanished
where truth.json has it in the picture, within 35 m, with no wall of the extract between. On a pole
with several others nobody can tell without tags which one is gone; these are counted apart.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from camwalk.geometry.geodesy import distance, to_local
from camwalk.geometry.rays import bearings_to, turn
from camwalk.geometry.visibility import crossings
from camwalk.model import LatLon, added, ignore_progress
from camwalk.operations.attach_extract import open_extract
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.match_cameras import match_cameras
from camwalk.operations.place_camera import place_sightings
from tests.benchmarks.bench_positions import FARTHEST, imported, made_walks, sightings
from tests.benchmarks.measuring import note, own_folder, row, skip

POLE = 1.0  # metres between cameras on one pole


def main(walks: list[Path]) -> int:
    walks = walks or made_walks()
    if not walks:
        skip("no walks: ../shared/walksim is not here, and none were given")
        return 0
    told: Counter[str] = Counter()
    with own_folder():
        for walk in walks:
            told += compared(walk)
    found = [
        rate(told, "new against known right", "known", "own", 90),
        rate(told, "“moved” claimed wrongly", "moved", "own", 3, most=True),
        rate(told, "vanished that a photo looked at, found", "found", "looked", 80),
        rate(told, "standing called not found", "lost", "standing", 3, most=True),
    ]
    note("vanished that were alone on their pole, found", f"{told['found alone']} of {told['looked alone']}")
    note("matched with the very camera", f"{100 * told['partner'] / told['own']:.1f} %")
    return 0 if all(found) else 1


def rate(told: Counter[str], name: str, part: str, whole: str, goal: float, *, most: bool = False) -> bool:
    share = 100 * told[part] / max(told[whole], 1)
    reached = share <= goal if most else share >= goal
    words = f"at {'most' if most else 'least'} {goal:g} %"
    return row(f"{name} ({told[part]} of {told[whole]})", f"{share:.1f} %", words, reached)


def compared(walk: Path) -> Counter[str]:
    """How often what a walk's comparison tells is right."""
    truth = json.loads((walk / "truth.json").read_text())
    now, around = imported(walk, truth)
    now = now.apply(added(*sightings(now, truth)))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for sighting in now.sightings.values():
        groups[sighting.track or ""].append(sighting.id)
    now = now.apply(place_sightings(now, list(groups.values()), around).edit.changes)
    index = open_extract(now, ignore_progress)
    assert index is not None
    matches = match_cameras(now, index.cameras(), index)
    true = {c["id"]: c for c in truth["cameras"]}
    told: Counter[str] = Counter()
    for match in matches:
        if match.camera is not None:
            facts = true[now.sightings_of_camera[match.camera][0].track or ""]
            known = facts["status"] != "new"
            told["own"] += 1
            told["known"] += (match.kind != "new") == known
            told["partner"] += match.osm == (f"node/{facts['osm_id']}" if known else None)
            told["moved"] += match.kind == "moved" and facts["status"] != "moved"
    missing = {match.osm for match in matches if match.kind == "not found"}
    for facts in (c for c in truth["cameras"] if c["osm_id"] is not None):
        lost = f"node/{facts['osm_id']}" in missing
        if facts["status"] != "vanished":
            told["standing"] += 1
            told["lost"] += lost
        elif looked_at(facts, truth, around):
            alone = " alone" if not on_one_pole(facts, truth) else ""
            for kind in {"", alone}:
                told["looked" + kind] += 1
                told["found" + kind] += lost
    return told


def looked_at(camera: Any, truth: Any, around: Surroundings) -> bool:
    """Whether a photo shows where the camera was."""
    spot = _local(around, camera["body"])
    for photo in truth["photos"]:
        eye = _local(around, photo)
        bearing, metres = bearings_to(eye, spot[None])
        off = abs(float(turn(photo["heading"], bearing)[0]))
        inside = off <= photo["hfov"] / 2 and metres[0] <= FARTHEST
        if not camera["indoors"] and inside and not crossings(around.walls, spot, eye[None])[0]:
            return True
    return False


def _local(around: Surroundings, place: Any) -> np.ndarray:
    return np.array([float(v) for v in to_local(around.origin, place["lat"], place["lon"])])


def on_one_pole(camera: Any, truth: Any) -> bool:
    """Whether OSM has a standing one on the pole of one that vanished."""
    here = LatLon(camera["extract"]["lat"], camera["extract"]["lon"])
    others = (c["extract"] for c in truth["cameras"] if c["osm_id"] and c["status"] != "vanished")
    return any(distance(here, LatLon(o["lat"], o["lon"])) < POLE for o in others)


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
