"""The figures of a neighbourhood as rows that a click shows on the map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from camwalk.geometry.geodesy import Floats, corners, from_local
from camwalk.geometry.view_sectors import Model
from camwalk.i18n import _, ngettext, number, tell
from camwalk.model import Box, Camera, LatLon, Survey
from camwalk.operations.camera_groups import By, camera_groups
from camwalk.operations.coverage_figures_words import Measure, measures
from camwalk.operations.month_series import month_series
from camwalk.operations.report_content_words import length, month
from camwalk.operations.review_coverage import Review
from camwalk.operations.tagging import KINDS, ZONES

_SPOTS = 5
_LISTED = 8  # operators, zones and years that have a row
_NAMED = ("hot spots", "unfilmed")  # have rows of their own that name the streets
_RING = 14.0  # metres around a camera or a hot spot
_TURN = np.linspace(0, 2 * np.pi, 25)
_EDGE = 0.0004  # degrees of map around what is shown


@dataclass(frozen=True, slots=True, eq=False)
class FigureRow:
    """A figure, its base, and what the map shows for it: `marks` (n, 2) as lat, lon drawn in the accent."""

    name: str
    value: str
    base: str = ""
    marks: tuple[Floats, ...] = ()
    look: Box | None = None
    maybe: bool = False  # the ground around cameras without a direction


def figure_rows(review: Review, survey: Survey, model: Model) -> tuple[FigureRow, ...]:
    """All figures under a model, the weightiest first; the months are the last."""
    rows = (
        _walked(review),
        *(_measured(m, review, survey, model) for m in measures(review.filmed) if m.shows not in _NAMED),
        *_unfilmed(review, model), *_spots(review), *_groups(survey), *_months(review, survey),
    )  # fmt: skip
    return tuple(rows)


def _walked(review: Review) -> FigureRow:
    walked = review.walked
    share = 100 * walked.walked_m / walked.streets_m if walked.streets_m else 0.0
    lines = [review.line(s) for street in walked.streets for s in street.stretches if s.walked]
    base = _("of {all} of streets").format(all=length(walked.streets_m))
    return FigureRow(_("Walked"), f"{length(walked.walked_m)} ({number(share)} %)", base, look=_around(lines))


def _measured(measure: Measure, review: Review, survey: Survey, model: Model) -> FigureRow:
    amount = getattr(measure.values, model) if measure.values else measure.value
    unknown = amount is None
    digits = 1 if measure.value is not None and not float(measure.value).is_integer() else 0
    value = "–" if unknown else f"{number(amount, digits)} {measure.unit}".rstrip()
    if measure.values and not unknown:
        value += f" ({number(measure.values.low)}–{number(measure.values.high)})"
    marks, look = _shown(measure, review, survey, model)
    return FigureRow(tell(measure.name), value, tell(measure.of), marks, look, measure.shows == "maybe")


def _shown(
    measure: Measure, review: Review, survey: Survey, model: Model
) -> tuple[tuple[Floats, ...], Box | None]:
    """What is drawn in the accent for a figure, and where to look."""
    filmed = review.filmed
    if measure.shows in ("filmed", "maybe"):
        areas = filmed.areas if measure.shows == "filmed" else filmed.maybe_areas
        return (), _around(areas[model].rings)
    marks = tuple(_ring(camera.position) for camera in survey.cameras.values())
    return marks, _around(marks)


def _unfilmed(review: Review, model: Model) -> Iterator[FigureRow]:
    """The longest stretch that no camera sees."""
    if way := review.filmed.longest_unfilmed[model]:
        title = tell(review.titles[way.way]) if way.way in review.titles else way.name
        name = _("Longest way out of view: {street}").format(street=title)
        base = _("a stretch of one walked street")
        yield FigureRow(name, length(way.metres), base, (way.points,), _around([way.points]))


def _spots(review: Review) -> Iterator[FigureRow]:
    """The places that most cameras see."""
    for spot in review.filmed.hot_spots[:_SPOTS]:
        words = ngettext("{n} camera", "{n} cameras", len(spot.cameras)).format(n=len(spot.cameras))
        ring = (_ring(LatLon(spot.lat, spot.lon)),)
        name = _("Hot spot: {street}").format(street=spot.name or _("street without a name"))
        yield FigureRow(name, words, _("see one place on a walked street (mean model)"), ring, _around(ring))


def _groups(survey: Survey) -> Iterator[FigureRow]:
    """Cameras by type, operator, zone and the year in which they were first seen; of each the largest."""
    zones = {zone.value: tell(zone.label) for zone in ZONES}
    for kind, cameras in camera_groups(survey, "type").items():
        yield _group(_("Cameras: {kind}").format(kind=tell(KINDS[kind].choice.label)), cameras)
    for name, cameras in _largest(survey, "operator"):
        yield _group(_("Operator: {name}").format(name=name or _("not noted")), cameras)
    for name, cameras in _largest(survey, "zone"):
        yield _group(_("Zone: {name}").format(name=zones.get(name, name) or _("not noted")), cameras)
    for year, cameras in _largest(survey, "year"):
        yield _group(_("First seen in {year}").format(year=year), cameras)


def _largest(survey: Survey, by: By) -> Iterable[tuple[str, Sequence[Camera]]]:
    return islice(camera_groups(survey, by).items(), _LISTED)


def _group(title: str, cameras: Sequence[Camera]) -> FigureRow:
    rings = tuple(_ring(camera.position) for camera in cameras)
    return FigureRow(title, str(len(cameras)), _("all cameras of the survey"), rings, _around(rings))


def _months(review: Review, survey: Survey) -> Iterator[FigureRow]:
    stretches = [s for street in review.walked.streets for s in street.stretches if s.walked]
    for one in month_series(survey, [(s.length_m, s.dates) for s in stretches]):
        new = [
            s for s in stretches if s.dates and (s.dates[0].year, s.dates[0].month) == (one.year, one.month)
        ]
        words = ngettext("{n} camera, {walked} walked", "{n} cameras, {walked} walked", one.cameras)
        value = words.format(n=one.cameras, walked=length(one.walked_m))
        lines = tuple(review.line(s) for s in new)
        base = _("by the end of the month")
        yield FigureRow(month(one.year, one.month), value, base, lines, _around(lines))


def _ring(place: LatLon) -> Floats:
    return np.column_stack(from_local(place, _RING * np.sin(_TURN), _RING * np.cos(_TURN)))


def _around(lines: Iterable[Floats]) -> Box | None:
    """The map that shows all of some lines."""
    places = corners(lines)
    return Box.around(places).grown(_EDGE) if places else None
