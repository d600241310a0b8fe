"""The table of further tags in the camera form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget

from tests.gui.form_desk import FOREIGN, NEW, desk, notices, unfolded

__all__ = ["desk"]


def cells(table: QTableWidget) -> list[tuple[str, str]]:
    model = table.model()
    return [(model.index(i, 0).data(), model.index(i, 1).data()) for i in range(table.rowCount())]


def editor_of(table: QTableWidget) -> QLineEdit:
    return next(edit for edit in table.findChildren(QLineEdit) if edit.isVisible())


def write(table: QTableWidget, row: int, column: int, text: str) -> None:
    table.setCurrentCell(row, column)
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = editor_of(table)
    editor.selectAll()
    QTest.keyClicks(editor, text) if text else QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # a table takes its editor's text in the next turn


def test_the_table_shows_what_no_button_shows(desk) -> None:
    desk.show(FOREIGN)
    assert cells(desk.form.fields.table.table) == [
        ("ref", "K-17"),
        ("name", "<b>bold</b> & <img src=x>"),
        ("lit", "yes"),
        ("camera:type", "dome;fixed"),
        ("camera:mount", "wall/ceiling"),
        ("", ""),
    ]


def test_any_tag_is_added_changed_renamed_and_removed_in_the_table(desk) -> None:
    desk.show({"ref": "1", **NEW})
    table = unfolded(desk)
    QTest.mouseClick(desk.form.fields.table.add, Qt.MouseButton.LeftButton)
    assert table.currentIndex().row() == 1
    QTest.keyClick(editor_of(table), Qt.Key.Key_Escape)
    QApplication.processEvents()
    write(table, 1, 0, "manufacturer")
    assert desk.told == []
    write(table, 1, 1, "Axis")
    assert desk.tags == {"ref": "1", **NEW, "manufacturer": "Axis"}
    write(table, 0, 1, "2")
    write(table, 0, 0, "local_ref")
    assert list(desk.tags.items()) == [
        ("local_ref", "2"),
        ("man_made", "surveillance"),
        ("manufacturer", "Axis"),
    ]
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert desk.tags == {"local_ref": "2", **NEW}
    write(table, 0, 1, "")
    assert desk.tags == NEW


def test_a_tag_is_added_by_keyboard_alone(desk, qtbot) -> None:
    desk.show(NEW)
    table = unfolded(desk)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    QTest.keyClicks(table, "l")
    QTest.keyClicks(editor_of(table), "it")
    QTest.keyClick(editor_of(table), Qt.Key.Key_Tab)
    QApplication.processEvents()
    QTest.keyClicks(editor_of(table), "yes")
    QTest.keyClick(editor_of(table), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert desk.tags == {**NEW, "lit": "yes"}
    assert cells(table) == [("lit", "yes"), ("", "")]


def test_a_tag_with_a_control_of_its_own_moves_there_when_it_is_typed_in_the_table(desk) -> None:
    desk.show(NEW)
    table = unfolded(desk)
    write(table, 0, 0, "height")
    write(table, 0, 1, "4")
    assert desk.tags == {**NEW, "height": "4"}
    assert desk.form.fields.typed["height"].edit.text() == "4"
    assert cells(table) == [("", "")]


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("man_made", "x", "There is already a tag “man_made”."),
        ("two words", "x", "The key “two words” has characters that OpenStreetMap does not use in keys."),
        ("note", "x" * 256, "The value is 256 characters long; OpenStreetMap takes 255."),
    ],
)
def test_the_table_refuses_what_openstreetmap_refuses_and_says_why(desk, key, value, reason) -> None:
    desk.show(NEW)
    table = unfolded(desk)
    write(table, 0, 0, key)
    write(table, 0, 1, value)
    assert desk.told == []
    assert notices(desk) == [reason]
    assert cells(table) == [(key, value)]


def test_problems_of_tags_are_shown_also_while_the_table_is_folded(desk) -> None:
    desk.show({**NEW, "check_date": "15.11.2026"})
    assert notices(desk) == ["check_date: “15.11.2026” is not a date. Write it as 2026-11-15."]
