"""What is painted when: from the ground up, and within a stage from the small to the important."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from camwalk.gui.map.style import (
    AREA_ORDER,
    LINES_ABOVE,
    LINES_BELOW,
    RAIL_ORDER,
    ROAD_ORDER,
)
from camwalk.operations.attach_extract import BRIDGE, COVERED, INDOOR, LINK, TUNNEL, Feature

AREAS, LOW_LINES, TUNNELS, BUILDINGS, PASSAGES, GROUND, BRIDGES = range(7)
"""The stages in their order."""

_LINES = {kind: number for number, kind in enumerate((*ROAD_ORDER, *RAIL_ORDER, *LINES_ABOVE))}
_LOW_LINES = {kind: number for number, kind in enumerate(LINES_BELOW)}
_AREAS = {kind: number for number, kind in enumerate(AREA_ORDER)}
_HIDDEN_BELOW = ("building", "roof", "platform", "parking")


class Step(NamedTuple):
    """Features with equal steps are painted together."""

    stage: int
    layer: int
    order: int
    kind: str
    link: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Features painted alike: those from number `first` to before `last`."""

    step: Step
    first: int
    last: int


def ordered(features: Sequence[Feature]) -> tuple[list[Feature], list[Group]]:
    """The features to paint in their order, and the groups they make."""
    steps = [(step, feature) for feature in features if (step := step_of(feature))]
    steps.sort(key=lambda pair: pair[0])
    groups: list[Group] = []
    for step, members in groupby(steps, key=lambda pair: pair[0]):
        first = groups[-1].last if groups else 0
        groups.append(Group(step, first, first + len(list(members))))
    return [feature for _, feature in steps], groups


def step_of(feature: Feature) -> Step | None:
    """When to paint a feature; None for what lies hidden underground."""
    kind, flags, layer = feature.kind, feature.flags, feature.layer
    if kind in _LINES:
        return Step(*_stage(flags, layer), _LINES[kind], kind, bool(flags & LINK))
    if kind in _LOW_LINES:
        return Step(LOW_LINES, 0, _LOW_LINES[kind], kind, False)
    if flags & TUNNEL or (layer < 0 and kind in _HIDDEN_BELOW):
        return None
    if kind in ("building", "roof"):
        return Step(BUILDINGS, 0, 0, kind, False)
    if kind == "bridge_area":
        return Step(BRIDGES, max(layer, 1), -1, kind, False)
    return Step(AREAS, 0, _AREAS[kind], kind, False)


def _stage(flags: int, layer: int) -> tuple[int, int]:
    if flags & BRIDGE:
        return BRIDGES, max(layer, 1)
    if flags & (TUNNEL | INDOOR):
        return TUNNELS, 0
    return (PASSAGES if flags & COVERED else GROUND), 0
