"""How much speaks for a camera of ours being one of OSM's, by the photos that show it.

A place estimated from photos is no evidence of its own: what was seen are directions, and all
directions in one photo share the error of its place and heading. So every camera is weighed by its
directions, in photos placed and turned as the other cameras in them say, whichever of OSM's those
may be: a few rounds of guesses that sharpen each other. A photo that would show it and does not
speaks against it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.optics import angles, heading_sigma, lens_of
from camwalk.geometry.rays import turn
from camwalk.model import Camera, LatLon, Photo, Survey
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.checked_spots import Look
from camwalk.operations.estimate_position_looks import place_covariance, place_sigma
from camwalk.operations.match_cameras_assign import Ints, pairs_within, shares

FAR = 30.0  # metres by which an estimate from looks may miss
ROUNDS = 4
SIGHTED = 0.85  # how often people sight a camera that a photo shows
STANDS = 0.8  # how many of OSM's cameras still stand
MAPPED, MOVED, MOVED_SHARE = 1.2, 5.0, 0.17  # metres (1 sigma) of what stays and what moves; how many move
ANYWHERE, OTHERS = 12.0, 1e-4  # metres (1 sigma) around the estimate of what OSM has not; such a square metre
CLOSE = 3.0  # metres; nearer, a direction says no more
PIXEL, UNKNOWN = 1.0, 150.0  # degrees, 1 sigma: of a look, and of the heading of a photo that has none


class Guess(NamedTuple):
    """Where a camera is (2), with its covariance (2, 2), in square metres."""

    place: Floats
    spread: Floats


class Seen(NamedTuple):
    """The looks at one camera: numbers of photos, degrees right of their axes, and 1 sigma of these."""

    photos: Ints
    offs: Floats
    sigmas: Floats


class Poses(NamedTuple):
    """Where photos (n) were taken and looked, metres and degrees, with the covariance (3n, 3n) of both."""

    eyes: Floats
    headings: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Photos, what they show of ours, where that is by its estimate, and OSM's cameras, in local metres."""

    photos: Sequence[Photo]
    eyes: Floats
    seen: Sequence[Seen]
    estimates: Floats
    spots: Floats

    def showing(self, photos: Ints) -> list[int]:
        """The cameras that any of the photos shows."""
        return [k for k, seen in enumerate(self.seen) if np.isin(seen.photos, photos).any()]


def look_pairs(
    survey: Survey,
    ours: Sequence[Camera],
    theirs: Sequence[OsmCamera],
    looks: Sequence[Look],
    extra: Callable[[Ints, Ints], Floats],
) -> tuple[Ints, Ints, Floats, Floats]:
    """Pairs of `ours`, all estimated from looks, and `theirs` by index, the sigmas between, and their worth.

    `looks` tells for each of theirs which photos may show it; `extra` is what else pairs are worth, -inf
    where they are too far apart.
    """
    scene = _scene(survey, ours, theirs)
    left, right = pairs_within(scene.estimates, scene.spots, FAR)
    told = extra(left, right)
    near = np.isfinite(told)
    left, right, told = left[near], right[near], told[near]
    worth, sigmas = np.zeros(len(left)), np.zeros(len(left))
    hidden = told + _unseen(survey, ours, left, right, looks)
    guesses = [Guess(place, np.eye(2) * ANYWHERE**2) for place in scene.estimates]
    for round_ in range(ROUNDS if len(left) else 0):
        for k in range(len(ours)):
            mine = np.flatnonzero(left == k)
            poses, seen = _poses_by_others(scene, k, guesses if round_ else None)
            worth[mine], sigmas[mine] = _worth(scene, seen, poses, scene.estimates[k], right[mine])
        worth += hidden
        share = shares(left, right, worth)
        guesses = [_guess(scene, k, right[left == k], share[left == k]) for k in range(len(ours))]
    return left, right, sigmas, worth


