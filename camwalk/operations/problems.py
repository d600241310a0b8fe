"""Problems with files, one per file."""

import hashlib
import os

from camwalk.model import Message, Problem


def problem(path: str, reason: Message) -> Problem:
    """A problem whose id follows from the path: the next report on a file replaces the last."""
    return Problem(id=hashlib.blake2b(os.fsencode(path), digest_size=8).hexdigest(), path=path, reason=reason)
