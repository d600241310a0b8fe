from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time

import numpy as np
import pytest

from camwalk.geometry.geodesy import distance
from camwalk.model import CamwalkError, LatLon, Photo, Survey, Track, message
from camwalk.operations.clock_reasons import ON_STOPS
from camwalk.operations.locate_photos import locate_photos, place_photo
from tests.operations.made_walks import START, device, photo, place, straight, survey, track


def located(made: Survey, **wishes: float) -> dict[str, Photo]:
    return dict(made.apply(locate_photos(made, "w", **wishes)).photos)


def one(found: Photo, tracks: Iterable[Track], **wishes: float) -> Photo:
    return located(survey([found], tracks), **wishes)[found.id]


def is_at(found: Photo, east: float, north: float = 0) -> bool:
    assert found.position is not None
    return distance(found.position, place(east, north)) < 0.01


def words(found: Photo) -> str:
    return " ".join(map(str, found.warnings))


def test_a_photo_without_gps_is_placed_between_two_track_points() -> None:
    found = one(photo("p", 42.25), [straight(100)])
    assert is_at(found, 42.25)
    assert (found.source, found.utc) == ("gpx", START + timedelta(seconds=42.25))
    assert found.warnings == ()


def test_the_files_own_position_beats_the_track() -> None:
    own = place(10, 5)
    found = one(photo("p", 42, exif_lat=own.lat, exif_lon=own.lon), [straight(100)])
    assert (found.position, found.source, found.warnings) == (own, "exif", ())


def test_an_own_position_far_from_the_track_is_told() -> None:
    own = place(42, 400)
    found = one(photo("p", 42, exif_lat=own.lat, exif_lon=own.lon), [straight(100)])
    assert found.source == "exif"
    assert "400 m away from the track" in words(found)


@pytest.mark.parametrize("nowhere", [(0.0, 0.0), (91.0, 5.0), (45.0, 200.0)])
def test_an_impossible_own_position_is_left_out(nowhere: tuple[float, float]) -> None:
    found = one(photo("p", 42, exif_lat=nowhere[0], exif_lon=nowhere[1]), [straight(100)])
    assert found.source == "gpx"


def test_a_place_set_by_hand_stays() -> None:
    by_hand = photo("p", 42, lat=1.0, lon=2.0, source="manual", exif_lat=3.0, exif_lon=4.0)
    found = one(by_hand, [straight(100)])
    assert (found.position, found.source) == (LatLon(1, 2), "manual")
    assert found.utc == START + timedelta(seconds=42)


@pytest.mark.parametrize(("hole", "placed"), [(100, True), (200, True), (239, True), (260, False)])
def test_inside_a_segment_both_points_must_be_near(hole: int, placed: bool) -> None:
    found = one(photo("p", 100 + hole / 2), [track([0, 100, 100 + hole, 400 + hole], [0, 100, 200, 300])])
    assert found.source == ("gpx" if placed else "none")
    if placed:
        assert is_at(found, 150)


@pytest.mark.parametrize(("gap", "placed"), [(60, True), (119, True), (121, False)])
def test_a_gap_between_segments_is_crossed_only_within_the_limit(gap: int, placed: bool) -> None:
    parts = track([0, 100, 100 + gap, 200 + gap], [0, 100, 200, 300], starts=(0, 2))
    found = one(photo("p", 100 + gap / 2), [parts])
    assert found.source == ("gpx" if placed else "none")
    assert f"gap of {gap} s" in words(found) if placed else "No track has a point" in words(found)


def test_two_tracks_after_one_another_are_like_two_segments() -> None:
    parts = [track([0, 100], [0, 100], name="a"), track([160, 260], [200, 300], name="b")]
    assert is_at(one(photo("p", 130), parts), 150)


def test_a_pause_on_one_spot_needs_no_warning() -> None:
    paused = track([0, 100, 200, 300], [0, 100, 105, 200])
    found = one(photo("p", 150), [paused])
    assert is_at(found, 102.5)
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("second", "placed", "told"),
    [(-10, True, False), (-50, True, True), (150, True, True), (170, False, True)],
)
def test_the_ends_of_a_track_hold_for_a_while(second: int, placed: bool, told: bool) -> None:
    found = one(photo("p", second), [straight(101)])
    assert found.source == ("gpx" if placed else "none")
    assert bool(found.warnings) == told
    if placed:
        assert is_at(found, 0 if second < 0 else 100)


