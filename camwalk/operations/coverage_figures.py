"""How much of what was walked stands in view of cameras, in figures that say their base and their model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from camwalk.formats.extract_index import ExtractIndex
from camwalk.geometry.geodesy import Floats, from_local, to_local
from camwalk.geometry.street_graph import Ints
from camwalk.geometry.view_sectors import MODELS, Level, Model
from camwalk.geometry.visibility_lines import Cuts, cuts, pairs_that_may_meet, shares
from camwalk.geometry.visibility_shapes import Shapes, shapely
from camwalk.model import Camera, LatLon, Report, Survey, ignore_progress
from camwalk.operations.coverage_figures_streets import (
    HotSpot,
    Legs,
    UnfilmedWay,
    WalkedPiece,
    hot_spots,
    legs_of,
    longest_unfilmed,
    near_legs,
    squares_of,
    walked_squares,
)
from camwalk.operations.filmed_area import FilmedBy, Views, filmed_areas, in_plane, is_moved
from camwalk.operations.filmed_area_views import films_no_street

BESIDE = 30.0
"""Metres from a walked street within which a camera counts as standing on it."""

_EDGE = 0.001  # degrees around an extract in which a camera still stands among its buildings

"""How often each value comes, the most frequent first; "" where it is not told."""


class ByModel(NamedTuple):
    """A figure under the three models of `filmed_area_views`."""

    low: float
    mean: float
    high: float


class FilmedStreet(NamedTuple):
    """Walked metres of one way in view of cameras whose direction is known."""

    way: int
    filmed_m: ByModel


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Polygons for the map, without overlap: all rings one after the other, (n, 2) as lat, lon.

    A longitude runs on beyond 180 where an area lies across the date line. Drawn together by the
    odd-even rule the rings show the areas with their holes.
    """

    points: Floats
    starts: Ints
    square_metres: float

    @property
    def rings(self) -> list[Floats]:
        """The rings one by one, closed."""
        return np.split(self.points, self.starts[1:]) if len(self.starts) else []


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """What the cameras of a survey see, at one level of EN 62676-4:2015.

    Bases: metres, share, streets, hot spots and unfilmed ways are of walked streets only; `areas` are
    all ground that cameras see outside buildings, walked or not. Cameras whose direction is unknown count in
    `maybe...` only. `cameras` are all cameras, `indoors` of those that film no
    street; `per_km` is of outdoor ones up to 30 m from a walked street, `per_km2` of outdoor ones in the
    squares of 100 m that walked streets cross. None where nothing was walked.
    """

    level: Level
    walked_m: float
    filmed_m: ByModel
    maybe_m: ByModel
    areas: Mapping[Model, Areas]
    maybe_areas: Mapping[Model, Areas]
    cameras: int
    undirected: int
    indoors: int
    moved: tuple[str, ...]  # by id, from inside a building to its wall
    on_open_ground: int  # cameras that no building of an extract could hide from
    per_km: float | None
    per_km2: float | None
    streets: tuple[FilmedStreet, ...]
    hot_spots: tuple[HotSpot, ...]  # mean model
    longest_unfilmed: Mapping[Model, UnfilmedWay | None]
    views: Views  # for the next look

    @property
    def share(self) -> ByModel | None:
        """Filmed by walked metres, 0 to 1."""
        return ByModel(*(m / self.walked_m for m in self.filmed_m)) if self.walked_m > 0 else None

    @property
    def area_m2(self) -> ByModel:
        """Square metres in view, outside buildings."""
        return ByModel(*(self.areas[model].square_metres for model in MODELS))

    @property
    def maybe_area_m2(self) -> ByModel:
        """Square metres around cameras whose direction is unknown, by themselves."""
        return ByModel(*(self.maybe_areas[model].square_metres for model in MODELS))


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """One model: the known and the maybe areas, and shares of each leg in view of each kind."""

    areas: Areas
    maybe_areas: Areas
    filmed: Floats
    maybe: Floats
    cuts: Cuts  # by cameras whose view is known


def filmed(
    survey: Survey,
    index: ExtractIndex | None,
    walked: Sequence[WalkedPiece],
    report: Report = ignore_progress,
    known: Views | None = None,
    cameras: Iterable[Camera] | None = None,
    level: Level = "observe",
) -> Coverage:
    """What the cameras (the survey's, where none are given) see of the walked streets and around.

    `known` are the `views` of an earlier Coverage; only cameras that changed are looked at again.
    """
    chosen = list(survey.cameras.values() if cameras is None else cameras)
    found = filmed_areas(chosen, index, _buildings(survey, index), known, level, _views_first(report))
    origin = _amid(chosen, walked)
    legs = legs_of(walked, origin)
    seen = _seen(found, legs, report)
    return Coverage(
        level=level,
        walked_m=float(legs.metres.sum()),
        filmed_m=ByModel(*(float((one.filmed * legs.metres).sum()) for one in seen)),
        maybe_m=ByModel(*(float((one.maybe * legs.metres).sum()) for one in seen)),
        areas={model: one.areas for model, one in zip(MODELS, seen, strict=True)},
        maybe_areas={model: one.maybe_areas for model, one in zip(MODELS, seen, strict=True)},
        cameras=len(chosen),
        undirected=sum(one.aim == "unknown" for one in found),
        indoors=sum(films_no_street(camera.tags) for camera in chosen),
        moved=tuple(one.camera.id for one in found if is_moved(one.view)),
        on_open_ground=_on_open_ground(found, index),
        per_km=_per_km(found, legs),
        per_km2=_per_km2(found, legs),
        streets=_streets(legs, seen),
        hot_spots=hot_spots(legs, seen[1].cuts, [one.camera.id for one in found]),
        longest_unfilmed={
            model: longest_unfilmed(legs, one.cuts) for model, one in zip(MODELS, seen, strict=True)
        },
        views={one.key: one.view for one in found},
    )


