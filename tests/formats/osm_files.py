"""Small OSM files for tests, written by osmium or as text."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson
import osmium
from osmium import osm
from osmium.osm import mutable

Node = tuple[int, float, float, Mapping[str, str]]
Way = tuple[int, Sequence[int], Mapping[str, str]]
Relation = tuple[int, Sequence[tuple[str, int, str]], Mapping[str, str]]


def write_osm(
    file: Path, nodes: Sequence[Node] = (), ways: Sequence[Way] = (), relations: Sequence[Relation] = ()
) -> Path:
    """Write objects (positions as lat, lon) in the format that the name tells."""
    told = {"version": 3, "timestamp": "2024-05-01T10:00:00Z"}
    writer = osmium.SimpleWriter(str(file))
    for id, lat, lon, tags in nodes:
        writer.add_node(mutable.Node(id=id, location=(lon, lat), tags=dict(tags), **told))
    for id, refs, tags in ways:
        writer.add_way(mutable.Way(id=id, nodes=list(refs), tags=dict(tags), **told))
    for id, members, tags in relations:
        writer.add_relation(mutable.Relation(id=id, members=list(members), tags=dict(tags), **told))
    writer.close()
    return file


def overpass_json(source: Path, target: Path) -> Path:
    """The content of an OSM file as Overpass answers with `out meta`."""
    names = {"n": "node", "w": "way", "r": "relation"}
    elements: list[dict[str, object]] = []
    for entity in osmium.FileProcessor(str(source)):
        assert isinstance(entity, osm.Node | osm.Way | osm.Relation)
        element: dict[str, object] = {"id": entity.id, "version": entity.version, "tags": dict(entity.tags)}
        if isinstance(entity, osm.Node):
            element |= {"type": "node", "lat": entity.lat, "lon": entity.lon}
        elif isinstance(entity, osm.Way):
            element |= {"type": "way", "nodes": [ref.ref for ref in entity.nodes]}
        else:
            members = [{"type": names[m.type], "ref": m.ref, "role": m.role} for m in entity.members]
            element |= {"type": "relation", "members": members}
        elements.append(element)
    answer = {"version": 0.6, "osm3s": {"timestamp_osm_base": "2025-07-27T08:00:00Z"}, "elements": elements}
    target.write_bytes(orjson.dumps(answer))
    return target
