"""The parts of a report, drawn on the pages of a PDF."""

from dataclasses import replace

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPen
from PySide6.QtSvg import QSvgRenderer

from camwalk.gui.report_chart import chart_size, chart_svg
from camwalk.gui.report_html import Pictures
from camwalk.gui.report_look import ACCENT, HAIR, INK, QUIET, sans, sign_svg
from camwalk.gui.report_map import credit, map_size, paint_map
from camwalk.gui.report_pdf_page import (
    BODY,
    FIGURE,
    FULL,
    LABEL,
    LEFT,
    MM,
    REMARK,
    RIGHT,
    SMALL_HEADING,
    Sheet,
    Style,
    Writing,
    columns,
)
from camwalk.operations.report_content_parts import (
    Bullets,
    Chart,
    Facts,
    Legend,
    Links,
    MapPart,
    Part,
    Table,
    Text,
)

UNIT = 0.25 * MM  # of a map
_TEXT_WIDTH = 150 * MM
_CHART_WIDTH = 150 * MM
_TALLEST_MAP = 160 * MM
_SHORT_TABLE = 75 * MM  # stays on one page


def draw_part(sheet: Sheet, part: Part, pictures: Pictures, *, with_maps: bool) -> None:
    """Draw a part and leave a gap after it. Without maps only their room is left, for counting pages."""
    match part:
        case Text():
            sheet.text(part.text, REMARK if part.quiet else BODY, width=_TEXT_WIDTH)
            sheet.y += 1.6 * MM
        case Bullets():
            _bullets(sheet, part.items)
        case Links():
            _links(sheet, part)
        case Facts():
            draw_facts(sheet, part)
        case Chart():
            _chart(sheet, part)
        case Table():
            _table(sheet, part, pictures)
        case MapPart():
            draw_map(sheet, part, pictures, with_maps=with_maps)


def _bullets(sheet: Sheet, items: tuple[str, ...], style: Style = BODY) -> None:
    for item in items:
        sheet.keep(2 * style.size * style.leading)
        dot = QPointF(LEFT + 1.2 * MM, sheet.y + style.size * style.leading / 2)
        sheet.painter.setPen(Qt.PenStyle.NoPen)
        sheet.painter.setBrush(QColor(ACCENT))
        sheet.painter.drawEllipse(dot, 28, 28)
        sheet.text(item, style, indent=4 * MM, width=_TEXT_WIDTH)
        sheet.y += 1.2 * MM
    sheet.y += 1.5 * MM


def _links(sheet: Sheet, part: Links) -> None:
    style = Style(185, sans=False, leading=1.4)
    _bullets(sheet, tuple(f"{one.text} {one.url}".strip() for one in part.items), style)


def draw_facts(sheet: Sheet, part: Facts) -> None:
    """Figures beside each other."""
    if not part.facts:
        return
    places = columns([1.0] * max(len(part.facts), 3), 7 * MM)
    styles = (FIGURE, Style(180, leading=1.3), Style(150, colour=QUIET, leading=1.35))
    cells = [
        [
            Writing(text, style, wide)
            for text, style in zip((one.value, one.label, one.base), styles, strict=True)
            if text
        ]
        for one, (_left, wide) in zip(part.facts, places, strict=False)
    ]
    height = max(sum(writing.height for writing in cell) for cell in cells) + 3 * MM
    sheet.gap(2 * MM)
    sheet.keep(height)
    for cell, (left, wide) in zip(cells, places, strict=False):
        sheet.rule(left, left + wide, sheet.y)
        y = sheet.y + 2 * MM
        for writing in cell:
            writing.draw(sheet.painter, left, y)
            y += writing.height
    sheet.y += height + 3.5 * MM


def _chart(sheet: Sheet, part: Chart) -> None:
    across, down = chart_size(part)
    height = _CHART_WIDTH * down / across
    sheet.keep(height + 16 * MM)
    sheet.text(part.title, LABEL)
    sheet.y += 1.2 * MM
    renderer = QSvgRenderer(QByteArray(chart_svg(part, standalone=sans()).encode()))
    renderer.render(sheet.painter, sheet.box(_CHART_WIDTH, height))
    if part.base:
        sheet.y += 0.6 * MM
        sheet.text(part.base, REMARK)
    sheet.y += 6 * MM


def least_height(part: Part, pictures: Pictures) -> float:
    """The room that the beginning of a part takes, so that no heading stays alone."""
    if isinstance(part, Chart):
        across, down = chart_size(part)
        return _CHART_WIDTH * down / across + 16 * MM
    if isinstance(part, MapPart) and pictures.maps.has(part.name):
        return map_size(pictures.maps, *_largest(_TALLEST_MAP))[1] * UNIT + 14 * MM
    return 42 * MM


def _largest(tallest: float) -> tuple[int, int]:
    return round(FULL / UNIT), round((tallest - 12 * MM) / UNIT)


