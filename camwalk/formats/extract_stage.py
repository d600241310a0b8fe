"""The tables of an extract's index, and the unordered ones that it is built from.

A finished index keeps its features in rows of nearby cells, so that one look reads few pages, and an
R*Tree whose third dimension is the least zoom, so that one question gets what a picture needs.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from camwalk.formats.extract_shapes import Shape
from camwalk.model import Report

FORMAT = 3
"""Rises with every change of what an index holds; older index files are then built anew."""

_STAGE = """
CREATE TABLE feature (west INT, south INT, east INT, north INT, zoom INT, kind TEXT, name TEXT, layer INT,
    flags INT, osm_type TEXT, osm_id INT, starts BLOB, points BLOB);
CREATE TABLE label (west INT, south INT, east INT, north INT, zoom INT, kind TEXT, name TEXT, room INT,
    points BLOB);
CREATE TABLE line (name TEXT, kind TEXT, zoom INT, first INT, last INT, points BLOB);
CREATE TABLE way (id INT, kind TEXT, name TEXT, tags TEXT, nodes BLOB, points BLOB);
CREATE TABLE camera (osm_type TEXT, osm_id INT, version INT, lat REAL, lon REAL, tags TEXT);
CREATE TABLE street (name TEXT, folded TEXT, lat REAL, lon REAL);
"""

_INDEX = """
CREATE TABLE feature (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, layer INT, flags INT, osm_type TEXT,
    osm_id INT, starts BLOB, points BLOB);
CREATE VIRTUAL TABLE feature_tree USING rtree_i32 (id, west, east, south, north, zoom, last_zoom);
CREATE TABLE label (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, room INT, points BLOB);
CREATE VIRTUAL TABLE label_tree USING rtree_i32 (id, west, east, south, north, zoom, last_zoom);
CREATE TABLE way (id INTEGER, kind TEXT, name TEXT, tags TEXT, nodes BLOB, points BLOB);
CREATE TABLE camera (osm_type TEXT, osm_id INT, version INT, lat REAL, lon REAL, tags TEXT);
CREATE TABLE street (name TEXT, folded TEXT, lat REAL, lon REAL);
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT);
"""

_BATCH = 2000
_CELL = 100_000  # a hundredth of a degree
Row = tuple[object, ...]


class FeatureFacts(NamedTuple):
    """What a feature is, beside its shape."""

    zoom: int
    kind: str
    name: str
    layer: int
    flags: int
    osm_type: str
    osm_id: int


class Stage:
    """The tables in the order of reading; rows are written in batches."""

    def __init__(self, file: Path) -> None:
        self.database = _new_database(file, _STAGE)
        self._waiting: defaultdict[str, list[Row]] = defaultdict(list)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def add(self, table: str, *row: object) -> None:
        """Put one row into `table`."""
        rows = self._waiting[table]
        rows.append(row)
        if len(rows) >= _BATCH:
            self._write(table)

    def add_feature(self, shape: Shape, facts: FeatureFacts) -> None:
        """Put a line or an area into the table of features."""
        starts = np.array(shape.starts, np.int32).tobytes() if len(shape.starts) > 1 else None
        self.add("feature", *shape.box, *facts, starts, shape.points.tobytes())

    def add_label(self, shape: Shape, zoom: int, kind: str, name: str, room: int) -> None:
        """Put a name into the table of labels; `room` is the width of an area in 1e-7 degrees."""
        self.add("label", *shape.box, zoom, kind, name, room, shape.points.tobytes())

    def flush(self) -> None:
        """Write the rows that wait."""
        for table in list(self._waiting):
            self._write(table)

    def count(self, table: str) -> int:
        """The rows in a table, once flushed."""
        return self.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def _write(self, table: str) -> None:
        if rows := self._waiting.pop(table, []):
            _insert(self.database, table, rows)


def write_index(stage: Stage, file: Path, facts: Sequence[tuple[str, str]], report: Report) -> None:
    """Put what was staged into its final order in a new file."""
    index = _new_database(file, _INDEX)
    try:
        index.executemany("INSERT INTO fact VALUES (?, ?)", facts)
        total = sum(stage.count(table) for table in ("feature", "label", "way"))
        done = _write_shapes(stage, index, "feature", report, 0, total)
        done = _write_shapes(stage, index, "label", report, done, total)
        for table in ("way", "camera", "street"):
            for rows in _batches(stage.database.execute(f"SELECT * FROM {table}")):
                _insert(index, table, rows)
                done += len(rows) if table == "way" else 0
                report(done, total)
        index.execute("CREATE INDEX way_by_id ON way (id)")
        index.commit()
    finally:
        index.close()


def _write_shapes(
    stage: Stage, index: sqlite3.Connection, table: str, report: Report, done: int, total: int
) -> int:
    # neighbours get neighbouring ids
    ordered = f"SELECT * FROM {table} ORDER BY south / {_CELL}, west / {_CELL}, zoom"
    row_id = 0
    for rows in _batches(stage.database.execute(ordered)):
        ids = range(row_id, row_id + len(rows))
        _insert(index, table, [(id, *row[5:]) for id, row in zip(ids, rows, strict=True)])
        _insert(index, table + "_tree", [_tree_row(id, row) for id, row in zip(ids, rows, strict=True)])
        row_id += len(rows)
        report(done + row_id, total)
    return done + row_id


def _tree_row(id: int, row: Row) -> Row:
    west, south, east, north, zoom = row[:5]
    return (id, west, east, south, north, zoom, zoom)


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[Row]]:
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    database.commit()


def _new_database(file: Path, schema: str) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(schema)
    return database
