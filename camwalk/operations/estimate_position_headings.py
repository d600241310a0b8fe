"""What the other cameras in a photo tell about where it looked.

A camera whose place is known from elsewhere (other photos, OSM, a person) turns every photo that
shows it. Each photo's heading is a belief over bins of a full turn; the camera that is being placed
never speaks for itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.optics import angles, field_of_view, heading_sigma
from camwalk.geometry.rays import bearings_to, turn
from camwalk.geometry.walls import first_hits, walls_near
from camwalk.model import Camera, Photo, Report, Sighting, Survey, ignore_progress
from camwalk.operations.estimate_position_looks import BIN, BINS, Looks, looks_of, place_sigma
from camwalk.operations.estimate_position_posterior import FARTHEST, posterior_of
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.point_photos import course_at

Group = Sequence[Sighting]

TRUSTED = 0.8
"""The power of what one camera says: its photo's own error of place is in all of them."""
AHEAD, BACK, ASIDE = 0.2, 0.1, 0.7
"""How often people who show a camera look where they go, where they come from, or anywhere."""
ALONG = 40.0
"""Degrees by which "along the walk" is meant."""
SAME_HEIGHT = 2.0
"""Degrees in the picture that hardly change what its height tells."""
PLAIN_TO_SEE, ON_WALL, EDGE = 25.0, 3.0, 4.0
"""Metres up to which a camera is noticed in a photo, metres behind its wall at which one is mapped, and
degrees at the edge of a picture that do not count."""
OVERLOOKED = 0.5
"""How often a photo that looks at a camera of OSM's has none there to sight: gone, hidden, or overlooked."""
DOUBT = 0.02
"""Probability that a camera's sighting says nothing (somebody took another camera for it)."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What cameras say about a photo's heading, logarithms of densities over BINS: each group, and all."""

    by_group: Mapping[int, Floats]
    total: Floats

    def but(self, group: int | None) -> Floats:
        """What all say but one group."""
        own = self.by_group.get(group) if group is not None else None
        return self.total if own is None else self.total - own


Words = Mapping[str, Told]
"""By photo."""
_Places = tuple[Floats, Floats]
"""Points, and how likely a camera is at each."""
_Alone = tuple[str, bool, float]
"""A photo and where in it a camera is, as far as that matters without its direction."""


def heading_words(
    survey: Survey, groups: Sequence[Group], around: Surroundings, report: Report = ignore_progress
) -> Words:
    """What all groups say about the photos that show more than one of them."""
    shown: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for sighting in group:
            shown[sighting.photo].add(number)
    words: defaultdict[str, dict[int, Floats]] = defaultdict(dict)
    alone: dict[_Alone, _Places] = {}
    for number, group in enumerate(groups):
        report(number, len(groups))
        for sighting in group:
            photo = survey.photos[sighting.photo]
            if len(shown[photo.id]) > 1 and photo.position is not None:
                places = _seen_otherwise(survey, group, sighting, around, alone)
                word = np.log(_word(photo, sighting, places, around))
                words[photo.id][number] = words[photo.id].get(number, 0.0) + word
    totals = {photo: np.sum(list(told.values()), axis=0) for photo, told in words.items()}
    for photo in (survey.photos[name] for name in shown):
        if photo.heading is None and photo.position is not None:
            unseen = _unseen(photo, len(shown[photo.id]), around)
            totals[photo.id] = totals.get(photo.id, 0.0) + unseen
    return {photo: Told(words[photo], total) for photo, total in totals.items()}


def _unseen(photo: Photo, seen: int, around: Surroundings) -> Floats:
    """Headings at which the photo would show more of OSM's cameras than the `seen` ones are not likely."""
    assert photo.position is not None
    eye = np.array([float(v) for v in to_local(around.origin, *photo.position)])
    bearings, metres = bearings_to(eye, around.cameras)
    hits, _ = first_hits(walls_near(around.walls, eye, FARTHEST), eye, bearings)
    bearings = bearings[(metres < PLAIN_TO_SEE) & (metres < hits + ON_WALL)]
    inside = np.abs(turn(BINS[:, None], bearings[None, :])) < field_of_view(photo) / 2 - EDGE
    more = np.maximum(inside.sum(axis=1) - seen, 0)
    return more * np.log(OVERLOOKED)


