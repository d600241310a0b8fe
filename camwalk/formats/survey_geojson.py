"""The whole survey as GeoJSON: every record with all its fields, to carry on elsewhere.

Beside the geometry for maps, each feature's properties hold the record itself, so that reading
the file into an empty survey gives the same survey.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from camwalk.formats.atomic import replacing
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import whole_file
from camwalk.formats.record_json import from_json, to_json
from camwalk.model import CamwalkError, LatLon, Message, Record, Survey, Track, message
from camwalk.model.survey import TABLES

FORMAT = "camwalk-survey-1"


def write_survey_geojson(path: Path, survey: Survey) -> int:
    """Write every record; how many there were. CamwalkError if the file cannot be written."""
    count = 0
    with replacing(path) as file:
        file.write(f'{{"type":"FeatureCollection","camwalk":"{FORMAT}","features":['.encode())
        for count, record in enumerate(_records(survey), 1):
            text = json.dumps(
                {
                    "type": "Feature",
                    "id": record.id,
                    "geometry": _geometry(record),
                    "properties": to_json(record),
                }
            )
            file.write(b",\n" if count > 1 else b"\n")
            file.write(text.encode())
        file.write(b"\n]}\n")
    return count


def read_survey_geojson(path: str) -> list[Record]:
    """The records in a file that `write_survey_geojson` made. CamwalkError for any other."""
    try:
        content = json.loads(whole_file(path))
    except (ValueError, RecursionError) as error:
        raise CamwalkError(_not_ours(path)) from error
    if not isinstance(content, dict) or cast(dict[str, Any], content).get("camwalk") != FORMAT:
        raise CamwalkError(_not_ours(path))
    try:
        records = [from_json(feature["properties"]) for feature in cast(Any, content)["features"]]
    except (KeyError, TypeError) as error:
        raise CamwalkError(_not_ours(path)) from error
    if any(not place.valid for place in map(_place, records) if place):
        raise CamwalkError(message("“{file}” holds places that are not on Earth.", file=shown_name(path)))
    return records


def _not_ours(path: str) -> Message:
    return message(
        "“{file}” is not a survey that Camwalk exported. Import photos, GPX files, or a survey GeoJSON.",
        file=shown_name(path),
    )


def _records(survey: Survey) -> Iterator[Record]:
    for name in TABLES.values():
        yield from getattr(survey, name).values()


def _place(record: Record) -> LatLon | None:
    lat, lon = getattr(record, "lat", None), getattr(record, "lon", None)
    return None if lat is None or lon is None else LatLon(lat, lon)


def _geometry(record: Record) -> dict[str, Any] | None:
    if isinstance(record, Track):
        lines = [s[:, [2, 1]].round(7).tolist() for s in record.segments if len(s) > 1]
        return {"type": "MultiLineString", "coordinates": lines} if lines else None
    if place := _place(record):
        return {"type": "Point", "coordinates": [round(place.lon, 7), round(place.lat, 7)]}
    return None
