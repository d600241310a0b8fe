"""Cameras in a CSV table, as cities publish them: separators, decimal commas, French headings."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import whole_file
from camwalk.model import CamwalkError, LatLon, Message, Tags, message

_LAT = ("lat", "latitude", "y", "coord_y", "y_wgs84", "ylat", "geo_y")
_LON = ("lon", "lng", "long", "longitude", "x", "coord_x", "x_wgs84", "xlon", "geo_x")
_BOTH = ("geo_point_2d", "geo point", "geo_point", "coordonnées", "coordinates", "position", "geom")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
LARGEST = 64 << 20


def read_camera_table(path: Path, columns: Tags) -> list[tuple[LatLon, Tags]]:
    """Place and tags of each line. CamwalkError where no column holds degrees."""
    text = _text(path).replace("\r\n", "\n").replace("\r", "\n")
    rows = list(csv.reader(StringIO(text), delimiter=_separator(text)))
    if not rows:
        raise CamwalkError(_no_places(path))
    header = [cell.strip() for cell in rows[0]]
    places = _place_columns(header, columns)
    if places is None:
        raise CamwalkError(_no_places(path))
    found: list[tuple[LatLon, Tags]] = []
    for row in rows[1:]:
        values = dict(zip(header, row, strict=False))
        at = _place([values.get(column, "") for column in places])
        if at is not None:
            found.append((at, _tags(values, columns, places)))
    if not found:
        raise CamwalkError(_no_places(path))
    return found


def _text(path: Path) -> str:
    data = whole_file(path, LARGEST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t|", key=first.count)


def _place_columns(header: Sequence[str], columns: Tags) -> tuple[str, ...] | None:
    """The columns of latitude and longitude, or the one of both; chosen, else guessed by name."""
    if "lat" in columns and "lon" in columns:
        chosen = (columns["lat"], columns["lon"])
        return chosen if set(chosen) <= set(header) else None
    by_name: Mapping[str, str] = {name.lower().strip('\ufeff" '): name for name in header}
    lat = next((by_name[n] for n in _LAT if n in by_name), None)
    lon = next((by_name[n] for n in _LON if n in by_name), None)
    if lat and lon:
        return lat, lon
    both = next((by_name[n] for n in _BOTH if n in by_name), None)
    return (both,) if both else None


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


def _name(path: Path) -> str:
    return shown_name(str(path))
