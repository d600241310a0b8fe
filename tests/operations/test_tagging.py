import pytest

from camwalk.operations.tagging import (
    KINDS,
    MOUNTS,
    camera_kind,
    checked,
    tidy_number,
    with_kind,
    with_tag,
)

FLOCK = {"man_made": "surveillance", "surveillance:type": "ALPR", "camera:type": "fixed", "note": "x"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_camera_made_one_kind_is_read_as_that_kind(kind) -> None:
    for before in ({}, FLOCK, {"camera:type": "dome;fixed", "surveillance:type": "guard"}):
        assert camera_kind(with_kind(before, kind)) == kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({}, "unknown"),
        ({"camera:type": "dome"}, "dome"),
        ({"camera:type": "dome;fixed"}, "dome"),
        ({"camera:type": "360"}, "unknown"),
        ({"camera:type": "ALPR"}, "unknown"),
        ({"surveillance:type": "ANPR", "camera:type": "fixed"}, "ALPR"),
        ({"surveillance:type": "guard"}, "unknown"),
        ({"surveillance:type": "gunshot_detector", "camera:type": "dome"}, "unknown"),
    ],
)
def test_the_kind_is_read_from_tags_as_mappers_write_them(tags, kind) -> None:
    assert camera_kind(tags) == kind


def test_changing_the_kind_leaves_other_tags_alone_and_in_order() -> None:
    tags = {"note": "x", "camera:type": "dome", "man_made": "surveillance", "lit": "yes"}
    changed = with_kind(tags, "fixed")
    assert list(changed.items())[:4] == [
        ("note", "x"),
        ("camera:type", "fixed"),
        ("man_made", "surveillance"),
        ("lit", "yes"),
    ]
    assert with_kind(FLOCK, "unknown") == {
        "man_made": "surveillance",
        "surveillance:type": "camera",
        "note": "x",
    }


def test_a_tag_keeps_its_place_when_it_changes_and_the_old_tags_stay_as_they_were() -> None:
    tags = {"a": "1", "b": "2", "c": "3"}
    assert list(with_tag(tags, "b", "5").items()) == [("a", "1"), ("b", "5"), ("c", "3")]
    assert list(with_tag(tags, "d", "4")) == ["a", "b", "c", "d"]
    assert with_tag(tags, "b", None) == {"a": "1", "c": "3"}
    assert with_tag(tags, "x", None) == tags == {"a": "1", "b": "2", "c": "3"}


@pytest.mark.parametrize(
    "tags",
    [
        FLOCK,
        {"camera:direction": "45;SE", "direction": "90-270", "height": "6.5", "camera:angle": "0"},
        {"height": "20 ft", "check_date": "2026-11-15", "start_date": "2015"},
        {"start_date": "2015-02", "check_date:direction": "2024-02-29", "name:zh-Hant": "相機"},
        {"operator": "x" * 255},
    ],
)
def test_good_tags_have_no_problem(tags) -> None:
    assert checked(tags) == ()


@pytest.mark.parametrize(
    ("key", "value", "suggestion"),
    [
        ("camera:direction", "somewhere", None),
        ("direction", "forward", None),
        ("height", "6,5", "6.5"),
        ("height", "6m", "6"),
        ("height", "high", None),
        ("camera:angle", "15°", "15"),
        ("camera:angle", "360", None),
        ("camera:angle", "-10", None),
        ("check_date", "15.11.2026", None),
        ("check_date", "2026-13-01", None),
        ("start_date", "2023-02-29", None),
        ("operator", "x" * 256, None),
        ("operator", "a\nb", None),
        ("operator", "a\x00b", None),
        ("operator", "", None),
        ("operator", "   ", None),
        ("operator", " City ", "City"),
        ("", "x", None),
        ("k" * 256, "x", None),
        ("two words", "x", None),
        ("a=b", "x", None),
        ("<b>", "x", None),
    ],
)
def test_what_openstreetmap_would_stumble_over_is_told(key, value, suggestion) -> None:
    (problem,) = checked({"man_made": "surveillance", key: value})
    assert problem.key == key
    assert str(problem.reason)
    assert problem.suggestion == suggestion


@pytest.mark.parametrize(
    ("typed", "written"),
    [("3,5", "3.5"), ("3.50 m", "3.50"), ("007", "7"), ("12°", "12"), ("20 ft", "20 ft"), (" tall ", "tall")],
)
def test_numbers_are_tidied_as_openstreetmap_wants_them(typed, written) -> None:
    assert tidy_number(typed) == written


def test_every_key_on_a_button_chooses_one_thing_only() -> None:
    shortcuts = [kind.choice.shortcut for kind in KINDS.values()] + [mount.shortcut for mount in MOUNTS]
    assert len(set(shortcuts)) == len(shortcuts)
    assert shortcuts[:6] == list("123456")
