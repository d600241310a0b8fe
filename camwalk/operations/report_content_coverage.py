"""What a report takes from the review of walked and filmed streets; every part may be missing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camwalk.model import Message

Line = NDArray[np.float64]
"""Latitudes and longitudes, shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class Range:
    """A figure under the three models of what a camera sees."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, slots=True)
class StreetCoverage:
    """A street: how long it is, how much of it was walked, how much of that stands in view."""

    way: int
    name: str
    length_m: float
    walked_m: float
    filmed_m: Range | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of the review. `filmed_m` counts along walked streets only, `ground_m2` everywhere.

    Cameras without a direction count in `maybe_m` only. `meaning` says what "in view" stands for.
    """

    streets_m: float
    walked_m: float
    filmed_m: Range | None = None
    maybe_m: Range | None = None
    ground_m2: Range | None = None
    per_km: float | None = None  # cameras up to 30 m from a walked street
    per_km2: float | None = None
    undirected: int = 0
    longest_unfilmed: tuple[str, float] | None = None  # street and metres, mean model
    most_seen: tuple[str, int] | None = None  # street and number of cameras, mean model
    meaning: Message | None = None
    streets: tuple[StreetCoverage, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def walked_share(self) -> float | None:
        """The part of all streets that was walked."""
        return self.walked_m / self.streets_m if self.streets_m > 0 else None


@dataclass(frozen=True, slots=True)
class CoverageShapes:
    """What the maps of a report draw: stretches of street, and the rings of areas by the odd-even rule."""

    walked: tuple[Line, ...] = ()
    unwalked: tuple[Line, ...] = ()
    filmed: tuple[Line, ...] = ()
    maybe: tuple[Line, ...] = ()  # in view if a camera without direction looks there
