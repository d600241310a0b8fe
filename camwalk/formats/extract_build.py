"""From an OSM file to the index of an extract."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import numpy as np
import orjson

from camwalk.formats.extract_classes import PLACES, ROADS
from camwalk.formats.extract_coast import sea
from camwalk.formats.extract_read import Reader
from camwalk.formats.extract_shapes import UNITS, Points, Shape
from camwalk.formats.extract_source import Source, Unsorted, open_source, sorted_source
from camwalk.formats.extract_stage import FeatureFacts, Stage, write_index
from camwalk.formats.extract_streets import Piece, folded, joined, places
from camwalk.model import CamwalkError, Message, Report, counted, message, share_of

_SEARCHED = (*ROADS, *PLACES)


def build_index(osm_file: Path, index_file: Path, report: Report) -> None:
    """Read `osm_file` and write its index; on failure or `Cancelled` nothing is left behind."""
    folder = index_file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="building-", dir=folder, ignore_cleanup_errors=True) as name:
            workspace, finished = Path(name), Path(name) / "index"
            source = open_source(osm_file, workspace)
            if not _built(source, finished, report):
                (workspace / "stage").unlink()
                _build(sorted_source(source), finished, report)
            finished.replace(index_file)
    except (OSError, sqlite3.Error) as error:
        raise CamwalkError(
            message(
                "The map of “{file}” could not be prepared in {folder}: {reason}. Make room there, then try"
                " again.",
                file=osm_file.name,
                folder=str(folder),
                reason=str(error),
            )
        ) from error


def _built(source: Source, finished: Path, report: Report) -> bool:
    """False where the file must be sorted first."""
    try:
        _build(source, finished, report)
    except Unsorted:
        return False
    return True


def _build(source: Source, finished: Path, report: Report) -> None:
    with closing(Stage(source.workspace / "stage")) as stage:
        reader = Reader(source, stage)
        reader.read(share_of(report, 0, 100), share_of(report, 100, 650))
        box = _bounds(reader, stage, source.shown)
        if water := sea(reader.coast, box):
            stage.add_feature(water, FeatureFacts(0, "sea", "", 0, 0, "way", 0))
        _add_lines(stage, share_of(report, 650, 750))
        _add_places(stage)
        write_index(stage, finished, _facts(reader, stage, box), share_of(report, 750, 1000))


def _bounds(reader: Reader, stage: Stage, name: str) -> tuple[int, int, int, int]:
    """West, south, east, north: as the file says, else around its streets, else around all."""
    box = reader.reading.header.box()
    if box.valid() and box.size() > 0:
        low, high = box.bottom_left, box.top_right
        return low.x, low.y, high.x, high.y
    extent = "min(west), min(south), max(east), max(north)"
    roads = ", ".join(f"'{kind}'" for kind in ROADS)
    cameras = "min(lon) * 1e7, min(lat) * 1e7, max(lon) * 1e7, max(lat) * 1e7"
    for question in (
        f"SELECT {extent} FROM feature WHERE kind IN ({roads})",
        f"SELECT {extent} FROM feature",
        f"SELECT {cameras} FROM camera",
        f"SELECT {extent} FROM label",
    ):
        row = stage.database.execute(question).fetchone()
        if row[0] is not None:
            west, south, east, north = (int(value) for value in row)
            return west, south, east, north
    raise CamwalkError(
        message("“{file}” holds nothing for a map: no streets, no buildings and no cameras.", file=name)
    )


def _add_lines(stage: Stage, report: Report) -> None:
    """Join the pieces of each named line, so that its label follows the whole of it."""
    total, done = stage.count("line"), 0
    ordered = "SELECT name, kind, zoom, first, last, points FROM line ORDER BY name, rowid"
    for name, rows in groupby(stage.database.execute(ordered), lambda row: row[0]):
        pieces = [Piece(kind, zoom, first, last, _points(blob)) for _, kind, zoom, first, last, blob in rows]
        for line in joined(pieces):
            stage.add_label(Shape(line.points), line.zoom, line.kind, name, 0)
        done += len(pieces)
        report(done, total)
    stage.flush()


def _add_places(stage: Stage) -> None:
    """Make the streets, squares and places found by their names, each once where it is."""
    kinds = ", ".join(f"'{kind}'" for kind in _SEARCHED)
    ordered = f"SELECT name, points FROM label WHERE kind IN ({kinds}) ORDER BY name, rowid"
    for name, rows in groupby(stage.database.execute(ordered), lambda row: row[0]):
        for place in places(_points(row[1]) for row in rows):
            stage.add("street", name, folded(name), place.lat, place.lon)
    stage.flush()


def _points(blob: bytes) -> Points:
    return np.frombuffer(blob, np.int32).reshape(-1, 2)


def _facts(reader: Reader, stage: Stage, box: tuple[int, int, int, int]) -> list[tuple[str, str]]:
    west, south, east, north = (value / UNITS for value in box)
    warnings = [
        {"text": warning.text, "params": warning.params, "plural": warning.plural}
        for warning in _warnings(reader, stage)
    ]
    return [
        ("bounds", orjson.dumps((south, west, north, east)).decode()),
        ("warnings", orjson.dumps(warnings).decode()),
        ("has_versions", str(int(reader.has_versions))),
        ("data_date", _date(reader)),
    ]


def _warnings(reader: Reader, stage: Stage) -> Iterator[Message]:
    if not stage.count("way"):
        yield message("The extract has no streets: nothing to walk along, nothing to name places by.")
    if not reader.has_versions:
        yield message(
            "The extract does not tell the versions of its objects, so changes to cameras that"
            " OpenStreetMap already has cannot be prepared from it."
        )
    if reader.unplaced:
        yield counted(
            "{n} camera of the extract has no position and was left out.",
            "{n} cameras of the extract have no position and were left out.",
            reader.unplaced,
        )


def _date(reader: Reader) -> str:
    """When the data was taken from OpenStreetMap: as the file says, else its newest change."""
    header = reader.reading.header
    for key in ("osmosis_replication_timestamp", "timestamp"):
        if date := header.get(key, ""):
            return date
    return reader.newest.isoformat() if reader.newest > datetime.min.replace(tzinfo=UTC) else ""
