"""Coverage in words: every figure with its unit, what it is of, and the model it holds under."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from camwalk.geometry.view_sectors import Level, Model
from camwalk.model import Message, counted, message
from camwalk.operations.coverage_figures import ByModel, Coverage

Shows = Literal["filmed", "maybe", "cameras", "hot spots", "unfilmed"]

MODEL_WORDS: Mapping[Model, Message] = {
    "low": message("low: only what each usual lens sees"),
    "mean": message("mean: a middling lens"),
    "high": message("high: all that some usual lens may see"),
}
LEVEL_WORDS: Mapping[Level, Message] = {
    "detect": message("one can tell that somebody is there (25 pixels on a metre, EN 62676-4)"),
    "observe": message("one can tell what somebody wears and does (62.5 pixels on a metre, EN 62676-4)"),
    "recognise": message("one can recognise a person one knows (125 pixels on a metre, EN 62676-4)"),
    "identify": message("one can identify a stranger (250 pixels on a metre, EN 62676-4)"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: `values` under each model, or `value` where no model matters, None where unknown.

    `of` is its base; `shows` what the map shows for it.
    """

    name: Message
    unit: Literal["m", "m²", "%", ""]
    of: Message
    shows: Shows
    values: ByModel | None = None
    value: float | None = None


def measures(coverage: Coverage) -> tuple[Measure, ...]:
    """The figures to show, the weightiest first."""
    return (*_lengths(coverage), *_areas(coverage), *_cameras(coverage))


def coverage_notes(coverage: Coverage) -> tuple[Message, ...]:
    """What a reader should know of these figures."""
    notes: list[Message] = []
    if not coverage.walked_m:
        notes.append(
            message("No street is walked yet, so only the ground in view is told, not the share of streets.")
        )
    if not coverage.cameras:
        notes.append(message("There is no camera yet."))
    return (*notes, *_counted_notes(coverage))


def _counted_notes(coverage: Coverage) -> list[Message]:
    told = (
        (
            counted(
                "{n} camera stands outside the extract; around it no building is known, so its view is"
                " that of open ground.",
                "{n} cameras stand outside the extract; around them no building is known, so their views"
                " are those of open ground.",
                coverage.on_open_ground,
            ),
            coverage.on_open_ground,
        ),
        (
            counted(
                "{n} camera has no direction; it is shown all round and counted apart.",
                "{n} cameras have no direction; they are shown all round and counted apart.",
                coverage.undirected,
            ),
            coverage.undirected,
        ),
        (
            counted(
                "{n} camera is mapped inside a building; its view begins at the wall it faces.",
                "{n} cameras are mapped inside a building; their views begin at the wall they face.",
                len(coverage.moved),
            ),
            len(coverage.moved),
        ),
        (
            counted(
                "{n} camera films indoors, is gone or is no camera, so it films no street.",
                "{n} cameras film indoors, are gone or are no cameras, so they film no street.",
                coverage.indoors,
            ),
            coverage.indoors,
        ),
    )
    return [note for note, number in told if number]


def _lengths(coverage: Coverage) -> tuple[Measure, ...]:
    base = message("of {km} km of walked streets", km=round(coverage.walked_m / 1000, 2))
    share = coverage.share
    percent = ByModel(*(100 * part for part in share)) if share else None
    ways = coverage.longest_unfilmed
    longest = ByModel(*(way.metres if (way := ways[model]) else 0.0 for model in MODEL_WORDS))
    spots = float(len(coverage.hot_spots[0].cameras)) if coverage.hot_spots else None
    return (
        Measure(message("Walked streets in view of cameras"), "m", base, "filmed", coverage.filmed_m),
        Measure(message("Share of walked streets in view"), "%", base, "filmed", percent),
        Measure(
            message("Perhaps also in view, of cameras without a direction"), "m", base, "maybe",
            coverage.maybe_m,
        ),
        Measure(
            message("Longest walked stretch of one street out of view"), "m", base, "unfilmed",
            longest if coverage.walked_m else None,
        ),
        Measure(
            message("Most cameras that see one place on a walked street (mean model)"), "", base, "hot spots",
            value=spots,
        ),
    )  # fmt: skip


def _areas(coverage: Coverage) -> tuple[Measure, ...]:
    base = message("of all ground outside buildings, walked or not")
    apart = message("each place once, whether another camera sees it or not")
    return (
        Measure(message("Ground in view of cameras"), "m²", base, "filmed", coverage.area_m2),
        Measure(
            message("Ground around cameras without a direction"), "m²", apart, "maybe",
            coverage.maybe_area_m2,
        ),
    )  # fmt: skip


def _cameras(coverage: Coverage) -> tuple[Measure, ...]:
    everything = message("all cameras of the survey")
    beside = message("outdoor cameras up to 30 m from a walked street")
    squares = message("outdoor cameras in the squares of 100 m that walked streets cross")
    return (
        Measure(message("Cameras"), "", everything, "cameras", value=float(coverage.cameras)),
        Measure(
            message("Cameras per kilometre of walked street"), "", beside, "cameras", value=coverage.per_km
        ),
        Measure(message("Cameras per square kilometre"), "", squares, "cameras", value=coverage.per_km2),
    )
