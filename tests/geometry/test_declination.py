"""True north from a compass's."""

from datetime import UTC, datetime

import pytest

from camwalk.geometry.declination import declination
from camwalk.model import LatLon


# as the calculators of NOAA and of the British Geological Survey have it
@pytest.mark.parametrize(
    ("place", "when", "degrees"),
    [
        (LatLon(60.17, 24.94), datetime(2019, 6, 1, tzinfo=UTC), 9.3),
        (LatLon(43.74, 7.42), datetime(2021, 6, 1, tzinfo=UTC), 2.7),
        (LatLon(49.87, 8.65), datetime(2025, 9, 1, tzinfo=UTC), 3.6),
        (LatLon(49.41, 8.69), datetime(2015, 8, 1, tzinfo=UTC), 2.1),
    ],
)
def test_declination_is_that_of_the_place_and_the_year(place: LatLon, when: datetime, degrees: float) -> None:
    assert declination(place, when) == pytest.approx(degrees, abs=0.3)


@pytest.mark.parametrize("year", [2010, 2014, 2015, 2020, 2025, 2029])
def test_every_year_from_2010_to_2029_is_covered(year: int) -> None:
    for month in (1, 12):
        found = declination(LatLon(48.1, -1.7), datetime(year, month, 31, 23, tzinfo=UTC))
        assert abs(found) < 5


@pytest.mark.parametrize("year", [1998, 2034])
def test_other_years_take_the_nearest_one(year: int) -> None:
    place = LatLon(60.17, 24.94)
    nearest = declination(place, datetime(2010 if year < 2010 else 2029, 12, 31, tzinfo=UTC))
    found = declination(place, datetime(year, 6, 1, tzinfo=UTC))
    assert found == pytest.approx(nearest, abs=0.4)
