"""Problems with files: at most one of a kind per file."""

import hashlib
import os

from camwalk.model import Message, Problem


def problem(path: str, reason: Message) -> Problem:
    """A problem with the file at `path`; the next report of that kind on that file replaces it."""
    told = os.fsencode(path) + b"\0" + reason.text.encode()
    return Problem(id=hashlib.blake2b(told, digest_size=8).hexdigest(), path=path, reason=reason)