def _scene(survey: Survey, ours: Sequence[Camera], theirs: Sequence[OsmCamera]) -> Scene:
    origin = ours[0].position if ours else LatLon(0, 0)
    looks = [[s for s in survey.sightings_of_camera.get(c.id, ()) if s.x is not None] for c in ours]
    names = sorted({s.photo for group in looks for s in group if survey.photos[s.photo].position})
    number = {name: k for k, name in enumerate(names)}
    photos = [survey.photos[name] for name in names]
    seen: list[Seen] = []
    for group in looks:
        known = [s for s in group if s.photo in number]
        offs = np.array([angles(survey.photos[s.photo], s.x or 0, s.y or 0)[0] for s in known])
        lenses = np.array([lens_of(survey.photos[s.photo]).sigma for s in known])
        seen.append(Seen(np.array([number[s.photo] for s in known], int), offs, np.abs(offs) * lenses))
    places = [_local(origin, group) for group in (photos, ours, theirs)]
    return Scene(photos, places[0], seen, places[1], places[2])


def _local(origin: LatLon, things: Sequence[Photo] | Sequence[Camera] | Sequence[OsmCamera]) -> Floats:
    lat, lon = np.array([(t.lat, t.lon) for t in things], float).reshape(-1, 2).T
    return np.column_stack(to_local(origin, lat, lon))


def _unseen(
    survey: Survey,
    ours: Sequence[Camera],
    left: Ints,
    right: Ints,
    looks: Sequence[Look],
) -> Floats:
    """What it is worth that photos which may show the spot do not show our camera.

    It is as unlikely as nobody sighting what stands there; if nothing stands there it is no wonder.
    """
    result = np.zeros(len(left))
    showing = [{s.photo for s in survey.sightings_of_camera.get(c.id, ())} for c in ours]
    pairs: list[tuple[int, int]] = list(zip(left.tolist(), right.tolist(), strict=True))
    for n, (k, j) in enumerate(pairs):
        chances = zip(looks[j].photos, looks[j].chances, strict=True)
        missed = {photo: np.log(1 - SIGHTED * chance) for photo, chance in chances}
        gone = np.log(STANDS * np.exp(sum(missed.values())) + 1 - STANDS)
        result[n] = sum(miss for photo, miss in missed.items() if photo not in showing[k]) - gone
    return result


def _poses_by_others(scene: Scene, k: int, guesses: Sequence[Guess] | None) -> tuple[Poses, Seen]:
    """The photos of camera `k` and those tied to them, as all other cameras say; and its looks in them."""
    cameras = scene.showing(scene.seen[k].photos)
    photos = np.unique(np.concatenate([scene.seen[c].photos for c in cameras] or [np.empty(0, int)]))
    numbers = {int(p): n for n, p in enumerate(photos)}

    def within(seen: Seen) -> Seen:
        return seen._replace(photos=np.array([numbers[int(p)] for p in seen.photos], int))

    poses = _first_poses(scene, photos)
    if guesses:
        others = [(within(scene.seen[c]), guesses[c]) for c in cameras if c != k]
        poses = _turned(poses, others)
    return poses, within(scene.seen[k])


def _first_poses(scene: Scene, photos: Ints) -> Poses:
    """The photos as they say themselves; where they do not say where they look, as they see the estimates."""
    numbers: list[int] = photos.tolist()
    taken = [scene.photos[n] for n in numbers]
    count = len(taken)
    covariance = np.zeros((3 * count, 3 * count))
    where = np.arange(3 * count).reshape(-1, 3)
    places = where[:, :2].ravel()
    covariance[np.ix_(places, places)] = place_covariance(
        taken, [np.eye(2) * place_sigma(p) ** 2 for p in taken]
    )
    sigmas = [UNKNOWN if p.heading is None else heading_sigma(p)[0] for p in taken]
    covariance[where[:, 2], where[:, 2]] = np.square(sigmas)
    headings = [
        _seen_heading(scene, n) if p.heading is None else p.heading
        for n, p in zip(numbers, taken, strict=True)
    ]
    return Poses(scene.eyes[photos], np.array(headings, float), covariance)


def _seen_heading(scene: Scene, photo: int) -> float:
    """Where a photo looks in the middle, if what it shows is where the estimates have it."""
    total = 0j
    for seen, place in zip(scene.seen, scene.estimates, strict=True):
        east, north = place - scene.eyes[photo]
        offs = np.radians(seen.offs[seen.photos == photo])
        total += np.exp(1j * (np.arctan2(east, north) - offs)).sum()
    return float(np.degrees(np.angle(total))) % 360


