"""How the names of each kind are written, and which of them go first where room is short."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lettering:
    """How names of one kind are written. `colour` is a key of the theme's texts."""

    rank: int  # the lower, the earlier placed
    colour: str
    size: float  # logical pixels, at zoom 16
    growth: float = 0.25  # more pixels with every further zoom
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0  # pixels between letters
    capitals: bool = False
    along: bool = False  # follows its line
    start: float = 0.0  # the least zoom
    end: float = 99.0  # the zoom from which the map shows what is smaller
    room: float = 0.0  # how much wider than its area a name may be; 0: it needs no area

    def size_at(self, zoom: float) -> float:
        """The size of the letters in logical pixels, at most some pixels off the normal one."""
        return self.size + self.growth * max(-6.0, min(3.0, zoom - 16))


_STREET = Lettering(6, "street", 11.5, along=True, start=13.8)
_MAIN = Lettering(4, "main", 12.5, along=True, start=12.5)
_PATH = Lettering(12, "path", 10.5, along=True, start=15.5)
_RIVER = Lettering(7, "water", 12, italic=True, spacing=1.0, along=True)
_SUBURB = Lettering(3, "suburb", 13, spacing=1.4, capitals=True, end=16.2)
_GREEN = Lettering(8, "green", 11.5, room=1.25)

LETTERING: Mapping[str, Lettering] = {
    "city": Lettering(0, "place", 19, bold=True, end=14.2),
    "town": Lettering(1, "place", 16.5, bold=True, end=15.2),
    "village": Lettering(2, "place", 14.5, bold=True, end=15.7), "suburb": _SUBURB,
    "quarter": Lettering(5, "suburb", 12, spacing=1.1, capitals=True, end=16.7),
    "neighbourhood": Lettering(9, "suburb", 11.5, spacing=0.6, end=17.7),
    "hamlet": Lettering(5, "place", 12.5), "locality": Lettering(11, "suburb", 11),
    "island": Lettering(5, "suburb", 12.5), "islet": Lettering(11, "suburb", 11),
    "bay": Lettering(5, "water", 12.5, italic=True, spacing=0.8),
    "water": Lettering(7, "water", 12, italic=True, spacing=0.6, room=1.3),
    "square": Lettering(7, "street", 11.5, room=1.5),
    "park": _GREEN, "wood": _GREEN, "cemetery": _GREEN, "grass": _GREEN, "sports": _GREEN,
    "campus": Lettering(10, "area", 11, room=1.1), "sand": Lettering(10, "area", 11, room=1.1),
    "pier": Lettering(11, "area", 10.5, room=1.2), "railyard": Lettering(11, "area", 11, room=1.0),
    "industrial": Lettering(11, "area", 11, room=1.0), "commercial": Lettering(11, "area", 11, room=1.0),
    "building": Lettering(13, "building", 10.5, room=1.0),
    "housenumber": Lettering(14, "number", 9, growth=0.5),
    "motorway": _MAIN, "trunk": _MAIN, "primary": _MAIN, "secondary": _MAIN, "tertiary": _MAIN,
    "residential": _STREET, "living_street": _STREET, "pedestrian": _STREET, "busway": _STREET,
    "service": _PATH, "driveway": _PATH, "track": _PATH, "cycleway": _PATH, "footway": _PATH, "path": _PATH,
    "steps": _PATH, "river": _RIVER, "canal": _RIVER, "stream": _RIVER,
}  # fmt: skip
