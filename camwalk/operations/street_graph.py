"""The streets and footways of an extract as a graph to walk on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.formats.extract_classes import layer_of
from camwalk.formats.extract_index import ExtractIndex, OsmWay
from camwalk.geometry.map_matching import Ground
from camwalk.geometry.street_graph import StreetGraph, street_graph
from camwalk.model import CamwalkError, Report, Tags, ignore_progress, message
from camwalk.operations.street_kinds import HALF_WIDTHS, is_open, is_underground

_UNITS = 1e7
_NO_SKY = 3.0  # the cost of a fix in a tunnel, where none can be received
_CLOSED = 2.0  # the cost of a fix on a motorway or a private way


@dataclass(frozen=True, slots=True)
class Way:
    """A street or path, or a part of one."""

    id: int
    kind: str
    name: str
    tags: Tags
    open: bool  # to anybody on foot
    underground: bool

    @property
    def layer(self) -> int:
        """The level that it lies on, 0 being the ground."""
        return layer_of(self.tags)


@dataclass(frozen=True, eq=False)
class Streets:
    """All ways of an extract, those of one number being the lines of the graph."""

    ways: tuple[Way, ...]
    graph: StreetGraph
    ground: Ground

    @property
    def open(self) -> NDArray[np.bool_]:
        """Of each edge, whether anybody may walk there."""
        return np.array([way.open for way in self.ways], bool)[self.graph.line]


def read_streets(index: ExtractIndex, report: Report = ignore_progress) -> Streets:
    """The graph of everything that has a street or path in `index`; CamwalkError where there is none."""
    found: list[OsmWay] = []
    for number, way in enumerate(index.ways()):
        if number % 2000 == 0:
            report(number, 0)
        if len(way.nodes) > 1:
            found.append(way)
    if not found:
        raise CamwalkError(
            message(
                "The extract has no streets, so nothing can be said about where you walked. Attach an"
                " extract of the place of your walk."
            )
        )
    graph = street_graph([(way.nodes, way.points[:, ::-1] / _UNITS) for way in found])
    ways = tuple(
        Way(w.osm_id, w.kind, w.name, w.tags, is_open(w.kind, w.tags), is_underground(w.tags)) for w in found
    )
    return Streets(ways, graph, _ground(ways, graph))


def _ground(ways: tuple[Way, ...], graph: StreetGraph) -> Ground:
    unlikely = np.array([_NO_SKY * way.underground + _CLOSED * (not way.open) for way in ways], float)
    aside = np.array([HALF_WIDTHS.get(way.kind, 0.0) for way in ways], float)
    return Ground(unlikely[graph.line], aside[graph.line])
