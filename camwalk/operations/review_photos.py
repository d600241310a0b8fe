"""What a person decides about photos: looked at, taken out again."""

from collections.abc import Iterable
from dataclasses import replace

from camwalk.model import Change, Edit, Photo, Survey, message, removed


def looked_at(survey: Survey, photo: Photo) -> bool:
    """Whether somebody looked at a photo: they said so, or a camera in it is marked.

    What a detector saw and nobody reviewed does not count.
    """
    return photo.seen or any(s.camera for s in survey.sightings_in_photo.get(photo.id, ()))


def searched(survey: Survey, photo: Photo) -> bool:
    """Whether a person or a detector looked for cameras in a photo."""
    return photo.seen or photo.id in survey.sightings_in_photo


def mark_seen(survey: Survey, photos: Iterable[str]) -> Edit:
    """Note that somebody looked at these photos and marked all there is."""
    before = [survey.photos[p] for p in photos]
    return Edit(
        message("Photo looked at"), tuple(Change(p, replace(p, seen=True)) for p in before if not p.seen)
    )


def remove_photos(survey: Survey, photos: Iterable[str]) -> Edit:
    """Take photos out of the survey, with their sightings; the files stay where they are."""
    gone = [survey.photos[p] for p in photos]
    sightings = [s for p in gone for s in survey.sightings_in_photo.get(p.id, ())]
    return Edit(message("Remove photos from the survey"), removed(*sightings, *gone))
