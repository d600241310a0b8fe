"""Charts as SVG: for the HTML report as they are, for the PDF drawn by Qt. No scripts, no links."""

from html import escape

from camwalk.gui.report_look import BAR, HAIR, INK, PALE_BAR, QUIET, kind_colour, sign_svg, text_svg
from camwalk.operations.report_content_parts import Bar, Chart

WIDTH = 640
_ROW, _LABELS, _BARS = 25, 210, 300
_LONGEST_LABEL = 31  # characters
_SPECIAL = ("", "unknown")


def chart_size(chart: Chart) -> tuple[int, int]:
    """Width and height of a chart in its own units."""
    return WIDTH, len(chart.bars) * _ROW + 4


def chart_svg(chart: Chart, *, standalone: str = "") -> str:
    """The bars of a chart. `standalone` is the family of letters, for readers other than a browser."""
    width, height = chart_size(chart)
    most = max((bar.value for bar in chart.bars), default=0) or 1
    symbols = any(bar.kind not in _SPECIAL for bar in chart.bars)
    rows = "".join(_row(bar, number, most, symbols) for number, bar in enumerate(chart.bars))
    axis = f'<path d="M{_LABELS} 0V{height - 4}" stroke="{HAIR}" stroke-width="1" fill="none"/>'
    outside = (
        f' xmlns="http://www.w3.org/2000/svg" font-family="{escape(standalone)}" '
        f'width="{width}" height="{height}"'
        if standalone
        else f' role="img" aria-label="{escape(_spoken(chart))}"'
    )
    return f'<svg{outside} viewBox="0 0 {width} {height}">{rows}{axis}</svg>'


def _row(bar: Bar, number: int, most: float, symbols: bool) -> str:
    top, base = number * _ROW, number * _ROW + 17
    length = max(bar.value / most * _BARS, 1.0 if bar.value else 0.0)
    known = bar.kind not in _SPECIAL
    colour = kind_colour(bar.kind) if known or (symbols and bar.kind) else PALE_BAR if bar.kind else BAR
    sign = f'<g transform="translate(-2 {top + 1})">{sign_svg(bar.kind)}</g>' if symbols and bar.kind else ""
    return (
        sign
        + text_svg(26 if symbols else 0, base, _short(bar.label))
        + f'<path d="M{_LABELS} {top + 5}h{length:.1f}v15h-{length:.1f}z" fill="{colour}"/>'
        + text_svg(_LABELS + length + 8, base, bar.shown, colour=INK if bar.value else QUIET)
    )


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _spoken(chart: Chart) -> str:
    return f"{chart.title}: " + "; ".join(f"{bar.label} {bar.shown}" for bar in chart.bars)
