"""`camwalk coverage` and `camwalk plan`: what was walked, what is filmed, and where to go next."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from camwalk.cli.commands import survey_at
from camwalk.cli.terminal import complain, progress, say, say_json, table
from camwalk.cli.windows import without_display
from camwalk.formats.names import ending_of
from camwalk.i18n import _, number, tell
from camwalk.model import CamwalkError, LatLon, Message, Report, Survey, message
from camwalk.operations.attach_extract import ExtractIndex, open_extract
from camwalk.operations.camera_groups import By, camera_groups
from camwalk.operations.coverage_figures_words import coverage_notes
from camwalk.operations.plan_walk import PACE, Plan, plan_walk
from camwalk.operations.review_coverage import (
    Review,
    review_coverage,
    write_plan,
    write_walked_lines,
)
from camwalk.operations.street_graph import read_streets
from camwalk.operations.street_titles import street_titles
from camwalk.operations.walked_streets import walked_streets

_GROUPS: tuple[By, ...] = ("type", "operator", "zone", "year")


def coverage(given: Namespace) -> int:
    """camwalk coverage"""
    if given.geojson:
        ending_of(given.geojson, (".geojson", ".json"))
    with survey_at(given.survey, read_only=True) as project, progress(_("Measuring")) as report:
        review = review_coverage(project.survey, _index(project.survey, report), report)
    for note in (*review.walked.notes, *coverage_notes(review.filmed)):
        complain(tell(note))
    if given.geojson:
        write_walked_lines(given.geojson, review)
        complain(_("Written: {file}").format(file=given.geojson))
    if given.json:
        say_json(_figures(project.survey, review))
    else:
        _print(review)
    return 0


def _index(survey: Survey, report: Report) -> ExtractIndex:
    index = open_extract(survey, report)
    if index is None:
        raise CamwalkError(
            message(
                "Attach a map file first (camwalk extract): what was walked is measured along its streets."
            )
        )
    return index


def _figures(survey: Survey, review: Review) -> dict[str, object]:
    walked, filmed = review.walked, review.filmed
    in_view = {street.way: street for street in filmed.streets}
    return {
        "walked_m": round(walked.walked_m, 1),
        "streets_m": round(walked.streets_m, 1),
        "filmed_m": {model: round(value, 1) for model, value in filmed.filmed_m._asdict().items()},
        "cameras": filmed.cameras,
        "per_km": filmed.per_km and round(filmed.per_km, 2),
        "per_km2": filmed.per_km2 and round(filmed.per_km2, 1),
        **{f"by_{by}": _counts(survey, by) for by in _GROUPS},
        "streets": [
            {
                "way": street.way,
                "name": street.name,
                "length_m": round(street.length_m, 1),
                "walked_m": round(street.walked_m, 1),
                "filmed_m": round(in_view[street.way].filmed_m.mean, 1) if street.way in in_view else 0.0,
            }
            for street in walked.streets
        ],
    }


def _counts(survey: Survey, by: By) -> dict[str, int]:
    return {value: len(cameras) for value, cameras in camera_groups(survey, by).items()}


def _print(review: Review) -> None:
    walked, filmed = review.walked, review.filmed
    share = 100 * walked.walked_m / walked.streets_m if walked.streets_m else 0.0
    say(
        _("Walked: {walked} m of {all} m of streets ({share} %).").format(
            walked=number(walked.walked_m), all=number(walked.streets_m), share=number(share)
        )
    )
    low, mean, high = map(number, filmed.filmed_m)
    say(
        _(
            "Of the walked streets in view of cameras: {mean} m (low model {low} m, high model {high} m)."
        ).format(mean=mean, low=low, high=high)
    )
    rows = sorted(filmed.streets, key=lambda s: -s.filmed_m.mean)[:20]
    if rows:
        table([(tell(review.titles[s.way]), f"{number(s.filmed_m.mean)} m") for s in rows])


def plan(given: Namespace) -> int:
    """camwalk plan"""
    ending_of(given.out, (".gpx",))
    if given.sheet:
        ending_of(given.sheet, (".pdf",))
    with survey_at(given.survey, read_only=True) as project, progress(_("Planning")) as report:
        survey = project.survey
        index = _index(survey, report)
        streets = read_streets(index, report)
        walked = walked_streets(survey, streets, report)
        start = given.start or _usual_start(survey)
        metres = given.minutes * PACE
        found = plan_walk(walked, streets, start, given.end, metres, report)
        if given.sheet:
            _write_sheet(survey, index, found, street_titles(streets), given.sheet)
    write_plan(given.out, found)
    say(
        _("{length} m, {new} m of them not walked yet. Written: {file}").format(
            length=number(found.length_m), new=number(found.new_m), file=given.out
        )
    )
    return 0


def _write_sheet(
    survey: Survey, index: ExtractIndex, plan: Plan, titles: Mapping[int, Message], path: Path
) -> None:
    without_display()
    from camwalk.gui.application import application
    from camwalk.gui.walk_sheet import write_walk_sheet

    application()
    write_walk_sheet(survey, index, plan, titles, path)
    complain(_("Written: {file}").format(file=path))


def _usual_start(survey: Survey) -> LatLon:
    """Where the last walk began."""
    for track in reversed([*survey.tracks.values()]):
        return LatLon(float(track.array[0, 1]), float(track.array[0, 2]))
    placed = next((p.position for p in survey.photos.values() if p.position), None)
    if placed is None:
        raise CamwalkError(message("Say where to start: --start LAT,LON."))
    return placed
