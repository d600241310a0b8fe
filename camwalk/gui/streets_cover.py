"""A review of streets as what the map draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from camwalk.geometry.view_sectors import MODELS, Model
from camwalk.gui.map.layers import Line
from camwalk.gui.map.overlay_cover import Cover
from camwalk.gui.map.viewport import Floats, worlds
from camwalk.gui.streets_figures import FigureRow, figure_rows
from camwalk.model import Survey
from camwalk.operations.coverage_figures import Areas
from camwalk.operations.plan_walk import Plan
from camwalk.operations.review_coverage import Review

CHUNK = 40  # stretches in one line of the map, so that a tile looks at few of them


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """A review with its figures and its lines on the map, made ready by a worker."""

    review: Review
    rows: Mapping[Model, tuple[FigureRow, ...]]
    walked: tuple[Line, ...]
    unwalked: tuple[Line, ...]
    filmed: Mapping[Model, tuple[Line, ...]]
    maybe: Mapping[Model, tuple[Line, ...]]


def reviewed(review: Review, survey: Survey) -> Reviewed:
    """Everything that the panel and the map show of a review. Slow: in a worker."""
    stretches = [
        (one.walked, review.line(one)) for street in review.walked.streets for one in street.stretches
    ]
    return Reviewed(
        review=review,
        rows={model: figure_rows(review, survey, model) for model in MODELS},
        walked=_lines(points for walked, points in stretches if walked),
        unwalked=_lines(points for walked, points in stretches if not walked),
        filmed={model: _rings(areas) for model, areas in review.filmed.areas.items()},
        maybe={model: _rings(areas) for model, areas in review.filmed.maybe_areas.items()},
    )


def cover_of(
    shown: Reviewed | None,
    plan: Plan | None,
    *,
    mist: bool,
    filmed: bool,
    model: Model = "mean",
    row: FigureRow | None = None,
) -> Cover:
    """What to draw; nothing where nothing was measured. `row` is the figure that was clicked."""
    route = (*((_line([np.array(plan.line)]),) if plan else ()), *_lines(row.marks if row else ()))
    if shown is None:
        return Cover(route=route)
    areas = shown.maybe if row and row.maybe else shown.filmed
    return Cover(shown.walked, shown.unwalked if mist else (), areas[model] if filmed else (), route)


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
