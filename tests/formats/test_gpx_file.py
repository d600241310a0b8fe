"""Reading GPX files, good ones and those of dying loggers and bad people."""

from datetime import UTC, datetime
from pathlib import Path

import gpxpy
import gpxpy.gpx
import numpy as np
import pytest
from numpy.typing import NDArray

from camwalk.formats.gpx_file import GpxFile, GpxTrack, read_gpx
from camwalk.model import CamwalkError, Track
from tests.formats.make_photos import written

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">\n'
)


def point(second: int, lat: float | str = 60.0, lon: float | str = 24.0) -> str:
    return (
        f'<trkpt lat="{lat}" lon="{lon}"><ele>12.5</ele><time>2026-06-14T08:00:{second:02}Z</time></trkpt>\n'
    )


def track(*segments: str, name: str = "walk") -> str:
    inside = "".join(f"<trkseg>{points}</trkseg>" for points in segments)
    return f"{HEAD}<trk><name>{name}</name>{inside}</trk></gpx>"


def read(folder: Path, text: str | bytes, name: str = "walk.gpx") -> GpxFile:
    return read_gpx(written(folder, text if isinstance(text, bytes) else text.encode(), name))


def array(gpx_track: GpxTrack) -> NDArray[np.float64]:
    return np.frombuffer(gpx_track.points, "<f8").reshape(-1, 4)


def warned(gpx: GpxFile, words: str) -> bool:
    assert all("“walk.gpx”" in str(warning) for warning in gpx.warnings)
    return any(words in str(warning) for warning in gpx.warnings)


def test_points_come_in_the_layout_of_the_track_record(tmp_path: Path) -> None:
    gpx = read(tmp_path, track(point(0) + point(1), "", point(5, -33.5, -70.25)))
    (found,) = gpx.tracks
    assert (found.name, found.starts, gpx.warnings) == ("walk", (0, 2), ())
    noon = datetime(2026, 6, 14, 8, tzinfo=UTC).timestamp()
    assert array(found).tolist() == [
        [noon, 60, 24, 12.5],
        [noon + 1, 60, 24, 12.5],
        [noon + 5, -33.5, -70.25, 12.5],
    ]
    record = Track(id="", walk="", path="", fingerprint="", name="", points=found.points, starts=found.starts)
    assert [len(segment) for segment in record.segments] == [2, 1]


@pytest.mark.parametrize(
    ("written_time", "seconds"),
    [
        ("2026-06-14T08:00:00Z", 0),
        ("2026-06-14T08:00:00.25Z", 0.25),
        ("2026-06-14T08:00:00.123456789Z", 0.123456),
        ("2026-06-14T10:00:00+02:00", 0),
        ("2026-06-14T13:45:00+0545", 0),
        ("2026-06-14T04:00:00-04:00", 0),
        ("2026-06-14T08:00:00", 0),
        ("2026-06-14 08:00:00", 0),
        ("  2026-06-14T08:00:00Z\n", 0),
        ("2026-6-14T8:0:0z", 0),
        ("2026-06-14T07:59:60Z", 0),
        ("20260614T080000Z", 0),
    ],
)
def test_every_spelling_of_a_time_is_read(tmp_path: Path, written_time: str, seconds: float) -> None:
    gpx = read(tmp_path, track(point(0).replace("2026-06-14T08:00:00Z", written_time) + point(9)))
    noon = datetime(2026, 6, 14, 8, tzinfo=UTC).timestamp()
    assert array(gpx.tracks[0])[0, 0] - noon == pytest.approx(seconds, abs=1e-6)
    assert gpx.warnings == ()


@pytest.mark.parametrize("missing", ["soon", "2026-06-14", "2026-13-40T00:00:00Z", ""])
def test_what_is_no_time_is_missing(tmp_path: Path, missing: str) -> None:
    gpx = read(tmp_path, track(point(0).replace("2026-06-14T08:00:00Z", missing) + point(9)))
    assert np.isnan(array(gpx.tracks[0])[0, 0])
    assert warned(gpx, "1 of the 2 points of “walk.gpx” has no time")


