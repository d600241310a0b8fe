"""Two cameras that are one become one, and two that are not stay two."""

from dataclasses import replace

import pytest

from camwalk.geometry.geodesy import distance
from camwalk.model import CamwalkError, Decision, Distinct, added, removed
from camwalk.operations.mark_sighting import another_here
from camwalk.operations.merge_cameras import are_apart, keep_apart, make_same, merge_cameras
from tests.operations.made_looks import camera, crossed_looks, estimated, looking, sighting
from tests.operations.made_walks import START, place


def test_a_merged_camera_hangs_where_its_looks_cross_and_keeps_what_both_knew() -> None:
    before = crossed_looks()
    edit = merge_cameras(before, "one", "two", None)
    after = before.apply(edit.changes)
    (kept,) = after.cameras.values()
    assert kept.id == "one"
    assert kept.placed == "crossing"
    assert distance(kept.position, place(10, 10)) < 3
    assert dict(kept.tags) == {"man_made": "surveillance", "camera:type": "dome", "operator": "City"}
    assert {s.photo for s in after.sightings_of_camera["one"]} == {"west", "east"}
    assert after.apply(edit.reversed().changes) == before


@pytest.mark.parametrize("by_hand", ["one", "two"])
def test_a_place_that_a_person_gave_wins(by_hand: str) -> None:
    before = crossed_looks()
    placed = replace(before.cameras[by_hand], placed="manual", sigma_major=None, sigma_minor=None, axis=None)
    before = replace(before, cameras={**before.cameras, by_hand: placed})
    after = before.apply(merge_cameras(before, "one", "two", None).changes)
    assert after.cameras["one"].position == placed.position
    assert after.cameras["one"].placed == "manual"


def test_another_one_on_the_pole_goes_along() -> None:
    before = crossed_looks()
    before = before.apply(another_here(before, "two").edit.changes)
    after = before.apply(merge_cameras(before, "one", "two", None).changes)
    kept, other = after.cameras["one"], next(c for c in after.cameras.values() if c.id != "one")
    assert other.position == kept.position
    assert (other.placed, other.sigma_major) == (kept.placed, kept.sigma_major)


def test_another_one_that_a_person_placed_stays_there() -> None:
    before = crossed_looks()
    made = another_here(before, "two")
    before = before.apply(made.edit.changes)
    by_hand = before.cameras[made.camera].hung_at(place(20, 20))
    before = replace(before, cameras={**before.cameras, made.camera: by_hand})
    after = before.apply(merge_cameras(before, "one", "two", None).changes)
    assert after.cameras[made.camera].position == place(20, 20)


def test_two_cameras_in_one_photo_are_never_merged() -> None:
    before = crossed_looks(sighting("s3", "west", "two", x=600.0))
    with pytest.raises(CamwalkError, match="shows both"):
        merge_cameras(before, "one", "two", None)


def test_what_was_decided_about_the_one_that_goes_is_about_the_other_then() -> None:
    told = Distinct(id="d", first="two", second="three")
    decided = Decision(id="v", verdict="ours", made=START, camera="two", osm="node/1")
    before = crossed_looks(estimated("three", 30, 30), told, decided)
    after = before.apply(merge_cameras(before, "one", "two", None).changes)
    assert are_apart(after, "one", "three")
    assert after.decisions["v"].camera == "one"


def test_cameras_without_any_look_stay_where_the_first_is() -> None:
    before = crossed_looks(estimated("a", 50, 0), estimated("b", 52, 0))
    after = before.apply(merge_cameras(before, "a", "b", None).changes)
    assert after.cameras["a"].position == place(50, 0)


def test_not_the_same_is_noted() -> None:
    before = crossed_looks()
    after = before.apply(keep_apart(before, "one", "two").changes)
    assert are_apart(after, "two", "one")
    assert not keep_apart(after, "two", "one"), "said once is enough"


def test_merging_keeps_a_camera_marked_on_the_map_in_its_place() -> None:
    before = crossed_looks(camera("mine", 9, 9))
    after = before.apply(merge_cameras(before, "mine", "two", None).changes)
    assert after.cameras["mine"].position == place(9, 9)
    assert "two" not in after.cameras


def test_a_sighting_to_review_joins_the_camera_that_it_shows() -> None:
    loose = sighting("loose", "east", None, label="dome")
    before = crossed_looks()
    before = before.apply(merge_cameras(before, "one", "two", None).changes)
    before = before.apply(removed(before.sightings["s2"])).apply(added(loose))
    after = before.apply(make_same(before, "one", "loose", None).changes)
    assert after.sightings["loose"].camera == "one"
    assert after.cameras["one"].placed == "crossing"


def test_two_sightings_to_review_become_one_camera() -> None:
    before = crossed_looks(sighting("a", "west", None), sighting("b", "east", None))
    after = before.apply(make_same(before, "a", "b", None).changes)
    assert after.sightings["a"].camera == after.sightings["b"].camera is not None


def test_cameras_whose_photos_are_kilometres_apart_are_not_merged() -> None:
    before = crossed_looks(
        looking("far", 5000, 0, 90.0), estimated("third", 5010, 0), sighting("s3", "far", "third")
    )
    with pytest.raises(CamwalkError, match="cannot show one camera"):
        merge_cameras(before, "one", "third", None)