def believed_heading(survey: Survey, photo: Photo, told: Told | None, but: int | None) -> Floats:
    """The density of a photo's heading over BINS, by itself and all that is told but by one group."""
    logs = np.log(_own_belief(survey, photo))
    if told is not None:
        logs = logs + TRUSTED * told.but(but)
    belief = np.exp(logs - logs.max())
    return belief / belief.sum()


def _own_belief(survey: Survey, photo: Photo) -> Floats:
    if photo.heading is not None:
        return _bell(photo.heading, heading_sigma(photo)[0]) + 1e-4 / len(BINS)
    course = course_at(survey, photo)
    if course is None:
        return np.full(len(BINS), 1 / len(BINS))
    along = AHEAD * _bell(course, ALONG) + BACK * _bell(course + 180, ALONG)
    return along + ASIDE / len(BINS)


def _word(photo: Photo, sighting: Sighting, places: _Places, around: Surroundings) -> Floats:
    """Headings at which the photo shows at this pixel what is seen otherwise."""
    points, weights = places
    assert photo.position is not None
    eye = np.array([float(v) for v in to_local(around.origin, *photo.position)])
    bearings, metres = bearings_to(eye, points)
    off = 0.0 if sighting.x is None or sighting.y is None else angles(photo, sighting.x, sighting.y)[0]
    spreads = np.maximum(np.degrees(place_sigma(photo) / np.maximum(metres, 2.0)), BIN)
    away = turn(BINS[None, :], (bearings - off)[:, None])
    bells = np.exp(-0.5 * (away / spreads[:, None]) ** 2) / spreads[:, None]
    density = weights @ bells
    return (1 - DOUBT) * density / density.sum() + DOUBT / len(BINS)


def _seen_otherwise(
    survey: Survey,
    group: Group,
    sighting: Sighting,
    around: Surroundings,
    alone: dict[_Alone, _Places],
) -> _Places:
    """Where the group's camera is without this sighting's direction.

    A single look then says only where its photo was taken; `alone` keeps that for the photo's others.
    """
    camera: Camera | None = survey.cameras.get(sighting.camera or "")
    if camera is not None and camera.placed == "manual":
        east, north = to_local(around.origin, camera.lat, camera.lon)
        return np.array([[float(east), float(north)]]), np.ones(1)
    looks = looks_of(survey, group, around)
    key = (sighting.photo, bool(looks.framed[0]), float(np.nan_to_num(looks.pixels[0, 1]) // SAME_HEIGHT))
    if len(looks.eyes) == 1 and key in alone:
        return alone[key]
    placed = [s for s in group if survey.photos[s.photo].position is not None]
    found = posterior_of(looks.without(placed.index(sighting)), around)
    heavy = found.weights > found.weights.max() * 1e-3
    places = found.candidates.points[heavy], found.weights[heavy] / found.weights[heavy].sum()
    if len(looks.eyes) == 1:
        alone[key] = places
    return places


def _bell(middle: float, sigma: float) -> Floats:
    bell = np.exp(-0.5 * (turn(BINS, middle) / sigma) ** 2)
    return np.asarray(bell / bell.sum())


def with_beliefs(survey: Survey, group: Group, number: int | None, looks: Looks, words: Words) -> Looks:
    """The looks with what the rest of the walk says about their headings."""
    placed = [(s, survey.photos[s.photo]) for s in group if survey.photos[s.photo].position is not None]
    beliefs = [believed_heading(survey, photo, words.get(photo.id), number) for _, photo in placed]
    offs = [0.0 if s.x is None or s.y is None else angles(p, s.x, s.y)[0] for s, p in placed]
    return looks.believed(beliefs, offs)
