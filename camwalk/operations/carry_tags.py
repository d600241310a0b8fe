"""Tags that go from one camera to the next: the last ones used, copied ones, a walk's defaults."""

from collections.abc import Iterable
from dataclasses import replace

from camwalk.model import Camera, CamwalkError, Change, Edit, Survey, Tags, message
from camwalk.operations.mark_camera import retag_camera
from camwalk.operations.tag_values import DIRECTION_KEYS
from camwalk.operations.tagging import beyond_limits

CONTEXT = ("surveillance", "surveillance:zone", "operator")
"""What the cameras of one walk often have in common."""
TOGETHER = (("surveillance:type", "camera:type"), ("camera:mount",), CONTEXT)
"""Tags that are taken over from one and the same camera."""


def last_used(survey: Survey, camera: str) -> Tags:
    """Type, mount and context, each of the camera marked last that has it."""
    others = sorted((c for c in survey.cameras.values() if c.id != camera), key=_created, reverse=True)
    found: dict[str, str] = {}
    for keys in TOGETHER:
        chosen = (_chosen(other.tags, keys) for other in others)
        found |= next(filter(None, chosen), dict[str, str]())
    return found


def like_the_last(survey: Survey, camera: str) -> Edit:
    """Give a camera the type, mount and context that were used last. CamwalkError without any."""
    tags = last_used(survey, camera)
    if not tags:
        raise CamwalkError(message("No other camera has tags yet that could be taken over."))
    before = survey.cameras[camera]
    another_type = "surveillance:type" in tags or "camera:type" in tags
    kept = {k: v for k, v in before.tags.items() if not (another_type and k in TOGETHER[0])}
    after = replace(before, tags={**kept, **tags})
    return Edit(message("Tag a camera like the last"), () if after == before else (Change(before, after),))


def defaults_from_camera(survey: Survey, camera: str) -> Edit:
    """Let new cameras of this camera's walk begin with its place, zone and operator."""
    found = survey.cameras[camera]
    name = found.walk or next(reversed([*survey.walks]), None)
    if name is None:
        raise CamwalkError(message("There is no walk yet whose new cameras could get these tags."))
    before = survey.walks[name]
    others = {k: v for k, v in before.defaults.items() if k not in CONTEXT}
    after = replace(before, defaults={**others, **_chosen(found.tags, CONTEXT)})
    label = message("New cameras of the walk begin with these tags")
    return Edit(label, () if before == after else (Change(before, after),))


def tags_as_text(tags: Tags) -> str:
    """One key=value a line, as JOSM copies and pastes tags."""
    return "\n".join(f"{key}={value}" for key, value in tags.items())


def tags_of_text(text: str) -> Tags:
    """The tags of key=value lines; lines that are none are left out."""
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    stripped = ((key.strip(), value.strip()) for key, value in pairs)
    return {k: v for k, v in stripped if k and v and " " not in k and beyond_limits(k, v) is None}


def paste_tags(survey: Survey, camera: str, text: str) -> Edit:
    """Add the tags of a text to a camera, whose own direction stays. CamwalkError where it holds none."""
    tags = tags_of_text(text)
    if not tags:
        raise CamwalkError(
            message("There are no tags to paste. Copy a camera’s tags first: one key=value a line.")
        )
    own = survey.cameras[camera].tags
    if any(key in own for key in DIRECTION_KEYS):
        tags = {key: value for key, value in tags.items() if key not in DIRECTION_KEYS}
    return retag_camera(survey, camera, {**own, **tags})


def _chosen(tags: Tags, keys: Iterable[str]) -> dict[str, str]:
    return {key: tags[key] for key in keys if key in tags}


def _created(camera: Camera) -> str:
    return camera.created.isoformat()
