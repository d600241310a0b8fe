"""The command line's grammar."""

import argparse
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from camwalk import __version__
from camwalk.cli.listing import LISTS
from camwalk.formats.names import plain
from camwalk.geometry.directions import normalised
from camwalk.i18n import _
from camwalk.model import Box, LatLon

ENDINGS = (".geojson", ".osm", ".osc", ".gpx", ".csv", ".geojsonl")
VERDICTS = ("ours", "theirs", "different", "later", "confirmed", "removed")


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong without the control characters that a file's name may have."""

    def error(self, message: str) -> NoReturn:
        super().error(plain(message))


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    top = _Parser(
        prog="camwalk",
        description=_("From a surveillance-camera spotting walk to OpenStreetMap-ready cameras."),
        epilog=_("Exit codes: 0 done (problems are listed), 1 nothing done (said why), 2 wrong usage."),
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"camwalk {__version__}",
        help=_("show program's version number and exit"),
    )
    top.set_defaults(run=_later("windows.welcome"))
    verbs = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"))

    def verb(name: str, run: str, help_: str, survey: bool = True) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=help_, description=help_)
        if survey:
            one.add_argument("survey", metavar=_("SURVEY"), type=_path, help=_("a .camwalk file"))
        one.set_defaults(run=_later(run))
        return one

    verb("open", "windows.open_survey", _("open a survey in the window"))

    demo = verb("demo", "windows.demo", _("open the sample walk in the window"), survey=False)
    demo.add_argument("survey", metavar=_("SURVEY"), type=_path, nargs="?", help=_("where to keep it"))
    demo.add_argument(
        "--export",
        metavar=_("FOLDER"),
        type=_path,
        help=_("write export and screenshot there, without a window"),
    )

    add = verb("import", "commands.import_", _("import photos, GPX files and survey GeoJSON"))
    add.add_argument(
        "paths",
        metavar=_("PATH"),
        nargs="+",
        type=_path_text,
        help=_("a file, or a folder with all below it"),
    )
    add.add_argument(
        "--walk", metavar=_("NAME"), help=_("the walk they belong to; by default named by its day")
    )
    add.add_argument("--tz", metavar=_("ZONE"), help=_("time zone of the clocks, such as Europe/Paris"))
    add.add_argument(
        "--offset",
        metavar=_("DEVICE=SECONDS"),
        action="append",
        default=[],
        type=_offset,
        help=_("seconds to add to a device's clock to get true time; DEVICE as “list devices” prints it"),
    )
    add.add_argument(
        "--gap",
        metavar=_("SECONDS"),
        type=_positive,
        help=_("how far in time a track point may be from a photo"),
    )

    extract = verb("extract", "commands.extract", _("attach an OSM file: streets, buildings, known cameras"))
    extract.add_argument("osm_file", metavar=_("OSM_FILE"), type=_path, help=".osm.pbf, .osm, .json")

    listing = verb("list", "commands.list_", _("show what is in a survey"))
    listing.add_argument("what", metavar=_("WHAT"), choices=list(LISTS), help=" | ".join(LISTS))
    listing.add_argument("--json", action="store_true", help=_("for programs"))

    mark = verb("mark", "commands.mark", _("mark a camera"))
    mark.add_argument("--at", metavar=_("LAT,LON"), type=_place, required=True, help=_("where it hangs"))
    _camera_options(mark)
    mark.add_argument(
        "--photo", metavar=_("NAME"), action="append", default=[], help=_("a photo that shows it")
    )

    edit = verb("edit", "commands.edit", _("change a camera"))
    edit.add_argument("camera", metavar=_("CAMERA"), help=_("its id, or the beginning of it"))
    edit.add_argument("--at", metavar=_("LAT,LON"), type=_place, help=_("where it hangs"))
    _camera_options(edit)
    edit.add_argument(
        "--untag", metavar=_("KEY"), nargs="+", action="extend", default=[], help=_("a tag to remove")
    )

    delete = verb("delete", "commands.delete", _("delete a camera"))
    delete.add_argument("camera", metavar=_("CAMERA"), help=_("its id, or the beginning of it"))

    export = verb("export", "conflation.export", _("write the cameras as GeoJSON, or as its ending says"))
    export.add_argument(
        "out", metavar=_("OUT.geojson"), type=_path, help=f"{_('the file to write')}: {' '.join(ENDINGS)}"
    )
    _choice_options(export)
    export.add_argument(
        "--survey", dest="whole", action="store_true", help=_("everything, for another Camwalk")
    )

    sightings = verb("sightings", "sightings.sightings", _("import what another program saw in photos"))
    sightings.add_argument(
        "file", metavar=_("FILE"), type=_path_text, help=_("COCO JSON, or CSV with file, x, y, label")
    )
    sightings.add_argument("--accept", action="store_true", help=_("make cameras of them at once"))

    reference = verb("reference", "conflation.reference", _("compare with the cameras in a file"))
    reference.add_argument(
        "file", metavar=_("FILE"), type=_path, help=".osm .osm.pbf .osc .json .geojson .csv"
    )
    reference.add_argument(
        "--column", metavar=_("KEY=COLUMN"), nargs="+", action="extend", default=[], type=_tag,
        help=_("for CSV: which column holds lat, lon or an OSM key"),
    )  # fmt: skip
    reference.add_argument("--forget", action="store_true", help=_("compare with that file no longer"))
    match = verb("match", "conflation.match", _("compare our cameras with OpenStreetMap’s"))
    match.add_argument("--json", action="store_true", help=_("for programs"))
    decide = verb("decide", "conflation.decide", _("decide what counts where the two differ"))
    decide.add_argument("camera", metavar=_("CAMERA"), help=_("its id, or an OSM object such as node/123"))
    decide.add_argument("verdict", metavar=_("VERDICT"), choices=VERDICTS, help=_verdicts())
    decide.add_argument("--note", metavar=_("TEXT"), help=_("a note for other mappers"))
    tags = verb("check-tags", "conflation.check_tags", _("check the tags of all cameras"))
    tags.add_argument("--json", action="store_true", help=_("for programs"))
    josm = verb("send-josm", "conflation.send_josm", _("send new and decided cameras to a running JOSM"))
    _choice_options(josm)

    coverage = verb("coverage", "coverage.coverage", _("measure what was walked and what is filmed"))
    coverage.add_argument("--json", action="store_true", help=_("for programs"))
    coverage.add_argument(
        "--geojson", metavar=_("OUT"), type=_path, help=_("write the walked and unwalked stretches there")
    )
    plan = verb("plan", "coverage.plan", _("plan a walk over streets nobody walked yet"))
    plan.add_argument("out", metavar=_("OUT.gpx"), type=_path, help=_("the file to write"))
    plan.add_argument("--minutes", metavar=_("N"), type=_positive, default=60.0, help=_("how long to walk"))
    plan.add_argument("--start", metavar=_("LAT,LON"), type=_place, help=_("where to start"))
    plan.add_argument(
        "--end", metavar=_("LAT,LON"), type=_place, help=_("where to end; at the start if left out")
    )
    plan.add_argument("--sheet", metavar=_("OUT.pdf"), type=_path, help=_("a sheet to print and to write on"))

    report = verb("report", "report.report", _("write a report with maps and figures, to hand out"))
    report.add_argument("out", metavar=_("OUT"), type=_path, help=_("the file to write, .html or .pdf"))
    report.add_argument(
        "--place", metavar=_("NAME"), default="", help=_("the town; by default as the map names it")
    )
    report.add_argument("--thumbnails", action="store_true", help=_("with small pictures of the cameras"))

    verb("undo", "commands.undo", _("take back the last change"))
    verb("redo", "commands.redo", _("do again what was taken back"))
    history = verb("history", "commands.history", _("list all changes"))
    history.add_argument("--json", action="store_true", help=_("for programs"))
    verb("check", "commands.check", _("check that the file is sound"))

    shot = verb("screenshot", "windows.screenshot", _("write a picture of the window"))
    shot.add_argument("out", metavar=_("OUT.png"), type=_path, help=_("the file to write"))
    shot.add_argument("--size", metavar=_("WxH"), type=_size, default=(1280, 800), help=_("in pixels"))
    shot.add_argument("--dark", action="store_true", help=_("with dark colours"))
    return top


