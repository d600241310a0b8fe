"""What the canvas shows: pixels after real painting."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QProxyStyle, QStyle, QWidget
from pytestqt.qtbot import QtBot

from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.map.furniture import scale_bar, scale_text
from camwalk.gui.map.layers import LAYERS, Kind, map_data, osm_points
from camwalk.gui.map.symbols import DARK_INKS, LIGHT_INKS
from camwalk.gui.map.tiles import Grid
from camwalk.gui.map.viewport import View
from camwalk.model import Camera, Edit, LatLon, Photo, Survey, message
from camwalk.model.edit import added
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.mark_camera import delete_cameras, mark_camera, move_camera
from tests.gui.map.canvases import HERE, PAPER, SIZE, Plain
from tests.surveys import NOON

DOME = QColor(LIGHT_INKS.cameras[Kind.DOME])


def dome(id: str, at: LatLon = HERE) -> Camera:
    return Camera(id=id, lat=at.lat, lon=at.lon, created=NOON, tags={"camera:type": "dome"})


def with_cameras(*cameras: Camera) -> Survey:
    return Survey(cameras={camera.id: camera for camera in cameras})


def at(view: View, x: float, y: float) -> LatLon:
    return view.to_place(x, y)


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


def colours(image: QImage, x: int, y: int, reach: int = 6) -> set[str]:
    pixels = ((x + dx, y + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1))
    return {image.pixelColor(*pixel).name() for pixel in pixels if image.rect().contains(*pixel)}


def test_a_camera_is_painted_where_it_hangs(canvas: MapCanvas, rest: Callable[[], QImage]):
    canvas.set_base(Plain())
    canvas.set_data(map_data(with_cameras(dome("a"))))
    image = rest()
    assert image.pixelColor(300, 200) == DOME
    assert image.pixelColor(340, 200) == PAPER


def test_without_a_base_there_is_paper_and_a_message(canvas: MapCanvas, rest: Callable[[], QImage]):
    canvas.set_message("Choose a map.")
    image = rest()
    assert image.pixelColor(20, 20).name() == LIGHT_INKS.paper
    assert LIGHT_INKS.paper not in colours(image, 300, 200, 3)


def test_the_base_is_painted_in_whole_device_pixels_once_the_zoom_rests(
    canvas: MapCanvas, rest: Callable[[], QImage]
):
    base = Plain()
    canvas.set_base(base)
    canvas.show_view(canvas.view.zoomed_about(300, 200, 1.3))
    rest()
    view = canvas.view
    assert {pixels for _, _, _, pixels in base.painted} == {view.tile_pixels(1.0)}
    assert view == view.settled(1.0)


def test_the_old_picture_stands_in_while_a_zoom_is_painted(
    qtbot: QtBot, canvas: MapCanvas, rest: Callable[[], QImage]
):
    canvas.set_base(Plain(QColor("#123456")))
    rest()
    held = threading.Event()

    class Slow(Plain):
        def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:
            held.wait(20)
            return super().tile(zoom, x, y, pixels)

    canvas.set_base(Slow())
    canvas.show_view(canvas.view.zoomed_about(300, 200, 2.0))
    QTest.qWait(150)
    assert canvas.grab().toImage().pixelColor(300, 200).name() == "#123456"
    held.set()
    assert rest().pixelColor(300, 200) == PAPER


def test_an_edit_repaints_only_the_tiles_it_touches(canvas: MapCanvas, rest: Callable[[], QImage]):
    base, far = Plain(), at(canvas.view, 20, 20)
    canvas.resize(1500, 1100)
    survey = with_cameras(dome("a"), dome("far", far))
    canvas.set_base(base)
    canvas.set_data(map_data(survey))
    rest()
    overlay = canvas._stack._overlay
    grid = Grid.of(canvas.view, 1.0, canvas.view.tile_zoom)
    tiles = {key: overlay.cache.find(key) for key in grid.tiles()}
    painted = len(base.painted)
    there = at(canvas.view, 780, 580)
    canvas.apply_edit(move_camera(survey, "a", there))
    image = rest()
    assert image.pixelColor(780, 580) == DOME
    assert DOME.name() not in colours(image, 750, 550, 4)
    assert len(base.painted) == painted
    touched = {key for key, tile in tiles.items() if overlay.cache.find(key) is not tile}
    near = {key for key in tiles if grid.rect(key).adjusted(-200, -200, 200, 200).contains(750, 550)}
    assert touched
    assert touched <= near
    assert len(touched) < len(tiles)


def test_an_edit_shows_in_the_very_next_frame(canvas: MapCanvas, rest: Callable[[], QImage]):
    canvas.set_base(Plain())
    rest()
    canvas.apply_edit(mark_camera(Survey(), HERE, {"camera:type": "dome"}))
    assert canvas.grab().toImage().pixelColor(300, 200) == DOME
    assert rest().pixelColor(300, 200) == DOME


def test_a_deleted_camera_disappears(canvas: MapCanvas, rest: Callable[[], QImage]):
    survey = with_cameras(dome("a"))
    canvas.set_base(Plain())
    canvas.set_data(map_data(survey))
    assert rest().pixelColor(300, 200) == DOME
    canvas.apply_edit(delete_cameras(survey, ["a"]))
    assert rest().pixelColor(300, 200) == PAPER


def test_layers_are_hidden_one_by_one(canvas: MapCanvas, rest: Callable[[], QImage]):
    left, right = at(canvas.view, 100, 200), at(canvas.view, 500, 200)
    photo = Photo(id="p", walk="w", device="d", path="p", size=1, fingerprint="p", lat=left.lat, lon=left.lon)
    survey = replace(with_cameras(dome("a")), photos={"p": photo})
    known = osm_points([OsmCamera("node", 1, 1, right.lat, right.lon, {"camera:type": "dome"})])
    canvas.set_base(Plain())
    canvas.set_data(map_data(survey, known))
    spots = {"photos": 100, "cameras": 300, "osm": 500}
    for hidden in (None, *spots):
        canvas.show_layers(set(LAYERS) - {hidden})
        image = rest()
        empty = {layer for layer, x in spots.items() if colours(image, x, 200) == {PAPER.name()}}
        assert empty == ({hidden} if hidden else set())


def test_osm_cameras_are_hollow(canvas: MapCanvas, rest: Callable[[], QImage]):
    canvas.set_osm(osm_points([OsmCamera("node", 1, 1, HERE.lat, HERE.lon, {"camera:type": "dome"})]))
    image = rest()
    assert image.pixelColor(300, 200).name() == LIGHT_INKS.hollow
    assert DOME.name() in colours(image, 300, 200, 9)


def test_a_cone_lies_where_the_camera_looks(canvas: MapCanvas, rest: Callable[[], QImage]):
    camera = replace(dome("a"), tags={"camera:type": "dome", "camera:direction": "E"})
    canvas.set_base(Plain())
    canvas.set_data(map_data(with_cameras(camera)))
    image = rest()
    assert image.pixelColor(325, 200) != PAPER
    assert image.pixelColor(275, 200) == PAPER
    assert image.pixelColor(325, 225) == PAPER


def test_very_many_cameras_become_dots(canvas: MapCanvas, rest: Callable[[], QImage]):
    spots = [(x, y) for x in range(2, 600, 9) for y in range(2, 400, 9)]
    cameras = [dome(f"c{i}", at(canvas.view, *spot)) for i, spot in enumerate(spots)]
    canvas.set_base(Plain())
    canvas.set_data(map_data(with_cameras(*cameras)))
    image = rest()
    assert canvas.is_dense("cameras")
    assert image.pixelColor(299, 200) == DOME
    assert colours(image, 304, 204, 0) == {PAPER.name()}
    canvas.set_data(map_data(with_cameras(*cameras[:100])))
    rest()
    assert not canvas.is_dense("cameras")


def test_dark_paints_the_survey_anew(canvas: MapCanvas, rest: Callable[[], QImage]):
    canvas.set_data(map_data(with_cameras(dome("a"))))
    rest()
    canvas.set_dark(True)
    image = rest()
    assert image.pixelColor(300, 200).name() == DARK_INKS.cameras[Kind.DOME]
    assert image.pixelColor(20, 20).name() == DARK_INKS.paper


def test_names_are_told_where_symbols_are(canvas: MapCanvas, rest: Callable[[], QImage]):
    base = Plain()
    canvas.set_data(map_data(with_cameras(dome("a"))))
    canvas.set_base(base)
    rest()
    boxes = base.occupied[-1]
    assert len(boxes) == 1
    assert boxes[0].width() == pytest.approx(20, abs=1)


def test_selection_and_hover_are_drawn_above(canvas: MapCanvas, rest: Callable[[], QImage]):
    canvas.set_base(Plain())
    canvas.set_data(map_data(with_cameras(dome("a"))))
    assert LIGHT_INKS.accent not in colours(rest(), 300, 200, 20)
    canvas.select(cameras=["a"])
    assert LIGHT_INKS.accent in colours(rest(), 300, 200, 20)
    canvas.select()
    QTest.mouseMove(canvas, QPoint(302, 201))
    assert LIGHT_INKS.quiet in colours(rest(), 300, 200, 20)


def test_the_focus_is_framed_for_whoever_works_by_keyboard(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    row, field, widget = QHBoxLayout(window), QLineEdit(), MapCanvas()
    row.addWidget(field)
    row.addWidget(widget)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    qtbot.waitUntil(widget.hasFocus)
    assert widget.grab().toImage().pixelColor(0, 100).name() == LIGHT_INKS.accent
    field.setFocus()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    assert widget.grab().toImage().pixelColor(0, 100).name() == LIGHT_INKS.paper


def test_the_map_says_what_it_is_and_how_it_is_used(canvas: MapCanvas):
    assert canvas.accessibleName() == "Map"
    assert "Arrow keys" in canvas.accessibleDescription()


@pytest.mark.parametrize("zoom", [16.51, 17.0, 17.49])
def test_a_large_window_comes_to_rest(qtbot: QtBot, canvas: MapCanvas, zoom: float):
    base = Plain()
    canvas.set_base(base)
    canvas.resize(3000, 2000)
    canvas.show_view(canvas.view.centred(HERE, zoom))
    qtbot.waitUntil(lambda: canvas.idle, timeout=20_000)
    painted = len(base.painted)
    canvas.update()
    QTest.qWait(50)
    assert canvas.idle
    assert len(base.painted) == painted
    assert canvas._stack._painted.cache.size <= canvas._stack._painted.cache.limit


def test_motion_is_a_glide_unless_the_system_asks_for_calm(qtbot: QtBot, canvas: MapCanvas):
    class Calm(QProxyStyle):
        def styleHint(self, hint: QStyle.StyleHint, option=None, widget=None, returnData=None) -> int:  # noqa: N802, N803
            if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
                return 0
            return super().styleHint(hint, option, widget, returnData)

    there = canvas.view.centred(LatLon(60.18, 24.95))
    canvas.glide_to(there)
    assert canvas.view != there
    assert canvas.target == there
    qtbot.waitUntil(lambda: canvas.view.centre == there.centre)
    calm = Calm()
    canvas.setStyle(calm)
    canvas.glide_to(canvas.view.centred(HERE))
    assert canvas.view.centre == pytest.approx(HERE)
    canvas.setStyle(QApplication.style())


def test_the_survey_is_fitted_into_the_window_once_that_has_its_size(qtbot: QtBot):
    corners = [LatLon(60.16, 24.90), LatLon(60.18, 24.98)]
    widget = MapCanvas()
    qtbot.addWidget(widget)
    widget.set_data(map_data(with_cameras(dome("a", corners[0]), dome("b", corners[1]))))
    widget.fit()
    widget.resize(900, 300)
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.waitUntil(lambda: widget.idle, timeout=20_000)
    for corner in corners:
        x, y = widget.view.to_screen(corner)
        assert 40 <= x <= 860
        assert 40 <= y <= 260


def test_the_scale_bar_is_round_and_fits():
    for metres_per_pixel in (0.003, 0.07, 0.31, 1.0, 4.2, 77.0, 9000.0):
        metres, pixels = scale_bar(metres_per_pixel)
        assert str(metres).rstrip("0") in "125"
        assert metres / metres_per_pixel == pytest.approx(pixels)
    assert [scale_text(m) for m in (50, 2000)] == ["50\N{NO-BREAK SPACE}m", "2\N{NO-BREAK SPACE}km"]


def test_attribution_is_always_on_the_map(canvas: MapCanvas, rest: Callable[[], QImage]):
    def differs(before: QImage, after: QImage) -> bool:
        corner = range(430, 600), range(375, 400)
        return any(before.pixel(x, y) != after.pixel(x, y) for x in corner[0] for y in corner[1])

    bare = rest()
    canvas.set_base(Plain(QColor(LIGHT_INKS.paper)))
    assert differs(bare, rest())
    canvas.set_base(None)
    far = osm_points([OsmCamera("node", 1, 1, 0.0, 0.0, {})])
    canvas.set_osm(far)
    assert differs(bare, rest())


def test_many_new_cameras_at_once_are_all_painted(canvas: MapCanvas, rest: Callable[[], QImage]):
    spots = [(60 + 40 * (i % 12), 60 + 40 * (i // 12)) for i in range(84)]
    cameras = [dome(f"c{i}", at(canvas.view, *spot)) for i, spot in enumerate(spots)]
    canvas.apply_edit(Edit(message("Import"), added(*cameras)))
    image = rest()
    assert all(image.pixelColor(*spot) == DOME for spot in spots)
