"""The streets within reach of a start and a goal, as a graph that knows the shortest ways."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import rustworkx as rx
import shapely

from camwalk.geometry.geodesy import Floats, to_local
from camwalk.geometry.street_graph import Ints, Links, StreetGraph, reached
from camwalk.model import CamwalkError, LatLon, Report, ignore_progress, message
from camwalk.operations.street_graph import Streets

NEAR = 300.0  # metres from a start or goal to its street
_ISLAND = 200.0  # metres; smaller nets of streets lead nowhere


@dataclass(frozen=True, slots=True)
class Link:
    """A way between two nodes: a stretch of an edge, in metres from its tail."""

    edge: int
    begin: float
    end: float

    @property
    def metres(self) -> float:
        """How long it is."""
        return abs(self.end - self.begin)


@dataclass(frozen=True, eq=False)
class Area:
    """All that can be walked on the way from `start` to `goal` within a budget; nodes are 0 to n - 1.

    `links` are the shortest links between two nodes, both ways round.
    """

    net: "rx.PyGraph[int, float]"
    links: dict[tuple[int, int], Link]
    edges: Ints  # those that lie in it as a whole
    ends: Ints  # their nodes, shape (n, 2)
    detour: Floats  # metres from the start over the edge to the goal
    start: int
    goal: int

    def metres(self, stops: Ints, report: Report = ignore_progress) -> Floats:
        """Shortest ways between all `stops`; inf where there is none."""
        found = np.full((len(stops), len(stops)), np.inf)
        for row, stop in enumerate(stops.tolist()):
            report(row, len(stops))
            lengths = dict(rx.dijkstra_shortest_path_lengths(self.net, stop, float))
            lengths[stop] = 0.0
            found[row] = [lengths.get(other, np.inf) for other in stops.tolist()]
        return found

    def way(self, first: int, last: int) -> list[Link]:
        """The links of the shortest way between two nodes."""
        if first == last:
            return []
        nodes = list(rx.dijkstra_shortest_paths(self.net, first, last, float)[last])
        return [self.links[pair] for pair in pairwise(nodes)]


def area(streets: Streets, start: LatLon, goal: LatLon | None, budget: float) -> Area:
    """The area for a walk of `budget` metres. CamwalkError where start or goal lie off the streets."""
    graph = streets.graph
    links = _open_links(graph, streets)
    tips = [_tip(streets, links, place) for place in (start, goal or start)]
    first, second = graph.junctions, graph.junctions + 1
    ways = _with_tips(graph, links, tips)
    near, far = reached(links, first, budget), reached(links, second, budget)
    inside = {node for node in near.keys() & far.keys() if near[node][0] + far[node][0] <= budget + 1e-6}
    inside |= {first, second}
    number = {node: place for place, node in enumerate(sorted(inside))}
    short: dict[tuple[int, int], Link] = {}
    for a, b, link in ways:
        if a in number and b in number:
            _keep_shortest(short, (number[a], number[b]), link)
    net: rx.PyGraph[int, float] = rx.PyGraph()
    net.add_nodes_from(range(len(number)))
    net.add_edges_from([(a, b, link.metres) for (a, b), link in short.items() if a < b])
    rows = [
        (edge, tail, head)
        for edge, (tail, head, fine) in enumerate(
            zip(graph.tail.tolist(), graph.head.tolist(), streets.open.tolist(), strict=True)
        )
        if fine and tail in number and head in number
    ]
    there = np.array([(near[tail][0], near[head][0]) for _, tail, head in rows]).reshape(-1, 2)
    back = np.array([(far[tail][0], far[head][0]) for _, tail, head in rows]).reshape(-1, 2)
    edges = np.array([edge for edge, _, _ in rows], np.int64)
    return Area(
        net=net,
        links=short,
        edges=edges,
        ends=np.array([(number[tail], number[head]) for _, tail, head in rows], np.int64).reshape(-1, 2),
        detour=(there + back[:, ::-1]).min(axis=1) + graph.length[edges] if rows else np.empty(0),
        start=number[first],
        goal=number[second],
    )


def _open_links(graph: StreetGraph, streets: Streets) -> list[Links]:
    """From each junction the edges that anybody may walk, with room for start and goal."""
    fine = streets.open.tolist()
    return [*([link for link in links if fine[link[2]]] for links in graph.links), [], []]


def _tip(streets: Streets, links: list[Links], place: LatLon) -> tuple[int, float]:
    """The open edge nearest to a place, and the metres from its tail."""
    graph = streets.graph
    east, north = to_local(graph.origin, *place)
    legs = graph.tree.query(shapely.Point(float(east), float(north)), predicate="dwithin", distance=NEAR)
    legs = legs[streets.open[graph.edge_of_leg[legs]]]
    at, off = graph.projected(graph.legs[legs], np.asarray(east), np.asarray(north))
    for number in np.argsort(off).tolist():
        edge = int(graph.edge_of_leg[legs[number]])
        if graph.length[list(_edges_near(links, graph, edge))].sum() >= min(_ISLAND, graph.length.sum() / 2):
            return edge, float(min(at[number] - graph.along[graph.first[edge]], graph.length[edge]))
    raise CamwalkError(
        message(
            "No street or path is near the start or the end of the walk. Choose a place beside a street of"
            " the extract."
        )
    )


def _edges_near(links: list[Links], graph: StreetGraph, edge: int) -> set[int]:
    """Edges that hang together with one, as far as it takes to see that it is no island."""
    there = reached(links, int(graph.tail[edge]), _ISLAND)
    return {by for node in there for _, _, by in links[node]} | {edge}


def _with_tips(
    graph: StreetGraph, links: list[Links], tips: list[tuple[int, float]]
) -> list[tuple[int, int, Link]]:
    """All open links by their two ends; start and goal are put into `links` too."""
    ways: list[tuple[int, int, Link]] = []
    for node, onward in enumerate(links[: graph.junctions]):
        for there, metres, edge in onward:
            if graph.tail[edge] == node:
                ways.append((node, there, Link(edge, 0.0, metres)))
    added: list[tuple[int, int, Link]] = []
    for number, (edge, at) in enumerate(tips):
        node = graph.junctions + number
        added.append((node, int(graph.tail[edge]), Link(edge, at, 0.0)))
        added.append((node, int(graph.head[edge]), Link(edge, at, float(graph.length[edge]))))
    (first, here), (second, there) = tips
    if first == second:
        added.append((graph.junctions, graph.junctions + 1, Link(first, here, there)))
    for a, b, link in added:
        links[a].append((b, link.metres, link.edge))
        links[b].append((a, link.metres, link.edge))
    return ways + added


def _keep_shortest(short: dict[tuple[int, int], Link], pair: tuple[int, int], link: Link) -> None:
    known = short.get(pair)
    if pair[0] != pair[1] and (known is None or link.metres < known.metres):
        short[pair] = link
        short[pair[1], pair[0]] = Link(link.edge, link.end, link.begin)
