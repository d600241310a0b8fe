import bz2
import gzip
import os
from collections.abc import Callable
from pathlib import Path

import osmium
import pytest

from camwalk.formats.extract_build import build_index
from camwalk.formats.extract_index import ExtractIndex
from camwalk.model import CamwalkError, Cancelled, ignore_progress
from tests.formats.osm_files import write_osm


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A street of many nodes, large enough to be cut in pieces."""
    nodes = [(n, 50 + n * 1e-5 * (1 + n % 7), 8 + n * 1e-4, {}) for n in range(1, 9001)]
    ways = [
        (n, range(n * 10, n * 10 + 11), {"highway": "residential", "name": f"Street {n}"})
        for n in range(1, 890)
    ]
    return write_osm(tmp_path / "town.osm.pbf", nodes=nodes, ways=ways)


def refused(file: Path, tmp_path: Path) -> str:
    """The reason why a file is refused; nothing may be left of it."""
    folder = tmp_path / "indexes"
    with pytest.raises(CamwalkError) as caught:
        build_index(file, folder / "index", ignore_progress)
    assert list(folder.iterdir()) == []
    return str(caught.value)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.osm.pbf").touch()
    assert "“empty.osm.pbf” is empty" in refused(tmp_path / "empty.osm.pbf", tmp_path)


@pytest.mark.parametrize("name", ["notes.osm.pbf", "notes.osm", "notes.txt"])
def test_a_text_is_refused_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("These are notes of a walk.\n" * 50)
    assert "is not an OpenStreetMap file" in refused(tmp_path / name, tmp_path)


def test_a_web_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.osm").write_text("<html><body>Please log in</body></html>")
    assert "is not an OpenStreetMap file" in refused(tmp_path / "page.osm", tmp_path)


def test_json_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"type": "FeatureCollection", "features": []}')
    assert "no answer of Overpass" in refused(tmp_path / "other.json", tmp_path)


def test_json_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text('{"elements": [{"type": "node", "id": 1, "lat": 5')
    assert "cut short" in refused(tmp_path / "cut.json", tmp_path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9, 0.999])
def test_a_pbf_cut_short_is_refused(tmp_path: Path, town: Path, share: float) -> None:
    content = town.read_bytes()
    (tmp_path / "cut.osm.pbf").write_bytes(content[: max(40, int(len(content) * share))])
    assert "cut short or damaged" in refused(tmp_path / "cut.osm.pbf", tmp_path)


def test_xml_cut_short_is_refused_packed_or_not(tmp_path: Path, town: Path) -> None:
    xml = tmp_path / "town.osm"
    with osmium.SimpleWriter(str(xml)) as writer:
        osmium.apply(str(town), writer)
    content = xml.read_bytes()
    cut = {
        "cut.osm": content[: len(content) // 2],
        "cut.osm.gz": gzip.compress(content)[:-5000],
        "cut.osm.bz2": bz2.compress(content)[:-5000],
    }
    for name, part in cut.items():
        (tmp_path / name).write_bytes(part)
        assert "cut short or damaged" in refused(tmp_path / name, tmp_path)


def test_a_damaged_pbf_is_refused(tmp_path: Path, town: Path) -> None:
    content = bytearray(town.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 2000] = os.urandom(2000)
    (tmp_path / "bad.osm.pbf").write_bytes(content)
    assert "cut short or damaged" in refused(tmp_path / "bad.osm.pbf", tmp_path)


def test_an_extract_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    file = write_osm(tmp_path / "nothing.osm.pbf")
    assert "holds nothing for a map" in refused(file, tmp_path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.osm.pbf").mkdir()
    assert "folder.osm.pbf" in refused(tmp_path / "folder.osm.pbf", tmp_path)
    assert "“missing.osm.pbf” cannot be read" in refused(tmp_path / "missing.osm.pbf", tmp_path)


def test_an_extract_without_streets_opens_with_a_warning(tmp_path: Path) -> None:
    file = write_osm(tmp_path / "cameras.osm.pbf", nodes=[(1, 50.0, 8.0, {"man_made": "surveillance"})])
    build_index(file, tmp_path / "index", ignore_progress)
    index = ExtractIndex.open(tmp_path / "index")
    assert "no streets" in str(index.warnings[0])
    assert len(index.cameras()) == 1


def test_what_is_watched_and_is_no_camera_is_told_apart(tmp_path: Path) -> None:
    car_park = {"amenity": "parking", "surveillance": "yes"}
    nodes = [(1, 50.0, 8.0, {"man_made": "surveillance"}), (2, 50.001, 8.0, car_park)]
    nodes.append((3, 50.002, 8.0, {"amenity": "parking", "surveillance": "no"}))
    file = write_osm(tmp_path / "cameras.osm.pbf", nodes=nodes)
    build_index(file, tmp_path / "index", ignore_progress)
    index = ExtractIndex.open(tmp_path / "index")
    assert [camera.osm_id for camera in index.cameras()] == [1]
    assert [place.osm_id for place in index.watched()] == [2]


def _renamed(town: Path, target: Path) -> Path:
    return town.rename(target)


def _gzipped(town: Path, target: Path) -> Path:
    xml = town.with_suffix(".osm")
    with osmium.SimpleWriter(str(xml)) as writer:
        osmium.apply(str(town), writer)
    target.write_bytes(gzip.compress(xml.read_bytes()))
    return target


@pytest.mark.parametrize("make", [_renamed, _gzipped])
@pytest.mark.parametrize(
    "name", [b"town.txt", "ville é 🎥 \u202eabc.osm".encode(), b"undecodable \xff.osm.pbf"]
)
def test_the_content_counts_and_not_the_name(
    tmp_path: Path, town: Path, make: Callable[[Path, Path], Path], name: bytes
) -> None:
    file = make(town, tmp_path / os.fsdecode(name))
    build_index(file, tmp_path / "index", ignore_progress)
    assert ExtractIndex.open(tmp_path / "index").find_streets("street 77")


def test_objects_in_any_order_are_understood(tmp_path: Path) -> None:
    nodes = [(n, 50.0, 8 + n / 1000, {}) for n in (5, 2, 9, 1)]
    ways = [(7, [9, 1], {"highway": "path"}), (3, [5, 2], {"highway": "service"})]
    mixed = write_osm(tmp_path / "mixed.osm.pbf", nodes=nodes, ways=ways)
    build_index(mixed, tmp_path / "index", ignore_progress)
    index = ExtractIndex.open(tmp_path / "index")
    assert {f.osm_id: f.array[:, 0].tolist() for f in index.features(index.bounds, 20)} == {
        7: [80090000, 80010000],
        3: [80050000, 80020000],
    }


@pytest.mark.parametrize("format", ["osm.pbf", "osm"])
def test_cancelling_at_any_moment_leaves_nothing(tmp_path: Path, town: Path, format: str) -> None:
    file = town
    if format == "osm":
        file = town.with_suffix(".osm")
        with osmium.SimpleWriter(str(file)) as writer:
            osmium.apply(str(town), writer)
    folder = tmp_path / "indexes"
    calls = 0

    def count(done: int, total: int) -> None:
        nonlocal calls
        calls += 1

    build_index(file, folder / "index", count)
    (folder / "index").unlink()
    assert calls > 5
    for stop in sorted({1, 2, 3, calls // 3, calls // 2, calls * 2 // 3, calls - 1, calls}):
        left = stop

        def report(done: int, total: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            build_index(file, folder / "index", report)
        assert list(folder.iterdir()) == []


def test_progress_only_grows_and_ends_complete(tmp_path: Path, town: Path) -> None:
    seen: list[tuple[int, int]] = []
    build_index(town, tmp_path / "index", lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]
