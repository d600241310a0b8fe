import pytest
from hypothesis import given
from hypothesis import strategies as st

from camwalk.geometry.directions import (
    ALL_ROUND,
    cardinal,
    direction_text,
    edited,
    is_ambiguous_all_round,
    middle,
    normalised,
    sector_text,
    sectors,
    width,
    with_first_lens,
)


@pytest.mark.parametrize(
    ("text", "understood", "written"),
    [
        ("135", ((135, 135),), "135"),
        ("SE", ((135, 135),), "135"),
        ("nnw", ((337.5, 337.5),), "338"),
        ("south", ((180, 180),), "180"),
        ("North", ((0, 0),), "0"),
        ("south-east", ((135, 135),), "135"),
        ("15°", ((15, 15),), "15"),
        ("-90", ((270, 270),), "270"),
        ("−27", ((333, 333),), "333"),
        ("12.6", ((12.6, 12.6),), "13"),
        ("359.7", ((359.7, 359.7),), "0"),
        ("45;135", ((45, 45), (135, 135)), "45;135"),
        ("45; 135", ((45, 45), (135, 135)), "45;135"),
        ("180, 270", ((180, 180), (270, 270)), "180;270"),
        ("90-270", ((90, 270),), "90-270"),
        ("270-90", ((270, 90),), "270-90"),
        ("190-100", ((190, 100),), "190-100"),
        ("E-W", ((90, 270),), "90-270"),
        ("NE-S", ((45, 180),), "45-180"),
        ("-45-45", ((315, 45),), "315-45"),
        ("90--45", ((90, 315),), "90-315"),
        ("45 – 135", ((45, 135),), "45-135"),
        ("N;90-180", ((0, 0), (90, 180)), "0;90-180"),
        ("0-360", (ALL_ROUND,), "0-360"),
        ("90-90", (ALL_ROUND,), "0-360"),
        ("360", (ALL_ROUND,), "0"),
        ("360;90", ((0, 0), (90, 90)), "0;90"),
    ],
)
def test_every_spelling_mappers_use_is_read_and_written_in_one_way(text, understood, written) -> None:
    assert sectors(text) == understood
    assert normalised(text) == written


@pytest.mark.parametrize(
    "text", ["", " ", "-", "forward", "both", "somewhere", "1-2-3", ";", "9999999", "nan", "1e3"]
)
def test_what_is_no_direction_is_not_understood(text) -> None:
    assert sectors(text) == ()
    assert normalised(text) is None


def test_an_unreadable_part_is_skipped_in_reading_and_refused_in_writing() -> None:
    assert sectors("45;somewhere;S") == ((45, 45), (180, 180))
    assert normalised("45;somewhere;S") is None


def test_360_alone_is_ambiguous() -> None:
    assert is_ambiguous_all_round("360")
    assert is_ambiguous_all_round(" 360° ")
    assert not is_ambiguous_all_round("0-360")
    assert not is_ambiguous_all_round("360;90")


@pytest.mark.parametrize(
    ("text", "towards", "turned"),
    [
        ("", 90, "90"),
        ("somewhere", 359.6, "0"),
        ("SE", 90, "90"),
        ("45; SE", 90, "90; SE"),
        ("x;NE;180", 10, "x;10;180"),
        ("45-135", 180, "135-225"),
        ("315-45,S", 90, "45-135,S"),
        ("360", 20, "20"),
        ("0-360;S", 20, "20;S"),
    ],
)
def test_turning_the_first_lens_keeps_the_others_as_they_are_spelled(text, towards, turned) -> None:
    assert with_first_lens(text, towards) == turned


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("NE;180", "NE;190", "NE;190"),
        ("NE", "SE", "135"),
        ("N-E; 10", "N-E; 20", "N-E;20"),
        ("", "180, 270", "180;270"),
        ("NE", "NE;360", "NE;0"),
        ("NE", "360", "0"),
        ("360", "360", "360"),
        ("NE", "NE;x", None),
    ],
)
def test_editing_one_lens_keeps_the_spelling_of_the_others(before, after, kept) -> None:
    assert edited(before, after) == kept


def test_winds_are_told_to_the_nearest_of_sixteen() -> None:
    assert [cardinal(d) for d in (0, 11, 12, 135, 348, 349, 359.9)] == [
        "N",
        "N",
        "NNE",
        "SE",
        "NNW",
        "N",
        "N",
    ]


def test_sweeps_go_clockwise() -> None:
    assert (width((270, 90)), middle((270, 90))) == (180, 0)
    assert (width((90, 270)), middle((90, 270))) == (180, 180)
    assert (width((10, 10)), middle((10, 10))) == (0, 10)
    assert width(ALL_ROUND) == 360


def test_a_narrow_sweep_is_not_written_as_all_round() -> None:
    assert sector_text((44.8, 45.2)) == "45"


@given(st.text(alphabet="0123456789.-;, °NESWnorth+", max_size=20))
def test_writing_is_stable_and_within_the_circle(text) -> None:
    for start, end in sectors(text):
        assert 0 <= start < 360
        assert 0 <= end <= 360
    written = normalised(text)
    assert written is None or normalised(written) == written


@given(st.floats(-720, 720))
def test_one_lens_is_written_as_an_integer_below_360(degrees) -> None:
    assert 0 <= int(direction_text(degrees)) < 360
