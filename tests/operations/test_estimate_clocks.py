import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from camwalk.geometry.geodesy import distance
from camwalk.model import Device, LatLon, Photo, Survey
from camwalk.operations.clock_reasons import is_guess
from camwalk.operations.estimate_clocks import estimate_clocks
from camwalk.operations.import_files import Wishes, import_files
from camwalk.operations.locate_photos import locate_photos
from tests.operations.made_walks import START, device, photo, place, straight, survey, track

UNSET = device(zone=None, clock_offset=None)
HERE = {"exif_lat": place(0).lat, "exif_lon": place(0).lon}


def estimated(made: Survey) -> Survey:
    return made.apply(estimate_clocks(made, "w"))


def clock(photos: Sequence[Photo], **wishes: Any) -> Device:
    return estimated(survey(photos, devices=[UNSET], **wishes)).devices["d"]


def stamped(second: float, fast: float = 0.0, lag: float = 0.0, **fields: object) -> Photo:
    """A photo of a clock that is `fast` seconds fast, with a GPS stamp that is `lag` seconds old."""
    stamp = {"gps_time": START + timedelta(seconds=second - lag)}
    return photo(f"p{second}", second + fast, **{**HERE, **stamp, **fields})


# GPS stamps


def test_gps_stamps_tell_how_fast_a_clock_is() -> None:
    found = clock([stamped(s, fast=37) for s in range(12)])
    assert (found.zone, found.clock_offset) == ("Europe/Helsinki", -37)
    assert str(found.clock_reason) == "12 photos carry GPS time; the clock is 37 s fast."
    assert str(found.zone_reason) == "Zone of the photos' place: Europe/Helsinki."


def test_a_stamp_may_be_late_but_never_early() -> None:
    lags = [54, 0, 1, 33, 0, 12, 0, 20, 47]
    found = clock([stamped(60 * i, fast=-95, lag=lag) for i, lag in enumerate(lags)])
    assert found.clock_offset == pytest.approx(95, abs=1)


def test_wrong_stamps_are_outvoted() -> None:
    good = [stamped(s, fast=-12) for s in range(6)]
    wrong_day = stamped(50, fast=-12, gps_time=START + timedelta(days=1, seconds=50))
    midnight = [stamped(s, fast=-12, gps_time=datetime(2026, 6, 14, tzinfo=UTC)) for s in range(100, 109)]
    assert clock([*good, wrong_day, *midnight]).clock_offset == 12


def test_cut_seconds_make_no_error() -> None:
    rng = np.random.default_rng(4)
    photos: list[Photo] = []
    for second in rng.uniform(0, 3600, 60):
        exact = stamped(float(second), fast=37)
        assert exact.gps_time is not None
        photos.append(replace(exact, gps_time=exact.gps_time.replace(microsecond=0)))
    assert clock(photos).clock_offset == pytest.approx(-37, abs=0.3)


def test_a_clock_without_error_is_called_right() -> None:
    found = clock([stamped(5.25, lag=0.25)])  # a GPS stamp in whole seconds
    assert found.clock_offset == 0
    assert str(found.clock_reason) == "1 photo carries GPS time; the clock is right."


@pytest.mark.parametrize(
    ("ahead", "zone"),
    [
        (timedelta(hours=2), "Etc/GMT-2"),  # summer time forgotten
        (timedelta(hours=5, minutes=45), "Asia/Kathmandu"),
        (-timedelta(hours=7), "Etc/GMT+7"),
    ],
)
def test_whole_quarters_of_an_hour_are_another_zone(ahead: timedelta, zone: str) -> None:
    moved = (ahead - timedelta(hours=3)).total_seconds()
    found = clock([stamped(s, fast=moved - 80) for s in range(5)])
    assert (found.zone, found.clock_offset) == (zone, 80)
    assert str(found.zone_reason) == "Difference between the clock and GPS time."


@pytest.mark.parametrize("fast", [-86_308.0, 3 * 86_400 + 700.0, 1_000.0, -16 * 365 * 86_400.0])
def test_a_clock_may_be_days_off(fast: float) -> None:
    found = clock([stamped(s, fast=fast) for s in range(5)])
    assert found.zone == "Europe/Helsinki"
    assert found.clock_offset == -fast


def test_photos_with_and_without_their_zone_mix() -> None:
    tagged = [stamped(s, fast=30 - 3600, taken_offset=120) for s in range(0, 40, 2)]
    untagged = [stamped(s, fast=30 - 3600) for s in range(1, 20, 2)]
    found = clock([*tagged, *untagged])
    assert (found.zone, found.clock_offset) == ("Etc/GMT-2", -30)
    made = estimated(survey([*tagged, *untagged], devices=[UNSET]))
    for change in locate_photos(made, "w"):
        assert isinstance(change.after, Photo)
        assert change.after.utc == change.after.gps_time


def test_without_any_place_the_zone_is_that_of_the_difference() -> None:
    found = clock([stamped(s, fast=5, exif_lat=None, exif_lon=None) for s in range(3)])
    assert (found.zone, found.clock_offset) == ("Etc/GMT-3", -5)


