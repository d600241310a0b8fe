"""What hangs on one pole: things that are side by side, or one above the other, in all photos that show them.

The photos alone hardly tell how far behind each other such things are; that they hang on one pole does.
"""

import numpy as np
from numpy.typing import NDArray

from camwalk.geometry.geodesy import Floats

Ints = NDArray[np.intp]

BESIDE = 0.05
"""In focal lengths: how far beside each other neighbours on a pole are in a photo."""
ARM = 0.3
"""Metres, 1 sigma along each axis, by which a thing is off its pole."""


def apart_on_poles(views: Ints, points: Ints, at: Floats, count: int) -> Floats:
    """What turns the places of `count` points into how far each is from the middle of its pole.

    (guesses, count, count), all nought for points alone; `views` (m,), `points` (m,) and `at`
    (guesses, m, 2) are as in `views.Shown`.
    """
    together = np.zeros((count, count), np.bool_)
    near = np.ones((len(at), count, count), np.bool_)
    for view in np.unique(views):
        rows = np.flatnonzero(views == view)
        pairs = np.ix_(points[rows], points[rows])
        across = at[:, rows, 0]
        together[pairs] = True
        near[:, pairs[0], pairs[1]] &= np.abs(across[:, :, None] - across[:, None, :]) < BESIDE
    linked = (near & together) | np.eye(count, dtype=np.bool_)
    for _ in range(int(np.ceil(np.log2(max(count, 2))))):
        linked = np.asarray(linked.astype(np.float64) @ linked > 0)
    shares = linked / linked.sum(axis=2, keepdims=True)
    return np.eye(count) - shares
