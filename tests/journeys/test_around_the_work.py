"""What the window says and offers around the work: menus, status line, search, opening, dialogs."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTreeWidget,
)

from camwalk.gui.clock_dialog import ClockDialog
from camwalk.gui.commands import menus
from camwalk.gui.dialogs import CrashDialog, HistoryDialog
from camwalk.gui.keys_dialog import KeysDialog
from camwalk.gui.top_bar import Activity
from camwalk.model import Edit, added, message
from camwalk.operations.problems import problem
from tests.journeys.walkers import FAR_LOOK, FAR_PIXEL, LEFT, Walker


def menu_of(walker: Walker, name: str) -> QMenu:
    return next(m for m in walker.window.menuBar().findChildren(QMenu) if m.title() == name)


def enabled(menu: QMenu) -> set[str]:
    menu.popup(menu.pos())
    found = {a.text().replace("&", "") for a in menu.actions() if a.isEnabled() and not a.isSeparator()}
    menu.hide()
    return found


def test_an_open_menu_offers_only_what_can_be_done(walker: Walker) -> None:
    camera_menu = menu_of(walker, "&Camera")
    assert enabled(camera_menu) == {"Mark a camera"}
    walker.mark(FAR_LOOK, FAR_PIXEL)
    assert {"Delete it", "Copy its tags", "Show it on the map"} <= enabled(camera_menu)
    walker.session.select_camera(None)
    walker.session.select_photo(None)
    assert "Set the clock of its device…" not in enabled(menu_of(walker, "&Photo"))


def test_undo_and_redo_are_offered_only_while_there_is_something_to_turn(walker: Walker) -> None:
    undo, redo = menu_of(walker, "&Edit").actions()[:2]
    both = Qt.KeyboardModifier.ControlModifier
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)  # the import
    walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.press(Qt.Key.Key_Z, modifier=both)
    assert (undo.isEnabled(), redo.isEnabled()) == (True, True)
    walker.press(Qt.Key.Key_Z, modifier=both)
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)
    walker.press(Qt.Key.Key_Y, modifier=both)
    assert (undo.isEnabled(), redo.isEnabled()) == (True, True)
    walker.press(Qt.Key.Key_Y, modifier=both)
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)


def test_a_key_that_needs_a_camera_says_so(walker: Walker) -> None:
    enabled(menu_of(walker, "&Camera"))
    said = QSignalSpy(walker.session.said)
    walker.press(Qt.Key.Key_D)
    assert said.at(said.count() - 1) == ["Choose a camera first."]


def test_a_marked_photo_counts_as_looked_at(walker: Walker) -> None:
    photos = len(walker.survey.photos)
    counts = [w for w in walker.window.statusBar().findChildren(QLabel) if "looked at" in w.text()]
    assert f"looked at: 0, left: {photos}" in counts[0].text()
    walker.mark(FAR_LOOK, FAR_PIXEL)
    assert f"looked at: 1, left: {photos - 1}" in counts[0].text()


def test_an_export_from_anywhere_is_told_with_the_way_to_its_folder(
    walker: Walker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, opened = tmp_path / "cameras.geojson", list[QUrl]()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    walker.mark(FAR_LOOK, FAR_PIXEL)
    assert walker.workspace.activity is Activity.MARK
    walker.press(Qt.Key.Key_E, modifier=Qt.KeyboardModifier.ControlModifier)
    walker.wait()
    assert len(json.loads(out.read_text())["features"]) == 1
    status = walker.window.statusBar()
    assert status.currentMessage() == "1 item written to cameras.geojson."
    folder = walker.window.written
    assert folder.isVisible()
    folder.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
    walker.session.said.emit("Something else.")
    assert not folder.isVisible()


def suggestions(walker: Walker) -> list[str]:
    model = walker.workspace.bar.search.suggestions.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_streets_are_proposed_while_typing_and_arrows_choose(walker: Walker) -> None:
    search = walker.workspace.bar.search
    chosen = QSignalSpy(search.place_chosen)
    QTest.keyClicks(search, "kat")
    assert len(suggestions(walker)) > 1
    second = suggestions(walker)[1]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(search.suggestions, key)
    assert search.text() == second
    assert chosen.count() == 1
    search.clear()
    QTest.keyClicks(search, "kalev")
    assert suggestions(walker) == ["Kalevankatu"]


def test_a_search_that_finds_nothing_says_so(walker: Walker) -> None:
    search = walker.workspace.bar.search
    chosen = QSignalSpy(search.place_chosen)
    QTest.keyClicks(search, "xyz")
    assert suggestions(walker) == ["Nothing is called “xyz” here."]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert chosen.count() == 0
    search.use_index(None)
    QTest.keyClicks(search, "a")
    assert suggestions(walker) == ["Streets are found once there is a map. Coordinates work without."]


def test_the_keys_fit_on_a_small_screen_and_none_is_missing(walker: Walker) -> None:
    dialog = KeysDialog(menus(walker.window), walker.window)
    assert dialog.minimumSizeHint().height() < 500
    table = dialog.findChild(QTreeWidget)
    assert table is not None
    rows = table.model()
    menu_rows = [rows.index(number, 0) for number in range(rows.rowCount())]
    shown = [rows.index(n, 1, menu).data() for menu in menu_rows for n in range(rows.rowCount(menu))]
    keyed = [a.shortcut() for _command, a in walker.window.actions_by_command() if not a.shortcut().isEmpty()]
    assert len(shown) == len(keyed)
    assert all(shown)


def test_the_history_tells_the_time_of_day(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    walker.mark(FAR_LOOK, FAR_PIXEL)
    shown: list[str] = []

    def read(dialog: HistoryDialog) -> int:
        entries = dialog.findChild(QListWidget)
        assert entries is not None
        shown.extend(entries.item(row).text() for row in range(entries.count()))
        return 0

    monkeypatch.setattr(HistoryDialog, "exec", read)
    made = walker.session.project.history()[-1].made.astimezone()
    walker.press(Qt.Key.Key_H, modifier=Qt.KeyboardModifier.ControlModifier)
    assert f"{made.day} " in shown[0]
    assert f", {made:%H:%M}  " in shown[0]


def test_the_survey_on_show_stays_until_the_next_one_is_ready(walker: Walker, tmp_path: Path) -> None:
    other = tmp_path / "other.camwalk"
    shutil.copy(walker.session.project.path, other)
    before = walker.window.workspace
    walker.window.open_soon(other)
    assert walker.window.workspace is before
    assert walker.window.jobs.running
    walker.qtbot.waitUntil(lambda: walker.window.workspace is not before, timeout=10_000)
    after = walker.window.workspace
    assert after is not None
    assert after.session.project.path == other
    assert not after.session.project.read_only
    after.session.select_photo(next(iter(after.session.survey.photos)))
    after.photos.nothing_here()
    assert after.session.project.undo() is not None
    walker.wait()


def test_opening_what_is_open_changes_nothing(walker: Walker) -> None:
    before = walker.window.workspace
    walker.window.open_soon(walker.session.project.path)
    walker.wait()
    assert walker.window.workspace is before
    assert QApplication.activeModalWidget() is None


def test_a_survey_that_is_no_longer_wanted_is_closed_again(walker: Walker, tmp_path: Path) -> None:
    one, other = tmp_path / "one.camwalk", tmp_path / "two.camwalk"
    for path in (one, other):
        shutil.copy(walker.session.project.path, path)
    walker.window.open_soon(one)
    walker.window.open_soon(other)
    walker.wait()
    assert walker.window.workspace is not None
    assert walker.window.workspace.session.project.path == other
    assert not one.with_name("one.camwalk.lock").exists()


def test_a_bad_survey_is_told_and_the_open_one_stays(walker: Walker, tmp_path: Path) -> None:
    bad = tmp_path / "bad.camwalk"
    bad.write_text("no survey" * 100)
    before = walker.window.workspace
    walker.window.open_soon(bad)
    walker.wait()
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "bad.camwalk" in box.text()  # type: ignore[attr-defined]
    box.close()
    assert walker.window.workspace is before


def test_what_is_dropped_twice_comes_in_once_and_without_complaint(walker: Walker, walks: Path) -> None:
    failed, said = QSignalSpy(walker.session.failed), QSignalSpy(walker.session.said)
    before = len(walker.survey.photos)
    for _time in range(2):
        walker.workspace.bring_in.bring([str(walks / "two")])
    assert said.at(said.count() - 1) == ["That comes next: another import is still running."]
    walker.wait()
    assert len(walker.survey.photos) == before + len(list((walks / "two" / "photos").iterdir()))
    assert failed.count() == 0
    assert "were here already" in said.at(said.count() - 1)[0]


def test_a_fault_of_camwalk_itself_shows_what_a_report_needs(walker: Walker) -> None:
    walker.session.start(lambda _report: 1 // 0, lambda _outcome: None)
    walker.qtbot.waitUntil(lambda: bool(walker.window.findChildren(CrashDialog)), timeout=30_000)
    (dialog,) = walker.window.findChildren(CrashDialog)
    (details,) = dialog.findChildren(QPlainTextEdit)
    assert "Traceback" in details.toPlainText()
    assert "ZeroDivisionError" in details.toPlainText()
    dialog.close()


def test_the_reason_is_told_where_one_file_had_a_problem(walker: Walker, tmp_path: Path) -> None:
    (tmp_path / "odd.gpx").write_text("<gpx>")
    said = QSignalSpy(walker.session.said)
    walker.workspace.bring_in.bring([str(tmp_path / "odd.gpx")])
    walker.wait()
    (reason,) = walker.survey.problems.values()
    assert "odd.gpx" in said.at(said.count() - 1)[0]
    assert reason.reason.text.split("{")[0] in said.at(said.count() - 1)[0]


def test_a_double_click_in_the_photo_marks_one_camera(walker: Walker) -> None:
    walker.open(FAR_LOOK)
    spot, before = walker.spot(FAR_PIXEL), len(walker.cameras)
    QTest.mouseClick(walker.picture, LEFT, pos=spot)
    QTest.mouseDClick(walker.picture, LEFT, pos=spot)
    walker.wait()
    assert len(walker.cameras) == before + 1


def test_escape_ends_marking_on_the_map(walker: Walker) -> None:
    walker.workspace.map.set_marking(True)
    walker.press(Qt.Key.Key_Escape, walker.map)
    assert walker.map.mode == "browse"


def test_after_the_last_photo_comes_the_first_that_nobody_looked_at(walker: Walker) -> None:
    said = QSignalSpy(walker.session.said)
    for _photo in walker.survey.photos:
        walker.workspace.photos.step(1)
    last = walker.session.selection.photo
    walker.workspace.photos.nothing_here()
    assert walker.session.selection.photo not in (None, last)
    assert "first still to look at" in said.at(said.count() - 1)[0]


def test_a_clock_that_nobody_touched_in_its_dialog_stays_a_guess(walker: Walker) -> None:
    device = next(d for d in walker.survey.devices.values() if d.clock_offset)
    dialog = ClockDialog(device, list(walker.survey.photos.values()), None, walker.window)
    assert dialog.wish() is None
    dialog.findChildren(QSpinBox)[1].setValue(5)
    assert dialog.wish() is not None


def test_problems_with_files_can_be_taken_off_the_list(walker: Walker) -> None:
    odd = problem("/walk/bad.jpg", message("It is no picture."))
    walker.session.do(Edit(message("Import"), added(odd)))
    walker.workspace.show_activity(Activity.IMPORT)
    walker.qtbot.waitUntil(lambda: bool(_forget_buttons(walker)))
    _forget_buttons(walker)[0].click()
    assert not walker.survey.problems
    walker.qtbot.waitUntil(lambda: not _forget_buttons(walker))


def _forget_buttons(walker: Walker) -> list[QPushButton]:
    return [
        b for b in walker.workspace.imports.findChildren(QPushButton) if b.text().strip() == "Forget these"
    ]
