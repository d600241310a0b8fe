"""Files for OSM tools, as osmium reads them."""

import csv
import json
from pathlib import Path
from typing import cast

import osmium
from osmium import osm

from camwalk.formats.camera_csv import write_camera_csv
from camwalk.formats.maproulette import write_maproulette
from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_geojson import spread
from camwalk.formats.osm_xml import write_osc, write_osm
from camwalk.model import Camera
from tests.surveys import NOON

AWKWARD = {"man_made": "surveillance", "name": "a & <b> \"c\" 'd'\n2nd line\t🎥"}
CHANGES = (
    OsmChange("create", -1, None, 60.1234567, 24.7654321, AWKWARD),
    OsmChange("modify", 42, 7, -33.5, 151.25, {"man_made": "surveillance", "camera:direction": "45;135"}),
)


def nodes(path: Path) -> dict[int, tuple[int, float, float, dict[str, str]]]:
    found = (cast(osm.Node, n) for n in osmium.FileProcessor(str(path), osm.NODE))
    return {n.id: (n.version, n.lat, n.lon, {t.k: t.v for t in n.tags}) for n in found}


def test_osmium_reads_the_josm_file_as_it_was_meant(tmp_path: Path) -> None:
    out = tmp_path / "out.osm"
    write_osm(out, CHANGES)
    read = nodes(out)
    assert read[-1][1:] == (60.1234567, 24.7654321, AWKWARD)
    assert read[42] == (7, -33.5, 151.25, dict(CHANGES[1].tags))
    text = out.read_text()
    assert text.count("action='modify'") == 2
    assert "upload='false'" in text


def test_osmium_reads_the_change_file_with_both_actions(tmp_path: Path) -> None:
    out = tmp_path / "out.osc"
    write_osc(out, CHANGES)
    assert nodes(out).keys() == {-1, 42}
    text = out.read_text()
    assert text.index("<create>") < text.index("<modify>")
    assert "changeset" not in text


def test_the_table_opens_in_a_spreadsheet_without_formulas(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    cameras = [
        Camera(id="a", lat=1.5, lon=2.5, created=NOON, tags={"name": "=cmd()", "é": "ü"}),
        Camera(id="b", lat=1.5, lon=2.5, created=NOON, tags={"height": "3"}),
    ]
    write_camera_csv(out, spread(cameras))
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == {"lat": "1.5000000", "lon": "2.5000000", "height": "", "name": "'=cmd()", "é": "ü"}
    assert rows[1]["lat"] == "1.5000001", "two on one pole stay two"


def test_each_maproulette_line_is_a_task(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    write_maproulette(out, spread([Camera(id="a", lat=1.5, lon=2.5, created=NOON, tags=AWKWARD)]))
    (line,) = out.read_bytes().split(b"\x1e")[1:]
    task = json.loads(line)
    assert task["type"] == "FeatureCollection"
    assert task["features"][0]["properties"] == AWKWARD
