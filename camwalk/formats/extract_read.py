"""The reading of an OSM file: each object that matters is put where it belongs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, cast

import numpy as np
import orjson
from osmium import geom, osm
from osmium.osm.types import OSMEntity

from camwalk.formats import extract_classes as classes
from camwalk.formats.extract_shapes import UNITS, Points, Shape, label_spot, mended, multipolygon, size_zoom
from camwalk.formats.extract_source import Reading, Source
from camwalk.formats.extract_stage import FeatureFacts, Stage
from camwalk.formats.extract_streets import Piece
from camwalk.model import Report, Tags

_ROUTING_KEYS = (
    "highway", "service", "footway", "access", "foot", "bicycle", "oneway", "oneway:foot", "motorroad",
    "area", "junction", "sidewalk", "bridge", "tunnel", "layer", "level", "indoor", "surface", "lit", "ref",
)  # fmt: skip
_NAMED_AREAS: Mapping[str, int] = {
    "water": 9, "park": 12, "wood": 11, "cemetery": 13, "campus": 15, "square": 15, "sports": 15, "grass": 16,
    "building": 17, "island": 10, "pier": 16, "sand": 14, "railyard": 15, "industrial": 15, "commercial": 15,
}  # fmt: skip
_NAMED_LINES = (*classes.ROADS, "river", "canal", "stream")
_OF_LINES = frozenset(classes.LINE_KEYS) - {"building"}
_INVENTED = datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
_NUMBERS_FROM = 18  # the zoom of house numbers


class Ref(NamedTuple):
    """A node of a way: its id, and its place in 1e-7 degrees."""

    id: int
    lon: int
    lat: int


@dataclass(frozen=True, slots=True)
class _Relation:
    """A camera that is a relation, until its place is known."""

    id: int
    version: int | None
    tags: Tags
    members: tuple[tuple[str, int], ...]


class Reader:
    """Reads a source into a stage; what the whole file tells is in the attributes afterwards."""

    def __init__(self, source: Source, stage: Stage) -> None:
        self.reading = Reading(source)
        self.coast: list[Piece] = []
        self.has_versions = False
        self.newest = datetime.min.replace(tzinfo=UTC)
        self.unplaced = 0  # cameras without any position
        self._stage = stage
        self._wkb = geom.WKBFactory()
        self._waiting: dict[int, _Relation] = {}
        self._crossing: dict[int, Tags] = {}  # closed ways that osmium makes no area of

    def read(self, first: Report, second: Report) -> None:
        """Read everything; the two callbacks learn how far each of the two passes is."""
        for entity in self.reading.objects(first, second):
            tags = _tags(entity)
            if isinstance(entity, osm.Area):
                self._take_area(entity, tags)
            elif isinstance(entity, osm.Node | osm.Way | osm.Relation) and entity.visible:
                self._take(entity, tags)
        self._place_relations()
        self._mend_crossing()
        self._stage.flush()

    def _take(self, entity: osm.Node | osm.Way | osm.Relation, tags: Tags) -> None:
        if _version(entity):
            self.has_versions = True
            self.newest = max(self.newest, entity.timestamp)
        if isinstance(entity, osm.Node):
            self._take_node(entity, tags)
        elif isinstance(entity, osm.Way):
            self._take_way(entity, tags)
        elif classes.is_surveillance(tags):
            members = tuple((member.type, member.ref) for member in entity.members)
            self._waiting[entity.id] = _Relation(entity.id, _version(entity), tags, members)

    def _take_node(self, node: osm.Node, tags: Tags) -> None:
        if not node.location.valid():
            return
        points = np.array([(node.location.x, node.location.y)], np.int32)
        if classes.is_surveillance(tags):
            self._add_camera("node", node.id, _version(node), points, tags)
        if number := tags.get("addr:housenumber"):
            self._stage.add_label(Shape(points), _NUMBERS_FROM, "housenumber", number, 0)
        if kind := classes.place_kind(tags):
            self._stage.add_label(Shape(points), kind.zoom, kind.name, tags["name"], 0)

    def _take_way(self, way: osm.Way, tags: Tags) -> None:
        if "building" in tags and way.is_closed() and _OF_LINES.isdisjoint(tags):
            return  # comes as an area; there are too many of them to look at each twice
        parts = list(_parts(way))
        if parts and classes.is_surveillance(tags):
            everywhere = np.concatenate([_points(part) for part in parts])
            self._add_camera("way", way.id, _version(way), everywhere, tags)
        for part in parts:
            if len(part) > 1:
                self._add_street(way.id, tags, part)
                self._add_line(way.id, tags, part, way.is_closed())
        if len(parts) == 1 and not way.is_closed() and tags.get("building", "no") != "no":
            self._add_mended(way.id, _points([*parts[0], parts[0][0]]), tags)

    def _add_street(self, id: int, tags: Tags, part: Sequence[Ref]) -> None:
        if kind := classes.road_kind(tags.get("highway", ""), tags):
            kept = {key: tags[key] for key in _ROUTING_KEYS if key in tags}
            nodes = np.array([ref.id for ref in part], np.int64).tobytes()
            text = orjson.dumps(kept).decode()
            self._stage.add("way", id, kind.name, tags.get("name", ""), text, nodes, _points(part).tobytes())

    def _add_line(self, id: int, tags: Tags, part: Sequence[Ref], closed: bool) -> None:
        kind = classes.line_kind(tags, closed)
        if kind is None:
            return
        piece = Piece(kind.name, kind.zoom, part[0].id, part[-1].id, _points(part))
        if kind.name == "coastline":
            self.coast.append(piece)
            return
        if "name" in tags and kind.name in _NAMED_LINES:
            self._stage.add(
                "line", tags["name"], kind.name, kind.zoom, piece.first, piece.last, piece.points.tobytes()
            )
        self._stage.add_feature(Shape(piece.points), _facts(kind, kind.zoom, tags, "way", id))

    def _take_area(self, area: osm.Area, tags: Tags) -> None:
        kind, osm_type = (
            classes.area_kind(tags, not area.from_way()),
            "way" if area.from_way() else "relation",
        )
        camera = self._waiting.pop(area.orig_id(), None) if osm_type == "relation" else None
        is_island = tags.get("place") in ("island", "islet")
        if kind is None and camera is None and not is_island:
            return
        if not area.num_rings()[0]:
            if area.from_way():
                self._crossing[area.orig_id()] = tags
            return
        shape = multipolygon(bytes.fromhex(self._wkb.create_multipolygon(area)))
        if camera is not None:
            self._add_camera("relation", camera.id, camera.version, shape.points, tags)
        self._label_area(shape, kind.name if kind else "island" if is_island else "", tags)
        if kind is not None:
            self._add_area(area.orig_id(), shape, kind, tags, osm_type)

    def _add_area(self, id: int, shape: Shape, kind: classes.Kind, tags: Tags, osm_type: str) -> None:
        zoom = max(kind.zoom, size_zoom(shape.box, 3))
        self._stage.add_feature(shape, _facts(kind, zoom, tags, osm_type, id))

    def _mend_crossing(self) -> None:
        """Outlines that cross themselves, as the ground that they enclose."""
        for way in self.reading.ways(set(self._crossing)) if self._crossing else ():
            places = list(self._located([ref.ref for ref in way.nodes]))
            if len(places) == len(way.nodes):
                self._add_mended(way.id, np.array(places, np.int32), self._crossing[way.id])

    def _add_mended(self, id: int, ring: Points, tags: Tags) -> None:
        kind, shape = classes.area_kind(tags, multipolygon=False), mended(ring)
        if kind is not None and shape is not None:
            self._label_area(shape, kind.name, tags)
            self._add_area(id, shape, kind, tags, "way")

    def _label_area(self, shape: Shape, kind: str, tags: Tags) -> None:
        name, number = tags.get("name") if kind in _NAMED_AREAS else None, tags.get("addr:housenumber")
        if not name and not number:
            return
        lon, lat, room = label_spot(shape)
        spot = Shape(np.array([(lon, lat)], np.int32))
        if name:
            zoom = max(_NAMED_AREAS[kind], size_zoom(shape.box, 40))
            self._stage.add_label(spot, zoom, kind, name, room)
        if number:
            self._stage.add_label(spot, _NUMBERS_FROM, "housenumber", number, room)

    def _place_relations(self) -> None:
        """Cameras that are relations, but no area, stand in the middle of their members."""
        waiting = self._waiting.values()
        wanted = {ref for relation in waiting for kind, ref in relation.members if kind == "w"}
        ways = {way.id: [ref.ref for ref in way.nodes] for way in self.reading.ways(wanted)} if wanted else {}
        for relation in waiting:
            nodes = [
                node
                for kind, ref in relation.members
                for node in ([ref] if kind == "n" else ways.get(ref, []) if kind == "w" else [])
            ]
            if places := list(self._located(nodes)):
                points = np.array(places, np.int32)
                self._add_camera("relation", relation.id, relation.version, points, relation.tags)
            else:
                self.unplaced += 1

    def _located(self, nodes: Sequence[int]) -> Iterator[tuple[int, int]]:
        for node in nodes:
            try:
                location = self.reading.positions.get(node)
            except KeyError:
                continue
            yield location.x, location.y

    def _add_camera(self, osm_type: str, id: int, version: int | None, points: Points, tags: Tags) -> None:
        """Put a camera where the box around its points has its centre."""
        lon, lat = (points.min(axis=0).astype(np.int64) + points.max(axis=0)) // 2
        text = orjson.dumps(tags).decode()
        self._stage.add("camera", osm_type, id, version, int(lat) / UNITS, int(lon) / UNITS, text)


def _tags(entity: OSMEntity) -> Tags:
    return {tag.k: tag.v for tag in cast("osm.Node", entity).tags}


def _version(entity: osm.Node | osm.Way | osm.Relation) -> int | None:
    """The version, None where the file does not tell it or the tool osmconvert invented it."""
    return entity.version if entity.version and entity.timestamp != _INVENTED else None


def _facts(kind: classes.Kind, zoom: int, tags: Tags, osm_type: str, id: int) -> FeatureFacts:
    layer, flags = classes.layer_of(tags), classes.flags_of(tags)
    return FeatureFacts(zoom, kind.name, tags.get("name", ""), layer, flags, osm_type, id)


def _points(part: Sequence[Ref]) -> Points:
    return np.array(part, np.int64)[:, 1:].astype(np.int32)


def _parts(way: osm.Way) -> Iterator[list[Ref]]:
    """The stretches of a way whose nodes are in the file."""
    part: list[Ref] = []
    for ref in way.nodes:
        if ref.location.valid():
            part.append(Ref(ref.ref, ref.x, ref.y))
        elif part:
            yield part
            part = []
    if part:
        yield part
