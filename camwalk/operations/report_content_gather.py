"""Bringing together what a report is built from: the review, the months, the places."""

from dataclasses import dataclass
from datetime import date

from camwalk.formats.extract_index import ExtractIndex
from camwalk.model import CamwalkError, Report, Survey, ignore_progress
from camwalk.operations.coverage_figures import ByModel, filmed
from camwalk.operations.coverage_figures import Coverage as Filmed
from camwalk.operations.coverage_figures_streets import WalkedPiece
from camwalk.operations.coverage_figures_words import LEVEL_WORDS, coverage_notes
from camwalk.operations.dossier import start_dossier
from camwalk.operations.month_series import Month, YearMonth, first_seen, month_series
from camwalk.operations.report_content import ReportInput
from camwalk.operations.report_content_coverage import Coverage, CoverageShapes, Line, Range, StreetCoverage
from camwalk.operations.report_content_places import place_name
from camwalk.operations.review_coverage import Review, review_coverage, walked_pieces
from camwalk.operations.streets_of_cameras import streets_of
from camwalk.operations.walked_stretches import Stretch

MOST_MONTHS_IN_VIEW = 24
"""For longer series the streets in view are not worked out month by month."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The survey with a dossier, what the report is built from, and what its maps draw."""

    survey: Survey
    given: ReportInput
    shapes: CoverageShapes


def gather_report(
    survey: Survey,
    index: ExtractIndex | None,
    place: str = "",
    thumbnails: bool = False,
    report: Report = ignore_progress,
    review: Review | None = None,
) -> Gathered:
    """Work out all that a report tells. Slow for a large survey: in a worker.

    A dossier that nobody has started is the starter register; `review` is taken where it is at hand.
    """
    if not survey.systems and not survey.figures:
        survey = survey.apply(start_dossier(survey).changes)
    review = review or _review(survey, index, report)
    with_streets = review is not None and review.walked.walked_m > 0
    given = ReportInput(
        place=place.strip() or place_name(survey, index),
        streets=streets_of(survey.cameras, index),
        coverage=_coverage(review) if review and with_streets else None,
        months=_months(survey, index, review, report) if review and with_streets else month_series(survey),
        data_date=index.data_date if index else None,
        thumbnails=thumbnails,
    )
    return Gathered(survey, given, _shapes(review) if review and with_streets else CoverageShapes())


def _review(survey: Survey, index: ExtractIndex | None, report: Report) -> Review | None:
    """What was walked and filmed; None without an extract that has streets."""
    if index is None:
        return None
    try:
        return review_coverage(survey, index, report)
    except CamwalkError:  # an extract without streets: the report says that this was not worked out
        return None


def _coverage(review: Review) -> Coverage:
    walked, seen = review.walked, review.filmed
    longest, spots = seen.longest_unfilmed["mean"], seen.hot_spots
    in_view = {street.way: _range(street.filmed_m) for street in seen.streets}
    return Coverage(
        streets_m=walked.streets_m,
        walked_m=walked.walked_m,
        filmed_m=_range(seen.filmed_m),
        maybe_m=_range(seen.maybe_m),
        ground_m2=_range(seen.area_m2),
        per_km=seen.per_km,
        per_km2=seen.per_km2,
        undirected=seen.undirected,
        longest_unfilmed=(longest.name, longest.metres) if longest else None,
        most_seen=(spots[0].name, len(spots[0].cameras)) if spots else None,
        meaning=LEVEL_WORDS[seen.level],
        streets=tuple(
            StreetCoverage(s.way, s.name, s.length_m, s.walked_m, in_view.get(s.way)) for s in walked.streets
        ),
        notes=coverage_notes(seen),  # not those of the walks: they name them
    )


def _range(metres: ByModel) -> Range:
    return Range(*metres)


def _shapes(review: Review) -> CoverageShapes:
    lines: dict[bool, list[Line]] = {True: [], False: []}
    for street in review.walked.streets:
        for stretch in street.stretches:
            lines[stretch.walked].append(review.line(stretch))
    seen: Filmed = review.filmed
    return CoverageShapes(
        tuple(lines[True]),
        tuple(lines[False]),
        tuple(seen.areas["mean"].rings),
        tuple(seen.maybe_areas["mean"].rings),
    )


def _months(survey: Survey, index: ExtractIndex | None, review: Review, report: Report) -> tuple[Month, ...]:
    walked = [
        (stretch.length_m, stretch.dates)
        for street in review.walked.streets
        for stretch in street.stretches
        if stretch.walked
    ]
    months = month_series(survey, walked)
    if not 1 < len(months) <= MOST_MONTHS_IN_VIEW:
        return months
    in_view: dict[YearMonth, Range] = {}
    for number, one in enumerate(months):
        report(number, len(months))
        until = (one.year, one.month)
        cameras = [c for c in survey.cameras.values() if _month(first_seen(survey, c)) <= until]
        pieces = _pieces(review, None if one is months[-1] else until)
        seen = filmed(survey, index, pieces, known=review.filmed.views, cameras=cameras)
        in_view[until] = _range(seen.filmed_m)
    return month_series(survey, walked, in_view)


def _pieces(review: Review, until: YearMonth | None) -> list[WalkedPiece]:
    """The stretches walked until the end of a month; those without a day only at the end of all."""

    def counts(one: Stretch) -> bool:
        return one.walked and (until is None or any(_month(day) <= until for day in one.dates))

    return walked_pieces(review.streets, review.walked, counts)


def _month(day: date) -> YearMonth:
    return day.year, day.month
