"""Presets: tags that a person gives with one choice. Camwalk's own, and those that the group saves."""

from collections.abc import Sequence
from dataclasses import dataclass

from camwalk.model import (
    CamwalkError,
    Change,
    Edit,
    Message,
    Preset,
    Survey,
    Tags,
    added,
    message,
    new_id,
    removed,
)
from camwalk.operations.tag_compare import merged_tags
from camwalk.operations.tag_values import DIRECTION_KEYS, LONGEST

_CAMERA = {"man_made": "surveillance", "surveillance:type": "camera"}
_OWN = (*DIRECTION_KEYS, "ref", "note", "fixme", "image", "panoramax", "mapillary", "check_date")
"""Keys that belong to one camera and to no preset."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A preset that every survey has."""

    name: Message
    tags: Tags


# in the order of the keys that choose a type in the form
BUILT_IN = (
    BuiltIn(message("Fixed camera"), {**_CAMERA, "camera:type": "fixed"}),
    BuiltIn(message("Dome camera"), {**_CAMERA, "camera:type": "dome"}),
    BuiltIn(message("Panning camera"), {**_CAMERA, "camera:type": "panning"}),
    BuiltIn(
        message("Doorbell camera"),
        {**_CAMERA, "camera:type": "doorbell", "camera:mount": "wall", "surveillance:zone": "entrance"},
    ),
    BuiltIn(
        message("Plate reader (ALPR)"),
        {
            "man_made": "surveillance",
            "surveillance": "public",
            "surveillance:type": "ALPR",
            "surveillance:zone": "traffic",
            "camera:type": "fixed",
        },
    ),
    BuiltIn(message("Speed camera"), {"highway": "speed_camera"}),
    BuiltIn(
        message("Gunshot or sound detector"),
        {"man_made": "surveillance", "surveillance": "public", "surveillance:type": "gunshot_detector"},
    ),
    BuiltIn(message("Guard"), {"man_made": "surveillance", "surveillance:type": "guard"}),
)

_MAIN = frozenset({"man_made", "highway", "surveillance:type", "camera:type"})
"""What a preset decides as a whole: what it does not have of these goes."""


def with_preset(tags: Tags, preset: Tags) -> Tags:
    """`tags` of a camera that becomes what the preset says; its other tags stay.

    The direction goes under the key that the new kind has.
    """
    kept = {k: v for k, v in tags.items() if k not in _MAIN or k in preset} if _MAIN & preset.keys() else tags
    result = {**kept, **{key: value for key, value in preset.items() if value.strip()}}
    facing = next((tags[key] for key in DIRECTION_KEYS if key in tags), None)
    if facing is None or ("highway" in result) is ("highway" in tags):
        return result
    without = {key: value for key, value in result.items() if key not in DIRECTION_KEYS}
    return merged_tags(without, {"camera:direction": facing})


def save_preset(survey: Survey, name: str, tags: Tags) -> Edit:
    """Keep tags under a name for the group; one of the same name is replaced. Directions are left out."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise CamwalkError(message("A preset needs a name, for example “Town hall’s domes”."))
    kept = {key: value for key, value in tags.items() if key not in _OWN and value.strip()}
    if not kept:
        raise CamwalkError(message("There are no tags to keep. Fill in the form, then save the preset."))
    before = next((preset for preset in survey.presets.values() if preset.name == name), None)
    after = Preset(id=before.id if before else new_id(), name=name, tags=kept)
    change = (Change(before, after),) if before else added(after)
    return Edit(message("Save the preset “{name}”", name=name), () if before == after else change)


def delete_preset(survey: Survey, preset: str) -> Edit:
    """Forget a preset of the group; cameras that have its tags keep them."""
    gone = survey.presets[preset]
    return Edit(message("Delete the preset “{name}”", name=gone.name), removed(gone))


def presets_of(survey: Survey) -> Sequence[Preset]:
    """The group's presets by name."""
    return sorted(survey.presets.values(), key=lambda preset: (preset.name.casefold(), preset.id))
