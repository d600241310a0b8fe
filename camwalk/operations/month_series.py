"""The figures by month, so that a group sees its progress and the town's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from camwalk.model import Camera, Survey
from camwalk.operations.report_content_coverage import Range

MOST_MONTHS = 36
"""Longer series show only the months in which something changed."""

YearMonth = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Month:
    """What was known at the end of a month. `walked_m` counts a street once, when it was first walked."""

    year: int
    month: int
    cameras: int
    walked_m: float
    filmed_m: Range | None = None


def month_series(
    survey: Survey,
    walked: Iterable[tuple[float, Sequence[date]]] = (),
    filmed: Mapping[YearMonth, Range] | None = None,
) -> tuple[Month, ...]:
    """The months from the first to the last in which something was seen or walked.

    `walked` are stretches of street, each with its metres and the days it was walked; those without
    a day (ticked by hand) count from the last month on. `filmed` is known by the caller.
    """
    seen = Counter(_month(first_seen(survey, camera)) for camera in survey.cameras.values())
    metres: Counter[YearMonth] = Counter()
    undated = 0.0
    for length, days in walked:
        if days:
            metres[_month(min(days))] += length  # type: ignore[assignment]
        else:
            undated += length
    months = _months({*seen, *metres})
    rows: list[Month] = []
    cameras, total = 0, 0.0
    for when in months:
        cameras += seen[when]
        total += metres[when] + (undated if when == months[-1] else 0)
        rows.append(Month(*when, cameras, total, (filmed or {}).get(when)))
    return tuple(rows)


def first_seen(survey: Survey, camera: Camera) -> date:
    """The day of the oldest photo that shows a camera; without any, the day it was marked."""
    photos = (survey.photos.get(s.photo) for s in survey.sightings_of_camera.get(camera.id, ()))
    times = (photo.utc or photo.gps_time or photo.taken for photo in photos if photo)
    days = [time.date() for time in times if time]
    return min(days, default=camera.created.date())


def _month(when: date) -> YearMonth:
    return when.year, when.month


def _months(active: set[YearMonth]) -> list[YearMonth]:
    if not active:
        return []
    first, last = (year * 12 + month - 1 for year, month in (min(active), max(active)))
    if last - first >= MOST_MONTHS:
        return sorted(active)
    return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]
