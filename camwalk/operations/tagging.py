"""What Camwalk knows of OSM's surveillance scheme, as data and pure functions (see TAGGING.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from camwalk.model import Camera, Message, Tags, message
from camwalk.operations.tag_known import is_speed_camera
from camwalk.operations.tag_together import conflicts
from camwalk.operations.tag_typos import key_slip, value_slip
from camwalk.operations.tag_values import (
    DIRECTION_KEYS,
    LONGEST,
    TagProblem,
    beyond_limits,
    tidy_number,
    unreadable_value,
)

__all__ = [
    "ANGLE", "DIRECTION_KEYS", "HEIGHT", "KINDS", "LONGEST", "MOUNTS", "OPERATOR", "PLACES", "ZONE", "ZONES",
    "Choice", "Field", "Kind", "TagProblem", "beyond_limits", "camera_kind", "checked", "checked_camera",
    "lies_nowhere", "meaningless", "mended", "tidy_number", "with_kind", "with_tag",
]  # fmt: skip

_ALONG_ROAD = ("forward", "backward", "both")
_NOWHERE = message("It lies at 0,0, in the sea off Africa. Put it where it hangs.")
_ROUNDS = 3  # a key mended may have a value to mend


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
    found = [beyond_limits(key, value) or meaningless(key, value, tags) for key, value in tags.items()]
    return (*(problem for problem in found if problem is not None), *conflicts(tags))


def checked_camera(camera: Camera) -> tuple[TagProblem, ...]:
    """Everything about a camera that OpenStreetMap or its readers would stumble over, its place first."""
    nowhere = (TagProblem("lat,lon", _NOWHERE),) if lies_nowhere(camera.lat, camera.lon) else ()
    return (*nowhere, *checked(camera.tags))


def lies_nowhere(lat: float, lon: float) -> bool:
    """Whether a place is 0,0 as OpenStreetMap writes it: what programs say that know no place."""
    return abs(lat) < 5e-8 and abs(lon) < 5e-8


def meaningless(key: str, value: str, tags: Tags | None = None) -> TagProblem | None:
    """Why readers of the map would not understand this tag; `tags` are those that stand beside it."""
    if key == "direction" and value in _ALONG_ROAD and is_speed_camera(tags or {}):
        return None
    return key_slip(key) or value_slip(key, value) or unreadable_value(key, value)


def mended(tags: Tags) -> Tags:
    """`tags` with every clear suggestion taken, and without what is empty: for what a person just typed."""
    result = {key.strip(): value.strip() for key, value in tags.items() if key.strip() and value.strip()}
    for _ in range(_ROUNDS):
        mending = [p for p in checked(result) if p.suggestion or p.suggested_key]
        if not mending:
            break
        result = _mended_once(result, mending)
    return result


def _mended_once(tags: Tags, problems: Iterable[TagProblem]) -> dict[str, str]:
    better = {problem.key: problem for problem in problems}
    result: dict[str, str] = {}
    for key, value in tags.items():
        problem = better.get(key)
        new_key = (problem and problem.suggested_key) or key
        if new_key == key or new_key not in tags:
            result[new_key] = (problem and problem.suggestion) or value
        else:
            result[key] = value  # both keys are there: a person has to choose
    return result
