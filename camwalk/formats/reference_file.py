"""Cameras to compare with, from whatever file they come in.

OSM's own: .osm, .pbf, .osc, Overpass JSON, overpass-turbo GeoJSON. Others' open data: GeoJSON or
CSV; their cameras get the type "open" and a running number, and never enter an OSM export.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import osmium
from osmium import io, osm
from shapely.errors import ShapelyError
from shapely.geometry import shape

from camwalk.formats.camera_table import TableColumns, meanings, read_camera_table, table_columns
from camwalk.formats.extract_build import build_index
from camwalk.formats.extract_classes import is_camera
from camwalk.formats.extract_index import ExtractIndex, OsmCamera
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import whole_file
from camwalk.model import CamwalkError, LatLon, Message, Report, Tags, ignore_progress, message

OPEN = "open"
_TABLES = (".csv", ".tsv", ".txt")
_TYPES = ("node", "way", "relation")


def read_reference(
    path: Path,
    columns: Tags | None = None,
    report: Report = ignore_progress,
    skipped: list[Message] | None = None,
) -> tuple[OsmCamera, ...]:
    """The cameras in a file; ways and areas stand at their centre. CamwalkError if it has none.

    `columns` says for open data which column or property is "lat", "lon" or an OSM key; guessed where it
    is empty. What was left out of a table is told in `skipped`.
    """
    found = tuple(_read(path, columns or {}, report, skipped))
    if not found and not gone_objects(path):
        raise CamwalkError(message("There is no camera in “{file}”.", file=shown_name(str(path))))
    return found


def reference_columns(path: Path) -> TableColumns | None:
    """The columns of open data, and what they seem to hold; None for OSM's own files."""
    name = path.name.lower()
    if name.endswith(_TABLES):
        return table_columns(path)
    features = _features(path) if name.endswith((".geojson", ".json")) else None
    if not features:
        return None
    whole = [_feature(f) for f in features]
    if any(_osm_id(feature, _properties(feature))[0] != OPEN for feature in whole):
        return None
    return meanings(list(dict.fromkeys(key for feature in whole for key in _tags(_properties(feature)))))


def _read(path: Path, columns: Tags, report: Report, skipped: list[Message] | None) -> Iterator[OsmCamera]:
    name = path.name.lower()
    if name.endswith(_TABLES):
        places = read_camera_table(path, columns, skipped)
        return (OsmCamera(OPEN, n, None, at.lat, at.lon, tags) for n, (at, tags) in enumerate(places, 1))
    if name.endswith((".osc", ".osc.gz")):
        return _from_osc(path)
    if name.endswith((".geojson", ".json")) and (features := _features(path)) is not None:
        return _from_features(features, columns, path, skipped)
    return iter(_from_extract(path, report))


def _from_extract(path: Path, report: Report) -> list[OsmCamera]:
    with TemporaryDirectory() as folder:
        index_file = Path(folder) / "reference.index"
        build_index(path, index_file, report)
        index = ExtractIndex.open(index_file)
        try:
            return list(index.cameras())
        finally:
            index.close()


def _from_osc(path: Path) -> Iterator[OsmCamera]:
    """The cameras that a change file creates or modifies."""
    for node in _nodes_of_osc(path):
        tags = {tag.k: tag.v for tag in node.tags}
        if is_camera(tags) and node.visible and not node.deleted and node.location.valid():
            yield OsmCamera("node", node.id, node.version or None, node.lat, node.lon, tags)


def _nodes_of_osc(path: Path) -> Iterator[osm.Node]:
    content = io.FileBuffer(whole_file(path), "osc.gz" if path.name.lower().endswith(".gz") else "osc")
    try:
        for thing in osmium.FileProcessor(content, osm.NODE):
            yield cast(osm.Node, thing)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise CamwalkError(
            message(
                "“{file}” is no OSM change file, or is damaged: {detail}.",
                file=shown_name(str(path)),
                detail=str(error),
            )
        ) from error


def gone_objects(path: Path) -> Mapping[str, int]:
    """The nodes, as "node/7" with their versions, that a change file deletes or makes something else."""
    if not path.name.lower().endswith((".osc", ".osc.gz")):
        return {}
    gone: dict[str, int] = {}
    for node in _nodes_of_osc(path):
        tags = {tag.k: tag.v for tag in node.tags}
        if node.deleted or not node.visible or not is_camera(tags):
            gone[f"node/{node.id}"] = node.version
    return gone


def _features(path: Path) -> list[Any] | None:
    """The features of a GeoJSON file; None for other JSON."""
    try:
        content = json.loads(whole_file(path))
    except (ValueError, RecursionError) as error:
        raise CamwalkError(message("“{file}” is not whole JSON.", file=shown_name(str(path)))) from error
    if not isinstance(content, dict):
        return None
    content = cast(dict[str, Any], content)
    if content.get("type") == "Feature":
        return [content]
    features = content.get("features")
    return cast(list[Any], features) if isinstance(features, list) else None


def _from_features(
    features: list[Any], columns: Tags, path: Path, skipped: list[Message] | None
) -> Iterator[OsmCamera]:
    placed = [(n, f, _centre(f.get("geometry"))) for n, f in enumerate(map(_feature, features), 1)]
    nowhere = [number for number, _, at in placed if at is None]
    if nowhere and len(nowhere) == len(placed):
        raise CamwalkError(
            message(
                "“{file}” holds no places in degrees. Convert it to WGS 84 (EPSG:4326).",
                file=shown_name(str(path)),
            )
        )
    if skipped is not None:
        skipped += [message("Feature {number} has no place in degrees.", number=n) for n in nowhere]
    for number, feature, at in placed:
        if at is None:
            continue
        properties = _properties(feature)
        osm_type, osm_id = _osm_id(feature, properties)
        tags = _tags(properties)
        if osm_type == OPEN:
            named = {key: tags[column] for key, column in columns.items() if column in tags}
            yield OsmCamera(OPEN, number, None, at.lat, at.lon, named if columns else tags)
        elif is_camera(tags):
            yield OsmCamera(osm_type, osm_id, _version(properties), at.lat, at.lon, tags)


def _feature(found: Any) -> dict[str, Any]:
    return cast(dict[str, Any], found) if isinstance(found, dict) else {}


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return cast(Mapping[str, Any], properties) if isinstance(properties, dict) else {}


def _centre(geometry: Any) -> LatLon | None:
    try:
        middle = shape(geometry).centroid
        place = LatLon(middle.y, middle.x)
    except (ShapelyError, AttributeError, TypeError, ValueError, KeyError, IndexError, OverflowError):
        return None
    return place if place.valid else None


def _osm_id(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> tuple[str, int]:
    """From "@id", the feature's own id, or type and id, as overpass-turbo and osmtogeojson write them."""
    nested = f"{properties.get('type')}/{properties.get('id')}"
    for value in (properties.get("@id"), feature.get("id"), properties.get("id"), nested):
        osm_type, slash, number = str(value).partition("/")
        if slash and osm_type in _TYPES and number.isdigit():
            return osm_type, int(number)
    return OPEN, 0


def _version(properties: Mapping[str, Any]) -> int | None:
    meta = properties.get("meta")
    value = properties.get("@version", cast(Any, meta).get("version") if isinstance(meta, dict) else None)
    return int(value) if str(value).isdigit() else None


def _tags(properties: Mapping[str, Any]) -> Tags:
    nested = properties.get("tags")
    source = cast(Mapping[str, Any], nested) if isinstance(nested, dict) else properties
    return {
        str(key): str(value)
        for key, value in source.items()
        if not str(key).startswith("@") and isinstance(value, str | int | float) and str(value)
    }
