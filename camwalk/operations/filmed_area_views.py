"""What a camera may see on open ground, by its tags; three models, because nobody knows the lens.

A usual lens is one of a span (its field of view in degrees, the pixels across its picture). The *low* model
counts what every lens of the span sees: the narrowest view, no farther than the widest lens with the
fewest pixels. The *high* model counts what any of them may see, *mean* takes the middle one. So low
lies within mean and mean within high, for each camera. Tags that tell resolution, focal length or field of
view narrow the span. Metres at 62.5 pixels on a metre ("observe"), low / mean / high:

| type | field of view | pixels across | sees up to |
| --- | --- | --- | --- |
| fixed, and where no type is told | 60 / 75 / 90 | 1280 / 1920 / 3840 | 10 / 20 / 53 m |
| dome, panning | all round (a swept range where told), lens as above | as above | 10 / 20 / 53 m |
| plate reader, speed camera | 15 / 25 / 35 | 1280 / 1920 / 3840 | at most 20 / 30 / 50 m |
| doorbell | 110 / 140 / 160 | 1280 / 1920 / 2560 | 7 / 13 / 14 m |
| panorama, "360" | all round at once | 2048 / 4096 / 8192 around | 5 / 10 / 21 m |

No guessed lens sees farther than 100 m. The zoom of panning cameras is left out: it may look much
farther, but never everywhere at once. `camera:tilt` (or `camera:angle` up to 60; greater ones often are
a width) and `height` shorten the reach on the ground; a sensor is taken to be 5.4 mm wide (1/2.8").
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from math import atan, degrees, radians, sqrt, tan
from typing import Literal, NamedTuple

from camwalk.geometry import directions
from camwalk.geometry.view_sectors import LEVELS, Level, ViewSector, reach_of
from camwalk.model import Tags
from camwalk.operations.tag_known import is_speed_camera
from camwalk.operations.tagging import DIRECTION_KEYS, camera_kind

Aim = Literal["told", "round", "unknown", "none"]
Three = tuple[float, float, float]
Sectors = tuple[ViewSector, ...]

LENS_WIDEST = 120.0
"""Degrees up to which a range like "45-135" is the lens' view; a wider one is swept by turning."""

_SENSOR = 5.4  # millimetres across
_HEAD = 1.7  # metres above the ground that are worth seeing
_HEIGHT = 5.0  # metres, where none is told
_TRUSTED_ANGLE = 60.0  # degrees of camera:angle
_FARTHEST = 500.0  # metres, whatever the tags say
_NUMBER = r"([0-9]{1,5}(?:[.,][0-9]{1,3})?)"


class Lens(NamedTuple):
    """A span of lenses: degrees of view, pixels across, metres that are the most; low, mean, high."""

    views: Three
    pixels: Three
    most: Three


LENSES: Mapping[str, Lens] = {
    "fixed": Lens((60, 75, 90), (1280, 1920, 3840), (100, 100, 100)),
    "ALPR": Lens((15, 25, 35), (1280, 1920, 3840), (20, 30, 50)),
    "doorbell": Lens((110, 140, 160), (1280, 1920, 2560), (100, 100, 100)),
    "panorama": Lens((360, 360, 360), (2048, 4096, 8192), (100, 100, 100)),
}
"""What is taken where tags tell nothing; all other types have a "fixed" camera's lens."""


def views_by_model(tags: Tags, level: Level = "observe") -> tuple[Aim, Sectors, Sectors, Sectors]:
    """How the direction is known, and the sectors of all three models, one for each lens.

    "told" by its tags, "round" because it turns or sees all round, "unknown" (shown all round), or "none":
    it films no outdoor place, or is no camera. The sectors may be empty under the lower models.
    """
    return _views(frozenset(tags.items()), level)


@lru_cache(maxsize=8192)
def _views(told: frozenset[tuple[str, str]], level: Level) -> tuple[Aim, Sectors, Sectors, Sectors]:
    tags = dict(told)
    if films_no_street(tags):
        return "none", (), (), ()
    kind = _kind(tags)
    aim, swept = _aims(tags, kind)
    lens = _told_lens(tags, LENSES.get(kind, LENSES["fixed"]))
    body = _Body(kind, aim, swept, lens, _metres(tags.get("height", "")), _tilt(tags))
    low, mean, high = (_sectors(body, which, LEVELS[level]) for which in range(3))
    return aim, low, mean, high


def films_no_street(tags: Tags) -> bool:
    """Whether the tags tell of a camera indoors, of a guard or a microphone, or of one that is gone."""
    indoors = tags.get("surveillance") == "indoor" or tags.get("indoor", "no") not in ("no", "")
    below = tags.get("level", "0").startswith("-") or tags.get("location") == "underground"
    other = tags.get("surveillance:type", "camera").upper() not in ("CAMERA", "ALPR", "ANPR", "WEBCAM")
    gone = any(key.endswith(":man_made") and value == "surveillance" for key, value in tags.items())
    fake = tags.get("surveillance") == "fake"
    return indoors or below or other or fake or (gone and tags.get("man_made") != "surveillance")


_TURNING = frozenset(("dome", "panning"))


class _Body(NamedTuple):
    """What the tags tell of a camera: where its lenses look (bearing and width), metres above ground."""

    kind: str
    aim: Aim
    swept: tuple[tuple[float, float], ...]
    lens: Lens
    height: float | None
    tilt: float | None


def _kind(tags: Tags) -> str:
    types = {part.strip() for part in tags.get("camera:type", "").split(";")}
    if types & {"panorama", "360"}:
        return "panorama"
    if is_speed_camera(tags):
        return "ALPR"
    return camera_kind(tags)


