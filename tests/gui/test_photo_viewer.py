import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from camwalk.gui.photo_loader import PhotoLoader
from camwalk.gui.photo_viewer import PhotoViewer
from camwalk.model import Photo, Survey, message
from camwalk.operations.import_files import import_files
from tests.gui.photo_files import four_colours, photo_of, plain, survey_of, write_photo

NONE, LEFT, MIDDLE = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
Show = Callable[..., PhotoViewer]


@pytest.fixture
def viewer(qtbot: QtBot) -> Iterator[PhotoViewer]:
    viewer = PhotoViewer()
    qtbot.addWidget(viewer)
    viewer.resize(640, 600)
    viewer.show()
    qtbot.waitExposed(viewer)
    yield viewer
    viewer.shutdown()


@pytest.fixture
def show(qtbot: QtBot, viewer: PhotoViewer) -> Show:
    """Show a photo and wait until its picture, or why there is none, is there."""

    def show(photo: Photo, around: tuple[Photo | None, Photo | None] = (None, None)) -> PhotoViewer:
        shown: list[str] = []
        viewer.loaded.connect(shown.append)
        viewer.show_photo(survey_of(photo, *filter(None, around)), photo, around)
        qtbot.waitUntil(lambda: photo.id in shown)
        QApplication.processEvents()
        return viewer

    return show


@pytest.fixture
def picture(tmp_path: Path) -> Photo:
    write_photo(tmp_path / "a.jpg", four_colours(1200, 800))
    return photo_of(tmp_path / "a.jpg", (1200, 800))


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


def turn_wheel(viewer: PhotoViewer, at: QPointF, notches: float) -> None:
    place = viewer.canvas.mapToGlobal(at)
    event = QWheelEvent(
        at, place, QPoint(), QPoint(0, round(120 * notches)), NONE, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer.canvas, event)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_click_tells_the_upright_pixel_whatever_the_orientation(
    tmp_path: Path, show: Show, qtbot: QtBot, orientation: int
) -> None:
    write_photo(tmp_path / "a.jpg", four_colours(900, 600), orientation)
    viewer = show(photo_of(tmp_path / "a.jpg", (900, 600), orientation=orientation))
    for x, y, colour in ((100, 90, "red"), (800, 90, "green"), (100, 510, "blue"), (800, 510, "yellow")):
        assert colour_at(viewer, x, y) == colour
        with qtbot.waitSignal(viewer.clicked) as told:
            QTest.mouseClick(viewer.canvas, LEFT, pos=widget_point(viewer, x, y))
        assert told.args == pytest.approx([x, y], abs=2)


def test_an_imported_portrait_photo_is_shown_upright(tmp_path: Path, show: Show) -> None:
    write_photo(tmp_path / "a.jpg", four_colours(600, 900), 6)
    survey = Survey().apply(import_files(Survey(), [str(tmp_path)]).edit.changes)
    [photo] = survey.photos.values()
    assert (photo.width, photo.height) == (600, 900)
    viewer = show(photo)
    assert colour_at(viewer, 100, 90) == "red"
    assert colour_at(viewer, 500, 90) == "green"


def test_a_click_beside_the_picture_tells_nothing(show: Show, picture: Photo, qtbot: QtBot) -> None:
    viewer = show(picture)
    with qtbot.assertNotEmitted(viewer.clicked):
        QTest.mouseClick(viewer.canvas, LEFT, pos=QPoint(5, 5))


def test_hovering_tells_the_pixel_and_when_it_leaves(show: Show, picture: Photo, qtbot: QtBot) -> None:
    viewer = show(picture)
    with qtbot.waitSignal(viewer.hovered) as told:
        QTest.mouseMove(viewer.canvas, widget_point(viewer, 300, 400))
    assert told.args == pytest.approx([300, 400], abs=2)
    with qtbot.waitSignal(viewer.left):
        QTest.mouseMove(viewer.canvas, QPoint(5, 5))