# Tags, places, nothing


def test_a_clock_that_knows_its_zone_is_trusted_as_a_guess() -> None:
    found = clock([photo("p", 5, taken_offset=180)], tracks=[straight(60)])
    assert (found.zone, found.clock_offset) == ("Europe/Helsinki", 0)
    assert is_guess(found)


def test_a_device_that_knows_its_place_is_trusted_as_a_guess() -> None:
    found = clock([photo("p", 5, **HERE)])
    assert (found.zone, found.clock_offset) == ("Europe/Helsinki", 0)
    assert is_guess(found)


def test_a_clock_that_nothing_is_known_of_stays_unknown() -> None:
    found = clock([photo("p", 5)], tracks=[straight(60)])
    assert (found.zone, found.clock_offset) == ("Europe/Helsinki", None)
    assert str(found.zone_reason) == "Zone of the walk's place: Europe/Helsinki."
    assert str(found.clock_reason) == "Not known: set the clock by hand."
    assert clock([photo("p", 5)]).zone is None


def test_the_zone_set_for_the_walk_beats_that_of_its_place() -> None:
    found = clock([photo("p", 5)], tracks=[straight(60)], zone="Asia/Kathmandu")
    assert found.zone == "Asia/Kathmandu"


def test_a_clock_set_by_hand_is_never_touched() -> None:
    by_hand = device(clock_offset=5.0, manual=True)
    made = survey([stamped(s, fast=37) for s in range(12)], devices=[by_hand])
    assert estimate_clocks(made, "w") == ()


def test_what_does_not_change_is_not_returned() -> None:
    made = estimated(survey([stamped(s, fast=37) for s in range(12)], devices=[UNSET]))
    assert estimate_clocks(made, "w") == ()


# The stops of the track

PAUSES = (70, 160, 210, 330, 390, 520, 590, 640, 790, 850, 930, 1050, 1190, 1240)


def with_stops(noise: float = 1.0) -> tuple[list[float], list[float]]:
    """Seconds and metres of a walk that stands for 12 seconds at each of PAUSES."""
    seconds = np.arange(1400.0)
    standing = np.zeros(1400, bool)
    for pause in PAUSES:
        standing[pause : pause + 12] = True
    metres = np.cumsum(np.where(standing, 0, 1.3)) + np.random.default_rng(2).normal(0, noise, 1400)
    return list(seconds), list(metres)


def shots(fast: float, at: Sequence[float] = PAUSES) -> list[Photo]:
    return [photo(f"p{s}", s + 5 + fast) for s in at]


@pytest.mark.parametrize("fast", [0.0, 241.0, -733.0, 7_261.0, -2 * 86_400.0 + 50, 30 * 365 * 86_400.0])
def test_photos_that_fall_on_the_stops_of_the_track_tell_the_clock(fast: float) -> None:
    found = clock(shots(fast), tracks=[track(*with_stops())])
    assert found.clock_offset == pytest.approx(-fast, abs=4)
    assert str(found.clock_reason) == "A guess: the photos fall on the stops of the track."
    assert is_guess(found)


def test_a_long_rest_does_not_hide_the_stops() -> None:
    seconds, metres = with_stops()
    rest = np.random.default_rng(5).normal(0, 3, 3000)
    long = track([*(np.arange(3000.0) - 3000), *seconds], [*rest, *metres])
    assert clock(shots(300), tracks=[long]).clock_offset == pytest.approx(-300, abs=4)


def test_a_walk_of_several_tracks_tells_the_clock() -> None:
    seconds, metres = with_stops()
    parts = [track(seconds[:700], metres[:700], name="a"), track(seconds[700:], metres[700:], name="b")]
    twice = track(seconds, metres, name="of a friend", north=5)
    for tracks in (parts, [*parts, twice]):
        assert clock(shots(-150), tracks=tracks).clock_offset == pytest.approx(150, abs=4)


def test_few_photos_are_no_evidence() -> None:
    found = clock(shots(241, PAUSES[:5]), tracks=[track(*with_stops())])
    assert found.clock_offset is None


def test_a_burst_counts_as_one_photo() -> None:
    burst = [photo(f"p{s}-{k}", s + 5 + k) for s in PAUSES[:4] for k in range(4)]
    assert clock(burst, tracks=[track(*with_stops())]).clock_offset is None


def test_photos_taken_walking_are_no_evidence() -> None:
    rng = np.random.default_rng(8)
    for _ in range(20):
        at = [float(s) for s in np.sort(rng.uniform(0, 1390, 14))]
        assert clock(shots(0, at), tracks=[track(*with_stops())]).clock_offset is None


def test_stops_at_even_distances_are_no_evidence() -> None:
    seconds = np.arange(3600.0)
    metres = np.cumsum(np.where(seconds % 100 < 12, 0, 1.3))
    at = [100.0 * k for k in range(3, 30, 2)]
    assert clock(shots(0, at), tracks=[track(list(seconds), list(metres))]).clock_offset is None


