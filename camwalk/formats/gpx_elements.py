"""The elements of a GPX file, from expat into plain lists."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from camwalk.model import CamwalkError, message

Attributes = dict[str, str]

_TEXTS = ("name", "desc", "cmt", "ele", "time", "url", "text")
_POINTS = ("trkpt", "rtept")
_LINES = ("trk", "rte")


@dataclass(slots=True)
class Line:
    """A track or a route: one text of each list per point, and where its segments start."""

    planned: bool  # a route: nobody walked it yet
    name: str = ""
    lats: list[str] = field(default_factory=list[str])
    lons: list[str] = field(default_factory=list[str])
    altitudes: list[str] = field(default_factory=list[str])
    times: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])


@dataclass(slots=True)
class Point:
    """A waypoint with its texts by element, and its links as (address, text)."""

    lat: str
    lon: str
    texts: dict[str, str] = field(default_factory=dict[str, str])
    links: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(slots=True)
class Elements:
    """Everything read; `error` is what stopped the parser before the end."""

    root_seen: bool = False
    lines: list[Line] = field(default_factory=list[Line])
    waypoints: list[Point] = field(default_factory=list[Point])
    error: expat.ExpatError | None = None


def read_elements(data: bytes, name: str) -> Elements:
    """Parse `data`. Raises CamwalkError for entities, which GPX never needs, and for other XML."""
    parser = expat.ParserCreate(_encoding(data))
    parser.buffer_text = True
    reader = _Reader(parser, name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reader.read.error = error
    return reader.read


def _encoding(data: bytes) -> str | None:
    """The encoding to take instead of the one that the file declares wrongly."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        return None
    declaration = data[:200].lower()
    try:
        data.decode()
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(data) - 3
        declared_otherwise = b"encoding=" in declaration and b"utf-8" not in declaration
        return None if cut_off or declared_otherwise else "iso-8859-1"
    return "utf-8" if b"utf-16" in declaration else None


class _Reader:
    """The handlers of one parse. Elements that are no GPX, and metadata, are passed over whole."""

    def __init__(self, parser: expat.XMLParserType, name: str) -> None:
        self.read = Elements()
        self._parser = parser
        self._name = name
        self._line: Line | None = None
        self._waypoint: Point | None = None
        self._in_point = False
        self._lat = self._lon = self._altitude = self._time = ""
        self._link = self._link_text = ""
        self._pieces: list[str] = []
        self._skipped = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {}
        self._ends: dict[str, Callable[[], None]] = {}
        parser.StartElementHandler = self._root
        parser.EntityDeclHandler = self._refuse_entity

    def _refuse_entity(self, *_: object) -> None:
        raise CamwalkError(
            message(
                "“{file}” defines XML entities, which can hide harm and which GPX has no use for.",
                file=self._name,
            )
        )

    def _root(self, element: str, _attributes: Attributes) -> None:
        prefix, _, local = element.rpartition(":")
        if local != "gpx":
            raise CamwalkError(
                message(
                    "“{file}” is not a GPX file: it starts with <{element}>.",
                    file=self._name,
                    element=element[:40],
                )
            )
        self.read.root_seen = True
        self._know_elements(f"{prefix}:" if prefix else "")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _know_elements(self, prefix: str) -> None:
        self._starts = {prefix + text: self._start_text for text in _TEXTS}
        self._starts |= {prefix + point: self._start_point for point in _POINTS}
        self._starts |= {
            prefix + "trk": lambda _: self._start_line(planned=False),
            prefix + "rte": lambda _: self._start_line(planned=True),
            prefix + "trkseg": self._start_segment,
            prefix + "wpt": self._start_waypoint,
            prefix + "link": self._start_link,
        }
        self._ends = {prefix + point: self._end_point for point in _POINTS}
        self._ends |= {prefix + line: self._end_line for line in _LINES}
        self._ends |= {
            prefix + "ele": self._end_altitude,
            prefix + "time": self._end_time,
            prefix + "name": lambda: self._end_text("name"),
            prefix + "desc": lambda: self._end_text("desc"),
            prefix + "cmt": lambda: self._end_text("cmt"),
            prefix + "url": self._end_url,
            prefix + "text": self._end_link_text,
            prefix + "link": self._end_link,
            prefix + "wpt": self._end_waypoint,
        }

    def _start(self, element: str, attributes: Attributes) -> None:
        known = self._starts.get(element)
        if known:
            known(attributes)
            return
        self._skipped = 1
        self._parser.StartElementHandler = self._start_skipped
        self._parser.EndElementHandler = self._end_skipped

    def _end(self, element: str) -> None:
        known = self._ends.get(element)
        if known:
            known()

    def _start_skipped(self, _: str, __: Attributes) -> None:
        self._skipped += 1

    def _end_skipped(self, _: str) -> None:
        self._skipped -= 1
        if not self._skipped:
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end

    def _start_text(self, _: Attributes) -> None:
        self._pieces.clear()
        self._parser.CharacterDataHandler = self._pieces.append

    def _text(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._pieces).strip()

    def _start_line(self, *, planned: bool) -> None:
        self._line = Line(planned)
        self.read.lines.append(self._line)

    def _end_line(self) -> None:
        self._line = None

    def _start_segment(self, _: Attributes) -> None:
        if self._line:
            self._line.starts.append(len(self._line.lats))

    def _start_point(self, attributes: Attributes) -> None:
        self._lat = attributes.get("lat", "")
        self._lon = attributes.get("lon", "")
        self._altitude = self._time = ""
        self._in_point = True

    def _end_point(self) -> None:
        self._in_point = False
        if line := self._line:
            line.lats.append(self._lat)
            line.lons.append(self._lon)
            line.altitudes.append(self._altitude or "nan")
            line.times.append(self._time)

    def _end_altitude(self) -> None:
        self._altitude = self._text()

    def _end_time(self) -> None:
        self._time = self._text()

    def _start_waypoint(self, attributes: Attributes) -> None:
        self._waypoint = Point(attributes.get("lat", ""), attributes.get("lon", ""))
        self._time = ""

    def _end_waypoint(self) -> None:
        if self._waypoint:
            self._waypoint.texts["time"] = self._time
            self.read.waypoints.append(self._waypoint)
        self._waypoint = None

    def _end_text(self, element: str) -> None:
        text = self._text()
        if self._waypoint:
            self._waypoint.texts[element] = text
        elif self._line and not self._in_point and element == "name":
            self._line.name = text

    def _start_link(self, attributes: Attributes) -> None:
        # OsmAnd 2.0 wrote the address as link="...".
        self._link = attributes.get("href") or attributes.get("link", "")
        self._link_text = ""

    def _end_link_text(self) -> None:
        self._link_text = self._text()

    def _end_link(self) -> None:
        if self._waypoint and self._link:
            self._waypoint.links.append((self._link, self._link_text))

    def _end_url(self) -> None:
        url = self._text()
        if self._waypoint and url:
            self._waypoint.links.append((url, ""))
