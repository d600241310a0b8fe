"""How the map looks: a palette for light and one for dark, and how wide things are at each zoom.

Zooms are those of 512 px tiles; widths are logical pixels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log


@dataclass(frozen=True, slots=True)
class Road:
    """The colours of one class of street: its surface, the lines on both sides, itself as a thin line."""

    fill: str
    casing: str
    thin: str


@dataclass(frozen=True)
class Theme:
    """Every colour of the map, by the class of what has it."""

    name: str
    paper: str
    halo: str
    areas: Mapping[str, str]
    edges: Mapping[str, str]
    roads: Mapping[str, Road]
    tunnel: Road
    bridge: str
    lines: Mapping[str, str]
    rail_tunnel: str
    texts: Mapping[str, str]


AREA_ORDER = (
    "residential", "farmland", "military", "commercial", "industrial", "railyard", "campus", "construction",
    "rock", "glacier", "sand", "orchard", "wood", "sports", "park", "cemetery", "scrub", "grass", "wetland",
    "sea", "water", "playground", "pitch", "pool", "parking", "apron", "runway", "pier", "road_area",
    "square", "platform",
)  # fmt: skip
"""Areas from the ground up, buildings excepted."""

ROAD_ORDER = (
    "path", "track", "steps", "footway", "cycleway", "driveway", "service", "busway", "pedestrian",
    "living_street", "residential", "tertiary", "secondary", "primary", "trunk", "motorway",
)  # fmt: skip
"""Streets from below to above."""

RAIL_ORDER = ("tram", "siding", "subway", "funicular", "light_rail", "rail")
LINES_BELOW = (
    "ferry", "ditch", "stream", "canal", "river", "pier_line", "platform_line", "taxiway_line", "runway_line",
)  # fmt: skip
"""Lines under the buildings."""

LINES_ABOVE = ("hedge", "fence", "wall", "aerialway")
"""Lines over the streets."""

_WIDTHS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "motorway": ((5, 0.7), (10, 1.8), (13, 4.2), (15, 8.5), (16, 13), (17, 20), (18, 36), (20, 120)),
    "trunk": ((6, 0.7), (10, 1.6), (13, 4.0), (15, 8.5), (16, 13), (17, 19), (18, 33), (20, 115)),
    "primary": ((8, 0.7), (11, 1.6), (13, 3.6), (15, 8), (16, 12.5), (17, 18.5), (18, 32), (20, 110)),
    "secondary": ((9, 0.6), (12, 1.8), (13, 3), (15, 7.2), (16, 11.5), (17, 17), (18, 29), (20, 100)),
    "tertiary": ((10, 0.5), (12, 1.3), (13, 2.4), (15, 6.4), (16, 10.5), (17, 15.5), (18, 26), (20, 90)),
    "residential": ((12, 0.6), (13, 1.3), (14, 2.7), (15, 5), (16, 8.5), (17, 13), (18, 23), (20, 80)),
    "living_street": ((12, 0.5), (13, 1.1), (14, 2.3), (15, 4.4), (16, 7.6), (17, 12), (18, 21), (20, 72)),
    "pedestrian": ((12, 0.5), (13, 1.1), (14, 2.2), (15, 4.2), (16, 7.2), (17, 11.5), (18, 20), (20, 70)),
    "busway": ((13, 0.6), (14, 1.2), (15, 2.6), (16, 5), (17, 9), (18, 16), (20, 56)),
    "service": ((13, 0.5), (14, 1.1), (15, 2.2), (16, 4.2), (17, 7), (18, 12), (20, 42)),
    "driveway": ((15, 1.2), (16, 2.4), (17, 4.4), (18, 7.5), (20, 26)),
    "track": ((12, 0.5), (14, 0.9), (16, 1.6), (18, 3.2), (20, 8)),
    "path": ((13, 0.5), (15, 0.8), (16, 1.1), (17, 1.6), (18, 2.4), (20, 6)),
    "footway": ((13, 0.5), (15, 0.9), (16, 1.5), (17, 2.6), (18, 4.4), (20, 15)),
    "cycleway": ((13, 0.5), (15, 1.0), (16, 1.7), (17, 3.0), (18, 5), (20, 17)),
    "steps": ((14, 0.8), (16, 2.2), (17, 3.6), (18, 6), (20, 20)),
    "rail": ((7, 0.6), (12, 0.8), (15, 1.1), (17, 1.5), (20, 3)),
    "siding": ((12, 0.5), (15, 0.8), (17, 1.2), (20, 2.5)),
    "light_rail": ((10, 0.6), (15, 1.0), (17, 1.4), (20, 3)),
    "subway": ((12, 0.6), (15, 1.0), (17, 1.4), (20, 3)),
    "funicular": ((12, 0.6), (15, 1.0), (17, 1.4), (20, 3)),
    "tram": ((12, 0.5), (15, 0.8), (17, 1.1), (20, 2.4)),
    "ties": ((15, 2.6), (16, 3.4), (17, 5), (18, 8), (20, 26)),
    "aerialway": ((12, 0.8), (16, 1.2), (20, 2)),
    "river": ((8, 0.8), (12, 1.8), (14, 3), (16, 6), (18, 12), (20, 30)),
    "canal": ((10, 0.7), (12, 1.4), (14, 2.4), (16, 5), (18, 10), (20, 26)),
    "stream": ((13, 0.7), (15, 1.2), (17, 2.4), (20, 8)),
    "ditch": ((15, 0.6), (17, 1.2), (20, 4)),
    "ferry": ((10, 0.8), (16, 1.2), (20, 2)),
    "pier_line": ((12, 0.6), (14, 1.2), (16, 3), (18, 8), (20, 28)),
    "platform_line": ((14, 0.8), (16, 2.5), (18, 8), (20, 26)),
    "runway_line": ((9, 1), (12, 4), (14, 12), (16, 40), (18, 140)),
    "taxiway_line": ((12, 1), (14, 3), (16, 10), (18, 40)),
    "wall": ((15, 0.6), (17, 1.1), (20, 3)),
    "fence": ((15, 0.5), (17, 0.7), (20, 1.6)),
    "hedge": ((15, 0.8), (17, 1.8), (20, 8)),
    "casing": ((11, 0.35), (14, 0.6), (16, 0.8), (18, 1.1), (20, 1.6)),
}


def width(kind: str, zoom: float) -> float:
    """The width in pixels at `zoom`, growing evenly in proportion between the stops."""
    stops = _WIDTHS[kind]
    for (low, narrow), (high, wide) in pairwise(stops):
        if zoom <= high:
            share = max(0.0, (zoom - low) / (high - low))
            return exp(log(narrow) + share * (log(wide) - log(narrow)))
    return stops[-1][1] * 2.0 ** (zoom - stops[-1][0])


LIGHT = Theme(
    name="light",
    paper="#f5f3ee",
    halo="#faf8f4",
    areas={
        "residential": "#f1eee7", "farmland": "#f3f0e1", "military": "#efebe4", "commercial": "#f2eee3",
        "industrial": "#ecebe8", "railyard": "#ebe9e4", "campus": "#f3eedf", "construction": "#eee8dc",
        "rock": "#e8e5df", "glacier": "#e6eff2", "sand": "#f3ead2", "orchard": "#e3e9cf", "wood": "#cddfbf",
        "sports": "#e1ead6", "park": "#dbe7cf", "cemetery": "#d7e2cd", "scrub": "#d5e2c6", "grass": "#e1ead6",
        "wetland": "#d5e4dd", "sea": "#c9dde6", "water": "#c9dde6", "playground": "#e6ecdc",
        "pitch": "#cfe2c6", "pool": "#bcd7e4", "parking": "#eeebe5", "apron": "#e9e7e3", "runway": "#dddad4",
        "pier": "#f5f3ee", "road_area": "#ffffff", "square": "#faf7f1", "platform": "#e9e5dd",
        "bridge_area": "#ece7dd", "building": "#e3ddd3", "roof": "#ebe6dd",
    },
    edges={
        "square": "#e0d9cd", "pitch": "#b9d2ae", "platform": "#d3ccc0", "road_area": "#d8d1c5",
        "parking": "#e2ddd4", "pool": "#a9c9d8", "bridge_area": "#d0c8bb", "pier": "#d8d2c7",
        "building": "#cbc2b3", "roof": "#d6cec1",
    },
    roads={
        "motorway": Road("#f8dfa8", "#cfae70", "#e2c283"), "trunk": Road("#f9e4b5", "#d1b57c", "#e2c78f"),
        "primary": Road("#fbecc6", "#d4be8a", "#e0cb9b"), "secondary": Road("#fdf4dc", "#dccfa9", "#ddd2b4"),
        "tertiary": Road("#fef9ea", "#d9cfb5", "#dcd5c3"),
        "residential": Road("#ffffff", "#cfc8bb", "#dcd6cb"),
        "living_street": Road("#fdfcfa", "#d5cec2", "#dfd9ce"),
        "pedestrian": Road("#f8f4ec", "#d8d0c3", "#dfd8cc"),
        "busway": Road("#ffffff", "#d5cec2", "#e0dad0"), "service": Road("#ffffff", "#d9d2c6", "#e3ddd3"),
        "driveway": Road("#ffffff", "#ddd6cb", "#e5dfd6"), "footway": Road("#ffffff", "#d8cfc1", "#e2dacd"),
        "cycleway": Road("#f8fafb", "#cad4db", "#d9e0e4"), "path": Road("#c0ae92", "", ""),
        "track": Road("#c0ae92", "", ""), "steps": Road("#c9bba6", "#fbf9f5", "#d6cab8"),
    },
    tunnel=Road("#f6f4f0", "#d5cec3", "#e6e1d8"),
    bridge="#b0a799",
    lines={
        "rail": "#aeaaa3", "siding": "#c4c0b9", "light_rail": "#b4b0aa", "subway": "#b4b0aa",
        "funicular": "#b4b0aa", "tram": "#bbb6ae", "ferry": "#9dbccb", "ditch": "#b6d0dc",
        "stream": "#b6d0dc", "canal": "#c9dde6", "river": "#c9dde6", "pier_line": "#f5f3ee",
        "platform_line": "#e4dfd6", "taxiway_line": "#e2dfd9", "runway_line": "#dddad4", "hedge": "#bfd2b1",
        "fence": "#d5ccbe", "wall": "#c6bcac", "aerialway": "#aaa69f",
    },
    rail_tunnel="#d6d1c9",
    texts={
        "street": "#5d564b", "main": "#4d463b", "path": "#7a7164", "water": "#4f7f96", "green": "#54724a",
        "place": "#3d3a35", "suburb": "#6f675b", "area": "#756c5f", "building": "#7d7365",
        "number": "#948a7c",
    },
)  # fmt: skip

DARK = Theme(
    name="dark",
    paper="#23262b",
    halo="#1f2226",
    areas={
        "residential": "#262a2f", "farmland": "#292b2b", "military": "#2a2a2c", "commercial": "#2b2a2d",
        "industrial": "#28292f", "railyard": "#282a2f", "campus": "#2d2c2b", "construction": "#2d2b2a",
        "rock": "#2e2f31", "glacier": "#2c363b", "sand": "#36342d", "orchard": "#2b332b", "wood": "#26372d",
        "sports": "#29352e", "park": "#28352d", "cemetery": "#27332d", "scrub": "#28352b", "grass": "#2a342d",
        "wetland": "#24343a", "sea": "#182a36", "water": "#182a36", "playground": "#2d3731",
        "pitch": "#2c3f34", "pool": "#1f3a49", "parking": "#2b2e33", "apron": "#2d3034", "runway": "#383b40",
        "pier": "#2a2d32", "road_area": "#3c4047", "square": "#2f3237", "platform": "#35383e",
        "bridge_area": "#2f3339", "building": "#31353c", "roof": "#2c3036",
    },
    edges={
        "square": "#3a3e44", "pitch": "#395043", "platform": "#444850", "road_area": "#1c1f23",
        "parking": "#34383d", "pool": "#2a4b5c", "bridge_area": "#454a52", "pier": "#3a3e44",
        "building": "#40454e", "roof": "#383d44",
    },
    roads={
        "motorway": Road("#6f6149", "#17191c", "#6f6149"), "trunk": Road("#685c47", "#17191c", "#645944"),
        "primary": Road("#5f5646", "#17191c", "#595142"), "secondary": Road("#544e43", "#191b1f", "#4d483f"),
        "tertiary": Road("#4a4946", "#191b1f", "#444441"),
        "residential": Road("#42464d", "#1b1d21", "#3a3e44"),
        "living_street": Road("#3e4248", "#1b1d21", "#383c42"),
        "pedestrian": Road("#393c42", "#1e2024", "#373a40"), "busway": Road("#3e4248", "#1b1d21", "#383c42"),
        "service": Road("#3b3f46", "#1e2125", "#34383e"), "driveway": Road("#383c42", "#1f2226", "#33373c"),
        "footway": Road("#474b52", "#212429", "#3c4046"), "cycleway": Road("#414b54", "#1f2429", "#3a444c"),
        "path": Road("#5f574b", "", ""), "track": Road("#5f574b", "", ""),
        "steps": Road("#5b554c", "#26292e", "#4a463f"),
    },
    tunnel=Road("#282b30", "#3c4047", "#303439"),
    bridge="#0f1113",
    lines={
        "rail": "#5d6067", "siding": "#4a4d54", "light_rail": "#595c63", "subway": "#595c63",
        "funicular": "#595c63", "tram": "#565a61", "ferry": "#33566a", "ditch": "#20394a",
        "stream": "#20394a", "canal": "#182a36", "river": "#182a36", "pier_line": "#2a2d32",
        "platform_line": "#35383e", "taxiway_line": "#303338", "runway_line": "#383b40", "hedge": "#33463a",
        "fence": "#3b3f45", "wall": "#484c53", "aerialway": "#62656c",
    },
    rail_tunnel="#3a3d43",
    texts={
        "street": "#b4b6ba", "main": "#cbc8c1", "path": "#95979b", "water": "#6f9db8", "green": "#8bab83",
        "place": "#dedcd7", "suburb": "#a5a29b", "area": "#9a978f", "building": "#8d8f94",
        "number": "#777a80",
    },
)  # fmt: skip
