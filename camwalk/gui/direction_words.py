"""Directions in words: "south-east, 135°"."""

import re

from camwalk.geometry.directions import ALL_ROUND, Sector, cardinal, is_ambiguous_all_round, sectors
from camwalk.i18n import _, number, pgettext


def wind_name(degrees: float) -> str:
    """The nearest of the 16 winds in full."""
    return _winds()[cardinal(degrees)][1]


def from_reader(text: str) -> str:
    """A direction as typed, the reader's names of the winds ("SO", "sud-est") replaced by OSM's."""
    winds = {name.casefold(): wind for wind, names in _winds().items() for name in names}
    longest_first = sorted(winds, key=len, reverse=True)
    names = re.compile(rf"(?<![^\W\d])({'|'.join(longest_first)})(?![^\W\d])", re.IGNORECASE)
    return names.sub(lambda found: winds[found[0].casefold()], text)


def _winds() -> dict[str, tuple[str, str]]:
    return {
        "N": (pgettext("wind", "N"), _("north")),
        "NNE": (pgettext("wind", "NNE"), _("north-north-east")),
        "NE": (pgettext("wind", "NE"), _("north-east")),
        "ENE": (pgettext("wind", "ENE"), _("east-north-east")),
        "E": (pgettext("wind", "E"), _("east")),
        "ESE": (pgettext("wind", "ESE"), _("east-south-east")),
        "SE": (pgettext("wind", "SE"), _("south-east")),
        "SSE": (pgettext("wind", "SSE"), _("south-south-east")),
        "S": (pgettext("wind", "S"), _("south")),
        "SSW": (pgettext("wind", "SSW"), _("south-south-west")),
        "SW": (pgettext("wind", "SW"), _("south-west")),
        "WSW": (pgettext("wind", "WSW"), _("west-south-west")),
        "W": (pgettext("wind", "W"), _("west")),
        "WNW": (pgettext("wind", "WNW"), _("west-north-west")),
        "NW": (pgettext("wind", "NW"), _("north-west")),
        "NNW": (pgettext("wind", "NNW"), _("north-north-west")),
    }


def in_words(text: str) -> str:
    """What is understood of a direction as typed; "" where nothing is."""
    if is_ambiguous_all_round(text):
        return _("all round? (“360” may also mean north)")
    return "; ".join(_sector_in_words(sector) for sector in sectors(text))


def _sector_in_words(sector: Sector) -> str:
    start, end = sector
    if sector == ALL_ROUND:
        return _("all round")
    if start == end:
        return _("{wind}, {degrees}°").format(wind=wind_name(start), degrees=_degrees(start))
    return _("clockwise from {start}° to {end}°").format(start=_degrees(start), end=_degrees(end))


def _degrees(value: float) -> str:
    return number(value, 0 if value.is_integer() else 1)
