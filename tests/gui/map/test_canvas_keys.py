"""What the keyboard does on the canvas."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camwalk.gui.map.canvas import MapCanvas
from camwalk.model import LatLon
from tests.gui.map.canvases import ALT, HERE, NONE, Told, near, small_world


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    return small_world(qtbot)


@pytest.fixture
def told(canvas: MapCanvas) -> Told:
    return Told(canvas)


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        (Qt.Key.Key_Left, (364, 200)),
        (Qt.Key.Key_Right, (236, 200)),
        (Qt.Key.Key_Up, (300, 264)),
        (Qt.Key.Key_Down, (300, 136)),
    ],
)
def test_arrow_keys_pan(canvas: MapCanvas, key: Qt.Key, seen: tuple[float, float]):
    QTest.keyClick(canvas, key)
    assert canvas.view.to_screen(HERE) == pytest.approx(seen, abs=0.6)


def test_plus_and_minus_zoom_also_in_quick_succession(qtbot: QtBot, canvas: MapCanvas):
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    assert canvas.view.zoom == pytest.approx(18.5, abs=0.002)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    assert canvas.view.zoom == pytest.approx(18, abs=0.002)


def test_home_shows_the_whole_survey(qtbot: QtBot, canvas: MapCanvas):
    canvas.show_view(canvas.view.centred(LatLon(0, 0), 5.0))
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    data = canvas.data.cameras
    x, y = canvas.view.frame.to_screen(data.x, data.y)
    assert ((x > 0) & (x < 600) & (y > 0) & (y < 400)).all()


def test_keys_go_from_camera_to_camera_and_bring_them_into_sight(qtbot: QtBot, canvas: MapCanvas, told: Told):
    canvas.camera_clicked.connect(lambda id: canvas.select(cameras=[id]))
    canvas.show_view(canvas.view.moved(4000, 0))
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_BracketLeft):
        QTest.keyClick(canvas, key)
    assert [one[1] for one in told if one[0] == "camera_clicked"] == ["middle", "right", "middle", "right"]
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    assert 0 < canvas.view.to_screen(HERE)[0] < 600


def test_alt_and_an_arrow_move_the_selected_camera_by_a_pixel(canvas: MapCanvas, told: Told):
    QTest.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert told.names == []
    canvas.select(cameras=["middle"])
    QTest.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert near(told.last("camera_dragged")[1], canvas, 301, 200)


def test_enter_marks_in_the_middle(canvas: MapCanvas, told: Told):
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert told.names == []
    canvas.set_mode("mark")
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    place, direction = told.last("camera_placed")
    assert near(place, canvas, 300, 200)
    assert direction is None


def test_other_keys_are_left_to_the_window(canvas: MapCanvas):
    for key in (Qt.Key.Key_M, Qt.Key.Key_Escape, Qt.Key.Key_Delete):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NONE)
        QApplication.sendEvent(canvas, event)
        assert not event.isAccepted()
