"""Tags that are right alone and not together."""

from collections.abc import Iterator

from camwalk.model import Tags, message
from camwalk.operations.tag_compare import same_value
from camwalk.operations.tag_known import is_speed_camera
from camwalk.operations.tag_values import DIRECTION_KEYS, TagProblem


def conflicts(tags: Tags) -> Iterator[TagProblem]:
    """What contradicts itself or misses its other half."""
    yield from _two_directions(tags)
    yield from _angle_and_tilt(tags)
    yield from _misplaced(tags)
    yield from _halves(tags)


def _two_directions(tags: Tags) -> Iterator[TagProblem]:
    keys = [key for key in DIRECTION_KEYS if key in tags]
    for key in keys[1:]:
        if not same_value("direction", tags[keys[0]], tags[key]):
            reason = message("“{first}” and “{second}” say different directions.", first=keys[0], second=key)
            yield TagProblem(key, reason, tags[keys[0]])


def _angle_and_tilt(tags: Tags) -> Iterator[TagProblem]:
    angle, tilt = _degrees(tags.get("camera:angle")), _degrees(tags.get("camera:tilt"))
    if angle is not None and tilt is not None and angle != -tilt:
        reason = message("camera:angle counts downwards and camera:tilt upwards: here they differ.")
        yield TagProblem("camera:tilt", reason, f"{-angle:g}" if angle else "0")


def _degrees(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _misplaced(tags: Tags) -> Iterator[TagProblem]:
    if tags.get("surveillance:type") == "guard":
        for key in ("camera:type", "camera:direction", "camera:mount", "camera:angle"):
            if key in tags:
                yield TagProblem(key, message("A guard has no camera."))
    if is_speed_camera(tags) and "camera:direction" in tags and "direction" not in tags:
        reason = message("Speed cameras have their direction in “direction”.")
        yield TagProblem("camera:direction", reason, None, "direction")
    if "maxspeed" in tags and not is_speed_camera(tags):
        yield TagProblem("maxspeed", message("Only speed cameras have a “maxspeed”."))
    if "highway" in tags:
        for key in tags:
            if key.startswith("addr:"):
                yield TagProblem(key, message("A speed camera has no address."))


_NEEDS = {
    "operator:type": "operator",
    "source:date": "source",
    "addr:housenumber": "addr:street",
}


_OTHER_NAMES = ("alt_name", "old_name", "short_name", "official_name")
_OF_ALL = ("date", "url", "position", "geometry", "license", "time", "note")


def _halves(tags: Tags) -> Iterator[TagProblem]:
    """What stands alone; `source:height` too needs a height, but not what tells of the whole object."""
    sources = {k: k.removeprefix("source:") for k in tags if k.startswith("source:")}
    needs = {k: key for k, key in sources.items() if key not in _OF_ALL}
    names = {k: "name" for k in tags if k.rpartition(":")[2] in _OTHER_NAMES}
    for key, needed in {**_NEEDS, **needs, **names}.items():
        if key in tags and needed not in tags:
            reason = message("“{key}” says nothing without “{needed}”.", key=key, needed=needed)
            yield TagProblem(key, reason)
