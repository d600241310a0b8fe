"""Bad files through the real command line: one clear sentence each, the batch goes on, nothing is lost.

Tables name every bad file and the words that must be said of it; all of them lie in one folder that is
imported once. What is `broken` fails today: take the mark away with the defect.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest

from camwalk.model import LatLon
from camwalk.operations.mark_camera import SURVEILLANCE, mark_camera
from camwalk.project import Project
from tests.formats import make_photos as made
from tests.formats.make_photos import ascii_field, degrees_field, jpeg, rational_field, tiff

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes links, pipes and names of any bytes")

SAMPLE_MAP = Path(__file__).parents[2] / "resources/sample/helsinki-centre-2019-04.osm.pbf"
Name = str | bytes


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    text: str

    def must(self, code: int, *words: str) -> None:
        """It ended with this code and said these words, without showing its insides."""
        assert "Traceback" not in self.text, self.text[-600:]
        assert self.code == code, self.text
        for word in words:
            assert word in self.text


def camwalk(home: Path, *arguments: object, before: Callable[[], None] | None = None) -> Said:
    """Run one command in a process of its own, with cache and settings below `home`."""
    folders = {"CAMWALK_CACHE": str(home / "cache"), "CAMWALK_CONFIG": str(home / "config")}
    done = subprocess.run(
        [sys.executable, "-m", "camwalk", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,  # it hangs
        preexec_fn=before,
        env={**os.environ, **folders, "LANGUAGE": "en", "QT_QPA_PLATFORM": "offscreen"},
    )
    return Said(done.returncode, done.stdout.decode())


def shown(name: Name) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


# -- a folder of bad photos and tracks --------------------------------------------------------------

TIMES = tuple(f"2026-06-14T09:00:{second:02}Z" for second in range(0, 60, 5))
SECRET = "root:x:0:0"
EXTERNAL = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
BILLION = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "lol"}">' for i in range(10))
BOMB = f"<!DOCTYPE x [{BILLION}]>"


def points(times: Sequence[str | None] = TIMES) -> str:
    tags = [f"<time>{t}</time>" if t else "" for t in times]
    return "".join(f'<trkpt lat="60.{17000 + i}" lon="24.9341667">{t}</trkpt>' for i, t in enumerate(tags))


def gpx(inside: str, doctype: str = "", name: str = "") -> bytes:
    head = f'<?xml version="1.0"?>{doctype}<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}<trk><name>{name}</name><trkseg>{inside}</trkseg></trk></gpx>".encode()


def half_a_heic() -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(made.picture()).save(out)
    return out.getvalue()[: len(out.getvalue()) // 2]


def claiming(form: str, old: bytes, new: bytes) -> bytes:
    """A picture of 64 by 48 pixels that claims to be a giant."""
    content = made.encoded(made.picture(), form)
    assert old in content
    return content.replace(old, new, 1)


REFUSED: dict[Name, tuple[bytes, str]] = {
    "empty.jpg": (b"", "is empty"),
    "empty.gpx": (b"", "is empty"),
    "head.jpg": (jpeg()[:300], "no picture is left in it"),
    "truncated.heic": (half_a_heic(), "no picture is left in it"),
    "text.jpg": (b"Dear diary", "is not a picture"),
    "bomb.jpg": (claiming("JPEG", b"\0\x30\0\x40", b"\xff\xf0\xff\xf0"), "65520 by 65520 pixels"),
    "bomb.png": (claiming("PNG", b"\0\0\0\x40\0\0\0\x30", b"\0\1\0\0" * 2), "65536 by 65536 pixels"),
    "malformed.gpx": (b'<gpx><trk><trkseg><trkpt lat="1" lon="2"></gpx>', "is damaged in line 1"),
    "page.gpx": (b"<!DOCTYPE html><html><body>Log in</body></html>", "is not a GPX file"),
    "entity-bomb.gpx": (gpx(points(), BOMB, "&a9;"), "defines XML entities"),
    "external.gpx": (gpx(points(), EXTERNAL, "&secret;"), "defines XML entities"),
    "nothing.gpx": (gpx(""), "no track and no waypoint"),
    "cut.geojson": (b'{"type":', "is not a survey that Camwalk exported"),
    "deep.geojson": (b"[" * 200_000, "is not a survey that Camwalk exported"),
    "a b {file} %s.jpg": (b"", "is empty"),
    "\N{HEBREW LETTER SHIN} \N{GRINNING FACE}.heic": (b"", "is empty"),
    b"bytes\xff\xfe.jpg": (b"", "is empty"),
}
"""Files that cannot be used: what they hold, and what must be said of them."""

NOTED: dict[Name, tuple[bytes, str]] = {
    "1901.gpx": (gpx(points([f"1901-12-13T20:45:{s:02}Z" for s in range(9)])), "9 times in “1901.gpx”"),
    "without-times.gpx": (gpx(points([None] * 5)), "has no times"),
    "one-time.gpx": (gpx(points(TIMES[:1] * 9)), "have the same time"),
    "backwards.gpx": (gpx(points(TIMES[::-1])), "time goes backwards"),
    "off-the-earth.gpx": (gpx(f'<trkpt lat="91" lon="5"/>{points()}'), "has no possible position"),
    "cut.gpx": (gpx(points())[:-60], "cut short"),
}
"""Tracks that come in, with a problem told."""

BOM = b"\xef\xbb\xbf" + gpx(points(), name="with a mark")


def gps(tag: int, field: made.Field) -> bytes:
    return jpeg(tiff(gps=made.HELSINKI | {tag: field}))


def dated(text: str) -> bytes:
    return jpeg(tiff(photo={made.DATE_ORIGINAL: ascii_field(text)} if text else {}))


ZERO = rational_field((60, 0), (1, 0), (1, 0))
WARNED: dict[Name, tuple[bytes, str]] = {
    "truncated.jpg": (jpeg(None, 800, 600)[:9000], "part of the picture is missing"),
    "corrupt-exif.jpg": (jpeg(b"MM\0*\0\0\0\x08\xff\xff"), "EXIF data of “corrupt-exif.jpg” is damaged"),
    "gps-text.jpg": (gps(made.LAT, ascii_field("somewhere")), "GPS position of “gps-text.jpg” cannot"),
    "zero.jpg": (gps(made.LAT, ZERO), "GPS position of “zero.jpg” cannot be read"),
    "zero-direction.jpg": (gps(made.DIRECTION, rational_field((1, 0))), "divided by zero"),
    "lat-91.jpg": (gps(made.LAT, degrees_field(91)), "There is no such place"),
    "null.jpg": (jpeg(tiff(gps=dict.fromkeys((2, 4), degrees_field(0)))), "0° north, 0° east"),
    "yesterday.jpg": (dated("yesterday"), "cannot be read: “yesterday”"),
    "no-date.jpg": (dated(""), "does not say when it was taken"),
    "1970.jpg": (dated("1970:01:01 00:00:10"), "it said 1970-01-01 00:00"),
    "future.jpg": (dated("2099:01:01 00:00:10"), "it said 2099-01-01 00:00"),
    "end-of-time.jpg": (dated("9999:12:31 23:59:59"), "it said 9999-12-31 23:59"),
    "year-one.jpg": (dated("0001:01:01 00:00:00"), "The clock behind “year-one.jpg” was wrong"),
}
"""Photos that come in: what they hold, and one of their warnings."""
UNPLACED = ("corrupt-exif.jpg", "gps-text.jpg", "zero.jpg", "lat-91.jpg", "null.jpg")

FINE: tuple[Name, ...] = (
    "UPPER.JPG",
    "with  spaces.jpg",
    "-dash.jpg",
    "\N{GRINNING FACE}.jpg",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.\N{HEBREW LETTER SHIN}.jpg",
    "<b>bold.jpg",
    "two\nlines.jpg",
    b"any\xff\xfe bytes.jpg",
    "loop/in a loop.jpg",
)
"""Names under which a good photo comes in without a word."""
HTML = "<b>Evil</b><img src=x onerror=alert(1)>"


def put(folder: Path, name: Name, content: bytes) -> None:
    (folder / os.fsdecode(name)).write_bytes(content)


@dataclass(frozen=True)
class Walk:
    """One import of everything above, as the command line tells of it."""

    home: Path
    survey: Path
    told: Said
    problems: dict[str, dict[str, Any]]
    photos: dict[str, dict[str, Any]]


def by_file(home: Path, survey: Path, what: str) -> dict[str, dict[str, Any]]:
    """What is listed, the first of each file: one that is odd in two ways has two problems."""
    listed = json.loads(camwalk(home, "list", survey, what, "--json").text)
    return {x["file"]: x for x in reversed(listed)}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    home = tmp_path_factory.mktemp("bad")
    folder, survey = home / "camera card", home / "walk.camwalk"
    (folder / "loop" / "deeper").mkdir(parents=True)
    (folder / "loop" / "deeper" / "up").symlink_to("..")
    (folder / "loop" / "round").symlink_to(".")
    (folder / "loop" / "dead.jpg").symlink_to("nowhere.jpg")
    (folder / "folder.jpg").mkdir()
    os.mkfifo(folder / "pipe.jpg")
    for name, (content, _words) in (REFUSED | NOTED | WARNED).items():
        put(folder, name, content)
    for number, name in enumerate(FINE):
        # Something behind a JPEG's end makes it another file, and is no damage.
        put(folder, name, jpeg() + bytes([number]) * 8)
    put(folder, "html.jpg", jpeg(tiff({made.MAKE: ascii_field(HTML), made.MODEL: ascii_field("<i>1")})))
    put(folder, "bom.gpx", BOM)
    told = camwalk(home, "import", survey, folder)
    return Walk(home, survey, told, *(by_file(home, survey, what) for what in ("problems", "photos")))


def test_the_batch_goes_on_and_says_so(walk: Walk) -> None:
    photos, tracks = len(WARNED) + len(FINE) + 1, len(NOTED) + 1
    walk.told.must(0, f"{photos} photos imported.", f"{tracks} tracks imported.")
    assert len(walk.photos) == photos
    assert walk.problems.keys() == {*map(shown, REFUSED), *map(shown, NOTED), "pipe.jpg", "dead.jpg"}
    for name, problem in walk.problems.items():
        assert problem["reason"] in walk.told.text, f"{name} is told at once, not only in the list"
    assert SECRET.encode() not in walk.survey.read_bytes()
    assert walk.photos["html.jpg"]["device"] == f"{HTML} <i>1", "text, not markup"


@pytest.mark.parametrize("name", [*REFUSED, *NOTED], ids=shown)
def test_a_bad_file_is_told_in_a_sentence_that_names_it(walk: Walk, name: Name) -> None:
    reason = walk.problems[shown(name)]["reason"]
    assert (REFUSED | NOTED)[name][1] in reason
    assert f"“{shown(name)}”" in reason
    assert reason.endswith(".")
    assert "\n" not in reason


@pytest.mark.parametrize("name", WARNED, ids=shown)
def test_a_damaged_photo_comes_in_with_its_warning(walk: Walk, name: Name) -> None:
    photo = walk.photos[shown(name)]
    assert any(WARNED[name][1] in warning for warning in photo["warnings"]), photo["warnings"]
    assert photo["source"] in (("gpx", "none") if name in UNPLACED else ("exif",))
    # Where its own position is worth nothing the track may tell; nothing may place it elsewhere.
    assert photo["lat"] is None or abs(photo["lat"] - 60.17) < 0.001


@pytest.mark.parametrize("name", FINE, ids=shown)
def test_a_good_photo_of_any_name_comes_in(walk: Walk, name: Name) -> None:
    photo = walk.photos[shown(name).rpartition("/")[2]]
    assert (photo["source"], photo["device"]) == ("exif", "Maker Phone 1")
    assert photo["lat"] == pytest.approx(60.1700944)


def test_importing_it_again_changes_nothing(walk: Walk) -> None:
    before = walk.survey.read_bytes()
    camwalk(walk.home, "import", walk.survey, walk.home / "camera card").must(0, "files were here already.")
    assert walk.survey.read_bytes() == before


def test_a_link_to_itself_does_not_stop_the_import(tmp_path: Path) -> None:
    put(tmp_path, "fine.jpg", jpeg())
    (tmp_path / "me.jpg").symlink_to("me.jpg")
    camwalk(tmp_path, "import", tmp_path / "s.camwalk", tmp_path).must(0, "1 photo imported.", "me.jpg")


# -- surveys ----------------------------------------------------------------------------------------


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A sound survey with one camera, which has a name longer than OSM takes."""
    path = tmp_path / "s.camwalk"
    project = Project(path)
    project.do(mark_camera(project.survey, LatLon(60.17, 24.94), {**SURVEILLANCE, "name": "Gate" * 75}))
    project.close()
    return path


