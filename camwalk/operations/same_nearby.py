"""Which camera the one just marked may be: quick enough to ask at once.

While marking, a camera has often been marked in the photo before, so this asks sooner than
`propose_same` does for a whole walk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, exp, radians, sin, sqrt

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.model import Camera, Survey, Tags
from camwalk.operations.merge_cameras import are_apart, shared_photos
from camwalk.operations.tagging import camera_kind

FARTHEST = 40.0
"""Metres between two cameras that may be the same."""
BY_HAND = 2.0
"""Metres, 1 sigma, of a place that a person gave."""
OTHERS = 0.0008
"""Cameras a square metre that stand about by chance near another, where there are cameras at all."""
LIKELY = 0.4
"""Chance from which two cameras are proposed to be the same."""
DIFFERENT_TYPE = 0.05
"""How often one camera is tagged with two different types."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two cameras, metres apart, and the chance (0 to 1) that they are the same."""

    first: str
    second: str
    metres: float
    chance: float


def likely_same(survey: Survey, camera: str, others: Iterable[str]) -> list[Likely]:
    """Those of `others` that may be the same camera, likeliest first; nothing a person ruled out."""
    one = survey.cameras[camera]
    found = (_likely(survey, one, survey.cameras[o]) for o in others if o != camera and o in survey.cameras)
    return sorted((f for f in found if f is not None and f.chance >= LIKELY), key=_chance)


def _chance(likely: Likely) -> float:
    return -likely.chance


def _likely(survey: Survey, one: Camera, other: Camera) -> Likely | None:
    east, north = (float(v) for v in to_local(one.position, other.lat, other.lon))
    away = np.array([east, north])
    metres = float(np.hypot(*away))
    if metres > FARTHEST or _ruled_out(survey, one.id, other.id):
        return None
    spread = _covariance(one) + _covariance(other)
    squared = float(away @ np.linalg.solve(spread, away))
    density = exp(-squared / 2) / (2 * np.pi * sqrt(float(np.linalg.det(spread))))
    odds = density / OTHERS * _alike(one.tags, other.tags)
    return Likely(one.id, other.id, metres, float(odds / (1 + odds)))


def _ruled_out(survey: Survey, one: str, other: str) -> bool:
    return bool(shared_photos(survey, one, other)) or are_apart(survey, one, other)


def _alike(one: Tags, other: Tags) -> float:
    kinds = {camera_kind(one), camera_kind(other)} - {"unknown"}
    return DIFFERENT_TYPE if len(kinds) > 1 else 1.0


def _covariance(camera: Camera) -> Floats:
    """Of east and north, in square metres."""
    if camera.sigma_major is None or camera.sigma_minor is None:
        return np.eye(2) * BY_HAND**2
    turn = radians(camera.axis or 0.0)
    along = np.array([sin(turn), cos(turn)])
    across = np.array([cos(turn), -sin(turn)])
    return np.outer(along, along) * camera.sigma_major**2 + np.outer(across, across) * camera.sigma_minor**2
