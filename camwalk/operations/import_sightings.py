"""Sightings from a detector or another program become sightings to review, never cameras by themselves."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
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

Tracks = Mapping[tuple[str, str], Sequence[Sighting]]
"""Sightings by walk and by what the detector called the camera."""

_DECIMALS = 3  # of a pixel

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
    have = {(s.photo, s.x, s.y) for s in survey.sightings.values() if s.x is not None and s.y is not None}
    fresh: list[Sighting] = []
    known = 0
    strange: Counter[str] = Counter()
    outside = 0
    odd: set[str] = set()
    for made in read.found:
        photo = _photo(photos, made)
        detection = made if photo is None else _cut_to(photo, _in_photo(made, photo))
        if photo is not None and _is_odd(made, photo):
            odd.add(photo.id)
        if photo is None:
            strange[detection.file] += 1
        elif not _inside(photo, detection):
            outside += 1
        elif (spot := _spot(photo, detection)) in have:
            known += 1
        else:
            have.add(spot)
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
        photos[base_name(photo.path).casefold()].append(photo)
    return photos


def _photo(photos: Mapping[str, list[Photo]], detection: Detection) -> Photo | None:
    """The photo of that name; of several, the one whose path ends as the detection's does."""
    file = detection.file.replace("\\", "/").casefold()
    same = photos.get(base_name(file), [])
    if len(same) > 1:
        same = [p for p in same if p.path.replace("\\", "/").casefold().endswith(file)]
    return same[0] if len(same) == 1 else None


def _in_photo(detection: Detection, photo: Photo) -> Detection:
    """The same at the photo's own pixels, where the detector had a smaller or larger copy of it."""
    if detection.size is None or not photo.width or not photo.height or _is_odd(detection, photo):
        return detection
    across, down = photo.width / detection.size[0], photo.height / detection.size[1]
    x, y, (width, height) = detection.x * across, detection.y * down, detection.box
    return replace(detection, x=x, y=y, box=(width * across, height * down))


def _cut_to(photo: Photo, detection: Detection) -> Detection:
    """Of a box whose middle is outside the picture, the part that is inside; the same where there is none."""
    if _inside(photo, detection) or photo.width is None or photo.height is None:
        return detection
    (x0, x1), (y0, y1) = (
        (max(middle - long / 2, 0.0), min(middle + long / 2, float(size)))
        for middle, long, size in zip(
            (detection.x, detection.y), detection.box, (photo.width, photo.height), strict=True
        )
    )
    some = x0 < x1 and y0 < y1
    return replace(detection, x=(x0 + x1) / 2, y=(y0 + y1) / 2) if some else detection


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


def _spot(photo: Photo, detection: Detection) -> tuple[str, float, float]:
    return photo.id, round(detection.x, _DECIMALS), round(detection.y, _DECIMALS)


def _sighting(photo: Photo, detection: Detection) -> Sighting:
    _, x, y = _spot(photo, detection)
    return Sighting(
        id=new_id(),
        photo=photo.id,
        x=x,
        y=y,
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
    """The sightings that no camera has yet, one group a camera: those of one track, else each alone.

    Where a track has one camera already, that camera's sightings are in the group; it keeps them.
    """
    tracks = tracks_of(survey)
    groups = {s.id: of_one_track(survey, s.id, tracks) for s in survey.sightings.values() if _waits(s)}
    return list({frozenset(group): group for group in groups.values()}.values())


def of_one_track(survey: Survey, sighting: str, tracks: Tracks | None = None) -> list[str]:
    """A sighting to review and the others that show the same camera, as far as the detector knew."""
    one = survey.sightings[sighting]
    if one.track is None:
        return [sighting]
    track = (tracks or tracks_of(survey))[survey.photos[one.photo].walk, one.track]
    cameras = {s.camera for s in track if s.camera}
    known = survey.sightings_of_camera[cameras.pop()] if len(cameras) == 1 else ()
    waiting = [s.id for s in track if _waits(s) and s.id != sighting]
    return [*(s.id for s in known if s.x is not None), sighting, *waiting]


def tracks_of(survey: Survey) -> Tracks:
    """The sightings of each walk that a detector says show one camera."""
    tracks: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for sighting in survey.sightings.values():
        if sighting.track is not None:
            tracks[survey.photos[sighting.photo].walk, sighting.track].append(sighting)
    return tracks


def _waits(sighting: Sighting) -> bool:
    return sighting.camera is None and sighting.x is not None
