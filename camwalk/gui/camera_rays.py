"""The rays of the looks that a camera was placed by."""

from collections.abc import Iterable
from dataclasses import replace

from camwalk.geometry.geodesy import distance
from camwalk.model import Survey
from camwalk.operations.sighting_rays import SightingRay, sighting_ray

MOST = 8


def rays_of_camera(survey: Survey, camera: str | None) -> tuple[SightingRay, ...]:
    """From each photo that shows a camera in its direction, as far as the camera is away."""
    found = survey.cameras.get(camera or "")
    if found is None:
        return ()
    seen = survey.sightings_of_camera.get(found.id, ())[-MOST:]
    rays = (
        sighting_ray(survey.photos[s.photo], s.x, s.y) for s in seen if s.x is not None and s.y is not None
    )
    return tuple(replace(ray, reach=distance(ray.eye, found.position)) for ray in rays if ray is not None)


def rays_of_sightings(survey: Survey, records: Iterable[str]) -> tuple[SightingRay, ...]:
    """Of what is a sighting to review among these records, as far as one sees."""
    seen = (survey.sightings[r] for r in records if r in survey.sightings)
    rays = (
        sighting_ray(survey.photos[s.photo], s.x, s.y) for s in seen if s.x is not None and s.y is not None
    )
    return tuple(ray for ray in rays if ray is not None)