def test_a_tagged_clock_that_is_wrong_is_found_by_the_stops() -> None:
    tagged = [replace(p, taken_offset=180) for p in shots(241)]
    assert clock(tagged, tracks=[track(*with_stops())]).clock_offset == pytest.approx(-241, abs=4)


def test_places_without_gps_time_tell_the_clock_by_the_track() -> None:
    seconds, metres = with_stops()
    rng = np.random.default_rng(3)
    photos: list[Photo] = []
    for second in range(100, 1300, 80):
        spot = place(metres[second] + rng.normal(0, 4), rng.normal(0, 4))
        photos.append(photo(f"p{second}", second + 500, exif_lat=spot.lat, exif_lon=spot.lon))
    found = clock(photos, tracks=[track(seconds, metres)])
    assert found.clock_offset == pytest.approx(-500, abs=4)
    assert str(found.clock_reason) == "The photos' own positions lie on the track."
    assert not is_guess(found)


def test_a_summer_time_that_began_since_the_clock_stopped_is_minded() -> None:
    winter = [
        replace(p, taken=p.taken - timedelta(days=150)) for p in shots(0) if p.taken
    ]  # shown in January, when the zone is two hours ahead of UTC, not three
    made = estimated(survey(winter, [track(*with_stops())], [UNSET]))
    assert made.devices["d"].clock_offset == pytest.approx(150 * 86_400, abs=4)
    placed = made.apply(locate_photos(made, "w")).photos[f"p{PAUSES[3]}"]
    assert placed.utc is not None
    assert abs((placed.utc - START).total_seconds() - PAUSES[3] - 5) < 4


# Real files


def errors(made: Survey, truth: dict[str, LatLon], name: str) -> list[float]:
    """Metres between photos placed by the track and the truth, of the device `name`."""
    ids = {d.id for d in made.devices.values() if d.name == name}
    photos = [p for p in made.photos.values() if p.device in ids and p.source == "gpx" and p.position]
    return [distance(p.position, truth[Path(p.path).name]) for p in photos if p.position]


def unwarned(made: Survey, truth: dict[str, LatLon]) -> list[Photo]:
    """Photos that are placed more than 50 m wrong without a word about it."""
    return [
        p
        for p in made.photos.values()
        if p.position and distance(p.position, truth[Path(p.path).name]) > 50 and not p.warnings
    ]


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_the_camera_without_gps_of_a_simulated_walk_is_placed(walks: Path, name: str) -> None:
    folder = walks / name
    facts = json.loads((folder / "truth.json").read_text())
    truth = {p["file"]: LatLon(p["lat"], p["lon"]) for p in facts["photos"]}
    made = Survey().apply(import_files(Survey(), [str(folder)]).edit.changes)
    assert not unwarned(made, truth)
    camera = next(d for d in made.devices.values() if "Compact" in d.name)
    assert camera.clock_offset == pytest.approx(-facts["devices"]["camera"]["clock_error_s"], abs=5)
    assert float(np.median(errors(made, truth, camera.name))) < 8


def test_a_camera_whose_date_is_a_day_wrong_says_so_or_is_placed_by_hand(shared: Path) -> None:
    originals = Survey().apply(import_files(Survey(), [str(shared / "data/photos/arezzo-walk")]).edit.changes)
    truth = {Path(p.path).name: p.position for p in originals.photos.values()}
    pair = str(shared / "data/pairs/arezzo-derived")
    made = Survey().apply(import_files(Survey(), [pair]).edit.changes)
    nikon = next(iter(made.devices.values()))
    assert nikon.clock_offset is None
    assert all(p.source == "none" and p.warnings for p in made.photos.values())
    wishes = Wishes(zone="Etc/UTC", offsets={nikon.name: 79_108})
    by_hand = Survey().apply(import_files(Survey(), [pair], wishes).edit.changes)
    for found in by_hand.photos.values():
        there = truth[Path(found.path).name]
        assert found.position is not None
        assert there is not None
        assert distance(found.position, there) < 15
    of_gps = next(iter(originals.devices.values()))
    assert of_gps.zone == "Europe/Rome"
    assert of_gps.clock_offset == pytest.approx(79_108 + 7_200, abs=2)


def test_phones_clocks_agree_with_gps(shared: Path) -> None:
    folders = [str(shared / "data/photos" / name) for name in ("phones", "heic", "street")]
    made = Survey().apply(import_files(Survey(), folders).edit.changes)
    zones = {d.name: d.zone for d in made.devices.values()}
    assert zones["HMD Global Nokia 8.3 5G"] == "Europe/Helsinki"
    assert zones["Google Pixel"] == "Europe/Prague"
    assert zones["Apple iPhone XS Max"] == "Asia/Bangkok"
    for found in made.photos.values():
        if found.gps_time:
            assert found.utc is not None
            assert abs(found.utc - found.gps_time) < timedelta(seconds=1.5)
