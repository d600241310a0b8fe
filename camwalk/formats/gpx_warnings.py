"""What to tell about a GPX file that was read."""

import numpy as np

from camwalk.formats.gpx_elements import Elements
from camwalk.formats.gpx_lines import GpxLine
from camwalk.model import Message, counted, message


def warn_of_damage(elements: Elements, name: str) -> list[Message]:
    """Where the file stopped being readable."""
    if not elements.error:
        return []
    return [
        message(
            "“{file}” is damaged or cut short in line {line}. What comes before that was read.",
            file=name,
            line=elements.error.lineno,
        )
    ]


def warn_of_dropped(points: int, name: str) -> list[Message]:
    """How many points were left out."""
    if not points:
        return []
    return [
        counted(
            "{n} point of “{file}” has no possible position and was left out.",
            "{n} points of “{file}” have no possible position and were left out.",
            points,
            file=name,
        )
    ]


def warn_of_times(lines: list[GpxLine], name: str) -> list[Message]:
    """What is odd about the times of the tracks; routes have none by nature."""
    walked = [line for line in lines if not line.planned and len(line.array)]
    if not walked and any(line.planned and len(line.array) for line in lines):
        return [message("“{file}” is a planned route, not a recorded track: it has no times.", file=name)]
    warnings: list[Message] = []
    if impossible := sum(line.impossible for line in walked):
        warnings.append(
            counted(
                "{n} time in “{file}” is before 1990 or after 2100 and was left out.",
                "{n} times in “{file}” are before 1990 or after 2100 and were left out.",
                impossible,
                file=name,
            )
        )
    return warnings + _missing_times(walked, name) + _odd_order(walked, name)


def _missing_times(walked: list[GpxLine], name: str) -> list[Message]:
    points = sum(len(line.array) for line in walked)
    missing = sum(int(np.isnan(line.array[:, 0]).sum()) for line in walked)
    if not missing:
        return []
    if missing == points:
        return [message("The track in “{file}” has no times, so no photo can be placed by it.", file=name)]
    return [
        counted(
            "{n} of the {points} points of “{file}” has no time.",
            "{n} of the {points} points of “{file}” have no time.",
            missing,
            points=points,
            file=name,
        )
    ]


def _odd_order(walked: list[GpxLine], name: str) -> list[Message]:
    warnings: list[Message] = []
    times = [line.array[~np.isnan(line.array[:, 0]), 0] for line in walked]
    if back := sum(int((np.diff(seconds) < 0).sum()) for seconds in times):
        warnings.append(
            counted(
                "The time goes backwards at {n} point of “{file}”.",
                "The time goes backwards at {n} points of “{file}”.",
                back,
                file=name,
            )
        )
    known = np.concatenate(times) if times else np.empty(0)
    if len(known) > 1 and np.ptp(known) == 0:
        warnings.append(
            message("All points of “{file}” have the same time, so no photo can be placed by it.", file=name)
        )
    return warnings
