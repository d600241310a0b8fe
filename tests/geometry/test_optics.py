"""Which way pixels look."""

from math import atan, degrees
from typing import Any

import pytest

from camwalk.geometry import optics
from camwalk.geometry.optics import angles, bearing_of, field_of_view, inside_picture, lens_of
from camwalk.model import Photo


def photo(**fields: Any) -> Photo:
    facts: dict[str, Any] = {"width": 4000, "height": 3000, "focal_35mm": 26.0, "direction_ref": "T"}
    given = facts | fields
    return Photo(id="p", walk="w", device="d", path="/p.jpg", size=1, fingerprint="p", **given)


def headed(heading: float, **fields: Any) -> Photo:
    return photo(**{"heading": heading, "heading_source": "exif"} | fields)


def texts(notes: tuple[Any, ...]) -> set[str]:
    return {note.text for note in notes}


def test_the_middle_of_the_picture_looks_where_the_photo_looks() -> None:
    sight = bearing_of(headed(350.0), 2000, 1500)
    assert sight is not None
    assert sight.bearing == pytest.approx(350)
    assert sight.sigma == pytest.approx(8, abs=0.1)
    assert sight.notes == ()


def test_the_right_edge_looks_half_the_field_of_view_to_the_right_and_over_north() -> None:
    half = degrees(atan(18 / 26))
    sight = bearing_of(headed(350.0), 4000, 1500)
    assert sight is not None
    assert sight.bearing == pytest.approx((350 + half) % 360)
    assert field_of_view(photo()) == pytest.approx(2 * half)


def test_a_portrait_has_the_long_side_upright() -> None:
    upright = photo(width=3000, height=4000)
    assert field_of_view(upright) == pytest.approx(2 * degrees(atan(13.5 / 26)))
    assert angles(upright, 1500, 0)[1] == pytest.approx(degrees(atan(18 / 26)))


def test_the_top_of_the_picture_is_above_and_the_left_is_left() -> None:
    off, rise = angles(photo(), 0, 0)
    assert off < 0 < rise


def test_a_lens_that_the_file_does_not_tell_is_a_guess_and_says_so() -> None:
    lens = lens_of(photo(focal_35mm=None))
    assert texts(lens.notes) == {optics.LENS_GUESSED.text}
    assert lens.focal == pytest.approx(26 / 36 * 4000)


def test_a_focal_length_in_millimetres_is_guessed_by_the_usual_sensor() -> None:
    lens = lens_of(photo(focal_35mm=None, focal_mm=5.0))
    assert texts(lens.notes) == {optics.LENS_BY_SENSOR.text}
    assert lens.focal * 36 / 4000 == pytest.approx(28)


def test_zoomed_pictures_are_as_narrow_as_their_equivalent_says() -> None:
    assert field_of_view(photo(focal_35mm=104.0)) < field_of_view(photo()) / 3


def test_digital_zoom_narrows_the_view_unless_the_equivalent_counts_it_already() -> None:
    plain = field_of_view(photo(focal_35mm=52.0))
    apart = photo(focal_35mm=26.0, focal_mm=4.6, zoom=2.0)
    within = photo(focal_35mm=52.0, focal_mm=4.6, zoom=2.0)
    by_sensor = photo(focal_35mm=None, focal_mm=26 / 5.6, zoom=2.0)
    assert [field_of_view(p) for p in (apart, within, by_sensor)] == pytest.approx([plain] * 3)
    assert [str(note) for note in lens_of(apart).notes] == [
        "Taken with 2.0× digital zoom; directions in it may be a little off."
    ]
    assert lens_of(photo(zoom=1.0)) == lens_of(photo(zoom=0.0)) == lens_of(photo())


def test_what_was_cut_off_makes_the_view_narrower_and_the_middle_unsure() -> None:
    whole = headed(0.0)
    strip = headed(0.0, height=1000, full_width=4000, full_height=3000)
    half = headed(0.0, width=2000, full_width=4000, full_height=3000)
    assert lens_of(strip).kind == "straight"
    assert lens_of(strip).focal == lens_of(half).focal == lens_of(whole).focal
    assert field_of_view(half) < field_of_view(whole) / 1.5
    middle, sure = bearing_of(half, 1000, 1500), bearing_of(whole, 2000, 1500)
    assert middle is not None
    assert sure is not None
    assert middle.sigma > sure.sigma + 1
    assert texts(middle.notes) == {optics.CROPPED.text}


def test_a_picture_made_smaller_in_its_shape_is_not_cropped() -> None:
    small = photo(width=600, height=800, full_width=3000, full_height=4000)
    assert lens_of(small).notes == ()
    assert field_of_view(small) == pytest.approx(field_of_view(photo(width=3000, height=4000)))


def test_a_panorama_is_not_rectilinear_and_says_so() -> None:
    wide = photo(width=12000, height=3000)
    assert lens_of(wide).kind == "panorama"
    assert optics.NOT_RECTILINEAR.text in texts(lens_of(wide).notes)
    assert field_of_view(wide) > 180


def test_a_cropped_picture_says_so_and_widens_its_rays() -> None:
    crop = headed(0.0, width=4000, height=2400)
    sight, whole = bearing_of(crop, 100, 900), bearing_of(headed(0.0), 100, 1000)
    assert sight is not None
    assert whole is not None
    assert texts(sight.notes) == {optics.CROPPED.text}
    assert sight.sigma > whole.sigma


def test_without_a_heading_there_is_no_bearing() -> None:
    assert bearing_of(photo(), 10, 10) is None


def test_a_heading_from_an_unknown_north_is_rough_and_one_by_hand_is_good() -> None:
    unsure = bearing_of(headed(0.0, direction_ref=None), 2000, 1500)
    by_hand = bearing_of(headed(0.0, heading_source="manual"), 2000, 1500)
    walked = bearing_of(headed(0.0, heading_source="walk"), 2000, 1500)
    assert unsure is not None
    assert by_hand is not None
    assert walked is not None
    assert by_hand.sigma < unsure.sigma < walked.sigma
    assert texts(unsure.notes) == {optics.UNSURE_NORTH.text}


def test_pixels_beyond_the_edges_are_outside() -> None:
    assert inside_picture(photo(), 0, 3000)
    assert not inside_picture(photo(), -1, 5)
    assert not inside_picture(photo(), 5, 3001)
