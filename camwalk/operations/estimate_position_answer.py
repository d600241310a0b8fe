"""One place, its ellipse and the alternatives, out of many weighed candidates."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.ellipses import honest_ellipse, median_point
from camwalk.geometry.geodesy import Floats, distance, from_local, to_local
from camwalk.model import LatLon, Message, Placing
from camwalk.operations.estimate_position_candidates import KERB, WALL, chosen
from camwalk.operations.estimate_position_posterior import Posterior

SURE = 0.65
"""Probability of walls from which a camera is proposed on one."""
SOFT, SOFT_BLIND, SOFT_ALONE = 2.5, 6.0, 12.0
"""Metres of error that hardly matter: of crossings, of several looks that do not cross, of a single one.
The less is known, the more it counts not to be far off."""
OTHER = 4.0
"""Metres from the proposal that make an alternative."""
AS_ONE = 1.0
"""Metres up to which two proposals are not worth telling apart."""
LEAST_SIGMA = 0.5
"""Metres; nobody knows a place from photos better than that."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A place with its 1-sigma ellipse (metres, long axis in degrees from true north).

    `likely` is the probability of all places that an alternative stands for.
    """

    lat: float
    lon: float
    sigma_major: float
    sigma_minor: float
    axis: float
    placed: Placing
    facing: float | None = None
    mount: Literal["wall", "pole"] | None = None
    likely: float = 1.0
    alternatives: tuple["Estimate", ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def position(self) -> LatLon:
        """The place."""
        return LatLon(self.lat, self.lon)

    def noted(self, notes: tuple[Message, ...]) -> "Estimate":
        """The same with notes."""
        return replace(self, notes=notes)


def answer(found: Posterior, origin: LatLon, *, looks: int, crossing: bool) -> Estimate:
    """The place with the least mean error; on a wall where that is likely."""
    points, weights, kinds = found.candidates.points, found.weights, found.candidates.kinds
    soft = SOFT if crossing else SOFT_BLIND if looks > 1 else SOFT_ALONE
    middle = median_point(points, weights, soft)
    on_wall = kinds == WALL
    walls_share = float(weights[on_wall].sum())
    placed: Placing = "crossing" if crossing else "wall" if walls_share > SURE else "ray"
    wall = _nearest(found, on_wall, soft) if walls_share > SURE else None
    best = _at(found, origin, middle if wall is None else points[wall], wall, placed)
    return replace(best, alternatives=_alternatives(found, origin, best))


def _nearest(found: Posterior, which: NDArray[np.bool_], soft: float) -> int:
    """Of the likely candidates in `which` the one with the least mean distance to all."""
    numbers = np.flatnonzero(which)
    likely = numbers[np.argsort(-found.weights[numbers])[:150]]
    heavy = np.argsort(-found.weights)[:1500]
    points = found.candidates.points
    apart = points[likely][:, None] - points[heavy][None]
    mean = np.sqrt((apart**2).sum(axis=2) + soft**2) @ found.weights[heavy]
    return int(likely[np.argmin(mean)])


def _at(
    found: Posterior, origin: LatLon, place: Floats, wall: int | None, placed: Placing, pole: bool = False
) -> Estimate:
    ellipse = honest_ellipse(found.candidates.points, found.weights, place)
    lat, lon = from_local(origin, *place)
    mount: Literal["wall", "pole"] | None = "wall" if wall is not None else "pole" if pole else None
    return Estimate(
        float(lat),
        float(lon),
        max(ellipse.major, LEAST_SIGMA),
        max(ellipse.minor, LEAST_SIGMA),
        ellipse.axis,
        placed,
        None if wall is None else facing_of(found.candidates.outward[wall]),
        mount,
    )


def facing_of(outward: Floats) -> float:
    """Degrees from true north in which a vector points, east and north."""
    return float(np.degrees(np.arctan2(outward[0], outward[1]))) % 360


def _alternatives(found: Posterior, origin: LatLon, best: Estimate) -> tuple[Estimate, ...]:
    """The next wall, the open street, a pole on the kerb: each where its own candidates are best."""
    kinds = found.candidates.kinds
    here = np.array(_local_of(origin, best))
    away = np.hypot(*(found.candidates.points - here).T) > OTHER
    walls = kinds == WALL
    tried = (
        (walls & away if best.mount == "wall" else walls, "wall"),
        (~walls, "ray"),
        (kinds == KERB, "pole"),
    )
    made = (_alternative(found, origin, which, what) for which, what in tried)
    apart: list[Estimate] = []
    for one in made:
        if one and all(distance(one.position, other.position) > AS_ONE for other in (best, *apart)):
            apart.append(one)
    return tuple(apart)


def _alternative(found: Posterior, origin: LatLon, which: NDArray[np.bool_], what: str) -> Estimate | None:
    share = float(found.weights[which].sum())
    if share < 1e-4:
        return None
    part = Posterior(chosen(found.candidates, which), found.weights[which] / share)
    if what == "ray":
        middle = median_point(part.candidates.points, part.weights, SOFT_BLIND)
        return replace(_at(part, origin, middle, None, "ray"), likely=share)
    number = _nearest(part, np.ones(len(part.weights), np.bool_), SOFT_BLIND)
    place, on_wall = part.candidates.points[number], what == "wall"
    made = _at(part, origin, place, number if on_wall else None, "wall" if on_wall else "ray", not on_wall)
    return replace(made, likely=share)


def _local_of(origin: LatLon, best: Estimate) -> tuple[float, float]:
    east, north = to_local(origin, best.lat, best.lon)
    return float(east), float(north)
