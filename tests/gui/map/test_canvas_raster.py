"""Raster tiles from a server on this machine."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from pytestqt.qtbot import QtBot

from camwalk import __version__
from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.map.raster import RasterTiles
from camwalk.model import LatLon

GREEN = "#00aa55"


def png() -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(GREEN)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


class TileServer(ThreadingHTTPServer):
    """Serves green tiles and remembers who asked; `status` other than 200 is a refusal."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.picture = png()
        self.status = 200
        self.asked: list[tuple[str, str | None]] = []
        self.lock = Lock()
        self.at_once, self.most_at_once = 0, 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A map that closes breaks off its requests."""

    @property
    def template(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, TileServer)
        with server.lock:
            server.asked.append((self.path, self.headers["User-Agent"]))
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
        self.send_response(server.status)
        self.send_header("Content-Type", "image/png")
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(server.picture)))
        self.end_headers()
        with server.lock:
            server.at_once -= 1
        self.wfile.write(server.picture)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[TileServer]:
    running = TileServer()
    Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    widget = MapCanvas()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_view(widget.view.centred(LatLon(60.17, 24.94), 15.0))
    return widget


@pytest.fixture
def middle(qtbot: QtBot, canvas: MapCanvas) -> Callable[[], str]:
    """The colour beside the middle of the map once all is painted."""

    def seen() -> str:
        qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
        return canvas.grab().toImage().pixelColor(290, 190).name()

    return seen


def test_nothing_is_asked_before_somebody_makes_the_tiles(
    server: TileServer, canvas: MapCanvas, middle: Callable[[], str]
):
    middle()
    RasterTiles(server.template, "©", canvas)
    middle()
    assert server.asked == []


def test_tiles_come_with_our_name_on_the_request_two_at_a_time(
    server: TileServer, canvas: MapCanvas, middle: Callable[[], str]
):
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() == GREEN
    assert {agent for _, agent in server.asked} == {f"Camwalk/{__version__}"}
    assert all(path.startswith("/16/") for path, _ in server.asked)
    assert len(server.asked) == len(set(server.asked))
    assert server.most_at_once <= 2


def test_a_second_start_takes_the_tiles_from_the_disk(
    qtbot: QtBot, server: TileServer, canvas: MapCanvas, middle: Callable[[], str]
):
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() == GREEN
    asked = len(server.asked)
    canvas.set_base(None)
    assert middle() != GREEN
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() == GREEN
    assert len(server.asked) == asked


def test_tiles_of_the_disk_serve_while_the_server_is_out_of_reach(
    qtbot: QtBot, server: TileServer, canvas: MapCanvas, middle: Callable[[], str]
):
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() == GREEN
    canvas.set_base(None)
    server.shutdown()
    server.server_close()
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() == GREEN


def test_a_refusal_is_said_on_the_map_and_not_hammered(
    qtbot: QtBot, server: TileServer, canvas: MapCanvas, middle: Callable[[], str]
):
    server.status = 429
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() != GREEN
    assert "429" in canvas._texts().note
    assert len(server.asked) <= 2
    server.status = 200
    qtbot.waitUntil(lambda: len(server.asked) > 4, timeout=20_000)
    qtbot.waitUntil(lambda: canvas.grab().toImage().pixelColor(290, 190).name() == GREEN, timeout=20_000)
    assert canvas._texts().note == ""


def test_what_is_no_picture_is_said_and_not_asked_for_again(
    server: TileServer, canvas: MapCanvas, middle: Callable[[], str]
):
    server.picture = b"<html>Please log in</html>"
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    middle()
    asked = len(server.asked)
    assert "not a picture" in canvas._texts().note
    canvas.update()
    middle()
    assert len(server.asked) == asked


def test_beyond_zoom_19_tiles_are_enlarged(server: TileServer, canvas: MapCanvas, middle: Callable[[], str]):
    canvas.show_view(canvas.view.centred(canvas.view.centre, 21.0))
    canvas.set_base(RasterTiles(server.template, "© Server", canvas))
    assert middle() == GREEN
    assert {path.split("/")[1] for path, _ in server.asked} == {"19"}


def test_without_a_server_the_map_says_so(canvas: MapCanvas, middle: Callable[[], str]):
    canvas.set_base(RasterTiles("http://127.0.0.1:9/{z}/{x}/{y}.png", "©", canvas))
    middle()
    assert "cannot be reached" in canvas._texts().note


def test_the_map_can_close_while_tiles_are_on_their_way(qtbot: QtBot, server: TileServer):
    widget = MapCanvas()
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    widget.show()
    widget.set_base(RasterTiles(server.template, "©", widget))
    qtbot.waitUntil(lambda: len(server.asked) > 0, timeout=20_000)
    with qtbot.waitSignal(widget.destroyed):
        widget.close()
