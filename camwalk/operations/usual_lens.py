"""Which lens a device usually has, for photos that do not say it."""

from collections.abc import Iterable
from statistics import median

ACTION, COMPACT = 17.0, 28.0
"""35 mm equivalents in millimetres: of action cameras, and of the wide end that compact cameras start at."""
_ACTION = ("gopro", "insta360", "sjcam", "akaso", "yi technology", "garmin")
_COMPACT = (
    "canon", "casio", "eastman kodak", "fujifilm", "leica camera", "minolta", "nikon", "olympus",
    "om digital", "panasonic", "pentax", "ricoh", "sigma",
)  # fmt: skip
_SONY = ("dsc", "ilce", "ilca", "slt", "nex", "zv")  # its phones are called otherwise


def usual_lens(make: str, model: str, said: Iterable[float]) -> float | None:
    """Millimetres (35 mm equivalent) of a device: what other photos of it `said`, else what its kind has.

    None where it is or may be a phone.
    """
    known = [millimetres for millimetres in said if millimetres > 1]
    if known:
        return float(median(known))
    maker, name = make.strip().lower(), model.strip().lower()
    if maker.startswith(_ACTION):
        return ACTION
    compact = maker.startswith(_COMPACT) or (maker == "sony" and name.startswith(_SONY))
    return COMPACT if compact else None
