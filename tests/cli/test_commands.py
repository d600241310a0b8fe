"""The real command line, as a script would use it."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.journeys.marked_walk import write_truth_as_csv

HERE = {**os.environ, "LANGUAGE": "en", "QT_QPA_PLATFORM": "offscreen"}
BUFFERED = {**HERE, "PYTHONUNBUFFERED": ""}


class Camwalk:
    """Runs commands on one survey."""

    def __init__(self, folder: Path) -> None:
        self.survey = folder / "relevé.camwalk"
        self.folder = folder

    def __call__(self, command: str, *arguments: object, code: int = 0) -> str:
        done = self.run(command, self.survey, *arguments)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def run(self, *arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        folders = {"CAMWALK_CACHE": str(self.folder / "cache"), "CAMWALK_CONFIG": str(self.folder / "config")}
        return subprocess.run(
            [sys.executable, "-m", "camwalk", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env={**HERE, **folders, **environment},
        )

    def list(self, what: str) -> Any:
        return json.loads(self("list", what, "--json"))


@pytest.fixture
def camwalk(tmp_path: Path) -> Camwalk:
    return Camwalk(tmp_path)


@pytest.fixture
def truth(walks: Path) -> Any:
    return json.loads((walks / "one" / "truth.json").read_text(encoding="utf-8"))


def test_a_walk_goes_in_and_cameras_come_out(camwalk: Camwalk, walks: Path, truth: Any) -> None:
    camwalk("import", walks / "one", "--walk", "Une")
    photos = camwalk.list("photos")
    assert {p["file"] for p in photos} == {p["file"] for p in truth["photos"]}
    assert all(p["source"] in ("exif", "gpx", "none") for p in photos)
    name = photos[0]["file"]
    camera = camwalk(
        "mark", "--at", "60.17,24.94", "--direction", "SE", "--tag", "camera:type=dome", "--photo", name
    )
    (listed,) = camwalk.list("cameras")
    assert listed.pop("estimate")["placed"] == "manual"
    assert [listed] == [
        {
            "id": camera.strip(),
            "lat": 60.17,
            "lon": 24.94,
            "tags": {"man_made": "surveillance", "camera:direction": "135", "camera:type": "dome"},
            "photos": [name],
            "sightings": [],
        }
    ]
    out = camwalk.folder / "out.geojson"
    camwalk("export", out)
    (feature,) = json.loads(out.read_text())["features"]
    assert feature["geometry"]["coordinates"] == [24.94, 60.17]
    assert "read" not in camwalk("check")


def test_an_accepted_batch_of_sightings_is_one_step(camwalk: Camwalk, walks: Path) -> None:
    table = camwalk.folder / "seen.csv"
    write_truth_as_csv(walks / "one", table, grouped=True)
    camwalk("import", walks / "one", "--tz", "Europe/Helsinki")
    told = camwalk("sightings", table, "--accept")
    made = len(camwalk.list("cameras"))
    assert made > 2
    assert f"{made} cameras made of them." in told
    _, step = json.loads(camwalk("history", "--json"))
    assert step["label"] == f"Place {made} cameras"
    camwalk("undo")
    assert camwalk.list("cameras") == []
    assert "here already" not in camwalk("sightings", table), "the sightings went with them"


def test_what_a_detector_calls_a_track_comes_back_as_it_was(camwalk: Camwalk, walks: Path) -> None:
    camwalk("import", walks / "one", "--tz", "Europe/Helsinki")
    file, first = camwalk.folder / "seen.json", next(iter(sorted((walks / "one/photos").iterdir()))).name
    boxes = [{"image_id": 1, "bbox": [9 * n, 9, 4, 4], "track_id": t} for n, t in enumerate((7, "7", "a"))]
    file.write_text(json.dumps({"images": [{"id": 1, "file_name": first}], "annotations": boxes}))
    camwalk("sightings", file, "--accept")
    tracks = [s["track_id"] for c in camwalk.list("cameras") for s in c["sightings"]]
    assert sorted(map(repr, tracks)) == ["'7'", "'a'", "7"]


def test_importing_again_adds_nothing_and_says_so(camwalk: Camwalk, walks: Path) -> None:
    camwalk("import", walks / "one")
    before = camwalk.list("photos")
    assert "here already" in camwalk("import", walks / "one" / "photos", walks / "one" / "track.gpx")
    assert camwalk.list("photos") == before


def test_an_offset_given_by_hand_moves_the_devices_times(camwalk: Camwalk, walks: Path, truth: Any) -> None:
    error = next(d["clock_error_s"] for d in truth["devices"].values() if d["clock_error_s"])
    camwalk("import", walks / "one", "--tz", "Europe/Helsinki", "--offset", f"Walksim WS Compact 35={-error}")
    (device,) = [d for d in camwalk.list("devices") if d["device"] == "Walksim WS Compact 35"]
    assert (device["offset"], device["set_by_hand"], device["zone"]) == (-error, True, "Europe/Helsinki")


def test_edit_undo_redo_delete_and_history(camwalk: Camwalk) -> None:
    camera = camwalk("mark", "--at", "-33.8,151.2", "--direction", "-90", "--tag", "operator=A=B").strip()
    camwalk("edit", camera[:6], "--at", "-33.9,151.3", "--tag", "height=3.5", "--untag", "operator")
    (edited,) = camwalk.list("cameras")
    assert (edited["lat"], edited["lon"]) == (-33.9, 151.3)
    assert edited["tags"] == {"man_made": "surveillance", "camera:direction": "270", "height": "3.5"}
    camwalk("undo")
    (before,) = camwalk.list("cameras")
    assert before["tags"]["operator"] == "A=B"
    camwalk("redo")
    assert camwalk.list("cameras") == [edited]
    camwalk("delete", camera)
    assert camwalk.list("cameras") == []
    assert [e["undone"] for e in json.loads(camwalk("history", "--json"))] == [False, False, False]
    for _ in range(3):
        camwalk("undo")
    assert "nothing to take back" in camwalk("undo", code=1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("mark", "--at", "91,0"), ("mark", "--at", "here"), ("mark",), ("mark", "--at", "1,2", "--tag", "no"),
        ("mark", "--at", "1,2", "--direction", "upwards"), ("list", "spies"), ("import",), ("spy",),
        ("import", "x.jpg", "--offset", "Nikon=soon"), ("screenshot", "x.png", "--size", "big"),
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_2_and_makes_no_survey(camwalk: Camwalk, arguments: tuple[str, ...]) -> None:
    command, *rest = arguments
    camwalk(command, *rest, code=2)
    assert not camwalk.survey.exists()


def test_a_missing_survey_is_named_and_not_made_by_commands_that_only_look(camwalk: Camwalk) -> None:
    for arguments in (("list", "photos"), ("export", "x.geojson"), ("undo",), ("check",), ("history",)):
        assert "relevé.camwalk" in camwalk(*arguments, code=1)
    assert not camwalk.survey.exists()


def test_importing_nothing_exits_with_1_and_says_why(camwalk: Camwalk, tmp_path: Path) -> None:
    bad = tmp_path / "holiday.jpg"
    bad.write_text("no picture")
    assert "holiday.jpg" in camwalk("import", bad, code=1)
    assert "gone.jpg" in camwalk("import", tmp_path / "gone.jpg", code=1)
    assert not camwalk.survey.exists()


def test_bad_files_are_listed_and_the_rest_comes_in(camwalk: Camwalk, walks: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad 🎥\u202e.jpg"
    bad.write_bytes(b"")
    camwalk("import", walks / "one", bad)
    assert len(camwalk.list("photos")) == len(os.listdir(walks / "one" / "photos"))
    (problem,) = camwalk.list("problems")
    assert problem["file"] == bad.name
    assert problem["reason"]


def test_a_problem_goes_when_the_file_is_mended(camwalk: Camwalk, walks: Path, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"")
    camwalk("import", file, walks / "one" / "track.gpx")
    assert camwalk.list("problems")
    file.write_bytes(next((walks / "one" / "photos").iterdir()).read_bytes())
    camwalk("import", file)
    assert camwalk.list("problems") == []


def test_a_folder_that_links_to_itself_is_read_once(camwalk: Camwalk, walks: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    (folder / "up").symlink_to(tmp_path)
    photo = next((walks / "one" / "photos").iterdir())
    (folder / photo.name).write_bytes(photo.read_bytes())
    camwalk("import", folder)
    assert [p["file"] for p in camwalk.list("photos")] == [photo.name]


def test_moved_photos_are_found_again_by_their_content(camwalk: Camwalk, walks: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    for photo in list((walks / "one" / "photos").iterdir())[:3]:
        (old / photo.name).write_bytes(photo.read_bytes())
    camwalk("import", old)
    camwalk("import", old)
    ids = {p["id"] for p in camwalk.list("photos")}
    old.rename(new)
    assert "found again" in camwalk("import", new)
    photos = camwalk.list("photos")
    assert {p["id"] for p in photos} == ids
    assert all(Path(p["path"]).parent == new for p in photos)
    camwalk("import", walks / "one" / "track.gpx")
    labels = [e["label"] for e in json.loads(camwalk("history", "--json"))]
    assert labels == ["Import 3 photos", "Find 3 photos again", "Import 1 track"]


def test_names_of_undecodable_bytes_come_in_and_go_out(camwalk: Camwalk, walks: Path, tmp_path: Path) -> None:
    photo = next((walks / "one" / "photos").iterdir())
    folder = tmp_path / "p"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/caf\xe9.jpg", "wb") as file:
        file.write(photo.read_bytes())
    camwalk("import", folder)
    assert [p["file"] for p in camwalk.list("photos")] == ["caf\ufffd.jpg"]
    out = tmp_path / "survey.geojson"
    camwalk("export", out, "--survey")
    other = Camwalk(tmp_path / "other")
    other.folder.mkdir()
    other("import", out)
    assert other.list("photos")[0]["file"] == "caf\ufffd.jpg"


def test_a_survey_that_is_open_elsewhere_is_read_but_not_changed(camwalk: Camwalk) -> None:
    from camwalk.project import Project

    camwalk("mark", "--at", "1,2")
    project = Project(camwalk.survey)
    assert len(camwalk.list("cameras")) == 1
    assert "open in another window" in camwalk("mark", "--at", "3,4", code=1)
    project.close()
    assert len(camwalk.list("cameras")) == 1


def test_an_extract_is_attached_and_its_cameras_counted(camwalk: Camwalk) -> None:
    sample = Path(__file__).parents[2] / "resources" / "sample" / "helsinki-centre-2019-04.osm.pbf"
    assert "223" in camwalk("extract", sample), "221 surveillance cameras and 2 speed cameras"
    broken = camwalk.folder / "cut.osm.pbf"
    broken.write_bytes(sample.read_bytes()[:300_000])
    assert "cut.osm.pbf" in camwalk("extract", broken, code=1)


def test_the_demo_writes_survey_export_and_picture_without_a_display(camwalk: Camwalk) -> None:
    out = camwalk.folder / "exports"
    done = camwalk.run("demo", "--export", out, DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 0, done.stderr
    written = {name: (out / f"run-sample.{name}").read_bytes() for name in ("camwalk", "geojson", "png")}
    assert all(str(out / f"run-sample.{name}") in done.stdout for name in written)
    assert written["png"].startswith(b"\x89PNG")
    assert json.loads(written["geojson"])["type"] == "FeatureCollection"


def test_french_is_spoken_where_it_is_asked_for(camwalk: Camwalk) -> None:
    done = camwalk.run("list", camwalk.survey, "photos", LANGUAGE="fr")
    assert "relevé.camwalk" in done.stderr
    assert "There is no survey" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "arguments", [("list", "cameras"), ("list", "cameras", "--json"), ("list", "--help")]
)
def test_a_result_that_finds_no_room_is_told_in_one_sentence(
    camwalk: Camwalk, arguments: tuple[str, ...]
) -> None:
    camwalk("mark", "--at", "1,2", "--tag", f"name={'x' * 9000}")
    command, *rest = arguments
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "camwalk", command, camwalk.survey, *rest],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=BUFFERED,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "The result could not be written: the disk is full.\n")


def test_who_reads_the_first_lines_only_hears_nothing_else(camwalk: Camwalk) -> None:
    for tag in ("name", "operator", "description"):
        camwalk("mark", "--at", "1,2", "--tag", f"{tag}={'x' * 90_000}")
    listing = [sys.executable, "-m", "camwalk", "list", camwalk.survey, "cameras"]
    with subprocess.Popen(listing, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=BUFFERED) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_a_pipe_gets_no_progress_bar(camwalk: Camwalk, walks: Path) -> None:
    done = camwalk.run("import", camwalk.survey, walks / "one")
    assert "\r" not in done.stderr


def test_cameras_of_an_area_are_handed_over_alone(camwalk: Camwalk) -> None:
    for place in ("48.5,2.5", "48.6,2.6", "-33.9,151.2"):
        camwalk("mark", "--at", place)
    for area, count in (("48.55,2.55,48.7,2.7", 1), ("48,2,49,3", 2), ("-34,151,-33,152", 1)):
        for name in ("out.geojson", "out.osm"):
            out = camwalk.folder / name
            camwalk("export", out, "--area", area)
            written = out.read_text(encoding="utf-8")
            assert written.count("<node" if name.endswith("osm") else '"Point"') == count
    assert "S,W,N,E" in camwalk("export", out, "--area", "49,2,48,3", code=2)


@pytest.fixture
def known(camwalk: Camwalk) -> Camwalk:
    """A survey that is compared with a file of OSM's, which has one camera."""
    node = "<node id='1' version='3' lat='48.5' lon='2.5'><tag k='man_made' v='surveillance'/></node>"
    file = camwalk.folder / "city.osm"
    file.write_text(f"<osm version='0.6'>{node}</osm>")
    camwalk("reference", file)
    return camwalk


