import pytest

from camwalk.geometry.view_sectors import LEVELS, reach_of


def test_a_level_is_met_as_far_as_the_picture_has_its_pixels_on_a_metre() -> None:
    ranges = {level: reach_of(1920, 90, density) for level, density in LEVELS.items()}
    assert ranges["detect"] == pytest.approx(38.4)
    assert ranges["observe"] == pytest.approx(15.36)
    assert ranges["recognise"] == pytest.approx(7.68)
    assert ranges["identify"] == pytest.approx(3.84)


def test_a_longer_lens_sees_farther() -> None:
    assert reach_of(1920, 30, 62.5) > 2 * reach_of(1920, 75, 62.5)


def test_a_fisheye_sees_all_round_up_to_where_its_circle_has_the_pixels() -> None:
    assert reach_of(8192, 360, 62.5) == pytest.approx(20.86, abs=0.01)