def _aims(tags: Tags, kind: str) -> tuple[Aim, tuple[tuple[float, float], ...]]:
    """How the direction is known, and bearing and width of each lens or sweep."""
    text = next((tags[key] for key in DIRECTION_KEYS if tags.get(key, "").strip()), "")
    found = [s for s in directions.sectors(text) if s != directions.ALL_ROUND]
    wide = [(directions.middle(sector), directions.width(sector)) for sector in found]
    if kind == "panorama":
        return "round", ((0.0, 360.0),)
    if kind in _TURNING:
        swept = tuple(aim for aim in wide if aim[1] > 0)
        return ("told", swept) if swept else ("round", ((0.0, 360.0),))
    return ("told", tuple(wide)) if wide else ("unknown", ((0.0, 0.0),))


def _sectors(body: _Body, which: int, density: float) -> Sectors:
    found: list[ViewSector] = []
    for bearing, width in body.swept:
        is_lens = 0 < width <= LENS_WIDEST and body.kind not in _TURNING
        lens = body.lens._replace(views=_three(width)) if is_lens else body.lens
        wide = max(width, lens.views[which]) if body.aim == "told" else 360.0
        reach = _on_ground(body, _reach(lens, which, density), lens.views[which])
        if reach > 0:
            found.append(ViewSector(bearing, min(wide, 360.0), reach))
    return tuple(found)


def _reach(lens: Lens, which: int, density: float) -> float:
    """Low: the worst lens of the span, high: the best, mean: the middle one."""
    view = lens.views[2 - which]
    return min(reach_of(lens.pixels[which], view, density), lens.most[which], _FARTHEST)


def _on_ground(body: _Body, reach: float, view: float) -> float:
    """What is left of the reach for a camera up high, or one that looks down."""
    if body.height is not None:
        reach = sqrt(max(reach**2 - max(body.height - _HEAD, 0) ** 2, 0))
    if body.kind in _TURNING or body.kind == "panorama" or body.tilt is None or view > LENS_WIDEST:
        return reach
    top = body.tilt - degrees(atan(tan(radians(view) / 2) * 9 / 16))  # of the picture, below the horizon
    return reach if top <= 1 else min(reach, max(body.height or _HEIGHT, 2.0) / tan(radians(top)))


def _tilt(tags: Tags) -> float | None:
    """Degrees that the lens looks down."""
    told = _found(rf"-{_NUMBER}", tags.get("camera:tilt", ""))
    if told is not None:
        return min(told, 90.0)
    angle = _found(rf"{_NUMBER}\s*°?", tags.get("camera:angle", ""))
    return angle if angle is not None and angle <= _TRUSTED_ANGLE else None


def _told_lens(tags: Tags, lens: Lens) -> Lens:
    """The lens with what the tags tell of it; a lens that is told has no guessed limit."""
    pixels, views = _pixels(tags), _angles(tags)
    most = _three(_FARTHEST) if pixels and views else lens.most
    return Lens(views or lens.views, _three(pixels) if pixels else lens.pixels, most)


def _pixels(tags: Tags) -> float | None:
    """Across the picture: "1920x1080", "1080p", "4K", "5 MP"."""
    text = _first(tags, "camera:resolution", "resolution").lower()
    if not text:
        return None
    sides = re.search(r"([0-9]{3,5})\s*[x×*]\s*([0-9]{3,5})", text)
    if sides:
        found = max(float(sides[1]), float(sides[2]))
    elif (rows := _found(r"([0-9]{3,4})[pi]", text)) is not None:
        found = rows * 16 / 9
    elif (mega := _found(_NUMBER + r"\s*(?:mp|mpx|megapixels?)", text)) is not None:
        found = sqrt(mega * 1e6 * 16 / 9)
    else:
        found = (_found(r"([0-9]{1,2})k", text) or 0) * 960
    return found if 320 <= found <= 30_000 else None


def _angles(tags: Tags) -> Three | None:
    """Degrees of view: "80", or by the focal length in millimetres, "4" or "2.8-12 mm" for a zoom lens."""
    told = _found(_NUMBER + r"\s*°?", _first(tags, "camera:fov", "camera:field_of_view"))
    if told is not None:
        return _three(told) if 1 <= told <= 360 else None
    text = _first(tags, "camera:focal_length", "focal_length")
    if not text:
        return None
    match = re.fullmatch(_NUMBER + rf"(?:\s*-\s*{_NUMBER})?\s*(?:mm)?", text)
    if match is None:
        return None
    ends = sorted((_decimal(match[1]), _decimal(match[2] or match[1])))
    if not 0.5 <= ends[0] <= ends[1] <= 1000:
        return None
    focals = (ends[1], sqrt(ends[0] * ends[1]), ends[0])
    narrow, middle, wide = (degrees(2 * atan(_SENSOR / 2 / focal)) for focal in focals)
    return narrow, middle, wide


def _three(value: float) -> Three:
    return value, value, value


def _first(tags: Tags, *keys: str) -> str:
    return next((tags[key].strip() for key in keys if tags.get(key, "").strip()), "")


def _metres(text: str) -> float | None:
    feet = _found(_NUMBER + r"\s*(?:ft|')", text)
    return feet * 0.3048 if feet is not None else _found(_NUMBER + r"\s*m?", text)


def _found(pattern: str, text: str) -> float | None:
    match = re.fullmatch(pattern, text.strip()) if text else None
    return _decimal(match[1]) if match else None


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))
