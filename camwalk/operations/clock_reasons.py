"""What is said about where a device's clock setting comes from."""

from dataclasses import replace

from camwalk.model import Device, Message, counted, message
from camwalk.model.message import Param

BY_HAND = message("Set by hand.")
UNKNOWN = message("Not known: set the clock by hand.")
TAGS_TRUSTED = message("A guess: the photos carry their time zone, so the clock is taken to be right.")
PLACES_TRUSTED = message("A guess: the photos carry positions, so the clock is taken to be right.")
ON_STOPS = message("A guess: the photos fall on the stops of the track.")
ON_PLACES = message("The photos' own positions lie on the track.")

ZONE_OF_WALK = message("Zone set for this walk: {zone}.")
ZONE_OF_PLACE = message("Zone of the walk's place: {zone}.")
ZONE_OF_PHOTOS = message("Zone of the photos' place: {zone}.")
ZONE_OF_TAGS = message("The photos carry their time zone.")
ZONE_OF_GPS = message("Difference between the clock and GPS time.")
ZONE_ASSUMED = message("No place tells the zone; UTC is assumed.")
_GUESSES = frozenset(reason.text for reason in (TAGS_TRUSTED, PLACES_TRUSTED, ON_STOPS))


def by_gps(n: int, offset: float) -> Message:
    """That `n` photos carry GPS time, to which the clock has to be put by `offset` seconds."""
    if offset == 0:
        return counted(
            "{n} photo carries GPS time; the clock is right.",
            "{n} photos carry GPS time; the clock is right.",
            n,
        )
    if offset < 0:
        return counted(
            "{n} photo carries GPS time; the clock is {duration} fast.",
            "{n} photos carry GPS time; the clock is {duration} fast.",
            n,
            duration=duration(offset),
        )
    return counted(
        "{n} photo carries GPS time; the clock is {duration} slow.",
        "{n} photos carry GPS time; the clock is {duration} slow.",
        n,
        duration=duration(offset),
    )


def say(sentence: Message, **params: Param) -> Message:
    """`sentence` with its fields filled."""
    return replace(sentence, params=tuple(params.items()))


def duration(seconds: float) -> str:
    """Whole seconds, without sign, in the units of all languages: "1 d 2 h 5 s"."""
    left = round(abs(seconds))
    parts: list[str] = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, left = divmod(left, size)
        if count or (unit == "s" and not parts):
            parts.append(f"{count} {unit}")
    return " ".join(parts)


def is_guess(device: Device) -> bool:
    """Whether nobody set the device's clock and no GPS shows that it is right."""
    reason = device.clock_reason
    return not device.manual and reason is not None and reason.text in _GUESSES
