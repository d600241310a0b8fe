"""The lens: which way a pixel of an upright picture looks.

A pinhole, without distortion. The focal length in pixels is `focal_35mm` / 36 times the longer side:
the 35 mm equivalent maps the 36 mm of a film's longer side. (By the diagonal, as CIPA has it, it
would be 4 % more on a 4:3 sensor, less than what a phone's compass adds.)
"""

from dataclasses import dataclass
from math import atan2, degrees, hypot, log
from typing import Literal

from camwalk.model import Message, Photo, is_panorama, message, same_shape

DEFAULT_35MM = 26.0
"""Millimetres; the main lens of most phones since 2015."""
FILM = 36.0  # millimetres of a film's longer side
MOST_ZOOM = 100.0  # what is more is not meant

COMPASS_SIGMA, UNSURE_NORTH_SIGMA, HAND_SIGMA, WALK_SIGMA = 8.0, 11.0, 4.0, 40.0
"""Degrees, 1 sigma: a phone's compass, one that does not say which north, a person's drag, the course."""

LENS_GUESSED = message("The photo does not say its focal length; {focal} mm, as in most phones, is assumed.")
LENS_BY_DEVICE = message(
    "The photo does not say its focal length; {focal} mm, as is usual for its device, is assumed."
)
LENS_BY_SENSOR = message("The focal length is guessed from {focal} mm at a sensor of usual size.")
CROPPED = message("The picture looks cropped, so directions in it may be off.")
ZOOMED = message("Taken with {zoom}× digital zoom; directions in it may be a little off.")
NOT_RECTILINEAR = message("A panorama: directions in it are rough.")
WIDE = message("A very wide lens: directions near the edges are rough.")
NO_HEADING = message("The photo does not say where it looks. Turn it on the map.")
HEADING_OF_WALK = message("The photo does not say where it looks; the direction of walking is taken.")
UNSURE_NORTH = message("The photo does not say from which north its direction is.")

_ASPECTS = (1.0, 5 / 4, 4 / 3, 3 / 2, 16 / 10, 16 / 9, 2.0, 19 / 9, 19.5 / 9, 20 / 9)
_SAME_ASPECT = 0.015
_SENSORS = ((9.0, 5.6), (30.0, 2.7), (70.0, 1.5))  # focal length up to which the factor to 35 mm is usual


@dataclass(frozen=True, slots=True)
class Lens:
    """Focal length in pixels, the relative 1 sigma of it, and what to know about it.

    `shift` is how many pixels, 1 sigma, the lens' axis may be beside the middle: after cropping nobody knows.
    """

    focal: float
    sigma: float
    kind: Literal["straight", "panorama"]
    notes: tuple[Message, ...] = ()
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Sight:
    """A direction with its 1 sigma, in degrees from true north, and what to know about it."""

    bearing: float
    sigma: float
    notes: tuple[Message, ...] = ()


def lens_of(photo: Photo) -> Lens:
    """The lens behind a photo, guessed where its file does not tell."""
    width, height = photo.width or 4000, photo.height or 3000
    longer, shorter = max(width, height), max(min(width, height), 1)
    equivalent, sigma, notes = _equivalent(photo)
    full = (photo.full_width or width, photo.full_height or height)
    if not same_shape(full, (width, height)):
        return _cropped(equivalent, sigma, notes, full, (width, height))
    if is_panorama(width, height):
        # a phone held upright and turned: its longer side is the panorama's shorter one
        return Lens(equivalent / FILM * shorter, 0.25, "panorama", (*notes, NOT_RECTILINEAR))
    if min(abs(longer / shorter / aspect - 1) for aspect in _ASPECTS) > _SAME_ASPECT:
        notes, sigma = (*notes, CROPPED), max(sigma, 0.2)
    if equivalent < 14:
        notes, sigma = (*notes, WIDE), max(sigma, 0.1)
    return Lens(equivalent / FILM * longer, sigma, "straight", notes)


def _cropped(
    equivalent: float, sigma: float, notes: tuple[Message, ...], full: tuple[int, int], size: tuple[int, int]
) -> Lens:
    """The lens of a picture from which something of `full` was cut off, about its middle as far as one knows.

    Pixels keep their size, unless there are more of them than before.
    """
    grown = max(1.0, size[0] / full[0], size[1] / full[1])
    if size[0] != full[0] and size[1] != full[1]:
        sigma = max(sigma, 0.3)  # it may have been made smaller as well
    shift = max(grown * full[0] - size[0], 0) / 12**0.5 / 2
    return Lens(equivalent / FILM * max(full) * grown, sigma, "straight", (*notes, CROPPED), shift)


