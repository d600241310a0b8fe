"""Whole journeys through the real window, by mouse and keyboard."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from camwalk.gui.main_window import MainWindow
from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.top_bar import Activity
from camwalk.gui.workspace import Workspace
from camwalk.model import LatLon
from camwalk.operations.sample_walk import sample_walk
from camwalk.project import Project


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
    window.resize(1280, 800)
    window.show()
    qtbot.addWidget(window)
    yield window
    window.close()


@pytest.fixture
def workspace(window: MainWindow, sample: Path, tmp_path: Path, qtbot: QtBot) -> Workspace:
    path = tmp_path / "walk.camwalk"
    path.write_bytes(sample.read_bytes())
    window.open_survey(path)
    assert window.workspace is not None
    qtbot.waitUntil(window.at_rest, timeout=30_000)
    return window.workspace


def free_spot(canvas: MapCanvas) -> QPoint:
    """A pixel where nothing lies."""
    spots = (
        QPoint(x, y)
        for y in range(140, canvas.height() - 60, 12)
        for x in range(180, canvas.width() - 80, 12)
    )
    return next(p for p in spots if canvas.hit_at(p.x(), p.y()) is None)


def cameras(workspace: Workspace) -> list[dict[str, str]]:
    return [dict(c.tags) for c in workspace.session.survey.cameras.values()]


def test_a_click_marks_and_keys_give_type_and_mount(workspace: Workspace) -> None:
    canvas = workspace.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_M)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=free_spot(canvas))
    QTest.keyClick(canvas, Qt.Key.Key_2)
    QTest.keyClick(canvas, Qt.Key.Key_P)
    assert cameras(workspace) == [
        {
            "man_made": "surveillance",
            "surveillance:type": "camera",
            "camera:type": "dome",
            "camera:mount": "pole",
        }
    ]


def test_press_and_drag_gives_position_and_facing_in_one_gesture(workspace: Workspace) -> None:
    canvas = workspace.map.canvas
    spot = free_spot(canvas)
    where = canvas.view.to_place(spot.x(), spot.y())
    QTest.keyClick(canvas, Qt.Key.Key_M)
    drag(canvas, spot, spot + QPoint(60, 0))
    (camera,) = workspace.session.survey.cameras.values()
    assert camera.tags["camera:direction"] == "90"
    assert abs(camera.lat - where.lat) < 1e-6
    assert abs(camera.lon - where.lon) < 1e-6


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(widget, start + (end - start) * step / 5)
        QApplication.processEvents()
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def mark(workspace: Workspace) -> str:
    canvas = workspace.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_M)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=free_spot(canvas))
    camera = workspace.session.selection.camera
    assert camera is not None
    return camera


def test_dragging_a_camera_moves_it_and_undo_moves_it_back(workspace: Workspace) -> None:
    camera, canvas = mark(workspace), workspace.map.canvas
    before = workspace.session.survey.cameras[camera].position
    x, y = canvas.view.to_screen(before)
    start = QPoint(round(x), round(y))
    drag(canvas, start, start + QPoint(30, 20))
    after = workspace.session.survey.cameras[camera].position
    moved_x, moved_y = canvas.view.to_screen(after)
    assert (round(moved_x - x), round(moved_y - y)) == (30, 20)
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workspace.session.survey.cameras[camera].position == before


def test_selection_is_the_same_in_list_map_filmstrip_and_form(workspace: Workspace) -> None:
    camera, session = mark(workspace), workspace.session
    workspace.link_photo()
    session.select_camera(None)
    session.select_photo(None)
    workspace.show_activity(Activity.REVIEW)
    table = workspace.review.tables.findChild(QWidget, "camerasTable")
    assert table is not None
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))  # type: ignore[attr-defined]
    assert session.selection.camera == camera
    assert ("cameras", camera) in workspace.map.canvas.live.selected
    assert workspace.form.currentIndex() == 1
    photo = next(iter(session.survey.sightings.values())).photo
    session.select_photo(photo)
    assert workspace.photos.filmstrip.current == photo
    assert ("photos", photo) in workspace.map.canvas.live.selected


def test_the_keyboard_alone_marks_a_camera(workspace: Workspace, qtbot: QtBot) -> None:
    canvas = workspace.map.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_M)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert [tags["camera:type"] for tags in cameras(workspace)] == ["fixed"]


def test_next_photo_and_looked_at_by_key(workspace: Workspace) -> None:
    first = workspace.session.selection.photo
    assert first is not None
    QTest.keyClick(workspace, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert workspace.session.survey.photos[first].seen
    assert workspace.session.selection.photo != first
    QTest.keyClick(workspace, Qt.Key.Key_PageUp)
    assert workspace.session.selection.photo == first


def test_going_to_a_street_and_to_coordinates(workspace: Workspace, qtbot: QtBot) -> None:
    canvas, search = workspace.map.canvas, workspace.bar.search
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(QApplication.focusWidget(), QLineEdit) or not workspace.isActiveWindow()
    QTest.keyClicks(search, "60°10'12\"N 24°56'15\"E")
    QTest.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: abs(canvas.view.centre.lat - 60.17) < 1e-4, timeout=5000)
    search.clear()
    QTest.keyClicks(search, "kalevankatu")
    QTest.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: abs(canvas.view.centre.lat - 60.17) > 1e-4, timeout=5000)


def test_a_folder_dropped_on_an_empty_survey_comes_in(
    window: MainWindow, tmp_path: Path, walks: Path, qtbot: QtBot
) -> None:
    window.open_survey(tmp_path / "new.camwalk")
    workspace = window.workspace
    assert workspace is not None
    drop(window, walks / "two")
    photos = len(list((walks / "two" / "photos").iterdir()))
    qtbot.waitUntil(lambda: len(workspace.session.survey.photos) == photos, timeout=20_000)
    assert len(workspace.session.project.history()) == 1, "an import is one step to undo"
    qtbot.waitUntil(window.at_rest, timeout=20_000)


def test_files_dropped_anywhere_on_the_window_come_in(
    window: MainWindow, tmp_path: Path, walks: Path, qtbot: QtBot
) -> None:
    window.open_survey(tmp_path / "new.camwalk")
    workspace = window.workspace
    assert workspace is not None
    drop(window, walks / "two" / "track.gpx")
    qtbot.waitUntil(lambda: len(workspace.session.survey.tracks) == 1, timeout=20_000)
    cameras = tmp_path / "cameras.osc"
    cameras.write_text('<osmChange version="0.6"><create><node id="7" version="1" lat="1" lon="1">'
                       '<tag k="man_made" v="surveillance"/></node></create></osmChange>')  # fmt: skip
    drop(window, cameras)
    qtbot.waitUntil(lambda: len(workspace.session.survey.reference_files) == 1, timeout=20_000)


def drop(window: MainWindow, path: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(600, 300), copy, carried, left, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), copy, carried, left, keys))


def test_cancelling_an_import_leaves_the_survey_as_it_was(
    window: MainWindow, tmp_path: Path, walks: Path, qtbot: QtBot
) -> None:
    window.open_survey(tmp_path / "new.camwalk")
    workspace = window.workspace
    assert workspace is not None
    workspace.bring_in.bring([str(walks)])
    for job in window.jobs.running:
        job.cancel()
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    assert not workspace.session.survey.photos
    assert workspace.session.project.history() == []


def test_a_bad_survey_is_told_and_the_open_one_stays(
    window: MainWindow, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.camwalk"
    bad.write_text("no survey" * 100)
    assert not window.open_survey(bad)
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "bad.camwalk" in box.text()  # type: ignore[attr-defined]
    box.close()
    assert window.workspace is workspace


def test_the_welcome_offers_a_way_in_by_keyboard(window: MainWindow) -> None:
    buttons = [b for b in window.findChildren(QPushButton) if b.isVisible()]
    assert len(buttons) >= 3
    assert all(b.text() and b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons)


def test_every_control_has_a_name_that_a_screen_reader_says(
    workspace: Workspace, window: MainWindow, nameless: Callable[[QWidget], list[str]]
) -> None:
    mark(workspace)
    for activity in Activity:
        workspace.show_activity(activity)
        assert nameless(window) == []


@pytest.fixture
def nameless() -> Callable[[QWidget], list[str]]:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox

    def find(window: QWidget) -> list[str]:
        kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)
        inside = ("qt_", "QComboBox")
        return [
            f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
            for w in window.findChildren(QWidget)
            if isinstance(w, kinds)
            and w.isVisible()
            and w.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not w.objectName().startswith("qt_")
            and not type(w.parentWidget()).__name__.startswith(inside)
            and not (w.accessibleName() or getattr(w, "text", str)() or w.toolTip())
        ]

    return find


def test_export_from_the_window_writes_the_file(
    workspace: Workspace, window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    out = tmp_path / "cameras.geojson"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    mark(workspace)
    workspace.show_activity(Activity.EXPORT)
    workspace.review.export.geojson_asked.emit()
    qtbot.waitUntil(out.exists, timeout=10_000)
    qtbot.waitUntil(window.at_rest, timeout=10_000)
    assert len(json.loads(out.read_text())["features"]) == 1


def test_a_photo_is_placed_by_hand_and_says_so(workspace: Workspace, qtbot: QtBot) -> None:
    session = workspace.session
    from camwalk.operations.locate_photos import place_photo

    photo = session.selection.photo
    assert photo is not None
    session.do(place_photo(session.survey, photo, LatLon(60.17, 24.94)))
    assert session.survey.photos[photo].source == "manual"
    qtbot.waitUntil(lambda: workspace.map.canvas.idle, timeout=10_000)
