from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from camwalk.model import Cancelled, Decision, Survey, ignore_progress
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, open_extract
from camwalk.operations.match_cameras import NOT_COVERED, Match, match_cameras
from camwalk.operations.match_cameras_assign import best_pairs
from tests.operations.matching_scenes import (
    DOME,
    FIXED,
    ROUGH,
    WALK,
    by_hand,
    from_photos,
    looking,
    ours,
    survey_of,
    theirs,
    truth_of,
)
from tests.surveys import NOON


def pairs(matches: tuple[Match, ...]) -> dict[str | None, tuple[str | None, str]]:
    return {m.camera or m.osm: (m.osm, m.kind) for m in matches}


def one(*records, osm) -> Match:
    return match_cameras(survey_of(*records), osm)[0]


def test_what_osm_does_not_have_is_new() -> None:
    match = one(ours("a"), osm=[theirs(1, 60, 0)])
    assert (match.kind, match.osm, match.distance) == ("new", None, None)
    assert str(match.why)


def test_the_same_camera_is_confirmed_up_to_three_metres_away() -> None:
    assert one(ours("a"), osm=[theirs(1, 2.9, 0)]).kind == "confirmed"
    moved = one(ours("a"), osm=[theirs(1, 3.2, 0)])
    assert moved.kind == "moved"
    assert moved.distance == pytest.approx(3.2, abs=0.02)


def test_a_differing_tag_makes_it_changed_whatever_the_distance() -> None:
    match = one(ours("a", tags={**DOME, "height": "5"}), osm=[theirs(1, 5, 0, {**DOME, "height": "4"})])
    assert match.kind == "changed"
    assert [d.key for d in match.differences] == ["height"]
    assert "height" in str(match.why)


def test_an_estimate_does_not_claim_that_a_camera_moved_within_its_uncertainty() -> None:
    assert one(ours("a", **ROUGH), osm=[theirs(1, 8, 0)]).kind == "confirmed"
    narrow = {**ROUGH, "sigma_major": 9.0, "sigma_minor": 0.4, "axis": 90.0}
    assert one(ours("a", **narrow), osm=[theirs(1, 12, 0)]).kind == "confirmed"
    assert one(ours("a", **narrow), osm=[theirs(1, 0, 6)]).kind == "moved"


def test_two_on_one_pole_are_told_apart_by_where_they_look() -> None:
    own = [ours("a", tags={**FIXED, "camera:direction": "10"}), ours("b", tags={**FIXED, "direction": "200"})]
    osm = [
        theirs(1, 1, 0, {**FIXED, "camera:direction": "S-SSW"}),
        theirs(2, 1, 0, {**FIXED, "camera:direction": "N"}),
    ]
    found = pairs(match_cameras(survey_of(*own), osm))
    assert found["a"][0] == "node/2"
    assert found["b"][0] == "node/1"


def test_matches_are_one_to_one_over_the_whole_area_and_not_greedy() -> None:
    # the nearest pair is b and 1; taking it would leave a and 2 too far apart
    found = pairs(match_cameras(survey_of(ours("a"), ours("b", 9.5)), [theirs(1, 4.9), theirs(2, 17)]))
    assert found["a"][0] == "node/1"
    assert found["b"][0] == "node/2"


def test_two_of_ours_at_one_of_theirs_make_one_new() -> None:
    kinds = [m.kind for m in match_cameras(survey_of(ours("a"), ours("b", 0.5)), [theirs(1)])]
    assert kinds == ["confirmed", "new"]


def test_every_camera_of_both_sides_is_told_once_in_a_stable_order() -> None:
    matches = match_cameras(survey_of(ours("a"), ours("b", 300)), [theirs(1, 100), theirs(2)])
    assert [(m.camera, m.osm) for m in matches] == [("a", "node/2"), ("b", None), (None, "node/1")]


def test_what_is_no_camera_is_no_candidate() -> None:
    car_park = theirs(1, tags={"amenity": "parking", "surveillance": "outdoor"})
    assert match_cameras(survey_of(ours("a")), [car_park])[0].kind == "new"
    assert len(match_cameras(survey_of(ours("a")), [car_park])) == 1


def test_matching_holds_across_the_date_line() -> None:
    own = replace(ours("a"), lon=179.99999)
    assert match_cameras(survey_of(own), [theirs(1, lat=own.lat, lon=-179.99999)])[0].osm == "node/1"


def test_nothing_to_compare_is_no_trouble() -> None:
    assert match_cameras(Survey(), []) == ()
    assert [m.kind for m in match_cameras(Survey(), [theirs(1)])] == ["not checked"]


def decision(verdict, camera="a", osm="node/1", **fields) -> Decision:
    return Decision(id="d", verdict=verdict, made=NOON, camera=camera, osm=osm, **fields)


