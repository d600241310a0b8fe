"""Our cameras against OSM's: which is which, and what that means for each."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from camwalk.model import Camera, Message, Report, Survey, ignore_progress, message
from camwalk.operations.attach_extract import ExtractIndex, OsmCamera
from camwalk.operations.checked_spots import NO_PHOTO, Look, looks_at
from camwalk.operations.match_cameras_assign import Ints, best_pairs, cells_near, shares
from camwalk.operations.match_cameras_worth import SURE, Pairs, measured, near_pairs
from camwalk.operations.review_photos import looked_at
from camwalk.operations.tag_compare import TagDifference, tag_differences
from camwalk.operations.tag_known import is_speed_camera

MatchKind = Literal["new", "confirmed", "changed", "moved", "not found", "not checked"]

KIND_WORDS: Mapping[MatchKind, Message] = {
    "new": message("new"),
    "confirmed": message("confirmed"),
    "changed": message("changed"),
    "moved": message("moved"),
    "not found": message("not found"),
    "not checked": message("not checked"),
}

MOVED = 3.0  # metres; less is the same place
COMPARED = 0.01  # degrees around OSM's cameras in which a list of them tells something
MAYBE = 0.5  # probability that one of ours is a camera of OSM's, from which nobody can say it is gone

NOTHING_NEAR = message("OpenStreetMap has no camera here.")
NOT_COVERED = message("No map and no list of OpenStreetMap’s cameras tells what is here.")
NONE_ALIKE = message("OpenStreetMap has cameras near it, but none that it could be.")
DECIDED_NEW = message("You said that it is not the one OpenStreetMap has here.")
NOBODY_LOOKED = message("No photo looked at this place.")
IS_INDOORS = message("It is inside a building, where no photo can tell.")
MAYBE_OURS = message("One of your cameras that is placed roughly may be this one.")


class Match(NamedTuple):
    """What a camera of ours, one of OSM's ("node/123"), or the pair comes to; `distance` in metres.

    `photos` are those that looked at one that was not found, the surest first.
    """

    camera: str | None
    osm: str | None
    kind: MatchKind
    distance: float | None
    differences: tuple[TagDifference, ...]
    why: Message
    photos: tuple[str, ...] = ()


class _Partner(NamedTuple):
    """One of OSM's, by index, and how far from ours."""

    osm: int
    metres: float
    sigmas: float


def osm_ref(camera: OsmCamera) -> str:
    """The name of one of OSM's objects as decisions and matches have it: "node/123"."""
    return f"{camera.osm_type}/{camera.osm_id}"


def is_candidate(camera: OsmCamera) -> bool:
    """Whether it is a camera at all: surveillance=* alone also stands on car parks."""
    tags = camera.tags
    return tags.get("man_made") == "surveillance" or is_speed_camera(tags)


def match_cameras(
    survey: Survey,
    reference: Sequence[OsmCamera],
    index: ExtractIndex | None = None,
    report: Report = ignore_progress,
) -> tuple[Match, ...]:
    """One match for each of our cameras, in their order, then one for each of OSM's that is left.

    A tag that only OSM has is no difference unless a decision took it over and it is gone since; a tag
    that only we have is one. Without `index` no wall is known, so nothing is "not found".
    """
    ours, theirs = list(survey.cameras.values()), [c for c in reference if is_candidate(c)]
    looks = looks_at(survey, theirs, index, report)
    apart, pinned = _decided(survey, ours, theirs)
    pairs = _open(near_pairs(survey, ours, theirs, looks), apart, pinned)
    partner = _partners(ours, theirs, pairs, _assigned(pairs), pinned)
    matches = _of_ours(survey, ours, theirs, pairs, partner, apart, _covered(ours, theirs, index))
    taken = [partner[k].osm for k in partner]
    free: list[int] = np.setdiff1d(np.arange(len(theirs)), np.array(taken, int)).tolist()
    maybe = _maybe(ours, pairs, len(theirs))
    for k in free:
        look, ref = looks[k], osm_ref(theirs[k])
        if look is NO_PHOTO and not maybe[k]:  # nearly all of a country: no need to ask further
            matches.append(Match(None, ref, "not checked", None, (), NOBODY_LOOKED))
        else:
            matches.append(_of_theirs(survey, ref, look, maybe[k]))
    return tuple(matches)


def _covered(
    ours: Sequence[Camera], theirs: Sequence[OsmCamera], index: ExtractIndex | None
) -> NDArray[np.bool_]:
    """For each of ours whether the map or any of OSM's cameras near it tells something of its place."""
    lat, lon = np.array([c.lat for c in ours], float), np.array([c.lon for c in ours], float)
    known = cells_near(
        lat, lon, np.array([c.lat for c in theirs]), np.array([c.lon for c in theirs]), COMPARED
    )
    if index is None:
        return known
    south, west, north, east = index.bounds
    return known | ((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))


def _decided(
    survey: Survey, ours: Sequence[Camera], theirs: Sequence[OsmCamera]
) -> tuple[set[tuple[int, int]], dict[int, int]]:
    """What people said: pairs that are not the same camera, and pairs that are, by index."""
    apart: set[tuple[int, int]] = set()
    same: dict[int, int] = {}
    if not survey.decisions:
        return apart, same
    left = {camera.id: k for k, camera in enumerate(ours)}
    right = {osm_ref(camera): k for k, camera in enumerate(theirs)}
    for decision in survey.decisions.values():
        if decision.camera not in left or decision.osm not in right:
            continue
        pair = left[decision.camera], right[decision.osm]
        if decision.verdict == "different":
            apart.add(pair)
        elif decision.verdict in ("ours", "theirs", "mixed", "confirmed") and pair[1] not in same.values():
            same[pair[0]] = pair[1]
    return apart, same


