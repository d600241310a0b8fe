"""In the real window: files to compare with, presets, and handing over what the map shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QInputDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from camwalk.gui.column_dialog import ColumnDialog, licence_words
from camwalk.gui.main_window import MainWindow
from camwalk.gui.top_bar import Activity
from camwalk.gui.workspace import Workspace
from camwalk.model import Box, LatLon
from camwalk.operations.mark_camera import mark_camera

PATIENCE = 60_000  # milliseconds
NEW = {"man_made": "surveillance"}


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    qtbot.addWidget(window)
    window.open_survey(tmp_path / "one.camwalk")
    assert window.workspace is not None
    yield window.workspace
    window.close()


def wait(workspace: Workspace, qtbot: QtBot) -> None:
    window = workspace.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(window.at_rest, timeout=PATIENCE)


def mark(workspace: Workspace, *places: LatLon) -> None:
    for place in places:
        workspace.session.do(mark_camera(workspace.session.survey, place, NEW))


def test_a_table_of_a_city_is_compared_with_once_its_columns_are_named(
    workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "ville.csv"
    table.write_text("Nom;Y;X;Exploitant;Hauteur\nGare;48,5;2,5;Ville;4\nPont;;;;\n", encoding="utf-8")
    workspace.bring_in.compare_with(table)
    qtbot.waitUntil(
        lambda: bool(workspace.findChildren(ColumnDialog) or dialogs(workspace)), timeout=PATIENCE
    )
    (dialog,) = dialogs(workspace)
    assert dialog.columns == {"lat": "Y", "lon": "X", "operator": "Exploitant", "height": "Hauteur"}
    heights = next(c for c in dialog.findChildren(QComboBox) if c.accessibleName() == "height")
    heights.setCurrentIndex(0)
    dialog.accept()
    session = workspace.session
    qtbot.waitUntil(lambda: bool(session.survey.reference_files), timeout=PATIENCE)
    (reference,) = session.survey.reference_files.values()
    assert reference.columns == {"lat": "Y", "lon": "X", "operator": "Exploitant"}
    assert not reference.osm
    assert len(session.survey.problems) == 1
    workspace.show_activity(Activity.IMPORT)
    qtbot.waitUntil(
        lambda: licence_words() in [label.text() for label in workspace.imports.findChildren(QLabel)],
        timeout=PATIENCE,
    )
    leave = [b for b in workspace.imports.findChildren(QPushButton) if "no longer" in b.accessibleName()]
    leave[0].click()
    qtbot.waitUntil(lambda: not session.survey.reference_files, timeout=PATIENCE)
    assert not session.survey.problems


def dialogs(workspace: Workspace) -> list[ColumnDialog]:
    return workspace.window().findChildren(ColumnDialog)


def test_osm_files_are_compared_with_at_once(workspace: Workspace, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "city.osm"
    node = "<node id='1' version='3' lat='48.5' lon='2.5'><tag k='man_made' v='surveillance'/></node>"
    file.write_text(f"<osm version='0.6'>{node}</osm>")
    workspace.bring_in.compare_with(file)
    qtbot.waitUntil(lambda: bool(workspace.session.survey.reference_files), timeout=PATIENCE)
    assert not dialogs(workspace)


def test_a_preset_is_chosen_by_key_and_the_group_keeps_its_own(workspace: Workspace, qtbot: QtBot) -> None:
    mark(workspace, LatLon(48.5, 2.5))
    session = workspace.session
    (camera,) = session.survey.cameras
    session.select_camera(camera)
    workspace.show_activity(Activity.MARK)
    menu = workspace.form.presets.menu()
    menu.popup(workspace.mapToGlobal(workspace.rect().center()))
    QTest.keyClick(menu, Qt.Key.Key_5)
    assert session.survey.cameras[camera].tags["surveillance:type"] == "ALPR"

    def name_it() -> None:
        (dialog,) = workspace.findChildren(QInputDialog)
        dialog.setTextValue("Péage & co")
        dialog.accept()

    QTimer.singleShot(0, name_it)
    workspace.form.presets.save_asked.emit()
    (preset,) = session.survey.presets.values()
    assert preset.name == "Péage & co"
    assert preset.tags["surveillance:type"] == "ALPR"
    assert any("Péage && co" in action.text() for action in menu.actions())
    workspace.form.presets.delete_asked.emit(preset.id)
    assert not session.survey.presets


def test_what_the_map_shows_can_be_handed_over_alone(workspace: Workspace, qtbot: QtBot) -> None:
    mark(workspace, LatLon(48.5, 2.5), LatLon(48.6, 2.6), LatLon(48.6001, 2.6001))
    workspace.show_activity(Activity.EXPORT)
    wait(workspace, qtbot)
    panel = workspace.review.export.hand_over
    assert "3 new cameras." in panel.summary
    area = next(c for c in panel.findChildren(QComboBox) if c.accessibleName() == "In which area")
    workspace.map.canvas.fit(Box(48.5999, 2.5999, 48.6002, 2.6002))
    area.setCurrentIndex(1)
    area.activated.emit(1)
    qtbot.waitUntil(lambda: "2 new cameras." in panel.summary, timeout=PATIENCE)
    workspace.map.canvas.fit(Box(48.4999, 2.4999, 48.5001, 2.5001))
    qtbot.waitUntil(lambda: "1 new camera." in panel.summary, timeout=PATIENCE)