def test_any_prefix_and_either_version_will_do(tmp_path: Path) -> None:
    plain = track(point(0) + point(1))
    prefixed = plain.replace("<trk", "<g:trk").replace("</trk", "</g:trk").replace("<gpx", "<g:gpx")
    for tag in ("time", "ele", "name", "/gpx", "/time", "/ele", "/name"):
        new = tag.replace("/", "/g:") if "/" in tag else f"g:{tag}"
        prefixed = prefixed.replace(f"<{tag}>", f"<{new}>")
    old = plain.replace("1.1", "1.0").replace("GPX/1/1", "GPX/1/0")
    expected = read(tmp_path, plain).tracks
    assert read(tmp_path, prefixed.replace("xmlns=", "xmlns:g=")).tracks == expected
    assert read(tmp_path, old).tracks == expected


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
        ("utf-8", "UTF-16"), ("iso-8859-1", "ISO-8859-1"), ("iso-8859-1", "UTF-8"),
        ("cp1252", "windows-1252"),
    ],
)  # fmt: skip
def test_encodings_are_understood_even_when_declared_wrongly(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    text = track(point(0) + point(1), name="Weg über die Brücke").replace("UTF-8", declared)
    assert read(tmp_path, text.encode(encoding)).tracks[0].name == "Weg über die Brücke"


def test_blank_lines_before_the_declaration_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\n\r\n " + track(point(0) + point(1))).warnings == ()


def test_routes_are_tracks_without_times(tmp_path: Path) -> None:
    first = '<rtept lat="1" lon="2"><name>a</name><time>2026-06-14T08:00:00Z</time></rtept>'
    route = f'<rte><name>plan</name>{first}<rtept lat="3" lon="4"/></rte>'
    gpx = read(tmp_path, f"{HEAD}{route}</gpx>")
    assert (gpx.tracks[0].name, gpx.tracks[0].starts) == ("plan", (0,))
    assert array(gpx.tracks[0])[:, 1:3].tolist() == [[1, 2], [3, 4]]
    assert np.isnan(array(gpx.tracks[0])[:, [0, 3]]).all()
    assert warned(gpx, "is a planned route")


def test_waypoints_keep_their_notes_and_links(tmp_path: Path) -> None:
    text = (
        HEAD
        + '<wpt lat="60.1" lon="24.9"><time>2026-06-14T08:00:00Z</time><name><![CDATA[Dome & co]]></name>'
        "<desc>on a pole</desc><cmt>compass: 45</cmt>"
        '<link href="2026-06-14_10+00%C3%A9.jpg"><text>2026-06-14_10 00é.jpg</text></link>'
        '<link href="b%20c+d.3gp"/><link link="old osmand.jpg"/><link href="https://example.org/a%20b"/></wpt>'
        '<wpt lat="60.2" lon="24.8"><name>0Ispw5cz--.1.3gp</name><desc>same</desc><cmt>same</cmt></wpt>'
        '<wpt lat="60.3" lon="24.7"><cmt>only a comment</cmt><url>photo.jpg</url></wpt>'
        '<wpt lat="60.4" lon="24.6"><time>1901-12-13T20:45:52Z</time></wpt></gpx>'
    )
    first, second, third, last = read(tmp_path, text).waypoints
    assert (first.name, first.note) == ("Dome & co", "on a pole\ncompass: 45")
    assert (first.lat, first.lon, first.utc) == (60.1, 24.9, datetime(2026, 6, 14, 8, tzinfo=UTC))
    assert first.links == (
        "2026-06-14_10 00é.jpg", "b c+d.3gp", "old osmand.jpg", "https://example.org/a%20b",
    )  # fmt: skip
    assert (second.note, second.links, second.utc) == ("same", ("0Ispw5cz--.1.3gp",), None)
    assert (third.note, third.links) == ("only a comment", ("photo.jpg",))
    assert (last.utc, last.name) == (None, "")


def test_what_extensions_and_metadata_say_is_not_taken_for_the_track(tmp_path: Path) -> None:
    foreign = "<extensions><time>1999-01-01T00:00:00Z</time><x:name>no</x:name></extensions></trkpt>"
    text = track(point(0).replace("</trkpt>", foreign) + point(1))
    text = text.replace(
        "<trk>", "<metadata><name>no</name><time>x</time></metadata><x:trk><trkpt/></x:trk><trk>"
    )
    gpx = read(tmp_path, text)
    assert [(t.name, len(array(t))) for t in gpx.tracks] == [("walk", 2)]
    assert gpx.warnings == ()


def test_points_that_cannot_be_are_left_out_and_counted(tmp_path: Path) -> None:
    wrong = point(1, 91) + point(2, 60, 181) + point(3, "nan") + point(4, "north") + point(5, 0, 0)
    gpx = read(tmp_path, track(wrong + point(6), point(7) + '<trkpt lat="1"/>', wrong))
    assert array(gpx.tracks[0])[:, 1].tolist() == [60, 60]
    assert gpx.tracks[0].starts == (0, 1)
    assert warned(gpx, "11 points of “walk.gpx” have no possible position")


def test_decimal_commas_are_read(tmp_path: Path) -> None:
    gpx = read(tmp_path, track(point(0, "60,25", "24,5") + point(1)))
    assert array(gpx.tracks[0])[0, 1:3].tolist() == [60.25, 24.5]


def test_times_that_are_missing_old_equal_or_backwards_are_told(tmp_path: Path) -> None:
    def odd(*times: str) -> GpxFile:
        points = [point(0).replace("2026-06-14T08:00:00Z", time) for time in times]
        return read(tmp_path, track("".join(points)))

    assert warned(odd("", ""), "has no times")
    assert warned(odd("1901-12-13T20:45:52Z", "2026-06-14T08:00:00Z"), "before 1990")
    assert warned(odd("1901-12-13T20:45:52Z", "1901-12-13T20:45:53Z"), "has no times")
    assert warned(odd("9999-12-31T23:59:59-14:00", "2026-06-14T08:00:00Z"), "after 2100")
    assert warned(odd("2026-06-14T08:00:00Z", "2026-06-14T08:00:00Z"), "the same time")
    backwards = odd("2026-06-14T08:00:09Z", "2026-06-14T08:00:05Z", "2026-06-14T08:00:10Z")
    assert warned(backwards, "goes backwards at 1 point")
    assert np.diff(array(backwards.tracks[0])[:, 0]).tolist() == [-4, 5]


def test_a_file_cut_short_keeps_what_it_has(tmp_path: Path) -> None:
    whole = track("".join(point(second) for second in range(50)))
    gpx = read(tmp_path, whole[: whole.index("08:00:40")])
    assert len(array(gpx.tracks[0])) == 40
    assert warned(gpx, "damaged or cut short in line")


def test_damage_in_the_middle_keeps_what_comes_before(tmp_path: Path) -> None:
    gpx = read(tmp_path, track(point(0) + point(1) + "<trkpt lat=60></trkpt>" + point(2)))
    assert len(array(gpx.tracks[0])) == 2
    assert warned(gpx, "in line 5")


BOMB = '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE gpx [<!ENTITY a SYSTEM "{}">]>'
PARAMETER = '<!DOCTYPE gpx [<!ENTITY % a SYSTEM "{}"> %a;]>'


@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE, PARAMETER])
def test_entities_are_refused_and_never_resolved(tmp_path: Path, declaration: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    evil = track(point(0), name="&a;").replace("<gpx", declaration.replace("{}", secret.as_uri()) + "<gpx", 1)
    with pytest.raises(CamwalkError, match="walk.gpx” defines XML entities"):  # noqa: RUF043
        read(tmp_path, evil)


def test_a_document_type_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    text = track(point(0), name="x").replace(
        "<gpx", '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/gpx.dtd"><gpx', 1
    )
    assert read(tmp_path, text).tracks[0].name == "x"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"lat,lon\n60,24\n", "is not a GPX file"),
        (bytes(1000), "is not a GPX file"),
        (b"<kml><Placemark/></kml>", "is not a GPX file: it starts with <kml>"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "it starts with <html>"),
        ((HEAD + "</gpx>").encode(), "no track and no waypoint"),
        ((HEAD + "<trk><trkseg></trkseg></trk></gpx>").encode(), "no track and no waypoint"),
        ((HEAD + "<trk><trkseg><trkpt lat=").encode(), "is damaged in line 3"),
        (track(point(0, 99)).encode(), "no track and no waypoint"),
    ],
)
def test_what_is_of_no_use_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(CamwalkError, match=words):
        read(tmp_path, content)


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CamwalkError, match="cannot be read: there is no such file"):
        read_gpx(str(tmp_path / "gone.gpx"))
    with pytest.raises(CamwalkError, match="is a folder"):
        read_gpx(str(tmp_path))


