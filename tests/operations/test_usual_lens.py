"""The lens of photos that do not say it."""

import pytest

from camwalk.operations.usual_lens import ACTION, COMPACT, usual_lens


@pytest.mark.parametrize(
    ("make", "model", "millimetres"),
    [
        ("GoPro", "HERO9 Black", ACTION),
        ("NIKON CORPORATION", "COOLPIX P100", COMPACT),
        ("SONY", "DSC-RX100", COMPACT),
        ("Sony", "XQ-AT51", None),
        ("Apple", "iPhone 8", None),
        ("", "", None),
    ],
)
def test_a_device_has_the_lens_of_its_kind(make: str, model: str, millimetres: float | None) -> None:
    assert usual_lens(make, model, []) == millimetres


def test_what_other_photos_of_the_device_say_is_taken_first() -> None:
    assert usual_lens("Apple", "iPhone 8", [0.0, 28.0, 28.0, 57.0]) == 28.0
