import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from camwalk.gui.photo_loader import PhotoLoader
from camwalk.gui.photo_viewer import PhotoViewer
from camwalk.model import Photo, Survey, message
from camwalk.operations.import_files import import_files
from tests.gui.photo_files import four_colours, photo_of, plain, survey_of, write_photo
from tests.gui.viewer_desk import (
    Show,
    button,
    colour_at,
    four_colour_photo,
    open_viewer,
    shower,
    texts,
    widget_point,
)


@pytest.fixture
def viewer(qtbot: QtBot) -> Iterator[PhotoViewer]:
    yield from open_viewer(qtbot)


@pytest.fixture
def show(qtbot: QtBot, viewer: PhotoViewer) -> Show:
    return shower(qtbot, viewer)


@pytest.fixture
def picture(tmp_path: Path) -> Photo:
    return four_colour_photo(tmp_path)


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


def test_an_edit_of_the_photo_shown_keeps_the_zoom(show: Show, picture: Photo) -> None:
    viewer = show(picture)
    viewer.canvas.zoom_to_pixels()
    seen = replace(picture, seen=True)
    viewer.show_photo(survey_of(seen), seen)
    assert viewer.canvas.device_scale == pytest.approx(1)


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


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"direction": 90.0, "direction_ref": "T"}, "· looking 90°"),
        ({"direction": 90.0}, "looking 90° (from which north, the file does not say)"),
        ({"direction": 90.0, "heading": 99.3, "heading_source": "exif"}, "· looking 99°"),
        ({"heading": 30.0, "heading_source": "walk"}, "looking 30° if in the direction of walking"),
        ({"heading": 30.0, "heading_source": "manual"}, "looking 30° (set by hand)"),
    ],
)
def test_the_caption_tells_how_the_direction_is_known(
    show: Show, picture: Photo, facts: dict[str, object], words: str
) -> None:
    assert words in texts(show(replace(picture, **facts)))  # pyright: ignore[reportArgumentType]


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
