"""What Camwalk knows of OSM's surveillance scheme, as data and pure functions (see TAGGING.md)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from camwalk.geometry import directions
from camwalk.model import Message, Tags, message

LONGEST = 255  # characters, the OSM API's limit for keys and for values


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a button or a list offers; `shortcut` is the key that chooses it."""

    value: str
    label: Message
    hint: Message | None = None
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of camera: its tags, and the keys that say something else."""

    choice: Choice
    sets: Tags
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A tag that is typed; `tidy` turns what people type into what OSM wants."""

    key: str
    label: Message
    hint: Message
    unit: str = ""
    tidy: Callable[[str], str] = field(default=str.strip)


@dataclass(frozen=True, slots=True)
class TagProblem:
    """What is wrong with the tag `key`, and the value to write instead where that is clear."""

    key: str
    reason: Message
    suggestion: str | None = None


def _kind(choice: Choice) -> Kind:
    return Kind(choice, {"surveillance:type": "camera", "camera:type": choice.value})


_ALPR = Choice("ALPR", message("Plate reader"), message("Reads number plates (ALPR)."), "5")
_UNKNOWN = Choice("unknown", message("Other, unknown"), message("Something else, or not to be seen."), "6")

KINDS: Mapping[str, Kind] = {
    kind.choice.value: kind
    for kind in (
        _kind(Choice("fixed", message("Fixed"), message("Looks into one direction and does not move."), "1")),
        _kind(Choice("dome", message("Dome"), message("Hidden behind a dark or clear dome."), "2")),
        _kind(Choice("panning", message("Panning"), message("Turns by itself or by remote control."), "3")),
        _kind(Choice("doorbell", message("Doorbell"), message("Part of a doorbell or an intercom."), "4")),
        Kind(_ALPR, {"surveillance:type": "ALPR", "camera:type": "fixed"}),
        Kind(_UNKNOWN, {"surveillance:type": "camera"}, ("camera:type",)),
    )
}
"""The types of cameras by name, in the order of their keys."""

MOUNTS = (
    Choice("wall", message("Wall"), message("On a wall."), "W"),
    Choice("pole", message("Pole"), message("On a pole of its own or a mast."), "P"),
    Choice("ceiling", message("Ceiling"), message("Under a ceiling, a canopy or an arcade."), "C"),
    Choice("street_lamp", message("Street lamp"), message("On a street lamp."), "L"),
    Choice("traffic_signals", message("Traffic lights"), message("On traffic lights."), "T"),
    Choice("roof", message("Roof"), message("On the edge of a roof."), "R"),
)

PLACES = (
    Choice("public", message("Public"), message("It watches a street, a square, a station …")),
    Choice("outdoor", message("Private, outdoors"), message("It watches a yard, a private car park …")),
    Choice("indoor", message("Indoors"), message("It watches the inside of a building.")),
)

ZONES = (
    Choice("town", message("Streets and squares")),
    Choice("traffic", message("Traffic")),
    Choice("parking", message("Car park")),
    Choice("entrance", message("Entrance")),
    Choice("building", message("Building")),
    Choice("shop", message("Shop")),
    Choice("bank", message("Bank")),
    Choice("corridor", message("Corridor")),
    Choice("public_transport_platform", message("Platform or stop")),
)

DIRECTION_KEYS = ("camera:direction", "direction", "surveillance:direction")
_DATE_KEYS = ("check_date", "start_date", "survey:date")


def camera_kind(tags: Tags) -> str:
    """The type of camera that `tags` tell, a key of KINDS."""
    watcher = tags.get("surveillance:type", "camera")
    if watcher.upper() in ("ALPR", "ANPR"):
        return "ALPR"
    if watcher != "camera":
        return "unknown"
    types = (part.strip() for part in tags.get("camera:type", "").split(";"))
    return next((part for part in types if part in KINDS and part not in ("ALPR", "unknown")), "unknown")


def with_kind(tags: Tags, kind: str) -> Tags:
    """`tags` of a camera that is now of this `kind`."""
    known = KINDS[kind]
    for key in known.clears:
        tags = with_tag(tags, key, None)
    for key, value in known.sets.items():
        tags = with_tag(tags, key, value)
    return tags


