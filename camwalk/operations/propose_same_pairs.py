"""Of two photos, which sightings are likely the same camera, all taken together."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.two_views import HEIGHT, Pair, View, costs_at, fit

MOST = 3.0
"""Most that a single pair's own place may speak for it (logarithm of its odds)."""
USUAL = 1.0
"""What a true pair costs on the average."""
TELLING = 3.0
"""What a further pair that fits the pose of the others is worth: by chance few would (one in twenty)."""
SEEDS, GROWN = 60, 12
"""How many ways to match two cameras are looked into for each pair of photos, and how many grow."""

Way = frozenset[Pair]


def matched(
    a: View, b: View, places: Floats, odds: Mapping[Pair, float], meets: Mapping[Pair, Floats]
) -> dict[Pair, float]:
    """The probability of each pair, given its own odds and the place (2,) where its rays meet.

    Two pairs give the pose of both photos; the others follow from it. Each way to match is weighed
    by the odds of its pairs against how badly they fit together.
    """
    worth = {pair: min(float(np.log(o)), MOST) + USUAL for pair, o in odds.items()}
    ways: dict[Way, float] = {frozenset(): 0.0}
    for pair in odds:
        ways[frozenset({pair})] = worth[pair] - _fit(a, b, places, [pair], meets)[0]
    twos = {way: _score(a, b, places, way, worth, meets) for way in _twos(ways, odds)}
    ways |= twos
    for way in sorted(twos, key=lambda w: -twos[w])[:GROWN]:
        for _ in range(2):
            way = _grown(a, b, places, way, worth, meets)
            if way in ways:
                break
            ways[way] = _score(a, b, places, way, worth, meets)
    return _marginals(ways, odds)


def _twos(ways: Mapping[Way, float], odds: Mapping[Pair, float]) -> list[Way]:
    """Two pairs each, the most promising."""
    both = ((p, q) for p, q in combinations(odds, 2) if p[0] != q[0] and p[1] != q[1])
    rated = sorted(both, key=lambda pq: -(ways[frozenset({pq[0]})] + ways[frozenset({pq[1]})]))
    return [frozenset(pq) for pq in rated[:SEEDS]]


def _grown(
    a: View, b: View, places: Floats, way: Way, worth: Mapping[Pair, float], meets: Mapping[Pair, Floats]
) -> Way:
    """All pairs that pay in the pose that `way` gives, the best first."""
    _, pose = _fit(a, b, places, sorted(way), meets)
    pairs = list(worth)
    costs = costs_at(a, b, pose, pairs, np.array([[*meets[pair], HEIGHT] for pair in pairs]))
    gains = sorted(
        ((TELLING + worth[p] - float(c), p) for p, c in zip(pairs, costs, strict=True)), reverse=True
    )
    taken: list[Pair] = []
    for gain, pair in gains:
        if gain > 0 and all(pair[0] != p[0] and pair[1] != p[1] for p in taken):
            taken.append(pair)
    return frozenset(taken) or way


def _score(
    a: View, b: View, places: Floats, way: Way, worth: Mapping[Pair, float], meets: Mapping[Pair, Floats]
) -> float:
    told = TELLING * (len(way) - 1)
    return told + sum(worth[pair] for pair in way) - _fit(a, b, places, sorted(way), meets)[0]


def _fit(
    a: View, b: View, places: Floats, pairs: Sequence[Pair], meets: Mapping[Pair, Floats]
) -> tuple[float, Floats]:
    found = fit(a, b, places, pairs, np.array([[*meets[pair], HEIGHT] for pair in pairs]))
    return found.cost, found.pose


def _marginals(ways: Mapping[Way, float], odds: Mapping[Pair, float]) -> dict[Pair, float]:
    highest = max(ways.values())
    weights = {way: float(np.exp(score - highest)) for way, score in ways.items()}
    total = sum(weights.values())
    return {pair: sum(w for way, w in weights.items() if pair in way) / total for pair in odds}
