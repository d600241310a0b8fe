"""Where a camera hangs, from the photos that show it.

Every place around the photos (on walls, in the open, where OSM has a camera) is weighed by how well
it fits all looks: their bearings, the usual distances, what the walls hide. No place is tried twice
and nothing is drawn by lot, so the same sightings always give the same estimate.
"""

from collections.abc import Sequence

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.rays import PARALLEL, Rays, bearings_to, behind, turn, widest_angle
from camwalk.model import CamwalkError, Message, Sighting, Survey, message
from camwalk.operations.estimate_position_answer import Estimate, answer
from camwalk.operations.estimate_position_headings import Words, with_beliefs
from camwalk.operations.estimate_position_looks import Looks, looks_of
from camwalk.operations.estimate_position_posterior import Posterior, posterior_of
from camwalk.operations.estimate_position_surroundings import Surroundings, nothing_around
from camwalk.operations.estimate_position_unseen import unseen_likelihood

__all__ = ["Estimate", "estimate"]

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


def estimate(
    survey: Survey,
    sightings: Sequence[Sighting],
    around: Surroundings | None,
    words: Words | None = None,
    group: int | None = None,
) -> Estimate:
    """The place of the one camera that all `sightings` show. CamwalkError where no photo has a place.

    `words` is what other cameras say about the photos' headings (`heading_words`), of which the
    `group` is this one.
    """
    placed = [s for s in sightings if survey.photos[s.photo].position is not None]
    if not placed:
        raise CamwalkError(
            message("No photo of this camera has a place yet. Place one on the map, or place the camera.")
        )
    refuse_far_apart(survey, placed)
    origin = survey.photos[placed[0].photo].position
    assert origin is not None
    around = around or nothing_around(origin)
    looks = looks_of(survey, placed, around)
    looks = with_beliefs(survey, placed, group, looks, words or {})
    found = posterior_of(looks, around)
    found = found.with_more(unseen_likelihood(found.candidates.points, survey, placed, around))
    headed = int(np.isfinite(looks.bearings).sum())
    best = answer(found, around.origin, looks=len(placed), crossing=headed > 1)
    return best.noted((*looks.notes, *_as_mapped(best, around), *_doubts(looks, found)))


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


def _as_mapped(best: Estimate, around: Surroundings) -> tuple[Message, ...]:
    here = np.array([float(v) for v in to_local(around.origin, best.lat, best.lon)])
    near = np.hypot(*(around.cameras - here).T) < SAME_PLACE
    return (AS_MAPPED,) if near.any() else ()


def _doubts(looks: Looks, found: Posterior) -> tuple[Message, ...]:
    known = np.isfinite(looks.bearings)
    if not known.any():
        return (NO_DIRECTION,)
    if known.sum() < 2:
        return ()
    rays = Rays(looks.eyes[known], looks.bearings[known], looks.sigmas[known])
    middle = np.average(found.candidates.points, axis=0, weights=found.weights)
    doubts = [
        (RAYS_DISAGREE, _disagree(rays, looks.places[np.repeat(known, 2)][:, np.repeat(known, 2)], middle)),
        (BEHIND, behind(rays, middle)),
        (FROM_ONE_SPOT, float(np.hypot(*np.ptp(rays.eyes, axis=0))) < ONE_SPOT),
    ]
    told = tuple(doubt for doubt, is_so in doubts if is_so)
    return told or ((NEARLY_PARALLEL,) if widest_angle(rays) < PARALLEL else ())


def _disagree(rays: Rays, places: Floats, at: Floats) -> bool:
    sigmas = np.sqrt(np.diag(places).reshape(-1, 2).mean(axis=1))
    for eye, bearing, sigma, place in zip(rays.eyes, rays.bearings, rays.sigmas, sigmas, strict=True):
        to, metres = bearings_to(eye, at[None])
        allowed = np.hypot(sigma, np.degrees(place / max(float(metres[0]), 2.0)))
        if abs(float(turn(to[0], bearing))) > DISAGREE * allowed:
            return True
    return False
