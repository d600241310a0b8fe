"""Where a camera hangs, from the photos that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from camwalk.geometry.ellipses import ellipse_of_covariance, median_point, spread_around
from camwalk.geometry.geodesy import Floats, from_local
from camwalk.model import CamwalkError, LatLon, Message, Placing, Sighting, Survey, message
from camwalk.operations.estimate_position_candidates import WALL, Area, Candidates, Rates, candidates
from camwalk.operations.estimate_position_looks import Looks, looks_of
from camwalk.operations.estimate_position_posterior import Shooting, log_likelihood, quick_likelihood
from camwalk.operations.estimate_position_surroundings import Surroundings, nothing_around

FARTHEST = 60.0
"""Metres from which a camera can still be made out."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A place with its 1-sigma ellipse (metres, long axis in degrees from true north)."""

    lat: float
    lon: float
    sigma_major: float
    sigma_minor: float
    axis: float
    placed: Placing
    facing: float | None = None
    mount: Literal["wall", "pole"] | None = None
    alternatives: tuple["Estimate", ...] = ()
    notes: tuple[Message, ...] = ()


def posterior(looks: Looks, around: Surroundings, rates: Rates, shooting: Shooting) -> tuple[Candidates, Floats]:
    area = _area(looks, shooting)
    found = candidates(around, area, rates)
    logs = log_likelihood(found, looks, around.walls, shooting)
    weights = np.exp(logs - logs.max())
    return found, weights / weights.sum()


def _area(looks: Looks, shooting: Shooting) -> Area:
    low, high = looks.eyes.max(axis=0) - FARTHEST, looks.eyes.min(axis=0) + FARTHEST
    low, high = np.minimum(low, high - 20), np.maximum(high, low + 20)
    middle = np.stack(np.meshgrid(np.arange(low[0], high[0], 4), np.arange(low[1], high[1], 4)), -1)
    best = float(quick_likelihood(middle.reshape(-1, 2), looks, shooting).max())
    return Area(low, high, lambda points: quick_likelihood(points, looks, shooting) > best - 8)
