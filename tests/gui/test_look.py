from dataclasses import astuple

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton

from camwalk import paths
from camwalk.gui import look
from camwalk.gui.camera_symbol import camera_colour
from camwalk.operations.tagging import KINDS


@pytest.fixture(autouse=True)
def undress(qapp):
    yield
    look.apply(qapp, "light")
    qapp.setStyleSheet("")


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [look.LIGHT, look.DARK])
def test_text_is_readable_in_both_themes(colours) -> None:
    for ink, ground in (
        (colours.text, colours.panel),
        (colours.text, colours.tint),
        (colours.muted, colours.panel),
        (colours.muted, colours.tint),
        (colours.muted, colours.paper),
        (colours.muted, colours.hover),
        (colours.on_accent, colours.accent),
        (colours.warning, colours.warning_paper),
    ):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("colours", [look.LIGHT, look.DARK])
def test_controls_stand_out_in_both_themes(colours) -> None:
    for outline, ground in (
        (colours.accent, colours.panel),
        (colours.accent, colours.tint),
        (colours.edge, colours.panel),
        (colours.edge, colours.paper),
        (colours.edge, colours.hover),
        (colours.on_accent, colours.accent),
    ):
        assert contrast(outline, ground) >= 3, (outline, ground)


def test_light_and_dark_are_told_apart_by_the_palette(qapp) -> None:
    look.apply(qapp, "dark")
    assert look.is_dark()
    assert look.colours() == look.DARK
    look.apply(qapp, "light")
    assert not look.is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == look.LIGHT.panel


def test_icons_are_sharp_at_every_scale(qapp) -> None:
    icon = look.icon("trash")
    for size, scale in ((16, 1.0), (20, 2.0), (24, 1.5)):
        pixmap = icon.pixmap(QSize(size, size), scale)
        assert pixmap.width() == size * scale
        assert pixmap.devicePixelRatio() == scale


def test_a_dressed_button_follows_the_theme(qtbot, qapp) -> None:
    look.apply(qapp, "light")
    button = QPushButton()
    qtbot.addWidget(button)
    look.dress(button, "trash")
    light = ink_of(button)
    look.apply(qapp, "dark")
    assert light == QColor(look.LIGHT.text)
    assert ink_of(button) == QColor(look.DARK.text)


def ink_of(button: QPushButton) -> QColor:
    image = button.icon().pixmap(QSize(64, 64), 1.0).toImage()
    inks = (image.pixelColor(x, y) for x in range(64) for y in range(64))
    return next(QColor(ink.name()) for ink in inks if ink.alpha() == 255)


def test_the_stylesheet_is_complete_in_both_themes(qapp) -> None:
    for theme in ("light", "dark"):
        look.apply(qapp, theme)
        assert "$" not in qapp.styleSheet()
        assert all(part.startswith("#") for part in astuple(look.colours()))
    assert list(paths.cache_folder().glob("chevron-*.svg"))


def test_every_kind_of_camera_has_a_colour_of_its_own_in_both_themes(qapp) -> None:
    for theme in ("light", "dark"):
        look.apply(qapp, theme)
        assert len({camera_colour(kind) for kind in KINDS}) == len(KINDS)