def exported_tags(camwalk: Camwalk) -> tuple[str, dict[str | None, str | None]]:
    """What an export tells, and the tags of its one node."""
    out = camwalk.folder / "out.osm"
    told = camwalk("export", out)
    (node,) = ElementTree.parse(out).iter("node")
    assert (node.get("id"), node.get("version")) == ("1", "3")
    return told, {tag.get("k"): tag.get("v") for tag in node}


def test_a_camera_that_is_gone_is_handed_over_as_removed_with_the_note(known: Camwalk) -> None:
    known("decide", "node/1", "removed", "--note", "wall is bare")
    told, tags = exported_tags(known)
    assert tags == {"removed:man_made": "surveillance", "note": "wall is bare"}
    assert "1 change to OSM’s cameras." in told
    assert "0 cameras are as OSM has them." in told


def test_a_camera_that_was_seen_again_is_handed_over_with_the_day(known: Camwalk) -> None:
    camera = known("mark", "--at", "48.5,2.5").strip()
    known("decide", camera, "confirmed")
    assert exported_tags(known)[1] == {"man_made": "surveillance", "check_date": date.today().isoformat()}


def test_lines_of_a_table_that_were_left_out_are_told_and_kept_as_problems(camwalk: Camwalk) -> None:
    table = camwalk.folder / "ville.csv"
    table.write_text("nom;lat;lon\nGare;48,5;2,5\nPont;nord;2\nPort;;\n\nQuai;91;2\n", encoding="utf-8")
    said = camwalk("reference", table)
    assert "1 camera to compare with (open data)" in said
    assert "Line 3: “nord, 2” is no place" in said
    assert "Line 4 has no place" in said
    assert "Line 6" in said
    assert len(camwalk.list("problems")) == 3
    table.write_text("nom;lat;lon\nGare;48,5;2,5\n", encoding="utf-8")
    camwalk("reference", table)
    assert camwalk.list("problems") == []


