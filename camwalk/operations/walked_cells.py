"""Walked metres spread over the cells of the streets, each pavement counting for its street."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.street_graph import Ints
from camwalk.geometry.street_graph_cells import Abreast, Cells, abreast, cells_of
from camwalk.operations.match_walk import MatchedWalk
from camwalk.operations.street_graph import Streets
from camwalk.operations.street_kinds import ROADS, pavement_reach

Flags = NDArray[np.bool_]
Outing = tuple[str, date | None]
"""One day of one walk."""


@dataclass(frozen=True, eq=False)
class Cover:
    """What was walked, by cell. `own` cells are the streets' own length, all others run beside one.

    `outings[code]` are the days on which a cell was walked, none for code 0; `shown` is the cell that was
    really walked where that is a pavement, else the cell itself.
    """

    cells: Cells
    own: Flags
    code: Ints
    outings: Sequence[frozenset[Outing]]
    by_hand: Flags
    walked: Flags
    shown: Ints


@dataclass(frozen=True, eq=False)
class StreetCells:
    """The cells of all streets, and which are pavements of which."""

    streets: Streets
    cells: Cells
    pavements: Abreast

    def cover(self, walks: Iterable[MatchedWalk], ticks: Mapping[int, bool]) -> Cover:
        """What the walks cover, and what people ticked and unticked by way."""
        ids = np.array([way.id for way in self.streets.ways], np.int64)[self.streets.graph.line]
        on, off = (
            np.isin(ids, [way for way, walked in ticks.items() if walked is choice])[self.cells.edge]
            for choice in (True, False)
        )
        code, outings, direct = np.zeros(len(on), np.int64), [frozenset[Outing]()], np.zeros(len(on), bool)
        for outing, walked in self._outings(walks):
            direct |= walked & ~off
            code = _coded(code, outings, outing, self._spread(walked & ~off) & ~off)
        by_hand = self._spread(on) | off
        walked = (code > 0) & ~off | self._spread(on)
        own = np.ones(len(on), bool)
        own[self.pavements.beside] = False
        own &= self._counted() | walked
        return Cover(self.cells, own, code, outings, by_hand, walked, self._shown(direct))

    def _outings(self, walks: Iterable[MatchedWalk]) -> Iterable[tuple[Outing, Flags]]:
        for walk in walks:
            for day, intervals in walk.days.items():
                walked = np.zeros(len(self.cells.edge), bool)
                for edge, pairs in intervals.items():
                    for begin, end in pairs:
                        walked[slice(*self.cells.within(edge, begin, end))] = True
                yield (walk.walk, day), walked

    def _spread(self, walked: Flags) -> Flags:
        """Walked cells, and the streets that they belong to."""
        spread = walked.copy()
        spread[self.pavements.street[walked[self.pavements.beside]]] = True
        return spread

    def _counted(self) -> Flags:
        """Cells of streets that count although nobody walked them."""
        ways = self.streets.ways
        counted = [way.open and way.tags.get("service") != "driveway" for way in ways]
        return np.array(counted, bool)[self.streets.graph.line][self.cells.edge]

    def _shown(self, direct: Flags) -> Ints:
        """For each cell the one that was walked in its stead."""
        shown, pairs = np.arange(len(direct)), self.pavements
        often = np.bincount(self.cells.edge[direct], minlength=len(self.cells.start))[self.cells.edge]
        good = direct[pairs.beside] & ~direct[pairs.street]
        beside, street = pairs.beside[good], pairs.street[good]
        east = self.cells.east[beside] - self.cells.east[street]
        north = self.cells.north[beside] - self.cells.north[street]
        order = np.lexsort((np.hypot(east, north), -often[beside], street))[
            ::-1
        ]  # the last one written stays
        shown[street[order]] = beside[order]
        return shown


def street_cells(streets: Streets) -> StreetCells:
    """Cut all streets into cells and find what runs beside what."""
    cells, line = cells_of(streets.graph), streets.graph.line
    ways = streets.ways
    level = np.array([way.layer + 20 * way.underground for way in ways], np.int64)[line][cells.edge]
    reach = np.array([pavement_reach(way.kind, way.tags) for way in ways], float)[line][cells.edge]
    hosts = np.array([way.kind in ROADS and way.open for way in ways], bool)[line][cells.edge]
    return StreetCells(streets, cells, abreast(cells, reach, hosts, level))


def _coded(code: Ints, outings: list[frozenset[Outing]], outing: Outing, walked: Flags) -> Ints:
    """The codes after one more outing; `outings` grows by the new combinations."""
    code = code.copy()
    before = code[walked]
    for old in np.unique(before).tolist():
        outings.append(outings[int(old)] | {outing})
        before[before == old] = -len(outings) + 1
    code[walked] = -before
    return code
