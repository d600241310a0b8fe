"""Handing cameras over: GeoJSON for OSM tools, or the whole survey for another Camwalk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from camwalk.formats.osm_geojson import Placed, spread, write_osm_geojson
from camwalk.formats.survey_geojson import write_survey_geojson
from camwalk.model import (
    Camera,
    CamwalkError,
    Message,
    Report,
    Survey,
    Tags,
    counted,
    ignore_progress,
    message,
)

LONGEST = 255  # characters in a key or value, the limit of OSM's API
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Exported:
    """How many records a file holds, and what was done to make them fit."""

    count: int
    notes: tuple[Message, ...]


def export_cameras(survey: Survey, path: Path, report: Report = ignore_progress) -> Exported:
    """Write all cameras with their OSM tags and nothing else. CamwalkError says what must change first."""
    placed, notes = ready_cameras(list(survey.cameras.values()))
    write_osm_geojson(path, placed, report)
    return Exported(len(placed), notes)


def ready_cameras(cameras: Sequence[Camera]) -> tuple[list[Placed], tuple[Message, ...]]:
    """The cameras as OSM can take them, no two on one spot, and what was done for that."""
    clean: list[Camera] = []
    notes: list[Message] = []
    for camera in cameras:
        tags = _writable_tags(camera)
        clean.append(camera if tags == camera.tags else replace(camera, tags=tags))
    if altered := sum(a is not b for a, b in zip(clean, cameras, strict=True)):
        notes.append(
            counted(
                "In {n} camera, empty values, stray spaces or control characters were left out.",
                "In {n} cameras, empty values, stray spaces or control characters were left out.",
                altered,
            )
        )
    placed = spread(clean)
    if moved := sum(p.moved for p in placed):
        notes.append(
            counted(
                "{n} camera hangs where another one does: it was moved by a centimetre, so that no "
                "program merges the two.",
                "{n} cameras hang where another one does: they were moved by a centimetre each, so that "
                "no program merges them.",
                moved,
            )
        )
    return placed, tuple(notes)


def export_survey(survey: Survey, path: Path) -> Exported:
    """Write every record with ids, photos, sources and dates, for `import` elsewhere."""
    return Exported(write_survey_geojson(path, survey), ())


def _writable_tags(camera: Camera) -> Tags:
    """The tags as OSM takes them. CamwalkError for what is too long, since cutting would change it."""
    tags = camera.tags
    if not any(
        len(k) > LONGEST or len(v) > LONGEST or v != v.strip() or not v or _CONTROL.search(k + v)
        for k, v in tags.items()
    ):
        return tags
    cleaned = {_clean(k): _clean(v) for k, v in tags.items()}
    for key, value in cleaned.items():
        if len(key) > LONGEST or len(value) > LONGEST:
            raise CamwalkError(
                message(
                    "The camera {id} has a text of {length} characters in “{key}”. OpenStreetMap takes "
                    "{most}: "
                    "shorten it, then export again.",
                    id=camera.id,
                    length=max(len(key), len(value)),
                    key=key[:40],
                    most=LONGEST,
                )
            )
    return {k: v for k, v in cleaned.items() if k and v}


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
