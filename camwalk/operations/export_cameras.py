"""Handing cameras over: GeoJSON for OSM tools, or the whole survey for another Camwalk."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_geojson import Spread, spread, write_osm_geojson
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
from camwalk.operations.tagging import lies_nowhere

LONGEST = 255  # characters in a key or value, the limit of OSM's API
_STRANGE = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_CONTROL = re.compile(rf"[\t\n\r{_STRANGE}]")
NOT_IN_XML = re.compile(f"[{_STRANGE}]")  # .osm keeps lines and tabs, as entities


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


def ready_cameras(cameras: Sequence[Camera]) -> tuple[Spread, tuple[Message, ...]]:
    """The cameras as OSM can take them, no two on one spot, and what was done for that."""
    fine: set[str] = set()  # texts that OSM takes as they are; a survey has the same ones many times
    clean = [camera if _is_fine(camera.tags, fine) else _cleaned(camera) for camera in cameras]
    notes: list[Message] = []
    if altered := sum(a is not b for a, b in zip(clean, cameras, strict=True)):
        notes.append(cleaned_words(altered))
    notes += nowhere_words(clean)
    placed = spread(clean)
    if moved := len(placed.moved):
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


def _is_fine(tags: Tags, fine: set[str]) -> bool:
    """Whether OSM takes the tags as they are; the texts found to be so are added to `fine`."""
    if not (fine.issuperset(tags) and fine.issuperset(tags.values())):
        texts = {*tags, *tags.values()} - fine
        fine |= {t for t in texts if t and len(t) <= LONGEST and t == _clean(t)}
        return fine.issuperset(texts)
    return True


def _cleaned(camera: Camera) -> Camera:
    return replace(camera, tags=writable_tags(camera.tags, camera.id))


def nowhere_words(places: Iterable[Camera | OsmChange]) -> Iterator[Message]:
    """How many have the place of what has none, if any."""
    if count := sum(lies_nowhere(at.lat, at.lon) for at in places):
        yield counted(
            "{n} camera lies at 0,0, in the sea off Africa. Put it where it hangs, then export again.",
            "{n} cameras lie at 0,0, in the sea off Africa. Put them where they hang, then export again.",
            count,
        )


def cleaned_words(altered: int) -> Message:
    """What was done to the tags of so many cameras to make them fit for OSM."""
    return counted(
        "In {n} camera, empty values, stray spaces or control characters were left out.",
        "In {n} cameras, empty values, stray spaces or control characters were left out.",
        altered,
    )


def writable_tags(tags: Tags, id_: str, control: re.Pattern[str] = _CONTROL) -> Tags:
    """The tags as OSM takes them. CamwalkError for what is too long, since cutting would change it."""
    cleaned = {_clean(k, control): _clean(v, control) for k, v in tags.items()}
    for key, value in cleaned.items():
        if len(key) > LONGEST or len(value) > LONGEST:
            raise CamwalkError(
                message(
                    "The camera {id} has a text of {length} characters in “{key}”. OpenStreetMap takes "
                    "{most}: "
                    "shorten it, then export again.",
                    id=id_,
                    length=max(len(key), len(value)),
                    key=key[:40],
                    most=LONGEST,
                )
            )
    return {k: v for k, v in cleaned.items() if k and v}


def _clean(text: str, control: re.Pattern[str] = _CONTROL) -> str:
    return control.sub(" ", text).strip()