def _open(pairs: Pairs, apart: Collection[tuple[int, int]], pinned: Mapping[int, int]) -> Pairs:
    """The pairs with nothing speaking for those that people decided about."""
    closed = np.isin(pairs.ours, list(pinned)) | np.isin(pairs.theirs, list(pinned.values()))
    for left, right in apart:
        closed |= (pairs.ours == left) & (pairs.theirs == right)
    return pairs._replace(worth=np.where(closed, -np.inf, pairs.worth)) if closed.any() else pairs


def _assigned(pairs: Pairs) -> Ints:
    """The best one-to-one choice among pairs."""
    kept = np.flatnonzero(pairs.worth > 0)
    return kept[best_pairs(pairs.ours[kept], pairs.theirs[kept], pairs.worth[kept])]


def _partners(
    ours: Sequence[Camera],
    theirs: Sequence[OsmCamera],
    pairs: Pairs,
    chosen: Ints,
    pinned: Mapping[int, int],
) -> dict[int, _Partner]:
    """For each of ours that OSM has: which it is, and how far away."""
    lefts = [*pairs.ours[chosen].tolist(), *pinned]
    rights = [*pairs.theirs[chosen].tolist(), *pinned.values()]
    metres, sigmas = measured([ours[k] for k in pinned], [theirs[k] for k in pinned.values()])
    metres = [*pairs.apart[chosen].tolist(), *metres.tolist()]
    sigmas = [*pairs.sigmas[chosen].tolist(), *sigmas.tolist()]
    return dict(zip(lefts, map(_Partner, rights, metres, sigmas), strict=True))


def _of_ours(
    survey: Survey,
    ours: Sequence[Camera],
    theirs: Sequence[OsmCamera],
    pairs: Pairs,
    partner: Mapping[int, _Partner],
    apart: Collection[tuple[int, int]],
    covered: NDArray[np.bool_],
) -> list[Match]:
    told: list[bool] = covered.tolist()
    near, refused = set(pairs.ours.tolist()), {left for left, _ in apart}
    taken_over = _taken_over(survey)
    matches: list[Match] = []
    for k, camera in enumerate(ours):
        if found := partner.get(k):
            other = theirs[found.osm]
            removed = taken_over.get((camera.id, osm_ref(other)), ()) if taken_over else ()
            matches.append(_pair(camera, other, found.metres, found.sigmas, removed))
        else:
            nothing = NOTHING_NEAR if told[k] else NOT_COVERED
            why = DECIDED_NEW if k in refused else NONE_ALIKE if k in near else nothing
            matches.append(Match(camera.id, None, "new", None, (), why))
    return matches


def _taken_over(survey: Survey) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
    """The keys that a decision gave to our camera; one that is gone since was removed by somebody."""
    agreed = (d for d in survey.decisions.values() if d.verdict in ("theirs", "mixed"))
    return {(d.camera, d.osm): tuple(d.tags) for d in agreed}


def _pair(camera: Camera, other: OsmCamera, metres: float, sigmas: float, removed: Collection[str]) -> Match:
    differences = tag_differences(camera.tags, other.tags, removed)
    moved = has_moved(camera, metres, sigmas)
    kind: MatchKind = "changed" if differences else "moved" if moved else "confirmed"
    keys = tuple(d.key for d in differences)
    return Match(camera.id, osm_ref(other), kind, metres, differences, _why(round(metres, 1), keys, moved))


def has_moved(camera: Camera, metres: float, sigmas: float) -> bool:
    """Whether our camera hangs elsewhere than OSM's, beyond what its estimate may be off."""
    return metres >= MOVED and (sigmas > SURE or camera.placed == "manual")


@cache
def _why(metres: float, keys: tuple[str, ...], moved: bool) -> Message:
    if keys and moved:
        return message("Moved by {metres} m; differs in {keys}.", metres=metres, keys=", ".join(keys))
    if keys:
        return message(
            "The same camera, {metres} m away; differs in {keys}.", metres=metres, keys=", ".join(keys)
        )
    if moved:
        return message("The same camera, but it hangs {metres} m from where it was.", metres=metres)
    return message("The same camera, {metres} m away; nothing to change.", metres=metres)


def _maybe(ours: Sequence[Camera], pairs: Pairs, count: int) -> Sequence[bool]:
    """OSM's cameras that a rough place of ours may stand for, although it was not given to them."""
    rough = np.array([camera.placed != "manual" for camera in ours], bool)[pairs.ours]
    share = shares(pairs.ours, pairs.theirs, pairs.worth)
    likely: list[bool] = (np.bincount(pairs.theirs[rough], share[rough], minlength=count) > MAYBE).tolist()
    return likely


def _of_theirs(survey: Survey, ref: str, look: Look, maybe_ours: bool) -> Match:
    metres = look.looked_from
    if look.indoors or maybe_ours or metres is None:
        why = IS_INDOORS if look.indoors else NOBODY_LOOKED if metres is None else MAYBE_OURS
        return Match(None, ref, "not checked", None, (), why)
    if any(looked_at(survey, survey.photos[photo]) for photo in look.surest):
        why = message("A photo looked at it from {metres} m, but nobody sighted it.", metres=round(metres))
    else:
        why = message(
            "A photo looked at it from {metres} m, but nobody has gone through that photo yet.",
            metres=round(metres),
        )
    return Match(None, ref, "not found", None, (), why, look.surest)
