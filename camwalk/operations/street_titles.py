"""What to call a street on a list: its name, or what it is and which street is near."""

from collections.abc import Mapping

from camwalk.model import Message, message
from camwalk.operations.street_graph import Streets

_FARTHEST = 4  # junctions from an unnamed way to a street with a name

_ALONE: Mapping[str, Message] = {
    "footway": message("footway"),
    "path": message("path"),
    "cycleway": message("cycleway"),
    "steps": message("steps"),
    "service": message("access road"),
    "driveway": message("driveway"),
    "track": message("dirt track"),
    "pedestrian": message("pedestrian area"),
}
_NEAR: Mapping[str, str] = {
    "footway": message("footway near {street}").text,
    "path": message("path near {street}").text,
    "cycleway": message("cycleway near {street}").text,
    "steps": message("steps near {street}").text,
    "service": message("access road near {street}").text,
    "driveway": message("driveway near {street}").text,
    "track": message("dirt track near {street}").text,
    "pedestrian": message("pedestrian area near {street}").text,
}
_STREET, _STREET_NEAR = message("street without a name"), message("street near {street}").text


def street_titles(streets: Streets) -> Mapping[int, Message]:
    """What to call each way, by its id."""
    near = _near_names(streets)
    return {
        way.id: street_title(way.name, way.kind, near.get(line, "")) for line, way in enumerate(streets.ways)
    }


def street_title(name: str, kind: str, near: str = "") -> Message:
    """What to call one way; `near` is a street with a name close by, if there is one."""
    if name:
        return Message("{street}", (("street", name),))
    if near:
        return Message(_NEAR.get(kind, _STREET_NEAR), (("street", near),))
    return _ALONE.get(kind, _STREET)


def _near_names(streets: Streets) -> Mapping[int, str]:
    """For unnamed lines of the graph, the name of the nearest street, counted in junctions."""
    graph = streets.graph
    ends = list(zip(graph.line.tolist(), graph.tail.tolist(), graph.head.tolist(), strict=True))
    names = {line: way.name for line, way in enumerate(streets.ways) if way.name}
    at: dict[int, str] = {}
    for line, tail, head in ends:
        if line in names:
            at.setdefault(tail, names[line])
            at.setdefault(head, names[line])
    found: dict[int, str] = {}
    left = [row for row in ends if row[0] not in names]
    for _round in range(_FARTHEST):
        for line, tail, head in left:
            if name := at.get(tail) or at.get(head):
                found.setdefault(line, name)
        for line, tail, head in left:
            if line in found:
                at.setdefault(tail, found[line])
                at.setdefault(head, found[line])
        left = [row for row in left if row[0] not in found]
    return found
