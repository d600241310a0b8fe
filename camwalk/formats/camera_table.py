"""Cameras in a CSV table, as cities publish them: separators, decimal commas, French headings."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import decoded, whole_file
from camwalk.model import CamwalkError, LatLon, Message, Tags, message

if TYPE_CHECKING:
    import _csv

_LAT = ("lat", "latitude", "y", "coord_y", "y_wgs84", "coord_y_wgs84", "ylat", "geo_y")
_LON = ("lon", "lng", "long", "longitude", "x", "coord_x", "x_wgs84", "coord_x_wgs84", "xlon", "geo_x")
_BOTH = ("geo_point_2d", "geo point", "geo_point", "coordonnees", "coordinates", "position", "geom")
_MEANINGS: Mapping[str, Sequence[str]] = {
    "operator": ("operator", "exploitant", "gestionnaire", "opérateur", "operateur"),
    "camera:type": ("camera:type", "type de caméra", "type_camera"),
    "camera:direction": ("camera:direction", "direction", "orientation", "azimut", "azimuth"),
    "camera:mount": ("camera:mount", "mount", "support"),
    "height": ("height", "hauteur"),
    "surveillance:zone": ("surveillance:zone", "zone"),
    "ref": ("ref", "reference", "référence", "numero", "numéro"),
}
"""Headings, in small letters, that tell the OSM key of a column."""
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
LARGEST = 64 << 20


class TableColumns(NamedTuple):
    """The headings of a table, and which holds what as far as that shows: "lat", "lon" or an OSM key.

    One column with both latitude and longitude stands for either.
    """

    names: tuple[str, ...]
    meant: Tags
    hold_places: bool  # elsewhere the places stand beside the columns, as in GeoJSON


def table_columns(path: Path) -> TableColumns:
    """What the columns of a CSV table seem to hold."""
    header, _rows = _table(path)
    places = _place_columns(header, {}) or ()
    return meanings(header, {"lat": places[0], "lon": places[-1]} if places else {})


def meanings(names: Sequence[str], places: Tags | None = None) -> TableColumns:
    """The OSM keys that columns seem to hold, by their names; None where `places` are no columns."""
    by_name = {name.lower().strip(): name for name in names}
    keys = {
        key: next((by_name[word] for word in words if word in by_name), None)
        for key, words in _MEANINGS.items()
    }
    meant = {**(places or {}), **{key: name for key, name in keys.items() if name}}
    return TableColumns(tuple(names), meant, places is not None)


def read_camera_table(
    path: Path, columns: Tags, skipped: list[Message] | None = None
) -> list[tuple[LatLon, Tags]]:
    """Place and tags of each line. CamwalkError where no column holds degrees, or a chosen one is not there.

    Lines that were left out are told in `skipped`.
    """
    header, rows = _table(path)
    for column in columns.values():
        if column not in header:
            raise CamwalkError(_no_column(path, column, header))
    places = _place_columns(header, columns)
    if places is None:
        raise CamwalkError(_no_places(path))
    found: list[tuple[LatLon, Tags]] = []
    left: list[Message] = []
    for line, row in rows:
        values = dict(zip(header, row, strict=False))
        cells = [values.get(column, "").strip() for column in places]
        if at := _place(cells):
            found.append((at, _tags(values, columns, places)))
        elif any(row):
            said = ", ".join(cells)[:60]
            left.append(
                message("Line {line}: “{text}” is no place in degrees.", line=line, text=said)
                if any(cells)
                else message("Line {line} has no place.", line=line)
            )
    if not found:
        raise CamwalkError(_no_places(path))
    if skipped is not None:
        skipped += left
    return found


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The headings, and each further row with the number of its last line. CamwalkError for an empty file."""
    text = decoded(whole_file(path, LARGEST)).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    reader = csv.reader(StringIO(text), delimiter=_separator(text))
    first = next(_rows(reader, path), None)
    if first is None:
        raise CamwalkError(_no_places(path))
    return [cell.strip() for cell in first[1]], _rows(reader, path)


def _rows(reader: "_csv.Reader", path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise CamwalkError(
            message(
                "“{file}” is no table from line {line} on ({detail}).",
                file=_name(path), line=reader.line_num, detail=str(error),
            )
        ) from error  # fmt: skip


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t|", key=first.count)


def _place_columns(header: Sequence[str], columns: Tags) -> tuple[str, ...] | None:
    """The columns of latitude and longitude, or the one of both; chosen, else guessed by name."""
    if "lat" in columns and "lon" in columns:
        return tuple(dict.fromkeys((columns["lat"], columns["lon"])))
    by_name: Mapping[str, str] = {_plain(name): name for name in header}
    lat = next((by_name[n] for n in _LAT if n in by_name), None)
    lon = next((by_name[n] for n in _LON if n in by_name), None)
    if lat and lon:
        return lat, lon
    both = next((by_name[n] for n in _BOTH if n in by_name), None)
    return (both,) if both else None


def _plain(name: str) -> str:
    """A heading without what is only for people: "Lat.", "Latitude (Y)", "Géo Point"."""
    bare = re.sub(r"\(.*\)\s*$", "", name.lower()).strip('\ufeff". ')
    return bare.replace("é", "e")


def _place(cells: Sequence[str]) -> LatLon | None:
    """A position in degrees; one cell with both has latitude first, unless it is WKT."""
    try:
        if len(cells) == 1:
            numbers = [float(n) for n in re.findall(r"[-+]?\d+(?:\.\d+)?", cells[0])]
            if len(numbers) != 2:
                return None
            first, second = numbers
            at = LatLon(second, first) if "POINT" in cells[0].upper() else LatLon(first, second)
        else:
            lat, lon = (float(_NUMBER.fullmatch(c.strip())[0].replace(",", ".")) for c in cells)  # type: ignore[index]
            at = LatLon(lat, lon)
    except (TypeError, ValueError):
        return None
    return at if at.valid else None


def _tags(values: Mapping[str, str], columns: Tags, places: Sequence[str]) -> Tags:
    """The tags by the chosen columns; without a choice every other column under its own heading."""
    if chosen := {key: column for key, column in columns.items() if key not in ("lat", "lon")}:
        named = {key: values.get(column, "") for key, column in chosen.items()}
    else:
        named = {key: value for key, value in values.items() if key and key not in places}
    return {key: value.strip() for key, value in named.items() if value and value.strip()}


def _no_places(path: Path) -> Message:
    return message(
        "No column of “{file}” holds latitude and longitude in degrees. Name them lat and lon, "
        "or convert the file to WGS 84.",
        file=_name(path),
    )


def _no_column(path: Path, column: str, header: Sequence[str]) -> Message:
    return message(
        "“{file}” has no column “{column}”. It has: {columns}.",
        file=_name(path),
        column=column,
        columns=", ".join(name for name in header if name)[:200],
    )


def _name(path: Path) -> str:
    return shown_name(str(path))
