"""Files of cameras that are cut short or damaged: a clear error or a result, and soon."""

import json
from collections.abc import Callable
from pathlib import Path

import osmium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osmium.osm import mutable

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_xml import write_osc
from camwalk.formats.reference_file import read_reference, reference_columns
from camwalk.i18n import tell
from camwalk.model import CamwalkError, Message

TAGS = {"man_made": "surveillance", "camera:type": "dome", "name": "Café “Ü”"}
OSM = """<?xml version='1.0' encoding='UTF-8'?>
<osm version='0.6' generator='test'><bounds minlat='48' minlon='2' maxlat='49' maxlon='3'/>
<node id='1' version='3' lat='48.5' lon='2.5'><tag k='man_made' v='surveillance'/></node>
<node id='2' version='1' lat='48.6' lon='2.6'/><node id='3' version='1' lat='48.6' lon='2.7'/>
<way id='5' version='1'><nd ref='2'/><nd ref='3'/><nd ref='1'/><tag k='man_made' v='surveillance'/></way>
</osm>"""
OVERPASS = {
    "version": 0.6,
    "elements": [
        {"type": "node", "id": 1, "lat": 48.5, "lon": 2.5, "tags": TAGS},
        {"type": "way", "id": 2, "nodes": [1, 1], "center": {"lat": 48.5, "lon": 2.5}, "tags": TAGS},
    ],
}
POINT = {"type": "Point", "coordinates": [2.5, 48.5]}
RING = [[2.0, 48.0], [2.0, 49.0], [3.0, 49.0], [2.0, 48.0]]
TURBO = [
    {"type": "Feature", "id": "node/1", "properties": {"@id": "node/1", **TAGS}, "geometry": POINT},
    {
        "type": "Feature",
        "properties": {"@version": 2, "id": "way/3", "meta": {"version": 4}, **TAGS},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    },
]
OPEN = [{"type": "Feature", "properties": {"exploitant": "Ville"}, "geometry": POINT}]
CSV = 'Nom;Latitude;Longitude;Exploitant\nGare;48,5;2,5;Ville\n"Place; du\nMarché";48,6;2,6;\nPont;;;x\n'


def _collection(features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _pbf(folder: Path) -> bytes:
    file = folder / "small.osm.pbf"
    with osmium.SimpleWriter(str(file), overwrite=True) as writer:
        writer.add_node(mutable.Node(id=1, version=3, location=(2.5, 48.5), tags=TAGS))
        writer.add_node(mutable.Node(id=2, version=1, location=(2.6, 48.5)))
        writer.add_way(mutable.Way(id=5, version=1, nodes=[1, 2], tags=TAGS))
    return file.read_bytes()


def _osc(folder: Path) -> bytes:
    file = folder / "small.osc"
    write_osc(
        file, [OsmChange("create", -1, None, 1.5, 2.5, TAGS), OsmChange("modify", 9, 2, 1.5, 2.5, TAGS)]
    )
    return file.read_bytes()


SMALL: dict[str, Callable[[Path], bytes]] = {
    "small.osm": lambda _folder: OSM.encode(),
    "small.osm.pbf": _pbf,
    "small.osc": _osc,
    "overpass.json": lambda _folder: json.dumps(OVERPASS).encode(),
    "turbo.geojson": lambda _folder: _collection(TURBO),
    "open.geojson": lambda _folder: _collection(OPEN),
    "table.csv": lambda _folder: CSV.encode(),
}
NASTY = (
    b"\0",
    b"\xff",
    b"<",
    b"]]>",
    b"{",
    b"}",
    b"[",
    b",",
    b'"',
    b"null",
    b"1e999",
    b"-",
    b"NaN",
    b";",
    b"\n",
)
places = st.floats(0, 1)
damage = st.lists(
    st.tuples(places, st.one_of(st.sampled_from(NASTY), st.binary(max_size=6)), st.integers(0, 30)),
    max_size=4,
)


def damaged(whole: bytes, end: float, changes: list[tuple[float, bytes, int]]) -> bytes:
    """The file up to `end`, with some bytes at some places taken out and others put in."""
    data = whole[: round(end * len(whole))]
    for place, put, taken in changes:
        at = round(place * len(data))
        data = data[:at] + put + data[at + taken :]
    return data


def gives_cameras_or_a_reason(file: Path) -> None:
    told: list[Message] = []
    for read in (lambda: read_reference(file, skipped=told), lambda: reference_columns(file)):
        try:
            read()
        except CamwalkError as error:
            told.append(error.reason)
    assert all(tell(reason) for reason in told)


@pytest.mark.parametrize("name", SMALL)
def test_the_whole_file_is_read(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(SMALL[name](tmp_path))
    assert read_reference(file)


@pytest.mark.parametrize("name", SMALL)
@settings(
    max_examples=60,
    deadline=5_000,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(end=st.one_of(st.just(1.0), places), changes=damage)
def test_a_damaged_file_gives_cameras_or_a_reason(
    name: str, tmp_path: Path, end: float, changes: list[tuple[float, bytes, int]]
) -> None:
    file = tmp_path / name
    file.write_bytes(damaged(SMALL[name](tmp_path), end, changes))
    gives_cameras_or_a_reason(file)


REAL = (
    "cameras/swiss-west-overpass-2023.json",
    "cameras/dakar-videosurveillance-2016.geojson",
    "osm/seattle-triangle-2024-03.osm",
)


@pytest.mark.parametrize("name", REAL)
@settings(
    max_examples=8,
    deadline=30_000,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(end=places, changes=damage)
def test_a_damaged_real_file_gives_cameras_or_a_reason(
    name: str, shared: Path, tmp_path: Path, end: float, changes: list[tuple[float, bytes, int]]
) -> None:
    whole = (shared / "data" / name).read_bytes()
    file = tmp_path / Path(name).name
    file.write_bytes(damaged(whole, end, changes))
    gives_cameras_or_a_reason(file)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        [],
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [None, "x"]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "GeometryCollection", "geometries": [None]},
        {"type": "Point", "coordinates": [float("nan"), 1]},
    ],
)
def test_a_feature_at_no_place_is_left_out(geometry: object, tmp_path: Path) -> None:
    file = tmp_path / "odd.geojson"
    odd = {"type": "Feature", "properties": ["no", "table"], "geometry": geometry}
    file.write_bytes(_collection([odd, 7, None, *OPEN]))
    assert len(read_reference(file)) == 1
    assert reference_columns(file) is not None