def test_in_a_gap_too_long_to_cross_the_nearest_end_holds_for_seconds_only() -> None:
    parts = track([0, 100, 1000, 1100], [0, 100, 600, 700], starts=(0, 2))
    shots = [photo("soon", 110), photo("later", 130), photo("before", 990)]
    found = located(survey(shots, [parts]))
    assert is_at(found["soon"], 100)
    assert is_at(found["before"], 600)
    assert found["later"].source == "none"


def test_the_limit_is_the_users() -> None:
    sparse = track([0, 100], [0, 100])
    assert one(photo("p", 50), [sparse], largest_gap=45).source == "none"
    assert one(photo("p", 50), [sparse], largest_gap=55).source == "gpx"
    assert one(photo("p", -5), [sparse], largest_gap=3).source == "none"


def test_points_without_time_or_in_disorder_do_no_harm() -> None:
    messy = track([50, 0, float("nan"), 100, 100], [50, 0, 7, 100, 999])
    assert is_at(one(photo("p", 75), [messy]), 75)


def test_a_track_without_any_time_places_nothing() -> None:
    found = one(photo("p", 5), [track([float("nan")] * 3, [0, 1, 2])])
    assert (found.position, found.source) == (None, "none")


def test_the_date_line_is_crossed_the_short_way() -> None:
    seconds = START.timestamp()
    points = np.array([[seconds, 80, 179.9998, 0], [seconds + 60, 80, -179.9996, 0]], "<f8")
    crossing = replace(straight(2), points=points.tobytes())
    found = one(photo("p", 40), [crossing])
    assert found.lon == pytest.approx(-179.9998)
    assert found.lat == pytest.approx(80)


def test_of_two_tracks_the_one_along_the_devices_own_positions_is_taken() -> None:
    mine, other = track([0, 300], [0, 300], name="m", north=300), straight(301)
    shots = [
        photo(f"p{s}", s, exif_lat=place(s, 300).lat, exif_lon=place(s, 300).lon) for s in (10, 60, 110, 160)
    ]
    found = located(survey([*shots, photo("p", 200)], [other, mine]), largest_gap=300)
    assert is_at(found["p"], 200, north=300)


def test_a_track_of_somebody_else_places_nothing() -> None:
    shots = [photo(f"p{s}", s, exif_lat=place(s, 500).lat, exif_lon=place(s, 500).lon) for s in (10, 60, 110)]
    found = located(survey([*shots, photo("p", 80)], [straight(200)]))["p"]
    assert found.source == "none"
    assert "does not pass" in words(found)


def test_of_two_equal_tracks_the_nearest_in_time_is_taken() -> None:
    sparse, dense = track([0, 40], [0, 40], name="a", north=20), track(range(40), range(40), name="b")
    assert is_at(one(photo("p", 20), [sparse, dense]), 20)


def test_tracks_that_disagree_are_told() -> None:
    found = one(photo("p", 50), [straight(100), track(range(100), range(100), name="b", north=130)])
    assert found.source == "gpx"
    assert "130 m apart" in words(found)


def test_a_photo_of_an_unknown_clock_is_not_placed_and_says_so() -> None:
    made = survey([photo("p", 50)], [straight(100)], [device(name="Compact", id="d", clock_offset=None)])
    found = located(made)["p"]
    assert (found.source, found.utc) == ("none", None)
    assert "clock of Compact is not known" in words(found)


def test_a_photo_of_a_guessed_clock_is_placed_with_a_warning() -> None:
    made = survey([photo("p", 50)], [straight(100)], [device(clock_reason=ON_STOPS)])
    found = located(made)["p"]
    assert is_at(found, 50)
    assert "is a guess" in words(found)


def test_the_offset_is_added_to_the_clock() -> None:
    made = survey([photo("p", 50)], [straight(100)], [device(clock_offset=-20.5)])
    assert is_at(located(made)["p"], 29.5)


def test_the_photos_own_zone_beats_the_devices() -> None:
    in_madrid = photo("p", 50 - 3600, taken_offset=120)
    assert is_at(one(in_madrid, [straight(100)]), 50)


