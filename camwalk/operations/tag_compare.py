"""Our tags against OSM's: what differs in meaning, and what both come to."""

import re
from collections.abc import Collection, Hashable
from functools import lru_cache
from typing import NamedTuple

from camwalk.geometry import directions
from camwalk.model import Tags
from camwalk.operations.tag_known import is_speed_camera
from camwalk.operations.tag_values import DIRECTION_KEYS

_NUMBERS = frozenset({"height", "camera:angle", "camera:tilt", "camera:count", "maxspeed", "ele", "level"})
_FOOT = 0.3048  # metres
_NOTHING: tuple[str, ...] = ()


class TagDifference(NamedTuple):
    """A tag that the two sides tell differently; None where a side has none."""

    key: str
    ours: str | None
    theirs: str | None


def tag_differences(
    ours: Tags, theirs: Tags, removed: Collection[str] = _NOTHING
) -> tuple[TagDifference, ...]:
    """What our tags would change on OSM's object.

    A key that only we have is a difference: handing it over changes the object. A key that only
    OSM has is none, because not everybody writes down everything, unless it is in `removed`.
    """
    if ours == theirs:
        return ()
    found: list[TagDifference] = []
    for key, value in ours.items():
        other = theirs.get(key)
        if other is None and key in DIRECTION_KEYS:
            other = written_direction(theirs)
        if value.strip() and (other is None or not same_value(key, value, other)):
            found.append(TagDifference(key, value, other))
    found += [TagDifference(key, None, theirs[key]) for key in removed if key in theirs and key not in ours]
    return tuple(found)


def merged_tags(theirs: Tags, agreed: Tags) -> Tags:
    """All tags of OSM's object once `agreed` is written to it; an empty value removes its key.

    What means the same keeps OSM's spelling, and a new direction replaces one under another key.
    """
    result = dict(theirs)
    for key, value in agreed.items():
        if not value.strip():
            result.pop(key, None)
        elif key in DIRECTION_KEYS and key not in theirs:
            _write_direction(result, key, value)
        elif key not in theirs or not same_value(key, value, theirs[key]):
            result[key] = value
            if key in DIRECTION_KEYS:
                _drop_contradicting(result, key, agreed)
    return result


def _drop_contradicting(tags: dict[str, str], key: str, agreed: Tags) -> None:
    """A direction that is new leaves no other one beside it."""
    for other in DIRECTION_KEYS:
        untouched = other != key and other not in agreed and other in tags
        if untouched and not same_value(other, tags[other], tags[key]):
            del tags[other]


def _write_direction(tags: dict[str, str], key: str, value: str) -> None:
    before = written_direction(tags)
    if before is not None and same_value(key, value, before):
        return
    for other in DIRECTION_KEYS:
        tags.pop(other, None)
    tags["direction" if is_speed_camera(tags) else "camera:direction"] = value


def written_direction(tags: Tags) -> str | None:
    """Where it looks, as written under whichever of the direction keys it has."""
    for key in DIRECTION_KEYS:
        if key in tags:
            return tags[key]
    return None


def same_value(key: str, ours: str, theirs: str) -> bool:
    """Whether two values mean the same: NE is 45, 6 m is 6.0, and the order of a list says nothing."""
    if ours == theirs:
        return True
    ours_means, theirs_means = _meaning(key, ours), _meaning(key, theirs)
    if _EITHER in (ours_means, theirs_means):
        return {ours_means, theirs_means} <= {_EITHER, _NORTH, _ALL_ROUND}
    return ours_means == theirs_means


@lru_cache(maxsize=8192)
def _meaning(key: str, value: str) -> Hashable:
    if key in DIRECTION_KEYS and (looks := _looks(value)):
        return looks
    if key in _NUMBERS and (number := _number(value)) is not None:
        return number
    return frozenset(part for part in (p.strip() for p in value.split(";")) if part)


_Looks = frozenset[tuple[int, int]]
_NORTH: _Looks = frozenset({(0, 0)})
_ALL_ROUND: _Looks = frozenset({(0, 360)})
_EITHER: _Looks = frozenset({(360, 360)})  # "360": all round to most mappers, north to some


def _looks(value: str) -> _Looks | None:
    """The sectors in whole degrees, None where not all is understood."""
    if directions.is_ambiguous_all_round(value):
        return _EITHER
    if directions.normalised(value) is None:
        return None
    return frozenset(
        (0, 360) if s == directions.ALL_ROUND else (round(s[0]) % 360, round(s[1]) % 360)
        for s in directions.sectors(value)
    )


def _number(value: str) -> float | None:
    match = re.fullmatch(r"([+-]?[0-9]+)(?:[.,]([0-9]+))?\s*(m|ft|°|')?", value.strip())
    if match is None:
        return None
    number = float(f"{match[1]}.{match[2] or 0}")
    return round(number * (_FOOT if match[3] in ("ft", "'") else 1), 2)
