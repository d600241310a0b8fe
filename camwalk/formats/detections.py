"""Sightings made elsewhere: COCO JSON, or CSV with the columns file, x, y and perhaps label.

Pixels are those of the upright picture. A box counts by its middle.
"""

import csv
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from math import isfinite
from typing import Any, cast

from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import decoded, whole_file
from camwalk.model import CamwalkError, Message, message


@dataclass(frozen=True, slots=True)
class Detection:
    """A camera seen in the picture `file` at pixel `x`, `y`; `track` is the same for one camera's.

    `size` is the picture's width and height as the detector had it, which may be smaller than the photo;
    `box` is the width and height of what it saw, 0 for a point.
    """

    file: str
    x: float
    y: float
    label: str | None = None
    track: str | None = None
    size: tuple[float, float] | None = None
    box: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Detections:
    """What a file holds, and what was wrong with single lines of it."""

    found: tuple[Detection, ...]
    problems: tuple[Message, ...]


def read_detections(path: str) -> Detections:
    """Read COCO JSON or CSV, told apart by content. CamwalkError for anything else, and for nothing."""
    name = shown_name(path)
    text = decoded(whole_file(path)).replace("\r\n", "\n").replace("\r", "\n")
    read = _coco(text, name) if text.lstrip().startswith(("{", "[")) else _csv(text, name)
    if not (read.found or read.problems):
        raise CamwalkError(message("There is no sighting in “{file}”.", file=name))
    return read


def _coco(text: str, name: str) -> Detections:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CamwalkError(message("“{file}” is not whole JSON.", file=name)) from error
    try:
        files = {image["id"]: (_whole(str(image["file_name"])), _size(image)) for image in content["images"]}
        labels = {c["id"]: _whole(str(c["name"])) for c in content.get("categories") or ()}
        annotations = cast(list[Any], content["annotations"])
        if not isinstance(annotations, list):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError
    except (KeyError, TypeError, AttributeError) as error:
        raise CamwalkError(_unknown(name)) from error
    found: list[Detection] = []
    problems: list[Message] = []
    for number, annotation in enumerate(annotations, 1):
        try:
            found.append(_annotation(annotation, files, labels))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            problems.append(
                message("Annotation {n} of “{file}” names no picture or has no box.", n=number, file=name)
            )
    return Detections(tuple(found), tuple(problems))


def _track(told: Any) -> str | None:
    """A track's id as text; text that could be taken for a number is in quotes, see `track_id`."""
    if isinstance(told, int | float) and not isinstance(told, bool):
        return str(int(told)) if told == int(told) else str(told)
    if not isinstance(told, str) or not told.strip():
        return None
    text = _whole(told)
    return text if track_id(text) == text else f'"{text}"'


def track_id(track: str | None) -> int | str | None:
    """What the detector called a track: a whole number or text."""
    if track is None:
        return None
    if len(track) > 1 and track.startswith('"') and track.endswith('"'):
        return track[1:-1]
    whole = len(track) < 19 and track.removeprefix("-").isdecimal() and track == str(int(track))
    return int(track) if whole else track


def _whole(text: str) -> str:
    """Text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _size(image: Mapping[str, Any]) -> tuple[float, float] | None:
    size = image.get("width"), image.get("height")
    width, height = (v if isinstance(v, int | float) and 0 < v < 1e6 else None for v in size)
    return (width, height) if width and height else None


def _annotation(
    annotation: Any, files: Mapping[Any, tuple[str, tuple[float, float] | None]], labels: Mapping[Any, str]
) -> Detection:
    x, y, width, height = map(float, annotation["bbox"])
    if width < 0 or height < 0:
        raise ValueError
    more: Any = annotation.get("attributes")
    attributes = cast(dict[str, Any], more) if isinstance(more, dict) else {}
    track = _track(annotation.get("track_id"))
    file, size = files[annotation["image_id"]]
    return _checked(
        Detection(
            file,
            x + width / 2,
            y + height / 2,
            labels.get(annotation.get("category_id")),
            _track(attributes.get("track_id")) if track is None else track,
            size,
            (width, height),
        )
    )


def _csv(text: str, name: str) -> Detections:
    sample = text[:4096]
    separator = max(",;\t", key=sample.partition("\n")[0].count)
    rows = csv.reader(StringIO(text), delimiter=separator)
    nothing: list[str] = []
    header = [cell.strip().lower() for cell in next(rows, nothing)]
    if not {"file", "x", "y"} <= set(header):
        raise CamwalkError(_unknown(name))
    return _from_rows(rows, header, name)


def _from_rows(rows: Iterator[list[str]], header: list[str], name: str) -> Detections:
    found: list[Detection] = []
    problems: list[Message] = []
    try:
        for number, row in enumerate(rows, 2):
            if not any(cell.strip() for cell in row):
                continue
            values = dict(zip(header, row, strict=False))
            try:
                found.append(_line(values))
            except (KeyError, ValueError):
                problems.append(
                    message("Line {n} of “{file}” has no file, x and y in it.", n=number, file=name)
                )
    except csv.Error as error:
        raise CamwalkError(_unknown(name)) from error
    return Detections(tuple(found), tuple(problems))


def _line(values: Mapping[str, str]) -> Detection:
    if not values["file"].strip():
        raise ValueError
    x, y = (float(values[key].strip().replace(",", ".")) for key in ("x", "y"))
    label, track = (values.get(key, "").strip() or None for key in ("label", "track_id"))
    return _checked(Detection(values["file"].strip(), x, y, label, track))


def _checked(detection: Detection) -> Detection:
    if not (isfinite(detection.x) and isfinite(detection.y)):
        raise ValueError
    return detection


def base_name(file: str) -> str:
    """The name without folders, whichever way the slashes lean."""
    return os.path.basename(file.replace("\\", "/"))


def _unknown(name: str) -> Message:
    return message(
        "“{file}” is neither COCO JSON (images, annotations with bbox) nor CSV with the columns file, x, y.",
        file=name,
    )
