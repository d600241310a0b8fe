"""How a report looks: quiet ink on white paper, one accent, two families of letters, the map’s symbols."""

from html import escape

from PySide6.QtGui import QFontDatabase, QPainterPath

from camwalk.gui.map.layers import Kind
from camwalk.gui.map.symbols import LIGHT_INKS, Shape, shapes

INK = "#1f1d19"
QUIET = "#68645c"
HAIR = "#d9d4ca"
ACCENT = "#b03a15"
BAR = "#55677a"
PALE_BAR = "#c9c5bc"
PAPER = "#f5f3ee"
WALKED = "#1f6f8b"
UNWALKED = "#8b8fa3"
FILMED = "#d9531e"
FILMED_STRENGTH, MAYBE_STRENGTH = 0.42, 0.16

_SERIF = ("Charter", "Source Serif 4", "Source Serif Pro", "Georgia", "Noto Serif", "Liberation Serif")
_SANS = ("Source Sans 3", "Inter", "Helvetica Neue", "Segoe UI", "Noto Sans", "Liberation Sans")


def serif() -> str:
    """The family for what is read, the best of those that are here."""
    return _best(_SERIF, "DejaVu Serif")


def sans() -> str:
    """The family for figures, tables and charts."""
    return _best(_SANS, "DejaVu Sans")


def _best(wanted: tuple[str, ...], else_: str) -> str:
    here = set(QFontDatabase.families())
    return next((family for family in wanted if family in here), else_)


def kind_colour(kind: str) -> str:
    """The colour that a kind of camera has on the map."""
    return LIGHT_INKS.cameras[Kind[kind.upper()]]


def sign_svg(sign: str) -> str:
    """The inside of a 24 x 24 SVG: a camera's symbol, a line or an area, as on the maps."""
    if sign == "walked":
        return f'<path d="M2 16L22 8" stroke="{WALKED}" stroke-width="3.2" stroke-linecap="round"/>'
    if sign == "unwalked":
        return f'<path d="M2 16L22 8" stroke="{UNWALKED}" stroke-width="1.6" stroke-dasharray="1.6 3.2"/>'
    if sign in ("filmed", "maybe"):
        strength = FILMED_STRENGTH if sign == "filmed" else MAYBE_STRENGTH
        return f'<path d="M3 5h18v14h-18z" fill="{FILMED}" fill-opacity="{strength}"/>'
    return _symbol(shapes()[Kind[sign.upper()], sign in ("fixed", "ALPR")], kind_colour(sign))


def _symbol(shape: Shape, colour: str) -> str:
    parts: list[str] = []
    if not shape.lines.isEmpty():
        parts.append(
            f'<path d="{_d(shape.lines)}" fill="none" stroke="{colour}" stroke-width="{shape.line}" '
            'stroke-linecap="round"/>'
        )
    if not shape.body.isEmpty():
        parts.append(f'<path d="{_d(shape.body)}" fill="{colour}"/>')
    if shape.dot:
        parts.append(f'<circle cx="0" cy="0" r="{shape.dot}" fill="#ffffff"/>')
    return f'<g transform="translate(12 12) scale(0.92)">{"".join(parts)}</g>'


def _d(path: QPainterPath) -> str:
    """A painter's path in the words of SVG."""
    words: list[str] = []
    number, count = 0, path.elementCount()
    while number < count:
        element = path.elementAt(number)
        if element.type == QPainterPath.ElementType.CurveToElement:
            points = [path.elementAt(n) for n in (number, number + 1, number + 2)]
            words.append("C" + " ".join(f"{p.x:.2f} {p.y:.2f}" for p in points))  # pyright: ignore
            number += 3
            continue
        letter = "M" if element.type == QPainterPath.ElementType.MoveToElement else "L"
        words.append(f"{letter}{element.x:.2f} {element.y:.2f}")  # pyright: ignore
        number += 1
    return "".join(words)


def text_svg(x: float, y: float, text: str, *, colour: str = INK) -> str:
    """A text in an SVG, escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" fill="{colour}">{escape(text)}</text>'
