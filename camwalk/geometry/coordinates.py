"""Coordinates as people write them."""

import re

from camwalk.model import LatLon

_TWO_NUMBERS = re.compile(r"\d[^\d]+.*\d", re.DOTALL)


def parse_place(text: str) -> LatLon | None:
    """The position in any form geopy reads (decimal, degrees with minutes and seconds, N S E W).

    None for anything else; a decimal comma is read where a semicolon or a space parts the two.
    """
    # geopy brings half a web client along: only who types coordinates waits for it.
    from geopy.point import Point  # pyright: ignore[reportMissingTypeStubs]

    text = text.strip()
    if not _TWO_NUMBERS.search(text):
        return None
    for attempt in (text, re.sub(r"(\d),(\d)", r"\1.\2", text).replace(";", " ")):
        try:
            point = Point(attempt)
        except ValueError:
            continue
        place = LatLon(float(point.latitude), float(point.longitude))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        return place if place.valid else None
    return None
