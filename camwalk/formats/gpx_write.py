"""Writing GPX 1.1 for OsmAnd and other navigators."""

from collections.abc import Iterable
from pathlib import Path

from gpxpy.gpx import GPX, GPXTrack, GPXTrackPoint, GPXTrackSegment, GPXWaypoint

from camwalk.formats.atomic import replacing
from camwalk.model import LatLon


def write_gpx(
    path: Path, name: str, points: Iterable[LatLon], waypoints: Iterable[tuple[str, LatLon]] = ()
) -> None:
    """Write one track and named places, whole or not at all. CamwalkError on trouble."""
    gpx = GPX()
    gpx.creator, gpx.name = "Camwalk", name
    gpx.tracks.append(GPXTrack(name=name))
    segment = GPXTrackSegment([GPXTrackPoint(_degrees(lat), _degrees(lon)) for lat, lon in points])
    gpx.tracks[0].segments.append(segment)
    gpx.waypoints.extend(
        GPXWaypoint(_degrees(lat), _degrees(lon), name=text) for text, (lat, lon) in waypoints
    )
    with replacing(path) as file:
        file.write(gpx.to_xml(version="1.1").encode())


def _degrees(value: float) -> float:
    return round(float(value), 7)
