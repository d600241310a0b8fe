"""A photo that looked somewhere and shows no camera there says where one is not."""

from dataclasses import replace
from typing import Any

from camwalk.geometry.geodesy import to_local
from camwalk.model import Camera, Photo, Sighting
from camwalk.operations.estimate_position import estimate
from camwalk.operations.place_camera import place_sightings
from tests.operations.made_walks import HELSINKI, survey
from tests.operations.test_estimate_position import AROUND, HEIGHT, START, WIDTH, at

LOST = {"heading": None, "heading_source": "none"}


def north_of_lost_photo(*others: Photo, sightings: tuple[Sighting, ...] = (), **fields: Any) -> float:
    """Metres north at which the camera is placed that a photo without heading shows."""
    lost = at("lost", 0, -8, (0, 10), **LOST)
    now = replace(
        survey([lost, *others]), sightings={s.id: s for s in sightings}, cameras={"c": _camera("c")}
    )
    own = Sighting(id="own", photo="lost", x=WIDTH / 2, y=HEIGHT / 2 - 400, **fields)
    return float(to_local(HELSINKI, *estimate(now, [own], AROUND).position)[1])


def looking_north(**fields: Any) -> Photo:
    return at("north", 0, -9, (0, 10), **fields)


def shown_in_the_middle(**fields: Any) -> Sighting:
    return Sighting(id="other", photo="north", x=WIDTH / 2, y=HEIGHT / 2, **fields)


def _camera(name: str) -> Camera:
    return Camera(id=name, lat=HELSINKI.lat, lon=HELSINKI.lon, created=START, walk=None, tags={})


def test_a_photo_in_which_nobody_saw_it_moves_the_estimate_away_from_where_that_looks() -> None:
    assert north_of_lost_photo(looking_north(seen=True)) < north_of_lost_photo() - 2


def test_a_photo_that_nobody_has_gone_through_says_nothing() -> None:
    assert north_of_lost_photo(looking_north()) == north_of_lost_photo()


def test_what_another_photo_shows_there_may_be_the_same_camera() -> None:
    shown = shown_in_the_middle(camera="c")
    silent = north_of_lost_photo(looking_north(seen=True))
    assert north_of_lost_photo(looking_north(seen=True), sightings=(shown,)) > silent + 1


def test_a_photo_that_shows_it_somewhere_speaks_for_it_not_against_it() -> None:
    alone = north_of_lost_photo()
    somewhere = Sighting(id="other", photo="north", camera="c")
    assert north_of_lost_photo(looking_north(), sightings=(somewhere,), camera="c") == alone
    assert north_of_lost_photo(looking_north(), sightings=(somewhere,)) == alone


def test_a_detector_that_tells_them_apart_makes_silence_count_there_too() -> None:
    silent = north_of_lost_photo(looking_north(seen=True), track="1")
    shown = shown_in_the_middle(camera="c", track="2")
    apart = north_of_lost_photo(looking_north(seen=True), sightings=(shown,), track="1")
    assert abs(apart - silent) < 0.01


def test_what_a_detector_says_is_the_same_camera_is_not_another_one() -> None:
    same = shown_in_the_middle(track="1")
    silent = north_of_lost_photo(looking_north(seen=True), track="1")
    assert north_of_lost_photo(looking_north(), sightings=(same,), track="1") > silent + 1


def test_a_wall_between_hides_it_from_the_other_photo() -> None:
    behind = at("behind", 0, 40, (0, -8), seen=True)
    assert abs(north_of_lost_photo(behind) - north_of_lost_photo()) < 0.3


def test_cameras_are_placed_in_one_batch_with_what_the_other_photos_show() -> None:
    photos = [at("lost", 0, -8, (0, 10), **LOST), looking_north()]
    own = Sighting(id="own", photo="lost", x=WIDTH / 2, y=HEIGHT / 2 - 400, track="1")
    shown = shown_in_the_middle(track="2")
    now = replace(survey(photos), sightings={s.id: s for s in (own, shown)})
    now = now.apply(place_sightings(now, [["own"], ["other"]], AROUND).edit.changes)
    lost, other = (now.cameras[now.sightings[name].camera or ""] for name in ("own", "other"))
    assert lost.lat < other.lat - 5 / 111_195
