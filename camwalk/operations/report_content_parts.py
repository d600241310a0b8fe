"""What a report is made of: plain data in the reader's language, for whoever draws it."""

from dataclasses import dataclass
from typing import Literal

MapName = Literal["title", "walked", "filmed"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a quiet one is a remark."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short points, one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with what it counts and what it is a part of (its base and its model)."""

    value: str
    label: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures side by side."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `shown` is its value in words, `kind` the kind of camera whose symbol and colour it has."""

    label: str
    value: float
    shown: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below each other under a title, and what they count."""

    title: str
    bars: tuple[Bar, ...]
    base: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `share` of the width in relation to the others."""

    title: str
    share: float = 1.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts. `pictures` name for each row the camera whose picture stands before it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    base: str = ""
    pictures: tuple[str, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """A sign on a map: the symbol of a kind of camera, or what lines and areas mean."""

    sign: str  # a key of tagging.KINDS, or "walked", "unwalked", "filmed", "maybe"
    label: str


@dataclass(frozen=True, slots=True)
class MapPart:
    """A map with its caption; it is left out where there is nothing to draw."""

    name: MapName
    caption: str
    legend: tuple[Legend, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a web page where `url` is not empty."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Sources, one below the other."""

    items: tuple[Link, ...]


Part = Text | Bullets | Facts | Chart | Table | MapPart | Links


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered chapter."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The whole report. `made` is the day, `claim` the sentence below the title."""

    title: str
    claim: str
    made: str
    language: str
    map: MapPart
    facts: Facts
    sections: tuple[Section, ...]
    imprint: str