def test_a_lost_list_of_cameras_keeps_what_osm_has_from_going_out_as_new(camwalk: Camwalk) -> None:
    known = camwalk.folder / "known.osm"
    known.write_text(
        '<osm version="0.6"><node id="1" version="2" lat="60.17" lon="24.94">'
        '<tag k="man_made" v="surveillance"/></node></osm>'
    )
    camwalk("reference", known)
    camwalk("mark", "--at", "60.17,24.94", "--tag", "camera:type=dome")
    known.unlink()
    out = camwalk.folder / "out.osm"
    assert "“known.osm” is to be compared with and cannot be read." in camwalk("export", out, code=1)
    assert not out.exists()
    assert "is not compared with" in camwalk("reference", "other.osm", "--forget", code=1)
    camwalk("reference", known, "--forget")
    assert "1 of them lies where nothing is known of OSM’s cameras" in camwalk("export", out)


def test_cameras_without_a_version_are_told_apart_at_once(camwalk: Camwalk) -> None:
    file = camwalk.folder / "bare.osm"
    file.write_text(
        '<osm version="0.6"><node id="1" lat="60.17" lon="24.94">'
        '<tag k="man_made" v="surveillance"/></node></osm>'
    )
    assert "1 camera comes without its version in OpenStreetMap" in camwalk("reference", file)
