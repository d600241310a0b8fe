import pytest

from camwalk.geometry.view_sectors import LEVELS, ViewSector
from camwalk.model import Tags
from camwalk.operations.filmed_area_views import views_by_model

FIXED = {"camera:type": "fixed", "camera:direction": "90"}


def mean(tags: Tags) -> tuple[ViewSector, ...]:
    return views_by_model(tags)[2]


def test_a_fixed_camera_covers_a_sector_to_its_facing() -> None:
    (sector,) = mean(FIXED)
    assert (sector.bearing, sector.width) == (90, 75)
    assert sector.reach == pytest.approx(20.0, abs=0.1)
    assert views_by_model(FIXED)[0] == "told"


@pytest.mark.parametrize("kind", ["dome", "panning"])
def test_a_camera_that_turns_covers_all_round(kind: str) -> None:
    aim, _, sectors, _ = views_by_model({"camera:type": kind, "camera:direction": "90"})
    assert (aim, sectors[0].width) == ("round", 360)


def test_a_panning_camera_with_a_range_covers_the_range() -> None:
    assert mean({"camera:type": "panning", "camera:direction": "90-270"})[0][:2] == (180, 180)


def test_a_plate_reader_is_narrow() -> None:
    assert mean({"surveillance:type": "ALPR", "direction": "10"})[0].width < 45


def test_a_speed_camera_is_narrow_too() -> None:
    assert mean({"highway": "speed_camera", "direction": "10"})[0].width < 45


def test_each_lens_has_a_sector() -> None:
    assert [s.bearing for s in mean(FIXED | {"camera:direction": "NE;135;270-290"})] == [45, 135, 280]


def test_a_range_is_the_field_of_view_of_a_fixed_camera() -> None:
    _, *found = views_by_model(FIXED | {"camera:direction": "45-135"})
    assert [sectors[0].width for sectors in found] == [90, 90, 90]


@pytest.mark.parametrize(
    "tags",
    [{}, {"camera:type": "fixed"}, FIXED | {"camera:direction": "360"}, FIXED | {"camera:direction": "up"}],
)
def test_without_a_direction_it_is_all_round_and_said_to_be_unknown(tags: Tags) -> None:
    aim, _, sectors, _ = views_by_model(tags)
    assert (aim, sectors[0].width) == ("unknown", 360)


@pytest.mark.parametrize(
    "tags",
    [
        FIXED, {"camera:type": "dome"}, {"camera:type": "doorbell", "camera:direction": "0"}, {},
        {"surveillance:type": "ALPR", "direction": "0"}, {"camera:type": "panorama"},
        FIXED | {"camera:resolution": "1920x1080"}, FIXED | {"camera:focal_length": "2.8-12 mm"},
        FIXED | {"height": "6", "camera:angle": "30"},
    ],
)  # fmt: skip
def test_low_lies_within_mean_and_mean_within_high(tags: Tags) -> None:
    for level in LEVELS:
        _, *found = views_by_model(tags, level)
        for lower, upper in ((found[0], found[1]), (found[1], found[2])):
            for less, more in zip(lower, upper, strict=False):
                assert less.width <= more.width
                assert less.reach <= more.reach
            assert len(lower) <= len(upper)


def test_a_told_lens_and_resolution_leave_nothing_to_guess() -> None:
    tags = FIXED | {"camera:resolution": "1920x1080", "camera:fov": "90"}
    (sectors,) = set(views_by_model(tags)[1:])
    assert sectors[0] == (90, 90, pytest.approx(15.36))


@pytest.mark.parametrize(
    ("resolution", "pixels"),
    [("3840x2160", 3840), ("1080p", 1920), ("4K", 3840), ("2 MP", 1886), ("good", 1920)],
)
def test_resolutions_are_read_as_people_write_them(resolution: str, pixels: float) -> None:
    (sector,) = mean(FIXED | {"camera:resolution": resolution, "camera:fov": "90"})
    assert sector.reach == pytest.approx(pixels / 125, rel=0.01)


def test_a_finer_level_reaches_less_far() -> None:
    reaches = [views_by_model(FIXED, level)[2][0].reach for level in LEVELS]
    assert reaches == sorted(reaches, reverse=True)


def test_a_camera_high_up_reaches_less_far_on_the_ground() -> None:
    assert mean(FIXED | {"height": "12"})[0].reach < mean(FIXED | {"height": "4"})[0].reach


def test_a_camera_that_looks_down_reaches_less_far() -> None:
    assert mean(FIXED | {"camera:angle": "45"})[0].reach < 15
    assert mean(FIXED | {"camera:tilt": "-80"})[0].reach < 6


def test_an_angle_that_may_be_a_width_changes_nothing() -> None:
    assert mean(FIXED | {"camera:angle": "120"}) == mean(FIXED)


@pytest.mark.parametrize(
    "tags",
    [
        {"surveillance": "indoor"}, {"indoor": "yes"}, {"level": "-1"}, {"surveillance:type": "guard"},
        {"surveillance:type": "gunshot_detector"}, {"removed:man_made": "surveillance"},
        {"surveillance": "fake"},
    ],
)  # fmt: skip
def test_what_films_no_street_has_no_view(tags: Tags) -> None:
    assert views_by_model({**FIXED, **tags}) == ("none", (), (), ())
