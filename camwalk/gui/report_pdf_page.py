"""Pages of a PDF report: the place of the next line, new pages, running foot, and letters.

All lengths are twips (1/20 point, 1/1440 inch), which is also the resolution of the PDF, so that
letters and lines need no scaling.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from camwalk.gui.report_look import ACCENT, HAIR, INK, QUIET, sans, serif

RESOLUTION = 1440
WIDTH, HEIGHT = 11906, 16838  # A4
MM = RESOLUTION / 25.4
LEFT, RIGHT = round(17 * MM), WIDTH - round(17 * MM)
TOP, BOTTOM = round(17 * MM), HEIGHT - round(21 * MM)
FULL = RIGHT - LEFT
_FEW = 4  # lines that stay together


@dataclass(frozen=True, slots=True)
class Style:
    """Letters: `size` in twips, `leading` in sizes."""

    size: int
    sans: bool = True
    bold: bool = False
    colour: str = INK
    leading: float = 1.4
    right: bool = False


BODY = Style(200, sans=False, leading=1.5)
REMARK = Style(165, colour=QUIET)
LABEL = Style(185, bold=True)
HEADING = Style(320, sans=False, bold=True, leading=1.2)
SMALL_HEADING = Style(220, sans=False, bold=True, leading=1.3)
TITLE = Style(580, sans=False, bold=True, leading=1.12)
CLAIM = Style(270, sans=False, colour="#3a372f", leading=1.4)
FIGURE = Style(420, sans=False, bold=True, colour=ACCENT, leading=1.1)


class Writing:
    """A text broken into lines of a width."""

    def __init__(self, text: str, style: Style, width: float) -> None:
        self.style = style
        self._layout = QTextLayout(text, font(style))  # holds what its lines are made of
        option = QTextOption(Qt.AlignmentFlag.AlignRight if style.right else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self.lines: list[QTextLine] = []
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, 0))
            self.lines.append(line)
        self._layout.endLayout()

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.style.size * self.style.leading

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.leading

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """All lines, the first below `y`."""
        for number, line in enumerate(self.lines):
            self.draw_line(painter, line, x, y + number * self.leading)

    def draw_line(self, painter: QPainter, line: QTextLine, x: float, y: float) -> None:
        """One line, in the middle of its leading."""
        painter.setPen(QColor(self.style.colour))
        line.draw(painter, QPointF(x, y + (self.leading - line.height()) / 2))


def font(style: Style) -> QFont:
    """The letters of a style."""
    made = QFont(sans() if style.sans else serif())
    made.setPixelSize(style.size)
    made.setBold(style.bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("liga"), 0)  # so that searching for "office" finds it
    return made


class Sheet:
    """The page being written. `y` is where the next part begins."""

    def __init__(self, writer: QPdfWriter, foot: str) -> None:
        writer.setResolution(RESOLUTION)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
            )
        )
        self._writer = writer
        self._foot = foot
        self.painter = QPainter(writer)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.page = 1
        self.y = float(TOP)

    @property
    def room(self) -> float:
        """What is left of the page."""
        return BOTTOM - self.y

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._writer.newPage()
        self.page += 1
        self.y = float(TOP)
        self.rule(LEFT, RIGHT, BOTTOM + 5 * MM)
        note = Style(150, colour=QUIET)
        Writing(self._foot, note, FULL * 0.8).draw(self.painter, LEFT, BOTTOM + 6 * MM)
        number = Style(150, colour=QUIET, right=True)
        Writing(str(self.page), number, FULL).draw(self.painter, LEFT, BOTTOM + 6 * MM)

    def keep(self, height: float) -> None:
        """Have room for `height`, on the next page if need be."""
        if height > self.room and self.y > TOP:
            self.new_page()

    def gap(self, height: float) -> None:
        """Leave some paper free, but never at the top of a page."""
        if self.y > TOP:
            self.y += height

    def text(self, text: str, style: Style, *, indent: float = 0, width: float | None = None) -> None:
        """A paragraph, over as many pages as it takes."""
        writing = Writing(text, style, (width or FULL) - indent)
        self.keep(writing.leading * (len(writing.lines) if len(writing.lines) <= _FEW else 2))
        for line in writing.lines:
            self.keep(writing.leading)
            writing.draw_line(self.painter, line, LEFT + indent, self.y)
            self.y += writing.leading

    def rule(self, left: float, right: float, y: float, colour: str = HAIR, width: float = 10) -> None:
        """A line across."""
        self.painter.setPen(QPen(QColor(colour), width))
        self.painter.drawLine(QPointF(left, y), QPointF(right, y))

    def box(self, width: float, height: float) -> QRectF:
        """A place for a picture, from here on; the next part goes below it."""
        area = QRectF(LEFT, self.y, width, height)
        self.y += height
        return area


def columns(shares: Sequence[float], gap: float) -> list[tuple[float, float]]:
    """Left edges and widths of columns beside each other."""
    free = FULL - gap * (len(shares) - 1)
    found: list[tuple[float, float]] = []
    left = float(LEFT)
    for share in shares:
        wide = free * share / sum(shares)
        found.append((left, wide))
        left += wide + gap
    return found