def _verdicts() -> str:
    return _(
        "ours or theirs (whose tags and place count), different (not the same camera), later, "
        "confirmed (seen again), removed (it is gone)"
    )


def _choice_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--only", choices=("new", "changed", "decided"), default="all", help=_("which cameras"))
    verb.add_argument("--walk", metavar=_("NAME"), help=_("those of one walk"))
    verb.add_argument("--area", metavar=_("S,W,N,E"), type=_box, help=_("those between these degrees"))


def _later(command: str) -> Callable[[argparse.Namespace], int]:
    """Imports a command's module when it runs: most need only a part of Camwalk."""
    module, _dot, name = command.partition(".")
    return lambda given: getattr(import_module(f"camwalk.cli.{module}"), name)(given)


def _camera_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--direction",
        metavar=_("DIRECTION"),
        type=_direction,
        help=_("where it looks: 135, SE, 90-180, 45;135 (degrees clockwise from true north)"),
    )
    verb.add_argument(
        "--tag",
        metavar=_("KEY=VALUE"),
        nargs="+",
        action="extend",
        default=[],
        type=_tag,
        help=_("an OSM tag to set"),
    )


def with_negative_values(arguments: Iterable[str]) -> list[str]:
    """The arguments with `--at -33.8,151.2` written as `--at=-33.8,151.2`, which argparse wants."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in ("--at", "--direction", "--area") and re.match(r"-[\d.]", argument):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _path_text(text: str) -> str:
    if not text:  # the empty path would mean the current folder
        raise _wrong(_("an empty name"))
    return text


def _path(text: str) -> Path:
    return Path(_path_text(text))


def _wrong(text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(text)


def _place(text: str) -> LatLon:
    try:
        place = LatLon(*map(float, text.replace(",", " ").split()))
    except (ValueError, TypeError):
        raise _wrong(
            _("“{text}” is not LAT,LON in degrees, such as 48.8566,2.3522").format(text=text)
        ) from None
    if not place.valid:
        raise _wrong(_("{text} is not on Earth: latitude -90 to 90, longitude -180 to 180").format(text=text))
    return place


def _box(text: str) -> Box:
    try:
        box = Box(*map(float, text.replace(",", " ").split()))
    except (ValueError, TypeError):
        box = Box(1, 0, 0, 0)
    south_west, north_east = LatLon(box.south, box.west), LatLon(box.north, box.east)
    if not (south_west.valid and north_east.valid and box.south <= box.north and box.west <= box.east):
        raise _wrong(_("“{text}” is not S,W,N,E in degrees, such as 48.85,2.34,48.86,2.36").format(text=text))
    return box


def _direction(text: str) -> str:
    direction = normalised(text)
    if direction is None:
        raise _wrong(_("“{text}” is not a direction, such as 135, SE, 90-180 or 45;135").format(text=text))
    return direction


def _tag(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (equals and key.strip() and value.strip() and _is_text(text)):
        raise _wrong(_("“{text}” is not KEY=VALUE").format(text=text))
    return key.strip(), value.strip()


def _is_text(text: str) -> bool:
    """Whether every byte that was typed is a sign of some script."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _positive(text: str) -> float:
    found = re.fullmatch(r"\d{1,4}(?:[.,]\d+)?", text)
    if not found or not float(text.replace(",", ".")):
        raise _wrong(_("“{text}” is not a number above 0").format(text=text))
    return float(text.replace(",", "."))


def _offset(text: str) -> tuple[str, float]:
    found = re.fullmatch(r"(.+)=([-+]?\d+(?:\.\d+)?)", text)
    if not found:
        raise _wrong(_("“{text}” is not DEVICE=SECONDS").format(text=text))
    return found[1], float(found[2])


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{2,4})x(\d{2,4})", text)
    if not found:
        raise _wrong(_("“{text}” is not a size such as 1280x800").format(text=text))
    return int(found[1]), int(found[2])
