"""Which cameras are proposed to be one."""

from dataclasses import replace

from camwalk.model import Survey
from camwalk.operations.merge_cameras import keep_apart
from camwalk.operations.same_nearby import Likely, likely_same
from tests.operations.made_looks import camera, crossed_looks, estimated, sighting


def of_one(survey: Survey) -> list[Likely]:
    return likely_same(survey, "one", survey.cameras)


def test_two_estimates_close_for_what_is_known_of_them_are_proposed() -> None:
    (found,) = of_one(crossed_looks())
    assert (found.first, found.second) == ("one", "two")
    assert 3.9 < found.metres < 4.1
    assert found.chance > 0.5


def test_what_is_sure_and_apart_is_not_proposed() -> None:
    survey = crossed_looks(camera("a", 50, 0), camera("b", 58, 0))
    assert likely_same(survey, "a", survey.cameras) == []


def test_one_photo_of_both_or_a_persons_word_rules_it_out() -> None:
    assert of_one(crossed_looks(sighting("s3", "west", "two", x=700.0))) == []
    survey = crossed_looks()
    told = survey.apply(keep_apart(survey, "two", "one").changes)
    assert of_one(told) == []


def test_different_types_speak_against_it() -> None:
    survey = crossed_looks()
    fixed = replace(survey.cameras["two"], tags={"man_made": "surveillance", "camera:type": "fixed"})
    assert of_one(replace(survey, cameras={**survey.cameras, "two": fixed})) == []


def test_the_likeliest_comes_first() -> None:
    survey = crossed_looks(estimated("near", 8.5, 8))
    found = likely_same(survey, "one", survey.cameras)
    assert [f.second for f in found] == ["near", "two"]
