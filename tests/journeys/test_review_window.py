"""Reviewing in the real window: what OSM knows, and which streets were walked."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QTableWidget, QToolButton
from pytestqt.qtbot import QtBot

from camwalk.gui import look
from camwalk.gui.main_window import MainWindow
from camwalk.gui.top_bar import Activity
from camwalk.gui.workspace import Workspace
from camwalk.model import Box, Change, Edit, Survey, message
from camwalk.operations.estimate_position_surroundings import box_of_photos, surroundings
from camwalk.operations.propose_same import places_of_sightings, propose_same
from tests.journeys.marked_walk import make_marked_walk

PATIENCE = 60_000  # milliseconds


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory, walks: Path) -> Path:
    path = tmp_path_factory.mktemp("marked") / "one.camwalk"
    make_marked_walk(walks / "one", path)
    return path


@pytest.fixture
def window(qtbot: QtBot, marked: Path, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "one.camwalk"
    shutil.copy(marked, path)
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    qtbot.addWidget(window)
    window.open_survey(path)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    yield window
    window.close()


def review(window: MainWindow, page: str, qtbot: QtBot) -> Workspace:
    workspace = window.workspace
    assert workspace is not None
    workspace.show_activity(Activity.REVIEW)
    workspace.review.tables.show_page(getattr(workspace.review, page))
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    return workspace


def test_a_key_decides_the_next_one_follows_and_undo_brings_it_back(window: MainWindow, qtbot: QtBot) -> None:
    workspace = review(window, "matches", qtbot)
    panel, session = workspace.review.matches, workspace.session
    first = panel.match
    assert first is not None
    assert session.selection.camera == first.camera, "the form shows the camera that is compared"
    QTest.keyClick(panel, Qt.Key.Key_O if first.camera else Qt.Key.Key_G)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    assert len(session.survey.decisions) == 1
    assert panel.match != first
    QTest.keyClick(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not session.survey.decisions


def test_keys_pressed_one_after_the_other_each_decide_about_the_next_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    workspace = review(window, "matches", qtbot)
    panel, session = workspace.review.matches, workspace.session
    rows = panel.findChildren(QListWidget, "matchRows")[0]
    both = [row for row in range(rows.count()) if rows.item(row).text().startswith(("changed", "moved"))]
    assert len(both) > 3
    rows.setCurrentRow(both[0])
    asked = []
    for key in (Qt.Key.Key_O, Qt.Key.Key_X, Qt.Key.Key_O):
        asked.append(panel.match)
        QTest.keyClick(panel, key)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    verdicts = {(d.camera, d.osm): d.verdict for d in session.survey.decisions.values()}
    assert [verdicts[m.camera, m.osm] for m in asked if m] == ["ours", "different", "ours"]


def test_the_keys_decide_after_a_click_in_the_list_too_and_later_comes_last(
    window: MainWindow, qtbot: QtBot
) -> None:
    workspace = review(window, "matches", qtbot)
    panel, session = workspace.review.matches, workspace.session
    rows = panel.findChildren(QListWidget, "matchRows")[0]
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(1)).center()
    )
    second = panel.match
    QTest.keyClick(rows, Qt.Key.Key_L)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    assert len(session.survey.decisions) == 1
    assert panel.match != second, "the next one follows"
    rows.setCurrentRow(rows.count() - 1)
    assert panel.match is not None
    assert second is not None
    assert (panel.match.camera, panel.match.osm) == (second.camera, second.osm)
    assert rows.item(rows.count() - 1).text().endswith("later")


def test_values_are_told_in_the_words_of_the_form_and_kept_as_osm_writes_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    workspace = review(window, "matches", qtbot)
    panel, session = workspace.review.matches, workspace.session
    rows = panel.findChildren(QListWidget, "matchRows")[0]
    texts = [rows.item(row).text() for row in range(rows.count())]
    rows.setCurrentRow(next(n for n, text in enumerate(texts) if text.startswith("changed")))
    match = panel.match
    assert match is not None
    assert match.camera is not None
    table = panel.findChild(QTableWidget)
    assert table is not None
    keys = _first_column(table)
    assert "Mount" in keys
    cell = table.item(keys.index("Mount"), 1)
    assert cell is not None
    assert (cell.text(), cell.toolTip()) == ("Wall", "<p>camera:mount=wall</p>")
    their_cell = table.item(keys.index("Direction"), 2)
    assert their_cell is not None
    theirs = table.visualItemRect(their_cell).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=theirs)
    QTest.keyClick(panel, Qt.Key.Key_B)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    (decision,) = session.survey.decisions.values()
    assert decision.tags["camera:mount"] == "wall"
    assert "camera:direction" not in decision.tags, "OSM has none"


def test_a_key_that_is_not_for_a_row_says_so(window: MainWindow, qtbot: QtBot) -> None:
    workspace = review(window, "matches", qtbot)
    panel, session = workspace.review.matches, workspace.session
    rows = panel.findChildren(QListWidget, "matchRows")[0]
    texts = [rows.item(row).text() for row in range(rows.count())]
    rows.setCurrentRow(next(n for n, text in enumerate(texts) if text.startswith("not found")))
    told: list[str] = []
    session.said.connect(told.append)
    QTest.keyClick(rows, Qt.Key.Key_T)
    assert told == ["“Take theirs (T)” is not possible here."]
    assert not session.survey.decisions


def test_the_dossier_begins_only_when_somebody_asks_for_it(window: MainWindow, qtbot: QtBot) -> None:
    workspace = review(window, "dossier", qtbot)
    survey = workspace.session.survey
    assert not survey.systems
    (start,) = (b for b in workspace.review.dossier.findChildren(QPushButton) if "Begin" in b.text())
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    assert workspace.session.survey.systems
    assert not start.isVisible()
    QTest.keyClick(workspace, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workspace.session.survey == survey
    assert start.isVisible()
    QTest.keyClick(workspace, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert workspace.session.survey.systems


def test_each_row_of_the_queue_says_where_it_is_and_the_photos_of_it_are_shown(
    window: MainWindow, qtbot: QtBot
) -> None:
    workspace = review(window, "matches", qtbot)
    rows, photos = (
        workspace.review.matches.findChildren(QListWidget, n)[0] for n in ("matchRows", "matchPhotos")
    )
    texts = [rows.item(row).text() for row in range(rows.count())]
    assert len(texts) > 5
    assert all(" m" in text and len(text.split(" · ")) >= 4 for text in texts), texts
    assert len(set(texts)) > 0.8 * len(texts)
    seen = set()
    for row in range(rows.count()):
        rows.setCurrentRow(row)
        match = workspace.review.matches.match
        assert match is not None
        shown = workspace.session.survey.sightings_of_camera.get(match.camera or "", match.photos)
        assert photos.count() == min(len(shown), 6)
        seen.add(match.kind)
    assert "not found" in seen
    qtbot.waitUntil(lambda: not photos.item(0).icon().isNull(), timeout=PATIENCE)
    photos.itemActivated.emit(photos.item(0))
    assert workspace.activity == Activity.MARK
    assert workspace.session.selection.photo == photos.item(0).data(Qt.ItemDataRole.UserRole)


def test_differences_take_the_colours_of_another_theme(window: MainWindow, qtbot: QtBot) -> None:
    workspace = review(window, "matches", qtbot)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    table = workspace.review.matches.findChild(QTableWidget)
    assert table is not None
    rows = workspace.review.matches.findChildren(QListWidget, "matchRows")[0]
    row = next(
        r for r, text in enumerate(rows.item(r).text() for r in range(rows.count())) if "changed" in text
    )
    rows.setCurrentRow(row)
    try:
        for dark in (True, False):
            look.apply(app, "dark" if dark else "light")
            paper = QColor((look.DARK if dark else look.LIGHT).warning_paper)
            ground = table.model().index(0, 0)
            qtbot.waitUntil(lambda p=paper, g=ground: g.data(Qt.ItemDataRole.BackgroundRole).color() == p)
    finally:
        look.apply(app, "light")


def test_what_is_left_out_is_told_before_the_hand_over(window: MainWindow, qtbot: QtBot) -> None:
    workspace = review(window, "matches", qtbot)
    workspace.show_activity(Activity.EXPORT)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    told = workspace.review.export.hand_over.summary
    assert "new camera" in told
    assert "left out" in told


def test_pairs_that_may_be_one_camera_are_told_before_the_hand_over(window: MainWindow, qtbot: QtBot) -> None:
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    session.do(next(edit for edit in marked_twice(session.survey) if proposals(edit, workspace)))
    workspace.show_activity(Activity.EXPORT)
    told = workspace.review.export.hand_over
    words = "1 pair of cameras may be one camera marked twice: see Review, “Duplicates?”."
    qtbot.waitUntil(lambda: words in told.summary, timeout=PATIENCE)
    session.turn(session.project.undo, "{what}", "")
    workspace.show_activity(Activity.MARK)
    workspace.show_activity(Activity.EXPORT)
    qtbot.waitUntil(lambda: "marked twice" not in told.summary, timeout=PATIENCE)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)


@pytest.mark.parametrize(("width", "rows"), [(1024, 2), (1280, 2), (1920, 1)])
def test_every_page_is_in_sight_however_narrow(
    window: MainWindow, width: int, rows: int, qtbot: QtBot
) -> None:
    window.resize(width, 690)
    tables = review(window, "streets", qtbot).review.tables
    names = [b for b in tables.findChildren(QToolButton) if b.isCheckable() and b.isVisible()]
    assert len(names) == 6
    assert all(b.width() >= b.sizeHint().width() and tables.rect().contains(b.geometry()) for b in names)
    assert len({b.y() for b in names}) <= rows
    assert [b.text() for b in names if b.isChecked()] == ["Streets"]


def marked_twice(survey: Survey) -> Iterator[Edit]:
    """Each camera that several photos show, as two cameras."""
    for name, seen in survey.sightings_of_camera.items():
        twin = replace(survey.cameras[name], id="twin")
        if len(seen) > 1:
            yield Edit(
                message("Import"), (Change(None, twin), Change(seen[-1], replace(seen[-1], camera="twin")))
            )


def proposals(edit: Edit, workspace: Workspace) -> int:
    survey, index = workspace.session.survey.apply(edit.changes), workspace.map.index
    box = box_of_photos(survey)
    assert index is not None
    assert box is not None
    return len(propose_same(places_of_sightings(survey, surroundings(index, box))))


def test_streets_are_measured_drawn_and_ticked_by_hand(window: MainWindow, qtbot: QtBot) -> None:
    workspace = review(window, "streets", qtbot)
    panel, session = workspace.review.streets, workspace.session
    assert panel.review is not None
    walked = panel.review.walked.walked_m
    assert 500 < walked < 5000
    panel.choose_street(next(s.way for s in panel.review.walked.streets if s.name and not s.walked_m))
    panel.toggle_tick()
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    assert len(session.survey.ticks) == 1
    assert panel.review.walked.walked_m > walked
    session.project.undo()
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)
    assert panel.review.walked.walked_m == pytest.approx(walked)


def test_a_click_on_a_figure_shows_it_on_the_map(window: MainWindow, qtbot: QtBot) -> None:
    panel = review(window, "streets", qtbot).review.streets
    table = next(one for one in panel.findChildren(QTableWidget) if one.accessibleName() == "Figures")
    texts = _first_column(table)
    for begin in ("Walked\n", "Walked streets in view", "Longest way out of view", "Hot spot", "June 2019"):
        assert any(text.startswith(begin) for text in texts), begin
    row = next(n for n, text in enumerate(texts) if text.startswith("Longest way out of view"))
    covers, boxes = [], []
    panel.cover_changed.connect(covers.append)
    panel.box_asked.connect(boxes.append)
    table.selectRow(row)
    assert len(covers[-1].route) == 1, "the stretch is drawn over everything else"
    assert boxes[-1].north - boxes[-1].south < 0.01
    names = next(one for one in panel.findChildren(QTableWidget) if one.accessibleName() == "Streets")
    assert not [name for name in _first_column(names) if name.isdigit()]


def _first_column(table: QTableWidget) -> list[str]:
    model = table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_planned_walk_comes_into_sight_and_can_then_be_saved(window: MainWindow, qtbot: QtBot) -> None:
    panel = review(window, "streets", qtbot).review.streets
    verbs = {b.text(): b for b in panel.findChildren(QPushButton)}
    saving = [verbs["Save it as GPX…"], verbs["Sheet to print…"]]
    assert not any(verb.isEnabled() for verb in saving)
    boxes: list[Box] = []
    panel.box_asked.connect(boxes.append)
    qtbot.mouseClick(verbs["Plan the next walk"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(boxes), timeout=PATIENCE)
    assert all(verb.isEnabled() for verb in saving)
