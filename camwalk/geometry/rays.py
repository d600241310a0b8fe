"""Looks from photos as rays in local metres: where they meet, and whether that says anything."""

from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats

PARALLEL = 15.0
"""Degrees between two rays below which their crossing says little about the distance."""


@dataclass(frozen=True, slots=True, eq=False)
class Rays:
    """`eyes` (n, 2) metres east and north, `bearings` and their `sigmas` in degrees."""

    eyes: Floats
    bearings: Floats
    sigmas: Floats


def turn(a: Floats | float, b: Floats | float) -> Floats:
    """Degrees from direction `a` to `b`, -180 to 180, clockwise positive."""
    return np.asarray((np.subtract(b, a) + 180) % 360 - 180)


def towards(bearings: Floats | float) -> Floats:
    """Unit vectors (..., 2) east and north of directions in degrees."""
    angle = np.radians(bearings)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1)


def bearings_to(eye: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Directions in degrees and distances in metres from `eye` to points (n, 2)."""
    east, north = (points - eye).T
    return np.degrees(np.arctan2(east, north)) % 360, np.hypot(east, north)


def widest_angle(rays: Rays) -> float:
    """The greatest angle between two of the rays as lines, 0 to 90 degrees."""
    between = np.abs(turn(rays.bearings[:, None], rays.bearings[None, :]))
    return float(np.minimum(between, 180 - between).max())


def behind(rays: Rays, point: Floats) -> bool:
    """Whether a point lies behind one of the eyes."""
    forward = towards(rays.bearings)
    return bool((((point - rays.eyes) * forward).sum(axis=1) < 0).any())
