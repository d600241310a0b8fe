"""The photo viewer as tests use it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from camwalk.gui.photo_viewer import PhotoViewer
from camwalk.model import Photo
from tests.gui.photo_files import four_colours, photo_of, survey_of, write_photo

Show = Callable[..., PhotoViewer]


def open_viewer(qtbot: QtBot) -> Iterator[PhotoViewer]:
    viewer = PhotoViewer()
    qtbot.addWidget(viewer)
    viewer.resize(640, 600)
    viewer.show()
    qtbot.waitExposed(viewer)
    yield viewer
    viewer.shutdown()


def shower(qtbot: QtBot, viewer: PhotoViewer) -> Show:
    """Shows a photo and waits until its picture, or why there is none, is there."""

    def show(photo: Photo, around: tuple[Photo | None, Photo | None] = (None, None)) -> PhotoViewer:
        shown: list[str] = []
        viewer.loaded.connect(shown.append)
        viewer.show_photo(survey_of(photo, *filter(None, around)), photo, around)
        qtbot.waitUntil(lambda: photo.id in shown)
        QApplication.processEvents()
        return viewer

    return show


def four_colour_photo(folder: Path) -> Photo:
    write_photo(folder / "a.jpg", four_colours(1200, 800))
    return photo_of(folder / "a.jpg", (1200, 800))


def widget_point(viewer: PhotoViewer, x: float, y: float) -> QPoint:
    assert viewer.canvas.view
    return viewer.canvas.view.to_widget(QPointF(x, y)).toPoint()


def pixel_at(viewer: PhotoViewer, at: QPointF) -> tuple[float, float]:
    assert viewer.canvas.view
    pixel = viewer.canvas.view.to_picture(at)
    return pixel.x(), pixel.y()


def colour_at(viewer: PhotoViewer, x: float, y: float) -> str:
    colour = viewer.canvas.grab().toImage().pixelColor(widget_point(viewer, x, y))
    names = {"red": "#dc0000", "green": "#00a000", "blue": "#0000dc", "yellow": "#dcc800"}
    return min(names, key=lambda name: distance(QColor(names[name]), colour))


def distance(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(channels(one), channels(other), strict=True))


def channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def texts(viewer: PhotoViewer) -> str:
    """Everything that can be read in the viewer now."""
    return "\n".join(label.text() for label in viewer.findChildren(QLabel) if label.isVisible())


def button(viewer: PhotoViewer, name: str) -> QAbstractButton:
    return next(b for b in viewer.findChildren(QAbstractButton) if name in (b.accessibleName(), b.text()))
