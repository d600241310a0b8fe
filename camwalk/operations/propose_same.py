"""Which sightings and cameras are likely one and the same camera, for a person to decide.

Each sighting alone says where its camera may be. Two of them show one camera as likely as their
places overlap, against that there are other cameras around and as they were taken; a photo that shows
several cameras matches another that shows them in the same order better than anything else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.optics import angles, heading_sigma
from camwalk.geometry.views import View
from camwalk.model import Message, Photo, Report, Sighting, Survey, ignore_progress, message
from camwalk.operations.estimate_position_looks import looks_of
from camwalk.operations.estimate_position_posterior import posterior_of
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.merge_cameras import are_apart
from camwalk.operations.propose_same_groups import Group, Spot, Taken, grouped, pair_odds
from camwalk.operations.propose_same_pairs import Guess, Pair, Two, Way, ways
from camwalk.operations.tagging import camera_kind

NEAR = 80.0
"""Metres between the middles of two places beyond which nothing is compared."""
CELL = 2.0
"""Metres of the squares in which places are compared."""
WORTH_A_LOOK = 0.05
"""Odds below which a pair is not looked into."""
OTHERS = 0.004
"""Other cameras on a square metre around a photographed one: they come in groups."""
COMPANY = 20.0
"""Metres within which other cameras may be taken for one."""
CLOSE = 6.0
"""Metres between two middles up to which it is the nearness that is told."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records (sighting or camera ids) that are the same camera with this probability, and why."""

    first: str
    second: str
    probability: float
    why: Message


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where the camera of one sighting may be: the weight of squares, and the middle of all, in metres."""

    cells: dict[tuple[int, int], float]
    middle: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The places of sightings by photo and pixel, as the photos and tracks of a survey tell them."""

    survey: Survey
    around: Surroundings
    known: Mapping[tuple[str, float, float], Place]


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """A sighting, the camera or itself that it stands for, and where that may be."""

    sighting: Sighting
    id: str
    cells: dict[tuple[int, int], float]
    middle: Floats
    kind: str


def places_of_sightings(
    survey: Survey, around: Surroundings, report: Report = ignore_progress, before: Places | None = None
) -> Places:
    """Where the camera of each sighting may be, by that alone; what was known `before` and holds is kept."""
    seen = [s for s in survey.sightings.values() if s.x is not None and survey.photos[s.photo].position]
    kept: Mapping[tuple[str, float, float], Place] = {}
    if before and before.around is around and before.survey.photos is survey.photos:
        kept = before.known if before.survey.tracks is survey.tracks else {}
    known: dict[tuple[str, float, float], Place] = {}
    for done, sighting in enumerate(seen):
        report(done, len(seen))
        spot = _spot(sighting)
        known[spot] = kept.get(spot) or _place(survey, sighting, around)
    return Places(survey, around, known)


def propose_same(places: Places, report: Report = ignore_progress) -> tuple[Proposal, ...]:
    """Pairs of sightings (or of the cameras they belong to), the most likely first.

    Never two of one photo, nor of one camera, nor what a person said is distinct.
    """
    survey, around = places.survey, places.around
    by_photo = _things(places)
    whole = {(view, n): thing for view, things in enumerate(by_photo) for n, thing in enumerate(things)}
    odds = pair_odds(_taken(survey, around, by_photo), _compared(survey, around, by_photo, report))
    sure = grouped(odds, lambda group: _may_be_one(survey, [whole[spot] for spot in group]), _begun(whole))
    return _proposals(whole, sure)


def _compared(
    survey: Survey, around: Surroundings, by_photo: Sequence[Sequence[_Thing]], report: Report
) -> dict[Spot, tuple[dict[Way, Guess], Iterable[Pair]]]:
    """For each two photos that may show the same: the ways to match them, and the pairs that were tried."""
    looks = looks_of(survey, [things[0].sighting for things in by_photo], around)
    views = [_view(survey, eye, things) for eye, things in zip(looks.eyes, by_photo, strict=True)]
    found: dict[Spot, tuple[dict[Way, Guess], Iterable[Pair]]] = {}
    pairs = list(combinations(range(len(by_photo)), 2))
    for done, (a, b) in enumerate(pairs):
        report(done, len(pairs))
        if odds := _odds(survey, by_photo[a], by_photo[b]):
            eyes = np.array([2 * a, 2 * a + 1, 2 * b, 2 * b + 1])
            found[a, b] = ways(Two(views[a], views[b], looks.places[np.ix_(eyes, eyes)], odds)), odds
    return found


def _taken(survey: Survey, around: Surroundings, by_photo: Sequence[Sequence[_Thing]]) -> Taken:
    by_time = sorted(survey.photos.values(), key=_time)
    order = {photo.id: number for number, photo in enumerate(by_time)}
    photos = [survey.photos[things[0].sighting.photo] for things in by_photo]
    return Taken(
        [photo.device for photo in photos],
        [order[photo.id] for photo in photos],
        [[_known_near(around, thing) for thing in things] for things in by_photo],
    )


def _time(photo: Photo) -> tuple[float, str]:
    return photo.utc.timestamp() if photo.utc else float("inf"), photo.path


