"""Cameras made of sightings, and what follows when photos move."""

from dataclasses import replace
from datetime import timedelta

import pytest

from camwalk.geometry.geodesy import distance
from camwalk.model import Camera, Change, Sighting, Survey, added
from camwalk.operations.estimate_position_doubts import NO_DIRECTION
from camwalk.operations.estimate_position_headings import believed_heading, heading_words
from camwalk.operations.import_sightings import groups_to_accept
from camwalk.operations.mark_camera import move_camera
from camwalk.operations.place_camera import place_sightings, replaced_estimates
from camwalk.operations.point_photos import turn_photo
from tests.operations.made_walks import START, place, survey
from tests.operations.test_estimate_position import AROUND, HEIGHT, WIDTH, at

TARGET = (3.0, -12.0)


def walk(*sightings: Sighting) -> Survey:
    later = START + timedelta(minutes=5)
    now = survey([at("a", -8, -2, TARGET), at("b", 14, -3, TARGET, utc=later), at("c", 0, -1, (6, 10))])
    return now.apply(added(*sightings))


def sighting(name: str, photo: str, **fields: object) -> Sighting:
    return replace(Sighting(id=name, photo=photo, x=WIDTH / 2, y=HEIGHT / 3), **fields)  # pyright: ignore


def test_a_group_of_sightings_becomes_one_camera_where_its_rays_cross() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"))
    placed = place_sightings(now, [["s1", "s2"]], AROUND)
    after = now.apply(placed.edit.changes)
    (camera,) = after.cameras.values()
    assert camera.placed == "crossing"
    assert camera.sigma_minor is not None
    assert distance(camera.position, place(*TARGET)) < camera.sigma_minor < 4
    assert camera.tags["man_made"] == "surveillance"
    assert camera.tags["surveillance:type"] == "camera"
    assert {s.camera for s in after.sightings.values()} == {camera.id}
    assert after.apply(placed.edit.reversed().changes) == now


def test_a_camera_on_a_wall_gets_its_mount_and_its_facing() -> None:
    now = walk(sighting("s1", "c"))
    (camera,) = now.apply(place_sightings(now, [["s1"]], AROUND).edit.changes).cameras.values()
    assert camera.placed == "wall"
    assert camera.tags["camera:mount"] == "wall"
    assert camera.tags["camera:direction"] == "180"


def test_what_a_detector_called_it_becomes_its_type() -> None:
    now = walk(sighting("s1", "c", label="dome"))
    (camera,) = now.apply(place_sightings(now, [["s1"]], AROUND).edit.changes).cameras.values()
    assert camera.tags["camera:type"] == "dome"


def test_two_sightings_in_one_photo_are_never_the_same_camera() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "a", x=WIDTH / 2 + 50))
    after = now.apply(place_sightings(now, [["s1", "s2"]], AROUND).edit.changes)
    assert len(after.cameras) == 2


def test_groups_without_a_place_are_left_and_told() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "c"))
    lost = replace(now.photos["a"], lat=None, lon=None, source="none")
    now = replace(now, photos={**now.photos, "a": lost})
    placed = place_sightings(now, [["s1"], ["s2"]], AROUND)
    assert [ids for ids, _ in placed.left] == [("s1",)]
    assert len(now.apply(placed.edit.changes).cameras) == 1


def test_rough_places_are_told_with_their_number() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "c"))
    blind = replace(now.photos["a"], heading=None, direction=None, heading_source="none")
    now = replace(now, photos={**now.photos, "a": blind})
    assert (NO_DIRECTION, 1) in place_sightings(now, [["s1"], ["s2"]], AROUND).notes


def test_hundreds_in_one_photo_do_not_wear_out_what_they_say_together() -> None:
    many = [sighting(f"s{n}", "a", x=WIDTH * (n % 40) / 40) for n in range(300)]
    now = walk(*many)
    words = heading_words(now, [[one] for one in many], AROUND)
    told = believed_heading(now, now.photos["a"], words["a"], 0)
    assert told.sum() == pytest.approx(1.0)


