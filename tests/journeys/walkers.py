"""A person at the real window, for journeys through marking from the photos."""

import os
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from camwalk.gui.main_window import MainWindow
from camwalk.gui.workspace import Workspace
from camwalk.model import Camera, LatLon, Photo, Survey
from camwalk.operations.sample_walk import sample_walk
from camwalk.project import Project

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ON_WALL = LatLon(60.1700341, 24.9393428)  # node/316413114 as the simulator rendered it
FAR_LOOK, FAR_PIXEL = "IMG_20190608_111520.jpg", (292.4, 480.7)
NEAR_LOOK, NEAR_PIXEL = "IMG_20190608_111545.jpg", (275.0, 560.9)
WITHOUT_HEADING, LAMP_PIXEL = "DSC01053.JPG", (410.0, 300.0)
EMPTY = "IMG_20190608_112405.jpg"
CONTEXT = {"surveillance": "public", "surveillance:zone": "traffic"}


def sample_survey(path: Path) -> Path:
    """The sample walk as a survey file."""
    project = Project(path)
    project.do(sample_walk())
    project.close()
    return path


class Walker:
    """A person at the window; `actions` counts key presses, clicks and drags."""

    def __init__(self, window: MainWindow, workspace: Workspace, qtbot: QtBot) -> None:
        self.window, self.workspace, self.qtbot = window, workspace, qtbot
        self.session, self.viewer = workspace.session, workspace.photos.viewer
        self.picture, self.map = workspace.photos.viewer.canvas, workspace.map.canvas
        self.actions = 0

    def wait(self) -> None:
        self.qtbot.waitUntil(self.window.at_rest, timeout=30_000)

    def open(self, name: str) -> Photo:
        """Turn to a photo; not counted, the filmstrip brings them one after the other."""
        photo = next(p for p in self.survey.photos.values() if os.path.basename(p.path) == name)
        self.session.select_photo(photo.id)
        self.wait()
        return photo

    @property
    def survey(self) -> Survey:
        return self.session.survey

    @property
    def cameras(self) -> list[Camera]:
        return list(self.survey.cameras.values())

    def spot(self, pixel: tuple[float, float]) -> QPoint:
        view = self.picture.view
        assert view is not None
        return view.to_widget(QPointF(*pixel)).toPoint()

    def click(self, pixel: tuple[float, float]) -> None:
        self.actions += 1
        QTest.mouseClick(self.picture, LEFT, pos=self.spot(pixel))

    def drag(self, widget: QWidget, start: QPoint, by: QPoint) -> None:
        self.actions += 1
        QTest.mousePress(widget, LEFT, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(widget, start + QPointF(by * share).toPoint())
            QApplication.processEvents()
        QTest.mouseRelease(widget, LEFT, pos=start + by)

    def press(self, key: Qt.Key, widget: QWidget | None = None, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.actions += 1
        QTest.keyClick(widget or self.picture, key, modifier)

    def mark(self, photo: str, pixel: tuple[float, float]) -> str:
        self.open(photo)
        self.click(pixel)
        self.wait()
        camera = self.session.selection.camera
        assert camera is not None
        return camera

    def press_button(self, text: str) -> None:
        """Click a button of the strip above the photo."""
        self.actions += 1
        buttons = self.workspace.corrections.help.findChildren(QPushButton)
        (button,) = (b for b in buttons if text in b.text())
        QTest.mouseClick(button, LEFT)
