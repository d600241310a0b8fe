"""The looks of a camera's sightings: from where, in which direction, how sure both are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.optics import Sight, angles, bearing_of
from camwalk.model import Message, Photo, Sighting, Source, Survey
from camwalk.operations.estimate_position_steps import KEPT_SECONDS, stand_of
from camwalk.operations.estimate_position_surroundings import Surroundings

PLACE_SIGMA: dict[Source, float] = {"exif": 3.6, "gpx": 3.8, "manual": 1.5, "none": 30.0}
"""Metres along each axis, 1 sigma. What phones write as their accuracy says little about it."""
ACCURACY_SIGMA = 0.4
"""Of a written accuracy this share is taken where it is more: above about 9 m it means trouble."""
BIN = 2.0
BINS = np.arange(0, 360, BIN)
"""Degrees; the steps in which a heading is believed that is not just a number and its error."""
LEAST_SPREAD = 3.0
"""Degrees; no photo's heading is known better."""
PLAIN = 20.0
"""Degrees of spread up to which a belief is as good as a number and its error."""
FRAMED_WIDE, FRAMED_HIGH = 0.30, 0.30
"""Share of the picture off its middle up to which people point at what they want to show."""


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """Several looks at one camera, in metres east and north of an origin.

    `bearings` is NaN where the photo has no heading. `places` is the covariance of all eyes
    (2n, 2n), since neighbours share their error. `framed` tells who meant to show this camera,
    `pixels` (n, 2) how many degrees right of the lens' axis and above it (NaN where nobody clicked).
    """

    eyes: Floats
    places: Floats
    bearings: Floats
    sigmas: Floats
    framed: NDArray[np.bool_]
    pixels: Floats
    notes: tuple[Message, ...]
    beliefs: tuple[Floats | None, ...]  # densities of the bearing over BINS where there is no number

    def without(self, number: int) -> "Looks":
        """The same where one of them does not tell its direction."""
        bearings = self.bearings.copy()
        bearings[number] = np.nan
        return replace(self, bearings=bearings)

    def believed(self, headings: Sequence[Floats], offs: Sequence[float]) -> "Looks":
        """The same with beliefs about the headings; those that are narrow become numbers."""
        bearings, sigmas, beliefs = self.bearings.copy(), self.sigmas.copy(), list(self.beliefs)
        for number, (density, off) in enumerate(zip(headings, offs, strict=True)):
            middle, spread = _circular(density)
            if spread < PLAIN:
                bearings[number], sigmas[number] = (middle + off) % 360, max(spread, LEAST_SPREAD)
                beliefs[number] = None
            elif np.isnan(bearings[number]):
                beliefs[number] = np.interp((BINS - off) % 360, BINS, density, period=360)
        return replace(self, bearings=bearings, sigmas=sigmas, beliefs=tuple(beliefs))

    def one(self, number: int) -> "Looks":
        """A single one of them."""
        only, block = [number], slice(2 * number, 2 * number + 2)
        return Looks(
            self.eyes[only],
            self.places[block, block],
            self.bearings[only],
            self.sigmas[only],
            self.framed[only],
            self.pixels[only],
            self.notes,
            (self.beliefs[number],),
        )


def looks_of(survey: Survey, sightings: Sequence[Sighting], around: Surroundings) -> Looks:
    """The looks of sightings whose photos have a place."""
    placed = [(s, survey.photos[s.photo]) for s in sightings]
    placed = [(s, photo) for s, photo in placed if photo.position is not None]
    photos = [photo for _, photo in placed]
    sights = [bearing_of(photo, s.x, s.y) for s, photo in placed]
    stands = [stand_of(survey, photo, place_sigma(photo), around) for photo in photos]
    return Looks(
        np.array([stand.eye for stand in stands]).reshape(-1, 2),
        place_covariance(photos, [stand.covariance for stand in stands]),
        np.array([np.nan if sight is None else sight.bearing for sight in sights]),
        np.array([180.0 if sight is None else sight.sigma for sight in sights]),
        np.array([_framed(photo, s) for s, photo in placed], np.bool_),
        np.array([_pixel(photo, s) for s, photo in placed]).reshape(-1, 2),
        _notes(sights),
        (None,) * len(placed),
    )


def place_sigma(photo: Photo) -> float:
    """Metres along each axis, 1 sigma, by which a photo's place may be off."""
    own = PLACE_SIGMA[photo.source]
    return max(own, ACCURACY_SIGMA * (photo.accuracy or 0)) if photo.source == "exif" else own


def place_covariance(photos: Sequence[Photo], own: Sequence[Floats]) -> Floats:
    """How the errors of place of photos hang together: those taken soon after each other share theirs.

    `own` are the covariances (2, 2) of each; the result is (2n, 2n).
    """
    times = np.array([photo.utc.timestamp() if photo.utc else np.nan for photo in photos])
    shared = np.nan_to_num(np.exp(-np.abs(times[:, None] - times[None, :]) / KEPT_SECONDS))
    by_hand = np.array([photo.source == "manual" for photo in photos], np.bool_)
    shared[by_hand, :] = shared[:, by_hand] = 0
    np.fill_diagonal(shared, 1)
    roots = np.array([np.linalg.cholesky(covariance) for covariance in own]).reshape(-1, 2, 2)
    blocks = np.einsum("ij,iab,jcb->iajc", shared, roots, roots)
    return np.asarray(blocks.reshape(2 * len(photos), 2 * len(photos)))


def _circular(density: Floats) -> tuple[float, float]:
    """Mean direction and spread in degrees of a density over BINS."""
    turns = np.radians(BINS)
    east, north = float(density @ np.sin(turns)), float(density @ np.cos(turns))
    length = min(np.hypot(east, north) / float(density.sum()), 1 - 1e-9)
    return float(np.degrees(np.arctan2(east, north))) % 360, float(np.degrees(np.sqrt(-2 * np.log(length))))


def _framed(photo: Photo, sighting: Sighting) -> bool:
    if sighting.x is None or sighting.y is None or not photo.width or not photo.height:
        return True
    wide = abs(sighting.x / photo.width - 0.5)
    high = abs(sighting.y / photo.height - 0.5)
    return wide < FRAMED_WIDE and high < FRAMED_HIGH


def _pixel(photo: Photo, sighting: Sighting) -> tuple[float, float]:
    """Degrees right of the lens' axis, and above it if looked at along it (NaN without a click)."""
    if sighting.x is None or sighting.y is None:
        return 0.0, np.nan
    right, up = np.radians(angles(photo, sighting.x, sighting.y))
    return float(np.degrees(right)), float(np.degrees(np.arctan(np.tan(up) / np.cos(right))))


def _notes(sights: Sequence[Sight | None]) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(note for sight in sights if sight is not None for note in sight.notes))
