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
