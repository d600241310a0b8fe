"""Files of cameras to compare with, real and broken."""

import json
from pathlib import Path

import pytest

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_xml import write_osc
from camwalk.formats.reference_file import read_reference
from camwalk.model import CamwalkError, Message

SURVEILLANCE = {"man_made": "surveillance"}


def test_real_files_of_every_kind(shared: Path) -> None:
    data = shared / "data"
    swiss = read_reference(data / "cameras" / "swiss-west-overpass-2023.json")
    assert len(swiss) == 206
    assert {c.version for c in swiss} == {None}
    assert any(c.tags.get("camera:direction") == "-8" for c in swiss), "dirty values stay"
    assert len(read_reference(data / "osm" / "seattle-triangle-2024-03.osm")) == 8
    darmstadt = read_reference(data / "osm" / "darmstadt-luisenplatz-2025-07.osm.pbf")
    assert {c.osm_type for c in darmstadt} == {"node", "relation"}
    dakar = read_reference(data / "cameras" / "dakar-videosurveillance-2016.geojson")
    assert (len(dakar), {c.osm_type for c in dakar}) == (103, {"open"})


def test_overpass_turbo_geojson_keeps_ids_and_versions(tmp_path: Path) -> None:
    file = tmp_path / "turbo.geojson"
    properties = {"@id": "node/12", "@version": "3", **SURVEILLANCE}
    ring = [[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]
    point = {"type": "Point", "coordinates": [2.5, 48.5]}
    way = {"type": "Feature", "id": "way/5", "properties": SURVEILLANCE}
    features = [
        {"type": "Feature", "geometry": point, "properties": properties},
        {**way, "geometry": {"type": "Polygon", "coordinates": [ring]}},
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    node, area = read_reference(file)
    assert (node.osm_type, node.osm_id, node.version, node.lat, node.lon) == ("node", 12, 3, 48.5, 2.5)
    assert dict(node.tags) == SURVEILLANCE
    assert (area.osm_type, area.osm_id, area.lat, area.lon) == ("way", 5, 1.0, 1.0)


def test_an_osm_change_file(tmp_path: Path) -> None:
    file = tmp_path / "x.osc"
    write_osc(file, [OsmChange("modify", 9, 2, 1.5, 2.5, SURVEILLANCE)])
    (camera,) = read_reference(file)
    assert (camera.osm_id, camera.version, camera.lat) == (9, 2, 1.5)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom;Latitude;Longitude\nGare;48,5;2,5\n", "cp1252"),
        ("name,lat,lon\nGare,48.5,2.5\n", "utf-8"),
        ('nom\tgeo_point_2d\nGare\t"48.5, 2.5"\n', "utf-8-sig"),
        ("nom;geom\nGare;POINT (2.5 48.5)\n", "utf-8"),
    ],
)
def test_tables_as_cities_publish_them(text: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "cameras.csv"
    file.write_text(text, encoding=encoding)
    (camera,) = read_reference(file)
    assert (camera.osm_type, camera.lat, camera.lon) == ("open", 48.5, 2.5)
    assert "Gare" in camera.tags.values()


def test_chosen_columns_become_the_tags_they_were_chosen_for(tmp_path: Path) -> None:
    file = tmp_path / "cameras.csv"
    file.write_text("a;b;c;d\n48,5;2,5;Ville;x\n")
    (camera,) = read_reference(file, {"lat": "a", "lon": "b", "operator": "c"})
    assert dict(camera.tags) == {"operator": "Ville"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b""), ("x.csv", b"a,b\n1,2\n"), ("x.csv", b"lat,lon\n6800000,65000\n"), ("x.csv", bytes(9)),
        ("x.geojson", b"{"), ("x.geojson", b"[" * 99999), ("x.geojson", b'{"features": [1, null, {}]}'),
        ("x.json", b"{}"), ("x.osm", b"<osm"), ("x.osc", b"hello"), ("x.osm.pbf", b"\x00\x01"),
        ("x.geojson", b'{"features": [{"geometry": {"type": "Point", "coordinates": ["a"]}}]}'),
    ],
)  # fmt: skip
def test_a_file_without_cameras_is_named(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CamwalkError, match=name):
        read_reference(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("gone.csv", "gone.geojson", "gone.osm", "gone.osc"):
        with pytest.raises(CamwalkError, match=name):
            read_reference(tmp_path / name)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    file = tmp_path / "city.csv"
    file.write_text("nom;y;x\nA;48.8;2.3\n")
    with pytest.raises(CamwalkError, match=r"no column “X”\. It has: nom, y, x"):
        read_reference(file, {"lat": "y", "lon": "X"})


def test_places_in_metres_are_not_called_no_cameras(tmp_path: Path) -> None:
    metres = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [652709.4, 6862305.0]}}
    degrees = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.3, 48.8]}, "properties": {}}
    file = tmp_path / "lambert.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [metres]}))
    with pytest.raises(CamwalkError, match=r"no places in degrees\. Convert it to WGS 84"):
        read_reference(file)
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [metres, degrees]}))
    left: list[Message] = []
    assert len(read_reference(file, skipped=left)) == 1
    assert [str(reason) for reason in left] == ["Feature 1 has no place in degrees."]


