from datetime import UTC, datetime, time, timedelta

import pytest

from camwalk.geometry.geodesy import distance
from camwalk.model import CamwalkError, Device, Edit, Photo, Survey
from camwalk.operations.set_clock import (
    device_named,
    set_clock,
    set_clock_by_place,
    set_clock_by_shown_time,
)
from tests.operations.made_walks import START, device, photo, place, straight, survey, track

UNKNOWN = device(name="Compact", id="d", clock_offset=None)


def walk(fast: float = 0.0, **fields: object) -> Survey:
    return survey(
        [photo("p", 50 + fast), photo("q", 80 + fast)],
        [straight(100)],
        [device(**{"clock_offset": None, "name": "Compact", "id": "d", **fields})],
    )


def after(made: Survey, edit: Edit) -> tuple[Device, Photo]:
    now = made.apply(edit.changes)
    assert now.apply(edit.reversed().changes) == made
    return now.devices["d"], now.photos["p"]


def at(found: Photo, east: float) -> bool:
    assert found.position is not None
    return distance(found.position, place(east)) < 0.2


@pytest.mark.parametrize("fast", [37.0, -720.5, 86_308.0, -20_700.0])
def test_setting_the_clock_places_all_photos_of_the_device(fast: float) -> None:
    made = walk(fast)
    edit = set_clock(made, "d", -fast)
    found, shot = after(made, edit)
    assert (found.clock_offset, found.manual, str(found.clock_reason)) == (-fast, True, "Set by hand.")
    assert at(shot, 50)
    assert {c.record.id for c in edit.changes} == {"d", "p", "q"}
    assert str(edit.label) == "Set the clock of Compact"


def test_setting_the_clock_to_what_it_is_changes_nothing() -> None:
    made = walk()
    made = made.apply(set_clock(made, "d", 5).changes)
    assert not set_clock(made, "d", 5)


def test_the_zone_can_be_set_with_it() -> None:
    made = walk(fast=(2 * 60 + 45) * 60)
    found, shot = after(made, set_clock(made, "d", 0, "Asia/Kathmandu"))
    assert found.zone == "Asia/Kathmandu"
    assert at(shot, 50)


def test_the_zone_is_found_where_it_was_not_known() -> None:
    made = walk(zone=None)
    assert after(made, set_clock(made, "d", 0))[0].zone == "Europe/Helsinki"
    nowhere = survey([photo("p", 50)], devices=[device(zone=None)])
    found, _ = after(nowhere, set_clock(nowhere, "d", 0))
    assert (found.zone, str(found.zone_reason)) == ("Etc/UTC", "No place tells the zone; UTC is assumed.")


@pytest.mark.parametrize("offset", [float("nan"), float("inf"), 1e12])
def test_nonsense_offsets_are_refused(offset: float) -> None:
    with pytest.raises(CamwalkError):
        set_clock(walk(), "d", offset)
    with pytest.raises(CamwalkError, match="Mars"):
        set_clock(walk(), "d", 0, "Mars")


def test_a_photo_of_a_clock_sets_the_clock() -> None:
    made = walk(fast=-733)
    found, shot = after(made, set_clock_by_shown_time(made, "p", time(11, 0, 50)))
    assert found.clock_offset == 733
    assert at(shot, 50)


def test_a_shown_time_around_midnight_takes_the_nearest_day() -> None:
    just_after = datetime(2026, 6, 15, 0, 3)
    made = survey([photo("p", 0, taken=just_after)], [straight(9)], [device()])
    found, _ = after(made, set_clock_by_shown_time(made, "p", time(23, 59)))
    assert found.clock_offset == -240


def test_a_shown_date_mends_a_clock_that_is_years_behind() -> None:
    made = survey([photo("p", 0, taken=datetime(2010, 1, 1, 0, 0, 4))], [straight(100)], [UNKNOWN])
    shown = (START + timedelta(seconds=20)).replace(tzinfo=None) + timedelta(hours=2)
    found, shot = after(made, set_clock_by_shown_time(made, "p", shown, "Europe/Madrid"))
    assert found.zone == "Europe/Madrid"
    assert at(shot, 20)


def test_dragging_a_photo_along_the_track_sets_the_clock() -> None:
    made = walk(fast=500)
    found, shot = after(made, set_clock_by_place(made, "p", place(50.4, 8)))
    assert found.clock_offset == pytest.approx(-499.6, abs=0.06)
    assert at(shot, 50.4)


def test_dragging_to_a_place_passed_twice_takes_the_pass_nearer_in_time() -> None:
    there_and_back = track(range(200), [*range(100), *range(100, 0, -1)])
    for clock, second in ((-10.0, 60), (90.0, 140)):
        made = survey([photo("p", 50)], [there_and_back], [device(clock_offset=clock)])
        now = made.apply(set_clock_by_place(made, "p", place(60)).changes)
        assert now.photos["p"].utc == START + timedelta(seconds=second)


def test_dragging_needs_a_track_and_a_time() -> None:
    with pytest.raises(CamwalkError, match="track"):
        set_clock_by_place(survey([photo("p", 50)]), "p", place(1))
    untimed = survey([photo("p", 50, taken=None)], [straight(9)])
    with pytest.raises(CamwalkError, match=r"p\.jpg"):
        set_clock_by_place(untimed, "p", place(1))


def test_a_device_is_known_by_its_listed_name() -> None:
    made = survey([], devices=[device(name="NIKON COOLPIX P6000", id="d"), device(name="Compact", id="e")])
    assert device_named(made, " nikon coolpix p6000 ").id == "d"
    assert device_named(made, "e").id == "e"
    with pytest.raises(CamwalkError, match="Compact, NIKON COOLPIX P6000"):
        device_named(made, "Canon")
    twins = survey([], devices=[device(name="Same", id="d"), device(name="Same", id="e", walk="v")])
    with pytest.raises(CamwalkError, match="Several walks"):
        device_named(twins, "Same")


def test_times_stay_aware() -> None:
    made = walk()
    _, shot = after(made, set_clock(made, "d", 0))
    assert shot.utc == datetime(2026, 6, 14, 8, 0, 50, tzinfo=UTC)
