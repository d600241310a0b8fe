"""The streets of an extract as rows: each with its walked and its unwalked stretches."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.street_graph import Ints
from camwalk.operations.street_graph import Streets, Way
from camwalk.operations.walked_cells import Cover, Outing


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a street that was walked on the same days, or not at all; `length_m` is the street's.

    `line` is where one really went: a pavement may stand for its street.
    """

    length_m: float
    walked: bool
    dates: tuple[date, ...]
    line: int  # of the graph
    from_line: float  # metres along that line
    to_line: float


@dataclass(frozen=True, slots=True)
class WalkedStreet:
    """A way with its pavements: how long it is and how much of it was walked."""

    way: int
    name: str
    length_m: float
    walked_m: float
    stretches: tuple[Stretch, ...]


def stretch_line(streets: Streets, stretch: Stretch) -> Floats:
    """Latitudes and longitudes, shape (n, 2), of a stretch."""
    graph = streets.graph
    edges = np.searchsorted(graph.line, [stretch.line, stretch.line + 1])
    first, last = int(graph.first[edges[0]]), int(graph.last[edges[1] - 1])
    return graph.line_between(first, last, stretch.from_line, stretch.to_line)


def streets_of(streets: Streets, cover: Cover) -> tuple[WalkedStreet, ...]:
    """A row for every way that has a length of its own, in the order of the extract."""
    rows: dict[int, tuple[Way, list[Stretch]]] = {}
    lines = streets.graph.line[cover.cells.edge]
    for run in _runs(streets, cover):
        way = streets.ways[int(lines[run[0]])]
        rows.setdefault(way.id, (way, []))[1].append(_stretch(streets, cover, run))
    return tuple(_row(way, found) for way, found in rows.values())


def _runs(streets: Streets, cover: Cover) -> list[Ints]:
    """The own cells, split where anything changes."""
    own = np.flatnonzero(cover.own)
    if not len(own):
        return []
    line = streets.graph.line[cover.cells.edge]
    parts = (
        line[own], line[cover.shown[own]], cover.code[own], cover.walked[own], cover.by_hand[own]
    )  # fmt: skip
    split = np.diff(own) != 1
    for part in parts:
        split |= part[1:] != part[:-1]
    return np.split(own, np.flatnonzero(split) + 1)


def _stretch(streets: Streets, cover: Cover, run: Ints) -> Stretch:
    cells, first = cover.cells, int(run[0])
    shown = cover.shown[run] if cover.walked[first] else run
    line = int(streets.graph.line[cells.edge[shown[0]]])
    before = streets.graph.along[streets.graph.first[cells.edge[shown]]]
    begins = before + (shown - cells.start[cells.edge[shown]]) * cells.length[shown]
    begin, end = float(begins.min()), float((begins + cells.length[shown]).max())
    outings = cover.outings[int(cover.code[first])] if cover.walked[first] else frozenset[Outing]()
    return Stretch(
        length_m=float(cells.length[run].sum()),
        walked=bool(cover.walked[first]),
        dates=tuple(sorted({day for _, day in outings if day})),
        line=line,
        from_line=begin,
        to_line=end,
    )


def _row(way: Way, stretches: list[Stretch]) -> WalkedStreet:
    return WalkedStreet(
        way=way.id,
        name=way.name,
        length_m=sum(one.length_m for one in stretches),
        walked_m=sum(one.length_m for one in stretches if one.walked),
        stretches=tuple(stretches),
    )