def test_a_zone_set_by_hand_beats_the_photos_own() -> None:
    wrong_tag = photo("p", 50, taken_offset=120)
    made = survey([wrong_tag], [straight(100)], [device(manual=True)])
    assert is_at(located(made)["p"], 50)


def test_a_clock_years_behind_gets_the_zone_of_the_true_date() -> None:
    # in January the zone is two hours ahead of UTC, on the day of the walk three
    shown = datetime(2010, 1, 1, 0, 0, 10)
    true_local = (START + timedelta(hours=3, seconds=50)).replace(tzinfo=None)
    offset = (true_local - shown).total_seconds()
    made = survey([photo("p", 0, taken=shown)], [straight(100)], [device(clock_offset=offset)])
    assert is_at(located(made)["p"], 50)


@pytest.mark.parametrize("lost", [{"taken": None}, {"device": "zoneless"}])
def test_gps_time_stands_in_where_the_clock_says_nothing(lost: dict[str, object]) -> None:
    gps = START + timedelta(seconds=30)
    made = survey(
        [photo("p", 99, gps_time=gps, **lost)], [straight(100)], [device(), device("zoneless", zone=None)]
    )
    found = located(made)["p"]
    assert found.utc == gps
    assert is_at(found, 30)


def test_a_photo_without_any_time_says_so() -> None:
    found = one(photo("p", 0, taken=None), [straight(100)])
    assert found.utc is None
    assert "Without a time" in words(found)


def test_impossible_dates_do_no_harm() -> None:
    for taken in (datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)):
        made = survey(
            [photo("p", 0, taken=taken)], [straight(9)], [device(clock_offset=-1e6, zone="Etc/GMT-14")]
        )
        assert located(made)["p"].source == "none"


def test_only_what_changes_is_returned_and_other_warnings_stay() -> None:
    torn = message("{file} is cut short.", file="p.jpg")
    made = survey([photo("p", 500, warnings=(torn,)), photo("q", 50)], [straight(100)])
    first = locate_photos(made, "w")
    assert {c.record.id for c in first} == {"p", "q"}
    now = made.apply(first)
    assert now.photos["p"].warnings[0] == torn
    assert len(now.photos["p"].warnings) == 2
    assert locate_photos(now, "w") == ()


def test_a_warning_goes_when_its_reason_goes() -> None:
    made = survey([photo("p", 110)], [straight(60)])
    lost = made.apply(locate_photos(made, "w"))
    assert lost.photos["p"].warnings
    longer = replace(lost, tracks={"t": straight(200)})
    assert located(longer)["p"].warnings == ()


def test_other_walks_are_left_alone() -> None:
    made = survey([photo("p", 50, walk="another")], [straight(100)])
    assert locate_photos(made, "w") == ()


def test_a_photo_is_placed_by_hand_and_taken_back() -> None:
    made = survey([photo("p", 50)], [straight(100)])
    made = made.apply(locate_photos(made, "w"))
    edit = place_photo(made, "p", LatLon(60.2, 25.0))
    by_hand = made.apply(edit.changes)
    assert (by_hand.photos["p"].position, by_hand.photos["p"].source) == (LatLon(60.2, 25.0), "manual")
    assert by_hand.apply(edit.reversed().changes) == made
    assert by_hand.apply(place_photo(by_hand, "p", None).changes).photos["p"] == made.photos["p"]
    with pytest.raises(CamwalkError):
        place_photo(made, "p", LatLon(95, 0))


def test_five_thousand_photos_on_a_million_points_take_well_under_a_second() -> None:
    rng = np.random.default_rng(1)
    long = track(np.arange(1_000_000), np.arange(1_000_000) / 100)
    shots = [photo(f"p{i}", s) for i, s in enumerate(rng.uniform(0, 999_999, 5_000))]
    made = survey(shots, [long])
    begun = process_time()
    changes = locate_photos(made, "w")
    assert process_time() - begun < 1.0
    assert len(changes) == 5_000


def test_utc_is_utc() -> None:
    found = one(photo("p", 42), [straight(100)])
    assert found.utc is not None
    assert found.utc.tzinfo is UTC
