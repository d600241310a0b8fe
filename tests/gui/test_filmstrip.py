from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView
from pytestqt.qtbot import QtBot

from camwalk.gui.filmstrip import Filmstrip
from camwalk.model import Camera, Photo, Sighting, Survey, Walk, new_id
from tests.gui.photo_files import START, four_colours, minutes, photo_of, plain, survey_of, write_photo

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def photo(name: str, minute: float, **facts: object) -> Photo:
    return photo_of(Path(f"/nowhere/{name}.jpg"), (900, 600), id=name, utc=minutes(minute), **facts)


def with_cameras(survey: Survey, counts: Mapping[str, int]) -> Survey:
    pairs = [(photo, new_id()) for photo, n in counts.items() for _ in range(n)]
    cameras = {c: Camera(id=c, lat=60, lon=24, created=START) for _, c in pairs}
    sightings = {c: Sighting(id=c, photo=photo, camera=c) for photo, c in pairs}
    return replace(survey, cameras=cameras, sightings=sightings)


WALK = with_cameras(
    survey_of(
        photo("late", 30),
        photo("early", 1, seen=True),
        photo("unplaced", 10, lat=None, lon=None, source="none"),
        photo("middle", 20, seen=True),
        photo_of(Path("/nowhere/timeless.jpg"), id="timeless", utc=None, lat=None, lon=None, source="none"),
    ),
    {"middle": 2, "late": 1},
)
BY_TIME = ["early", "unplaced", "middle", "late", "timeless"]


