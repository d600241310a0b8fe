from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from camwalk.gui.time_line import TimeLine
from camwalk.gui.time_spans import same_times, ticks, track_bars, walk_times
from camwalk.model import Device, Photo, Survey, Track, Walk
from tests.gui.photo_files import DEVICE, START, minutes, photo_of, survey_of

ROW = 16


def photo(name: str, minute: float, **facts: object) -> Photo:
    return photo_of(Path(f"/nowhere/{name}.jpg"), None, id=name, utc=minutes(minute), **facts)


def track(*segments: tuple[float, float], walk: str = "w") -> Track:
    """A track with a point every ten seconds, from minute to minute."""
    parts = [np.arange(a * 60, b * 60 + 1, 10.0) + START.timestamp() for a, b in segments]
    times = np.concatenate(parts)
    points = np.column_stack(
        [times, np.full(len(times), 60.0), np.full(len(times), 24.0), np.full(len(times), np.nan)]
    )
    starts = (0, *np.cumsum([len(p) for p in parts])[:-1].tolist())
    return Track(
        id=f"t{walk}", walk=walk, name="t", path="t.gpx", fingerprint="t", starts=starts,
        points=points.astype("<f8").tobytes(),
    )  # fmt: skip


COMPACT = Device(id="c", walk="w", name="Compact", zone="Europe/Helsinki")
WALK = replace(
    survey_of(
        photo("a", 5), photo("b", 20), photo("c1", 21, device="c"), photo("c", 55), photo("clock", 9000)
    ),
    devices={"d": DEVICE, "c": COMPACT},
    tracks={"tw": track((0, 25), (40, 60))},
)


@pytest.fixture
def line(qtbot: QtBot) -> TimeLine:
    line = TimeLine()
    qtbot.addWidget(line)
    line.resize(900, 80)
    line.show()
    qtbot.waitExposed(line)
    line.set_survey(WALK)
    return line


def x_of(line: TimeLine, minute: float) -> int:
    wanted = minutes(minute).timestamp()
    return min(range(line.width()), key=lambda x: abs((line.moment(x) or 0) - wanted))


def click(line: TimeLine, minute: float, row: int) -> None:
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(x_of(line, minute), row * ROW + ROW // 2))


def told(spy: QSignalSpy) -> list[str]:
    return [spy.at(i)[0] for i in range(spy.count())]


def test_a_click_goes_to_the_nearest_photo(line: TimeLine) -> None:
    spy = QSignalSpy(line.photo_clicked)
    for minute in (0, 8, 20.4, 59):
        click(line, minute, 1)
    assert told(spy) == ["a", "a", "b", "c"]


def test_a_click_in_the_row_of_a_device_stays_with_it(line: TimeLine) -> None:
    spy = QSignalSpy(line.photo_clicked)
    click(line, 50, 3)
    click(line, 21, 2)
    assert told(spy) == ["c1", "b"]


def test_keys_go_through_the_photos_by_time(line: TimeLine) -> None:
    spy = QSignalSpy(line.photo_clicked)
    line.photo_clicked.connect(line.select)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(line, key)
    assert told(spy) == ["a", "b", "c1", "b"]


def test_gaps_of_the_track_stay_open() -> None:
    [first, second] = track_bars(track((0, 25), (40, 60)))
    assert first == (START.timestamp(), minutes(25).timestamp())
    assert second == (minutes(40).timestamp(), minutes(60).timestamp())


def test_a_long_silence_within_a_segment_is_a_gap_too() -> None:
    broken = track((0, 10), (14, 20))
    assert len(track_bars(replace(broken, starts=(0,)))) == 2


def test_the_track_is_drawn_with_its_gap(line: TimeLine) -> None:
    image = line.grab().toImage()
    on, off = (image.pixelColor(x_of(line, m), ROW + ROW // 2 + 2) for m in (12, 33))
    assert on != off


def test_a_photo_with_a_wrong_clock_does_not_squeeze_the_walk(line: TimeLine) -> None:
    span = walk_times(WALK, "w", track_bars(WALK.tracks["tw"])).span
    assert span
    assert span[1] < minutes(70).timestamp()
    assert "1 photo not shown" in line.accessibleDescription()


def test_times_are_those_of_the_walks_zone(line: TimeLine) -> None:
    assert line.accessibleDescription() == "14:58–16:01, 4 photos, 1 gap in the track, 1 photo not shown"


def test_ticks_are_round_hours_of_the_local_clock() -> None:
    nepal = 5.75 * 3600
    start = START.timestamp()
    assert [(t + nepal) % 1800 for t in ticks((start, start + 7200), nepal, 5)] == [0, 0, 0, 0]
    assert len(ticks((start, start + 86400), 0, 10)) <= 10


def test_of_several_walks_the_chosen_one_is_shown_or_that_of_the_photo(line: TimeLine) -> None:
    second = replace(
        WALK,
        walks={**WALK.walks, "v": Walk(id="v", name="v", zone="Europe/Paris")},
        devices={**WALK.devices, "e": replace(DEVICE, id="e", walk="v")},
        photos={**WALK.photos, "x": photo("x", 3000, walk="v", device="e")},
    )
    line.set_survey(second)
    assert "4 photos" in line.accessibleDescription()
    line.select("x")
    assert "1 photo" in line.accessibleDescription()
    line.set_survey(second, "w")
    assert "4 photos" in line.accessibleDescription()


def test_hovering_shows_the_time(line: TimeLine) -> None:
    before = line.grab().toImage()
    QTest.mouseMove(line, QPoint(x_of(line, 33), 40))
    assert line.grab().toImage() != before


def test_the_chosen_photo_is_marked(line: TimeLine) -> None:
    before = line.grab().toImage()
    line.select("b")
    after = line.grab().toImage()
    x = x_of(line, 20)
    assert any(after.pixelColor(x + d, 30) != before.pixelColor(x + d, 30) for d in (-1, 0, 1))


def test_an_edit_that_moves_no_photo_is_known_to_change_nothing() -> None:
    seen = replace(WALK, photos={**WALK.photos, "a": replace(WALK.photos["a"], seen=True)})
    assert same_times(WALK, seen)
    for facts in ({"utc": minutes(6)}, {"lat": None, "lon": None}, {"device": "c"}):
        photos = {**WALK.photos, "a": replace(WALK.photos["a"], **facts)}  # pyright: ignore[reportArgumentType]
        assert not same_times(WALK, replace(WALK, photos=photos))
    assert not same_times(WALK, replace(WALK, photos={}))


def test_an_edit_shows(line: TimeLine) -> None:
    line.set_survey(replace(WALK, photos={**WALK.photos, "new": photo("new", 30)}))
    assert "5 photos" in line.accessibleDescription()


def test_without_times_it_says_so(line: TimeLine) -> None:
    spy = QSignalSpy(line.photo_clicked)
    line.set_survey(Survey())
    line.grab()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert line.accessibleDescription() == "No times to show yet."
    assert spy.count() == 0


def test_many_devices_share_the_last_row(line: TimeLine) -> None:
    devices = {f"d{i}": replace(DEVICE, id=f"d{i}", name=f"Phone {i}") for i in range(9)}
    photos = {f"p{i}": photo(f"p{i}", i, device=f"d{i}") for i in range(9)}
    line.set_survey(replace(WALK, devices=devices, photos=photos))
    line.resize(900, line.sizeHint().height())
    spy = QSignalSpy(line.photo_clicked)
    click(line, 8, 5)
    click(line, 8, 2)
    assert told(spy) == ["p8", "p0"]
    assert line.sizeHint().height() == 6 * ROW
