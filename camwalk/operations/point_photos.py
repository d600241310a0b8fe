"""Where photos look: from the file's direction, from the walk, by hand, or from a known point."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import numpy as np

from camwalk.formats.names import shown_name
from camwalk.geometry.declination import declination
from camwalk.geometry.geodesy import bearing, to_local
from camwalk.geometry.optics import angles
from camwalk.model import CamwalkError, Change, Edit, HeadingSource, LatLon, Photo, Survey, message
from camwalk.operations.follow_tracks import Lane, follow, lanes

COURSE_SECONDS = 6.0
"""Before and after a photo; the walker's way between says where the walk went."""
LEAST_WAY = 2.0
"""Metres that the walker must have gone in that time, to have a direction at all."""


def point_photos(survey: Survey, walk: str) -> tuple[Change, ...]:
    """What changes when a walk's photos get their headings afresh from their files.

    Directions from magnetic north are turned by the declination at the photo's place and date, those
    from an unknown north are taken as true. What a person set, or took from the walk, stays.
    """
    photos = (photo for photo in survey.photos.values() if photo.walk == walk)
    pointed = ((photo, _pointed(photo)) for photo in photos)
    return tuple(Change(before, after) for before, after in pointed if before != after)


def turn_photo(survey: Survey, photo: str, degrees: float | None) -> Edit:
    """Set where a photo looks by hand; None goes back to what its file says."""
    before = survey.photos[photo]
    if degrees is None:
        after = _pointed(replace(before, heading=None, heading_source="none"))
    else:
        after = replace(before, heading=degrees % 360, heading_source="manual")
    return _edit(before, after)


def heading_from_walk(survey: Survey, photo: str) -> Edit:
    """Let a photo look where its walker went at that time. CamwalkError where no track tells that."""
    before = survey.photos[photo]
    course = course_at(survey, before)
    if course is None:
        raise CamwalkError(
            message(
                "No track tells where the walk went when {photo} was taken. Turn the photo by hand.",
                photo=shown_name(before.path),
            )
        )
    return _edit(before, replace(before, heading=course, heading_source="walk"))


def heading_from_point(survey: Survey, photo: str, x: float, y: float, place: LatLon) -> Edit:
    """Let a photo look so that its pixel `x`, `y` shows what stands at `place`."""
    before = survey.photos[photo]
    if before.position is None:
        name = shown_name(before.path)
        raise CamwalkError(message("Place {photo} on the map first, then click the point.", photo=name))
    off, _ = angles(before, x, y)
    heading = (bearing(before.position, place) - off) % 360
    return _edit(before, replace(before, heading=heading, heading_source="manual"))


def course_at(survey: Survey, photo: Photo) -> float | None:
    """Degrees from true north in which the walker went when the photo was taken, None where not known."""
    if photo.utc is None:
        return photo.course
    tracks = (track for track in survey.tracks.values() if track.walk == photo.walk)
    courses = (_course(lane, photo.utc) for lane in lanes(tracks))
    return next((course for course in courses if course is not None), photo.course)


def _course(lane: Lane, utc: datetime) -> float | None:
    for reach in (COURSE_SECONDS, 3 * COURSE_SECONDS):  # walkers stand still to take photos
        times = utc.timestamp() + np.array([-reach, reach])
        fixes = follow(lane, times, 60.0)
        if np.isnan(fixes.lat).any():
            return None
        start = LatLon(float(fixes.lat[0]), float(fixes.lon[0]))
        east, north = to_local(start, fixes.lat[1], fixes.lon[1])
        if np.hypot(east, north) >= LEAST_WAY:
            return float(np.degrees(np.arctan2(east, north))) % 360
    return None


def _pointed(photo: Photo) -> Photo:
    if photo.heading_source in ("manual", "walk"):
        return photo
    if photo.direction is None:
        return replace(photo, heading=None, heading_source="none")
    source: HeadingSource = "exif"
    return replace(photo, heading=_true_north(photo, photo.direction), heading_source=source)


def _true_north(photo: Photo, direction: float) -> float:
    when = photo.utc or photo.gps_time
    if photo.direction_ref != "M" or photo.position is None or when is None:
        return direction % 360
    return (direction + declination(photo.position, when)) % 360


def _edit(before: Photo, after: Photo) -> Edit:
    label = message("Turn {photo}", photo=shown_name(before.path))
    return Edit(label, () if after == before else (Change(before, after),))


def moved_photos(changes: Iterable[Change]) -> frozenset[str]:
    """The photos whose place or heading changes, so that what hangs on them must follow."""
    pairs = ((c.before, c.after) for c in changes)
    return frozenset(
        after.id
        for before, after in pairs
        if isinstance(before, Photo)
        and isinstance(after, Photo)
        and (before.position, before.heading) != (after.position, after.heading)
    )
