"""OSM XML for JOSM (.osm) and osmChange (.osc): nodes to create and nodes to modify.

See the JOSM file format and OsmChange on the OSM wiki. A modified node carries its id, its version
and all its tags; a new one a negative id that is unique in the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from camwalk import __version__
from camwalk.formats.atomic import replacing
from camwalk.formats.osm_change import OsmChange

_NEWLINES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def osm_text(changes: Iterable[OsmChange]) -> str:
    """The changes as a JOSM file; JOSM asks before it uploads anything of it."""
    return "".join(_osm_lines(changes))


def write_osm(path: Path, changes: Sequence[OsmChange]) -> None:
    """Write a JOSM file, at once or not at all."""
    with replacing(path) as file:
        file.writelines(line.encode() for line in _osm_lines(changes))


def write_osc(path: Path, changes: Sequence[OsmChange]) -> None:
    """Write an osmChange file, at once or not at all."""
    with replacing(path) as file:
        file.write(_head("osmChange", ""))
        for action in ("create", "modify"):
            some = [c for c in changes if c.action == action]
            if some:
                file.write(f"  <{action}>\n".encode())
                file.writelines("".join(_node(c, "")).encode() for c in some)
                file.write(f"  </{action}>\n".encode())
        file.write(b"</osmChange>\n")


def _osm_lines(changes: Iterable[OsmChange]) -> Iterator[str]:
    yield _head("osm", " upload='false'").decode()
    for change in changes:
        yield from _node(change, " action='modify' visible='true'")
    yield "</osm>\n"


def _head(root: str, extra: str) -> bytes:
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f"<{root} version='0.6' generator='Camwalk {__version__}'{extra}>\n"
    ).encode()


def _node(change: OsmChange, extra: str) -> Iterator[str]:
    version = "" if change.version is None else f" version='{change.version}'"
    yield f"  <node id='{change.osm_id}'{version}{extra} lat='{change.lat:.7f}' lon='{change.lon:.7f}'>\n"
    for key, value in change.tags.items():
        yield f"    <tag k={quoteattr(key, _NEWLINES)} v={quoteattr(value, _NEWLINES)}/>\n"
    yield "  </node>\n"
