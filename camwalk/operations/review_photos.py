"""What a person decides about photos: looked at, taken out again, the walk's name and defaults."""

from collections.abc import Iterable
from dataclasses import replace

from camwalk.model import Change, Edit, Photo, Survey, Tags, message, removed


def looked_at(survey: Survey, photo: Photo) -> bool:
    """Whether somebody looked at a photo: they said so, or something was found in it."""
    return photo.seen or photo.id in survey.sightings_in_photo


def mark_seen(survey: Survey, photos: Iterable[str], seen: bool = True) -> Edit:
    """Note that somebody looked at these photos and marked all there is."""
    before = [survey.photos[p] for p in photos]
    label = message("Photo looked at") if seen else message("Photo to look at again")
    return Edit(label, tuple(Change(p, replace(p, seen=seen)) for p in before if p.seen != seen))


def remove_photos(survey: Survey, photos: Iterable[str]) -> Edit:
    """Take photos out of the survey, with their sightings; the files stay where they are."""
    gone = [survey.photos[p] for p in photos]
    sightings = [s for p in gone for s in survey.sightings_in_photo.get(p.id, ())]
    return Edit(message("Remove photos from the survey"), removed(*sightings, *gone))


def change_walk(survey: Survey, walk: str, *, name: str | None = None, defaults: Tags | None = None) -> Edit:
    """Rename a walk, or set the tags its new cameras inherit."""
    before = survey.walks[walk]
    after = replace(
        before, name=name or before.name, defaults=before.defaults if defaults is None else defaults
    )
    return Edit(message("Change the walk"), () if before == after else (Change(before, after),))
