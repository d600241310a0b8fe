from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from camwalk.geometry.ellipses import Ellipse
from camwalk.gui.map.layers import Kind, MapData, PhotoLook, bounds, look_of, map_data, osm_points
from camwalk.gui.map.layers_after import changed_points, map_data_after, touched_areas
from camwalk.gui.map.layers_points import Points
from camwalk.gui.map.viewport import Spot, place, world
from camwalk.model import Camera, Change, Edit, LatLon, Photo, Record, Sighting, Survey, Track, message
from camwalk.model.edit import added, removed
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.mark_camera import delete_cameras, mark_camera, move_camera, turn_camera
from tests.surveys import NOON, everything

HERE = LatLon(60.17, 24.94)


def camera(id: str, at: LatLon = HERE, **tags: str) -> Camera:
    named = {key.replace("__", ":"): value for key, value in tags.items()}
    return Camera(id=id, lat=at.lat, lon=at.lon, created=NOON, tags=named)


def photo(id: str, at: LatLon | None = HERE, **fields: object) -> Photo:
    taken = Photo(id=id, walk="w", device="d", path=id, size=1, fingerprint=id)
    lat, lon = at or (None, None)
    return replace(taken, lat=lat, lon=lon, **fields)  # pyright: ignore[reportArgumentType]


def survey(*records: Camera | Photo | Sighting) -> Survey:
    return Survey().apply(added(*records))


def edit(*changes: Change) -> Edit:
    return Edit(message("Something"), changes)


def told(points: Points) -> dict[str, tuple[float, float, int, tuple[tuple[float, float], ...]]]:
    """What is there, without regard to rows."""
    return {
        id: (float(points.x[row]), float(points.y[row]), int(points.look[row]), points.facing[row])
        for id, row in points.rows.items()
        if points.alive[row]
    }


def same(one: MapData, other: MapData) -> bool:
    layers = ("cameras", "photos", "waypoints", "osm")
    equal = all(told(one.points(layer)) == told(other.points(layer)) for layer in layers)
    return equal and one.shows == other.shows and one.tracks.keys() == other.tracks.keys()


def after_all(start: Survey, edits: Iterable[Edit]) -> tuple[Survey, MapData]:
    data = map_data(start)
    for one in edits:
        start, data = start.apply(one.changes), map_data_after(data, one)
    return start, data


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({}, Kind.UNKNOWN),
        ({"camera:type": "fixed"}, Kind.FIXED),
        ({"camera:type": "dome;fixed"}, Kind.DOME),
        ({"camera:type": "panning"}, Kind.PANNING),
        ({"camera:type": "doorbell"}, Kind.DOORBELL),
        ({"camera:type": "fixed", "surveillance:type": "ALPR"}, Kind.ALPR),
        ({"surveillance:type": "ANPR"}, Kind.ALPR),
        ({"highway": "speed_camera"}, Kind.SPEED),
        ({"camera:type": "360"}, Kind.UNKNOWN),
        ({"amenity": "parking", "surveillance": "yes"}, Kind.WATCHED),
        ({"man_made": "surveillance", "surveillance": "public"}, Kind.UNKNOWN),
    ],
)
def test_a_camera_is_drawn_by_its_type(tags: dict[str, str], kind: Kind):
    assert look_of(tags) == kind


def test_a_camera_lies_where_it_hangs_and_looks_where_its_tag_says():
    data = map_data(survey(camera("c", camera__direction="45;E-W")))
    assert place(data.cameras.x[0], data.cameras.y[0]) == pytest.approx(HERE)
    assert data.cameras.facing[0] == ((45.0, 45.0), (90.0, 270.0))


def test_the_direction_key_of_other_mappers_counts_too():
    assert map_data(survey(camera("c", direction="N"))).cameras.facing[0] == ((0.0, 0.0),)


def test_a_photo_without_a_place_is_not_on_the_map():
    data = map_data(survey(photo("p", None), photo("q")))
    assert data.photos.ids == ("q",)


def test_photos_tell_whether_they_were_seen_and_show_cameras():
    seen, busy = photo("seen", seen=True), photo("busy")
    sighting = Sighting(id="s", photo="busy", camera="c")
    data = map_data(survey(seen, busy, camera("c"), sighting))
    looks = {id: PhotoLook(int(data.photos.look[row])) for id, row in data.photos.rows.items()}
    assert looks == {"seen": PhotoLook.SEEN, "busy": PhotoLook.HAS_CAMERAS}
    assert data.shows == {"busy": ("c",)}


@pytest.mark.parametrize(
    ("source", "north", "rough"),
    [
        ("exif", "T", False),
        ("exif", "M", False),
        ("exif", None, True),
        ("walk", None, True),
        ("manual", None, False),
    ],
)
def test_a_heading_of_an_unknown_north_or_of_the_walk_is_rough(source: str, north: str | None, rough: bool):
    data = map_data(survey(photo("p", heading=10.0, heading_source=source, direction_ref=north)))
    assert data.photos.facing[0] == ((10.0, 10.0),)
    assert bool(data.photos.look[0] & PhotoLook.ROUGH_DIRECTION) == rough