def draw_map(
    sheet: Sheet, part: MapPart, pictures: Pictures, *, with_maps: bool, tallest: float | None = None
) -> None:
    """A map as wide as the page, with its legend."""
    if not pictures.maps.has(part.name):
        return
    wide, high = map_size(pictures.maps, *_largest(tallest or _TALLEST_MAP))
    sheet.keep(high * UNIT + 14 * MM)
    if part.caption:
        sheet.text(part.caption, LABEL)
        sheet.y += 1 * MM
    area = sheet.box(FULL, high * UNIT)
    painter = sheet.painter
    if with_maps:
        painter.save()
        painter.translate(area.topLeft())
        painter.scale(area.width() / wide, area.width() / wide)
        paint_map(painter, pictures.maps, part.name, wide, high)
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(HAIR), 10))
    painter.drawRect(area)
    _legend(sheet, part.legend, credit(pictures.maps))


def _legend(sheet: Sheet, legend: tuple[Legend, ...], by: str) -> None:
    style = Style(155, colour=INK)
    sheet.y += 1.2 * MM
    x, side = float(LEFT), 4.2 * MM
    for one in legend:
        writing = Writing(one.label, style, FULL)
        wide = writing.lines[0].naturalTextWidth() if writing.lines else 0
        if x + side + wide > RIGHT:
            x = LEFT
            sheet.y += side
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{sign_svg(one.sign)}</svg>'
        QSvgRenderer(QByteArray(drawn.encode())).render(sheet.painter, QRectF(x, sheet.y, side, side))
        writing.draw(sheet.painter, x + side + 0.6 * MM, sheet.y + (side - writing.leading) / 2)
        x += side + wide + 5 * MM
    if by:
        note = Writing(by, Style(150, colour=QUIET, right=True), FULL)
        if x + note.lines[0].naturalTextWidth() > RIGHT:
            sheet.y += side
        note.draw(sheet.painter, LEFT, sheet.y + (side - note.leading) / 2)
    sheet.y += side + 3 * MM


def _table(sheet: Sheet, part: Table, pictures: Pictures) -> None:
    shown = [pictures.thumbnails.get(id) for id in part.pictures]
    with_pictures = any(shown)
    size = 140 if part.small else 170
    shares = [column.share for column in part.columns]
    places = columns([*([1.25] if with_pictures else []), *shares], 2.2 * MM)
    picture_place = places.pop(0) if with_pictures else None
    titles = tuple(column.title for column in part.columns)
    head = _cells(part, titles, places, Style(size, bold=True, leading=1.3))
    rows = [_cells(part, row, places, Style(size, leading=1.35)) for row in part.rows]
    whole = sum(_height(cells) for cells in rows) + 22 * MM
    sheet.gap(1.5 * MM)
    sheet.keep(whole if whole < _SHORT_TABLE else 30 * MM)
    if part.title:
        sheet.text(part.title, SMALL_HEADING)
        sheet.y += 1 * MM
    _head(sheet, head, places)
    for number, cells in enumerate(rows):
        _row(sheet, cells, places, head, shown[number] if with_pictures else None, picture_place)
    if part.base:
        sheet.y += 1 * MM
        sheet.text(part.base, REMARK, width=_TEXT_WIDTH)
    sheet.y += 4 * MM


def _cells(
    part: Table, texts: tuple[str, ...], places: list[tuple[float, float]], style: Style
) -> list[Writing]:
    return [
        Writing(text, replace(style, right=column.right), wide)
        for text, column, (_left, wide) in zip(texts, part.columns, places, strict=True)
    ]


def _height(cells: list[Writing]) -> float:
    return max(writing.height for writing in cells) + 1.9 * MM


def _head(sheet: Sheet, head: list[Writing], places: list[tuple[float, float]]) -> None:
    height = max(writing.height for writing in head)
    for writing, (left, _wide) in zip(head, places, strict=True):
        writing.draw(sheet.painter, left, sheet.y + height - writing.height)
    sheet.y += height + 0.8 * MM
    sheet.rule(LEFT, RIGHT, sheet.y, INK, 16)


def _row(
    sheet: Sheet,
    cells: list[Writing],
    places: list[tuple[float, float]],
    head: list[Writing],
    picture: bytes | None,
    picture_place: tuple[float, float] | None,
) -> None:
    image = QImage.fromData(picture) if picture else QImage()
    wide = picture_place[1] if picture_place else 0.0
    tall = wide * image.height() / image.width() if image.width() else 0.0
    height = max(_height(cells), tall + 1.9 * MM)
    if height > sheet.room:
        sheet.new_page()
        _head(sheet, head, places)
    if tall and picture_place:
        sheet.painter.drawImage(QRectF(picture_place[0], sheet.y + 0.9 * MM, wide, tall), image)
    for writing, (left, _wide) in zip(cells, places, strict=True):
        writing.draw(sheet.painter, left, sheet.y + 0.9 * MM)
    sheet.y += height
    sheet.rule(LEFT, RIGHT, sheet.y)
