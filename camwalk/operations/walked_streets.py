"""Which stretches of street and footway were walked, when, and by how many walks."""

from dataclasses import dataclass

from camwalk.model import (
    Message,
    Report,
    Survey,
    Walk,
    counted,
    ignore_progress,
    message,
    share_of,
)
from camwalk.operations.match_walk import MatchedWalk, match_walk
from camwalk.operations.street_graph import Streets
from camwalk.operations.walked_cells import street_cells
from camwalk.operations.walked_stretches import WalkedStreet, streets_of

_FAR_OFF = 500.0  # metres without a street that are worth a sentence


@dataclass(frozen=True, slots=True)
class WalkedStreets:
    """Every street of the extract with what was walked of it.

    `streets_m` is the length of all streets open to walkers (and of closed ones that were walked),
    pavements counted with their street.
    """

    streets: tuple[WalkedStreet, ...]
    streets_m: float
    walked_m: float
    notes: tuple[Message, ...]


def walked_streets(survey: Survey, streets: Streets, report: Report = ignore_progress) -> WalkedStreets:
    """Match all walks to the streets of the extract.

    What somebody ticked or unticked stands, whatever the tracks say. What is missing is told in `notes`.
    """
    walks = list(survey.walks.values())
    matched = [
        match_walk(
            survey,
            walk,
            streets,
            share_of(report, 1000 * number // len(walks), 1000 * (number + 1) // len(walks)),
        )
        for number, walk in enumerate(walks)
    ]
    found = [one for one in matched if one is not None]
    ticks = {int(tick.id): tick.walked for tick in survey.ticks.values()}
    rows = streets_of(streets, street_cells(streets).cover(found, ticks))
    return WalkedStreets(
        streets=rows,
        streets_m=sum(row.length_m for row in rows),
        walked_m=sum(row.walked_m for row in rows),
        notes=_notes(walks, matched),
    )


def _notes(walks: list[Walk], matched: list[MatchedWalk | None]) -> tuple[Message, ...]:
    notes: list[Message] = []
    if not walks:
        notes.append(message("There is no walk yet. Bring in photos or a GPX track first."))
    for walk, found in zip(walks, matched, strict=True):
        if found is None:
            notes.append(
                message(
                    "The walk “{walk}” has neither a track nor photos with a place, so it counts for no"
                    " street.",
                    walk=walk.name,
                )
            )
        elif not any(found.days.values()):
            notes.append(
                message(
                    "The walk “{walk}” lies outside the streets of the extract. Attach an extract of its"
                    " place.",
                    walk=walk.name,
                )
            )
        elif found.off > _FAR_OFF:
            notes.append(
                counted(
                    "{n} metre of the walk “{walk}” follows no street of the extract and is not counted.",
                    "{n} metres of the walk “{walk}” follow no street of the extract and are not counted.",
                    round(found.off),
                    walk=walk.name,
                )
            )
    return tuple(notes)