def angles(photo: Photo, x: float, y: float) -> tuple[float, float]:
    """Degrees to the right of the lens' axis and above it at which pixel `x`, `y` looks.

    As if the lens were level; a phone tilted by 20 degrees moves corners by a degree or two.
    """
    lens = lens_of(photo)
    right = x - (photo.width or 4000) / 2
    up = (photo.height or 3000) / 2 - y
    if lens.kind == "panorama":
        return degrees(right / lens.focal), degrees(atan2(up, lens.focal))
    return degrees(atan2(right, lens.focal)), degrees(atan2(up, hypot(lens.focal, right)))


def bearing_of(photo: Photo, x: float | None, y: float | None) -> Sight | None:
    """Where the pixel of a photo looks; None where the photo has no heading.

    Without a pixel, what is seen is anywhere in the picture.
    """
    off, sigma, notes = _pixel(photo, x, y)
    if photo.heading is None:
        return None
    own, told = heading_sigma(photo)
    return Sight((photo.heading + off) % 360, hypot(own, sigma), (*told, *notes))


def heading_sigma(photo: Photo) -> tuple[float, tuple[Message, ...]]:
    """How sure a photo's heading is, in degrees (1 sigma), and what to know about that."""
    if photo.heading is None:
        return 180.0, (NO_HEADING,)
    if photo.heading_source == "manual":
        return HAND_SIGMA, ()
    if photo.heading_source == "walk":
        return WALK_SIGMA, (HEADING_OF_WALK,)
    return (COMPASS_SIGMA, ()) if photo.direction_ref else (UNSURE_NORTH_SIGMA, (UNSURE_NORTH,))


def field_of_view(photo: Photo) -> float:
    """Degrees that the picture is wide."""
    left, _ = angles(photo, 0.0, (photo.height or 3000) / 2)
    return -2 * left


def inside_picture(photo: Photo, x: float, y: float) -> bool:
    """Whether the pixel lies in the picture; so does any where the size is unknown."""
    return 0 <= x <= (photo.width or x) and 0 <= y <= (photo.height or y)


def _pixel(photo: Photo, x: float | None, y: float | None) -> tuple[float, float, tuple[Message, ...]]:
    """Angle of a pixel right of the axis, its 1 sigma, and notes."""
    lens = lens_of(photo)
    if x is None or y is None:
        return 0.0, field_of_view(photo) / 4, lens.notes
    off, _ = angles(photo, x, y)
    beside = degrees(atan2(lens.shift, lens.focal))
    return off, hypot(abs(off) * lens.sigma + 0.3, beside), lens.notes


def _equivalent(photo: Photo) -> tuple[float, float, tuple[Message, ...]]:
    """35 mm equivalent in millimetres, its relative 1 sigma, and notes."""
    if photo.focal_35mm and photo.focal_35mm > 1:
        zoom, sigma, notes = _zoom(photo, photo.focal_35mm)
        return photo.focal_35mm * zoom, max(sigma, 0.04), notes
    zoom, _, notes = _zoom(photo, None)
    if photo.focal_mm and 1 < photo.focal_mm < 300:
        focal = photo.focal_mm * _usual_factor(photo.focal_mm)
        return focal * zoom, 0.25, (_with(LENS_BY_SENSOR, focal=photo.focal_mm), *notes)
    if photo.usual_35mm:
        return photo.usual_35mm * zoom, 0.2, (_with(LENS_BY_DEVICE, focal=photo.usual_35mm), *notes)
    return DEFAULT_35MM * zoom, 0.15, (_with(LENS_GUESSED, focal=DEFAULT_35MM), *notes)


def _zoom(photo: Photo, equivalent: float | None) -> tuple[float, float, tuple[Message, ...]]:
    """By what digital zoom lengthens the focal length that is known, its relative 1 sigma, and notes.

    Some devices count it into the 35 mm equivalent (iPhone, Pixel), others do not (Olympus): what makes
    the sensor more usual is taken.
    """
    zoom = photo.zoom or 1.0
    if not 1.0 < zoom <= MOST_ZOOM:
        return 1.0, 0.0, ()
    notes = (_with(ZOOMED, zoom=zoom),)
    if equivalent is None:
        return zoom, 0.15, notes
    if not photo.focal_mm or photo.focal_mm <= 1:
        return 1.0, 0.15, notes
    off = log(equivalent / photo.focal_mm / _usual_factor(photo.focal_mm))
    return (1.0 if abs(off - log(zoom)) < abs(off) else zoom), 0.08, notes


def _usual_factor(focal_mm: float) -> float:
    return next((factor for longest, factor in _SENSORS if focal_mm <= longest), 1.0)


def _with(note: Message, **params: float) -> Message:
    return Message(note.text, tuple((name, round(value, 1)) for name, value in params.items()))
