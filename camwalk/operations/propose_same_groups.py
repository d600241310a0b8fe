"""Over all photos, which sightings show one camera: pairs grow together to groups, the surest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from camwalk.operations.propose_same_pairs import Guess, Way

ALIKE = -1.0
"""The logarithm of the odds that what two photos show is one camera, before anybody looked closer."""
SUCCESSION, ONE_DEVICE = 1.2, 1.5
"""What it adds that one photo was taken right after the other, and with the same device: people take
two or three pictures of one camera."""
CROWD = 3.0
"""The power by which cameras that are known around make it likelier to be one of these."""
LIKELY = 1.0
"""Mean log odds of all its pairs from which a group is one camera."""
LEAST, MOST = 1e-3, 0.9997
"""Nothing is surer than that, one way or the other."""
NEVER_COMPARED = -4.0
"""Log odds of two sightings whose places are too far apart to compare them."""

Spot = tuple[int, int]
"""A view and the number of what it shows."""
Group = frozenset[Spot]
Odds = Mapping[tuple[Spot, Spot], float]
"""Log odds of two spots, the smaller first, being one camera."""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """How the photos were taken: for each view its device and its number in the order of time, and for each
    thing it shows how many cameras are known around it."""

    devices: Sequence[str]
    order: Sequence[int]
    around: Sequence[Sequence[int]]

    def prior(self, one: Spot, other: Spot) -> float:
        """The log odds of a pair before its pictures are compared."""
        (a, i), (b, j) = one, other
        told = ALIKE + SUCCESSION * (abs(self.order[a] - self.order[b]) == 1)
        told += ONE_DEVICE * (self.devices[a] == self.devices[b])
        company = max(len(self.around[a]), len(self.around[b])) - 1
        return told - CROWD * float(np.log1p(max((self.around[a][i] + self.around[b][j]) / 2, company)))


def pair_odds(
    taken: Taken, found: Mapping[tuple[int, int], tuple[Mapping[Way, Guess], Iterable[tuple[int, int]]]]
) -> dict[tuple[Spot, Spot], float]:
    """The log odds of each pair, by all ways to match the two photos of it that are in `found`.

    Beside its ways `found` has all pairs that were compared.
    """
    odds: dict[tuple[Spot, Spot], float] = {}
    for (a, b), (ways, compared) in found.items():
        told = {
            way: guess.score + sum(taken.prior((a, i), (b, j)) for i, j in way) for way, guess in ways.items()
        }
        total = np.logaddexp.reduce([0.0, *told.values()])
        share: defaultdict[tuple[int, int], float] = defaultdict(float)
        for way, log in told.items():
            for pair in way:
                share[pair] += float(np.exp(log - total))
        for i, j in compared:
            chance = min(max(share[i, j], LEAST), MOST)
            odds[(a, i), (b, j)] = float(np.log(chance / (1 - chance)))
    return odds


def grouped(odds: Odds, may_be_one: Callable[[Group], bool], begun: Iterable[Group]) -> dict[Group, float]:
    """Groups of spots of one camera each, and how sure each is, from 0 to 1.

    Never two spots of one view. `begun` is what belongs together from the start.
    """
    whole = {spot: frozenset({spot}) for pair in odds for spot in pair}
    whole |= {spot: group for group in begun for spot in group}
    sure = dict.fromkeys(whole.values(), 1.0)
    waiting = [(-log, pair) for pair, log in odds.items() if log > LIKELY]
    heapify(waiting)
    while waiting:
        told, pair = heappop(waiting)
        one, other = (whole[spot] for spot in pair)
        if one == other:
            continue
        both = one | other
        if len({view for view, _ in both}) < len(both) or not may_be_one(both):
            continue
        mean = _mean(odds, one, other)
        if mean < -told:  # others may be surer by now
            if mean > LIKELY:
                heappush(waiting, (-mean, pair))
            continue
        sure[both] = min(sure[one], sure[other], float(1 / (1 + np.exp(-mean))))
        whole |= dict.fromkeys(both, both)
    return {group: sure[group] for group in set(whole.values()) if len(group) > 1}


def _mean(odds: Odds, one: Group, other: Group) -> float:
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    return float(np.mean([odds.get(pair, NEVER_COMPARED) for pair in pairs]))
