from dataclasses import replace
from datetime import date

import pytest

from camwalk.model import CamwalkError, Change, Edit, Survey
from camwalk.operations.conflate_handover import handover_changes
from camwalk.operations.decide_match import (
    check_date_tags,
    decide,
    is_decided,
    tag_by_tag,
)
from camwalk.operations.match_cameras import match_cameras
from tests.operations.matching_scenes import DOME, FIXED, ours, survey_of, theirs


def done(survey: Survey, edit: Edit) -> Survey:
    after = survey.apply(edit.changes)
    assert after.apply(edit.reversed().changes) == survey
    return after


def test_the_same_pair_has_the_same_decision_in_every_copy_of_the_survey() -> None:
    survey, osm = survey_of(ours("a", tags=FIXED)), [theirs(1)]
    (match,) = match_cameras(survey, osm)
    first, second = (decide(survey, match, "ours") for _ in range(2))
    assert first.changes[0].record.id == second.changes[0].record.id


def test_taking_theirs_gives_our_camera_their_tags_and_place() -> None:
    survey, osm = survey_of(ours("a", 5, tags=FIXED)), theirs(1, tags={**DOME, "ref": "7"})
    (match,) = match_cameras(survey, [osm])
    after = done(survey, decide(survey, match, "theirs", osm))
    camera = after.cameras["a"]
    assert (camera.lat, camera.lon, dict(camera.tags)) == (osm.lat, osm.lon, dict(osm.tags))
    (again,) = match_cameras(after, [osm])
    assert again.kind == "confirmed"
    assert handover_changes(after, [again], [osm]).changes == ()


def test_who_took_theirs_is_asked_again_once_the_two_differ_again() -> None:
    survey, osm = survey_of(ours("a", tags=FIXED)), theirs(1)
    (match,) = match_cameras(survey, [osm])
    after = done(survey, decide(survey, match, "theirs", osm))
    newer = osm._replace(version=4, tags={**DOME, "camera:type": "panning"})
    (waiting,) = match_cameras(after, [newer])
    assert not is_decided(after, waiting)


def test_later_still_waits_and_a_new_verdict_replaces_it() -> None:
    survey, osm = survey_of(ours("a", tags=FIXED)), [theirs(1)]
    (match,) = match_cameras(survey, osm)
    survey = done(survey, decide(survey, match, "later", note="ask Léa"))
    assert not is_decided(survey, match)
    survey = done(survey, decide(survey, match, "ours"))
    assert is_decided(survey, match)
    assert len(survey.decisions) == 1


def test_only_what_has_both_sides_can_be_taken_or_told_apart() -> None:
    survey = survey_of(ours("a"))
    (new,) = match_cameras(survey, [])
    for verdict in ("ours", "theirs", "mixed", "different", "confirmed", "removed"):
        with pytest.raises(CamwalkError):
            decide(survey, new, verdict)


def test_undecided_changes_and_confirmed_cameras_are_left_out_and_counted() -> None:
    survey = survey_of(ours("a"), ours("b", 100, tags=FIXED), ours("c", 200))
    osm = [theirs(1), theirs(2, 100)]
    matches = match_cameras(survey, osm)
    handed = handover_changes(survey, matches, osm)
    assert [(c.action, c.osm_id, c.version) for c in handed.changes] == [("create", -1, None)]
    assert handed.cameras == ("c",)
    assert len(handed.unchanged) == 1
    assert [m.camera for m in handed.undecided] == ["b"]


def test_a_modification_carries_all_tags_and_moves_only_what_has_moved() -> None:
    survey = survey_of(ours("a", 1, tags={**FIXED, "note": ""}), ours("b", 100, tags=FIXED))
    osm = [theirs(1, tags={**DOME, "ref": "7"}), theirs(2, 106)]
    for match in match_cameras(survey, osm):
        survey = done(survey, decide(survey, match, "ours"))
    near, far = handover_changes(survey, match_cameras(survey, osm), osm).changes
    assert (near.action, near.osm_id, near.version) == ("modify", 1, 3)
    assert near.tags == {**FIXED, "ref": "7"}
    assert (near.lat, near.lon) == (osm[0].lat, osm[0].lon)
    assert (far.lat, far.lon) == (survey.cameras["b"].lat, survey.cameras["b"].lon)


def test_tag_by_tag_both_get_what_was_agreed_and_lose_what_was_removed() -> None:
    survey, osm = survey_of(ours("a", tags={**FIXED, "height": "4"})), theirs(1, tags={**DOME, "ref": "7"})
    (match,) = match_cameras(survey, [osm])
    agreed = tag_by_tag(survey.cameras["a"].tags, osm.tags, {"camera:type": "dome", "ref": None})
    survey = done(survey, decide(survey, match, "mixed", osm, tags=agreed))
    assert survey.cameras["a"].tags == {**DOME, "height": "4"}
    (change,) = handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes
    assert change.tags == {**DOME, "height": "4"}


