"""Photos that look at cameras, with cameras and sightings, made up for tests."""

from typing import Any

from camwalk.model import Camera, Photo, Sighting, Survey, added
from tests.operations.made_walks import START, photo, place, survey


def looking(name: str, east: float, north: float, heading: float | None, **fields: Any) -> Photo:
    """A phone's photo taken so many metres from HELSINKI; 1000 pixels wide, the middle is 500, 500."""
    at = place(east, north)
    known: dict[str, Any] = {
        "lat": at.lat,
        "lon": at.lon,
        "source": "exif",
        "heading": heading,
        "heading_source": "none" if heading is None else "exif",
        "direction_ref": "T",
        "width": 1000,
        "height": 1000,
        "focal_35mm": 26.0,
        "accuracy": 3.0,
    }
    return photo(name, 0, **{**known, **fields})


def camera(name: str, east: float, north: float, **fields: Any) -> Camera:
    """A camera so many metres from HELSINKI."""
    at = place(east, north)
    tags = {"man_made": "surveillance"}
    return Camera(
        **{"id": name, "lat": at.lat, "lon": at.lon, "created": START, "walk": "w", "tags": tags, **fields}
    )


def estimated(name: str, east: float, north: float, sigma: float = 4.0, **fields: Any) -> Camera:
    """A camera whose place is an estimate with a round ellipse."""
    sigmas = {"sigma_major": sigma, "sigma_minor": sigma, "axis": 0.0}
    return camera(name, east, north, **{"placed": "ray", **sigmas, **fields})


def sighting(name: str, seen_in: str, of: str | None, x: float | None = 500.0, **fields: Any) -> Sighting:
    """A camera seen in a photo, in the middle unless told otherwise."""
    return Sighting(**{"id": name, "photo": seen_in, "camera": of, "x": x, "y": 500.0, **fields})


def crossed_looks(*more: Any) -> Survey:
    """Two photos 20 m apart whose middles meet at (10, 10), each with a camera of its own there."""
    photos = [looking("west", 0, 0, 45.0), looking("east", 20, 0, 315.0)]
    records = (
        estimated("one", 8, 8, tags={"man_made": "surveillance", "camera:type": "dome"}),
        estimated("two", 12, 8, tags={"man_made": "surveillance", "operator": "City"}),
        sighting("s1", "west", "one"),
        sighting("s2", "east", "two"),
        *more,
    )
    return survey(photos).apply(added(*records))
