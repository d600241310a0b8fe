"""Streets as people know them: pieces of one name joined to long lines, and places to search for."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.formats.extract_shapes import UNITS, Points
from camwalk.model import LatLon

_STRAIGHT = 0.2  # least cosine of the turn at which two pieces still read as one line
_SAME_PLACE = 60_000  # pieces of one name this close (1e-7 degrees, some 500 m) are one street
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "ð": "d"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One way of a named line."""

    kind: str
    zoom: int
    first: int  # node ids
    last: int
    points: Points


def folded(text: str) -> str:
    """`text` without case, accents and punctuation, its words each after one space."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "".join(f" {word}" for word in letters.split())


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one name, joined where one goes on straight into the next."""
    at_node: defaultdict[int, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        at_node[piece.first].append(number)
        at_node[piece.last].append(number)
    left = set(range(len(pieces)))
    lines: list[Piece] = []
    for number in range(len(pieces)):
        if number in left:
            left.remove(number)
            line = _extended(pieces[number], pieces, at_node, left)
            lines.append(_reversed(_extended(_reversed(line), pieces, at_node, left)))
    return lines


def _extended(
    start: Piece, pieces: Sequence[Piece], at_node: Mapping[int, Sequence[int]], left: set[int]
) -> Piece:
    chain, line, shown = [start.points], start, start
    while number := _continuation(line, pieces, (n for n in at_node[line.last] if n in left)):
        left.remove(number[0])
        line = _starting_at(line.last, pieces[number[0]])
        chain.append(line.points[1:])
        shown = min(shown, line, key=lambda piece: piece.zoom)
    return Piece(shown.kind, shown.zoom, start.first, line.last, np.concatenate(chain))


def _continuation(line: Piece, pieces: Sequence[Piece], choices: Iterable[int]) -> tuple[int] | None:
    """The number of the piece that goes on straightest."""
    rated = [(_straightness(line, _starting_at(line.last, pieces[n])), -n) for n in choices]
    best = max(rated, default=(0.0, 0))
    return (-best[1],) if best[0] > _STRAIGHT else None


def _starting_at(node: int, piece: Piece) -> Piece:
    return piece if piece.first == node else _reversed(piece)


def _reversed(piece: Piece) -> Piece:
    return Piece(piece.kind, piece.zoom, piece.last, piece.first, piece.points[::-1])


def _straightness(line: Piece, following: Piece) -> float:
    """The cosine of the turn from one line into the next, lengths of a degree taken as equal."""
    before = (line.points[-1] - line.points[-2]).astype(np.float64)
    after = (following.points[1] - following.points[0]).astype(np.float64)
    length = float(np.hypot(*before) * np.hypot(*after))
    return float(before @ after) / length if length else 1.0


def places(lines: Iterable[Points]) -> list[LatLon]:
    """One place for each group of lines that lie together: the middle of its longest line."""
    members = sorted(lines, key=_length, reverse=True)
    low = np.array([line.min(axis=0) for line in members], np.int64) - _SAME_PLACE
    high = np.array([line.max(axis=0) for line in members], np.int64)
    left = np.ones(len(members), bool)
    found: list[LatLon] = []
    for number, line in enumerate(members):
        if left[number]:
            found.append(_middle(line))
            _take_group(number, low, high, left)
    return found


def _take_group(start: int, low: NDArray[np.int64], high: NDArray[np.int64], left: NDArray[np.bool_]) -> None:
    """Strike from `left` all that hangs together with one line."""
    left[start] = False
    waiting = [start]
    while waiting:
        one = waiting.pop()
        near = left & (low[one] <= high).all(axis=1) & (low <= high[one]).all(axis=1)
        left[near] = False
        waiting += np.flatnonzero(near).tolist()


def _length(line: Points) -> float:
    return float(np.hypot(*np.diff(line.astype(np.float64), axis=0).T).sum())


def _middle(line: Points) -> LatLon:
    """The point half way along a line."""
    lengths = np.hypot(*np.diff(line.astype(np.float64), axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(lengths)])
    half = float(way[-1]) / 2
    lon, lat = (round(float(np.interp(half, way, line[:, axis]))) for axis in (0, 1))
    return LatLon(lat / UNITS, lon / UNITS)