def _seen(found: Sequence[FilmedBy], legs: Legs, report: Report) -> list[_Seen]:
    """By model; what no high view comes near needs no look under the others."""
    areas = np.empty((len(found), 3), object)
    areas[:] = [one.view.areas for one in found] or areas
    plane = in_plane(areas.ravel(), legs.origin).reshape(-1, 3)
    known = np.array([one.aim != "unknown" for one in found], bool)
    leg, area = pairs_that_may_meet(legs.lines, plane[:, 2])
    above = legs.open_air[leg]
    seen: list[_Seen] = []
    for number in range(3):
        report(6 + number, 10)
        cut = cuts(
            legs.a, legs.b, plane[:, number], _still_near(legs, plane[:, number], leg[above], area[above])
        )
        sure = cut.chosen(known[cut.area])
        filmed, either = shares(sure, len(legs.a)), shares(cut, len(legs.a))
        united, maybe = (_areas(plane[which, number], legs.origin) for which in (known, ~known))
        seen.append(_Seen(united, maybe, filmed, np.maximum(either - filmed, 0), sure))
    report(10, 10)
    return seen


def _still_near(legs: Legs, areas: Shapes, line: Ints, area: Ints) -> tuple[Ints, Ints]:
    """Those pairs whose boxes meet under this model as well."""
    west, south, east, north = shapely.bounds(areas).T
    low, high = np.minimum(legs.a, legs.b), np.maximum(legs.a, legs.b)
    meets = (low[line, 0] <= east[area]) & (high[line, 0] >= west[area])
    meets &= (low[line, 1] <= north[area]) & (high[line, 1] >= south[area])
    return line[meets], area[meets]


def _areas(plane: Shapes, origin: LatLon) -> Areas:
    united = shapely.get_parts(_united(plane))
    points, ring = shapely.get_coordinates(shapely.get_rings(united), return_index=True)
    lat, lon = from_local(origin, points[:, 0], points[:, 1])
    lon = origin.lon + (lon - origin.lon + 180) % 360 - 180
    starts = np.flatnonzero(np.append(True, ring[1:] != ring[:-1])[: len(ring)])
    return Areas(np.column_stack([lat, lon]), starts, float(shapely.area(united).sum()))


def _united(plane: Shapes) -> Shapes:
    try:
        return shapely.disjoint_subset_union_all(plane)
    except shapely.GEOSException:  # outlines that touch themselves by less than a float tells
        return shapely.disjoint_subset_union_all(shapely.set_precision(shapely.make_valid(plane), 0.001))


def _streets(legs: Legs, seen: Sequence[_Seen]) -> tuple[FilmedStreet, ...]:
    ways, number = np.unique(
        np.array([piece.way for piece in legs.pieces], np.int64)[legs.piece], return_inverse=True
    )
    metres = (np.bincount(number, one.filmed * legs.metres, len(ways)).tolist() for one in seen)
    return tuple(map(FilmedStreet, ways.tolist(), map(ByModel, *metres)))


def _per_km(found: Sequence[FilmedBy], legs: Legs) -> float | None:
    places, metres = _places(found), float(legs.metres.sum())
    local = np.column_stack(to_local(legs.origin, places[:, 0], places[:, 1]))
    return len(near_legs(legs, local, BESIDE)) / metres * 1000 if metres else None


def _per_km2(found: Sequence[FilmedBy], legs: Legs) -> float | None:
    places, squares = _places(found), walked_squares(legs)
    inside = int(np.isin(squares_of(places[:, 0], places[:, 1]), squares).sum())
    return inside / len(squares) * 100 if len(squares) else None


def _places(found: Sequence[FilmedBy]) -> Floats:
    return np.array([one.camera.position for one in found], float).reshape(-1, 2)


def _on_open_ground(found: Sequence[FilmedBy], index: ExtractIndex | None) -> int:
    if index is None:
        return len(found)
    box = index.bounds.grown(_EDGE)
    places = (one.camera.position for one in found)
    return sum(
        not (box.south <= place.lat <= box.north and box.west <= place.lon <= box.east) for place in places
    )


def _buildings(survey: Survey, index: ExtractIndex | None) -> str:
    """Another text wherever the extract is another one."""
    if index is None:
        return ""
    fingerprint = survey.extract.fingerprint if survey.extract else ""
    return f"{fingerprint} {tuple(index.bounds)} {index.data_date}"


def _amid(cameras: Sequence[Camera], walked: Sequence[WalkedPiece]) -> LatLon:
    """Where most of it is: one camera far off does not move it."""
    places = [camera.position for camera in cameras if camera.position.valid]
    starts = [piece.points[:1] for piece in walked]
    lat, lon = np.concatenate([np.array(places, float).reshape(-1, 2), *starts]).T
    if not len(lat):
        return LatLon(0.0, 0.0)
    turned = (lon - lon[0] + 180) % 360 - 180
    return LatLon(float(np.median(lat)), float((lon[0] + np.median(turned) + 180) % 360 - 180))


def _views_first(report: Report) -> Report:
    """Progress of the views, which are six of ten steps."""
    return lambda done, total: report(6 * done, 10 * max(total, 1))
