"""The index of an OSM extract: a read-only cache file that any thread may ask."""

import sqlite3
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson

from camwalk.formats.extract_classes import BRIDGE, COVERED, INDOOR, LINK, TUNNEL, is_camera
from camwalk.formats.extract_shapes import UNITS, Points
from camwalk.formats.extract_streets import folded
from camwalk.model import Box, CamwalkError, LatLon, Message, Tags, message

__all__ = [
    "BRIDGE", "COVERED", "INDOOR", "LINK", "TUNNEL", "ExtractIndex", "Feature", "Label", "OsmCamera",
    "OsmWay",
]  # fmt: skip

_INSIDE = "t.west <= ? AND t.east >= ? AND t.south <= ? AND t.north >= ? AND t.zoom <= ?"


class Feature(NamedTuple):
    """A line or an area of the map. `starts` and `points` are little-endian int32 as stored.

    Outer rings of areas run counterclockwise, holes clockwise, all closed.
    """

    id: int
    kind: str
    name: str
    layer: int
    flags: int
    osm_type: str
    osm_id: int
    starts: bytes | None  # of the rings, None where there is one
    points: bytes

    @property
    def array(self) -> Points:
        """Shape (n, 2): lon, lat in 1e-7 degrees."""
        return np.frombuffer(self.points, np.int32).reshape(-1, 2)

    @property
    def rings(self) -> list[Points]:
        """The line, or the rings of the area."""
        if self.starts is None:
            return [self.array]
        return np.split(self.array, np.frombuffer(self.starts, np.int32)[1:])


class Label(NamedTuple):
    """A name on the map, along a line or at a point that has `room` from west to east."""

    id: int
    kind: str
    name: str
    room: int  # 1e-7 degrees; 0 where nothing bounds it
    points: bytes

    @property
    def array(self) -> Points:
        """Shape (n, 2): lon, lat in 1e-7 degrees."""
        return np.frombuffer(self.points, np.int32).reshape(-1, 2)


class OsmCamera(NamedTuple):
    """A camera that OpenStreetMap has; ways and relations stand at their centre."""

    osm_type: str
    osm_id: int
    version: int | None
    lat: float
    lon: float
    tags: Tags


class OsmWay(NamedTuple):
    """A street or path with all its nodes, for routing."""

    osm_id: int
    kind: str
    name: str
    tags: Tags
    nodes: tuple[int, ...]
    points: Points


class ExtractIndex:
    """An open index. Every method may be called from any thread."""

    def __init__(self, index_file: Path) -> None:
        self._file = index_file
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        with self._database() as database:
            facts: dict[str, str] = dict(database.execute("SELECT key, value FROM fact"))
        self.bounds = Box(*orjson.loads(facts["bounds"]))
        self.has_versions = facts["has_versions"] == "1"
        self.data_date = datetime.fromisoformat(facts["data_date"]) if facts["data_date"] else None
        self.warnings = tuple(
            Message(
                warning["text"], tuple((key, value) for key, value in warning["params"]), warning["plural"]
            )
            for warning in orjson.loads(facts["warnings"])
        )

    @classmethod
    def open(cls, index_file: Path) -> "ExtractIndex":
        """Open an index that `build_index` made; CamwalkError where it was damaged since."""
        try:
            return cls(index_file)
        except (sqlite3.Error, KeyError, ValueError) as error:
            raise CamwalkError(
                message(
                    "The prepared map “{file}” cannot be read. Attach the extract again.",
                    file=index_file.name,
                )
            ) from error

    def close(self) -> None:
        """Let go of the file; asking again opens it again."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def features(self, box: Box, zoom: int) -> list[Feature]:
        """What a picture of `box` shows at `zoom` (of 512 px tiles), in a stable order."""
        rows = self._ask(
            "SELECT f.* FROM feature_tree t JOIN feature f ON f.id = t.id WHERE " + _INSIDE,
            _corners(box, zoom),
        )
        return sorted(map(Feature._make, rows))

    def labels(self, box: Box, zoom: int) -> list[Label]:
        """The names that a picture of `box` may show at `zoom`, in a stable order."""
        rows = self._ask(
            "SELECT l.* FROM label_tree t JOIN label l ON l.id = t.id WHERE " + _INSIDE, _corners(box, zoom)
        )
        return sorted(map(Label._make, rows))

    def cameras(self) -> list[OsmCamera]:
        """Every camera of the extract."""
        return [one for one in self._surveillance() if is_camera(one.tags)]

    def watched(self) -> list[OsmCamera]:
        """What the extract says is under surveillance and is no camera itself, such as a car park."""
        return [one for one in self._surveillance() if not is_camera(one.tags)]

    def _surveillance(self) -> list[OsmCamera]:
        rows = self._ask("SELECT * FROM camera ORDER BY osm_type, osm_id")
        return [OsmCamera._make((*row[:5], orjson.loads(row[5]))) for row in rows]

    def ways(self) -> Iterator[OsmWay]:
        """Every street and path; one that leaves the extract and comes back gives several."""
        with self._database() as database:
            for id, kind, name, tags, nodes, points in database.execute("SELECT * FROM way"):
                refs = tuple(np.frombuffer(nodes, np.int64).tolist())
                array = np.frombuffer(points, np.int32).reshape(-1, 2)
                yield OsmWay(id, kind, name, orjson.loads(tags), refs, array)

    def find_streets(self, text: str, limit: int = 20) -> list[tuple[str, LatLon]]:
        """Streets and squares with a word starting with each word of `text`, the closest first."""
        words = folded(text).split()
        if not words:
            return []
        every = " AND ".join("instr(folded, ?)" for _ in words)
        whole = " " + " ".join(words)
        rows = self._ask(
            f"SELECT name, lat, lon FROM street WHERE {every}"
            " ORDER BY folded != ?, instr(folded, ?) != 1, length(folded), folded, lat, lon LIMIT ?",
            [*(f" {word}" for word in words), whole, whole, limit],
        )
        return [(name, LatLon(lat, lon)) for name, lat, lon in rows]

    def _ask(self, question: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        with self._database() as database:
            return database.execute(question, values).fetchall()

    @contextmanager
    def _database(self) -> Generator[sqlite3.Connection]:
        """A connection that nobody else uses meanwhile. Pooled threads do not live to own one."""
        with self._lock:
            database = self._idle.pop() if self._idle else None
        if database is None:
            uri = self._file.absolute().as_uri() + "?mode=ro&immutable=1"
            database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            yield database
        finally:
            with self._lock:
                self._idle.append(database)


def _corners(box: Box, zoom: int) -> tuple[int, int, int, int, int]:
    west, east, south, north = (round(d * UNITS) for d in (box.east, box.west, box.north, box.south))
    return west, east, south, north, zoom
