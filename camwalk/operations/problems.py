"""Problems with files: at most one of a kind per file, or per place in it."""

import hashlib
import os

from camwalk.model import Edit, Message, Problem, Survey, message, removed


def problem(path: str, reason: Message, place: int | None = None) -> Problem:
    """A problem with the file at `path`; the next report of that kind on that file, or on that place in
    it, replaces it."""
    told = os.fsencode(path) + b"\0" + (reason.text if place is None else str(place)).encode()
    return Problem(id=hashlib.blake2b(told, digest_size=8).hexdigest(), path=path, reason=reason)


def forget_problems(survey: Survey) -> Edit:
    """Take the problems off the list; the next import tells those that are still there."""
    return Edit(message("Forget the problems with files"), removed(*survey.problems.values()))
