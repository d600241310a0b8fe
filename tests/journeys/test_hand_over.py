"""What leaves Camwalk, as JOSM itself reads it."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_geojson import write_osm_geojson
from camwalk.formats.osm_xml import write_osc, write_osm
from camwalk.model import Camera, CamwalkError, Survey
from camwalk.operations.export_cameras import ready_cameras
from camwalk.operations.hand_over import Choice, plan_handover, write_handover
from camwalk.operations.match_cameras import match_cameras
from camwalk.operations.send_josm import send_josm
from tests.judges import compiled_judge
from tests.surveys import NOON

AWKWARD = {"man_made": "surveillance", "name": "a & <b> \"c\" 'd' 🎥", "note": "two\nlines", "operator": "é"}


def cameras() -> list[Camera]:
    return [
        Camera(id=str(n), lat=48.1, lon=-1.6, created=NOON, tags={"man_made": "surveillance", "ref": str(n)})
        for n in range(3)
    ] + [Camera(id="x", lat=-33.9, lon=151.2, created=NOON, tags=AWKWARD)]


@pytest.fixture(scope="session")
def judge(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return compiled_judge(shared, tmp_path_factory.mktemp("judge"), "Judge")


def loaded(judge: list[str], file: Path) -> list[tuple[float, float, str]]:
    """What JOSM would load: places, and the tags as it prints them."""
    told = subprocess.run([*judge, str(file)], capture_output=True, text=True, check=True).stdout
    lines = re.findall(r"^\s*node .*?(-?\d+\.\d+),\s*(-?\d+\.\d+) \{(.*?)\}\s*$", told, re.M | re.S)
    return [(round(float(lat), 7), round(float(lon), 7), tags) for lat, lon, tags in lines]


@pytest.mark.judge
@pytest.mark.parametrize("ending", ["geojson", "osm", "osc"])
def test_josm_loads_exactly_the_cameras_we_hold(judge: list[str], tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    placed, _notes = ready_cameras(cameras())
    changes = [
        OsmChange("create", -n, None, p.lat / 1e7, p.lon / 1e7, p.camera.tags)
        for n, p in enumerate(placed, 1)
    ]
    if ending == "geojson":
        write_osm_geojson(out, placed)
    else:
        (write_osm if ending == "osm" else write_osc)(out, changes)
    read = loaded(judge, out)
    assert sorted((lat, lon) for lat, lon, _ in read) == sorted((p.lat / 1e7, p.lon / 1e7) for p in placed)
    assert sum("ref=" in tags for *_, tags in read) == 3, "three on one pole are three"
    assert any("🎥" in tags and "é" in tags for *_, tags in read)


@pytest.mark.judge
def test_josms_validator_has_no_complaint(shared: Path, tmp_path: Path) -> None:
    validator = compiled_judge(shared, tmp_path, "JudgeValidate")
    out = tmp_path / "out.osm"
    tags = {
        "man_made": "surveillance", "surveillance": "public", "surveillance:type": "camera",
        "camera:type": "fixed", "camera:mount": "wall", "camera:direction": "45", "height": "3.5",
    }  # fmt: skip
    write_osm(out, [OsmChange("create", -1, None, 48.1, -1.6, tags)])
    told = subprocess.run([*validator, str(out)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_what_is_exported_as_new_is_confirmed_when_it_comes_back(tmp_path: Path) -> None:
    survey = Survey(cameras={c.id: c for c in cameras()})
    plan = plan_handover(survey, match_cameras(survey, ()), (), Choice())
    assert {c.action for c in plan.changes} == {"create"}
    out = tmp_path / "out.osm"
    write_handover(out, plan)
    # as OSM would give them back: positive ids and versions
    text = re.sub(r"id='-(\d+)'", r"id='\1' version='1'", out.read_text())
    back = tmp_path / "back.osm"
    back.write_text(text)
    from camwalk.formats.reference_file import read_reference

    matches = match_cameras(survey, read_reference(back))
    assert [m.kind for m in matches] == ["confirmed"] * 4


def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    survey = Survey(cameras={c.id: c for c in cameras()})
    plan = plan_handover(survey, match_cameras(survey, ()), (), Choice())
    with pytest.raises(CamwalkError, match=r"\.osm \.osc \.gpx"):
        write_handover(tmp_path / "out.docx", plan)


class Listener(BaseHTTPRequestHandler):
    """A stand-in for JOSM's remote control: keeps what it is asked."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        full = len(self.server.asked) > self.server.most  # type: ignore[attr-defined]
        self.send_response(500 if full else self.server.answer)  # type: ignore[attr-defined]
        if self.server.answer == 302:  # type: ignore[attr-defined]
            self.send_header("Location", f"http://{self.headers['Host']}/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def josm() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Listener)
    server.asked, server.answer, server.body = [], 200, b"OK\r\n"  # type: ignore[attr-defined]
    server.most = 1000  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def changes(count: int) -> list[OsmChange]:
    return [OsmChange("create", -n - 1, None, n / 1e4, 2.0, AWKWARD) for n in range(count)]


def test_josm_gets_every_node_in_one_layer_in_parts(josm: HTTPServer) -> None:
    send_josm(changes(2500), "Une balade", server=address(josm))
    version, *loads = josm.asked  # type: ignore[attr-defined]
    assert version.startswith("/version")
    queries = [parse_qs(urlsplit(path).query) for path in loads]
    assert [q["new_layer"] for q in queries] == [["true"], *[["false"]] * (len(queries) - 1)]
    assert {q["layer_name"][0] for q in queries} == {"Une balade"}
    ids = [n.get("id") for q in queries for n in ElementTree.fromstring(q["data"][0])]
    assert len(set(ids)) == 2500


def test_another_program_at_josms_door_is_not_taken_for_it(josm: HTTPServer) -> None:
    josm.body = b"<html>It works!</html>"  # type: ignore[attr-defined]
    with pytest.raises(CamwalkError, match="Something else than JOSM"):
        send_josm(changes(1), "x", server=address(josm))
    josm.answer, josm.asked = 302, []  # type: ignore[attr-defined]
    with pytest.raises(CamwalkError, match="answer 302"):
        send_josm(changes(1), "x", server=address(josm))
    assert len(josm.asked) == 1, "it is not followed"  # type: ignore[attr-defined]


def test_what_josm_took_before_it_refused_is_told(josm: HTTPServer) -> None:
    josm.most = 2  # type: ignore[attr-defined]
    with pytest.raises(CamwalkError, match=r"JOSM took \d+ of 2500 nodes and then no more"):
        send_josm(changes(2500), "x", server=address(josm))


def test_what_josm_refuses_is_explained(josm: HTTPServer) -> None:
    josm.answer = 403  # type: ignore[attr-defined]
    with pytest.raises(CamwalkError, match="Import data"):
        send_josm(changes(1), "x", server=address(josm))


def test_a_josm_that_is_not_there_is_explained() -> None:
    with pytest.raises(CamwalkError, match="Start JOSM"):
        send_josm(changes(1), "x", server="http://127.0.0.1:9")


def test_a_plan_says_what_is_left_out_before_anything_is_written() -> None:
    survey = Survey(cameras={c.id: c for c in cameras()})
    notes = " ".join(map(str, plan_handover(survey, match_cameras(survey, ()), (), Choice()).notes))
    assert "4 new cameras." in notes
    assert json.dumps(notes)
