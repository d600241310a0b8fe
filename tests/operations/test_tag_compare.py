import pytest

from camwalk.operations.tag_compare import TagDifference, merged_tags, same_value, tag_differences


@pytest.mark.parametrize(
    ("key", "ours", "theirs"),
    [
        ("camera:direction", "NE", "45"),
        ("camera:direction", "-90", "270"),
        ("camera:direction", "360", "0"),
        ("camera:direction", "360", "0-360"),
        ("camera:direction", "45;135", "135; 45"),
        ("camera:direction", "W-E", "270-90"),
        ("direction", "south", "180°"),
        ("height", "6", "6.0 m"),
        ("height", "20 ft", "6.1"),
        ("camera:angle", "15°", "15"),
        ("camera:type", "dome;fixed", "fixed; dome"),
    ],
)
def test_spellings_of_one_meaning_are_the_same(key, ours, theirs) -> None:
    assert same_value(key, ours, theirs)
    assert same_value(key, theirs, ours)


@pytest.mark.parametrize(
    ("key", "ours", "theirs"),
    [
        ("camera:direction", "45", "46"),
        ("camera:direction", "0", "0-360"),
        ("camera:direction", "90-270", "270-90"),
        ("camera:direction", "45", "45;135"),
        ("camera:direction", "somewhere", "45"),
        ("height", "6", "6.5"),
        ("height", "20", "20 ft"),
        ("operator", "City", "city"),
        ("camera:type", "dome", "dome;fixed"),
    ],
)
def test_what_means_something_else_differs(key, ours, theirs) -> None:
    assert not same_value(key, ours, theirs)


def test_a_tag_that_only_osm_has_is_no_difference_unless_it_was_removed() -> None:
    theirs = {"camera:type": "dome", "ref": "7"}
    assert tag_differences({"camera:type": "dome"}, theirs) == ()
    assert tag_differences({"camera:type": "dome"}, theirs, ("ref", "height")) == (
        TagDifference("ref", None, "7"),
    )


def test_a_tag_that_only_we_have_is_a_difference_but_not_an_empty_one() -> None:
    assert tag_differences({"height": "4", "operator": " "}, {}) == (TagDifference("height", "4", None),)


def test_the_two_direction_keys_say_the_same_thing() -> None:
    assert tag_differences({"camera:direction": "45"}, {"direction": "NE"}) == ()
    assert tag_differences({"camera:direction": "90"}, {"direction": "NE"}) == (
        TagDifference("camera:direction", "90", "NE"),
    )


def test_merging_keeps_the_spelling_of_what_means_the_same_and_all_other_tags() -> None:
    theirs = {"direction": "NE", "height": "6 m", "ref": "7"}
    merged = merged_tags(theirs, {"camera:direction": "45", "height": "6", "operator": "City"})
    assert merged == {"direction": "NE", "height": "6 m", "ref": "7", "operator": "City"}


def test_a_new_direction_replaces_the_one_under_the_other_key() -> None:
    assert merged_tags({"direction": "NE"}, {"camera:direction": "90"}) == {"camera:direction": "90"}
    speed = {"highway": "speed_camera", "camera:direction": "NE"}
    assert merged_tags(speed, {"direction": "90"}) == {"highway": "speed_camera", "direction": "90"}


def test_an_empty_value_removes_its_key() -> None:
    assert merged_tags({"ref": "7", "lit": "yes"}, {"ref": ""}) == {"lit": "yes"}


def test_a_new_direction_leaves_no_other_one_beside_it() -> None:
    theirs = {"camera:direction": "90", "direction": "90"}
    assert merged_tags(theirs, {"camera:direction": "180"}) == {"camera:direction": "180"}
    assert merged_tags(theirs, {"camera:direction": "E"}) == theirs, "that is what it says already"
