"""What hangs on a photo follows when its place or direction is corrected."""

from dataclasses import replace

from camwalk.geometry.geodesy import distance
from camwalk.operations.correct_photos import with_estimates
from camwalk.operations.point_photos import turn_photo
from camwalk.operations.review_photos import mark_seen
from tests.operations.made_looks import crossed_looks


def test_turning_a_photo_moves_the_estimates_from_it_in_the_same_edit() -> None:
    before = crossed_looks()
    edit = with_estimates(before, turn_photo(before, "west", 100.0), lambda _place: None)
    after = before.apply(edit.changes)
    assert distance(before.cameras["one"].position, after.cameras["one"].position) > 3
    assert after.cameras["two"] == before.cameras["two"]
    assert after.apply(edit.reversed().changes) == before


def test_a_place_given_by_hand_stays() -> None:
    before = crossed_looks()
    mine = replace(before.cameras["one"], placed="manual")
    before = replace(before, cameras={**before.cameras, "one": mine})
    edit = with_estimates(before, turn_photo(before, "west", 100.0), lambda _place: None)
    assert before.apply(edit.changes).cameras["one"] == mine


def test_an_edit_that_moves_no_photo_is_left_as_it_is() -> None:
    before = crossed_looks()
    edit = mark_seen(before, ["west"])
    assert with_estimates(before, edit, lambda _place: None) == edit
