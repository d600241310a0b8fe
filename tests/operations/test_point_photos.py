"""Where photos look, and who said so."""

import pytest

from camwalk.model import CamwalkError
from camwalk.operations.point_photos import (
    heading_from_point,
    heading_from_walk,
    moved_photos,
    point_photos,
    turn_photo,
)
from tests.operations.made_walks import START, photo, place, straight, survey

HERE = {"lat": place(0).lat, "lon": place(0).lon, "source": "exif", "utc": START}


def test_a_true_direction_is_taken_as_it_is() -> None:
    now = survey([photo("a", 0, direction=120.0, direction_ref="T", **HERE)])
    now = now.apply(point_photos(now, "w"))
    assert now.photos["a"].heading == 120
    assert now.photos["a"].heading_source == "exif"


def test_a_magnetic_direction_is_turned_by_the_declination_there_and_then() -> None:
    now = survey([photo("a", 0, direction=355.0, direction_ref="M", **HERE)])
    now = now.apply(point_photos(now, "w"))
    assert now.photos["a"].heading == pytest.approx(355 + 10.4 - 360, abs=0.5)  # Helsinki in 2026


def test_a_photo_without_a_direction_has_no_heading() -> None:
    now = survey([photo("a", 0, **HERE)])
    assert point_photos(now, "w") == ()


def test_what_a_person_turned_stays_until_it_is_taken_back() -> None:
    now = survey([photo("a", 0, direction=120.0, direction_ref="T", **HERE)])
    now = now.apply(turn_photo(now, "a", 370).changes)
    assert point_photos(now, "w") == ()
    assert now.photos["a"].heading == 10
    back = turn_photo(now, "a", None)
    assert moved_photos(back.changes) == {"a"}
    assert now.apply(back.changes).photos["a"].heading == 120


def test_the_walk_tells_where_a_photo_looks() -> None:
    now = survey([photo("a", 50, **{**HERE, "utc": START.replace(second=50)})], [straight(100)])
    now = now.apply(heading_from_walk(now, "a").changes)
    assert now.photos["a"].heading == pytest.approx(90, abs=0.1)
    assert now.photos["a"].heading_source == "walk"


def test_without_a_track_the_walk_cannot_tell() -> None:
    now = survey([photo("a", 50, **HERE)])
    with pytest.raises(CamwalkError, match=r"a\.jpg"):
        heading_from_walk(now, "a")


def test_a_known_point_in_the_middle_of_the_picture_gives_the_heading() -> None:
    now = survey([photo("a", 0, width=4000, height=3000, focal_35mm=26.0, **HERE)])
    seen = now.apply(heading_from_point(now, "a", 2000, 100, place(0, 50)).changes).photos["a"]
    assert seen.heading == pytest.approx(0, abs=0.01)
    right = now.apply(heading_from_point(now, "a", 4000, 100, place(0, 50)).changes).photos["a"]
    assert right.heading == pytest.approx(360 - 34.7, abs=0.1)


def test_a_photo_without_a_place_cannot_be_turned_by_a_point() -> None:
    now = survey([photo("a", 0)])
    with pytest.raises(CamwalkError, match=r"Place a\.jpg"):
        heading_from_point(now, "a", 0, 0, place(0, 50))
