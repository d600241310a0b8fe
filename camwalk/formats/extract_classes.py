"""Which tags make which class of map feature, and from which zoom on it is worth showing.

Zooms are those of 512 px tiles: the world is 512 * 2**zoom px wide.
"""

from collections.abc import Mapping
from typing import NamedTuple

from camwalk.model import Tags

BRIDGE, TUNNEL, LINK, COVERED, INDOOR = 1, 2, 4, 8, 16
"""Flags of a feature; COVERED leads through a building."""

AREAS: Mapping[str, int] = {
    "sea": 0, "water": 6, "wetland": 9, "glacier": 8, "sand": 10, "rock": 10,
    "residential": 9, "commercial": 10, "industrial": 10, "railyard": 11, "military": 10, "campus": 12,
    "construction": 12, "farmland": 9, "orchard": 10, "wood": 7, "scrub": 9, "grass": 10, "park": 9,
    "cemetery": 10, "sports": 12, "pitch": 13, "playground": 14, "pool": 15, "parking": 14,
    "square": 13, "road_area": 14, "platform": 14, "pier": 12, "bridge_area": 13, "runway": 10,
    "apron": 11, "building": 13, "roof": 14,
}  # fmt: skip

ROADS: Mapping[str, int] = {
    "motorway": 4, "trunk": 5, "primary": 7, "secondary": 8, "tertiary": 10, "residential": 12,
    "living_street": 12, "pedestrian": 12, "service": 13, "driveway": 15, "busway": 13, "track": 12,
    "cycleway": 13, "footway": 13, "path": 13, "steps": 14,
}  # fmt: skip

LINES: Mapping[str, int] = {
    **ROADS, "rail": 7, "siding": 12, "light_rail": 10, "tram": 12, "subway": 12, "funicular": 12,
    "aerialway": 12, "river": 8, "canal": 10, "stream": 13, "ditch": 15, "coastline": 0, "ferry": 10,
    "runway_line": 9, "taxiway_line": 12, "wall": 15, "fence": 16, "hedge": 16, "pier_line": 12,
    "platform_line": 14,
}  # fmt: skip

PLACES: Mapping[str, int] = {
    "city": 3, "town": 6, "village": 10, "suburb": 10, "quarter": 12, "neighbourhood": 13, "hamlet": 12,
    "locality": 14, "island": 9, "islet": 13, "square": 14, "bay": 10,
}  # fmt: skip

CAMERA_TAGS = (("man_made", "surveillance"), ("highway", "speed_camera"))

AREA_KEYS = (
    "building", "natural", "landuse", "leisure", "waterway", "amenity", "highway", "area:highway", "place",
    "man_made", "railway", "public_transport", "aeroway", "military",
)  # fmt: skip
LINE_KEYS = (
    "highway", "railway", "waterway", "natural", "aeroway", "aerialway", "barrier", "man_made", "route",
    "building", "surveillance",
)  # fmt: skip
NODE_KEYS = ("man_made", "highway", "surveillance", "place", "natural", "addr:housenumber")

_SAME_ROAD = {
    "unclassified": "residential", "road": "residential", "bridleway": "path", "footway": "footway",
    "bus_guideway": "busway", "raceway": "track", "via_ferrata": "path",
}  # fmt: skip
_RAILS = {
    "rail": "rail", "narrow_gauge": "light_rail", "light_rail": "light_rail", "monorail": "light_rail",
    "preserved": "light_rail", "tram": "tram", "subway": "subway", "funicular": "funicular",
    "platform": "platform_line",
}  # fmt: skip
_AREA_BY_TAG: Mapping[str, Mapping[str, str]] = {
    "natural": {
        "water": "water", "bay": "", "wetland": "wetland", "glacier": "glacier", "beach": "sand",
        "sand": "sand", "shingle": "sand", "bare_rock": "rock", "scree": "rock", "wood": "wood",
        "scrub": "scrub", "heath": "scrub", "grassland": "grass", "fell": "grass",
    },
    "waterway": {"riverbank": "water", "dock": "water", "boatyard": "industrial"},
    "aeroway": {"runway": "runway", "taxiway": "runway", "apron": "apron", "helipad": "apron"},
    "leisure": {
        "park": "park", "garden": "park", "dog_park": "park", "golf_course": "park", "common": "park",
        "pitch": "pitch", "track": "pitch", "sports_centre": "sports", "stadium": "sports",
        "playground": "playground", "swimming_pool": "pool", "marina": "", "nature_reserve": "",
    },
    "landuse": {
        "residential": "residential", "commercial": "commercial", "retail": "commercial",
        "industrial": "industrial", "port": "industrial", "railway": "railyard", "military": "military",
        "garages": "industrial", "quarry": "rock", "construction": "construction",
        "brownfield": "construction", "greenfield": "construction", "landfill": "construction",
        "farmland": "farmland", "farmyard": "farmland", "farm": "farmland", "orchard": "orchard",
        "vineyard": "orchard", "plant_nursery": "orchard", "allotments": "orchard", "forest": "wood",
        "grass": "grass", "meadow": "grass", "village_green": "park", "recreation_ground": "park",
        "cemetery": "cemetery", "reservoir": "water", "basin": "water",
    },
    "amenity": {
        "grave_yard": "cemetery", "school": "campus", "university": "campus", "college": "campus",
        "kindergarten": "campus", "hospital": "campus", "parking": "parking", "bicycle_parking": "",
        "fountain": "pool", "marketplace": "square",
    },
    "place": {"square": "square"},
    "man_made": {"pier": "pier", "breakwater": "pier", "groyne": "pier", "bridge": "bridge_area"},
    "railway": {"platform": "platform"},
    "public_transport": {"platform": "platform"},
    "area:highway": {},
    "military": {"barracks": "military"},
}  # fmt: skip


