"""The rays of the looks that a camera was placed by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from camwalk.geometry.geodesy import distance
from camwalk.model import Sighting, Survey
from camwalk.operations.sighting_rays import SightingRay, sighting_ray

MOST = 8


def rays_of_camera(survey: Survey, camera: str | None) -> tuple[SightingRay, ...]:
    """From each photo that shows a camera in its direction, as far as the camera is away."""
    found = survey.cameras.get(camera or "")
    if found is None:
        return ()
    seen = survey.sightings_of_camera.get(found.id, ())[-MOST:]
    return tuple(replace(ray, reach=distance(ray.eye, found.position)) for ray in _rays(survey, seen))


def rays_of_sightings(survey: Survey, records: Iterable[str]) -> tuple[SightingRay, ...]:
    """Of what is a sighting to review among these records, as far as one sees."""
    return tuple(_rays(survey, (survey.sightings[r] for r in records if r in survey.sightings)))


def _rays(survey: Survey, seen: Iterable[Sighting]) -> Iterator[SightingRay]:
    for one in seen:
        if one.x is not None and one.y is not None:
            ray = sighting_ray(survey.photos[one.photo], one.x, one.y)
            if ray is not None:
                yield ray
