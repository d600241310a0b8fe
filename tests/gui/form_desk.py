"""A camera form and what the main window does with what it tells, for the tests of its parts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableWidget

from camwalk.gui import look
from camwalk.gui.camera_form import NARROWEST, CameraForm
from camwalk.model import Camera, Tags

NEW = {"man_made": "surveillance"}
FOREIGN = {
    "ref": "K-17",
    "man_made": "surveillance",
    "name": "<b>bold</b> & <img src=x>",
    "lit": "yes",
    "height": "6,5",
    "camera:type": "dome;fixed",
    "camera:mount": "wall/ceiling",
    "direction": "NE",
}


class Desk:
    """A form, and what the main window does with what it tells."""

    def __init__(self, form: CameraForm) -> None:
        self.form, self.told, self.asked = form, [], []
        self.camera = Camera(id="a", lat=60.1, lon=24.9, created=datetime(2026, 11, 15, 12, tzinfo=UTC))
        form.tags_edited.connect(self._keep)
        for signal in (form.delete_asked, form.go_asked, form.photo_asked, form.photo_link_asked):
            signal.connect(self.asked.append)
        form.photo_unlink_asked.connect(lambda *pair: self.asked.append(pair))

    def show(self, tags: Tags, camera: str = "a", read_only: bool = False) -> None:
        self.camera = replace(self.camera, id=camera, tags=tags)
        self.form.show_camera(self.camera, [("p1", "one.jpg")], read_only)

    def _keep(self, camera: str, tags: Tags) -> None:
        assert camera == self.camera.id
        self.told.append(dict(tags))
        self.show(tags, camera)

    @property
    def tags(self) -> Tags:
        return self.told[-1]

    def type(self, edit: QLineEdit, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        edit.selectAll()
        QTest.keyClicks(edit, text) if text else QTest.keyClick(edit, Qt.Key.Key_Delete)
        QTest.keyClick(edit, end)


@pytest.fixture
def desk(qtbot, qapp) -> Iterator[Desk]:
    look.apply(qapp, "light")
    form = CameraForm()
    qtbot.addWidget(form)
    form.resize(NARROWEST, 900)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    yield Desk(form)
    qapp.setStyleSheet("")


def direction(desk: Desk) -> QLineEdit:
    return desk.form.fields.direction.edit


def notices(desk: Desk) -> list[str]:
    fields = desk.form.fields
    typed = [field.notice for field in fields.typed.values()]
    return [n.text() for n in (fields.direction.notice, fields.table.notice, *typed) if not n.isHidden()]


def unfolded(desk: Desk) -> QTableWidget:
    QTest.mouseClick(desk.form.fields.unfold, Qt.MouseButton.LeftButton)
    return desk.form.fields.table.table
