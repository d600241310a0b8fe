"""Tags from the last camera, from the clipboard, and for the rest of the walk."""

from datetime import timedelta

import pytest

from camwalk.model import CamwalkError
from camwalk.operations.carry_tags import (
    defaults_from_camera,
    like_the_last,
    paste_tags,
    tags_as_text,
    tags_of_text,
)
from camwalk.operations.mark_camera import new_camera_tags
from tests.operations.made_looks import camera, crossed_looks
from tests.operations.made_walks import START

BUSY = {
    "man_made": "surveillance",
    "surveillance:type": "camera",
    "camera:type": "dome",
    "camera:mount": "pole",
    "camera:direction": "20",
    "surveillance": "public",
    "surveillance:zone": "traffic",
    "operator": "City",
}


def test_a_camera_takes_over_what_was_used_last_but_not_the_direction() -> None:
    earlier = camera("earlier", 0, 0, tags=BUSY, created=START + timedelta(hours=1))
    bare = camera("bare", 0, 0, created=START + timedelta(hours=2))
    before = crossed_looks(earlier, bare)
    after = before.apply(like_the_last(before, "two").changes)
    assert dict(after.cameras["two"].tags) == {k: v for k, v in BUSY.items() if k != "camera:direction"}


def test_without_any_tagged_camera_there_is_nothing_to_take_over() -> None:
    before = crossed_looks()
    with pytest.raises(CamwalkError, match="No other camera"):
        like_the_last(type(before)(walks=before.walks, cameras={"two": before.cameras["two"]}), "two")


def test_new_cameras_of_the_walk_get_place_zone_and_operator() -> None:
    before = crossed_looks(camera("c", 0, 0, tags=BUSY))
    after = before.apply(defaults_from_camera(before, "c").changes)
    assert dict(new_camera_tags(after, "w")) == {
        "man_made": "surveillance",
        "surveillance": "public",
        "surveillance:zone": "traffic",
        "operator": "City",
    }


def test_tags_go_through_text_as_in_josm() -> None:
    assert tags_of_text(tags_as_text(BUSY)) == BUSY
    assert tags_of_text("a=b=c\nnothing\n = \nkey with space=x\n  height = 4 ") == {"a": "b=c", "height": "4"}


def test_pasting_adds_and_replaces_and_refuses_other_text() -> None:
    before = crossed_looks()
    after = before.apply(paste_tags(before, "one", "camera:type=fixed\nheight=4").changes)
    assert dict(after.cameras["one"].tags) == {
        "man_made": "surveillance",
        "camera:type": "fixed",
        "height": "4",
    }
    with pytest.raises(CamwalkError, match="no tags to paste"):
        paste_tags(before, "one", "hello")


def test_pasting_leaves_the_direction_that_a_camera_has_of_its_own() -> None:
    before = crossed_looks(camera("own", 0, 0, tags={"man_made": "surveillance", "direction": "296"}))
    pasted = "camera:type=dome\ncamera:direction=323"
    after = before.apply(paste_tags(before, "own", pasted).changes).cameras["own"].tags
    assert (after["camera:type"], after["direction"]) == ("dome", "296")
    assert "camera:direction" not in after
    other = before.apply(paste_tags(before, "one", pasted).changes).cameras["one"].tags
    assert other["camera:direction"] == "323"
