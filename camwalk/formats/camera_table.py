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

_LAT = (
    "lat", "latitude", "lat_wgs84", "latitude_wgs84", "y_wgs84", "coord_y_wgs84", "ylat", "geo_y", "coord_y",
    "y",
)  # fmt: skip
_LON = (
    "lon", "lng", "long", "longitude", "lon_wgs84", "long_wgs84", "longitude_wgs84", "x_wgs84",
    "coord_x_wgs84", "xlon", "geo_x", "coord_x", "x",
)  # fmt: skip
_BOTH = (
    "geo_point_2d", "geo_point", "coordonnees", "coordonnees_geographiques", "coordonnees_gps", "coordinates",
    "position", "geom", "lat_lon", "latlon",
)  # fmt: skip
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
_DEGREES = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEW]?)", re.IGNORECASE)
_TWO_WITH_COMMAS = re.compile(r"([-+]?\d+,\d+)\s*[,;/ ]\s*([-+]?\d+,\d+)")
_SEPARATOR_TOLD = re.compile(r"\s*\"?sep=(.)\"?[^\n]*\n", re.IGNORECASE)  # as Excel wants it
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
    text = text.lstrip("\ufeff")
    told = _SEPARATOR_TOLD.match(text)
    body = text[told.end() :] if told else text
    blank = body[: len(body) - len(body.lstrip("\n"))]
    skipped = (text[: told.end()] if told else "").count("\n") + len(blank)
    body = body[len(blank) :]
    reader = csv.reader(StringIO(body), delimiter=told[1] if told else _separator(body))
    first = next(_rows(reader, path, skipped), None)
    if first is None:
        raise CamwalkError(_no_places(path))
    return [cell.strip() for cell in first[1]], _rows(reader, path, skipped)


def _rows(reader: "_csv.Reader", path: Path, before: int) -> Iterator[tuple[int, list[str]]]:
    try:
        for row in reader:
            yield before + reader.line_num, row
    except csv.Error as error:
        raise CamwalkError(
            message(
                "“{file}” is no table from line {line} on ({detail}).",
                file=_name(path), line=before + reader.line_num, detail=str(error),
            )
        ) from error  # fmt: skip


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t|", key=first.count)


def _place_columns(header: Sequence[str], columns: Tags) -> tuple[str, ...] | None:
    """The columns of latitude and longitude, or the one of both; chosen, else guessed by name."""
    by_name: Mapping[str, str] = {_plain(name): name for name in header}
    lat = columns.get("lat") or next((by_name[n] for n in _LAT if n in by_name), None)
    lon = columns.get("lon") or next((by_name[n] for n in _LON if n in by_name), None)
    if lat and lon:
        return tuple(dict.fromkeys((lat, lon)))
    both = next((by_name[n] for n in _BOTH if n in by_name), None)
    return (both,) if both else None


def _plain(name: str) -> str:
    """A heading without what is only for people: "Lat.", "Latitude (Y)", "Géo Point"."""
    bare = re.sub(r"\(.*\)\s*$", "", name.lower()).strip('\ufeff". ')
    return re.sub(r"[\s\-]+", "_", bare.replace("é", "e"))


def _place(cells: Sequence[str]) -> LatLon | None:
    """A position in degrees; one cell with both has latitude first, unless it is WKT."""
    try:
        if len(cells) == 1 and (both := _TWO_WITH_COMMAS.fullmatch(cells[0].strip())):
            at = LatLon(_degrees(both[1]), _degrees(both[2]))
        elif len(cells) == 1:
            numbers = [float(n) for n in re.findall(r"[-+]?\d+(?:\.\d+)?", cells[0])]
            if len(numbers) != 2:
                return None
            first, second = numbers
            at = LatLon(second, first) if "POINT" in cells[0].upper() else LatLon(first, second)
        else:
            lat, lon = map(_degrees, cells)
            at = LatLon(lat, lon)
    except (TypeError, ValueError):
        return None
    return at if at.valid else None


def _degrees(cell: str) -> float:
    """Degrees as tables have them: 43.7384, 43,7384, 43.7384°, 7.42 W. ValueError for anything else."""
    found = _DEGREES.fullmatch(cell.strip())
    if found is None:
        raise ValueError(cell)
    degrees = float(found[1].replace(",", "."))
    return -degrees if found[2].upper() in ("S", "W") else degrees


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