def test_an_estimate_follows_its_photos() -> None:
    now = walk(sighting("s1", "c"))
    now = now.apply(place_sightings(now, [["s1"]], AROUND).edit.changes)
    (before,) = now.cameras.values()
    now = now.apply(turn_photo(now, "c", 0.0).changes)
    now = now.apply(replaced_estimates(now, ["c"], AROUND))
    (after,) = now.cameras.values()
    assert distance(before.position, after.position) > 3


def test_mount_and_facing_go_with_the_estimate_that_gave_them() -> None:
    now = walk(sighting("s1", "c"))
    now = now.apply(place_sightings(now, [["s1"]], AROUND).edit.changes)
    (camera,) = now.cameras.values()
    assert camera.tags["camera:direction"] == "180"
    away = now.apply(turn_photo(now, "c", 180.0).changes)
    (change,) = replaced_estimates(away, ["c"], AROUND)
    assert isinstance(change.after, Camera)
    assert change.after.placed == "ray"
    assert not {"camera:mount", "camera:direction"} & change.after.tags.keys()
    own = replace(camera, tags={**camera.tags, "camera:direction": "90"})
    (change,) = replaced_estimates(replace(away, cameras={own.id: own}), ["c"], AROUND)
    assert isinstance(change.after, Camera)
    assert change.after.tags == own.tags


def test_where_a_person_put_a_camera_it_stays() -> None:
    now = walk(sighting("s1", "c"))
    now = now.apply(place_sightings(now, [["s1"]], AROUND).edit.changes)
    (camera,) = now.cameras.values()
    moved = now.apply(move_camera(now, camera.id, place(50)).changes)
    held = replace(moved.cameras[camera.id], placed="manual", sigma_major=None, sigma_minor=None, axis=None)
    moved = replace(moved, cameras={camera.id: held})
    moved = moved.apply(turn_photo(moved, "c", 0.0).changes)
    assert replaced_estimates(moved, ["c"], AROUND) == ()


def test_photos_kilometres_apart_show_no_one_camera_and_the_rest_of_the_batch_goes_on() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"), sighting("far", "d"), sighting("s3", "c"))
    there = place(48_000, 0)
    now = now.apply(added(replace(now.photos["a"], id="d", path="d.jpg", lat=there.lat, lon=there.lon)))
    placed = place_sightings(now, [["s1", "far"], ["s2"], ["s3"]], AROUND)
    after = now.apply(placed.edit.changes)
    assert len(after.cameras) == 2
    ((left, why),) = placed.left
    assert set(left) == {"s1", "far"}
    assert str(why).startswith("The photos of this camera were taken 48")
    assert after.sightings["s1"].camera is None


def test_a_photo_that_goes_far_away_leaves_its_camera_where_it_was() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"))
    now = now.apply(place_sightings(now, [["s1", "s2"]], AROUND).edit.changes)
    there = place(48_000, 0)
    now = now.apply((Change(now.photos["a"], replace(now.photos["a"], lat=there.lat, lon=there.lon)),))
    assert replaced_estimates(now, ["a"], AROUND) == ()


def test_a_later_sighting_of_a_track_joins_the_camera_that_the_track_has() -> None:
    now = walk(sighting("s1", "a", track="7"))
    now = now.apply(place_sightings(now, groups_to_accept(now), AROUND).edit.changes)
    (camera,) = now.cameras
    now = now.apply(added(sighting("s2", "b", track="7"), sighting("s3", "c", track="8")))
    after = now.apply(place_sightings(now, groups_to_accept(now), AROUND).edit.changes)
    assert {s.camera for s in after.sightings.values() if s.track == "7"} == {camera}
    assert after.cameras[camera].placed == "crossing"
    assert len(after.cameras) == 2


def test_tracks_of_two_walks_are_two_cameras_though_a_detector_calls_them_the_same() -> None:
    now = walk(sighting("s1", "a", track="7"), sighting("s2", "b", track="7"))
    elsewhere = replace(now.walks["w"], id="v")
    now = now.apply(added(elsewhere)).apply((Change(now.photos["b"], replace(now.photos["b"], walk="v")),))
    assert sorted(groups_to_accept(now)) == [["s1"], ["s2"]]
