"""Tags in the words of the form, for those who do not know OpenStreetMap's."""

from camwalk.i18n import tell
from camwalk.model import Message, message
from camwalk.operations.tagging import ANGLE, HEIGHT, KINDS, MOUNTS, OPERATOR, PLACES, ZONE, ZONES, Choice

_KEYS: dict[str, Message] = {
    "camera:type": message("Type"),
    "surveillance:type": message("Device"),
    "camera:mount": message("Mount"),
    "camera:direction": message("Direction"),
    "direction": message("Direction"),
    "surveillance": message("Watched place"),
    **{field.key: field.label for field in (HEIGHT, ANGLE, ZONE, OPERATOR)},
}
_VALUES: dict[str, tuple[Choice, ...]] = {
    "camera:type": tuple(kind.choice for kind in KINDS.values()),
    "surveillance:type": (Choice("camera", message("Camera")), KINDS["ALPR"].choice),
    "camera:mount": MOUNTS,
    "surveillance": PLACES,
    "surveillance:zone": ZONES,
}


def key_words(key: str) -> str:
    """What the form calls a key; the key itself where it has no word for it."""
    return tell(_KEYS[key]) if key in _KEYS else key


def value_words(key: str, value: str) -> str:
    """What the form calls a value; the value itself where it has no word for it."""
    return next((tell(c.label) for c in _VALUES.get(key, ()) if c.value == value), value)
