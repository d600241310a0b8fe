"""GPX 1.0 and 1.1: tracks, routes and waypoints, straight into the layout of `camwalk.model.Track`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from urllib.parse import unquote, unquote_plus

from camwalk.formats.gpx_elements import Elements, Point, read_elements
from camwalk.formats.gpx_lines import GpxLine, gpx_line, number
from camwalk.formats.gpx_times import EPOCH, NEWEST, OLDEST, utc_seconds
from camwalk.formats.gpx_warnings import warn_of_damage, warn_of_dropped, warn_of_times
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import whole_file
from camwalk.model import CamwalkError, LatLon, Message, message

_MEDIA = re.compile(r".+\.(jpe?g|heic|png|3gpp?|amr|m4a|mp3|mp4|mpeg4|ogg|wav|aac)", re.IGNORECASE)
_WITH_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GpxTrack:
    """A track or route; `points` and `starts` are those of `camwalk.model.Track`."""

    name: str
    points: bytes
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GpxWaypoint:
    """A note taken on the way. `links` are file names beside the GPX file, or addresses."""

    name: str
    note: str
    lat: float
    lon: float
    utc: datetime | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GpxFile:
    """What was read. Points are in the order of the file, also where their times go backwards."""

    fingerprint: str
    tracks: tuple[GpxTrack, ...]
    waypoints: tuple[GpxWaypoint, ...]
    warnings: tuple[Message, ...]


def read_gpx(path: str) -> GpxFile:
    """Read a GPX file; of a damaged one what comes before the damage, with a warning.

    CamwalkError where there is nothing to use, and for files that define XML entities.
    """
    name = shown_name(path)
    data = whole_file(path)
    elements = read_elements(_from_declaration(data), name)
    if not elements.root_seen:
        raise CamwalkError(message("“{file}” is not a GPX file.", file=name))
    lines = [gpx_line(line) for line in elements.lines if line.lats]
    tracks = tuple(_track(line) for line in lines if len(line.array))
    waypoints = tuple(_waypoint(point) for point in elements.waypoints if _has_place(point))
    _refuse_nothing(elements, tracks, waypoints, name)
    dropped = sum(line.dropped for line in lines) + len(elements.waypoints) - len(waypoints)
    warnings = [*warn_of_damage(elements, name), *warn_of_dropped(dropped, name), *warn_of_times(lines, name)]
    fingerprint = blake2b(data, digest_size=16).hexdigest()
    return GpxFile(fingerprint=fingerprint, tracks=tracks, waypoints=waypoints, warnings=tuple(warnings))


def _from_declaration(data: bytes) -> bytes:
    """Without the blank lines that some loggers write before the XML declaration."""
    return data.lstrip() if data[:1].isspace() else data


def _track(line: GpxLine) -> GpxTrack:
    points = line.array.astype("<f8").tobytes()
    return GpxTrack(name=line.name[:_LONGEST_TEXT], points=points, starts=line.starts)


def _has_place(point: Point) -> bool:
    place = LatLon(number(point.lat), number(point.lon))
    return place.valid and place != (0, 0)


def _waypoint(point: Point) -> GpxWaypoint:
    texts = {element: text[:_LONGEST_TEXT] for element, text in point.texts.items()}
    name, description, comment = (texts.get(key, "") for key in ("name", "desc", "cmt"))
    seconds = utc_seconds(texts.get("time", ""))
    timed = OLDEST <= seconds <= NEWEST
    links = [_link(address, text) for address, text in point.links]
    if not links and _MEDIA.fullmatch(name):  # how early versions of OsmAnd wrote it
        links = [name]
    return GpxWaypoint(
        name=name,
        note="\n".join(dict.fromkeys(part for part in (description, comment) if part)),
        lat=number(point.lat),
        lon=number(point.lon),
        utc=EPOCH + timedelta(seconds=seconds) if timed else None,
        links=tuple(dict.fromkeys(links)),
    )


def _link(address: str, text: str) -> str:
    """A web address as it is, a file name without the percent signs.

    OSMTracker writes <link href="my+photo.jpg"><text>my photo.jpg</text></link>, OsmAnd
    <link href="my photo.jpg"/>.
    """
    if _WITH_SCHEME.match(address):
        return address
    return text if unquote_plus(address) == text else unquote(address)


def _refuse_nothing(
    elements: Elements, tracks: tuple[GpxTrack, ...], waypoints: tuple[GpxWaypoint, ...], name: str
) -> None:
    if tracks or waypoints:
        return
    if elements.error:
        raise CamwalkError(
            message(
                "“{file}” is damaged in line {line}, and there is no point before that.",
                file=name,
                line=elements.error.lineno,
            )
        )
    raise CamwalkError(message("There is no track and no waypoint in “{file}”.", file=name))
