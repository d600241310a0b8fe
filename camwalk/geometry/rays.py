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


def crossing(rays: Rays, place_sigmas: Floats) -> Floats | None:
    """The point with the least weighted squares of distances across the rays; None where all are parallel.

    Each ray weighs by its photo's uncertainty of place (metres) and of heading, at its distance.
    """
    across = np.stack([np.cos(np.radians(rays.bearings)), -np.sin(np.radians(rays.bearings))], axis=1)
    offsets = (across * rays.eyes).sum(axis=1)
    sigmas = np.hypot(place_sigmas, 15 * np.radians(rays.sigmas))
    at = None
    for _ in range(3):
        scaled = across / sigmas[:, None]
        normal = scaled.T @ scaled
        if np.linalg.cond(normal) > 1e6:
            return None
        at = np.asarray(np.linalg.solve(normal, scaled.T @ (offsets / sigmas)))
        metres = np.hypot(*(at - rays.eyes).T)
        sigmas = np.hypot(place_sigmas, np.maximum(metres, 2) * np.radians(rays.sigmas))
    return at


def widest_angle(rays: Rays) -> float:
    """The greatest angle between two of the rays as lines, 0 to 90 degrees."""
    between = np.abs(turn(rays.bearings[:, None], rays.bearings[None, :]))
    return float(np.minimum(between, 180 - between).max())


def behind(rays: Rays, point: Floats) -> bool:
    """Whether a point lies behind one of the eyes."""
    forward = towards(rays.bearings)
    return bool((((point - rays.eyes) * forward).sum(axis=1) < 0).any())
