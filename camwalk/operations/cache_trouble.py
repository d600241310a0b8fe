"""What to say where nothing can be kept for the next time."""

from camwalk import paths
from camwalk.model import Message, message


def cache_trouble() -> Message | None:
    """What to tell once, at the end of a command or at the start of the window; None if all is well."""
    if not paths.cache_is_temporary():
        return None
    return message(
        "The cache folder cannot be used, so what Camwalk prepared is not kept. Set CAMWALK_CACHE to a "
        "folder that you can write to."
    )
