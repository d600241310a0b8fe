"""A base map that fails, and a map that goes away while it paints."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camwalk.gui.map.canvas import MapCanvas
from camwalk.model import CamwalkError, message
from tests.gui.map.canvases import HERE, SIZE, Plain


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    """A shown canvas around HERE in a street's scale."""
    widget = MapCanvas()
    qtbot.addWidget(widget)
    widget.resize(*SIZE)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_view(widget.view.centred(HERE, 17.0))
    return widget


@pytest.fixture
def rest(qtbot: QtBot, canvas: MapCanvas) -> Callable[[], QImage]:
    """Wait until everything is painted, and see it."""

    def wait() -> QImage:
        qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
        return canvas.grab().toImage()

    return wait


def test_an_expected_failure_of_the_base_is_told_on_the_map(canvas: MapCanvas, rest: Callable[[], QImage]):
    class Gone(Plain):
        def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:  # noqa: ARG002
            raise CamwalkError(message("The map file is gone."))

    canvas.set_base(Gone())
    rest()
    assert canvas._texts().note == "The map file is gone."
    canvas.set_base(Plain())
    assert canvas._texts().note == ""


def test_an_unexpected_failure_of_the_base_reaches_whoever_reports_crashes(qtbot: QtBot, canvas: MapCanvas):
    class Broken(Plain):
        def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:  # noqa: ARG002
            raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        canvas.set_base(Broken())
        qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    assert {kind for kind, _, _ in caught} == {ZeroDivisionError}


def test_names_that_cannot_be_painted_are_not_tried_without_end(qtbot: QtBot, canvas: MapCanvas):
    class Nameless(Plain):
        def labels(self, *window: object, **more: object) -> QImage:  # noqa: ARG002
            self.occupied.append([])
            raise CamwalkError(message("The names are gone."))

    base = Nameless()
    canvas.set_base(base)
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    canvas.update()
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    assert len(base.occupied) == 1
    assert canvas._texts().note == "The names are gone."


def test_a_map_that_is_deleted_while_it_paints_does_no_harm(qtbot: QtBot):
    begun, held = threading.Event(), threading.Event()

    class Slow(Plain):
        def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:
            begun.set()
            held.wait(20)
            return super().tile(zoom, x, y, pixels)

    widget = MapCanvas()
    widget.set_base(Slow())
    widget.show()
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    threading.Timer(0.1, held.set).start()
    widget.deleteLater()
    del widget
    QTest.qWait(300)
    QApplication.processEvents()
