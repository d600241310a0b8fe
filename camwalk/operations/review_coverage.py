"""How much of the neighbourhood was walked, and how much of that is filmed, in one go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from camwalk.formats.gpx_write import write_gpx
from camwalk.formats.lines_geojson import Line, write_lines_geojson
from camwalk.model import (
    CamwalkError,
    Change,
    Edit,
    Message,
    Report,
    Survey,
    Tick,
    ignore_progress,
    message,
    share_of,
)
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.coverage_figures import Coverage, filmed
from camwalk.operations.coverage_figures_streets import WalkedPiece
from camwalk.operations.plan_walk import Plan
from camwalk.operations.street_graph import Streets, read_streets
from camwalk.operations.street_titles import street_titles
from camwalk.operations.walked_streets import WalkedStreets, walked_streets
from camwalk.operations.walked_stretches import Stretch, stretch_line

_WALKED = ("walks", "tracks", "photos", "ticks")
"""The tables of a survey that say which streets were walked."""


@dataclass(frozen=True, slots=True)
class Review:
    """What was walked and what is filmed in a survey; `streets` is the graph that both refer to.

    `titles` say what to call each way.
    """

    survey: Survey
    streets: Streets
    walked: WalkedStreets
    filmed: Coverage
    titles: Mapping[int, Message]

    def line(self, stretch: Stretch) -> NDArray[np.float64]:
        """The points of a stretch, (n, 2) as lat, lon."""
        return stretch_line(self.streets, stretch)


def review_coverage(
    survey: Survey,
    index: ExtractIndex | None,
    report: Report = ignore_progress,
    before: Review | None = None,
) -> Review:
    """Match the walks to the streets and look through every camera. CamwalkError without an extract.

    Of a review made `before` of the same extract, all is kept that did not change since.
    """
    if index is None:
        raise CamwalkError(message("Attach a map file first: what was walked is measured along its streets."))
    streets = before.streets if before else read_streets(index, share_of(report, 0, 100))
    if before and all(getattr(before.survey, table) is getattr(survey, table) for table in _WALKED):
        walked = before.walked
    else:
        walked = walked_streets(survey, streets, share_of(report, 100, 500))
    pieces = walked_pieces(streets, walked, lambda one: one.walked)
    known = before.filmed.views if before else None
    seen = filmed(survey, index, pieces, share_of(report, 500, 1000), known)
    titles = before.titles if before else street_titles(streets)
    return Review(survey, streets, walked, seen, titles)


def walked_pieces(
    streets: Streets, walked: WalkedStreets, counts: Callable[[Stretch], bool]
) -> list[WalkedPiece]:
    """The stretches that count, to look for in the views of cameras."""
    return [
        WalkedPiece(
            street.way,
            street.name,
            stretch_line(streets, one),
            one.length_m,
            streets.ways[one.line].underground,
        )
        for street in walked.streets
        for one in street.stretches
        if counts(one)
    ]


def tick_street(survey: Survey, way: int, walked: bool | None) -> Edit:
    """Tick a street as walked, untick it, or (None) leave it to the tracks again."""
    before = survey.ticks.get(str(way))
    after = None if walked is None else Tick(id=str(way), walked=walked)
    label = message("Tick a street") if walked else message("Untick a street")
    return Edit(label, () if before == after else (Change(before, after),))


def write_walked_lines(path: Path, review: Review) -> int:
    """Write every stretch as a LineString with way, name and walked; how many there were."""
    lines = [
        Line(review.line(one), {"way": street.way, "name": street.name, "walked": one.walked})
        for street in review.walked.streets
        for one in street.stretches
    ]
    write_lines_geojson(path, lines)
    return len(lines)


def write_plan(path: Path, plan: Plan) -> None:
    """Write a planned walk as a GPX track for OsmAnd and other navigators."""
    write_gpx(path, "Camwalk", plan.line)