NODE = (
    '<osmChange version="0.6"><create>'
    '<node id="1" version="1" lat="{}" lon="7">{}</node></create></osmChange>'
)
CAMERA = '<tag k="man_made" v="surveillance"/>'


@pytest.mark.parametrize("lat", ["[]", "%.7001", "", "95"])
def test_a_change_file_with_a_senseless_place_is_told_or_left_out(tmp_path: Path, lat: str) -> None:
    file = tmp_path / "c.osc"
    file.write_text(NODE.format(lat, CAMERA))
    with pytest.raises(CamwalkError):
        read_reference(file)


@pytest.mark.parametrize(
    "element",
    [
        {"type": [], "id": 1},
        {"type": "node", "id": 1, "lat": "x", "lon": 7},
        {"type": "node", "id": 1, "lat": 1, "lon": 7, "version": {}},
        {"type": "way", "id": 1, "geometry": [{"lat": 1}]},
        {"type": "way", "id": 1, "nodes": [[]]},
        {"type": "way", "id": 1, "nodes": 5},
        {"type": "relation", "id": 1, "center": {"lat": -214.7, "lon": 7}},
        {"type": "relation", "id": 1, "members": [{"type": "way", "geometry": 1}]},
        {"type": "relation", "id": 1, "members": {"a": 1}},
    ],
)
def test_an_answer_of_overpass_with_senseless_parts_is_told_or_read_without_them(
    tmp_path: Path, element: dict[str, object]
) -> None:
    whole = {"type": "node", "id": 7, "lat": 1.0, "lon": 7.0, "tags": {"man_made": "surveillance"}}
    file = tmp_path / "o.json"
    file.write_text(json.dumps({"elements": [whole, {"tags": {"man_made": "surveillance"}, **element}]}))
    found, told = (), ""
    try:
        found = read_reference(file)
    except CamwalkError as error:
        told = str(error.reason)
    assert "o.json" in told or [(c.osm_type, c.osm_id) for c in found] == [("node", 7)]


@pytest.mark.parametrize(
    "table",
    [
        'Nom;Coordonnées\nA;"43,7384, 7,4246"\n',
        "Nom;Coordonnées géographiques\nA;43.7384, 7.4246\n",
        "sep=;\nlat;lon\n43,7384;7,4246\n",
        "\n\nlat,lon\n43.7384,7.4246\n",
        "x;y;Longitude_WGS84;Latitude_WGS84\n1045000;6300000;7,4246;43,7384\n",
        "lat,lon\n43.7384°,7.4246 E\n",
        "Lat_WGS84,Lon_WGS84\n43.7384 N,7.4246\n",
    ],
)
def test_places_in_tables_as_cities_and_spreadsheets_write_them(tmp_path: Path, table: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(table, encoding="utf-8-sig")
    (found,) = read_reference(file)
    assert (found.lat, found.lon) == pytest.approx((43.7384, 7.4246))


def test_one_column_that_was_named_is_enough_where_the_other_is_plain(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("breite,lon\n43.7384,7.4246 W\n")
    (found,) = read_reference(file, {"lat": "breite"})
    assert (found.lat, found.lon) == pytest.approx((43.7384, -7.4246))