class Strip:
    """A filmstrip as a person sees and uses it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = Filmstrip()
        qtbot.addWidget(self.widget)
        self.widget.resize(1100, self.widget.sizeHint().height())
        self.widget.show()
        qtbot.waitExposed(self.widget)
        found = self.widget.findChild(QListView)
        assert found
        self.list = found
        self.selected = QSignalSpy(self.widget.selected)

    @property
    def told(self) -> list[str]:
        return [self.selected.at(i)[0] for i in range(self.selected.count())]

    def _indexes(self) -> list[QModelIndex]:
        model = self.list.model()
        return [model.index(row, 0) for row in range(model.rowCount())]

    @property
    def words(self) -> list[str]:
        """What a screen reader says of each photo."""
        return [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in self._indexes()]

    @property
    def names(self) -> list[str]:
        return [words.split(".jpg")[0] for words in self.words]

    @property
    def rects(self) -> list[QRect]:
        return [self.list.visualRect(index) for index in self._indexes()]

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.list, key, modifier)

    def click(self, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = self.rects[self.names.index(name)].center()
        QTest.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    def filter(self, name: str) -> None:
        buttons = self.widget.findChildren(QAbstractButton)
        next(b for b in buttons if b.text().startswith(name)).click()

    def picture(self, name: str) -> QImage:
        """The cell of a photo."""
        return self.list.viewport().grab(self.rects[self.names.index(name)]).toImage()


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[Strip]:
    strip = Strip(qtbot)
    yield strip
    strip.widget.shutdown()


@pytest.fixture
def walk(strip: Strip) -> Strip:
    strip.widget.set_survey(WALK)
    return strip


def test_photos_are_in_the_order_of_time_and_those_without_one_come_last(walk: Strip) -> None:
    assert walk.names == BY_TIME


def test_only_the_photos_of_the_chosen_walk_are_shown(strip: Strip) -> None:
    other = photo("other", 5, walk="v")
    survey = replace(
        WALK, walks={**WALK.walks, "v": Walk(id="v", name="v")}, photos={**WALK.photos, "other": other}
    )
    strip.widget.set_survey(survey, "w")
    assert strip.names == BY_TIME
    strip.widget.set_survey(survey, "v")
    assert strip.names == ["other"]
    strip.widget.set_survey(survey)
    assert len(strip.names) == 6


@pytest.mark.parametrize(
    ("filter_", "names"),
    [
        ("All 5", BY_TIME),
        ("No place yet 2", ["unplaced", "timeless"]),
        ("Not seen yet 2", ["unplaced", "timeless"]),
        ("With cameras 2", ["middle", "late"]),
    ],
)
def test_filters_tell_how_many_they_show(walk: Strip, filter_: str, names: list[str]) -> None:
    walk.filter(filter_)
    assert walk.names == names


def test_a_screen_reader_hears_name_time_and_state(walk: Strip) -> None:
    assert walk.words[2] == "middle.jpg, Sun 15 November 2026, 15:20:00, seen, 2 cameras"
    assert walk.words[1] == "unplaced.jpg, Sun 15 November 2026, 15:10:00, not seen yet, no place yet"
    assert "time unknown" in walk.words[4]


def test_every_state_can_be_told_without_colour(strip: Strip) -> None:
    states = [
        photo("nothing", 1), photo("seen", 2, seen=True), photo("unplaced", 3, lat=None, lon=None),
        photo("both", 4, seen=True, lat=None, lon=None), photo("one", 5), photo("two", 6),
    ]  # fmt: skip
    strip.widget.set_survey(with_cameras(survey_of(*states), {"one": 1, "two": 2}))
    icons = [ink(strip.picture(name)) for name in strip.names]
    assert len({tuple(shape) for shape in icons}) == len(states)


def ink(cell: QImage) -> list[bool]:
    """Where something is drawn in the right half of the line below the thumbnail, whatever its colour."""
    ground = cell.pixelColor(2, cell.height() - 3)
    line = cell.copy(QRect(cell.width() // 2, cell.height() - 22, cell.width() // 2 - 4, 20))
    spots = ((x, y) for y in range(line.height()) for x in range(line.width()))
    return [abs(line.pixelColor(x, y).lightness() - ground.lightness()) > 30 for x, y in spots]


def test_keys_go_from_photo_to_photo(walk: Strip) -> None:
    walk.widget.select("early")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        walk.key(key)
    assert walk.told == ["unplaced", "middle", "unplaced", "timeless", "early"]
    assert walk.widget.current == "early"


def test_enter_and_double_click_activate(walk: Strip, qtbot: QtBot) -> None:
    walk.widget.select("middle")
    with qtbot.waitSignal(walk.widget.activated) as told:
        walk.key(Qt.Key.Key_Return)
    assert told.args == ["middle"]


def test_being_sent_to_a_photo_is_not_told_back(walk: Strip) -> None:
    walk.widget.select("late")
    walk.widget.select(None)
    walk.widget.select("early")
    assert walk.told == []
    assert walk.widget.current == "early"


def test_several_photos_can_be_chosen(walk: Strip) -> None:
    walk.click("unplaced")
    walk.click("late", CTRL)
    assert walk.widget.selected_ids() == ["unplaced", "late"]
    walk.click("early")
    walk.click("middle", SHIFT)
    assert walk.widget.selected_ids() == ["early", "unplaced", "middle"]
    walk.widget.update_photos(WALK, ["early"])
    assert walk.widget.selected_ids() == ["early", "unplaced", "middle"]


def test_neighbours_are_those_of_the_strip(walk: Strip) -> None:
    before, after = walk.widget.neighbours("middle")
    assert before
    assert after
    assert (before.id, after.id) == ("unplaced", "late")
    assert walk.widget.neighbours("early")[0] is None
    assert walk.widget.neighbours("nobody") == (None, None)


def test_steps_stop_at_both_ends(walk: Strip) -> None:
    walk.widget.select("late")
    walk.widget.step(1)
    walk.widget.step(1)
    assert walk.widget.current == "timeless"
    walk.widget.step(-1)
    assert walk.told == ["timeless", "late"]


def changed(survey: Survey, name: str, **facts: object) -> Survey:
    photo = replace(survey.photos[name], **facts)  # pyright: ignore[reportArgumentType]
    return replace(survey, photos={**survey.photos, name: photo})


def test_an_edit_changes_one_photo_and_rebuilds_nothing(walk: Strip) -> None:
    resets = QSignalSpy(walk.list.model().modelReset)
    walk.widget.select("late")
    walk.widget.update_photos(changed(WALK, "late", seen=True), ["late"])
    assert resets.count() == 0
    assert "seen, 1 camera" in walk.words[3]
    assert walk.widget.current == "late"
    assert walk.told == []


def test_a_new_camera_shows_on_its_photo(walk: Strip) -> None:
    walk.widget.update_photos(with_cameras(WALK, {"middle": 3}), ["middle", "late"])
    assert "3 cameras" in walk.words[2]
    assert "camera" not in walk.words[3]


def test_a_photo_whose_time_changes_moves_and_stays_current(walk: Strip) -> None:
    walk.widget.select("late")
    walk.widget.update_photos(changed(WALK, "late", utc=minutes(5)), ["late"])
    assert walk.names == ["early", "late", "unplaced", "middle", "timeless"]
    assert walk.widget.current == "late"
    assert walk.told == []


def test_many_photos_can_change_at_once(strip: Strip) -> None:
    many = survey_of(*(photo(f"p{i:03}", i) for i in range(300)))
    strip.widget.set_survey(many)
    strip.widget.select("p007")
    later = replace(
        many, photos={i: replace(p, utc=minutes(1000 - int(i[1:]))) for i, p in many.photos.items()}
    )
    strip.widget.update_photos(later, list(later.photos))
    assert strip.names == [f"p{i:03}" for i in reversed(range(300))]
    assert strip.widget.current == "p007"


def test_new_photos_come_and_removed_ones_go(walk: Strip) -> None:
    new = photo("new", 15)
    survey = replace(WALK, photos={**WALK.photos, "new": new})
    walk.widget.update_photos(survey, ["new"])
    assert walk.names == ["early", "unplaced", "new", "middle", "late", "timeless"]
    walk.widget.select("new")
    walk.widget.update_photos(WALK, ["new"])
    assert walk.names == BY_TIME
    assert walk.widget.current is None
    assert walk.told == []


def test_a_photo_marked_as_seen_leaves_its_filter_only_when_one_goes_on(walk: Strip, qtbot: QtBot) -> None:
    walk.filter("Not seen yet")
    walk.widget.select("unplaced")
    walk.widget.update_photos(changed(WALK, "unplaced", seen=True), ["unplaced"])
    assert walk.names == ["unplaced", "timeless"]
    walk.widget.step(1)
    assert walk.widget.current == "timeless"
    qtbot.waitUntil(lambda: walk.names == ["timeless"])
    assert walk.widget.current == "timeless"
    assert walk.told == ["timeless"]


def test_a_photo_chosen_elsewhere_shows_whatever_the_filter(walk: Strip) -> None:
    walk.filter("With cameras")
    walk.widget.select("early")
    assert walk.names == ["early", "middle", "late"]
    walk.widget.select("late")
    assert walk.names == ["middle", "late"]


def middle_of(cell: QImage) -> QColor:
    return cell.pixelColor(cell.width() // 2, 50)


def is_colour(colour: QColor, name: str) -> bool:
    wanted = QColor(name)
    return all(abs(a - b) < 40 for a, b in zip(colour.getRgb(), wanted.getRgb(), strict=True))  # pyright: ignore[reportArgumentType]


def test_the_thumbnail_of_the_file_is_replaced_by_a_true_one(
    tmp_path: Path, strip: Strip, qtbot: QtBot
) -> None:
    path = write_photo(tmp_path / "a.jpg", plain("#0000d0", 900, 600), thumbnail=plain("#d00000", 120, 80))
    seen: list[str] = []
    strip.widget.thumbnails.ready.connect(lambda _: seen.append(middle_of(strip.picture("a")).name()))
    strip.widget.set_survey(survey_of(photo_of(path, (900, 600))))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert is_colour(QColor(seen[0]), "#d00000")
    assert is_colour(QColor(seen[1]), "#0000d0")


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_thumbnails_are_upright_and_portraits_keep_their_shape(
    tmp_path: Path, strip: Strip, qtbot: QtBot, orientation: int
) -> None:
    path = write_photo(tmp_path / "a.jpg", four_colours(600, 900), orientation)
    strip.widget.set_survey(survey_of(photo_of(path, (600, 900), orientation=orientation)))
    empty = strip.picture("a").pixelColor(10, 50)
    qtbot.waitUntil(lambda: is_colour(strip.picture("a").pixelColor(60, 20), "#dc0000"))
    cell = strip.picture("a")
    assert is_colour(cell.pixelColor(84, 80), "#dcc800")
    assert cell.pixelColor(10, 50) == empty


def test_a_file_that_shows_nothing_gets_a_sign_and_a_second_chance(
    tmp_path: Path, strip: Strip, qtbot: QtBot
) -> None:
    path = tmp_path / "a.jpg"
    survey = survey_of(photo_of(path, (900, 600)))
    [record] = survey.photos.values()
    strip.widget.set_survey(survey)
    qtbot.waitUntil(lambda: strip.widget.thumbnails.is_broken(record))
    write_photo(path, plain("#0000d0", 900, 600))
    strip.widget.update_photos(survey, [record.id])
    qtbot.waitUntil(lambda: is_colour(middle_of(strip.picture("a")), "#0000d0"))


def test_what_is_looked_at_last_gets_its_thumbnail_first(tmp_path: Path, strip: Strip, qtbot: QtBot) -> None:
    path = write_photo(tmp_path / "a.jpg", Image.effect_noise((1500, 1000), 90).convert("RGB"))
    earlier, later = ([photo_of(path, (1500, 1000), id=f"{who}{i}") for i in range(30)] for who in "el")
    order: list[str] = []
    strip.widget.thumbnails.ready.connect(order.append)
    for batch in (earlier, later):
        for one in batch:
            strip.widget.thumbnails.pixmap(one)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: {"l0", "l29"} <= set(order))
    assert order.index("l0") < 10
    assert order.index("l0") < order.index("l29")


def test_only_what_is_seen_is_made(tmp_path: Path, strip: Strip, qtbot: QtBot) -> None:
    path = write_photo(tmp_path / "a.jpg", plain("grey", 90, 60))
    photos = [photo_of(path, (90, 60), id=f"p{i:04}", utc=minutes(i)) for i in range(5000)]
    made: set[str] = set()
    strip.widget.thumbnails.ready.connect(made.add)
    strip.widget.set_survey(survey_of(*photos))
    qtbot.waitUntil(lambda: "p0005" in made)
    assert max(made) < "p0020"


def test_an_empty_strip_says_so(strip: Strip) -> None:
    strip.widget.set_survey(Survey())
    assert "No photos yet." in hint(strip)
    strip.widget.set_survey(survey_of(photo("a", 1)))
    assert hint(strip) == ""
    strip.filter("With cameras")
    assert "No photo is in this group." in hint(strip)


def hint(strip: Strip) -> str:
    return " ".join(label.text() for label in strip.widget.findChildren(QLabel))


def test_it_follows_the_theme(walk: Strip) -> None:
    before = walk.picture("middle")
    palette = QPalette(QApplication.palette())
    dark = QPalette(palette)
    dark.setColor(QPalette.ColorRole.Window, QColor("#232220"))
    QApplication.setPalette(dark)
    try:
        QApplication.sendEvent(walk.widget, QEvent(QEvent.Type.PaletteChange))
        assert walk.picture("middle") != before
    finally:
        QApplication.setPalette(palette)


def test_a_strip_deleted_while_thumbnails_are_made_does_not_crash(tmp_path: Path, qtbot: QtBot) -> None:
    path = write_photo(tmp_path / "a.jpg", Image.effect_noise((2000, 1400), 90).convert("RGB"))
    strip = Filmstrip()
    strip.resize(1100, 200)
    strip.show()
    strip.set_survey(survey_of(*(photo_of(path, (2000, 1400)) for _ in range(8))))
    strip.grab()
    QApplication.processEvents()
    strip.close()
    strip.deleteLater()
    qtbot.waitSignal(strip.destroyed).wait()
    QApplication.processEvents()
