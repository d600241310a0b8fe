"""Small scenes for matching: cameras in metres around a point, and walks with their truth."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from camwalk.geometry.geodesy import from_local
from camwalk.model import Camera, Device, LatLon, Photo, Sighting, Survey, Walk, added
from camwalk.operations.attach_extract import OsmCamera
from tests.surveys import NOON

HERE = LatLon(60.17, 24.94)
DOME = {"man_made": "surveillance", "surveillance:type": "camera", "camera:type": "dome"}
FIXED = {**DOME, "camera:type": "fixed"}
ROUGH = {"placed": "crossing", "sigma_major": 4.0, "sigma_minor": 4.0, "axis": 0.0}


def at(east: float, north: float) -> LatLon:
    lat, lon = from_local(HERE, east, north)
    return LatLon(round(float(lat), 7), round(float(lon), 7))


def ours(name: str, east: float = 0, north: float = 0, tags: Any = DOME, **fields: Any) -> Camera:
    place = at(east, north)
    return Camera(id=name, lat=place.lat, lon=place.lon, created=NOON, tags=tags, **fields)


def theirs(number: int, east: float = 0, north: float = 0, tags: Any = DOME, **fields: Any) -> OsmCamera:
    place = at(east, north)
    return OsmCamera("node", number, 3, place.lat, place.lon, tags)._replace(**fields)


def survey_of(*records: Any) -> Survey:
    return Survey().apply(added(*records))


def looking(name: str, east: float, north: float, heading: float | None) -> Photo:
    """A photo by a 26 mm lens, placed and turned by hand."""
    place = at(east, north)
    return Photo(
        id=name, walk="w", device="d", path=name, size=1, fingerprint=name, width=4000, height=3000,
        focal_35mm=26.0, lat=place.lat, lon=place.lon, source="manual", heading=heading,
        heading_source="none" if heading is None else "manual",
    )  # fmt: skip


WALK = (Walk(id="w", name="w"), Device(id="d", walk="w", name="d"))


def truth_of(folder: Path) -> Any:
    return json.loads((folder / "truth.json").read_text())


def by_hand(truth: Any) -> Survey:
    """Every camera that stands, where it really is, with its true tags."""
    return survey_of(*(_true_camera(camera) for camera in _standing(truth)))


def from_photos(truth: Any, seed: int) -> Survey:
    """Every camera that a photo shows, about 4 m off and without tags, with the photos as written."""
    chance = np.random.default_rng(seed)
    records: list[Any] = [*WALK, *_photos(truth, chance)]
    for camera in _standing(truth):
        if camera["photos"]:
            records.append(_estimated(camera, chance))
            records += (
                Sighting(id=f"{camera['id']} {photo}", photo=photo, camera=camera["id"])
                for photo in camera["photos"]
            )
    return survey_of(*records)


def _standing(truth: Any) -> Sequence[Any]:
    return [camera for camera in truth["cameras"] if camera["status"] != "vanished"]


def _true_camera(camera: Any) -> Camera:
    return Camera(id=camera["id"], lat=camera["lat"], lon=camera["lon"], created=NOON, tags=camera["tags"])


def _estimated(camera: Any, chance: np.random.Generator) -> Camera:
    east, north = chance.normal(0, 3.3, 2)
    lat, lon = from_local(LatLon(camera["lat"], camera["lon"]), east, north)
    place = {"lat": float(lat), "lon": float(lon)}
    tags = {"man_made": "surveillance"}
    rough = {"placed": "crossing", "sigma_major": 3.3, "sigma_minor": 3.3, "axis": 0.0}
    return Camera(id=camera["id"], created=NOON, tags=tags, **place, **rough)  # type: ignore[arg-type]


def _photos(truth: Any, chance: np.random.Generator) -> list[Photo]:
    return [_photo(photo, truth["declination"], chance) for photo in truth["photos"]]


def _photo(photo: Any, declination: float, chance: np.random.Generator) -> Photo:
    gps = photo["written"].get("gps") or {}
    east, north = chance.normal(0, 3.6, 2)
    lat, lon = from_local(LatLon(photo["lat"], photo["lon"]), east, north)
    heading = gps.get("direction")
    if heading is not None and gps.get("direction_ref") == "M":
        heading = (heading + declination) % 360
    return Photo(
        id=photo["file"], walk="w", device="d", path=photo["file"], size=1, fingerprint=photo["file"],
        width=photo["width"], height=photo["height"], focal_35mm=photo["f35"], direction_ref="T",
        lat=gps.get("lat", float(lat)), lon=gps.get("lon", float(lon)), source="exif" if gps else "gpx",
        heading=heading, heading_source="none" if heading is None else "exif",
    )  # fmt: skip
