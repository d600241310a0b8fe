from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from camwalk.geometry.time_zone import (
    from_utc,
    is_zone,
    offset_of,
    to_utc,
    zone_at,
    zone_rules,
    zone_with_offset,
)
from camwalk.model import CamwalkError, LatLon

SUMMER = datetime(2026, 7, 1, 12, 0)


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (LatLon(60.17, 24.94), "Europe/Helsinki"),
        (LatLon(43.735, 7.42), "Europe/Monaco"),
        (LatLon(27.7, 85.3), "Asia/Kathmandu"),
        (LatLon(0, -30), "Etc/GMT+2"),
    ],
)
def test_a_place_has_a_zone(place: LatLon, zone: str) -> None:
    assert zone_at(place) == zone


def test_a_thread_beside_a_window_finds_the_same_zone() -> None:
    with ThreadPoolExecutor(1) as worker:
        assert worker.submit(zone_at, LatLon(27.7, 85.3)).result() == "Asia/Kathmandu"
        assert worker.submit(zone_at, LatLon(0, -30)).result() == "Etc/GMT+2"


def test_what_is_no_place_has_no_zone() -> None:
    assert zone_at(LatLon(91, 0)) is None
    assert zone_at(LatLon(float("nan"), 0)) is None


def test_clocks_of_a_zone_follow_its_summer_time() -> None:
    assert to_utc(SUMMER, "Europe/Helsinki") == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert to_utc(datetime(2026, 1, 1, 12), "Europe/Helsinki") == datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert from_utc(datetime(2026, 7, 1, 9, 0, tzinfo=UTC), "Europe/Helsinki") == SUMMER


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_told(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(CamwalkError, match="Europe/Paris"):
        zone_rules(name)


@pytest.mark.parametrize("minutes", [-720, -570, -210 + 60, 0, 60, 330, 345, 525, 840])
def test_there_is_a_zone_for_every_usual_offset(minutes: int) -> None:
    zone = zone_with_offset(timedelta(minutes=minutes), SUMMER)
    assert zone is not None
    assert offset_of(zone, SUMMER) == timedelta(minutes=minutes)


def test_the_preferred_zone_is_taken_where_it_fits() -> None:
    three = timedelta(hours=3)
    assert zone_with_offset(three, SUMMER, "Europe/Helsinki") == "Europe/Helsinki"
    assert zone_with_offset(three, datetime(2026, 1, 1), "Europe/Helsinki") == "Etc/GMT-3"


def test_no_zone_has_an_odd_offset() -> None:
    assert zone_with_offset(timedelta(minutes=7), SUMMER) is None
