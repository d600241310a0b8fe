"""Of two photos, which sightings are likely the same camera, all taken together."""

from collections.abc import Mapping, Sequence

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.two_views import HEIGHT, Pair, View, fit

MOST = 5.0
"""Most that a single pair's own place may speak for it (logarithm of its odds)."""
USUAL = 1.0
"""What a true pair costs on the average."""
KEPT = 6
"""Ways to match that are looked into for each pair of photos."""


def matched(
    a: View, b: View, places: Floats, odds: Mapping[Pair, float], meets: Mapping[Pair, Floats]
) -> dict[Pair, float]:
    """The probability of each pair, given its own odds and the place (2,) where its rays meet.

    Ways to match grow pair by pair from each likely one; each is weighed by the odds of its pairs
    against how badly they fit together.
    """
    worth = {pair: min(float(np.log(o)), MOST) + USUAL for pair, o in odds.items()}
    ways: dict[frozenset[Pair], float] = {frozenset(): 0.0}
    edge = {frozenset({pair}): worth[pair] - _cost(a, b, places, [pair], meets) for pair in odds}
    while edge:
        best = dict(sorted(edge.items(), key=lambda way: -way[1])[:KEPT])
        ways |= best
        edge = {}
        for way in best:
            for pair in odds:
                if (
                    all(pair[0] != p[0] and pair[1] != p[1] for p in way)
                    and (grown := way | {pair}) not in edge
                ):
                    score = sum(worth[p] for p in grown) - _cost(a, b, places, sorted(grown), meets)
                    edge[grown] = score
    return _marginals(ways, odds)


def _cost(a: View, b: View, places: Floats, pairs: Sequence[Pair], meets: Mapping[Pair, Floats]) -> float:
    start = np.array([[*meets[pair], HEIGHT] for pair in pairs])
    return fit(a, b, places, pairs, start).cost


def _marginals(ways: Mapping[frozenset[Pair], float], odds: Mapping[Pair, float]) -> dict[Pair, float]:
    highest = max(ways.values())
    weights = {way: float(np.exp(score - highest)) for way, score in ways.items()}
    total = sum(weights.values())
    return {pair: sum(w for way, w in weights.items() if pair in way) / total for pair in odds}