def test_the_same_content_has_the_same_fingerprint(tmp_path: Path) -> None:
    one, other = read(tmp_path, track(point(0))), read(tmp_path, track(point(0)), "copy.gpx")
    assert one.fingerprint == other.fingerprint
    assert read(tmp_path, track(point(1))).fingerprint != one.fingerprint


def test_real_files_say_the_same_as_gpxpy(shared: Path) -> None:
    files = sorted((shared / "data/gpx").glob("*.gpx")) + sorted((shared / "data/pairs").rglob("*.gpx"))
    assert len(files) >= 20
    for file in files:
        ours, theirs = read_gpx(str(file)), gpxpy.parse(file.read_bytes())
        lines = [*theirs.routes, *theirs.tracks]
        points = [list(line.points) if line in theirs.routes else _points(line) for line in lines]
        expected = sorted([(p.latitude, p.longitude) for p in line] for line in points if line)
        assert sorted([(lat, lon) for _, lat, lon, _ in array(t).tolist()] for t in ours.tracks) == expected
        for found, waypoint in zip(ours.waypoints, theirs.waypoints, strict=True):
            assert (found.lat, found.lon) == (waypoint.latitude, waypoint.longitude)
            assert found.name == (waypoint.name or "")
        times = [
            p.time.timestamp()
            for line in theirs.tracks
            for p in _points(line)
            if p.time and p.time.year > 1990
        ]
        known = np.concatenate([array(t)[:, 0] for t in ours.tracks]) if ours.tracks else np.empty(0)
        assert sorted(known[~np.isnan(known)].tolist()) == pytest.approx(sorted(times))


def _points(line: gpxpy.gpx.GPXTrack) -> list[gpxpy.gpx.GPXTrackPoint]:
    return [p for segment in line.segments for p in segment.points]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gpx/Mojstrovka.gpx", "184 times in “Mojstrovka.gpx” are before 1990"),
        ("gpx/andorra_for_map_matching.gpx", "has no times"),
        ("gpx/korita-zbevnica.gpx", "358 of the 871 points"),
        ("gpx/route.gpx", "is a planned route"),
        ("pairs/gpx+osm-issue13/issue-13.gpx", "have the same time"),
    ],
)
def test_what_is_odd_about_real_files_is_told(shared: Path, name: str, words: str) -> None:
    assert any(words in str(warning) for warning in read_gpx(str(shared / "data" / name)).warnings)
