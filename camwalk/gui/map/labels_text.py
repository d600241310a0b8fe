"""Names as outlines of letters, shaped by Qt, to be laid along any line."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTextLayout

from camwalk.gui.map.labels_style import Lettering

_EM = 64  # pixels; letters are shaped once at this size and scaled from there


@dataclass(frozen=True, slots=True)
class Glyph:
    """The outline of a letter, its middle on the origin of the text's middle line, and its middle's place."""

    outline: QPainterPath
    at: float


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, in units of its size; places count from its middle."""

    glyphs: tuple[Glyph, ...]  # from left to right
    width: float


def shaped(name: str, lettering: Lettering) -> Text:
    """`name` in the letters of its kind."""
    text = name.upper() if lettering.capitals else name
    spacing = lettering.spacing / lettering.size
    return _shaped(text, QFont().family(), lettering.bold, lettering.italic, spacing)


@lru_cache(maxsize=4096)
def _shaped(text: str, family: str, bold: bool, italic: bool, spacing: float) -> Text:
    font = _font(family, bold, italic, spacing)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    letters: list[tuple[float, QPainterPath]] = []
    for run in layout.glyphRuns():
        raw = run.rawFont()
        for index, at in zip(run.glyphIndexes(), run.positions(), strict=True):
            letters.append((at.x(), raw.pathForGlyph(index)))
    letters.sort(key=lambda letter: letter[0])
    width = layout.lineAt(0).naturalTextWidth() - spacing * _EM
    ends = [*(left for left, _ in letters[1:]), width]
    middle = QFontMetricsF(font).xHeight() * 0.62  # between that of small and that of large letters
    glyphs = tuple(
        Glyph(path.translated((left - end) / 2, middle), ((left + end) / 2 - width / 2) / _EM)
        for (left, path), end in zip(letters, ends, strict=True)
    )
    return Text(glyphs, width / _EM)


def scale_of(size: float) -> float:
    """By how much outlines shrink for letters of `size` pixels."""
    return size / _EM


def _font(family: str, bold: bool, italic: bool, spacing: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(_EM)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setBold(bold)
    font.setItalic(italic)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * _EM)
    return font
