"""What a person does to cameras, and that each can be taken back."""

from dataclasses import replace
from pathlib import Path

import pytest

from camwalk.model import CamwalkError, Change, Edit, LatLon, message
from camwalk.operations.mark_camera import (
    delete_cameras,
    link_photo,
    mark_camera,
    move_camera,
    new_camera_tags,
    retag_camera,
    turn_camera,
    unlink_photo,
)
from camwalk.operations.review_photos import mark_seen, remove_photos
from camwalk.project import Project
from tests.store.test_survey_file import filled
from tests.surveys import everything


@pytest.fixture
def project(tmp_path: Path) -> Project:
    path = tmp_path / "survey.camwalk"
    filled(path, everything())
    return Project(path)


def test_a_new_camera_inherits_the_walks_defaults_and_its_facing(project: Project) -> None:
    tags = new_camera_tags(project.survey, "w", direction=271.6)
    assert tags == {"man_made": "surveillance", "surveillance": "public", "camera:direction": "272"}


def test_a_camera_keeps_which_photos_show_it(project: Project) -> None:
    edit = mark_camera(project.survey, LatLon(1, 2), {"man_made": "surveillance"}, photos=["p", "p"])
    project.do(edit)
    camera = edit.changes[0].record.id
    assert [s.photo for s in project.survey.sightings_of_camera[camera]] == ["p"]
    project.do(unlink_photo(project.survey, camera, "p"))
    assert camera not in project.survey.sightings_of_camera
    project.do(link_photo(project.survey, camera, "p"))
    assert not link_photo(project.survey, camera, "p"), "a second link says nothing new"


@pytest.mark.parametrize("place", [LatLon(90.1, 0), LatLon(0, 180.5), LatLon(float("nan"), 0)])
def test_a_place_that_is_not_on_earth_is_refused(project: Project, place: LatLon) -> None:
    with pytest.raises(CamwalkError, match="not a place on Earth"):
        mark_camera(project.survey, place, {})
    with pytest.raises(CamwalkError, match="not a place on Earth"):
        move_camera(project.survey, "c", place)


def test_turning_keeps_other_lenses_and_the_key_that_was_used(project: Project) -> None:
    project.do(retag_camera(project.survey, "c", {"man_made": "surveillance", "direction": "45;135"}))
    project.do(turn_camera(project.survey, "c", 200))
    assert project.survey.cameras["c"].tags == {"man_made": "surveillance", "direction": "200;135"}


def test_deleting_a_camera_takes_its_sightings_and_undo_brings_both_back(project: Project) -> None:
    before = project.survey
    project.do(delete_cameras(project.survey, ["c"]))
    assert not project.survey.cameras
    assert not project.survey.sightings
    project.undo()
    assert project.survey == before


def test_removing_a_photo_keeps_the_camera(project: Project) -> None:
    project.do(remove_photos(project.survey, ["p"]))
    assert not project.survey.photos
    assert not project.survey.sightings
    assert project.survey.cameras


def test_what_is_already_so_makes_no_edit(project: Project) -> None:
    survey = project.survey
    assert not retag_camera(survey, "c", dict(survey.cameras["c"].tags))
    assert not mark_seen(survey, ["p"])
    before = len(project.history())
    project.do(mark_seen(survey, ["p"]))
    assert len(project.history()) == before


def test_a_camera_that_is_moved_is_placed_by_hand_and_no_estimate_any_more(project: Project) -> None:
    before = project.survey.cameras["c"]
    guess = replace(before, placed="ray", sigma_major=9.0, sigma_minor=4.0, axis=30.0)
    project.do(Edit(message("Place a camera"), (Change(before, guess),)))
    project.do(move_camera(project.survey, "c", LatLon(1, 2)))
    after = project.survey.cameras["c"]
    assert (after.placed, after.sigma_major, after.sigma_minor, after.axis) == ("manual", None, None, None)
    project.undo()
    assert project.survey.cameras["c"] == guess
