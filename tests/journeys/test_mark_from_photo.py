"""Marking cameras from the photos in the real window: by mouse and keyboard, with every action counted."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from camwalk.geometry.geodesy import distance
from camwalk.geometry.rays import turn
from camwalk.gui.main_window import MainWindow
from camwalk.gui.top_bar import Activity
from camwalk.gui.workspace import Workspace
from camwalk.model import Camera, Edit, LatLon, Photo, Sighting, Survey, added, message
from camwalk.operations.sample_walk import sample_walk
from camwalk.project import Project

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ON_WALL = LatLon(60.1700341, 24.9393428)  # node/316413114 as the simulator rendered it
FAR_LOOK, FAR_PIXEL = "IMG_20190608_111520.jpg", (292.4, 480.7)
NEAR_LOOK, NEAR_PIXEL = "IMG_20190608_111545.jpg", (275.0, 560.9)
WITHOUT_HEADING, LAMP_PIXEL = "DSC01053.JPG", (410.0, 300.0)
EMPTY = "IMG_20190608_112405.jpg"
CONTEXT = {"surveillance": "public", "surveillance:zone": "traffic"}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.camwalk"
    project = Project(path)
    project.do(sample_walk())
    project.close()
    return path


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow()
    window.resize(1400, 900)
    window.show()
    qtbot.addWidget(window)
    yield window
    window.close()


class Walker:
    """A person at the window; `actions` counts key presses, clicks and drags."""

    def __init__(self, window: MainWindow, workspace: Workspace, qtbot: QtBot) -> None:
        self.window, self.workspace, self.qtbot = window, workspace, qtbot
        self.session, self.viewer = workspace.session, workspace.photos.viewer
        self.picture, self.map = workspace.photos.viewer.canvas, workspace.map.canvas
        self.actions = 0

    def wait(self) -> None:
        self.qtbot.waitUntil(self.window.at_rest, timeout=30_000)

    def open(self, name: str) -> Photo:
        """Turn to a photo; not counted, the filmstrip brings them one after the other."""
        photo = next(p for p in self.survey.photos.values() if os.path.basename(p.path) == name)
        self.session.select_photo(photo.id)
        self.wait()
        return photo

    @property
    def survey(self) -> Survey:
        return self.session.survey

    @property
    def cameras(self) -> list[Camera]:
        return list(self.survey.cameras.values())

    def spot(self, pixel: tuple[float, float]) -> QPoint:
        view = self.picture.view
        assert view is not None
        return view.to_widget(QPointF(*pixel)).toPoint()

    def click(self, pixel: tuple[float, float]) -> None:
        self.actions += 1
        QTest.mouseClick(self.picture, LEFT, pos=self.spot(pixel))

    def drag(self, widget: QWidget, start: QPoint, by: QPoint) -> None:
        self.actions += 1
        QTest.mousePress(widget, LEFT, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(widget, start + QPointF(by * share).toPoint())
            QApplication.processEvents()
        QTest.mouseRelease(widget, LEFT, pos=start + by)

    def press(self, key: Qt.Key, widget: QWidget | None = None, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.actions += 1
        QTest.keyClick(widget or self.picture, key, modifier)

    def mark(self, photo: str, pixel: tuple[float, float]) -> str:
        self.open(photo)
        self.click(pixel)
        self.wait()
        camera = self.session.selection.camera
        assert camera is not None
        return camera


@pytest.fixture
def walker(window: MainWindow, sample: Path, tmp_path: Path, qtbot: QtBot) -> Walker:
    path = tmp_path / "walk.camwalk"
    path.write_bytes(sample.read_bytes())
    window.open_survey(path)
    assert window.workspace is not None
    walker = Walker(window, window.workspace, qtbot)
    walker.wait()
    return walker


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
    places = [walker.survey.cameras[camera].position]
    for _step in range(6):
        walker.press(Qt.Key.Key_V)
        walker.wait()
        places.append(walker.survey.cameras[camera].position)
        if places[-1] == places[0]:
            break
    assert places[-1] == places[0]
    assert len(set(places)) >= 3
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


def test_a_photo_without_heading_says_so_and_takes_it_from_the_walk(walker: Walker) -> None:
    photo = walker.open(WITHOUT_HEADING)
    help_ = walker.workspace.corrections.help
    assert help_.isVisible()
    walker.click(LAMP_PIXEL)
    walker.wait()
    assert walker.cameras == [], "without a direction nobody knows where to put it"
    (button,) = (b for b in help_.findChildren(QPushButton) if "the walk" in b.text())
    QTest.mouseClick(button, LEFT)
    walker.wait()
    assert walker.survey.photos[photo.id].heading_source == "walk"
    assert not help_.isVisible()
    walker.click(LAMP_PIXEL)
    walker.wait()
    assert len(walker.cameras) == 1


def test_a_heading_is_turned_on_the_map_and_estimates_follow_in_one_step(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    before = walker.survey.cameras[camera]
    walker.press(Qt.Key.Key_Escape)
    photo = walker.open(FAR_LOOK)
    knob = knob_of(walker)
    walker.drag(walker.map, knob, QPoint(14, 6))
    walker.wait()
    turned = walker.survey.photos[photo.id]
    assert turned.heading_source == "manual"
    assert walker.survey.cameras[camera].position != before.position
    walker.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert walker.survey.photos[photo.id] == photo
    assert walker.survey.cameras[camera] == before


def knob_of(walker: Walker) -> QPoint:
    from camwalk.gui.map.overlay_live import handle_of

    handle = handle_of(walker.map.view, walker.map.data, walker.map.live, "photos")
    assert handle is not None
    return QPoint(round(handle.x), round(handle.y))


def test_a_heading_comes_from_a_known_point_in_photo_and_map(walker: Walker) -> None:
    photo = walker.open(WITHOUT_HEADING)
    (button,) = (
        b for b in walker.workspace.corrections.help.findChildren(QPushButton) if "known" in b.text()
    )
    QTest.mouseClick(button, LEFT)
    walker.click(LAMP_PIXEL)
    x, y = walker.map.view.to_screen(photo.position or LatLon(0, 0))
    QTest.mouseClick(walker.map, LEFT, pos=QPoint(round(x) + 60, round(y)))
    walker.wait()
    assert walker.survey.photos[photo.id].heading_source == "manual"
    assert walker.survey.photos[photo.id].heading == pytest.approx(
        103, abs=5
    )  # 13 degrees left of the middle
    assert walker.cameras == []


def test_a_sighting_from_outside_is_a_ring_and_one_click_makes_its_camera(walker: Walker) -> None:
    photo, other = walker.open(NEAR_LOOK), walker.open(FAR_LOOK)
    walker.session.do(
        Edit(
            message("Import sightings"),
            added(
                Sighting(id="a", photo=other.id, x=FAR_PIXEL[0], y=FAR_PIXEL[1], track="7", label="dome"),
                Sighting(id="b", photo=photo.id, x=NEAR_PIXEL[0], y=NEAR_PIXEL[1], track="7", label="dome"),
            ),
        )
    )
    assert "2 sightings to review" in walker.window._counts.text()
    assert len(walker.picture._marks) == 1
    walker.click(FAR_PIXEL)
    walker.wait()
    (camera,) = walker.cameras
    assert camera.placed == "crossing"
    assert camera.tags["camera:type"] == "dome"
    assert "to review" not in walker.window._counts.text()


def test_pairs_of_the_whole_walk_are_merged_from_the_review_page(walker: Walker) -> None:
    walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.mark(NEAR_LOOK, NEAR_PIXEL)
    walker.workspace.show_activity(Activity.REVIEW)
    pairs = walker.workspace.pairs
    walker.workspace.review.show_page(pairs)
    walker.wait()
    assert len(pairs._pairs) == 1
    assert walker.map.live.pair is not None
    pairs._same.click()
    walker.wait()
    assert len(walker.cameras) == 1


def test_a_sighting_from_outside_joins_its_camera_from_the_review_page(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    photo = walker.open(NEAR_LOOK)
    seen = Sighting(id="b", photo=photo.id, x=NEAR_PIXEL[0], y=NEAR_PIXEL[1])
    walker.session.do(Edit(message("Import sightings"), added(seen)))
    walker.workspace.show_activity(Activity.REVIEW)
    walker.workspace.review.show_page(walker.workspace.pairs)
    walker.wait()
    assert walker.workspace.pairs._list.count() == 1
    assert walker.map.live.sights
    walker.workspace.pairs._same.click()
    walker.wait()
    assert walker.survey.sightings["b"].camera == camera
    assert walker.survey.cameras[camera].placed == "crossing"


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