def _known_near(around: Surroundings, thing: _Thing) -> int:
    """How many cameras OSM has there."""
    return int((np.hypot(*(around.cameras - thing.middle).T) < COMPANY).sum())


def _proposals(whole: Mapping[Spot, _Thing], sure: Mapping[Group, float]) -> tuple[Proposal, ...]:
    best: dict[tuple[str, str], Proposal] = {}
    for group, probability in sure.items():
        for one, other in combinations([whole[spot] for spot in sorted(group)], 2):
            key = (min(one.id, other.id), max(one.id, other.id))
            if one.id != other.id and (key not in best or best[key].probability < probability):
                best[key] = Proposal(*key, probability, _why(one, other))
    return tuple(sorted(best.values(), key=lambda found: -found.probability))


def _begun(whole: Mapping[Spot, _Thing]) -> list[Group]:
    """The sightings that a camera has already, one a photo."""
    seen: defaultdict[str, dict[int, Spot]] = defaultdict(dict)
    for spot, thing in whole.items():
        seen[thing.id].setdefault(spot[0], spot)
    return [frozenset(spots.values()) for spots in seen.values() if len(spots) > 1]


def _may_be_one(survey: Survey, things: Sequence[_Thing]) -> bool:
    """Whether neither their types nor a person say that these are several cameras."""
    ids = {thing.id for thing in things}
    several = any({noted.first, noted.second} <= ids for noted in survey.distincts.values())
    return not several and len({thing.kind for thing in things} - {"unknown"}) < 2


def _view(survey: Survey, eye: Floats, things: Sequence[_Thing]) -> View:
    photo = survey.photos[things[0].sighting.photo]
    seen = np.array([angles(photo, t.sighting.x or 0.0, t.sighting.y or 0.0) for t in things])
    right = np.tan(np.radians(seen[:, 0]))
    up = np.tan(np.radians(seen[:, 1])) * np.hypot(1, right)
    heading, sigma = photo.heading or 0.0, heading_sigma(photo)[0]
    return View(eye, float(np.radians(heading)), float(np.radians(sigma)), np.column_stack([right, up]))


def _things(places: Places) -> list[list[_Thing]]:
    """What each photo shows."""
    found: defaultdict[str, list[_Thing]] = defaultdict(list)
    for sighting in places.survey.sightings.values():
        if place := places.known.get(_spot(sighting)):
            found[sighting.photo].append(_thing(places.survey, sighting, place))
    return list(found.values())


def _thing(survey: Survey, sighting: Sighting, place: Place) -> _Thing:
    camera = survey.cameras.get(sighting.camera or "")
    tags = camera.tags if camera else {"camera:type": sighting.label or ""}
    name = sighting.camera or sighting.id
    return _Thing(sighting, name, place.cells, place.middle, camera_kind(tags))


def _spot(sighting: Sighting) -> tuple[str, float, float]:
    return sighting.photo, sighting.x or 0.0, sighting.y or 0.0


def _place(survey: Survey, sighting: Sighting, around: Surroundings) -> Place:
    found = posterior_of(looks_of(survey, [sighting], around), around)
    points, weights = found.candidates.points, found.weights
    middle = np.asarray(np.average(points, axis=0, weights=weights))
    return Place(_in_cells(points, weights), middle)


def _in_cells(points: Floats, weights: Floats) -> dict[tuple[int, int], float]:
    """The weight in each square, blurred by one square so that borders do not matter."""
    cells: defaultdict[tuple[int, int], float] = defaultdict(float)
    heavy = weights > weights.max() * 1e-4
    squares = np.floor(points[heavy] / CELL).astype(np.int64).tolist()
    for (east, north), weight in zip(squares, weights[heavy].tolist(), strict=True):
        for d_east, d_north, share in _BLUR:
            cells[east + d_east, north + d_north] += weight * share
    return cells


_BLUR = tuple((e, n, (0.5, 0.25)[abs(e)] * (0.5, 0.25)[abs(n)]) for e in (-1, 0, 1) for n in (-1, 0, 1))


def _odds(survey: Survey, ones: Sequence[_Thing], others: Sequence[_Thing]) -> dict[tuple[int, int], float]:
    """For each pair that may be the same the odds by places alone."""
    found: dict[tuple[int, int], float] = {}
    for (i, one), (j, other) in product(enumerate(ones), enumerate(others)):
        possible = one.id != other.id and _kinds_agree(one.kind, other.kind)
        if possible and float(np.hypot(*(one.middle - other.middle))) < NEAR:
            odds = _overlap(one, other) / OTHERS
            if odds > WORTH_A_LOOK and not are_apart(survey, one.id, other.id):
                found[i, j] = odds
    return found


def _overlap(one: _Thing, other: _Thing) -> float:
    """The density, in squares metres, with which both are at one place."""
    few, many = sorted((one.cells, other.cells), key=len)
    return sum(weight * many.get(cell, 0.0) for cell, weight in few.items()) / CELL**2


def _kinds_agree(one: str, other: str) -> bool:
    return "unknown" in (one, other) or one == other


def _why(one: _Thing, other: _Thing) -> Message:
    metres = float(np.hypot(*(one.middle - other.middle)))
    if metres > CLOSE:
        return message("Their rays meet at one place.")
    return message("They are about {metres} m apart, as near as can be told.", metres=round(metres))
