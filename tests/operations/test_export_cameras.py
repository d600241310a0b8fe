"""Exports as other programs read them."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from camwalk.formats.survey_geojson import read_survey_geojson
from camwalk.model import Camera, CamwalkError, Edit, Survey, added, message
from camwalk.operations.export_cameras import export_cameras, export_survey
from tests.surveys import NOON, everything

AWKWARD = {"man_made": "surveillance", "name": "a & b <c> \"d\" 'e' 🎥 é", "note": "x;y=z"}


CAMERA = (
    b'{"camwalk": "camwalk-survey-1", "features": [{"properties": '
    b'{"record": "camera", "id": "x", "lat": %s, "lon": 2, "created": "2026-11-15T12:00:00+00:00"}}]}'
)


def survey_of(*cameras: Camera) -> Survey:
    return Survey(cameras={c.id: c for c in cameras})


def camera(id_: str, lat: float = 48.1, lon: float = -1.6, **tags: str) -> Camera:
    return Camera(id=id_, lat=lat, lon=lon, created=NOON, tags={"man_made": "surveillance", **tags})


def test_properties_are_the_tags_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    export_cameras(survey_of(replace(camera("c", 48.12345678), tags=AWKWARD)), out)
    content = json.loads(out.read_text(encoding="utf-8"))
    assert set(content) == {"type", "features"}
    (feature,) = content["features"]
    assert set(feature) == {"type", "geometry", "properties"}
    assert feature["geometry"] == {"type": "Point", "coordinates": [-1.6, 48.1234568]}
    assert feature["properties"] == AWKWARD


def test_the_order_is_that_of_marking_whatever_the_order_in_memory(tmp_path: Path) -> None:
    cameras = [
        Camera(id=str(n), lat=n, lon=0, created=NOON + timedelta(seconds=n), tags={"ref": str(n)})
        for n in (3, 1, 2)
    ]
    export_cameras(survey_of(*cameras), tmp_path / "a.geojson")
    export_cameras(survey_of(*reversed(cameras)), tmp_path / "b.geojson")
    first = (tmp_path / "a.geojson").read_bytes()
    assert first == (tmp_path / "b.geojson").read_bytes()
    assert [f["properties"]["ref"] for f in json.loads(first)["features"]] == ["1", "2", "3"]


def test_cameras_on_one_pole_are_kept_a_centimetre_apart_and_it_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    done = export_cameras(survey_of(*(camera(str(n), ref=str(n)) for n in range(3))), out)
    points = [tuple(f["geometry"]["coordinates"]) for f in json.loads(out.read_bytes())["features"]]
    assert len(set(points)) == 3
    assert all(abs(lat - 48.1) < 4e-7 for _, lat in points)
    assert "2 cameras" in str(done.notes[0])


def test_text_too_long_for_osm_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    out.write_text("old")
    with pytest.raises(CamwalkError, match="256 characters in “description”"):
        export_cameras(survey_of(camera("c", description="x" * 256)), out)
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.geojson"]


def test_control_characters_and_empty_values_are_left_out_and_it_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    done = export_cameras(survey_of(camera("c", name=" a\x0bb ", operator="", ref="\x00")), out)
    (feature,) = json.loads(out.read_bytes())["features"]
    assert feature["properties"] == {"man_made": "surveillance", "name": "a b"}
    assert "1 camera" in str(done.notes[0])


def test_a_full_disk_leaves_the_old_export_whole(tmp_path: Path) -> None:
    if os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True
    ).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        out = disk / "out.geojson"
        out.write_text("old")
        many = survey_of(*(camera(str(n), n / 100, name="x" * 200) for n in range(1000)))
        with pytest.raises(CamwalkError, match="What was there before is unchanged"):
            export_cameras(many, out)
        assert out.read_text() == "old"
        assert os.listdir(disk) == ["out.geojson"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_survey_exported_and_imported_into_an_empty_one_is_the_same(tmp_path: Path) -> None:
    out = tmp_path / "survey.geojson"
    export_survey(everything(), out)
    records = read_survey_geojson(str(out))
    assert Survey().apply(Edit(message("Import"), added(*records)).changes) == everything()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'{"type": "FeatureCollection", "features": []}',
        b"[" * 100_000,
        b'{"camwalk": "camwalk-survey-1", "features": [{"properties": {"record": "camera"}}]}',
        b'{"camwalk": "camwalk-survey-1", "features": [{"properties": {"record": "spy", "id": "x"}}]}',
        CAMERA % b'"1"',
        CAMERA % b"97.0",
        b"\xff\xfe\x00",
    ],
)
def test_a_file_that_is_no_survey_export_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.geojson"
    file.write_bytes(content)
    with pytest.raises(CamwalkError):
        read_survey_geojson(str(file))


@pytest.mark.judge
def test_gdal_reads_the_export(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("GDAL's ogrinfo is not installed")
    out = tmp_path / "out.geojson"
    export_cameras(survey_of(camera("a"), replace(camera("b"), tags=AWKWARD)), out)
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", out], capture_output=True, text=True, check=True
    ).stdout
    assert "Feature Count: 2" in told
    assert "Geometry: Point" in told


def test_the_time_of_marking_stays_out_of_the_osm_file(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    export_cameras(survey_of(camera("c")), out)
    assert str(datetime.now(UTC).year) not in out.read_text()
    assert "2026" not in out.read_text()