def _turned(first: Poses, others: Sequence[tuple[Seen, Guess]]) -> Poses:
    """Poses (a Kalman update, straightened twice) after looks at cameras whose places are guessed."""
    poses, moved = first, np.zeros(len(first.covariance))
    for _ in range(2 if others else 0):
        parts = [_residuals(poses, seen, guess.place) for seen, guess in others]
        slopes = np.concatenate([part[2] for part in parts])
        noise = np.zeros((len(slopes), len(slopes)))
        at = 0
        for (seen, guess), (_, across, _) in zip(others, parts, strict=True):
            block = slice(at, at := at + len(across))
            noise[block, block] = across @ guess.spread @ across.T + np.diag(seen.sigmas**2 + PIXEL**2)
        residuals = np.concatenate([part[0] for part in parts]) + slopes @ moved
        gain = np.linalg.solve(slopes @ first.covariance @ slopes.T + noise, slopes @ first.covariance).T
        moved = gain @ residuals
        steps = moved.reshape(-1, 3)
        poses = Poses(
            first.eyes + steps[:, :2],
            first.headings + steps[:, 2],
            first.covariance - gain @ slopes @ first.covariance,
        )
    return poses


def _residuals(poses: Poses, seen: Seen, place: Floats) -> tuple[Floats, Floats, Floats]:
    """Degrees by which looks pass right of a place, and by what these change per metre that it moves (n, 2)
    and with the poses (n, 3 m)."""
    to = place - poses.eyes[seen.photos]
    bearings = np.arctan2(to[:, 0], to[:, 1])
    off = turn(np.degrees(bearings), poses.headings[seen.photos] + seen.offs)
    metres = np.maximum(np.hypot(*to.T), CLOSE)
    across = np.degrees(np.column_stack([np.cos(bearings), -np.sin(bearings)]) / metres[:, None])
    slopes = np.zeros((len(off), 3 * len(poses.eyes)))
    rows = np.arange(len(off))
    slopes[rows, 3 * seen.photos], slopes[rows, 3 * seen.photos + 1] = -across.T
    slopes[rows, 3 * seen.photos + 2] = -1
    return off, across, slopes


def _fit(poses: Poses, seen: Seen, place: Floats, sigma: float) -> tuple[float, float]:
    """The logarithm of how likely looks are at what is within `sigma` metres of a place, and chi squared."""
    off, across, slopes = _residuals(poses, seen, place)
    noise = slopes @ poses.covariance @ slopes.T + sigma**2 * across @ across.T
    noise += np.diag(seen.sigmas**2 + PIXEL**2)
    chi = float(off @ np.linalg.solve(noise, off))
    return -0.5 * (chi + np.linalg.slogdet(noise)[1]), chi


def _worth(scene: Scene, seen: Seen, poses: Poses, own: Floats, spots: Ints) -> tuple[Floats, Floats]:
    """For each spot, the logarithm of how much likelier it is than that OSM does not have the camera."""
    new = _fit(poses, seen, own, ANYWHERE)[0] + np.log(OTHERS * 2 * np.pi * ANYWHERE**2)
    stayed = [_fit(poses, seen, scene.spots[j], MAPPED) for j in spots]
    moved = np.array([_fit(poses, seen, scene.spots[j], MOVED)[0] for j in spots])
    same, chi = np.array(stayed).reshape(-1, 2).T
    both = np.logaddexp(same + np.log(1 - MOVED_SHARE), moved + np.log(MOVED_SHARE))
    return both + np.log(STANDS) - new, np.sqrt(chi * 2 / max(len(seen.photos), 2))  # as if in the plane


def _guess(scene: Scene, k: int, spots: Ints, share: Floats) -> Guess:
    """Where the camera is: near its estimate as far as it is none of the spots."""
    places = np.vstack([scene.estimates[k], scene.spots[spots]])
    weights = np.append(max(1 - share.sum(), 0.0), share)
    own = np.append(ANYWHERE**2, np.full(len(spots), (1 - MOVED_SHARE) * MAPPED**2 + MOVED_SHARE * MOVED**2))
    middle = np.average(places, axis=0, weights=weights)
    away = places - middle
    spread = (away * weights[:, None]).T @ away + np.eye(2) * float(weights @ own)
    return Guess(middle, spread / weights.sum())
