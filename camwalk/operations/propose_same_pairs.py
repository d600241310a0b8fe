"""Of two photos, the ways in which what they show may be the same cameras, all taken together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.views import EYE, POSE, Fit, Ints, Shown, View, angle, fit, level, point_costs

WORTH = -0.5
"""Log odds of one pair before anybody looked, against two cameras anywhere in the pictures."""
MOST = 2.0
"""Most that the places of a pair's two, each by itself, may speak for it (logarithm of their odds)."""
MOST_COST = 8.0
"""Half the squares up to which a further pair may fit the pose of others."""
SEEDS, GROWN = 200, 16
"""How many ways to match two cameras are looked into for each pair of photos, and how many grow."""
EXCHANGES = 4
"""How often what two pairs hold is exchanged in the best way, as long as that makes it better."""
KEPT = 24
"""The best ways that are told."""
LOST = 0.5
"""Radians of the sigma from which a heading is not known."""
DISTANCES = (7.0, 13.0, 24.0)
"""Metres at which the search for a camera begins."""

Pair = tuple[int, int]
Way = frozenset[Pair]


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """How likely a way is (log odds against none), the poses (2, 5) and, by pair, the points (3,)."""

    score: float
    poses: Floats
    points: Mapping[Pair, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Two:
    """Two views, the covariance (4, 4) of their eyes, and the odds of possible pairs by place alone."""

    a: View
    b: View
    places: Floats
    odds: Mapping[Pair, float]

    def fit(self, pairs: Ints, begun: tuple[Floats, Floats] | None = None) -> Fit:
        """Many ways (ways, k, 2) at once, from first guesses of poses and points or from usual distances."""
        starts = 1
        if begun is None:
            poses, points, starts = _starts(self.a, self.b, pairs)
            begun, pairs = (poses, points), np.repeat(pairs, starts, axis=0)
        count = int(pairs.shape[1])
        at = np.concatenate([self.a.seen[pairs[..., 0]], self.b.seen[pairs[..., 1]]], axis=1)
        shown = Shown(np.repeat([0, 1], count), np.tile(np.arange(count), 2), at)
        return fit((self.a, self.b), self.places, shown, *begun).best_of(starts)

    def guesses(self, ways: Sequence[Sequence[Pair]], found: Fit) -> dict[Way, Guess]:
        """The fitted ways by their pairs."""
        return {
            frozenset(way): Guess(
                float(found.evidence[n]) + sum(self._said(pair) for pair in way),
                found.poses[n],
                dict(zip(way, found.points[n], strict=True)),
            )
            for n, way in enumerate(ways)
        }

    def _said(self, pair: Pair) -> float:
        return WORTH + min(float(np.log(self.odds[pair])), MOST)


def ways(two: Two) -> dict[Way, Guess]:
    """The best ways to match what two photos show.

    Two pairs give the pose of both photos, the others follow from it.
    """
    singles = [(pair,) for pair in sorted(two.odds)]
    found = two.guesses(singles, two.fit(np.array(singles)))
    both = _apart(singles, found)
    if both:
        twos = two.guesses(both, two.fit(np.array(both)))
        found |= twos
        if min(len(two.a.seen), len(two.b.seen)) > 2:
            for way in sorted(twos, key=lambda w: -twos[w].score)[:GROWN]:
                found |= _grown(two, twos[way], found)
            found |= _exchanged(two, found)
    best = sorted(found, key=lambda way: -found[way].score)[:KEPT]
    return {way: found[way] for way in best}


def _apart(singles: Sequence[tuple[Pair]], found: Mapping[Way, Guess]) -> list[tuple[Pair, Pair]]:
    """Two pairs each, the most promising."""
    both = [(p, q) for (p,), (q,) in combinations(singles, 2) if p[0] != q[0] and p[1] != q[1]]
    alone = {pair: found[frozenset({pair})].score for (pair,) in singles}
    return sorted(both, key=lambda pq: -alone[pq[0]] - alone[pq[1]])[:SEEDS]


def _grown(two: Two, guess: Guess, known: Mapping[Way, Guess]) -> dict[Way, Guess]:
    """What becomes of a guess when all that fits its pose is taken in, the best first, again and again."""
    made: dict[Way, Guess] = {}
    pairs = np.array(sorted(two.odds))
    at = np.stack([two.a.seen[pairs[:, 0]], two.b.seen[pairs[:, 1]]], axis=1)
    for _ in range(4):
        start = np.repeat(np.mean(list(guess.points.values()), axis=0)[None], len(pairs), axis=0)
        costs, points = point_costs((two.a, two.b), guess.poses, at, start)
        taken: list[int] = []
        for n in np.argsort(costs):
            if costs[n] < MOST_COST and (pairs[n] != pairs[taken]).all():
                taken.append(int(n))
        way = [(int(i), int(j)) for i, j in pairs[taken]]
        if len(way) < 2 or frozenset(way) in known or frozenset(way) in made:
            break
        new = two.guesses([way], two.fit(np.array([way]), (guess.poses[None], points[taken][None])))
        made |= new
        guess = new[frozenset(way)]
    return made


def _exchanged(two: Two, found: Mapping[Way, Guess]) -> dict[Way, Guess]:
    """The neighbours of the best way, and of those of them that are better still."""
    made: dict[Way, Guess] = {}
    best = max(found, key=lambda way: found[way].score)
    guess = found[best]
    for _ in range(EXCHANGES if len(best) > 2 else 0):
        pairs = sorted(best)
        near = [way for way in _neighbours(two, pairs) if frozenset(way) not in found.keys() | made.keys()]
        if not near:
            break
        points = np.array([guess.points[pair] for pair in pairs])
        begun = np.repeat(guess.poses[None], len(near), axis=0), np.repeat(points[None], len(near), axis=0)
        new = two.guesses(near, two.fit(np.array(near), begun))
        made |= new
        first = max(new, key=lambda way: new[way].score)
        if new[first].score <= guess.score:
            break
        best, guess = first, new[first]
    return made


def _neighbours(two: Two, pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The ways in which two pairs hold what the other held, or one holds what none did."""
    made: list[list[Pair]] = []
    free = {b for _, b in two.odds} - {b for _, b in pairs}
    for n, (a, b) in enumerate(pairs):
        for m, (other, held) in enumerate(pairs[:n]):
            if (a, held) in two.odds and (other, b) in two.odds:
                made.append([*pairs[:m], (other, b), *pairs[m + 1 : n], (a, held), *pairs[n + 1 :]])
        made += [[*pairs[:n], (a, new), *pairs[n + 1 :]] for new in sorted(free) if (a, new) in two.odds]
    return made


def _starts(a: View, b: View, pairs: Ints) -> tuple[Floats, Floats, int]:
    """First poses and points of each way, several that follow each other, and how many these are.

    All points are at one distance from the photo whose heading is known; the other is turned there.
    """
    views = (b, a) if a.sigma > LOST and b.sigma <= LOST else (a, b)
    first, second = views
    one, other = (1, 0) if views[0] is b else (0, 1)
    turns = [k * np.pi / 4 for k in range(8)] if first.sigma > LOST else [0.0]
    tried = [(turn, away) for turn in turns for away in (DISTANCES if len(turns) == 1 else DISTANCES[1:2])]
    poses = np.zeros((len(pairs), len(tried), 2, POSE)) + level((a, b))
    points = np.empty((len(pairs), len(tried), pairs.shape[1], 3))
    seen = first.seen[pairs[..., one]]
    for n, (turn, away) in enumerate(tried):
        to = first.heading + turn + np.arctan(seen[..., 0])
        points[:, n, :, :2] = first.eye + away * np.stack([np.sin(to), np.cos(to)], axis=-1)
        points[:, n, :, 2] = np.clip(
            EYE + away * np.tan(poses[:, n, one, 3, None] + np.arctan(seen[..., 1])), 2, 8
        )
        poses[:, n, one, 2] = turn
        if second.sigma > LOST:
            poses[:, n, other, 2] = angle(second, second.seen[pairs[:, 0, other]], points[:, n, 0])
    return poses.reshape(-1, 2, POSE), points.reshape(-1, *points.shape[2:]), len(tried)