def test_an_estimated_camera_has_its_ellipse_until_a_person_moves_it():
    guess = replace(camera("c"), placed="ray", sigma_major=8.0, sigma_minor=4.0, axis=30.0)
    before = survey(guess, camera("sure"))
    data = map_data(before)
    assert data.estimates == {"c": Ellipse(8.0, 4.0, 30.0)}
    moved = move_camera(before, "c", LatLon(60.18, 24.94))
    assert map_data_after(data, moved).estimates == {}
    assert map_data_after(map_data_after(data, moved), moved.reversed()).estimates == data.estimates
    assert map_data_after(data, delete_cameras(before, ["c"])).estimates == {}


def test_everything_of_a_survey_finds_its_layer():
    data = map_data(everything())
    assert [len(points.ids) for points in (data.cameras, data.photos, data.waypoints)] == [1, 1, 1]
    assert data.tracks["t"].starts == (0, 1)


def test_osm_cameras_keep_their_type_and_number():
    node = OsmCamera("node", 7, 2, HERE.lat, HERE.lon, {"camera:type": "dome", "direction": "S"})
    found = osm_points([node])
    assert found.ids == ("node/7",)
    assert told(found)["node/7"][2:] == (Kind.DOME, ((180.0, 180.0),))


def test_bounds_hold_cameras_photos_and_tracks():
    data = map_data(survey(camera("c", LatLon(60.0, 24.0)), photo("p", LatLon(61.0, 25.0))))
    assert bounds(data) == pytest.approx((60.0, 24.0, 61.0, 25.0))
    assert bounds(map_data(Survey())) is None


def test_after_edits_the_map_shows_what_it_would_show_from_scratch():
    start = survey(camera("a"), camera("b", camera__type="dome"), photo("p"), photo("q", None))
    shown = Sighting(id="s", photo="p", camera="a")
    moved = move_camera(start, "a", LatLon(60.2, 24.9))
    turned = turn_camera(start.apply(moved.changes), "a", 90)
    edits = [moved, turned, edit(*added(shown)), mark_camera(start, HERE, {"camera:type": "fixed"})]
    edits.append(edit(Change(start.photos["q"], photo("q", HERE, seen=True))))
    end, data = after_all(start, edits)
    assert same(data, map_data(end))
    undone, data = after_all(end, [one.reversed() for one in reversed(edits)])
    assert same(data, map_data(undone))
    assert undone == start


def test_a_deleted_camera_is_gone_and_comes_back_by_undo():
    start = survey(camera("a"), camera("b"), photo("p"), Sighting(id="s", photo="p", camera="a"))
    deletion = delete_cameras(start, ["a"])
    _, data = after_all(start, [deletion])
    assert data.cameras.row("a") is None
    assert not data.photos.look[0] & PhotoLook.HAS_CAMERAS
    back, data = after_all(start, [deletion, deletion.reversed()])
    assert back == start
    assert same(data, map_data(start))


def test_a_photo_that_loses_its_place_leaves_the_map():
    start = survey(photo("p"))
    data = map_data_after(map_data(start), edit(Change(start.photos["p"], photo("p", None))))
    assert data.photos.row("p") is None


def test_tracks_come_and_go():
    track: Record = everything().tracks["t"]
    assert isinstance(track, Track)
    with_track = map_data_after(map_data(Survey()), edit(*added(track)))
    assert list(with_track.tracks) == ["t"]
    assert not map_data_after(with_track, edit(*removed(track))).tracks


def test_an_edit_touches_the_old_place_and_the_new_one():
    start, there = survey(camera("a"), camera("b")), LatLon(60.2, 24.9)
    move = move_camera(start, "a", there)
    before = map_data(start)
    areas = touched_areas(before, map_data_after(before, move), move)
    assert {Spot(area.west, area.north) for area in areas} == {world(HERE), world(there)}
    assert changed_points(move) == {("cameras", "a")}


def test_a_sighting_touches_its_photo():
    start = survey(camera("a"), photo("p"))
    sighting = edit(*added(Sighting(id="s", photo="p", camera="a")))
    before = map_data(start)
    areas = touched_areas(before, map_data_after(before, sighting), sighting)
    assert {Spot(area.west, area.north) for area in areas} == {world(HERE)}


def test_very_many_changes_are_one_area():
    cameras = [camera(f"c{i}", LatLon(60 + i / 1000, 24)) for i in range(200)]
    many = edit(*added(*cameras))
    areas = touched_areas(MapData(), map_data_after(MapData(), many), many)
    assert len(areas) == 1
    assert areas[0].south == pytest.approx(world(LatLon(60, 24)).y)
    assert changed_points(many) == set()


def test_one_edit_among_many_cameras_shares_what_it_can():
    start = survey(*[camera(f"c{i}", LatLon(60 + i / 1e6, 24)) for i in range(20_000)])
    before = map_data(start)
    after = map_data_after(before, move_camera(start, "c7", HERE))
    assert after.cameras.rows is before.cameras.rows
    assert after.photos is before.photos
    assert np.count_nonzero(after.cameras.x != before.cameras.x) == 1
