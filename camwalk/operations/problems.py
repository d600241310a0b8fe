"""Problems with files, one per file."""

import hashlib
import os

from camwalk.model import Message, Problem


def problem(path: str, reason: Message) -> Problem:
    """A problem with the file at `path`; the next report on that file replaces it."""
    return Problem(id=problem_id(path), path=path, reason=reason)


def problem_id(path: str) -> str:
    """The id of the problem with a file, which follows from its path."""
    return hashlib.blake2b(os.fsencode(path), digest_size=8).hexdigest()
