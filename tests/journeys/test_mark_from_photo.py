"""Marking cameras from the photos in the real window: by mouse and keyboard, with every action counted."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from camwalk.geometry.geodesy import distance
from camwalk.geometry.rays import turn
from tests.journeys.walkers import (
    CONTEXT,
    EMPTY,
    FAR_LOOK,
    FAR_PIXEL,
    NEAR_LOOK,
    NEAR_PIXEL,
    ON_WALL,
    Walker,
)


def test_one_camera_with_facing_type_mount_and_two_context_tags_takes_few_actions(walker: Walker) -> None:
    """The first camera of the walk gave the context, as it does once a walk; the second is counted."""
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    tags = {**walker.survey.cameras[first].tags, **CONTEXT, "camera:type": "fixed"}
    walker.workspace.form.tags_edited.emit(first, tags)
    walker.open(NEAR_LOOK)

    walker.actions = 0
    walker.drag(walker.picture, walker.spot(NEAR_PIXEL), QPoint(0, 50))  # place, and facing the photographer
    walker.press(Qt.Key.Key_D)  # the context tags, and what else was used last
    walker.press(Qt.Key.Key_2)  # a dome
    walker.press(Qt.Key.Key_P)  # on a pole
    walker.press(Qt.Key.Key_Return)  # done, next photo
    walker.wait()

    (camera,) = (c for c in walker.cameras if c.id != first)
    photo = walker.survey.photos[walker.survey.sightings_of_camera[camera.id][0].photo]
    assert dict(camera.tags) | CONTEXT == dict(camera.tags)
    assert (camera.tags["camera:type"], camera.tags["camera:mount"]) == ("dome", "pole")
    assert distance(camera.position, ON_WALL) < 12
    looks_back = (photo.heading or 0) + 180
    assert abs(float(turn(float(camera.tags["camera:direction"]), looks_back))) < 30
    assert photo.seen
    assert walker.session.selection.photo != photo.id
    assert walker.session.selection.camera is None
    assert walker.actions == 5, "README tells this figure"


def test_the_key_of_the_mount_that_was_proposed_keeps_it(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    assert walker.survey.cameras[camera].tags["camera:mount"] == "wall", "the estimate is on a wall"
    walker.press(Qt.Key.Key_W)
    assert walker.survey.cameras[camera].tags["camera:mount"] == "wall"


def test_with_the_defaults_of_the_walk_one_action_less(walker: Walker) -> None:
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.workspace.form.tags_edited.emit(first, {**walker.survey.cameras[first].tags, **CONTEXT})
    named = "New cameras of this walk get its place, zone and operator"
    action = next(a for c, a in walker.window.actions_by_command() if c.text.replace("&", "") == named)
    action.trigger()
    second = walker.mark(NEAR_LOOK, NEAR_PIXEL)
    assert dict(walker.survey.cameras[second].tags) | CONTEXT == dict(walker.survey.cameras[second].tags)


def test_a_click_in_the_photo_makes_a_camera_on_the_wall_with_its_ellipse_and_ring(walker: Walker) -> None:
    marked = walker.mark(FAR_LOOK, FAR_PIXEL)
    camera = walker.survey.cameras[marked]
    assert camera.placed == "wall"
    assert camera.tags["camera:mount"] == "wall"
    assert distance(camera.position, ON_WALL) < 10
    assert camera.sigma_major is not None
    assert walker.map.data.estimates[camera.id].major == camera.sigma_major
    assert len(walker.map.live.sights) == 1
    assert [mark[:2] for mark in walker.picture._marks] == [pytest.approx(FAR_PIXEL, abs=2)]
    assert "on a wall" in walker.workspace.form._placed.text()
    assert len(walker.session.project.history()) == 2, "the import, and one step for camera and sighting"


def test_hovering_shows_the_ray_and_leaving_takes_it_away(walker: Walker) -> None:
    photo = walker.open(FAR_LOOK)
    QTest.mouseMove(walker.picture, walker.spot(FAR_PIXEL))
    (ray,) = walker.map.live.sights
    assert ray.eye == photo.position
    assert 5 < ray.sigma < 12
    walker.viewer.left.emit()
    assert walker.map.live.sights == ()


def test_dragging_to_the_right_lets_it_face_to_the_right_of_the_photographer(walker: Walker) -> None:
    photo = walker.open(FAR_LOOK)
    walker.drag(walker.picture, walker.spot((480.0, 480.0)), QPoint(60, 0))
    walker.wait()
    (camera,) = walker.cameras
    assert abs(float(turn(float(camera.tags["camera:direction"]), (photo.heading or 0) + 90))) <= 1


def test_keys_pressed_while_a_camera_is_being_placed_are_meant_for_it(walker: Walker) -> None:
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.open(NEAR_LOOK)
    walker.click(NEAR_PIXEL)
    walker.press(Qt.Key.Key_3)
    walker.press(Qt.Key.Key_C)
    assert "camera:type" not in walker.survey.cameras[first].tags
    walker.wait()
    (second,) = (c for c in walker.cameras if c.id != first)
    assert (second.tags["camera:type"], second.tags["camera:mount"]) == ("panning", "ceiling")


def test_the_same_camera_in_a_second_photo_becomes_one_at_the_crossing(walker: Walker) -> None:
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.mark(NEAR_LOOK, NEAR_PIXEL)
    assert walker.workspace.map.proposal.isVisible()
    walker.press(Qt.Key.Key_S)
    walker.wait()
    (camera,) = walker.cameras
    assert camera.id == first
    assert camera.placed == "crossing"
    assert len(walker.survey.sightings_of_camera[first]) == 2
    assert distance(camera.position, ON_WALL) < 6
    assert not walker.workspace.map.proposal.isVisible()
    walker.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(walker.cameras) == 2


def test_a_key_pressed_right_after_merging_is_meant_for_the_merged_camera(walker: Walker) -> None:
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.mark(NEAR_LOOK, NEAR_PIXEL)
    walker.press(Qt.Key.Key_S)
    walker.press(Qt.Key.Key_2)
    walker.wait()
    (camera,) = walker.cameras
    assert (camera.id, camera.tags["camera:type"]) == (first, "dome")


def test_closing_the_survey_while_a_camera_is_being_placed_leaves_nothing_behind(walker: Walker) -> None:
    walker.open(FAR_LOOK)
    walker.click(FAR_PIXEL)
    path = walker.session.project.path
    walker.window.open_survey(path)
    assert walker.window.workspace is not None
    walker.wait()
    assert not walker.window.workspace.session.survey.cameras


def test_not_the_same_is_remembered(walker: Walker) -> None:
    walker.mark(FAR_LOOK, FAR_PIXEL)
    second = walker.mark(NEAR_LOOK, NEAR_PIXEL)
    walker.press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert len(walker.survey.distincts) == 1
    walker.session.select_camera(None)
    walker.session.select_camera(second)
    assert not walker.workspace.map.proposal.isVisible()


def test_v_goes_through_the_other_places_and_comes_back(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    places, told = [walker.survey.cameras[camera].position], list[str]()
    walker.session.said.connect(told.append)
    for _step in range(6):
        walker.press(Qt.Key.Key_V)
        walker.wait()
        places.append(walker.survey.cameras[camera].position)
        if places[-1] == places[0]:
            break
    assert places[-1] == places[0]
    assert len(set(places)) >= 3
    assert told[1].startswith(f"Place 2 of {len(set(places))}: ")
    assert told[1].endswith("% likely")
    assert told[-1] == f"Place 1 of {len(set(places))}: the likeliest one"
    walker.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert walker.survey.cameras[camera].position == places[-2]


def test_another_on_the_same_pole_is_one_key(walker: Walker) -> None:
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.press(Qt.Key.Key_A)
    second = walker.session.selection.camera
    assert second is not None
    assert second != first
    one, other = walker.survey.cameras[first], walker.survey.cameras[second]
    assert one.position == other.position
    assert [s.photo for s in walker.survey.sightings_of_camera[second]] == [
        s.photo for s in walker.survey.sightings_of_camera[first]
    ]
    assert not walker.workspace.map.proposal.isVisible(), "one photo shows both, so they are two"


def test_dragging_an_estimated_camera_makes_it_placed_by_hand(walker: Walker) -> None:
    id_ = walker.mark(FAR_LOOK, FAR_PIXEL)
    x, y = walker.map.view.to_screen(walker.survey.cameras[id_].position)
    walker.drag(walker.map, QPoint(round(x), round(y)), QPoint(-60, -10))
    camera = walker.survey.cameras[id_]
    assert camera.placed == "manual"
    assert camera.sigma_major is None
    assert id_ not in walker.map.data.estimates


def test_a_click_on_a_ring_selects_its_camera(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.press(Qt.Key.Key_Escape)
    assert walker.session.selection.camera is None
    walker.click(FAR_PIXEL)
    assert walker.session.selection.camera == camera
    assert len(walker.cameras) == 1


def test_no_camera_here_is_one_key(walker: Walker) -> None:
    photo = walker.open(EMPTY)
    walker.press(Qt.Key.Key_N)
    assert walker.survey.photos[photo.id].seen
    assert walker.session.selection.photo != photo.id
    assert "looked at: 1, left: 23" in walker.window._counts.text()


def test_enter_in_a_field_ends_typing_and_stays_at_the_photo(walker: Walker) -> None:
    walker.mark(FAR_LOOK, FAR_PIXEL)
    photo = walker.session.selection.photo
    operator = walker.workspace.form.fields.typed["operator"].findChild(QLineEdit)
    assert operator is not None
    operator.setFocus()
    QTest.keyClicks(operator, "City")
    walker.press(Qt.Key.Key_Return, operator)
    assert walker.session.selection.photo == photo
    assert not walker.survey.photos[photo or ""].seen


def test_tags_are_copied_and_pasted_as_lines(walker: Walker) -> None:
    first = walker.mark(FAR_LOOK, FAR_PIXEL)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    walker.press(Qt.Key.Key_C, modifier=both)
    text = QApplication.clipboard().text()
    assert "man_made=surveillance" in text.splitlines()
    QApplication.clipboard().setText("operator=City\nnot a tag\nheight=4")
    walker.press(Qt.Key.Key_V, modifier=both)
    tags = walker.survey.cameras[first].tags
    assert (tags["operator"], tags["height"]) == ("City", "4")
