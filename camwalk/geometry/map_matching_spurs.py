"""Matched passages as intervals, without the short spurs into side streets that noise makes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from camwalk.geometry.map_matching import Passage
from camwalk.geometry.street_graph import StreetGraph, joined_intervals

SPUR = 3.0  # metres; a shorter dead end was hardly walked
_END = 0.5  # metres from a junction that count as being there
Interval = tuple[float, float]
_Piece = tuple[int, float, float]
_End = int | tuple[int, float]


def walked_intervals(graph: StreetGraph, passages: Iterable[Passage]) -> Mapping[int, list[Interval]]:
    """The metres of each edge, from its tail, that were walked."""
    raw: defaultdict[int, list[Interval]] = defaultdict(list)
    for passage in passages:
        raw[passage.edge].append((min(passage.begin, passage.end), max(passage.begin, passage.end)))
    kept = _trimmed(
        {
            (edge, *pair): _ends(graph, edge, *pair)
            for edge in raw
            for pair in joined_intervals(raw[edge], _END)
        }
    )
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    for edge, begin, end in kept:
        found[edge].append((begin, end))
    return found


def _ends(graph: StreetGraph, edge: int, begin: float, end: float) -> tuple[_End, _End]:
    """The junctions where a piece ends, or places inside an edge that nothing else shares."""
    at_tail, at_head = begin <= _END, end >= graph.length[edge] - _END
    return (
        int(graph.tail[edge]) if at_tail else (edge, begin),
        int(graph.head[edge]) if at_head else (edge, end),
    )


def _trimmed(pieces: Mapping[_Piece, tuple[_End, _End]]) -> list[_Piece]:
    """The pieces but those that make up a short dead end at a place where others go on."""
    at: defaultdict[_End, set[_Piece]] = defaultdict(set)
    for piece, ends in pieces.items():
        for end in ends:
            at[end].add(piece)
    left = dict(pieces)
    for tip in [end for end, met in at.items() if len(met) == 1]:
        for piece in _spur(tip, at, left):
            for end in left.pop(piece):
                at[end].discard(piece)
    return list(left)


def _spur(
    tip: _End, at: Mapping[_End, set[_Piece]], left: Mapping[_Piece, tuple[_End, _End]]
) -> list[_Piece]:
    """The pieces from a tip to the next fork, if that is near."""
    chain: list[_Piece] = []
    metres, here = 0.0, tip
    while len(onward := at[here] - set(chain)) == 1:
        piece = next(iter(onward))
        metres += piece[2] - piece[1]
        chain.append(piece)
        first, second = left[piece]
        if metres >= SPUR or first == second:
            return []
        here = second if here == first else first
    return chain if onward else []
