"""Of two photos, which sightings are likely the same camera, all taken together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.two_views import HEIGHT, Fit, Pair, View, costs_at, fit

WORTH = 3.5
"""Log odds of one pair before anybody looked, against two cameras anywhere in the pictures."""
MOST = 2.0
"""Most that the places of a pair's two, each by itself, may speak for it (logarithm of their odds)."""
MISSED = 1.0
"""What it costs that a photo which shows one of them does not show another."""
MOST_COST = 7.0
"""Half the squares up to which a further pair may fit the pose of others."""
SEEDS, GROWN = 120, 16
"""How many ways to match two cameras are looked into for each pair of photos, and how many grow."""

Way = frozenset[Pair]


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Two views, the covariance (4, 4) of their eyes, where (2,) the rays of possible
    pairs meet, and their odds by that."""

    a: View
    b: View
    places: Floats
    meets: Mapping[Pair, Floats]
    odds: Mapping[Pair, float]

    def fit(self, pairs: Sequence[Pair]) -> Fit:
        """Both poses by some pairs."""
        return fit(self.a, self.b, self.places, pairs, self.starts(pairs))

    def starts(self, pairs: Sequence[Pair]) -> Floats:
        """First guesses of points."""
        return np.array([[*self.meets[pair], HEIGHT] for pair in pairs])

    def score(self, way: Way) -> float:
        """Log odds that just these pairs are the same, against none."""
        said = sum(min(float(np.log(self.odds[pair])), MOST) for pair in way)
        left = min(len(self.a.seen), len(self.b.seen)) - len(way) if way else 0
        return self.fit(sorted(way)).evidence + WORTH * len(way) + said - MISSED * left


def matched(match: Match) -> dict[Pair, float]:
    """The probability of each pair.

    Two pairs give the pose of both photos, the others follow from it; each way to match is weighed
    by how well all its pairs fit together.
    """
    pairs = list(match.meets)
    ways: dict[Way, float] = {frozenset(): 0.0}
    ways |= {frozenset({pair}): match.score(frozenset({pair})) for pair in pairs}
    twos = {way: match.score(way) for way in _twos(ways, pairs)}
    ways |= twos
    for way in sorted(twos, key=lambda w: -twos[w])[:GROWN]:
        for _ in range(3):
            way = _grown(match, way)
            if way in ways:
                break
            ways[way] = match.score(way)
    return _marginals(ways, pairs)


def _twos(ways: Mapping[Way, float], pairs: Sequence[Pair]) -> list[Way]:
    """Two pairs each, the most promising."""
    both = ((p, q) for p, q in combinations(pairs, 2) if p[0] != q[0] and p[1] != q[1])
    rated = sorted(both, key=lambda pq: -(ways[frozenset({pq[0]})] + ways[frozenset({pq[1]})]))
    return [frozenset(pq) for pq in rated[:SEEDS]]


def _grown(match: Match, way: Way) -> Way:
    """All pairs that fit the pose that `way` gives, the best first."""
    pose = match.fit(sorted(way)).pose
    pairs = list(match.meets)
    costs = costs_at(match.a, match.b, pose, pairs, match.starts(pairs))
    taken: list[Pair] = []
    for cost, pair in sorted(zip(costs.tolist(), pairs, strict=True)):
        if cost < MOST_COST and all(pair[0] != p[0] and pair[1] != p[1] for p in taken):
            taken.append(pair)
    return frozenset(taken) or way


def _marginals(ways: Mapping[Way, float], pairs: Sequence[Pair]) -> dict[Pair, float]:
    highest = max(ways.values())
    weights = {way: float(np.exp(score - highest)) for way, score in ways.items()}
    total = sum(weights.values())
    return {pair: sum(w for way, w in weights.items() if pair in way) / total for pair in pairs}
