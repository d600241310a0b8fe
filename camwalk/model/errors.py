"""Failures that are expected, and the one callback for progress and cancelling."""

from collections.abc import Callable

from camwalk.model.message import Message


class CamwalkError(Exception):
    """An expected failure; its message says what is wrong with what, and what to do."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Cancelled(Exception):
    """The user stopped a long work; nothing of it is kept."""


Report = Callable[[int, int], None]
"""`report(done, total)`; total is 0 while it is unknown. May raise `Cancelled`."""


def ignore_progress(done: int, total: int) -> None:
    """The `Report` of somebody who does not watch."""


def share_of(report: Report, begin: int, end: int) -> Report:
    """The progress of a part that takes from `begin` to `end` thousandths of the whole work."""

    def share(done: int, total: int) -> None:
        report(begin + (end - begin) * min(done, total) // total if total else begin, 1000)

    return share
