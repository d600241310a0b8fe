"""Where a camera hangs, from the photos that show it.

Every place around the photos (on walls, in the open, where OSM has a camera) is weighed by how well
it fits all looks: their bearings, the usual distances, what the walls hide. No place is tried twice
and nothing is drawn by lot, so the same sightings always give the same estimate.
"""

from collections.abc import Sequence

import numpy as np

from camwalk.geometry.geodesy import to_local
from camwalk.model import CamwalkError, Sighting, Survey, message
from camwalk.operations.estimate_position_answer import Estimate, answer
from camwalk.operations.estimate_position_doubts import doubts, refuse_far_apart
from camwalk.operations.estimate_position_headings import Words, with_beliefs
from camwalk.operations.estimate_position_looks import looks_of
from camwalk.operations.estimate_position_posterior import posterior_of
from camwalk.operations.estimate_position_surroundings import Surroundings, nothing_around
from camwalk.operations.estimate_position_unseen import unseen_likelihood

__all__ = ["Estimate", "estimate"]


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
    place = np.array([float(v) for v in to_local(around.origin, best.lat, best.lon)])
    middle = np.average(found.candidates.points, axis=0, weights=found.weights)
    return best.noted(doubts(looks, middle, place, around))