def pragma(text: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA {text}")


def rot(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'{"man_made"', b'{\0man_made"'))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda p: p.write_text("Dear diary"), "is not a Camwalk survey"),
        (partial(pragma, "application_id = 0"), "is not a Camwalk survey"),
        (partial(pragma, "user_version = 999"), "was made by a newer Camwalk. Update Camwalk"),
        (lambda p: p.write_bytes(p.read_bytes()[:30_000]), "is damaged"),
        pytest.param(rot, "is damaged"),
    ],
)
def test_a_survey_of_no_use_is_told_and_left_alone(
    tmp_path: Path, survey: Path, harm: Callable[[Path], object], words: str
) -> None:
    harm(survey)
    harmed = survey.read_bytes()
    camwalk(tmp_path, "mark", survey, "--at", "60,24").must(1, "“s.camwalk”", words)
    assert survey.read_bytes() == harmed


def test_a_survey_open_elsewhere_can_only_be_read(tmp_path: Path, survey: Path) -> None:
    holder = Project(survey)
    try:
        camwalk(tmp_path, "mark", survey, "--at", "60,24").must(1, "“s.camwalk” is open in another window")
        camwalk(tmp_path, "list", survey, "cameras").must(0, "name=Gate")
    finally:
        holder.close()


def test_a_full_disk_leaves_survey_and_export_as_they_were(tmp_path: Path, survey: Path) -> None:
    out, sound = tmp_path / "out.geojson", survey.read_bytes()
    out.write_text("yesterday's export")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    camwalk(tmp_path, "export", survey, out, "--survey", before=full).must(1, "“out.geojson” could not be")
    camwalk(tmp_path, "mark", survey, "--at", "60,24", before=full).must(1, "“s.camwalk”")
    assert (out.read_text(), survey.read_bytes()) == ("yesterday's export", sound)
    assert {p.name for p in tmp_path.iterdir()} <= {"s.camwalk", "out.geojson", "cache", "config"}


