"""The camera form, by mouse and keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDial, QLabel, QLineEdit, QTableWidget

from camwalk.gui.camera_form import NARROWEST
from tests.gui.form_desk import FOREIGN, NEW, desk, direction, notices, unfolded

__all__ = ["desk"]


def test_pressing_2_makes_it_a_dome(desk) -> None:
    desk.show(NEW)
    QTest.keyClicks(desk.form, "2")
    assert desk.tags == {"man_made": "surveillance", "surveillance:type": "camera", "camera:type": "dome"}
    assert desk.form.fields.kind.buttons["dome"].isChecked()


def test_keys_pressed_on_the_map_reach_type_and_mount(desk) -> None:
    desk.show(NEW)
    for text in ("5", "w"):
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text)
        assert desk.form.handle_key(event)
    assert desk.tags == {
        "man_made": "surveillance",
        "surveillance:type": "ALPR",
        "camera:type": "fixed",
        "camera:mount": "wall",
    }


def test_the_digit_row_of_a_french_keyboard_works_without_shift(desk, monkeypatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    desk.show(NEW)
    no_keys = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Eacute, no_keys, 11, 0, 0, "é")
    assert desk.form.handle_key(event)
    assert desk.tags["camera:type"] == "dome"


def test_keys_mean_nothing_without_a_camera_or_with_control(desk) -> None:
    two = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "2")
    assert not desk.form.handle_key(two)
    desk.show(NEW)
    assert not desk.form.handle_key(
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier, "2")
    )
    desk.show(NEW, read_only=True)
    assert not desk.form.handle_key(two)
    assert desk.told == []


def test_a_mount_is_chosen_by_click_and_taken_back_by_another(desk) -> None:
    desk.show(NEW)
    pole = desk.form.fields.mount.buttons["pole"]
    QTest.mouseClick(pole, Qt.MouseButton.LeftButton)
    assert desk.tags["camera:mount"] == "pole"
    assert pole.isChecked()
    QTest.mouseClick(pole, Qt.MouseButton.LeftButton)
    assert "camera:mount" not in desk.tags
    assert not pole.isChecked()


@pytest.mark.parametrize(
    ("typed", "written", "understood"),
    [
        ("SE", "135", "south-east, 135°"),
        ("90-180", "90-180", "clockwise from 90° to 180°"),
        ("45;135", "45;135", "north-east, 45°; south-east, 135°"),
        ("180, 270", "180;270", "south, 180°; west, 270°"),
        ("-90", "270", "west, 270°"),
        ("0-360", "0-360", "all round"),
        ("360", "0", "north, 0°"),
        ("12.5°", "12", "north-north-east, 12°"),
    ],
)
def test_directions_are_typed_in_any_spelling_and_told_in_words(desk, typed, written, understood) -> None:
    desk.show(NEW)
    desk.type(direction(desk), typed)
    assert desk.tags == {**NEW, "camera:direction": written}
    assert desk.form.fields.direction.understood() == understood
    assert direction(desk).text() == written


def test_a_direction_that_is_not_understood_is_told_while_typing_and_not_written(desk) -> None:
    desk.show({**NEW, "camera:direction": "NE"})
    desk.type(direction(desk), "somewhere")
    assert desk.told == []
    assert notices(desk) == ["Not understood: “somewhere”. Try SE, 135 or 90-180."]
    assert direction(desk).text() == "somewhere"
    desk.type(direction(desk), "")
    assert desk.tags == NEW


def test_winds_may_be_typed_in_the_readers_language(desk, monkeypatch) -> None:
    monkeypatch.setattr("camwalk.gui.direction_words.pgettext", lambda _context, wind: wind.replace("W", "O"))
    desk.show(NEW)
    desk.type(direction(desk), "SO; 10-ono")
    assert desk.tags["camera:direction"] == "225;10-292"


def test_the_key_that_holds_the_direction_keeps_holding_it(desk) -> None:
    desk.show({**NEW, "direction": "NE;180"})
    desk.type(direction(desk), "NE;190")
    assert desk.tags == {**NEW, "direction": "NE;190"}


def test_leaving_a_field_untouched_rewrites_nothing(desk) -> None:
    desk.show(FOREIGN)
    for edit in (direction(desk), *(typed.edit for typed in desk.form.fields.typed.values())):
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_Return)
    desk.form.finish()
    assert desk.told == []


def test_unknown_tags_survive_every_edit_untouched_and_in_order(desk) -> None:
    desk.show(FOREIGN)
    QTest.keyClicks(desk.form, "p")
    assert list(desk.tags.items()) == list({**FOREIGN, "camera:mount": "pole"}.items())


def test_height_takes_a_comma_and_writes_a_point(desk) -> None:
    desk.show(NEW)
    desk.type(desk.form.fields.typed["height"].edit, "3,5")
    assert desk.tags == {**NEW, "height": "3.5"}


def test_a_height_that_is_no_number_is_told_and_not_written(desk) -> None:
    desk.show(NEW)
    desk.type(desk.form.fields.typed["height"].edit, "tall")
    assert desk.told == []
    assert notices(desk) == ["Height not understood: “tall”. Write metres, for example 6.5."]


def test_a_field_is_taken_on_leaving_it(desk, qtbot) -> None:
    desk.show(NEW)
    operator = desk.form.fields.typed["operator"].edit
    operator.setFocus()
    qtbot.waitUntil(operator.hasFocus)
    QTest.keyClicks(operator, " City of <i>Helsinki</i> ")
    assert desk.told == []
    QTest.keyClick(operator, Qt.Key.Key_Tab)
    assert desk.tags == {**NEW, "operator": "City of <i>Helsinki</i>"}


def test_what_is_being_typed_stays_when_the_same_camera_changes_elsewhere(desk) -> None:
    desk.show(NEW)
    operator = desk.form.fields.typed["operator"].edit
    QTest.keyClicks(operator, "City")
    desk.show({**NEW, "camera:direction": "90"})
    assert operator.text() == "City"
    QTest.keyClick(operator, Qt.Key.Key_Return)
    assert desk.tags == {**NEW, "camera:direction": "90", "operator": "City"}


def test_what_is_being_typed_goes_to_its_own_camera_when_another_is_chosen(desk) -> None:
    desk.show(NEW)
    QTest.keyClicks(desk.form.fields.typed["operator"].edit, "City")
    told = []
    desk.form.tags_edited.disconnect()
    desk.form.tags_edited.connect(lambda camera, tags: told.append((camera, dict(tags))))
    desk.show({**NEW, "lit": "yes"}, camera="b")
    assert told == [("a", {**NEW, "operator": "City"})]
    assert desk.form.fields.typed["operator"].edit.text() == ""


def test_a_zone_is_chosen_by_its_name_or_typed_freely(desk) -> None:
    desk.show(NEW)
    zone = desk.form.fields.typed["surveillance:zone"]
    desk.type(zone.edit, "car park")
    assert desk.tags == {**NEW, "surveillance:zone": "parking"}
    assert zone.edit.text() == "Car park"
    desk.type(zone.edit, "atm")
    assert desk.tags == {**NEW, "surveillance:zone": "atm"}
    box = zone.findChild(QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert desk.tags["surveillance:zone"] != "atm"


def test_all_round_and_not_known_are_one_click(desk) -> None:
    desk.show({**NEW, "camera:direction": "90"})
    states = desk.form.fields.direction.states.buttons
    QTest.mouseClick(states["all"], Qt.MouseButton.LeftButton)
    assert desk.tags["camera:direction"] == "0-360"
    QTest.mouseClick(states["unknown"], Qt.MouseButton.LeftButton)
    assert desk.tags == NEW


def test_dragging_the_dial_turns_the_first_lens_and_is_kept_on_release(desk) -> None:
    desk.show({**NEW, "camera:direction": "0;SW"})
    dial, seen = desk.form.fields.direction.dial, []
    desk.form.direction_turning.connect(lambda _camera, text: seen.append(text))
    middle = dial.rect().center() + QPoint(1, 1)
    QTest.mousePress(dial, Qt.MouseButton.LeftButton, pos=middle + QPoint(30, 0))
    QTest.mouseMove(dial, middle + QPoint(0, 30))
    assert desk.told == []
    QTest.mouseRelease(dial, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 30))
    assert seen == ["90;SW", "180;SW"]
    assert [tags["camera:direction"] for tags in desk.told] == ["180;SW"]


def test_arrow_keys_on_the_dial_step_five_degrees_and_make_one_edit(desk, qtbot) -> None:
    desk.show({**NEW, "camera:direction": "87"})
    dial = desk.form.fields.direction.dial
    with qtbot.waitSignal(desk.form.tags_edited):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
            QTest.keyClick(dial, key)
        QTest.keyClick(dial, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert [tags["camera:direction"] for tags in desk.told] == ["99"]


def test_the_wheel_turns_the_dial_only_while_it_is_in_use(desk, qtbot) -> None:
    desk.show({**NEW, "camera:direction": "90"})
    dial = desk.form.fields.direction.dial
    roll(dial)
    assert dial.value() == 90
    dial.setFocus()
    qtbot.waitUntil(dial.hasFocus)
    roll(dial)
    assert dial.value() == 95
    direction(desk).setFocus()
    assert desk.tags["camera:direction"] == "95"


def roll(dial: QDial) -> None:
    middle = QPointF(dial.rect().center())
    event = QWheelEvent(
        middle,
        dial.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(dial, event)


def test_photos_are_opened_taken_out_and_linked(desk) -> None:
    desk.show(NEW)
    photos = desk.form.photos
    assert not photos.link.isEnabled()
    desk.form.set_photo_in_hand("p1")
    assert not photos.link.isEnabled()
    desk.form.set_photo_in_hand("p2")
    QTest.mouseClick(photos.link, Qt.MouseButton.LeftButton)
    for name in ("Open photo one.jpg", "Photo one.jpg does not show this camera"):
        button = next(b for b in photos.findChildren(QAbstractButton) if b.accessibleName() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.asked == ["a", "p1", ("a", "p1")]


def test_going_there_and_deleting_are_asked_for(desk) -> None:
    desk.show(NEW)
    QTest.mouseClick(desk.form.go, Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.form.delete, Qt.MouseButton.LeftButton)
    QTest.keyClick(desk.form, Qt.Key.Key_Delete)
    assert desk.asked == ["a", "a", "a"]


def test_delete_in_an_empty_field_does_not_delete_the_camera(desk) -> None:
    desk.show(NEW)
    for edit in (direction(desk), desk.form.fields.typed["surveillance:zone"].edit):
        QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClick(unfolded(desk), Qt.Key.Key_Delete)
    assert desk.asked == []


def test_a_survey_opened_read_only_can_be_looked_at_but_not_edited(desk) -> None:
    desk.show({**NEW, "ref": "1"}, read_only=True)
    QTest.mouseClick(desk.form.fields.mount.buttons["pole"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(desk.form, "2")
    desk.type(direction(desk), "SE")
    desk.type(desk.form.fields.typed["operator"].edit, "City")
    QTest.keyClick(desk.form.fields.direction.dial, Qt.Key.Key_Right)
    table = unfolded(desk)
    table.setCurrentCell(0, 1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.findChild(QLineEdit) is None
    assert desk.told == []
    assert desk.form.go.isEnabled()


def test_what_a_file_says_is_shown_as_plain_text(desk) -> None:
    desk.show({**NEW, "camera:direction": "<b>x</b>", "name": "<b>bold</b>", "check_date": "<i>y</i>"})
    desk.form.show_camera(replace(desk.camera, id="c"), [("p", "<b>&photo</b>.jpg")], False)
    labels = [label for label in desk.form.findChildren(QLabel) if "<" in label.text()]
    assert len(labels) == 2
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    button = next(
        b for b in desk.form.findChildren(QAbstractButton) if b.accessibleName().startswith("Open photo <")
    )
    assert button.toolTip() == "<p>&lt;b&gt;&amp;photo&lt;/b&gt;.jpg</p>"


def test_without_a_camera_it_says_what_to_do(desk) -> None:
    desk.form.show_camera(None, [], False)
    texts = [label.text() for label in desk.form.currentWidget().findChildren(QLabel)]
    assert texts == [
        "Click a camera in the photo, or press M and click its place on the map. Drag to give its facing too."
    ]


def test_tab_goes_through_the_form_from_top_to_bottom(desk) -> None:
    desk.show(FOREIGN)
    QTest.mouseClick(desk.form.fields.unfold, Qt.MouseButton.LeftButton)
    fields, photos = desk.form.fields, desk.form.photos
    parts = [
        desk.form.go,
        fields.kind.buttons["fixed"],
        fields.mount.buttons["wall"],
        fields.direction.dial,
        fields.direction.edit,
        fields.direction.states.buttons["all"],
        fields.typed["height"].edit,
        fields.typed["camera:angle"].edit,
        fields.place.buttons["public"],
        fields.typed["surveillance:zone"].findChild(QComboBox),
        fields.typed["operator"].edit,
        fields.unfold,
        fields.table.table,
        fields.table.add,
        photos.findChild(QAbstractButton),
    ]
    reached, widget = [], desk.form.go
    for _step in range(200):
        reached.append(widget)
        widget = widget.nextInFocusChain()
    assert sorted(parts, key=reached.index) == parts


def test_every_control_has_a_name_for_screen_readers_and_a_tooltip(desk) -> None:
    desk.show(FOREIGN)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QDial, QTableWidget)
    controls = [
        w for kind in kinds for w in desk.form.findChildren(kind) if w.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(controls) > 25
    for control in controls:
        assert control.accessibleName() or control.text(), control
        assert control.toolTip() or control.text(), control


@pytest.mark.parametrize("width", [NARROWEST, 380, 600])
def test_no_button_text_is_cut_at_any_width(desk, qtbot, width) -> None:
    desk.show(FOREIGN)
    desk.form.resize(width, 900)
    fields = desk.form.fields
    qtbot.waitUntil(lambda: fields.width() > width - 60)
    for grid in (fields.kind, fields.mount, fields.place, fields.direction.states):
        for button in grid.buttons.values():
            assert button.width() >= button.narrowest()
            assert button.height() >= button.height_for(button.width())
            assert grid.rect().contains(button.geometry())


def test_escape_takes_back_what_was_typed_and_nothing_of_it_is_saved(desk) -> None:
    desk.show({**NEW, "camera:direction": "90", "surveillance:zone": "town"})
    unfolded(desk)
    fields = [direction(desk), *(f.edit for f in desk.form.fields.typed.values() if f.edit.isVisible())]
    assert len(fields) > 2
    for field in fields:
        before = field.text()
        field.setFocus()
        QTest.keyClicks(field, "55")
        assert field.text() != before
        with_keys = QApplication.focusWidget()
        assert with_keys is not None
        QTest.keyClick(with_keys, Qt.Key.Key_Escape)
        assert field.text() == before
    direction(desk).setFocus()
    assert desk.told == []
