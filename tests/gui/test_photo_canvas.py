"""Pointing, zooming and panning in the photo viewer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camwalk.gui.photo_viewer import PhotoViewer
from camwalk.model import Photo, Survey
from camwalk.operations.import_files import import_files
from tests.gui.photo_files import four_colours, photo_of, plain, write_photo
from tests.gui.viewer_desk import (
    Show,
    colour_at,
    distance,
    four_colour_photo,
    open_viewer,
    pixel_at,
    shower,
    widget_point,
)

NONE, LEFT, MIDDLE = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def viewer(qtbot: QtBot) -> Iterator[PhotoViewer]:
    yield from open_viewer(qtbot)


@pytest.fixture
def show(qtbot: QtBot, viewer: PhotoViewer) -> Show:
    return shower(qtbot, viewer)


@pytest.fixture
def picture(tmp_path: Path) -> Photo:
    return four_colour_photo(tmp_path)


def turn_wheel(viewer: PhotoViewer, at: QPointF, notches: float) -> None:
    place = viewer.canvas.mapToGlobal(at)
    event = QWheelEvent(
        at, place, QPoint(), QPoint(0, round(120 * notches)), NONE, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer.canvas, event)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_click_tells_the_upright_pixel_whatever_the_orientation(
    tmp_path: Path, show: Show, qtbot: QtBot, orientation: int
) -> None:
    write_photo(tmp_path / "a.jpg", four_colours(900, 600), orientation)
    viewer = show(photo_of(tmp_path / "a.jpg", (900, 600), orientation=orientation))
    for x, y, colour in ((100, 90, "red"), (800, 90, "green"), (100, 510, "blue"), (800, 510, "yellow")):
        assert colour_at(viewer, x, y) == colour
        with qtbot.waitSignal(viewer.clicked) as told:
            QTest.mouseClick(viewer.canvas, LEFT, pos=widget_point(viewer, x, y))
        assert told.args == pytest.approx([x, y], abs=2)


def test_an_imported_portrait_photo_is_shown_upright(tmp_path: Path, show: Show) -> None:
    write_photo(tmp_path / "a.jpg", four_colours(600, 900), 6)
    survey = Survey().apply(import_files(Survey(), [str(tmp_path)]).edit.changes)
    [photo] = survey.photos.values()
    assert (photo.width, photo.height) == (600, 900)
    viewer = show(photo)
    assert colour_at(viewer, 100, 90) == "red"
    assert colour_at(viewer, 500, 90) == "green"


def test_a_click_beside_the_picture_tells_nothing(show: Show, picture: Photo, qtbot: QtBot) -> None:
    viewer = show(picture)
    with qtbot.assertNotEmitted(viewer.clicked):
        QTest.mouseClick(viewer.canvas, LEFT, pos=QPoint(5, 5))


def test_hovering_tells_the_pixel_and_when_it_leaves(show: Show, picture: Photo, qtbot: QtBot) -> None:
    viewer = show(picture)
    with qtbot.waitSignal(viewer.hovered) as told:
        QTest.mouseMove(viewer.canvas, widget_point(viewer, 300, 400))
    assert told.args == pytest.approx([300, 400], abs=2)
    with qtbot.waitSignal(viewer.left):
        QTest.mouseMove(viewer.canvas, QPoint(5, 5))


@pytest.mark.parametrize("notches", [1, 3, 0.25, 12])
def test_the_wheel_keeps_the_pixel_under_the_pointer(show: Show, picture: Photo, notches: float) -> None:
    viewer = show(picture)
    at = QPointF(widget_point(viewer, 900, 200))
    before = pixel_at(viewer, at)
    turn_wheel(viewer, at, notches)
    assert not viewer.canvas.is_fitted
    assert pixel_at(viewer, at) == pytest.approx(before, abs=0.01)


def test_the_wheel_back_ends_with_the_whole_picture(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    turn_wheel(viewer, QPointF(100, 300), 6)
    turn_wheel(viewer, QPointF(500, 200), -20)
    assert viewer.canvas.is_fitted


def test_pinching_zooms_to_the_fingers(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    at = QPointF(widget_point(viewer, 300, 600))
    before, scale = pixel_at(viewer, at), viewer.canvas.device_scale
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at,
        viewer.canvas.mapToGlobal(at), 0.5, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(viewer.canvas, pinch)
    assert viewer.canvas.device_scale == pytest.approx(1.5 * scale)
    assert pixel_at(viewer, at) == pytest.approx(before, abs=0.01)


def test_a_double_click_shows_all_pixels_and_the_next_one_all_of_the_picture(
    show: Show, picture: Photo
) -> None:
    viewer = show(picture)
    at = widget_point(viewer, 900, 200)
    QTest.mouseDClick(viewer.canvas, LEFT, pos=at)
    assert viewer.canvas.device_scale == pytest.approx(1)
    assert pixel_at(viewer, QPointF(at)) == pytest.approx((900, 200), abs=2)
    QTest.mouseDClick(viewer.canvas, LEFT, pos=at)
    assert viewer.canvas.is_fitted


def drag(viewer: PhotoViewer, button: Qt.MouseButton, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(viewer.canvas, button, pos=start)
    for step in (0.3, 0.6, 1.0):
        at = QPointF(start) + QPointF(end - start) * step
        event = mouse_move(viewer, at, button)
        QApplication.sendEvent(viewer.canvas, event)
    QTest.mouseRelease(viewer.canvas, button, pos=end)


def mouse_move(viewer: PhotoViewer, at: QPointF, button: Qt.MouseButton) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove, at, viewer.canvas.mapToGlobal(at), NONE, button, Qt.KeyboardModifier.NoModifier
    )


@pytest.mark.parametrize(("button", "marking"), [(LEFT, False), (MIDDLE, False), (MIDDLE, True)])
def test_dragging_pans_and_is_no_click(
    show: Show, picture: Photo, qtbot: QtBot, button: Qt.MouseButton, marking: bool
) -> None:
    viewer = show(picture)
    viewer.set_marking(marking)
    viewer.canvas.zoom_to_pixels()
    start = QPoint(300, 300)
    before = pixel_at(viewer, QPointF(start))
    with qtbot.assertNotEmitted(viewer.clicked):
        drag(viewer, button, start, QPoint(260, 310))
    assert pixel_at(viewer, QPointF(260, 310)) == pytest.approx(before, abs=0.01)


def test_while_marking_a_drag_tells_the_pixel_and_a_direction(
    show: Show, picture: Photo, qtbot: QtBot
) -> None:
    viewer = show(picture)
    viewer.set_marking(True)
    viewer.canvas.zoom_to_pixels()
    view = viewer.canvas.view
    with qtbot.assertNotEmitted(viewer.clicked), qtbot.waitSignal(viewer.dragged) as told:
        drag(viewer, LEFT, QPoint(200, 200), QPoint(320, 200))
    assert viewer.canvas.view == view
    assert told.args == pytest.approx((*pixel_at(viewer, QPointF(200, 200)), 90.0), abs=0.01)


def test_while_marking_a_trembling_hand_still_clicks_where_it_pressed(
    show: Show, picture: Photo, qtbot: QtBot
) -> None:
    viewer = show(picture)
    viewer.set_marking(True)
    with qtbot.waitSignal(viewer.clicked) as told:
        drag(viewer, LEFT, QPoint(200, 200), QPoint(206, 204))
    assert told.args == pytest.approx(pixel_at(viewer, QPointF(200, 200)), abs=0.01)


def test_the_picture_cannot_be_dragged_out_of_sight(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    viewer.canvas.zoom_to_pixels()
    drag(viewer, LEFT, QPoint(10, 10), QPoint(600, 400))
    drag(viewer, LEFT, QPoint(10, 10), QPoint(600, 400))
    left, top = pixel_at(viewer, QPointF(0, 0))
    assert left == pytest.approx(0, abs=0.01)
    assert top == pytest.approx(0, abs=0.01)


def test_keys_zoom_pan_and_fit(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    canvas = viewer.canvas
    fitted = canvas.device_scale
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.device_scale > fitted
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.is_fitted
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    assert canvas.device_scale == pytest.approx(1)
    before = pixel_at(viewer, QPointF(0, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert pixel_at(viewer, QPointF(0, 0))[0] > before[0]
    for key in (Qt.Key.Key_0, Qt.Key.Key_F):
        canvas.zoom_to_pixels()
        QTest.keyClick(canvas, key)
        assert canvas.is_fitted


def test_while_marking_space_points_at_the_middle(show: Show, picture: Photo, qtbot: QtBot) -> None:
    viewer = show(picture)
    viewer.set_marking(True)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(viewer.canvas, key)
    middle = pixel_at(viewer, QPointF(viewer.canvas.rect().center()))
    assert middle[0] < 600
    with qtbot.waitSignal(viewer.clicked) as told:
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Space)
    assert told.args == pytest.approx(middle)
    viewer.set_marking(False)
    with qtbot.assertNotEmitted(viewer.clicked):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Space)


def test_another_photo_starts_with_all_of_it(show: Show, picture: Photo, tmp_path: Path) -> None:
    viewer = show(picture)
    viewer.canvas.zoom_to_pixels()
    write_photo(tmp_path / "b.jpg", plain("grey", 1200, 800))
    show(photo_of(tmp_path / "b.jpg", (1200, 800)))
    assert viewer.canvas.is_fitted


def test_marks_are_rings_around_their_pixel(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    plain_picture = viewer.canvas.grab().toImage()
    viewer.set_marks([(300, 200, "1", "#56B4E9")])
    marked = viewer.canvas.grab().toImage()
    at = widget_point(viewer, 300, 200)
    assert marked.pixelColor(at) == plain_picture.pixelColor(at)
    assert distance(marked.pixelColor(at + QPoint(7, 0)), QColor("#56B4E9")) < 60
