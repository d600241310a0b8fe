"""The name of the place that a report is about."""

from statistics import median

from camwalk.formats.extract_index import ExtractIndex
from camwalk.geometry.geodesy import distance
from camwalk.model import Box, LatLon, Survey
from camwalk.operations.report_content_words import clean

_UNITS = 1e7
_TOWNS = (("city", 15_000.0), ("town", 6_000.0), ("village", 3_000.0))
_PARTS = ("suburb", "quarter", "neighbourhood", "hamlet")
_ZOOMS = (10, 13, 15)


def place_name(survey: Survey, index: ExtractIndex | None) -> str:
    """The town that the cameras hang in, as the extract names it; "" where it does not."""
    if index is None or not survey.cameras:
        return ""
    centre = LatLon(
        median(c.lat for c in survey.cameras.values()), median(c.lon for c in survey.cameras.values())
    )
    box = Box(centre.lat, centre.lon, centre.lat, centre.lon).grown(0.2)
    near: dict[str, tuple[float, str]] = {}
    for zoom in _ZOOMS:
        for label in index.labels(box, zoom):
            if label.kind in (*(kind for kind, _ in _TOWNS), *_PARTS):
                lon, lat = (label.array[0] / _UNITS).tolist()
                found = (distance(centre, LatLon(lat, lon)), clean(label.name))
                near[label.kind] = min(found, near.get(label.kind, found))
    towns = [near[kind][1] for kind, reach in _TOWNS if kind in near and near[kind][0] <= reach]
    parts = [near[kind][1] for kind in _PARTS if kind in near]
    return next(iter((*towns, *parts)), "")
