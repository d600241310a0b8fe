"""Corrections of where photos were taken and where they look, with all that hangs on them."""

from collections import defaultdict
from collections.abc import Callable

from camwalk.model import Change, Edit, LatLon, Photo, Survey, combined
from camwalk.operations.estimate_position_surroundings import Surroundings
from camwalk.operations.place_camera import replaced_estimates
from camwalk.operations.point_photos import moved_photos

AroundPlace = Callable[[LatLon], Surroundings | None]
"""What stands around a place."""


def with_estimates(survey: Survey, edit: Edit, around: AroundPlace) -> Edit:
    """`edit` together with the estimates that follow from the photos it moves or turns."""
    after = survey.apply(edit.changes)
    moved = [after.photos[p] for p in moved_photos(edit.changes) if p in after.photos]
    seen = [photo for photo in moved if photo.id in after.sightings_in_photo]
    followers: list[Change] = []
    for surroundings, photos in _by_area(seen, around):
        followers += replaced_estimates(after, photos, surroundings)
    return Edit(edit.label, combined((*edit.changes, *followers)))


def _by_area(photos: list[Photo], around: AroundPlace) -> list[tuple[Surroundings | None, list[str]]]:
    areas: defaultdict[int, list[str]] = defaultdict(list)
    found: dict[int, Surroundings | None] = {}
    for photo in photos:
        here = around(photo.position) if photo.position else None
        found[id(here)] = here
        areas[id(here)].append(photo.id)
    return [(found[key], ids) for key, ids in areas.items()]
