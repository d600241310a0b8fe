"""What nobody means to type, and files that nobody should trust, through the real command line."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from camwalk.cli import conflation
from camwalk.cli.main import main
from camwalk.formats.osm_change import OsmChange
from tests.cli.test_commands import Camwalk as CamwalkProcess
from tests.formats import make_photos as made
from tests.formats.make_photos import ascii_field, jpeg, tiff

ESCAPES = "\x1b]0;title\x07\x1b[31mred\x9b0m"


class Camwalk:
    """Runs commands on one survey, in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.survey = folder / "relevé.camwalk"
        self.folder = folder
        self._capsys = capsys

    def __call__(self, command: str, *arguments: object, code: int = 0) -> str:
        try:
            ended = main([command, str(self.survey), *map(str, arguments)])
        except SystemExit as usage:
            ended = usage.code
        said = self._capsys.readouterr()
        assert ended == code, said
        return said.out + said.err

    def list(self, what: str) -> Any:
        return json.loads(self("list", what, "--json"))


@pytest.fixture
def camwalk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Camwalk:
    return Camwalk(tmp_path, capsys)


@pytest.fixture
def patience() -> Iterator[None]:
    """Ends a test that waits for ever."""

    def end(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_a_folder_is_not_taken_for_a_damaged_survey(camwalk: Camwalk, tmp_path: Path) -> None:
    camwalk.survey.mkdir()
    for command, *rest in (("import", str(tmp_path)), ("list", "photos"), ("mark", "--at", "1,2")):
        assert "“relevé.camwalk” is a folder" in camwalk(command, *rest, code=1)


@pytest.mark.parametrize("arguments", [("import", ""), ("extract", ""), ("sightings", ""), ("export", "")])
def test_an_empty_name_is_not_the_current_folder(camwalk: Camwalk, arguments: tuple[str, ...]) -> None:
    assert "an empty name" in camwalk(*arguments, code=2)
    assert not camwalk.survey.exists()


def test_what_the_system_refuses_is_told_in_the_readers_language(
    camwalk: Camwalk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    camwalk("mark", "--at", "1,2")
    monkeypatch.setenv("LANGUAGE", "fr")
    (tmp_path / "dir.osm").mkdir()
    no_file, no_folder = "\u202f: ce fichier n’existe pas.", "\u202f: ce dossier n’existe pas."
    for told, command, path in (
        (no_file, "sightings", tmp_path / "gone.csv"),
        (no_file, "reference", tmp_path / "gone.osm"),
        (no_file, "extract", tmp_path / "gone.osm"),
        (no_folder, "export", tmp_path / "gone" / "out.osm"),
        ("\u202f: c’est un dossier.", "export", tmp_path / "dir.osm"),
    ):
        assert f"«\u202f{path.name}\u202f»{told}" in camwalk(command, path, code=1)


def test_files_left_aside_are_told_with_the_reason(camwalk: Camwalk, tmp_path: Path) -> None:
    folder = tmp_path / "card"
    folder.mkdir()
    for name in ("a.DNG", "b.dng", "c.webp", "notes"):
        (folder / name).write_bytes(b"anything")
    told = camwalk("import", folder, code=1)
    assert "4 files were left aside (2 × .dng, 1 × .webp, 1 × notes): photos are read as JPEG" in told
    (folder / "d.jfif").write_bytes(jpeg())
    assert "left aside" in camwalk("import", folder)
    assert [p["file"] for p in camwalk.list("photos")] == ["d.jfif"]


@pytest.mark.parametrize(
    ("command", "rest", "words"),
    [
        ("import", [], "There is no file in that folder"),
        ("extract", [], "is a folder"),
        ("reference", [], "is a folder"),
        ("mark", ["--at", "1,2", "--photo", "none"], "0 photos are called"),
    ],
)
def test_a_survey_in_which_nothing_was_saved_is_not_left_behind(
    camwalk: Camwalk, tmp_path: Path, command: str, rest: list[str], words: str
) -> None:
    (tmp_path / "empty").mkdir()
    assert words in camwalk(command, *(rest or [tmp_path / "empty"]), code=1)
    assert not camwalk.survey.exists()


def test_a_survey_that_was_there_stays_whatever_comes(camwalk: Camwalk, tmp_path: Path) -> None:
    camwalk("mark", "--at", "1,2")
    camwalk("undo")
    camwalk("import", tmp_path / "gone.jpg", code=1)
    camwalk("redo")
    assert len(camwalk.list("cameras")) == 1


@pytest.mark.skipif(os.name != "posix", reason="makes a pipe")
@pytest.mark.parametrize("command", ["import", "extract", "reference", "sightings"])
@pytest.mark.parametrize("ending", [".jpg", ".gpx", ".geojson", ".json", ".csv", ".osc", ".osm"])
def test_a_pipe_is_refused_and_not_waited_for(
    camwalk: Camwalk, tmp_path: Path, patience: None, command: str, ending: str
) -> None:
    camwalk("mark", "--at", "1,2")
    os.mkfifo(pipe := tmp_path / f"pipe{ending}")
    assert f"“pipe{ending}” is not a file that can be read" in camwalk(command, pipe, code=1)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("seen.csv", "", "is empty"),
        ("seen.csv", "file,x,y\n", "There is no sighting in “seen.csv”"),
        ("seen.json", '{"images": [], "annotations": []}', "There is no sighting in “seen.json”"),
    ],
)
def test_sightings_without_any_are_told(
    camwalk: Camwalk, tmp_path: Path, name: str, content: str, words: str
) -> None:
    camwalk("mark", "--at", "1,2")
    (tmp_path / name).write_text(content)
    assert words in camwalk("sightings", tmp_path / name, code=1)


