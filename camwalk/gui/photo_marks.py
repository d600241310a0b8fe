"""The rings around what was marked in a photo, and which of them lies under a click."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from camwalk.gui import look
from camwalk.gui.map.layers import look_of
from camwalk.gui.map.symbols import LIGHT_INKS
from camwalk.gui.panel_parts import kind_word
from camwalk.gui.photo_painting import Mark
from camwalk.i18n import _
from camwalk.model import Sighting, Survey

REACH = 11.0  # widget pixels around the middle of a ring that belong to it
TO_REVIEW = "#ffffff"


@dataclass(frozen=True, slots=True)
class Spot:
    """A sighting with its pixel."""

    sighting: Sighting
    x: float
    y: float


def spots(survey: Survey, photo: str) -> list[Spot]:
    """What was seen in a photo, where the pixel is known."""
    seen = survey.sightings_in_photo.get(photo, ())
    return [Spot(s, s.x, s.y) for s in seen if s.x is not None and s.y is not None]


def marks(survey: Survey, photo: str, selected: str | None) -> Sequence[Mark]:
    """A ring for each sighting in a photo, in its camera's colour; the selected one is named."""
    return [(s.x, s.y, *_label_and_colour(survey, s.sighting, selected)) for s in spots(survey, photo)]


def pending(x: float, y: float) -> Mark:
    """The ring of a camera that is just being placed."""
    return (x, y, "…", look.colours().accent)


def spot_under(
    survey: Survey, photo: str, x: float, y: float, reach: float, selected: str | None
) -> Spot | None:
    """The nearest ring within `reach` picture pixels; of several cameras on one pole not the selected one."""
    near = [s for s in spots(survey, photo) if hypot(s.x - x, s.y - y) <= reach]
    return min(
        near,
        key=lambda s: (s.sighting.camera == selected, hypot(s.x - x, s.y - y)),
        default=None,
    )


def _label_and_colour(survey: Survey, sighting: Sighting, selected: str | None) -> tuple[str, str]:
    camera = survey.cameras.get(sighting.camera or "")
    if camera is None:
        return sighting.label or _("to review"), TO_REVIEW
    colour = LIGHT_INKS.cameras[look_of(camera.tags)]
    if camera.id != selected:
        return "", colour
    return kind_word(camera.tags), colour
