"""Declared against seen: what somebody said there is, beside what a walk found."""

import re
from dataclasses import dataclass

from camwalk.model import Figure, Message, Survey, System, counted, message
from camwalk.operations.report_content_words import clean, dated, grouped, percent

COST = "camera-cost"
"""The id of the figure that tells what one camera costs, in every register."""

_CAMERAS_FIRST = re.compile(r"\W*(?:\w+[\s-]+){0,2}?(?:cam[eé]ras?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeclaredSeen:
    """A declared number of cameras beside the mapped ones, and the sentence that tells both."""

    figure: Figure
    declared: float | None
    mapped: int
    public: int  # of the mapped ones, those tagged as watching public space
    walked_share: float | None
    sentence: Message


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """What some cameras cost at the mean price `unit` that a source names, in euros."""

    unit: float
    arithmetic: Message
    source: str


def declared_against_seen(survey: Survey, figure: Figure, walked_share: float | None = None) -> DeclaredSeen:
    """Compare a declared figure with the cameras of the survey. `walked_share` None: not known."""
    mapped = len(survey.cameras)
    told = {"declared": _declared(figure), "mapped": grouped(mapped)}
    if walked_share is None:
        sentence = message(
            "declared {declared} – mapped {mapped}; how much of the streets was walked is not known", **told
        )
    else:
        sentence = message(
            "declared {declared} – mapped {mapped} in the {share} of the streets that were walked",
            **told,
            share=percent(walked_share),
        )
    public = sum(c.tags.get("surveillance") == "public" for c in survey.cameras.values())
    return DeclaredSeen(figure, figure.value, mapped, public, walked_share, sentence)


def cost_estimate(survey: Survey, count: int) -> CostEstimate | None:
    """What `count` cameras cost; None where the dossier does not say what one costs."""
    figure = survey.figures.get(COST)
    if figure is None or not figure.value:
        return None
    total = count * figure.value
    arithmetic = counted(
        "{count} camera × {unit} euros = {total} euros",
        "{count} cameras × {unit} euros = {total} euros",
        count,
        count=grouped(count),
        unit=grouped(figure.value),
        total=grouped(total),
    )
    return CostEstimate(figure.value, arithmetic, clean(figure.source))


def figures_of_place(survey: Survey, place: str) -> tuple[Figure, ...]:
    """The declared numbers of cameras whose words name the place."""
    return tuple(
        figure
        for figure in survey.figures.values()
        if figure.value and figure.id != COST and _CAMERAS_FIRST.match(figure.what)
        if names(figure.what, place)
    )


def systems_of_place(survey: Survey, place: str) -> tuple[System, ...]:
    """The systems said to be in the place, and those that a camera is tied to."""
    tied = {camera.system for camera in survey.cameras.values()}
    return tuple(
        system
        for system in survey.systems.values()
        if system.id in tied or names(f"{system.name} {system.place}", place)
    )


def names(text: str, place: str) -> bool:
    """Whether `text` has the name of the place as words of its own."""
    wanted = place.casefold().strip()
    return bool(wanted) and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text.casefold()))


def _declared(figure: Figure) -> str:
    """The number, then in brackets how the source puts it, when, and who says so."""
    number = clean(figure.stated) if figure.value is None else grouped(figure.value)
    stated = clean(figure.stated)
    same = re.sub(r"\D", "", stated) == re.sub(r"\D", "", number)
    details = [*(() if same else (stated,)), dated(figure.as_of), clean(figure.source)]
    details = [one for one in details if one]
    return f"{number} ({'; '.join(details)})" if details else number
