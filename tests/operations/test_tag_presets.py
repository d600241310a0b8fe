import pytest

from camwalk.model import CamwalkError, Edit, Survey
from camwalk.operations.tag_presets import (
    BUILT_IN,
    delete_preset,
    presets_of,
    save_preset,
    with_preset,
)
from camwalk.operations.tagging import checked

TAGS = {
    "man_made": "surveillance",
    "camera:type": "dome",
    "operator": "City",
    "camera:direction": "45",
    "x": "",
}


def done(survey: Survey, edit: Edit) -> Survey:
    return survey.apply(edit.changes)


def test_every_preset_of_ours_is_clean() -> None:
    assert len(BUILT_IN) == 8
    for preset in BUILT_IN:
        assert checked(preset.tags) == ()
        assert str(preset.name)


def test_a_preset_changes_the_kind_and_keeps_what_else_is_known() -> None:
    speed = next(p.tags for p in BUILT_IN if p.tags.get("highway"))
    made = with_preset(
        {"man_made": "surveillance", "camera:type": "dome", "camera:direction": "45", "ref": "7"}, speed
    )
    assert made == {"highway": "speed_camera", "direction": "45", "ref": "7"}
    assert checked(made) == ()


def test_the_group_saves_its_own_without_what_belongs_to_one_camera() -> None:
    survey = done(Survey(), save_preset(Survey(), " Town domes ", TAGS))
    (preset,) = presets_of(survey)
    assert preset.name == "Town domes"
    assert preset.tags == {"man_made": "surveillance", "camera:type": "dome", "operator": "City"}
    assert with_preset({"ref": "7", "camera:type": "fixed"}, preset.tags) == {"ref": "7", **preset.tags}


def test_saving_under_the_same_name_replaces_and_deleting_forgets() -> None:
    survey = done(Survey(), save_preset(Survey(), "a", TAGS))
    survey = done(survey, save_preset(survey, "a", {"operator": "Town"}))
    (preset,) = presets_of(survey)
    assert preset.tags == {"operator": "Town"}
    edit = delete_preset(survey, preset.id)
    assert not done(survey, edit).presets
    assert done(done(survey, edit), edit.reversed()) == survey


def test_a_preset_needs_a_name_and_tags() -> None:
    with pytest.raises(CamwalkError):
        save_preset(Survey(), "  ", TAGS)
    with pytest.raises(CamwalkError):
        save_preset(Survey(), "a", {"direction": "45"})
