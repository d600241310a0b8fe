from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from camwalk.formats.reference_file import read_reference
from camwalk.model import Box, Change, Walk, added
from camwalk.operations.decide_match import decide
from camwalk.operations.hand_over import Choice, plan_handover, remember_handover, write_handover
from camwalk.operations.match_cameras import match_cameras
from tests.operations.matching_scenes import DOME, at, ours, survey_of, theirs

FIXED = {**DOME, "camera:type": "fixed"}


def notes(choice: Choice) -> str:
    """One that OSM has and one that differs on each of two walks, 500 m apart, told for a choice."""
    walks = (Walk(id="w", name="w"), Walk(id="v", name="v"))
    mine = (ours("a", walk="w"), ours("b", 50, tags=FIXED, walk="w"))
    yours = (ours("c", 500, walk="v"), ours("d", 550, tags=FIXED, walk="v"))
    osm = [theirs(n, east) for n, east in enumerate((0, 50, 500, 550), 1)]
    survey = survey_of(*walks, *mine, *yours)
    return " ".join(map(str, plan_handover(survey, match_cameras(survey, osm), osm, choice).notes))


def test_what_is_left_out_is_counted_for_all_walks_everywhere() -> None:
    told = notes(Choice())
    assert "2 cameras are as OSM has them." in told
    assert "2 differences wait for your decision and are left out." in told


def test_what_is_left_out_is_counted_for_the_walk_or_the_area_that_was_chosen() -> None:
    south, west = at(-20, -20)
    north, east = at(100, 20)
    for choice in (Choice(walk="w"), Choice(area=Box(south, west, north, east))):
        told = notes(choice)
        assert "1 camera is as OSM has it." in told
        assert "1 difference waits for your decision and is left out." in told


@pytest.mark.parametrize("key", ["name", "level", "manufacturer", "description", "start_date"])
def test_what_hangs_on_one_pole_comes_back_confirmed_each_with_its_own_tags(tmp_path: Path, key: str) -> None:
    survey = survey_of(*(ours(value, tags={**DOME, key: value}) for value in ("3", "1", "2")))
    file = tmp_path / "out.osm"
    write_handover(file, plan_handover(survey, match_cameras(survey, ()), (), Choice()))
    matches = match_cameras(survey, read_reference(file))
    assert [m.kind for m in matches] == ["confirmed"] * 3


def test_a_camera_that_came_back_by_undo_keeps_its_place_in_the_file() -> None:
    made = [replace(ours(name, east), created=ours(name).created + timedelta(seconds=east)) for name, east in
            (("b", 0), ("c", 50), ("a", 100))]  # fmt: skip
    survey = survey_of(*made)
    again = survey.apply((Change(made[1], None),)).apply((Change(None, made[1]),))
    before, after = (plan_handover(s, match_cameras(s, ()), (), Choice()) for s in (survey, again))
    assert after.changes == before.changes


def test_what_is_said_to_be_gone_and_what_has_no_type_is_told_before_it_goes_out() -> None:
    osm = [theirs(1, 0)]
    survey = survey_of(ours("a", 500, tags={"man_made": "surveillance"}))
    gone = next(m for m in match_cameras(survey, osm) if m.osm == "node/1")
    survey = survey.apply(decide(survey, gone, "removed", osm[0]).changes)
    told = " ".join(map(str, plan_handover(survey, match_cameras(survey, osm), osm, Choice()).notes))
    assert "1 of the changes says that a camera is gone." in told
    assert "1 new camera has no type yet." in told


def test_cameras_that_were_handed_over_before_are_counted_with_the_day() -> None:
    survey = survey_of(ours("a"), ours("b", 100))
    plan = plan_handover(survey, match_cameras(survey, ()), (), Choice())
    survey = survey.apply(remember_handover(plan, "JOSM").changes)
    survey = survey.apply(added(ours("c", 200)))
    told = " ".join(map(str, plan_handover(survey, match_cameras(survey, ()), (), Choice()).notes))
    assert "3 new cameras. " in told
    assert f"2 of these cameras were handed over before, last to JOSM on {date.today().day}\xa0" in told


def test_cameras_that_nothing_was_compared_with_are_told() -> None:
    survey = survey_of(ours("a"), ours("b", 5000))
    osm = [theirs(1, 100)]
    told = " ".join(map(str, plan_handover(survey, match_cameras(survey, osm), osm, Choice()).notes))
    assert "1 of them lies where nothing is known of OSM’s cameras" in told


def test_who_confirmed_a_camera_hands_that_over_among_the_changes() -> None:
    survey, osm = survey_of(ours("a"), ours("b", 50, tags=FIXED)), [theirs(1), theirs(2, 50)]
    for match in match_cameras(survey, osm):
        verdict = "confirmed" if match.camera == "a" else "ours"
        survey = survey.apply(decide(survey, match, verdict).changes)
    changed, everything = (
        plan_handover(survey, match_cameras(survey, osm), osm, Choice(only)) for only in ("changed", "all")
    )
    assert {c.osm_id for c in changed.changes} == {c.osm_id for c in everything.changes} == {1, 2}


def test_what_is_not_handed_over_is_not_said_to_have_been_moved_apart() -> None:
    survey = survey_of(ours("a"), ours("b"))
    north, east = at(1000, 1000)
    matches = match_cameras(survey, ())
    assert "moved by a centimetre" in " ".join(map(str, plan_handover(survey, matches, (), Choice()).notes))
    elsewhere = plan_handover(survey, matches, (), Choice(area=Box(north, east, north + 1, east + 1)))
    assert "moved by a centimetre" not in " ".join(map(str, elsewhere.notes))


def test_tags_that_should_be_looked_at_are_told_before_anything_goes_out() -> None:
    survey = survey_of(ours("a", tags={**DOME, "camera:dirction": "9"}), ours("b", 100))
    told = " ".join(map(str, plan_handover(survey, match_cameras(survey, ()), (), Choice()).notes))
    assert "1 of them has tags that should be looked at first." in told
