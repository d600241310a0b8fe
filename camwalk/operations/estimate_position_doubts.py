"""What to know about an estimated place: where its rays do not agree, or what it took for granted."""

from collections.abc import Sequence

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.rays import PARALLEL, Rays, bearings_to, behind, turn, widest_angle
from camwalk.geometry.walls import walls_near
from camwalk.model import CamwalkError, Message, Sighting, Survey, message
from camwalk.operations.estimate_position_candidates import at_mapped
from camwalk.operations.estimate_position_looks import Looks, looks_of
from camwalk.operations.estimate_position_surroundings import Surroundings, nothing_around

ONE_SPOT = 2.0
"""Metres between photos up to which they were taken from one spot."""
TOO_FAR = 300.0
"""Metres between photos from which they cannot show one camera, however wrong their places are."""
SAME_PLACE = 0.5
"""Metres from a camera of OSM's at which an estimate is at its place."""
DISAGREE = 3.0
"""Sigmas between a bearing and the estimate from which something is wrong."""

NEARLY_PARALLEL = message("The rays are nearly parallel, so the distance is rough.")
FROM_ONE_SPOT = message("The photos were taken from one spot, so the distance is rough.")
RAYS_DISAGREE = message("The rays disagree: check the places and directions of the photos.")
BEHIND = message("The rays do not meet in front of the photos: is it the same camera?")
AS_MAPPED = message("OpenStreetMap has a camera there, and its place is taken.")
NO_DIRECTION = message("No photo of it says where it looks, so the place is very rough.")


def doubts(looks: Looks, middle: Floats, place: Floats, around: Surroundings) -> tuple[Message, ...]:
    """All there is to know about the `place` (east, north in metres) of a camera; `middle` fits best."""
    return (*looks.notes, *_as_mapped(place, around), *_of_rays(looks, middle))


def doubts_about(survey: Survey, camera: str, around: Surroundings | None) -> tuple[Message, ...]:
    """The same of a camera as it was placed by its photos; nothing where a person placed it."""
    one = survey.cameras[camera]
    seen = [s for s in survey.sightings_of_camera.get(camera, ()) if s.x is not None]
    placed = [s for s in seen if survey.photos[s.photo].position is not None]
    if one.placed == "manual" or not placed:
        return ()
    try:
        refuse_far_apart(survey, placed)
    except CamwalkError as error:
        return (error.reason,)
    around = around or nothing_around(one.position)
    place = np.array([float(v) for v in to_local(around.origin, *one.position)])
    return doubts(looks_of(survey, placed, around), place, place, around)


def refuse_far_apart(survey: Survey, sightings: Sequence[Sighting]) -> None:
    """CamwalkError where the photos were taken so far from each other that they cannot show one camera."""
    apart = metres_apart(survey, sightings)
    if apart > TOO_FAR:
        raise CamwalkError(
            message(
                "The photos of this camera were taken {metres} m apart, so they cannot show one camera:"
                " check their places.",
                metres=round(apart),
            )
        )


def metres_apart(survey: Survey, sightings: Sequence[Sighting]) -> float:
    """How far apart the photos of sightings were taken, as far as they have a place."""
    places = [p for s in sightings if (p := survey.photos[s.photo].position)]
    if len(places) < 2:
        return 0.0
    eyes = to_local(places[0], [p.lat for p in places], [p.lon for p in places])
    return float(np.hypot(*np.ptp(eyes, axis=1)))


def _as_mapped(place: Floats, around: Surroundings) -> tuple[Message, ...]:
    mapped = at_mapped(around, walls_near(around.walls, place, 20.0), place, 10.0).points
    near = np.hypot(*(mapped - place).T) < SAME_PLACE
    return (AS_MAPPED,) if near.any() else ()


def _of_rays(looks: Looks, middle: Floats) -> tuple[Message, ...]:
    known = np.isfinite(looks.bearings)
    if not known.any():
        return (NO_DIRECTION,)
    if known.sum() < 2:
        return ()
    rays = Rays(looks.eyes[known], looks.bearings[known], looks.sigmas[known])
    told = [
        (RAYS_DISAGREE, _disagree(rays, looks.places[np.repeat(known, 2)][:, np.repeat(known, 2)], middle)),
        (BEHIND, behind(rays, middle)),
        (FROM_ONE_SPOT, float(np.hypot(*np.ptp(rays.eyes, axis=0))) < ONE_SPOT),
    ]
    found = tuple(doubt for doubt, is_so in told if is_so)
    return found or ((NEARLY_PARALLEL,) if widest_angle(rays) < PARALLEL else ())


def _disagree(rays: Rays, places: Floats, at: Floats) -> bool:
    sigmas = np.sqrt(np.diag(places).reshape(-1, 2).mean(axis=1))
    for eye, bearing, sigma, place in zip(rays.eyes, rays.bearings, rays.sigmas, sigmas, strict=True):
        to, metres = bearings_to(eye, at[None])
        allowed = np.hypot(sigma, np.degrees(place / max(float(metres[0]), 2.0)))
        if abs(float(turn(to[0], bearing))) > DISAGREE * allowed:
            return True
    return False
