"""What cameras see: how exact and how fast, against shapely's own operations on the same shapes.

    python -m tests.benchmarks.bench_filmed

Goals: the area of 200 views between the buildings of a real extract within 1 % of exact shadows, in at
most 1/4 of their time; the figures of 50,000 streets and 10,000 cameras in at most 1.5 times the
"disjoint parts" recipe (unite the areas, take the parts, intersect the streets), which gives the
metres only. Exit 1 where one is missed.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import shapely

from camwalk.geometry.geodesy import Floats, distances, from_local, to_local
from camwalk.geometry.view_sectors import MODELS, ViewSector
from camwalk.geometry.visibility_area import visible_areas
from camwalk.model import Camera, LatLon, Survey, ignore_progress
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, open_extract
from camwalk.operations.coverage_figures import filmed
from camwalk.operations.coverage_figures_streets import WalkedPiece
from camwalk.operations.filmed_area import in_plane, solids_near
from tests.benchmarks.measuring import SHARED, in_turns, note, own_folder, ratio_row, row, skip
from tests.geometry.shapely_views import open_places, seen_by_shapely

TOWNS = ("helsinki-centre-2019-04.osm.pbf", "monaco-2021-04.osm.pbf", "darmstadt-luisenplatz-2025-07.osm.pbf")
VIEWS, REACH = 200, 53.0
STREETS, CAMERAS, SIDE = 50_000, 10_000, 10_000.0
CITY = LatLon(48.11, -1.68)
MADE = datetime(2026, 11, 15, tzinfo=UTC)


def main() -> int:
    with own_folder():
        good = [*(exact(town) for town in TOWNS), city()]
    return 0 if all(good) else 1


def exact(town: str) -> bool:
    """Areas between real buildings."""
    index = opened(town)
    if index is None:
        return True
    box = index.bounds
    middle = LatLon((box.south + box.north) / 2, (box.west + box.east) / 2)
    solids = solids_near(index, middle, np.array([500.0, 500.0]))
    eyes = open_places(solids, VIEWS, -400, 400)
    rng = np.random.default_rng(1)
    widths = rng.choice([60.0, 90.0, 360.0], len(eyes))
    sectors = [ViewSector(float(rng.uniform(0, 360)), float(width), REACH) for width in widths]
    ours, theirs = in_turns(
        3,
        lambda: timed(lambda: visible_areas(sectors, solids, eyes)),
        lambda: timed(lambda: [seen_by_shapely(e, s, solids) for e, s in zip(eyes, sectors, strict=True)]),
    )
    spent = [median(seconds for seconds, _ in side) for side in (ours, theirs)]
    mine, true = shapely.area(ours[0][1]), shapely.area(theirs[0][1])
    off = abs(mine.sum() / true.sum() - 1)
    worst = float(np.abs(mine / true - 1).max())
    name = town.split("-")[0]
    return all(
        (
            row(f"{name}: area of {len(eyes)} views, off", f"{off:.3%}", "1 %", off <= 0.01),
            row(f"{name}: the worst of them, off", f"{worst:.3%}", "1 %", worst <= 0.01),
            ratio_row(f"{name}: time", spent[0], spent[1], 0.25),
        )
    )


def city() -> bool:
    """A big city on open ground, one camera in ten without a direction."""
    pieces, cameras = made_streets(), made_cameras()
    cold, first = timed(lambda: filmed(Survey(), None, pieces, cameras=cameras))
    lines = [plane_line(piece) for piece in pieces]
    known = np.array([bool(camera.tags) for camera in cameras])
    views = np.array([view.areas for view in first.views.values()])
    areas = in_plane(views.ravel(), CITY).reshape(-1, 3)[known]

    mine, theirs = in_turns(
        3,
        lambda: timed(lambda: filmed(Survey(), None, pieces, known=first.views, cameras=cameras)),
        lambda: timed(lambda: [disjoint_parts(np.array(lines), areas[:, model]) for model in range(3)]),
    )
    same = [abs(a / b - 1) for a, b in zip(mine[0][1].filmed_m, theirs[0][1], strict=True)]
    one = median(timed(lambda: disjoint_parts(np.array(lines), areas[:, 2]))[0] for _ in range(3))
    spent = [median(seconds for seconds, _ in side) for side in (mine, theirs)]
    note("the figures of a city the first time, with all views", f"{cold:.2f} s")
    note("the same again against the recipe for the high model alone", f"{spent[0] / one:.2f} x")
    return all(
        (
            row("city: metres of the recipe, off", f"{max(same):.4%}", "0.01 %", max(same) <= 1e-4),
            ratio_row(f"city: figures of {len(MODELS)} models, recipe for each", spent[0], spent[1], 1.5),
        )
    )


def disjoint_parts(lines: Floats, areas: Floats) -> float:
    """The recipe: metres of streets inside areas that overlap."""
    parts = shapely.get_parts(shapely.disjoint_subset_union_all(areas))
    street, part = shapely.STRtree(parts).query(lines, predicate="intersects")
    return float(shapely.length(shapely.intersection(lines[street], parts[part])).sum())


def made_streets() -> list[WalkedPiece]:
    rng = np.random.default_rng(2)
    start, turn = rng.uniform(0, SIDE, (STREETS, 2)), rng.uniform(0, 2 * np.pi, STREETS)
    end = start + 100 * np.column_stack([np.sin(turn), np.cos(turn)])
    ends = np.stack([on_earth(start), on_earth(end)], axis=1)
    metres = distances(*ends[:, 0].T, *ends[:, 1].T).tolist()
    return [
        WalkedPiece(n, f"Street {n // 3}", line, length)
        for n, (line, length) in enumerate(zip(ends, metres, strict=True))
    ]


def made_cameras() -> list[Camera]:
    rng = np.random.default_rng(3)
    places = on_earth(rng.uniform(0, SIDE, (CAMERAS, 2)))
    kinds, turns = rng.choice(["fixed", "dome"], CAMERAS, p=[0.6, 0.4]), rng.integers(0, 360, CAMERAS)
    return [
        Camera(
            id=str(n), lat=float(lat), lon=float(lon), created=MADE,
            tags={"camera:type": str(kind), "camera:direction": str(turn)} if n % 10 else {},
        )
        for n, ((lat, lon), kind, turn) in enumerate(zip(places, kinds, turns, strict=True))
    ]  # fmt: skip


def plane_line(piece: WalkedPiece) -> shapely.LineString:
    return shapely.LineString(np.column_stack(to_local(CITY, *piece.points.T)))


def on_earth(points: Floats) -> Floats:
    return np.column_stack(from_local(CITY, *points.T))


def opened(town: str) -> ExtractIndex | None:
    osm = SHARED / "data/osm" / town
    if not osm.exists():
        skip(f"{town} is not here")
        return None
    survey = Survey().apply(attach_extract(Survey(), osm, ignore_progress).changes)
    return open_extract(survey, ignore_progress)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = process_time()
    result = work()
    return process_time() - begun, result


if __name__ == "__main__":
    sys.exit(main())
