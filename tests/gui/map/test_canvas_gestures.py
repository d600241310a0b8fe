"""What the mouse, trackpads and fingers do on the canvas, and the intentions it tells."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.map.layers import map_data
from camwalk.model import Survey
from camwalk.operations.mark_camera import turn_camera
from tests.gui.map.canvases import (
    HERE,
    LEFT,
    MIDDLE,
    NONE,
    SHIFT,
    Told,
    camera,
    drag,
    near,
    photo,
    small_world,
    wheel,
)


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    return small_world(qtbot)


@pytest.fixture
def told(canvas: MapCanvas) -> Told:
    return Told(canvas)


def test_a_click_on_nothing_tells_the_place(canvas: MapCanvas, told: Told):
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(220, 310))
    assert told.names == ["clicked"]
    assert near(told.last("clicked")[0], canvas, 220, 310)


def test_clicks_tell_cameras_photos_and_osm_cameras(canvas: MapCanvas, told: Told):
    for x, y in ((304, 205), (152, 199), (298, 95)):
        QTest.mouseClick(canvas, LEFT, NONE, QPoint(x, y))
    assert told.names == ["camera_clicked", "photo_clicked", "osm_camera_clicked"]
    assert [told.last(name)[0] for name in told.names if isinstance(name, str)] == ["middle", "p", "node/5"]


def test_a_hidden_layer_is_not_clicked(canvas: MapCanvas, told: Told):
    canvas.show_layers(["photos"])
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(300, 200))
    assert told.names == ["clicked"]


def test_on_one_spot_the_selected_comes_first_then_cameras_then_photos(canvas: MapCanvas, told: Told):
    cameras = {id: camera(canvas, id, 300) for id in ("one", "two")}
    canvas.set_data(map_data(Survey(cameras=cameras, photos={"p": photo(canvas, "p", 301)})))
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(301, 200))
    assert told.names == ["camera_clicked"]
    canvas.select(photos=["p"])
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(297, 200))
    assert told.names[-1] == "photo_clicked"
    canvas.select(cameras=["two"])
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(301, 200))
    assert told.last("camera_clicked") == ("two",)


def test_dragging_the_selected_camera_tells_where_it_was_dropped(canvas: MapCanvas, told: Told):
    canvas.select(cameras=["middle"])
    before = canvas.data
    drag(canvas, (302, 203), (362, 263))
    assert told.names == ["camera_dragged"]
    id, place = told.last("camera_dragged")
    assert id == "middle"
    assert near(place, canvas, 360, 260)
    assert canvas.data is before


def test_dragging_another_camera_selects_it_first(canvas: MapCanvas, told: Told):
    drag(canvas, (450, 200), (450, 260))
    assert told.names == ["camera_clicked", "camera_dragged"]


def test_a_drag_that_begins_beside_a_camera_pans(canvas: MapCanvas, told: Told):
    drag(canvas, (309, 200), (359, 240))
    assert told.names == []
    assert canvas.view.to_screen(HERE) == pytest.approx((350, 240), abs=0.6)


def test_a_photo_is_dragged_only_once_it_is_selected(canvas: MapCanvas, told: Told):
    drag(canvas, (150, 200), (160, 250))
    assert told.names == []
    canvas.show_view(canvas.view.centred(HERE))
    canvas.select(photos=["p"])
    drag(canvas, (150, 200), (160, 250))
    assert told.names == ["photo_dragged"]
    assert near(told.last("photo_dragged")[1], canvas, 160, 250)


def test_a_trembling_hand_still_clicks(canvas: MapCanvas, told: Told):
    drag(canvas, (300, 200), (303, 202))
    assert told.names == ["camera_clicked"]


def test_escape_lets_go_of_what_is_in_hand(canvas: MapCanvas, told: Told):
    canvas.select(cameras=["middle"])
    drag(canvas, (300, 200), (380, 260), drop=False)
    assert canvas.live.moved is not None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.live.moved is None
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(380, 260))
    assert told.names == []


def test_the_knob_turns_the_selectedcamera(canvas: MapCanvas, told: Told):
    canvas.select(cameras=["middle"])
    reach = 25 / canvas.view.metres_per_pixel
    drag(canvas, (round(300 + reach), 200), (300, 300))
    assert told.names == ["direction_changed"]
    assert told.last("direction_changed") == ("middle", 180.0)


def test_shift_turns_in_steps(canvas: MapCanvas, told: Told):
    canvas.select(cameras=["middle"])
    reach = 25 / canvas.view.metres_per_pixel
    drag(canvas, (round(300 + reach), 200), (310, 300), keys=SHIFT)
    assert told.last("direction_changed") == ("middle", 180.0)
    drag(canvas, (round(300 + reach), 200), (310, 300))
    assert told.last("direction_changed") == ("middle", 174.0)


def test_a_click_on_the_knob_does_nothing(canvas: MapCanvas, told: Told):
    canvas.select(cameras=["middle"])
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(300 + 25 / canvas.view.metres_per_pixel), 200))
    assert told.names == []


def test_marking_by_a_click_places_acamera(canvas: MapCanvas, told: Told):
    canvas.set_mode("mark")
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(222, 111))
    assert told.names == ["camera_placed"]
    place, direction = told.last("camera_placed")
    assert near(place, canvas, 222, 111)
    assert direction is None


@pytest.mark.parametrize(("end", "direction"), [((200, 50), 0.0), ((260, 100), 90.0), ((150, 150), 225.0)])
def test_marking_by_a_drag_gives_the_facing_too(
    canvas: MapCanvas, told: Told, end: tuple[int, int], direction: float
):
    canvas.set_mode("mark")
    drag(canvas, (200, 100), end)
    place, facing = told.last("camera_placed")
    assert near(place, canvas, 200, 100)
    assert facing == direction


def test_while_marking_a_click_on_a_camera_selects_it_and_a_drag_places_another(
    canvas: MapCanvas, told: Told
):
    canvas.set_mode("mark")
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(301, 200))
    assert told.names == ["camera_clicked"]
    drag(canvas, (300, 200), (300, 260))
    assert told.names[-1] == "camera_placed"


def test_while_marking_the_middle_button_and_space_pan(canvas: MapCanvas, told: Told):
    canvas.set_mode("mark")
    drag(canvas, (100, 100), (140, 130), MIDDLE)
    assert canvas.view.to_screen(HERE) == pytest.approx((340, 230), abs=0.6)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, (140, 130), (100, 100))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.to_screen(HERE) == pytest.approx((300, 200), abs=0.6)
    assert told.names == []
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(200, 300))
    assert told.names == ["camera_placed"]


def test_the_wheel_zooms_about_the_mouse(canvas: MapCanvas):
    at = canvas.view.to_place(100, 50)
    wheel(canvas, (100, 50), angle=120)
    assert canvas.view.zoom == pytest.approx(17.5)
    assert near(at, canvas, 100, 50)
    wheel(canvas, (100, 50), angle=-30)
    assert canvas.view.zoom == pytest.approx(17.375)


def test_a_smooth_wheel_zooms_by_pixels(canvas: MapCanvas):
    wheel(canvas, (300, 200), angle=8, pixels=(0, 20))
    assert canvas.view.zoom == pytest.approx(17.1)


def test_two_fingers_on_a_trackpad_pan_and_with_ctrl_zoom(canvas: MapCanvas):
    scrolling = Qt.ScrollPhase.ScrollUpdate
    wheel(canvas, (300, 200), angle=30, pixels=(12, -7), phase=scrolling)
    assert canvas.view.to_screen(HERE) == pytest.approx((312, 193), abs=0.6)
    assert canvas.view.zoom == pytest.approx(17, abs=0.001)
    ctrl = Qt.KeyboardModifier.ControlModifier
    wheel(canvas, (300, 200), angle=30, pixels=(0, 20), keys=ctrl, phase=scrolling)
    assert canvas.view.zoom == pytest.approx(17.1, abs=0.001)


def test_a_pinch_zooms_about_its_middle(canvas: MapCanvas):
    at, place = QPointF(200, 100), canvas.view.to_place(200, 100)
    pad = QPointingDevice.primaryPointingDevice()
    kind = Qt.NativeGestureType.ZoomNativeGesture
    event = QNativeGestureEvent(kind, pad, 2, at, at, canvas.mapToGlobal(at), 1.0, QPointF())
    QApplication.sendEvent(canvas, event)
    assert canvas.view.zoom == pytest.approx(18, abs=0.001)
    assert near(place, canvas, 200, 100)


def test_on_a_touch_screen_one_finger_pans_and_two_zoom(canvas: MapCanvas, told: Told):
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(canvas, screen).press(0, QPoint(100, 300), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, QPoint(130, 320), canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, QPoint(130, 320), canvas).commit()
    assert canvas.view.to_screen(HERE) == pytest.approx((330, 220), abs=0.6)
    QTest.touchEvent(canvas, screen).press(0, QPoint(280, 200), canvas).press(
        1, QPoint(320, 200), canvas
    ).commit()
    QTest.touchEvent(canvas, screen).move(0, QPoint(260, 200), canvas).move(
        1, QPoint(340, 200), canvas
    ).commit()
    assert canvas.view.zoom == pytest.approx(18, abs=0.01)
    QTest.touchEvent(canvas, screen).release(0, QPoint(260, 200), canvas).release(
        1, QPoint(340, 200), canvas
    ).commit()
    assert told.names == []
    QTest.touchEvent(canvas, screen).press(0, QPoint(100, 350), canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, QPoint(100, 350), canvas).commit()
    assert told.names == ["clicked"]


def test_a_double_click_goes_one_zoom_closer(qtbot: QtBot, canvas: MapCanvas):
    at = canvas.view.to_place(100, 300)
    QTest.mouseDClick(canvas, LEFT, NONE, QPoint(100, 300))
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    assert canvas.view.zoom == pytest.approx(18, abs=0.001)
    assert near(at, canvas, 100, 300)


def test_hovering_tells_once_what_lies_under_the_pointer(canvas: MapCanvas, told: Told):
    for x in (296, 300, 304, 250, 240):
        QTest.mouseMove(canvas, QPoint(x, 200))
    hits = [one[1] for one in told if one[0] == "hovered"]
    assert len(hits) == 2
    assert getattr(hits[0], "key", None) == ("cameras", "middle")
    assert hits[1] is None


def test_a_preview_of_a_direction_ends_with_the_edit(canvas: MapCanvas):
    canvas.select(cameras=["middle"])
    canvas.set_live(replace(canvas.live, turned=("middle", 10.0)))
    survey = Survey(cameras={"middle": camera(canvas, "middle", 300)})
    canvas.apply_edit(turn_camera(survey, "middle", 200))
    assert canvas.live.turned is None
    assert canvas.data.cameras.facing[0] == ((200.0, 200.0),)
