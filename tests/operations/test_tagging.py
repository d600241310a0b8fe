from datetime import date, timedelta

import pytest

from camwalk.operations.tagging import (
    KINDS,
    MOUNTS,
    camera_kind,
    checked,
    mended,
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
        {"camera:direction": "45;SE", "direction": "45;135", "height": "6.5", "camera:angle": "0"},
        {"highway": "speed_camera", "direction": "forward", "maxspeed": "50"},
        {"height": "20 ft", "check_date": "2020-11-15", "start_date": "2015"},
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
        ("check_date", "15.11.2026", "2026-11-15"),
        ("check_date", "11/05/2026", None),
        ("camera:direction", "-90", "270"),
        ("camera:direction", "180, 270", "180;270"),
        ("direction", "360", "0"),
        ("direction", "0-360", "0-359"),
        ("height", "2.5 metres", "2.5"),
        ("height", "20ft", "20 ft"),
        ("camera:tilt", "down", None),
        ("level", "01", None),
        ("contact:webcam", "www.rennes.fr/cam", "https://www.rennes.fr/cam"),
        ("website", "https://rennes.frr", None),
        ("manufacturer:wikidata", "108485435", None),
        ("manufacturer:wikidata", "https://www.wikidata.org/wiki/Q108485435", "Q108485435"),
        ("surveillance:type", "ANPR", "ALPR"),
        ("surveillance:type", "kamera", "camera"),
        ("camera:type", "DOME", "dome"),
        ("camera:type", "fixed;dom", "fixed;dome"),
        ("camera:type", "360", None),
        ("camera:mount", "Street lamp", "street_lamp"),
        ("surveillance:zone", "area", None),
        ("surveillance", "publik", "public"),
        ("man_made", "survellance", "surveillance"),
        ("operator", "Ville  de Rennes", "Ville de Rennes"),
        ("ref", "A;;B", "A;B"),
        ("check_date", "2026-13-01", None),
        ("check_date", f"{date.today().year + 1}-12-31", None),
        ("check_date:direction", f"{date.today().year + 2}", None),
        ("height", "101", None),
        ("height", "330 ft", None),
        ("width", "0,5", "0.5"),
        ("surveillance:zone", "public", None),
        ("surveillance:zone", "street", None),
        ("ele", "35", None),
        ("fixme", "position", None),
        ("is_in", "Rennes", None),
        ("is_in:country", "France", None),
        ("oneway", "yes", None),
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
    ("key", "meant"),
    [
        ("camera_type", "camera:type"),
        ("Surveillance:Type", "surveillance:type"),
        ("surveilance", "surveillance"),
        ("camera:heigth", "height"),
        ("camera:height", "height"),
        ("operater", "operator"),
        ("disused:manmade", "disused:man_made"),
    ],
)
def test_slips_in_keys_are_told_with_what_is_meant(key, meant) -> None:
    problem = checked({key: "x"})[0]
    assert problem.key == key
    assert problem.suggested_key == meant


@pytest.mark.parametrize(
    ("tags", "key"),
    [
        ({"camera:direction": "45", "direction": "90"}, "direction"),
        ({"camera:angle": "15", "camera:tilt": "15"}, "camera:tilt"),
        ({"surveillance:type": "guard", "camera:type": "dome"}, "camera:type"),
        ({"highway": "speed_camera", "camera:direction": "45"}, "camera:direction"),
        ({"operator:type": "public"}, "operator:type"),
        ({"amenity": "parking"}, "amenity"),
        ({"maxspeed": "50"}, "maxspeed"),
    ],
)
def test_what_does_not_go_together_is_told(tags, key) -> None:
    (problem,) = checked(tags)
    assert problem.key == key


def test_a_day_that_begins_elsewhere_and_a_high_mast_are_fine() -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    assert checked({"check_date": tomorrow, "height": "100"}) == checked({"height": "328 ft"}) == ()


def test_mending_takes_every_clear_suggestion_and_drops_what_is_empty() -> None:
    typed = {
        "camera_type": "DOME",
        "height": "6,5 m",
        "operator": "",
        "ref": " 7 ",
        "camera:direction": "-90",
    }
    assert mended(typed) == {"camera:type": "dome", "height": "6.5", "ref": "7", "camera:direction": "270"}
    both = {"camera:height": "4", "height": "5"}
    assert mended(both) == both


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


@pytest.mark.parametrize(
    ("value", "better"), [("❤️ Café", "Café"), ("Place ①", "Place"), ("→ here", "here"), ("fixme", None)]
)
def test_signs_and_words_that_josm_takes_for_slips_are_told(value: str, better: str | None) -> None:
    (found,) = checked({"man_made": "surveillance", "name": value})
    assert (found.key, found.suggestion) == ("name", better)
    assert not checked({"man_made": "surveillance", "name": "Café “Été” – №\u00a05 🎥"})
