"""Sightings from a detector or another program become sightings to review, never cameras by themselves."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from camwalk.formats.detections import Detection, base_name, read_detections
from camwalk.model import (
    CamwalkError,
    Edit,
    Message,
    Photo,
    Sighting,
    Survey,
    added,
    counted,
    message,
    new_id,
)

SAME_SHAPE = 0.02
"""By how much a copy of a picture may be out of proportion, as it was made smaller by whole pixels."""


@dataclass(frozen=True, slots=True)
class ImportedSightings:
    """The edit that adds them, and what was left out."""

    edit: Edit
    known: int
    problems: tuple[Message, ...]


def import_sightings(survey: Survey, path: str) -> ImportedSightings:
    """Read COCO JSON or CSV and tie what it saw to the survey's photos by file name.

    Raises CamwalkError where the file cannot be read or names no photo of the survey.
    """
    read = read_detections(path)
    photos = _by_name(survey)
    have = {(s.photo, s.x, s.y) for s in survey.sightings.values()}
    fresh: list[Sighting] = []
    known = 0
    strange: Counter[str] = Counter()
    outside = 0
    odd: set[str] = set()
    for made in read.found:
        photo = _photo(photos, made)
        detection = made if photo is None else _in_photo(made, photo)
        if photo is not None and _is_odd(made, photo):
            odd.add(photo.id)
        if photo is None:
            strange[detection.file] += 1
        elif not _inside(photo, detection):
            outside += 1
        elif (photo.id, detection.x, detection.y) in have:
            known += 1
        else:
            have.add((photo.id, detection.x, detection.y))
            fresh.append(_sighting(photo, detection))
    if read.found and sum(strange.values()) == len(read.found):
        raise CamwalkError(
            message(
                "None of the pictures it names is in this survey. "
                "Import the photos first, then the sightings."
            )
        )
    label = counted("Import {n} sighting", "Import {n} sightings", len(fresh))
    problems = (*read.problems, *_left_out(strange, outside), *_told_odd(len(odd)))
    return ImportedSightings(Edit(label, added(*fresh)), known, problems)


def _by_name(survey: Survey) -> Mapping[str, list[Photo]]:
    photos: defaultdict[str, list[Photo]] = defaultdict(list)
    for photo in survey.photos.values():
        photos[base_name(photo.path)].append(photo)
    return photos


def _photo(photos: Mapping[str, list[Photo]], detection: Detection) -> Photo | None:
    """The photo of that name; of several, the one whose path ends as the detection's does."""
    same = photos.get(base_name(detection.file), [])
    if len(same) > 1:
        same = [p for p in same if p.path.replace("\\", "/").endswith(detection.file.replace("\\", "/"))]
    return same[0] if len(same) == 1 else None


def _in_photo(detection: Detection, photo: Photo) -> Detection:
    """The same at the photo's own pixels, where the detector had a smaller or larger copy of it."""
    if detection.size is None or not photo.width or not photo.height or _is_odd(detection, photo):
        return detection
    width, height = detection.size
    return replace(detection, x=detection.x * photo.width / width, y=detection.y * photo.height / height)


def _is_odd(detection: Detection, photo: Photo) -> bool:
    """Whether the detector had a picture of another shape, perhaps not turned upright."""
    if detection.size is None or not photo.width or not photo.height:
        return False
    return abs(photo.width / detection.size[0] / (photo.height / detection.size[1]) - 1) > SAME_SHAPE


def _inside(photo: Photo, detection: Detection) -> bool:
    return (
        photo.width is None
        or photo.height is None
        or (0 <= detection.x <= photo.width and 0 <= detection.y <= photo.height)
    )


def _sighting(photo: Photo, detection: Detection) -> Sighting:
    return Sighting(
        id=new_id(),
        photo=photo.id,
        x=detection.x,
        y=detection.y,
        track=detection.track,
        label=detection.label,
    )


def _left_out(strange: Mapping[str, int], outside: int) -> list[Message]:
    told = [
        message("“{file}” is not a photo of this survey, or several have that name.", file=base_name(file))
        for file in list(strange)[:20]
    ]
    if len(strange) > 20:
        more = len(strange) - 20
        told.append(counted("{n} more unknown picture.", "{n} more unknown pictures.", more))
    if outside:
        told.append(
            counted(
                "{n} box lies outside its picture and was left out.",
                "{n} boxes lie outside their pictures and were left out.",
                outside,
            )
        )
    return told


def _told_odd(count: int) -> list[Message]:
    if not count:
        return []
    return [
        counted(
            "{n} picture has another shape than its photo: "
            "its pixels were taken as those of the upright photo.",
            "{n} pictures have another shape than their photos: "
            "their pixels were taken as those of the upright photos.",
            count,
        )
    ]


def groups_to_accept(survey: Survey) -> list[list[str]]:
    """The sightings that no camera has yet, one group a camera: those of one track, else each alone."""
    tracks: defaultdict[str, list[str]] = defaultdict(list)
    for sighting in survey.sightings.values():
        if sighting.camera is None and sighting.x is not None:
            tracks[sighting.id if sighting.track is None else f"track {sighting.track}"].append(sighting.id)
    return list(tracks.values())