def test_every_warning_about_a_track_is_kept_until_it_is_mended(camwalk: Camwalk, tmp_path: Path) -> None:
    times = ["2026-06-14T09:00:05Z", "2026-06-14T09:00:00Z", "1901-01-01T00:00:00Z", ""]
    points = [f'<trkpt lat="{60 + n}" lon="24"><time>{t}</time></trkpt>' for n, t in enumerate(times)]
    track = tmp_path / "odd.gpx"
    track.write_text(f"<gpx><trk><trkseg>{''.join(points)}<trkpt lat='91' lon='1'/></trkseg></trk></gpx>")
    told = camwalk("import", track)
    reasons = [problem["reason"] for problem in camwalk.list("problems")]
    for words in ("no possible position", "before 1990", "no time", "goes backwards"):
        assert any(words in reason for reason in reasons)
    assert all(reason in told for reason in reasons)
    track.write_text(f"<gpx><trk><trkseg>{points[0]}</trkseg></trk></gpx>")
    camwalk("import", track)
    assert camwalk.list("problems") == []


def test_nothing_that_strangers_wrote_steers_a_terminal(camwalk: Camwalk, tmp_path: Path) -> None:
    name = f"photo{ESCAPES}.jpg".replace("/", "")
    (tmp_path / name).write_bytes(jpeg(tiff({made.MODEL: ascii_field(f"Model{ESCAPES}")})))
    (tmp_path / f"bad{ESCAPES}.jpg").write_bytes(b"")
    note = "<wpt lat='60' lon='24'><name>two\nlines \N{RIGHT-TO-LEFT OVERRIDE}\x9b31m</name></wpt>"
    (tmp_path / "notes.gpx").write_text(f"<gpx>{note}</gpx>")
    camera = ["mark", "--at", "1,2", "--tag", f"name={ESCAPES}"]
    told = camwalk("import", tmp_path) + camwalk(*camera) + camwalk("list", ESCAPES, code=2)
    for what in ("photos", "waypoints", "cameras", "devices", "problems"):
        plain, exact = camwalk("list", what), camwalk("list", what, "--json")
        told += plain + exact
        assert len(plain.splitlines()) == 1 + len(json.loads(exact))
    assert not {c for c in told if not c.isprintable()} - {"\n"}
    assert camwalk.list("photos")[0]["file"] == name
    assert camwalk.list("cameras")[0]["tags"]["name"] == ESCAPES


@pytest.mark.parametrize("ending", ["osm", "osc"])
def test_control_characters_are_kept_out_of_what_osm_programs_read(camwalk: Camwalk, ending: str) -> None:
    camwalk("mark", "--at", "1,2", "--tag", "name=a\x07b\x1b", "--tag", "no\x01te=c\nd")
    out = camwalk.folder / f"out.{ending}"
    assert "In 1 camera, empty values, stray spaces or control characters" in camwalk("export", out)
    tags = {tag.get("k"): tag.get("v") for tag in ElementTree.parse(out).iter("tag")}
    assert tags == {"man_made": "surveillance", "name": "a b", "no te": "c\nd"}


