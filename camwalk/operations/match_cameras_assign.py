"""One-to-one assignment: which pairs together are worth most, exactly, and fast where little is near.

The only file that knows SciPy, which tells no types.
"""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

_MOST_CELLS = 2000  # from south to north, and from west to east


def in_space(places: Floats) -> Floats:
    """On a sphere as large as the Earth is at most, in metres: good to gate, not to measure."""
    lat, lon = np.radians(places).T
    return 6.4e6 * np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)


def pairs_within(a: Floats, b: Floats, reach: float) -> tuple[Ints, Ints]:
    """The rows of `a` and `b`, points in space, that are at most `reach` apart."""
    from scipy.spatial import cKDTree  # pyright: ignore  # slow to import, and few need it

    if not len(a) or not len(b):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    tree = cast(Any, cKDTree)
    near = tree(a).sparse_distance_matrix(tree(b), reach, output_type="ndarray")
    return np.asarray(near["i"], np.intp), np.asarray(near["j"], np.intp)


def cells_near(
    lat: Floats, lon: Floats, other_lat: Floats, other_lon: Floats, cell: float
) -> NDArray[np.bool_]:
    """For each place whether its square of `cell` degrees or one beside it has any of the other places.

    Where these lie far apart the squares are larger, so that there never are too many.
    """
    if not len(other_lat):
        return np.zeros(len(lat), np.bool_)
    south, west = other_lat.min(), other_lon.min()
    wide = max(cell, float(max(np.ptp(other_lat), np.ptp(other_lon))) / _MOST_CELLS)

    def numbers(degrees: Floats, begin: float) -> Ints:
        return np.floor((degrees - begin) / wide).astype(np.intp) + 1

    rows, columns = numbers(other_lat, south), numbers(other_lon, west)
    near = np.zeros((rows.max() + 2, columns.max() + 2), np.bool_)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            near[rows + down, columns + right] = True
    row, column = numbers(lat, south), numbers(lon, west)
    inside = (row >= 0) & (row < near.shape[0]) & (column >= 0) & (column < near.shape[1])
    found = np.zeros(len(lat), np.bool_)
    found[inside] = near[row[inside], column[inside]]
    return found


def best_pairs(left: Ints, right: Ints, worth: Floats) -> Ints:
    """Which of the pairs (left[k], right[k]) to take, each side once, so that they are worth most.

    `worth` is positive. A pair worth at least the best rivals of both its sides together is in a
    best choice; that settles nearly all, the rest is solved component by component.
    """
    if not len(worth):
        return np.empty(0, np.intp)
    sure = worth >= _best_rival(left, worth) + _best_rival(right, worth)
    sure &= _first_of_each(left, sure) & _first_of_each(right, sure)
    free = ~np.isin(left, left[sure]) & ~np.isin(right, right[sure])
    open_pairs = np.flatnonzero(free)
    solved = [_solve(left, right, worth, group) for group in _components(left, right, open_pairs)]
    return np.sort(np.concatenate([np.flatnonzero(sure), *solved]))


def shares(left: Ints, right: Ints, worth: Floats) -> Floats:
    """How likely each pair is, if each side is in one at most; `worth` is the log of its odds alone."""
    odds, pull = np.exp(np.minimum(worth, 40.0)), np.ones(int(right.max(initial=-1)) + 1)
    share = np.zeros(len(worth))
    for _ in range(10):
        drawn = odds * pull[right]
        share = drawn / (1 + np.bincount(left, drawn))[left]
        pull /= np.maximum(np.bincount(right, share), 1)
    return share


def _best_rival(side: Ints, worth: Floats) -> Floats:
    """For each pair, the worth of the best other pair of the same `side`; 0 without one."""
    order = np.lexsort((-worth, side))
    first = np.r_[True, side[order][1:] != side[order][:-1]]
    start = np.flatnonzero(first)[np.cumsum(first) - 1]
    second = np.minimum(start + 1, len(order) - 1)
    has_second = side[order][second] == side[order]
    ranked = worth[order]
    rival = np.empty(len(worth))
    rival[order] = np.where(
        ~first, ranked[start], np.where(has_second & (second != start), ranked[second], 0)
    )
    return rival


def _first_of_each(side: Ints, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the pairs `among` is the first of its `side`, so that a tie is taken once."""
    chosen = np.flatnonzero(among)
    _, first = np.unique(side[chosen], return_index=True)
    mask = np.zeros(len(side), bool)
    mask[chosen[first]] = True
    return mask


def _components(left: Ints, right: Ints, pairs: Ints) -> list[Ints]:
    """The `pairs` by which of them hang together."""
    from scipy.sparse import coo_array  # pyright: ignore
    from scipy.sparse.csgraph import connected_components  # pyright: ignore

    if not len(pairs):
        return []
    _, a = np.unique(left[pairs], return_inverse=True)
    _, b = np.unique(right[pairs], return_inverse=True)
    b = b + a.max() + 1
    size = int(b.max()) + 1
    graph = cast(Any, coo_array)((np.ones(len(pairs)), (a, b)), shape=(size, size))
    labels = np.asarray(cast(Any, connected_components)(graph, directed=False)[1])[a]
    order = np.argsort(labels, kind="stable")
    return np.split(pairs[order], np.flatnonzero(np.diff(labels[order])) + 1)


def _solve(left: Ints, right: Ints, worth: Floats, pairs: Ints) -> Ints:
    from scipy.optimize import linear_sum_assignment  # pyright: ignore

    if len(pairs) == 1:
        return pairs
    rows, a = np.unique(left[pairs], return_inverse=True)
    columns, b = np.unique(right[pairs], return_inverse=True)
    table, number = np.zeros((len(rows), len(columns))), np.full((len(rows), len(columns)), -1, np.intp)
    table[a, b], number[a, b] = worth[pairs], pairs
    chosen = cast(Any, linear_sum_assignment)(table, maximize=True)
    taken = number[chosen]
    return taken[taken >= 0]
