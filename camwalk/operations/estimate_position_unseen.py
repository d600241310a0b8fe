"""Where a camera is not, because photos that looked there show none.

Somebody looked at these photos and marked what they show, and the camera is not among it. Where a
photo shows another one, that may be the same, so there its silence means nothing; unless both were
followed from photo to photo and are known to be two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.optics import bearing_of, field_of_view, heading_sigma
from camwalk.geometry.rays import bearings_to, turn
from camwalk.geometry.walls import first_hits, walls_near
from camwalk.model import Photo, Sighting, Survey
from camwalk.operations.estimate_position_looks import place_sigma
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.review_photos import searched

FOUND = 0.8
"""How often people find a camera that a photo shows plainly."""
NEAREST, FARTHEST = 4.0, 30.0
"""Metres: nearer ones hang above the picture, farther ones are hard to make out."""
SOFT, BEHIND_WALL = 2.0, 1.2
"""Metres by which these, and what a wall hides, are not sharp."""
EDGE = 3.0
"""Degrees at the edge of a picture that do not count."""
LEAST = 0.02
"""What is left where any number of photos show nothing: they may all be wrong together."""
STEP = 2.0
"""Degrees between the directions in which walls are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Watch:
    """A photo's eye, heading, half its width, the spread of its directions and the errors of its place."""

    eye: Floats
    heading: float
    half: float
    sigma: float
    place: float
    shown: tuple[float, ...]  # bearings of what may be the same camera
    free: Floats  # metres to the first wall, every STEP degrees


def unseen_likelihood(
    points: Floats, survey: Survey, own: Sequence[Sighting], around: Surroundings
) -> Floats:
    """The log likelihood of points (n, 2) by all photos but those of its `own` that show none there."""
    total = np.zeros(len(points))
    tracks = {s.track for s in own}
    for photo, eye in _others(points, survey, own, around):
        seen = survey.sightings_in_photo.get(photo.id, ())
        shown = [s for s in seen if s.track is None or None in tracks or s.track in tracks]
        if all(s.x is not None for s in shown):  # else it shows something, nobody said where
            watch = _watch(photo, shown, eye, around)
            total += np.log(1 - FOUND * _chance_shown(points, watch))
    return np.maximum(total, np.log(LEAST))


def _others(
    points: Floats, survey: Survey, own: Sequence[Sighting], around: Surroundings
) -> list[tuple[Photo, Floats]]:
    """The photos that may look at the points, and where they were taken."""
    mine = {s.photo for s in own}
    mine |= {s.photo for one in own if one.camera for s in survey.sightings_of_camera.get(one.camera, ())}
    photos = [
        p
        for p in survey.photos.values()
        if p.heading is not None and p.lat is not None and p.id not in mine and searched(survey, p)
    ]
    places = np.array([(p.lat, p.lon) for p in photos], np.float64).reshape(-1, 2)
    eyes = np.column_stack(to_local(around.origin, places[:, 0], places[:, 1]))
    low, high = points.min(axis=0) - FARTHEST, points.max(axis=0) + FARTHEST
    near: list[int] = np.flatnonzero(((eyes > low) & (eyes < high)).all(axis=1)).tolist()
    return [(photos[n], eyes[n]) for n in near]


def _watch(photo: Photo, shown: Sequence[Sighting], eye: Floats, around: Surroundings) -> _Watch:
    free, _ = first_hits(walls_near(around.walls, eye, FARTHEST), eye, np.arange(0, 360, STEP))
    sights = [bearing_of(photo, s.x, s.y) for s in shown]
    return _Watch(
        eye,
        photo.heading or 0.0,
        field_of_view(photo) / 2 - EDGE,
        heading_sigma(photo)[0],
        place_sigma(photo),
        tuple(sight.bearing for sight in sights if sight is not None),
        free,
    )


def _chance_shown(points: Floats, watch: _Watch) -> Floats:
    """How likely the photo shows each point, and nothing else in its direction."""
    bearings, metres = bearings_to(watch.eye, points)
    at = (bearings / STEP).astype(np.int64) % len(watch.free)
    free = np.maximum(watch.free[at], watch.free[(at + 1) % len(watch.free)])
    away = turn(bearings, watch.heading)
    spread = np.hypot(watch.sigma, np.degrees(watch.place / np.maximum(metres, NEAREST)))
    chance = _below(metres, free, BEHIND_WALL)
    chance *= _below(metres, FARTHEST, SOFT) * _below(NEAREST, metres, SOFT)
    chance *= _below(away, watch.half, spread) * _below(-watch.half, away, spread)
    for shown in watch.shown:
        chance *= 1 - np.exp(-0.5 * (turn(bearings, shown) / spread) ** 2)
    return chance


def _below(value: Floats | float, limit: Floats | float, sigma: Floats | float) -> Floats:
    """How likely a value is below a limit of which it is known with this error: a logistic for the normal."""
    return np.asarray(1 / (1 + np.exp(np.clip((value - limit) / sigma * 1.702, -50, 50))))
