"""All cameras of a survey by what they are: the same groups for the window and the command line."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Literal

from camwalk.model import Camera, Survey
from camwalk.operations.tagging import camera_kind

By = Literal["type", "operator", "zone", "year"]
Groups = Mapping[str, tuple[Camera, ...]]


def camera_groups(survey: Survey, by: By) -> Groups:
    """The cameras of each value, "" where none is noted: the most first; years, of first sight, in order."""
    told: Mapping[By, Callable[[Camera], str]] = {
        "type": lambda camera: camera_kind(camera.tags),
        "operator": lambda camera: camera.tags.get("operator", "").strip(),
        "zone": lambda camera: camera.tags.get("surveillance:zone", "").strip(),
        "year": lambda camera: str(_first_seen(survey, camera)),
    }
    found: defaultdict[str, list[Camera]] = defaultdict(list)
    for camera in sorted(survey.cameras.values(), key=attrgetter("id")):
        found[told[by](camera)].append(camera)
    order = sorted(found, key=lambda value: (0 if by == "year" else -len(found[value]), value))
    return {value: tuple(found[value]) for value in order}


def _first_seen(survey: Survey, camera: Camera) -> int:
    """The year of its oldest photo, else of its record."""
    photos = (survey.photos.get(s.photo) for s in survey.sightings_of_camera.get(camera.id, ()))
    times = [photo.utc for photo in photos if photo is not None and photo.utc is not None]
    return min(times, default=camera.created).year