@pytest.mark.parametrize(
    "name",
    [
        "\N{HEBREW LETTER SHIN} \N{GRINNING FACE} &mode=ro.camwalk",
        pytest.param("walk #1?.camwalk"),
        pytest.param("a%20b.camwalk"),
        pytest.param(b"\xff.camwalk"),
    ],
    ids=shown,
)
def test_a_survey_lies_where_it_was_put(tmp_path: Path, name: Name) -> None:
    path = tmp_path / "in" / os.fsdecode(name)
    path.parent.mkdir()
    camwalk(tmp_path, "mark", path, "--at", "60,24").must(0)
    assert os.listdir(os.fsencode(path.parent)) == [os.fsencode(name)]


# -- maps and nonsense ------------------------------------------------------------------------------


def osm(name: str, doctype: str = "", lat: str = "60.17") -> bytes:
    tags = f'<tag k="man_made" v="surveillance"/><tag k="name" v="{name}"/>'
    inside = f'<node id="1" lat="{lat}" lon="24.94">{tags}</node>'
    return f'<?xml version="1.0"?>{doctype}<osm version="0.6">{inside}</osm>'.encode()


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("cut.osm.pbf", SAMPLE_MAP.read_bytes()[:60_000], 1, ["“cut.osm.pbf” is cut short or damaged"]),
        ("bomb.osm", osm("&a9;", BOMB), 1, ["“bomb.osm”"]),
        ("secret.osm", osm("&secret;", EXTERNAL), 1, ["“secret.osm”"]),
        ("page.json", b"<html>Too many requests</html>", 1, ["“page.json” is not an OpenStreetMap file"]),
        ("bare.osm", osm("Gate"), 0, ["has no streets", "does not tell the versions"]),
        pytest.param("north.osm", osm("Gate", lat="north"), 1, ["“north.osm”"]),
        pytest.param("odd.json", b'{"elements":[5]}', 1, ["“odd.json”"]),
    ],
)
def test_a_bad_map_is_told(tmp_path: Path, name: str, content: bytes, code: int, words: list[str]) -> None:
    put(tmp_path, name, content)
    camwalk(tmp_path, "extract", tmp_path / "s.camwalk", tmp_path / name).must(code, *words)


