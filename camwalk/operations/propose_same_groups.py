"""Over all photos, which sightings show one camera: step by step, the surest first.

Two photos alone can often be matched in several ways. What was settled before gives the poses of
photos, so each step is weighed together with all photos that share cameras with the two.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.views import Shown, View, angle, fit, level
from camwalk.model import Report
from camwalk.operations.propose_same_pairs import LOST, Guess, Way

OTHERS, CROWD = -11.5, 3.2
"""The logarithm of how many other cameras a square metre holds that might be photographed, where photos
show one each, and the power by which it grows with their company."""
ANYWHERE = 6.0
"""The logarithm of how many square metres and radians one sighting may stand for."""
SURE = 0.95
"""Probability of each pair from which a step is taken."""
GAIN = 1.0
"""Least log odds of a step against leaving all as it is."""
TOGETHER = 8
"""Photos that are looked at together."""

Spot = tuple[int, int]
"""A view and the number of what it shows."""
Group = frozenset[Spot]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All views, the covariance (2n, 2n) of their eyes, and whether a group may be one camera."""

    views: Sequence[View]
    places: Floats
    may_be_one: Callable[[Group], bool]

    @property
    def others(self) -> float:
        """OTHERS, for as many as the photos here show."""
        company = np.array([len(view.seen) for view in self.views])
        return OTHERS + CROWD * float(np.log((company**2).sum() / company.sum()))

    def places_of(self, views: Sequence[int]) -> Floats:
        """The covariance of the eyes of some views."""
        both = np.array([(2 * view, 2 * view + 1) for view in views]).ravel()
        return self.places[np.ix_(both, both)]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is settled: the poses (n, 5), each group with its point (3,) and how sure it is."""

    poses: Floats
    points: Mapping[Group, Floats]
    sure: Mapping[Group, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """One way to go on: what it gains, and all that is then known."""

    way: Way
    gain: float
    known: Known
    made: frozenset[Group]


def grouped(
    scene: Scene,
    found: Mapping[Spot, Mapping[Way, Guess]],
    begun: Mapping[Group, Floats],
    report: Report,
) -> Mapping[Group, float]:
    """Groups of sightings of one camera each, and how sure each is.

    `found` has the ways for pairs of views, `begun` what belongs together from the start, with its place.
    """
    known = Known(_turned(scene, begun), begun, dict.fromkeys(begun, 1.0))
    left = sorted((two for two in found if found[two]), key=lambda two: -_margin(found[two]))
    for done, two in enumerate(left):
        report(done, len(left))
        step = _best(_steps(scene, known, two, found[two]))
        known = step.known if step else known
    return known.sure


def _margin(ways: Mapping[Way, Guess]) -> float:
    """By how much the best way is better than the next one, or none."""
    first, second, *_ = sorted([0.0, 0.0, *(guess.score for guess in ways.values())], reverse=True)
    return first - second


def _turned(scene: Scene, begun: Mapping[Group, Floats]) -> Floats:
    """First poses; a view whose heading nobody knows is turned to what it is known to show."""
    poses = level(scene.views)
    for group, point in begun.items():
        for number, spot in group:
            view = scene.views[number]
            if view.sigma > LOST:
                poses[number, 2] = angle(view, view.seen[[spot]], point[None])[0]
    return poses


def _best(steps: Sequence[_Step]) -> _Step | None:
    """The step that is sure, against all others and against none."""
    total = np.logaddexp.reduce([0.0, *(step.gain for step in steps)])
    odds = [float(np.exp(step.gain - total)) for step in steps]
    sure: Counter[tuple[int, int]] = Counter()
    for step, share in zip(steps, odds, strict=True):
        sure.update(dict.fromkeys(step.way, share))
    for step in sorted(steps, key=lambda step: -step.gain):
        least = min(sure[pair] for pair in step.way)
        if step.gain >= GAIN and least >= SURE:
            known = step.known
            parts = {group: min(least, known.sure.get(group, 1.0)) for group in step.made}
            return replace(step, known=replace(known, sure={**known.sure, **parts}))
    return None


def _steps(scene: Scene, known: Known, two: Spot, ways: Mapping[Way, Guess]) -> list[_Step]:
    """All ways that go together with what is known, weighed with the photos around."""
    near = _near(known, two)
    own = {part: group for group in known.points if len(part := _within(group, near)) > 1}
    start = known.poses[near], np.array([known.points[group] for group in own.values()])
    before, _, _ = _score(scene, near, list(own), [start])
    steps: list[_Step] = []
    for way, guess in ways.items():
        made = _joined(known, two, way)
        if made is not None and all(map(scene.may_be_one, made)):
            steps.append(_step(scene, known, two, near, guess, made, before, way))
    return steps


def _step(
    scene: Scene, known: Known, two: Spot, near: list[int], guess: Guess, made: frozenset[Group],
    before: float, way: Way,
) -> _Step:  # fmt: skip
    kept = [group for group in known.points if not any(group & new for new in made)]
    inside = {part: group for group in (*kept, *made) if len(part := _within(group, near)) > 1}
    fresh = {g: np.mean([at for p, at in guess.points.items() if (two[0], p[0]) in g], axis=0) for g in made}
    old = {g: next((known.points[k] for k in known.points if k & g), fresh[g]) for g in made}
    points = [np.array([{**known.points, **new}[g] for g in inside.values()]) for new in (old, fresh)]
    here, there = known.poses[near], known.poses[near]
    there[:2] = guess.poses
    for side in (0, 1):
        view, number = scene.views[two[side]], min(way)[side]
        if view.sigma > LOST:
            group = next(g for g in made if (two[side], number) in g)
            here[side, 2] = angle(view, view.seen[[number]], old[group][None])[0]
    starts = [(here, points[0]), (there, points[1]), (there, points[0])]
    score, poses, fitted = _score(scene, near, list(inside), starts)
    settled = known.poses.copy()
    settled[near] = poses
    places = {g: known.points[g] for g in kept} | dict(zip(inside.values(), fitted, strict=True))
    sure = {g: known.sure[g] for g in kept}
    sure |= {g: min((known.sure[k] for k in known.points if k & g), default=1.0) for g in made}
    return _Step(way, score - before, Known(settled, places, sure), made)


def _near(known: Known, two: Spot) -> list[int]:
    """The two views, and those that share most with them."""
    shared = Counter(
        number
        for group in known.points
        if any(number in two for number, _ in group)
        for number, _ in group
        if number not in two
    )
    return [*two, *(number for number, _ in shared.most_common(TOGETHER - 2))]


def _within(group: Group, views: Sequence[int]) -> Group:
    return frozenset(spot for spot in group if spot[0] in views)


def _joined(known: Known, two: Spot, way: Way) -> frozenset[Group] | None:
    """The groups that a way makes; None where these are not new, or have two of one view."""
    whole = {spot: group for group in known.points for spot in group}
    made: list[Group] = []
    for pair in way:
        spots = [(view, number) for view, number in zip(two, pair, strict=True)]
        parts = [whole.get(spot, frozenset({spot})) for spot in spots]
        parts += [group for group in made if any(spot in group for spot in spots)]
        new = frozenset[Spot]().union(*parts)
        made = [*(group for group in made if not group & new), new]
    fits = all(len({view for view, _ in group}) == len(group) for group in made)
    return frozenset(made) if fits and any(group not in known.points for group in made) else None


def _score(
    scene: Scene, near: Sequence[int], groups: Sequence[Group], starts: Sequence[tuple[Floats, Floats]]
) -> tuple[float, Floats, Floats]:
    """Log density of all that groups show, with its poses and points; from several starts the best."""
    if not groups:
        return 0.0, starts[0][0], starts[0][1]
    spots = [
        (near.index(view), number, n) for n, group in enumerate(groups) for view, number in sorted(group)
    ]
    at = np.array([scene.views[near[view]].seen[number] for view, number, _ in spots])
    views, points = (np.array([spot[k] for spot in spots], np.intp) for k in (0, 2))
    found = fit(
        [scene.views[view] for view in near],
        scene.places_of(near),
        Shown(views, points, np.repeat(at[None], len(starts), axis=0)),
        np.array([poses for poses, _ in starts]),
        np.array([points for _, points in starts]),
    )
    best = int(found.evidence.argmax())
    others = scene.others
    worth = sum(-(len(group) - 1) * others - len(group) * ANYWHERE for group in groups)
    return float(found.evidence[best]) + worth, found.poses[best], found.points[best]
