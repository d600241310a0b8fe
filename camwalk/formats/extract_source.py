"""The objects of an OSM file one after the other, with positions and assembled areas.

The file is told by its first bytes, not by its name. PBF is read a few blobs at a time, so that
progress counts real bytes, cancelling works and nothing but the node positions grows with the file.
"""

import bz2
import mmap
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import osmium
from osmium import area, filter, index, io, osm
from osmium.osm.types import OSMEntity

from camwalk.formats.extract_classes import AREA_KEYS, LINE_KEYS, NODE_KEYS
from camwalk.formats.extract_json import sorted_pbf
from camwalk.formats.extract_pbf import chunks, damaged
from camwalk.formats.partial_file import refuse_odd_files, unreadable
from camwalk.model import CamwalkError, Report, ignore_progress, message

Format = Literal["pbf", "osm", "osm.gz", "osm.bz2", "json"]

_HEAD = 1 << 20
_EVERY = 2000  # objects between two looks at whether the user cancelled
_LARGE = 64 << 20  # beyond this the node positions go into a file


class Unsorted(Exception):
    """The objects are not in the order that assembling them needs."""


@dataclass(frozen=True, slots=True)
class Source:
    """A readable OSM file and a folder for what reading it needs on disk."""

    file: Path
    format: Format
    workspace: Path
    shown: str  # the name that messages use


def open_source(osm_file: Path, workspace: Path) -> Source:
    """Find out what `osm_file` is; Overpass JSON is rewritten as PBF in `workspace`."""
    try:
        refuse_odd_files(osm_file, osm_file.name)
        kind = _sniff(osm_file)
        if kind != "json":
            return Source(osm_file, kind, workspace, osm_file.name)
        rewritten = workspace / "rewritten.osm.pbf"
        sorted_pbf(osm_file, rewritten)
    except OSError as error:
        raise unreadable(osm_file.name, error) from error
    return Source(rewritten, "pbf", workspace, osm_file.name)


def _sniff(file: Path) -> Format:
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if b"OSMHeader" in head[:64]:
        return "pbf"
    for suffix, start in (("osm.gz", _unzipped(head)), ("osm.bz2", _unbzipped(head)), ("osm", head)):
        if re.search(rb"<osm[\s>]", start[:4096]):
            return cast("Format", suffix)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return "json"
    raise CamwalkError(
        message(
            "“{file}” is not an OpenStreetMap file. Camwalk reads .osm.pbf, .osm (also .gz and .bz2)"
            " and Overpass JSON.",
            file=file.name,
        )
    )


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 4096)
    except zlib.error:
        return b""


def _unbzipped(head: bytes) -> bytes:
    try:
        return bz2.BZ2Decompressor().decompress(head, 4096)
    except OSError:
        return b""


def sorted_source(source: Source) -> Source:
    """The same objects in order, as a PBF in the workspace."""
    target = source.workspace / "sorted.osm.pbf"
    with _mapped(source.file) as content, closing(osmium.SimpleWriter(str(target))) as writer:
        reader = osmium.MergeInputReader()
        reader.add_buffer(memoryview(content), source.format)
        reader.apply(writer, simplify=True)
    return Source(target, "pbf", source.workspace, source.shown)


class Reading:
    """One reading of a source, `header` and `positions` filled as it goes on."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pool = io.ThreadPool()
        self.positions = index.create_map(_storage(source))
        self.header = io.Header()
        self._progress = (0, 0)  # bytes so far and in all, where known

    def objects(self, first: Report, second: Report) -> Iterator[OSMEntity]:
        """Tagged nodes, ways and relations that may matter, then areas as they become complete.

        The file is read twice; each time one of the two callbacks learns the bytes read so far.
        """
        try:
            yield from self._objects(first, second)
        except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
            if "out of order" in str(error):
                raise Unsorted from error
            raise damaged(self._source.shown) from error

    def _objects(self, first: Report, second: Report) -> Iterator[OSMEntity]:
        areas = area.AreaManager()
        wanted = filter.KeyFilter(*AREA_KEYS)
        for reader in self._readers(osm.RELATION, first):
            self.header = reader.header()
            osmium.apply(reader, wanted, areas.first_pass_handler())
        filters = _filters()
        complete = osmium.BufferIterator(*filters)
        located = osmium.NodeLocationsForWays(self.positions)
        located.ignore_errors()
        assemble = areas.second_pass_to_buffer(complete)
        for reader in self._readers(osm.ALL, second):
            for number, entity in enumerate(osmium.OsmFileIterator(reader, located, assemble, *filters)):
                if number % _EVERY == _EVERY - 1:
                    second(*self._progress)
                yield entity
                if complete:
                    yield from complete
        if complete:
            yield from complete

    def ways(self, ids: set[int]) -> Iterator[osm.Way]:
        """Read once more, for the ways with these ids, without their positions."""
        chosen = filter.IdFilter(ids)
        chosen.enable_for(osm.WAY)
        for reader in self._readers(osm.WAY, ignore_progress):
            yield from cast("Iterator[osm.Way]", osmium.OsmFileIterator(reader, chosen))

    def _readers(self, entities: osm.osm_entity_bits, report: Report) -> Iterator[io.Reader]:
        if self._source.format != "pbf":
            yield from self._whole(entities, report)
            return
        size = self._source.file.stat().st_size
        with self._source.file.open("rb") as opened:
            for chunk in chunks(opened, self._source.shown):
                self._progress = (opened.tell(), size)
                report(*self._progress)
                with io.Reader(io.FileBuffer(chunk, "pbf"), entities, thread_pool=self._pool) as reader:
                    yield reader

    def _whole(self, entities: osm.osm_entity_bits, report: Report) -> Iterator[io.Reader]:
        report(*self._progress)
        with _mapped(self._source.file) as content:
            buffer = io.FileBuffer(content, self._source.format)
            with io.Reader(buffer, entities, thread_pool=self._pool) as reader:
                yield reader


def _filters() -> list[filter.KeyFilter]:
    wanted = (
        (NODE_KEYS, osm.NODE),
        (LINE_KEYS, osm.WAY),
        (("man_made", "highway", "surveillance"), osm.RELATION),
        (AREA_KEYS, osm.AREA),
    )
    filters: list[filter.KeyFilter] = []
    for keys, entity in wanted:
        filters.append(filter.KeyFilter(*keys))
        filters[-1].enable_for(entity)
    return filters


def _storage(source: Source) -> str:
    if source.file.stat().st_size < _LARGE:
        return "flex_mem"
    file = source.workspace / "positions"
    return "sparse_mem_array" if "," in str(file) else f"sparse_file_array,{file}"


def _mapped(file: Path) -> mmap.mmap:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