@pytest.mark.parametrize(
    ("command", "content", "code", "words"),
    [
        (["reference", "bad.csv"], b"a,b\n1,2\n", 1, "No column of “bad.csv” holds latitude"),
        (["sightings", "bad.csv"], b"a,b\n1,2\n", 1, "“bad.csv” is neither COCO JSON"),
        (["mark", "--at", "nan,0"], b"", 2, "is not on Earth"),
        (["export", "out.geojson"], b"", 1, "OpenStreetMap takes 255"),
        pytest.param(["export", "out.osm"], b"", 1, "OpenStreetMap takes 255"),
        pytest.param(["reference", "bad.csv"], b"lat\tlon\r60\t24\r", 0, "1 camera"),
        pytest.param(["mark", "--at", "0,0", "--tag", "name=\udcff"], b"", 2, "--tag"),
        pytest.param(["plan", "out.gpx", "--minutes", "nan"], b"", 2, "--minutes"),
    ],
)
def test_nonsense_is_answered_in_a_sentence(
    tmp_path: Path, survey: Path, command: list[str], content: bytes, code: int, words: str
) -> None:
    put(tmp_path, "bad.csv", content)
    verb, *rest = command
    files = [tmp_path / a if a.startswith(("bad.", "out.")) else a for a in rest]
    camwalk(tmp_path, verb, survey, *files).must(code, words)