def test_a_pair_that_is_not_the_same_is_never_matched_again() -> None:
    matches = match_cameras(survey_of(ours("a"), decision("different")), [theirs(1), theirs(2, 2)])
    assert pairs(matches)["a"][0] == "node/2"


def test_a_decided_pair_stays_together_wherever_a_newer_extract_has_it() -> None:
    matches = match_cameras(survey_of(ours("a"), decision("ours")), [theirs(1, 400), theirs(2)])
    assert pairs(matches)["a"] == ("node/1", "moved")


def test_a_key_that_was_taken_over_and_removed_since_is_a_difference() -> None:
    took = decision("theirs", tags={**DOME, "ref": "7"})
    match = one(ours("a"), took, osm=[theirs(1, tags={**DOME, "ref": "7"})])
    assert match.kind == "changed"
    assert [tuple(d) for d in match.differences] == [("ref", None, "7")]


@pytest.mark.parametrize("seed", range(40))
def test_the_assignment_is_worth_as_much_as_the_best_of_all(seed: int) -> None:
    chance = np.random.default_rng(seed)
    table = np.where(chance.random((4, 5)) < 0.6, chance.integers(1, 9, (4, 5)), 0).astype(float)
    left, right = np.nonzero(table)
    chosen = best_pairs(left, right, table[left, right])
    best = max(sum(table[i, j] for i, j in enumerate(order)) for order in permutations(range(5), 4))
    assert table[left[chosen], right[chosen]].sum() == best
    assert max(Counter(left[chosen].tolist()).values(), default=1) == 1
    assert max(Counter(right[chosen].tolist()).values(), default=1) == 1


@pytest.fixture(scope="module")
def helsinki(shared: Path, tmp_path_factory: pytest.TempPathFactory):
    file = shared / "data/osm/helsinki-centre-2019-04.osm.pbf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMWALK_CACHE", str(tmp_path_factory.mktemp("extract")))
        survey = Survey()
        survey = survey.apply(attach_extract(survey, file, ignore_progress).changes)
        index = open_extract(survey, ignore_progress)
    assert index is not None
    yield index
    index.close()


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_walks_placed_by_hand_get_the_right_class(helsinki: ExtractIndex, walks: Path, name: str) -> None:
    truth = truth_of(walks / name)
    known = {camera["id"]: camera for camera in truth["cameras"]}
    matches = [m for m in match_cameras(by_hand(truth), helsinki.cameras(), helsinki) if m.camera]
    right = sum(_as_in_truth(match, known[match.camera or ""]) for match in matches)
    assert right >= 0.97 * len(matches)


def _as_in_truth(match: Match, camera) -> bool:
    expected = f"node/{camera['osm_id']}" if camera["osm_id"] else None
    keys = {key for key in camera["changed_keys"] if key in camera["tags"]}
    return (match.kind, match.osm) == (camera["status"], expected) and (
        match.kind != "changed" or {d.key for d in match.differences} == keys
    )


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_walks_placed_from_photos_tell_new_from_known(helsinki: ExtractIndex, walks: Path, name: str) -> None:
    truth = truth_of(walks / name)
    status = {camera["id"]: camera["status"] for camera in truth["cameras"]}
    matches = [
        m
        for seed in range(5)
        for m in match_cameras(from_photos(truth, seed), helsinki.cameras(), helsinki)
        if m.camera
    ]
    right = sum((m.kind == "new") == (status[m.camera or ""] == "new") for m in matches)
    assert right >= 0.9 * len(matches)
    wrongly_moved = sum(m.kind == "moved" and status[m.camera or ""] != "moved" for m in matches)
    assert wrongly_moved <= 0.03 * len(matches)


def test_cancelling_comes_through(helsinki: ExtractIndex, walks: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    truth = truth_of(walks / "one")
    with pytest.raises(Cancelled):
        match_cameras(from_photos(truth, 0), helsinki.cameras(), helsinki, stop)


def test_without_an_extract_nothing_is_called_not_found() -> None:
    survey = survey_of(*WALK, looking("p", 0, -10, 0))
    assert match_cameras(survey, [theirs(1)])[0].kind == "not checked"


def test_a_camera_far_from_all_that_is_known_of_osm_is_new_for_want_of_anything_to_compare() -> None:
    survey = survey_of(ours("near", 200), ours("far", 5000))
    for osm, uncovered in ([theirs(1)], {"far"}), ([], {"near", "far"}):
        matches = [m for m in match_cameras(survey, osm) if m.camera]
        assert {m.kind for m in matches} == {"new"}
        assert {m.camera for m in matches if m.why == NOT_COVERED} == uncovered