class Kind(NamedTuple):
    """The class of a feature and the least zoom that shows it."""

    name: str
    zoom: int


def area_kind(tags: Tags, multipolygon: bool) -> Kind | None:
    """The class of a closed way or a multipolygon, None where the map does not show it as an area."""
    building = tags.get("building", "no")
    if building != "no":
        name = "roof" if building in ("roof", "carport", "canopy") else "building"
        return Kind(name, AREAS[name])
    if (highway := tags.get("highway")) and (multipolygon or tags.get("area") == "yes"):
        return _kind(AREAS, _paved_area(highway))
    names = (values.get(tags.get(key, ""), "") for key, values in _AREA_BY_TAG.items())
    return _kind(AREAS, next(filter(None, names), ""))


def _paved_area(highway: str) -> str:
    if highway in ("pedestrian", "footway", "path", "cycleway", "steps", "living_street"):
        return "square"
    if highway == "platform":
        return "platform"
    return "road_area" if highway in ("service", "residential", "unclassified", "tertiary") else ""


def line_kind(tags: Tags, closed: bool) -> Kind | None:
    """The class of a way drawn as a line, None where the map does not show it."""
    if tags.get("area") == "yes":
        return None
    if highway := tags.get("highway"):
        return road_kind(highway, tags)
    return _kind(LINES, _other_line(tags, closed))


def road_kind(highway: str, tags: Tags) -> Kind | None:
    """The class of a street or path."""
    name = highway.removesuffix("_link")
    name = _SAME_ROAD.get(name, name)
    if name == "service" and tags.get("service") in ("driveway", "parking_aisle", "drive-through"):
        name = "driveway"
    return _kind(ROADS, name)


def _other_line(tags: Tags, closed: bool) -> str:
    if railway := tags.get("railway"):
        return _rail(railway, tags, closed)
    if waterway := tags.get("waterway"):
        return _waterway(waterway, tags)
    if tags.get("natural") == "coastline":
        return "coastline"
    if tags.get("aeroway") in ("runway", "taxiway"):
        return tags["aeroway"] + "_line"
    if tags.get("aerialway") in ("cable_car", "gondola", "chair_lift", "mixed_lift"):
        return "aerialway"
    if tags.get("route") == "ferry":
        return "ferry"
    if tags.get("man_made") in ("pier", "breakwater", "groyne"):
        return "" if closed else "pier_line"
    return _barrier(tags.get("barrier", ""))


def _rail(railway: str, tags: Tags, closed: bool) -> str:
    name = _RAILS.get(railway, "")
    if name == "rail" and tags.get("service") in ("yard", "siding", "spur", "crossover"):
        return "siding"
    return "" if name == "platform_line" and closed else name


def _waterway(waterway: str, tags: Tags) -> str:
    if tags.get("tunnel") in ("yes", "culvert"):
        return ""
    same = {"drain": "ditch", "brook": "stream", "tidal_channel": "stream"}
    name = same.get(waterway, waterway)
    return name if name in ("river", "canal", "stream", "ditch") else ""


def _barrier(barrier: str) -> str:
    if barrier in ("wall", "city_wall", "retaining_wall"):
        return "wall"
    return barrier if barrier in ("fence", "hedge") else ""


def place_kind(tags: Tags) -> Kind | None:
    """The class of a node that only bears a name."""
    if "name" not in tags:
        return None
    if tags.get("natural") in ("bay", "strait"):
        return _kind(PLACES, "bay")
    return _kind(PLACES, tags.get("place", ""))


def is_camera(tags: Tags) -> bool:
    """Whether the object itself is a camera."""
    return any(tags.get(key) == value for key, value in CAMERA_TAGS)


def is_surveillance(tags: Tags) -> bool:
    """Whether the object is a camera or, as a car park may be, something that cameras watch."""
    return is_camera(tags) or tags.get("surveillance", "no") != "no"


def flags_of(tags: Tags) -> int:
    """Bridge, tunnel and the like."""
    tunnel, flags = tags.get("tunnel", "no"), 0
    if tags.get("bridge", "no") != "no":
        flags |= BRIDGE
    if tunnel == "building_passage" or tags.get("covered", "no") not in ("no", ""):
        flags |= COVERED
    elif tunnel != "no" or tags.get("location") == "underground":
        flags |= TUNNEL
    if tags.get("indoor", "no") != "no":
        flags |= INDOOR
    if tags.get("highway", "").endswith("_link"):
        flags |= LINK
    return flags


def layer_of(tags: Tags) -> int:
    """OSM's `layer`, from -5 to 5; anything unreadable is the ground."""
    try:
        return max(-5, min(5, int(tags.get("layer", "0"))))
    except ValueError:
        return 0


def _kind(kinds: Mapping[str, int], name: str) -> Kind | None:
    return Kind(name, kinds[name]) if name in kinds else None
