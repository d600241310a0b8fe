"""How likely each candidate is after all looks at it."""

from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.rays import bearings_to, turn
from camwalk.geometry.walls import FAR, Walls, first_hits, inside, walls_near
from camwalk.operations.estimate_position_candidates import WALL, Area, Candidates, candidates, grid
from camwalk.operations.estimate_position_heights import height_likelihood
from camwalk.operations.estimate_position_looks import BINS, Looks
from camwalk.operations.estimate_position_surroundings import Surroundings

FARTHEST = 60.0
"""Metres from which a camera can still be made out."""
FRAMED, FRAMED_SPREAD = 13.0, 0.55
"""From how far people take a picture of a camera: metres, and the spread of their logarithm."""
PASSING, PASSING_SPREAD = 18.0, 0.50
"""The same for cameras that happen to be in the picture."""
ROOM = 0.5
"""Farther off there is more room for cameras: the power of the distance."""
WILD = 0.02
"""Share of looks that are simply wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Candidates with their probabilities, which add up to 1."""

    candidates: Candidates
    weights: Floats

    def with_more(self, logs: Floats) -> "Posterior":
        """The same after something else (log likelihoods) was learnt of each candidate."""
        weights = self.weights * np.exp(logs)
        return Posterior(self.candidates, weights / weights.sum())


def posterior_of(looks: Looks, around: Surroundings) -> Posterior:
    """All candidates around the looks with their probabilities."""
    found = candidates(around, _area(looks))
    logs = log_likelihood(found, looks, around.walls)
    weights = np.exp(logs - logs.max())
    return Posterior(found, weights / weights.sum())


def _area(looks: Looks) -> Area:
    """Where all looks go, as far as one can see; never empty, so that odd looks give something too."""
    low, high = looks.eyes.max(axis=0) - FARTHEST, looks.eyes.min(axis=0) + FARTHEST
    low, high = np.minimum(low, high - 20), np.maximum(high, low + 20)
    best = float(quick_likelihood(grid(low, high, 4.0), looks).max())
    return Area(low, high, lambda points: quick_likelihood(points, looks) > best - 8)


def quick_likelihood(points: Floats, looks: Looks) -> Floats:
    """What looks and distances alone say of points (n, 2), without what stands around."""
    total = bearing_likelihood(points, looks)
    for eye, framed, (beside, above) in zip(looks.eyes, looks.framed, looks.pixels, strict=True):
        _, metres = bearings_to(eye, points)
        total += distance_likelihood(metres, bool(framed))
        total += height_likelihood(metres, float(above), float(beside))
    return total + belief_likelihood(points, looks)


def log_likelihood(found: Candidates, looks: Looks, walls: Walls) -> Floats:
    """Of each candidate, up to a constant."""
    total = np.log(found.weights) + quick_likelihood(found.points, looks)
    for number in range(len(looks.eyes)):
        total += np.log(visible_share(found, looks.one(number), walls))
    return total


def bearing_likelihood(points: Floats, looks: Looks) -> Floats:
    """The log density of the measured bearings, for a camera at each point (n, 2).

    The errors of place act across each look; they are linearised and integrated out, all together.
    """
    known = np.flatnonzero(np.isfinite(looks.bearings))
    if not len(known):
        return np.zeros(len(points))
    residual = np.empty((len(points), len(known)))
    design = np.zeros((len(points), len(known), 2 * len(looks.eyes)))
    for row, number in enumerate(known):
        bearings, metres = bearings_to(looks.eyes[number], points)
        residual[:, row] = np.radians(turn(bearings, looks.bearings[number]))
        across, away = np.radians(bearings), np.maximum(metres, 1.0)
        design[:, row, 2 * number] = np.cos(across) / away
        design[:, row, 2 * number + 1] = -np.sin(across) / away
    headings = np.diag(np.radians(looks.sigmas[known]) ** 2)
    spread = design @ looks.places @ design.transpose(0, 2, 1) + headings
    factor = np.linalg.cholesky(spread)
    white = np.linalg.solve(factor, residual[..., None])[..., 0]
    logs = np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    normal = -0.5 * (white**2).sum(axis=1) - logs - len(known) * 0.5 * np.log(2 * np.pi)
    return np.logaddexp(normal, np.log(WILD) - len(known) * np.log(2 * np.pi))


def belief_likelihood(points: Floats, looks: Looks) -> Floats:
    """The log density of directions that are only believed, not measured."""
    total = np.zeros(len(points))
    for eye, belief in zip(looks.eyes, looks.beliefs, strict=True):
        if belief is not None:
            bearings, _ = bearings_to(eye, points)
            total += np.log(np.interp(bearings, BINS, belief, period=360) + 1e-5)
    return total


def distance_likelihood(metres: Floats, framed: bool) -> Floats:
    """The log density of taking a picture from that far."""
    middle, spread = (FRAMED, FRAMED_SPREAD) if framed else (PASSING, PASSING_SPREAD)
    away = np.log(np.maximum(metres, 0.5))
    density = -0.5 * ((away - np.log(middle)) / spread) ** 2 - away
    return density - ROOM * away


def visible_share(found: Candidates, look: Looks, walls: Walls) -> Floats:
    """How surely each candidate is seen from a look's eye, wherever that is within its uncertainty."""
    reach = float(np.hypot(*(found.points - look.eyes[0]).T).max(initial=0)) + 10
    near = walls_near(walls, look.eyes[0], reach)
    if not len(near.a):
        return np.ones(len(found.points))
    sigma = float(np.sqrt(np.trace(look.places) / 2))
    spots = look.eyes[0] + 1.2 * sigma * np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)])
    outdoors = ~inside(walls, spots)
    spots = spots[outdoors] if outdoors.any() else spots[:1]
    shares = [_seen_from(spot, found, near) for spot in spots]
    return np.maximum(np.mean(shares, axis=0), 0.02)


def _seen_from(eye: Floats, found: Candidates, walls: Walls) -> Floats:
    steps = np.arange(0, 360, 2.0)
    hits, _ = first_hits(walls, eye, steps)
    bearings, metres = bearings_to(eye, found.points)
    # the farther of two neighbouring directions: what peeps out beside a corner is seen
    at = (bearings / 2).astype(np.int64) % len(steps)
    free = np.maximum(hits[at], hits[(at + 1) % len(steps)])
    seen = np.exp(-np.maximum(metres - np.minimum(free, FAR) - 0.7, 0) / 1.5)
    facing = ((eye - found.points) * np.nan_to_num(found.outward)).sum(axis=1) / np.maximum(metres, 0.5)
    return np.where((found.kinds == WALL) & (facing < 0.05), seen * 0.1, seen)
