"""Many points as arrays, and how they change without starting anew.

Copying the arrays of 100,000 points costs a millisecond or two; going through them one by one in
Python would cost a hundred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from camwalk.gui.map.viewport import Floats, worlds
from camwalk.model import LatLon

Sectors = tuple[tuple[float, float], ...]
"""Clockwise (from, to) in degrees; equal for a single lens, (0, 360) for all round."""


class Area(NamedTuple):
    """A rectangle of world coordinates."""

    west: float
    north: float
    east: float
    south: float

    def meets(self, other: "Area") -> bool:
        """Whether the two share a point."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.north <= other.south
            and other.north <= self.south
        )

    def grown(self, by: float) -> "Area":
        """The area with `by` more on every side."""
        return Area(self.west - by, self.north - by, self.east + by, self.south + by)


NOWHERE = Area(2.0, 2.0, -1.0, -1.0)


def area(x: Floats, y: Floats) -> Area:
    """The area around points."""
    if not len(x):
        return NOWHERE
    return Area(float(x.min()), float(y.min()), float(x.max()), float(y.max()))


@dataclass(frozen=True, slots=True)
class Row:
    """One point before it is sorted into arrays."""

    id: str
    at: LatLon
    look: int = 0
    facing: Sectors = ()


@dataclass(frozen=True)
class Points:
    """Many points of one layer. A row once given to an id stays its own; gone ones are not alive."""

    ids: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict[str, int])
    x: Floats = field(default_factory=lambda: np.empty(0))
    y: Floats = field(default_factory=lambda: np.empty(0))
    look: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    alive: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    facing: tuple[Sectors, ...] = ()

    def row(self, id: str) -> int | None:
        """The row of a point that is there."""
        row = self.rows.get(id)
        return row if row is not None and self.alive[row] else None

    def inside(self, area: Area) -> NDArray[np.intp]:
        """The rows in an area."""
        x, y = self.x, self.y
        across = (x >= area.west) & (x <= area.east)
        return np.flatnonzero(across & (y >= area.north) & (y <= area.south) & self.alive)


def points(rows: Iterable[Row]) -> Points:
    """Points from rows; of several with one id, the last."""
    listed = {row.id: row for row in rows}
    x, y = _places(listed.values())
    return Points(
        ids=tuple(listed),
        rows={id: row for row, id in enumerate(listed)},
        x=x,
        y=y,
        look=np.array([row.look for row in listed.values()], np.uint8),
        alive=np.ones(len(listed), np.bool_),
        facing=tuple(row.facing for row in listed.values()),
    )


def points_after(before: Points, rows: Iterable[Row], gone: Iterable[str] = ()) -> Points:
    """`before` with some points set or added and others gone."""
    changed = {row.id: row for row in rows}
    new = [row for id, row in changed.items() if id not in before.rows]
    grown = _grown(before, new)
    old = [(grown.rows[id], row) for id, row in changed.items() if id in before.rows]
    at = [index for index, _ in old]
    x, y, look, alive = grown.x.copy(), grown.y.copy(), grown.look.copy(), grown.alive.copy()
    facing = list(grown.facing)
    x[at], y[at] = _places(row for _, row in old)
    look[at], alive[at] = [row.look for _, row in old], True
    for index, row in old:
        facing[index] = row.facing
    alive[[grown.rows[id] for id in gone if id in grown.rows and id not in changed]] = False
    return Points(grown.ids, grown.rows, x, y, look, alive, tuple(facing))


def _grown(before: Points, rows: list[Row]) -> Points:
    if not rows:
        return before
    new, count = points(rows), len(before.ids)
    return Points(
        ids=before.ids + new.ids,
        rows={**before.rows, **{id: count + row for id, row in new.rows.items()}},
        x=np.concatenate((before.x, new.x)),
        y=np.concatenate((before.y, new.y)),
        look=np.concatenate((before.look, new.look)),
        alive=np.concatenate((before.alive, new.alive)),
        facing=before.facing + new.facing,
    )


def _places(rows: Iterable[Row]) -> tuple[Floats, Floats]:
    places = np.array([row.at for row in rows], np.float64).reshape(-1, 2)
    return worlds(places[:, 0], places[:, 1])
