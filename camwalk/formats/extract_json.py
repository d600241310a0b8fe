"""Overpass JSON rewritten as a sorted PBF, so that one reader serves all extracts.

Answers of every output mode are understood: `out` with recursed nodes, `out geom`, where positions
stand in the ways themselves, and `out center`, which leaves one point of a way or relation.
"""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import orjson
import osmium
from osmium import io
from osmium.osm import mutable

from camwalk.model import CamwalkError, LatLon, message

_LARGEST = 500 << 20
_FIRST_MADE_UP = 1 << 40  # node ids beyond all of OSM's

Element = dict[str, Any]


def sorted_pbf(json_file: Path, target: Path) -> None:
    """Write the elements of `json_file` to `target`, nodes first, ids ascending."""
    answer = _answer(json_file)
    try:
        _write(answer, target)
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError, RuntimeError) as error:
        raise CamwalkError(
            message(
                "“{file}” is damaged: it has elements that Overpass never writes. Fetch it again.",
                file=json_file.name,
            )
        ) from error


def _write(answer: Element, target: Path) -> None:
    nodes, ways, relations = _by_type(answer["elements"])
    _Places(nodes).fill(ways, relations)
    header = io.Header()
    if date := _date(answer):
        header.set("osmosis_replication_timestamp", date)
    with closing(osmium.SimpleWriter(str(target), header=header)) as writer:
        for _, node in sorted(nodes.items()):
            writer.add_node(mutable.Node(location=(node["lon"], node["lat"]), **_common(node)))
        for _, way in sorted(ways.items()):
            writer.add_way(mutable.Way(nodes=way.get("nodes", []), **_common(way)))
        for _, relation in sorted(relations.items()):
            writer.add_relation(mutable.Relation(members=list(_members(relation)), **_common(relation)))


def _answer(file: Path) -> Element:
    if file.stat().st_size > _LARGEST:
        raise CamwalkError(
            message("“{file}” is too large for JSON. Fetch the same area as .osm.pbf.", file=file.name)
        )
    try:
        answer = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise CamwalkError(
            message("“{file}” is not whole JSON: it is cut short or damaged. Fetch it again.", file=file.name)
        ) from error
    if not isinstance(answer, dict) or not isinstance(cast("Element", answer).get("elements"), list):
        raise CamwalkError(
            message("“{file}” is JSON, but no answer of Overpass: it has no “elements”.", file=file.name)
        )
    answer = cast("Element", answer)
    remark = str(answer.get("remark") or "")
    if "error" in remark:
        raise CamwalkError(
            message(
                "“{file}” is not whole: the server stopped with “{remark}”. Fetch a smaller area.",
                file=file.name,
                remark=remark[:200],
            )
        )
    return answer


def _date(answer: Element) -> str | None:
    server = cast("dict[str, object]", answer.get("osm3s") or {})
    date = server.get("timestamp_osm_base")
    return date if isinstance(date, str) else None


def _by_type(elements: list[Element]) -> tuple[dict[int, Element], dict[int, Element], dict[int, Element]]:
    tables: dict[str, dict[int, Element]] = {"node": {}, "way": {}, "relation": {}}
    for element in (one for one in elements if isinstance(one, dict)):  # pyright: ignore[reportUnnecessaryIsInstance]
        table = tables.get(element.get("type", ""))
        if table is not None and isinstance(element.get("id"), int):
            # an element that was printed twice keeps what either print tells
            table[element["id"]] = table.get(element["id"], {}) | element
    nodes = {id: node for id, node in tables["node"].items() if _is_place(node)}
    return nodes, tables["way"], tables["relation"]


def _is_place(point: Any) -> bool:
    at = cast("Element", point) if isinstance(point, dict) else {}
    lat, lon = at.get("lat"), at.get("lon")
    return isinstance(lat, int | float) and isinstance(lon, int | float) and LatLon(lat, lon).valid


def _common(element: Element) -> dict[str, Any]:
    told: object = element.get("tags")
    tags = cast("Mapping[str, Any]", told) if isinstance(told, dict) else dict[str, Any]()
    return {
        "id": element["id"],
        "version": element.get("version", 0),
        "timestamp": element.get("timestamp", "1970-01-01T00:00:00Z"),
        "tags": {str(key): str(value) for key, value in tags.items()},
    }


def _members(relation: Element) -> Iterator[tuple[str, int, str]]:
    for member in relation.get("members", []):
        yield member["type"][0], member["ref"], member.get("role", "")


class _Places:
    """Nodes for positions that are told without one; equal positions share a node."""

    def __init__(self, nodes: dict[int, Element]) -> None:
        self._nodes = nodes
        self._ids = itertools.count(_FIRST_MADE_UP)
        self._known: dict[tuple[float, float], int] = {}

    def fill(self, ways: dict[int, Element], relations: dict[int, Element]) -> None:
        """Give nodes to all ways and members that lack them."""
        for relation in relations.values():
            for member in relation.get("members", []):
                if member.get("type") == "way" and "geometry" in member:
                    stub = {"type": "way", "id": member["ref"], "geometry": member["geometry"]}
                    ways[member["ref"]] = stub | ways.get(member["ref"], {})
            if _is_place(centre := relation.get("center")) and not relation.get("members"):
                relation["members"] = [{"type": "node", "ref": self._node(centre)}]
        for way in ways.values():
            if not any(ref in self._nodes for ref in way.get("nodes", [])):
                points = way.get("geometry") or [way.get("center")]
                way["nodes"] = [self._node(point) for point in points if _is_place(point)]

    def _node(self, point: Any) -> int:
        place = (point["lat"], point["lon"])
        if place not in self._known:
            self._known[place] = next(self._ids)
            self._nodes[self._known[place]] = {"id": self._known[place], **point}
        return self._known[place]
