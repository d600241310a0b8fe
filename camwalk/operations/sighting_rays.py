"""The ray of a look at one pixel, cheap enough to follow the mouse."""

from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import to_local
from camwalk.geometry.optics import NO_HEADING, bearing_of, inside_picture
from camwalk.geometry.walls import first_hits, walls_near
from camwalk.model import CamwalkError, LatLon, Message, Photo, message
from camwalk.operations.estimate_position_surroundings import Surroundings

REACH = 35.0
"""Metres that a ray is drawn where no wall ends it."""


@dataclass(frozen=True, slots=True)
class SightingRay:
    """From `eye` in direction `bearing`, plus or minus `sigma` degrees, `reach` metres far."""

    eye: LatLon
    bearing: float
    sigma: float
    reach: float


def sighting_ray(photo: Photo, x: float, y: float, around: Surroundings | None = None) -> SightingRay | None:
    """Where pixel `x`, `y` looks, up to the first wall; None where the photo has no place or heading."""
    sight = bearing_of(photo, x, y)
    if photo.position is None or sight is None:
        return None
    reach = _to_wall(photo.position, sight.bearing, around) if around else REACH
    return SightingRay(photo.position, sight.bearing, sight.sigma, reach)


def why_no_ray(photo: Photo) -> Message | None:
    """What is missing for a ray, and what to do about it."""
    if photo.position is None:
        return message("The photo has no place yet. Place it on the map first.")
    return NO_HEADING if photo.heading is None else None


def refuse_outside(photo: Photo, x: float, y: float) -> None:
    """CamwalkError where the pixel is not in the picture."""
    if not inside_picture(photo, x, y):
        raise CamwalkError(
            message(
                "Pixel {x}, {y} is outside the picture, which is {width} by {height}.",
                x=round(x),
                y=round(y),
                width=photo.width or 0,
                height=photo.height or 0,
            )
        )


def _to_wall(eye: LatLon, bearing: float, around: Surroundings) -> float:
    at = np.array([float(v) for v in to_local(around.origin, *eye)])
    metres, _ = first_hits(walls_near(around.walls, at, REACH), at, np.array([bearing]))
    return min(float(metres[0]), REACH)