def with_tag(tags: Tags, key: str, value: str | None) -> Tags:
    """`tags` with one of them set, in its old place, or removed where `value` is None."""
    changed = dict(tags)
    if value is None:
        changed.pop(key, None)
    else:
        changed[key] = value
    return changed


def tidy_number(text: str) -> str:
    """A number as OSM wants it: a decimal point, no unit; anything else comes back as it is."""
    match = re.fullmatch(r"\s*([0-9]{1,5})(?:[.,]([0-9]{1,3}))?\s*(?:m|°)?\s*", text)
    if match is None:
        return text.strip()
    return f"{int(match[1])}.{match[2]}" if match[2] else str(int(match[1]))


HEIGHT = Field(
    "height",
    message("Height"),
    message("Metres from the ground to the lens, for example 3.5."),
    "m",
    tidy_number,
)
ANGLE = Field(
    "camera:angle",
    message("Tilt"),
    message("Degrees below the horizon: 0 looks straight ahead, 90 straight down."),
    "°",
    tidy_number,
)
ZONE = Field("surveillance:zone", message("Zone"), message("What exactly it watches; choose, or type."))
OPERATOR = Field("operator", message("Operator"), message("The organisation that the pictures belong to."))


def checked(tags: Tags) -> tuple[TagProblem, ...]:
    """Everything about `tags` that OpenStreetMap or its readers would stumble over."""
    found = (beyond_limits(key, value) or meaningless(key, value) for key, value in tags.items())
    return tuple(problem for problem in found if problem is not None)


def beyond_limits(key: str, value: str) -> TagProblem | None:
    """Why OpenStreetMap would refuse this tag, whatever it means."""
    reason = _key_reason(key) or _value_reason(value)
    return TagProblem(key, reason, _changed(value, value.strip())) if reason else None


def meaningless(key: str, value: str) -> TagProblem | None:
    """Why readers of the map would not understand this value."""
    if key in DIRECTION_KEYS:
        return _direction_problem(key, value)
    if key == "height":
        return _height_problem(value)
    if key == "camera:angle":
        return _angle_problem(value)
    if key in _DATE_KEYS or key.startswith("check_date:"):
        return _date_problem(key, value)
    return None


def _key_reason(key: str) -> Message | None:
    if not key:
        return message("A tag needs a key, for example “operator”.")
    if len(key) > LONGEST:
        return message("The key is longer than {limit} characters.", limit=LONGEST)
    if not re.fullmatch(r"[\w:.\-]+", key):
        return message("The key “{key}” has characters that OpenStreetMap does not use in keys.", key=key)
    return None


def _value_reason(value: str) -> Message | None:
    if not value.strip():
        return message("The value is empty. Write one, or remove the tag.")
    if len(value) > LONGEST:
        return message(
            "The value is {length} characters long; OpenStreetMap takes {limit}.",
            length=len(value),
            limit=LONGEST,
        )
    if any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in value):
        return message("The value has invisible control characters.")
    if value != value.strip():
        return message("The value has spaces before or after it.")
    return None


def _direction_problem(key: str, value: str) -> TagProblem | None:
    if directions.normalised(value) is not None:
        return None
    return TagProblem(key, message("Direction not understood: “{value}”.", value=value))


def _height_problem(value: str) -> TagProblem | None:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?( m| ft)?", value):
        return None
    reason = message("Height not understood: “{value}”. Write metres, for example 6.5.", value=value)
    return TagProblem("height", reason, _changed(value, tidy_number(value)))


def _angle_problem(value: str) -> TagProblem | None:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) and float(value) <= 90:
        return None
    reason = message("Tilt not understood: “{value}”. Write degrees below the horizon, 0 to 90.", value=value)
    return TagProblem("camera:angle", reason, _changed(value, tidy_number(value)))


def _changed(value: str, tidied: str) -> str | None:
    return tidied if tidied not in (value, "") else None


def _date_problem(key: str, value: str) -> TagProblem | None:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", value)
    if match and _is_date(int(match[1]), int(match[2] or 1), int(match[3] or 1)):
        return None
    return TagProblem(key, message("“{value}” is not a date. Write it as 2026-11-15.", value=value))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
