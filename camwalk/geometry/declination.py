"""Magnetic declination by the World Magnetic Model, which tells true north from a compass's."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from camwalk.model import LatLon

FIRST, LAST = 2010.0, 2029.99
"""Decimal years the models at hand cover; outside, the nearest of the two is taken."""


def declination(place: LatLon, when: datetime) -> float:
    """Degrees to add to a magnetic direction to get a true one (east is positive).

    Before 2010 and after 2029 they are those of the nearest year covered. To a tenth of a degree of
    place, some 10 km, and a month: it changes by less than a compass tells.
    """
    return _declination(round(place.lat, 1), round(place.lon, 1), round(_decimal_year(when) * 12) / 12)


@lru_cache(maxsize=1024)
def _declination(lat: float, lon: float, wanted: float) -> float:
    year = min(max(wanted, FIRST), LAST)
    return float(_model(year).calculate(glat=lat, glon=lon, alt=0, time=year).d)


def _decimal_year(when: datetime) -> float:
    start = datetime(when.year, 1, 1, tzinfo=UTC)
    return when.year + (when - start).total_seconds() / (366 * 86400)


def _model(year: float) -> Any:
    # Importing the model takes longer than a photo; few surveys have magnetic directions.
    import pygeomag  # pyright: ignore[reportMissingTypeStubs]

    return cast(Any, pygeomag).GeoMag(base_year=year)