def test_control_characters_are_kept_out_of_what_josm_gets(
    camwalk: Camwalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[OsmChange] = []
    monkeypatch.setattr(conflation, "to_josm", lambda changes, *_: sent.extend(changes))
    camwalk("mark", "--at", "1,2", "--tag", "name=a\x07b")
    told = camwalk("send-josm")
    assert "In 1 camera, empty values, stray spaces or control characters" in told
    assert [change.tags["name"] for change in sent] == ["a b"]
    camera = camwalk("mark", "--at", "3,4", "--tag", f"name={'x' * 256}").split()[-1]
    assert f"The camera {camera} has a text of 256 characters in “name”" in camwalk("send-josm", code=1)


@pytest.mark.parametrize("ending", ["osm", "osc", "geojson"])
def test_a_text_too_long_for_osm_is_told_with_the_camera(camwalk: Camwalk, ending: str) -> None:
    camera = camwalk("mark", "--at", "1,2", "--tag", f"name={'x' * 256}").strip()
    told = camwalk("export", camwalk.folder / f"out.{ending}", code=1)
    assert f"The camera {camera} has a text of 256 characters in “name”" in told


def test_a_text_of_absurd_length_does_not_widen_a_table(camwalk: Camwalk, tmp_path: Path) -> None:
    (tmp_path / "long.jpg").write_bytes(jpeg(tiff({made.MAKE: ascii_field("M" * 60_000)})))
    (tmp_path / "long.gpx").write_text(f"<gpx><wpt lat='1' lon='2'><name>{'N' * 60_000}</name></wpt></gpx>")
    camwalk("import", tmp_path)
    assert max(map(len, camwalk("list", "waypoints").splitlines())) < 400
    (device,) = camwalk.list("devices")
    assert len(device["device"]) <= 100


def test_what_makes_a_camera_cannot_be_taken_from_it(camwalk: Camwalk) -> None:
    camera = camwalk("mark", "--at", "1,2", "--tag", "name=Gate").strip()
    for tags in (["--untag", "man_made"], ["--tag", "man_made=pole"]):
        assert "makes it a camera" in camwalk("edit", camera, *tags, code=1)
    assert "makes it a camera" in camwalk("mark", "--at", "1,2", "--tag", "man_made=pole", code=1)
    assert "no tag “nam”" in camwalk("edit", camera, "--untag", "nam", code=1)
    assert [c["tags"] for c in camwalk.list("cameras")] == [{"man_made": "surveillance", "name": "Gate"}]
    camwalk("edit", camera, "--untag", "man_made", "--tag", "removed:man_made=surveillance")
    camwalk("edit", camera, "--untag", "removed:man_made", "--tag", "highway=speed_camera")


@pytest.mark.parametrize(
    ("options", "tags"),
    [
        (["--tag", "camera:direction=NE", "--direction", "90"], {"camera:direction": "90"}),
        (["--direction", "90", "--tag", "direction=10", "height=4"], {"direction": "90", "height": "4"}),
        (["--direction", "360"], {"camera:direction": "0"}),
        (["--direction", "0-360"], {"camera:direction": "0-360"}),
        (["--direction", "NNE"], {"camera:direction": "22"}),
        (["--tag", "a=b", "c=d", "--tag", "e=f=g"], {"a": "b", "c": "d", "e": "f=g"}),
    ],
)
def test_tags_and_a_direction_are_given_in_any_order_and_the_direction_wins(
    camwalk: Camwalk, options: list[str], tags: dict[str, str]
) -> None:
    camwalk("mark", "--at", "1,2", *options)
    assert [c["tags"] for c in camwalk.list("cameras")] == [{"man_made": "surveillance", **tags}]


def test_check_tags_tells_programs_what_to_write_instead(camwalk: Camwalk) -> None:
    camwalk("mark", "--at", "1,2", "--tag", "camera_type=dome", "height=6,5", "name=a  b")
    found = {p["key"]: p["suggestion"] for p in json.loads(camwalk("check-tags", "--json"))}
    assert found == {"camera_type": "camera:type", "height": "6.5", "name": "a b"}
    assert camwalk("check-tags").splitlines()[0].endswith("  camera:type")


def test_a_camera_with_the_place_of_none_is_told_before_it_leaves(camwalk: Camwalk) -> None:
    camwalk("mark", "--at", "0,0")
    camwalk("mark", "--at", "0,1")
    assert "It lies at 0,0" in camwalk("check-tags")
    (problem,) = json.loads(camwalk("check-tags", "--json"))
    assert (problem["key"], problem["suggestion"]) == ("lat,lon", None)
    for ending in ("geojson", "osm", "csv"):
        told = camwalk("export", camwalk.folder / f"out.{ending}")
        assert told.count("1 camera lies at 0,0") == 1
        assert "2 items written" in told


def test_several_tags_go_after_one_flag(camwalk: Camwalk) -> None:
    camera = camwalk("mark", "--at", "1,2", "--tag", "name=Gate", "ref=7", "height=3").strip()
    camwalk("edit", camera, "--untag", "name", "ref", "--untag", "height", "--tag", "level=1", "layer=1")
    assert [c["tags"] for c in camwalk.list("cameras")] == [
        {"man_made": "surveillance", "level": "1", "layer": "1"}
    ]


def test_a_speed_camera_is_no_other_and_has_its_direction_where_others_look(camwalk: Camwalk) -> None:
    camera = camwalk("mark", "--at", "1,2", "--tag", "highway=speed_camera", "--direction", "90").strip()
    assert [c["tags"] for c in camwalk.list("cameras")] == [{"highway": "speed_camera", "direction": "90"}]
    assert "All tags are fine." in camwalk("check-tags")
    camwalk("edit", camera, "--tag", "camera:direction=10", "--direction", "180")
    assert [c["tags"] for c in camwalk.list("cameras")] == [{"highway": "speed_camera", "direction": "180"}]


@pytest.mark.parametrize(
    ("command", "out"),
    [
        (("screenshot", "out.jpg"), ".png"),
        (("plan", "out.kml"), ".gpx"),
        (("coverage", "--geojson", "out.shp"), ".geojson"),
        (("export", "--survey", "out.osm"), ".geojson"),
        (("export", "out.doc"), ".osm"),
    ],
)
def test_an_unknown_ending_is_told_with_the_known_ones(
    camwalk: Camwalk, command: tuple[str, ...], out: str
) -> None:
    camwalk("mark", "--at", "1,2")
    verb, *rest = command
    *options, name = rest
    told = camwalk(verb, *options, camwalk.folder / name, code=1)
    assert f"“{name}” does not say in which form to write" in told
    assert out in told
    assert not (camwalk.folder / name).exists()


def test_a_screenshot_is_whole_or_not_there_and_says_nothing_of_qt(tmp_path: Path) -> None:
    camwalk = CamwalkProcess(tmp_path)
    camwalk("mark", "--at", "1,2")
    out = camwalk.folder / "window.PNG"
    assert camwalk("screenshot", out, "--size", "900x600") == f"Written: {out}\n"
    before = out.read_bytes()
    assert before.startswith(b"\x89PNG")
    assert "could not be written" in camwalk("screenshot", camwalk.folder / "gone" / "window.png", code=1)
    assert {p.suffix for p in camwalk.folder.iterdir()} == {".camwalk", ".PNG", ""}


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
@pytest.mark.parametrize("after", [0.1, 0.3, 0.6])
def test_an_interrupted_command_leaves_no_traceback_and_no_empty_survey(tmp_path: Path, after: float) -> None:
    survey = tmp_path / "s.camwalk"
    walks = Path(__file__).parents[1] / "walks"
    started = "import sys, camwalk.__main__ as c; print(1, flush=1); sys.exit(c.run())"
    running = subprocess.Popen(
        [sys.executable, "-c", started, "import", survey]
        + [str(walks)] * 20,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.readline() == "1\n"
    with suppress(subprocess.TimeoutExpired):  # any moment will do
        running.wait(after)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[0]
    assert "Traceback" not in said
    assert running.returncode in (0, 1, -signal.SIGINT)
    assert survey.exists() == ("photos imported" in said)