@pytest.mark.parametrize("notches", [1, 3, 0.25, 12])
def test_the_wheel_keeps_the_pixel_under_the_pointer(show: Show, picture: Photo, notches: float) -> None:
    viewer = show(picture)
    at = QPointF(widget_point(viewer, 900, 200))
    before = pixel_at(viewer, at)
    turn_wheel(viewer, at, notches)
    assert not viewer.canvas.is_fitted
    assert pixel_at(viewer, at) == pytest.approx(before, abs=0.01)


def test_the_wheel_back_ends_with_the_whole_picture(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    turn_wheel(viewer, QPointF(100, 300), 6)
    turn_wheel(viewer, QPointF(500, 200), -20)
    assert viewer.canvas.is_fitted


def test_pinching_zooms_to_the_fingers(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    at = QPointF(widget_point(viewer, 300, 600))
    before, scale = pixel_at(viewer, at), viewer.canvas.device_scale
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at,
        viewer.canvas.mapToGlobal(at), 0.5, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(viewer.canvas, pinch)
    assert viewer.canvas.device_scale == pytest.approx(1.5 * scale)
    assert pixel_at(viewer, at) == pytest.approx(before, abs=0.01)


def test_a_double_click_shows_all_pixels_and_the_next_one_all_of_the_picture(
    show: Show, picture: Photo
) -> None:
    viewer = show(picture)
    at = widget_point(viewer, 900, 200)
    QTest.mouseDClick(viewer.canvas, LEFT, pos=at)
    assert viewer.canvas.device_scale == pytest.approx(1)
    assert pixel_at(viewer, QPointF(at)) == pytest.approx((900, 200), abs=2)
    QTest.mouseDClick(viewer.canvas, LEFT, pos=at)
    assert viewer.canvas.is_fitted


def drag(viewer: PhotoViewer, button: Qt.MouseButton, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(viewer.canvas, button, pos=start)
    for step in (0.3, 0.6, 1.0):
        at = QPointF(start) + QPointF(end - start) * step
        event = mouse_move(viewer, at, button)
        QApplication.sendEvent(viewer.canvas, event)
    QTest.mouseRelease(viewer.canvas, button, pos=end)


def mouse_move(viewer: PhotoViewer, at: QPointF, button: Qt.MouseButton) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove, at, viewer.canvas.mapToGlobal(at), NONE, button, Qt.KeyboardModifier.NoModifier
    )


@pytest.mark.parametrize(("button", "marking"), [(LEFT, False), (MIDDLE, False), (MIDDLE, True)])
def test_dragging_pans_and_is_no_click(
    show: Show, picture: Photo, qtbot: QtBot, button: Qt.MouseButton, marking: bool
) -> None:
    viewer = show(picture)
    viewer.set_marking(marking)
    viewer.canvas.zoom_to_pixels()
    start = QPoint(300, 300)
    before = pixel_at(viewer, QPointF(start))
    with qtbot.assertNotEmitted(viewer.clicked):
        drag(viewer, button, start, QPoint(260, 310))
    assert pixel_at(viewer, QPointF(260, 310)) == pytest.approx(before, abs=0.01)


def test_while_marking_the_left_button_points_where_it_is_let_go(
    show: Show, picture: Photo, qtbot: QtBot
) -> None:
    viewer = show(picture)
    viewer.set_marking(True)
    viewer.canvas.zoom_to_pixels()
    view = viewer.canvas.view
    with qtbot.waitSignal(viewer.clicked) as told:
        drag(viewer, LEFT, QPoint(200, 200), QPoint(320, 260))
    assert viewer.canvas.view == view
    assert told.args == pytest.approx(pixel_at(viewer, QPointF(320, 260)), abs=0.01)


def test_the_picture_cannot_be_dragged_out_of_sight(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    viewer.canvas.zoom_to_pixels()
    drag(viewer, LEFT, QPoint(10, 10), QPoint(600, 400))
    drag(viewer, LEFT, QPoint(10, 10), QPoint(600, 400))
    left, top = pixel_at(viewer, QPointF(0, 0))
    assert left == pytest.approx(0, abs=0.01)
    assert top == pytest.approx(0, abs=0.01)


def test_keys_zoom_pan_and_fit(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    canvas = viewer.canvas
    fitted = canvas.device_scale
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.device_scale > fitted
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.is_fitted
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.device_scale == pytest.approx(1)
    before = pixel_at(viewer, QPointF(0, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert pixel_at(viewer, QPointF(0, 0))[0] > before[0]
    for key in (Qt.Key.Key_0, Qt.Key.Key_F):
        canvas.zoom_to_pixels()
        QTest.keyClick(canvas, key)
        assert canvas.is_fitted


def test_keys_and_buttons_ask_for_the_next_and_the_previous_photo(
    show: Show, picture: Photo, tmp_path: Path, qtbot: QtBot
) -> None:
    write_photo(tmp_path / "b.jpg", plain("grey", 90, 60))
    other = photo_of(tmp_path / "b.jpg", (90, 60))
    viewer = show(picture, (other, other))
    with qtbot.waitSignal(viewer.next_asked):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_PageDown)
    with qtbot.waitSignal(viewer.previous_asked):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_PageUp)
    with qtbot.waitSignal(viewer.next_asked):
        button(viewer, "Next photo").click()
    show(picture, (other, None))
    assert not button(viewer, "Next photo").isEnabled()
    with qtbot.assertNotEmitted(viewer.next_asked):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_PageDown)


def button(viewer: PhotoViewer, name: str) -> QAbstractButton:
    return next(b for b in viewer.findChildren(QAbstractButton) if name in (b.accessibleName(), b.text()))


def test_another_photo_starts_with_all_of_it(show: Show, picture: Photo, tmp_path: Path) -> None:
    viewer = show(picture)
    viewer.canvas.zoom_to_pixels()
    write_photo(tmp_path / "b.jpg", plain("grey", 1200, 800))
    show(photo_of(tmp_path / "b.jpg", (1200, 800)))
    assert viewer.canvas.is_fitted


def test_an_edit_of_the_photo_shown_keeps_the_zoom(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    viewer.canvas.zoom_to_pixels()
    seen = replace(picture, seen=True)
    viewer.show_photo(survey_of(seen), seen)
    assert viewer.canvas.device_scale == pytest.approx(1)


def test_marks_are_rings_around_their_pixel(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    plain_picture = viewer.canvas.grab().toImage()
    viewer.set_marks([(300, 200, "1", "#56B4E9")])
    marked = viewer.canvas.grab().toImage()
    at = widget_point(viewer, 300, 200)
    assert marked.pixelColor(at) == plain_picture.pixelColor(at)
    assert distance(marked.pixelColor(at + QPoint(7, 0)), QColor("#56B4E9")) < 60


def test_all_pixels_are_decoded_only_when_the_view_needs_them(
    tmp_path: Path, show: Show, qtbot: QtBot
) -> None:
    fine = Image.effect_noise((3000, 2000), 80).convert("RGB")
    write_photo(tmp_path / "a.jpg", fine)
    viewer = show(photo_of(tmp_path / "a.jpg", (3000, 2000)))
    assert viewer.finest < 1500
    viewer.canvas.zoom_to_pixels()
    qtbot.waitUntil(lambda: viewer.finest == 3000)


def test_the_first_look_is_the_thumbnail_in_the_file(tmp_path: Path, qtbot: QtBot) -> None:
    path = write_photo(tmp_path / "a.jpg", plain("blue", 1000, 1500), 6, thumbnail=plain("blue", 80, 120))
    photo = photo_of(path, (1000, 1500), orientation=6)
    loader = PhotoLoader()
    sizes: set[tuple[int, int]] = set()
    loader.changed.connect(
        lambda _: sizes.update(d.image.size().toTuple() for d in loader.picture(photo).images)
    )
    loader.want(photo, (), 600, full=False)
    qtbot.waitUntil(lambda: len(sizes) == 2)
    loader.shutdown()
    assert sizes == {(80, 120), (683, 1024)}


def test_black_bars_of_a_thumbnail_are_cut_away(tmp_path: Path, show: Show) -> None:
    barred = plain("black", 160, 120)
    barred.paste(plain("white", 160, 90), (0, 15))
    write_photo(tmp_path / "a.jpg", plain("white", 1600, 900), thumbnail=barred)
    photo = photo_of(tmp_path / "a.jpg", (1600, 900))
    viewer = show(photo)
    image = viewer.canvas.grab().toImage()
    assert image.pixelColor(widget_point(viewer, 800, 6)).lightness() > 240


def test_neighbours_are_ready_before_they_are_asked_for(
    tmp_path: Path, show: Show, picture: Photo, qtbot: QtBot
) -> None:
    write_photo(tmp_path / "b.jpg", four_colours(900, 600))
    after = photo_of(tmp_path / "b.jpg", (900, 600))
    viewer = show(picture, (None, after))
    qtbot.waitUntil(lambda: viewer.is_ready(after))
    viewer.show_photo(survey_of(picture, after), after, (picture, None))
    assert colour_at(viewer, 100, 90) == "red"  # at once, without the event loop


def test_heic_is_shown(shared: Path, show: Show) -> None:
    path = shared / "data/photos/heic/IMG_2682.heic"
    survey = Survey().apply(import_files(Survey(), [str(path)]).edit.changes)
    [photo] = survey.photos.values()
    viewer = show(photo)
    assert viewer.finest > 500
    assert photo.width
    assert photo.height
    assert (viewer.canvas.grab().toImage().pixelColor(widget_point(viewer, 9, 9))) != QColor("black")


def test_the_caption_tells_name_time_place_and_direction(show: Show, picture: Photo) -> None:
    viewer = show(replace(picture, accuracy=4.7, direction=231.2, direction_ref="M"))
    for words in (
        "a.jpg",
        "Sun 15 November 2026, 15:00:00",
        "from the photo’s GPS, ±5 m",
        "looking 231° (magnetic)",
    ):
        assert words in texts(viewer)


@pytest.mark.parametrize(
    ("source", "words"),
    [("gpx", "place from the track"), ("manual", "place set by hand"), ("none", "no place yet")],
)
def test_the_caption_tells_where_the_place_comes_from(
    show: Show, picture: Photo, source: str, words: str
) -> None:
    place = {"lat": None, "lon": None} if source == "none" else {}
    viewer = show(replace(picture, source=source, **place))  # pyright: ignore[reportArgumentType]
    assert words in texts(viewer)


def test_a_time_that_only_the_device_claims_is_called_so(show: Show, picture: Photo) -> None:
    assert picture.utc
    viewer = show(replace(picture, utc=None, taken=picture.utc.replace(tzinfo=None)))
    assert "Sun 15 November 2026, 13:00:00 by the device’s own clock" in texts(viewer)


def test_dates_follow_the_language(show: Show, picture: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    assert "dim. 15 novembre 2026, 15:00:00" in texts(show(picture))


def test_warnings_are_plain_text_whatever_the_file_is_called(tmp_path: Path, show: Show) -> None:
    name = "<b>x<img src=y>.jpg"
    write_photo(tmp_path / name, plain("grey", 90, 60))
    warning = message("The EXIF data of {file} is damaged. What could be read of it is used.", file=name)
    viewer = show(photo_of(tmp_path / name, (90, 60), warnings=(warning,)))
    labels = [label for label in viewer.findChildren(QLabel) if name in label.text()]
    assert len(labels) == 2
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_many_warnings_do_not_push_the_picture_away(show: Show, picture: Photo) -> None:
    warnings = tuple(message(f"warning {i}") for i in range(9))
    viewer = show(replace(picture, warnings=warnings))
    assert "warning 1" in texts(viewer)
    assert "warning 5" not in texts(viewer)
    assert "and 7 more" in texts(viewer)
    assert "warning 8" in viewer.canvas.accessibleDescription()


def test_a_missing_file_says_what_to_do(show: Show, picture: Photo) -> None:
    Path(picture.path).unlink()
    assert "“a.jpg” is no longer in its folder. If you moved it, import its new folder" in texts(
        show(picture)
    )


def test_a_missing_file_with_a_cached_picture_shows_both(show: Show, picture: Photo, tmp_path: Path) -> None:
    show(picture)
    Path(picture.path).unlink()
    again = replace(picture, id="again")
    viewer = show(again)
    assert colour_at(viewer, 100, 90) == "red"
    assert "import its new folder" in texts(viewer)


def test_a_moved_file_is_shown_once_it_is_found_again(show: Show, picture: Photo, tmp_path: Path) -> None:
    file = Path(picture.path)
    file.rename(tmp_path / "moved.jpg")
    show(picture)
    viewer = show(replace(picture, path=str(tmp_path / "moved.jpg")))
    assert colour_at(viewer, 100, 90) == "red"
    assert "import its new folder" not in texts(viewer)


def test_a_jpeg_that_breaks_off_is_shown_as_far_as_it_goes(tmp_path: Path, show: Show, qtbot: QtBot) -> None:
    path = write_photo(tmp_path / "a.jpg", Image.effect_noise((1400, 900), 90).convert("RGB"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    viewer = show(photo_of(path, (1400, 900)))
    viewer.canvas.zoom_to_pixels()
    qtbot.waitUntil(lambda: "“a.jpg” is cut short" in texts(viewer))
    assert viewer.finest == 1400


@pytest.mark.parametrize("kind", ["cut HEIC", "cut JPEG", "text", "empty"])
def test_a_file_without_a_picture_says_so(tmp_path: Path, show: Show, kind: str) -> None:
    path = tmp_path / ("a.heic" if kind == "cut HEIC" else "a.jpg")
    if kind == "cut HEIC":
        heif_file(path)
        path.write_bytes(path.read_bytes()[:300])
    elif kind == "cut JPEG":
        write_photo(path, plain("grey", 90, 60))
        path.write_bytes(path.read_bytes()[:30])
    else:
        path.write_text("Hello" if kind == "text" else "")
    viewer = show(photo_of(path))
    assert path.name in texts(viewer)
    assert any(word in texts(viewer) for word in ("damaged", "not a picture", "is empty"))


def heif_file(path: Path) -> None:
    pillow_heif.from_pillow(plain("grey", 256, 192)).save(path)


def test_a_name_of_undecodable_bytes_is_shown(tmp_path: Path, show: Show) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg"))
    write_photo(tmp_path / "a.jpg", four_colours(90, 60)).rename(path)
    viewer = show(photo_of(path, (90, 60)))
    assert "caf\N{REPLACEMENT CHARACTER}.jpg" in texts(viewer)
    assert colour_at(viewer, 10, 10) == "red"


def test_without_photos_the_way_to_the_first_is_offered(viewer: PhotoViewer, qtbot: QtBot) -> None:
    viewer.show_photo(Survey(), None)
    assert "No photos yet" in texts(viewer)
    with qtbot.waitSignal(viewer.import_asked):
        next(b for b in viewer.findChildren(QPushButton) if b.isVisible()).click()


def test_without_a_chosen_photo_the_strip_is_pointed_to(viewer: PhotoViewer, picture: Photo) -> None:
    viewer.show_photo(survey_of(picture), None)
    assert "Choose a photo" in texts(viewer)
    assert not any(b.isVisible() for b in viewer.findChildren(QPushButton))


def test_a_viewer_closed_and_deleted_while_it_decodes_does_not_crash(tmp_path: Path, qtbot: QtBot) -> None:
    write_photo(tmp_path / "a.jpg", Image.effect_noise((3000, 2000), 80).convert("RGB"))
    photo = photo_of(tmp_path / "a.jpg", (3000, 2000))
    viewer = PhotoViewer()
    viewer.show()
    viewer.show_photo(survey_of(photo), photo)
    viewer.canvas.zoom_to_pixels()
    viewer.close()
    viewer.deleteLater()
    qtbot.waitSignal(viewer.destroyed).wait()
    QApplication.processEvents()


def test_every_button_has_a_name_and_tells_its_key(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    buttons = [b for b in viewer.findChildren(QAbstractButton) if b.isVisible()]
    assert len(buttons) == 4
    assert all(b.accessibleName() and b.accessibleName() in b.toolTip() for b in buttons)
    assert "a.jpg" in viewer.canvas.accessibleDescription()
