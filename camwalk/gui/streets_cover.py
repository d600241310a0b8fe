"""A review of streets as what the map draws."""

from collections.abc import Iterable

import numpy as np

from camwalk.gui.map.layers import Line
from camwalk.gui.map.overlay_cover import Cover
from camwalk.gui.map.viewport import Floats, worlds
from camwalk.operations.coverage_figures import Areas, Model
from camwalk.operations.plan_walk import Plan
from camwalk.operations.review_coverage import Review

CHUNK = 40  # stretches in one line of the map, so that a tile looks at few of them


def cover_of(
    review: Review | None, plan: Plan | None, *, mist: bool, filmed: bool, model: Model = "mean"
) -> Cover:
    """What to draw; nothing where nothing was measured."""
    route = (_line([np.array(plan.line)]),) if plan else ()
    if review is None:
        return Cover(route=route)
    stretches = [
        (one.walked, review.line(one)) for street in review.walked.streets for one in street.stretches
    ]
    return Cover(
        walked=_lines(points for walked, points in stretches if walked),
        unwalked=_lines(points for walked, points in stretches if not walked) if mist else (),
        filmed=_rings(review.filmed.areas[model]) if filmed else (),
        route=route,
    )


def _rings(areas: Areas) -> tuple[Line, ...]:
    return (_line(areas.rings),) if areas.rings else ()


def _lines(parts: Iterable[Floats]) -> tuple[Line, ...]:
    whole = [part for part in parts if len(part) > 1]
    return tuple(_line(whole[i : i + CHUNK]) for i in range(0, len(whole), CHUNK))


def _line(parts: list[Floats]) -> Line:
    """Parts (n, 2) as lat, lon in one line of the map."""
    points = np.concatenate(parts)
    x, y = worlds(points[:, 0], points[:, 1])
    return Line(x, y, tuple(np.cumsum([0, *map(len, parts[:-1])]).tolist()))
