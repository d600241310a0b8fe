"""What the tags of a street say to somebody on foot."""

from camwalk.model import Tags

ROADS = frozenset(
    ("trunk", "primary", "secondary", "tertiary", "residential", "living_street", "busway", "pedestrian")
)  # fmt: skip
"""Kinds that pavements are mapped beside."""

PATHS = frozenset(("footway", "path", "cycleway", "steps"))
"""Kinds that may be the pavement of a street."""

HALF_WIDTHS = {
    "trunk": 6.0, "primary": 5.0, "secondary": 5.0, "tertiary": 4.5, "residential": 4.0, "busway": 4.0,
    "living_street": 3.5, "service": 3.0,
}  # fmt: skip
"""Metres from the middle of a street of each kind to the pavements at its sides, about."""

_PAVEMENT, _MAYBE_PAVEMENT = 12.0, 6.0  # metres from the middle of the street
_CLOSED = frozenset(
    ("no", "private", "military", "permit", "residents", "employees", "staff", "agricultural", "forestry",
     "emergency")
)  # fmt: skip
_ON_FOOT = frozenset(("yes", "designated", "permissive", "official", "public", "destination", "customers"))


def is_open(kind: str, tags: Tags) -> bool:
    """Whether anybody may walk there."""
    foot = tags.get("foot", "")
    if foot in _ON_FOOT:
        return True
    if foot in _CLOSED or tags.get("access", "") in _CLOSED:
        return False
    return kind != "motorway" and tags.get("motorroad") != "yes"


def is_underground(tags: Tags) -> bool:
    """Whether it lies where no satellite is seen; a passage through a building is not meant."""
    if tags.get("tunnel", "no") not in ("no", "building_passage"):
        return True
    return tags.get("layer", "0").startswith("-") or tags.get("indoor", "no") != "no"


def pavement_reach(kind: str, tags: Tags) -> float:
    """Metres within which a path along a street is its pavement; 0 for what is none."""
    if kind not in PATHS or tags.get("footway") == "crossing" or tags.get("bridge", "no") != "no":
        return 0.0
    told = "sidewalk" in (tags.get("footway"), tags.get("path"), tags.get("cycleway"))
    return _PAVEMENT if told else _MAYBE_PAVEMENT
