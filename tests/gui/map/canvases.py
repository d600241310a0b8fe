"""What the tests of the canvas share: a base map, a small world, and hands to work on it."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.map.layers import map_data, osm_points
from camwalk.model import Camera, LatLon, Photo, Survey
from camwalk.operations.attach_extract import OsmCamera
from tests.surveys import NOON

HERE = LatLon(60.17, 24.94)
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
SIGNALS = (
    "clicked", "camera_placed", "camera_clicked", "camera_dragged", "direction_changed", "photo_clicked",
    "photo_dragged", "osm_camera_clicked", "waypoint_clicked", "hovered",
)  # fmt: skip


SIZE = (600, 400)
PAPER = QColor("#eeeeee")


class Plain:
    """A base map of one colour with a name in the middle of nowhere."""

    attribution = "© Somebody"

    def __init__(self, colour: QColor = PAPER) -> None:
        self.colour = colour
        self.painted: list[tuple[int, int, int, int]] = []
        self.occupied: list[Sequence[QRectF]] = []

    def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:
        self.painted.append((zoom, x, y, pixels))
        image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        image.fill(self.colour)
        return image

    def labels(
        self,
        centre: LatLon,  # noqa: ARG002
        zoom: float,  # noqa: ARG002
        width: int,
        height: int,
        ratio: float,
        occupied: Sequence[QRectF],
    ) -> QImage:
        self.occupied.append(occupied)
        image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        return image


class Told(list[tuple[object, ...]]):
    """The intentions of a canvas, in order, as (signal, arguments...)."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__()
        for name in SIGNALS:
            getattr(canvas, name).connect(self._listener(name))

    def _listener(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.append((name, *arguments))

    @property
    def names(self) -> list[object]:
        """Only the signals, without hovering."""
        return [one[0] for one in self if one[0] != "hovered"]

    def last(self, name: str) -> tuple[object, ...]:
        """The arguments of the last such intention."""
        return next(one[1:] for one in reversed(self) if one[0] == name)


def small_world(qtbot: QtBot) -> MapCanvas:
    """A shown canvas of 600 x 400 with two cameras, a photo and a camera of OSM.

    Camera "middle" is at (300, 200), "right" at (450, 200), photo "p" at (150, 200), OSM's at (300, 100).
    """
    widget = MapCanvas()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_view(widget.view.centred(HERE, 17.0))
    widget.setFocus()
    cameras = {id: camera(widget, id, x) for id, x in (("middle", 300), ("right", 450))}
    photos = {"p": photo(widget, "p", 150)}
    known = widget.view.to_place(300, 100)
    osm = osm_points([OsmCamera("node", 5, 1, known.lat, known.lon, {})])
    widget.set_data(map_data(Survey(cameras=cameras, photos=photos), osm))
    qtbot.waitUntil(lambda: widget.idle, timeout=20_000)
    return widget


def camera(canvas: MapCanvas, id: str, x: float, direction: str = "90") -> Camera:
    at = canvas.view.to_place(x, 200)
    return Camera(id=id, lat=at.lat, lon=at.lon, created=NOON, tags={"camera:direction": direction})


def photo(canvas: MapCanvas, id: str, x: float) -> Photo:
    at = canvas.view.to_place(x, 200)
    return Photo(id=id, walk="w", device="d", path=id, size=1, fingerprint=id, lat=at.lat, lon=at.lon)


def drag(
    canvas: MapCanvas,
    start: tuple[int, int],
    end: tuple[int, int],
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NONE,
    *,
    drop: bool = True,
) -> None:
    """Press, move in three steps with the button down, and let go."""
    QTest.mousePress(canvas, button, keys, QPoint(*start))
    for step in (1, 2, 3):
        x = start[0] + (end[0] - start[0]) * step / 3
        y = start[1] + (end[1] - start[1]) * step / 3
        _send_move(canvas, x, y, button, keys)
    if drop:
        QTest.mouseRelease(canvas, button, keys, QPoint(*end))


def _send_move(
    canvas: MapCanvas, x: float, y: float, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    at = QPointF(round(x), round(y))
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, button, keys
    )
    QApplication.sendEvent(canvas, event)


def wheel(
    canvas: MapCanvas,
    at: tuple[int, int],
    angle: int = 0,
    pixels: tuple[int, int] = (0, 0),
    keys: Qt.KeyboardModifier = NONE,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
) -> None:
    place, smooth, turn = QPointF(*at), QPoint(*pixels), QPoint(0, angle)
    button = Qt.MouseButton.NoButton
    event = QWheelEvent(place, canvas.mapToGlobal(place), smooth, turn, button, keys, phase, False)
    QApplication.sendEvent(canvas, event)


def near(place: object, canvas: MapCanvas, x: float, y: float) -> bool:
    assert isinstance(place, LatLon)
    return canvas.view.to_screen(place) == pytest.approx((x, y), abs=0.6)