def test_confirming_may_write_the_date_of_the_check() -> None:
    survey, osm = survey_of(ours("a")), theirs(1)
    (match,) = match_cameras(survey, [osm])
    survey = done(survey, decide(survey, match, "confirmed", tags=check_date_tags(date(2026, 11, 15))))
    (change,) = handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes
    assert change.tags == {**DOME, "check_date": "2026-11-15"}


def test_a_camera_that_is_gone_keeps_its_tags_behind_a_prefix_and_is_never_deleted() -> None:
    survey, osm = survey_of(), theirs(1, tags={**DOME, "ref": "7"})
    (match,) = match_cameras(survey, [osm])
    survey = done(survey, decide(survey, match, "removed", osm, note="wall is bare"))
    (change,) = handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes
    assert change.action == "modify"
    assert "man_made" not in change.tags
    assert change.tags["removed:man_made"] == "surveillance"
    assert change.tags["ref"] == "7"
    assert change.tags["note"] == "wall is bare"


def test_a_note_goes_behind_the_one_that_is_there_and_with_a_change_only() -> None:
    tags = {**DOME, "note": "on the gate"}
    survey, osm = survey_of(ours("a", tags=FIXED)), theirs(1, tags=tags)
    (match,) = match_cameras(survey, [osm])
    survey = done(survey, decide(survey, match, "ours", osm, note="was replaced"))
    (change,) = handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes
    assert change.tags == {**FIXED, "note": "on the gate; was replaced"}
    for note in ("on the gate; was replaced", "somebody tidied up"):
        osm = osm._replace(version=4, tags={**FIXED, "note": note})
        assert handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes == ()


def test_a_note_about_two_that_are_not_the_same_goes_with_our_new_one() -> None:
    survey, osm = survey_of(ours("a", tags=FIXED)), theirs(1)
    (match,) = match_cameras(survey, [osm])
    survey = done(survey, decide(survey, match, "different", osm, note="two on one pole"))
    (change,) = handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes
    assert (change.action, change.tags) == ("create", {**FIXED, "note": "two on one pole"})


def test_without_a_version_or_a_node_it_is_a_possible_duplicate_and_no_change() -> None:
    survey = survey_of(ours("a", tags=FIXED), ours("b", 100, tags=FIXED))
    osm = [theirs(1, version=None), theirs(2, 100, osm_type="way")]
    for match in match_cameras(survey, osm):
        survey = done(survey, decide(survey, match, "ours"))
    handed = handover_changes(survey, match_cameras(survey, osm), osm)
    assert handed.changes == ()
    assert [m.osm for m in handed.possible_duplicates] == ["node/1", "way/2"]


def test_two_on_one_pole_and_one_of_osm_there_are_moved_apart() -> None:
    survey, osm = survey_of(ours("a"), ours("b"), ours("c")), [theirs(1)]
    matches = match_cameras(survey, osm)
    handed = handover_changes(survey, matches, osm)
    places = {(c.lat, c.lon) for c in handed.changes} | {(osm[0].lat, osm[0].lon)}
    assert len(places) == 3
    assert len(handed.moved_apart) == 2
    assert all(abs(lat - osm[0].lat) < 3e-7 for lat, _ in places)


def test_what_was_exported_as_new_is_confirmed_when_it_comes_back() -> None:
    survey = survey_of(
        ours("a"), ours("b", tags={**FIXED, "camera:direction": "10"}), ours("c", 30, tags=FIXED)
    )
    changes = handover_changes(survey, match_cameras(survey, []), []).changes
    back = [theirs(-c.osm_id, lat=c.lat, lon=c.lon, tags=c.tags) for c in changes]
    assert [m.kind for m in match_cameras(survey, back)] == ["confirmed"] * 3


def test_what_was_taken_over_and_removed_again_goes_from_osm_when_ours_counts() -> None:
    survey, osm = survey_of(ours("a", tags=FIXED)), theirs(1, tags={**DOME, "operator": "City"})
    (match,) = match_cameras(survey, [osm])
    survey = done(survey, decide(survey, match, "theirs", osm))
    tags = {k: v for k, v in survey.cameras["a"].tags.items() if k != "operator"}
    survey = survey.apply((Change(survey.cameras["a"], replace(survey.cameras["a"], tags=tags)),))
    (match,) = match_cameras(survey, [osm])
    assert [d.key for d in match.differences] == ["operator"]
    survey = done(survey, decide(survey, match, "ours", osm))
    (change,) = handover_changes(survey, match_cameras(survey, [osm]), [osm]).changes
    assert dict(change.tags) == DOME
