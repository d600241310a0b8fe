"""The report as a PDF: A4, real text, charts and maps as vectors."""

from collections.abc import Mapping

from camwalk.gui.report_html import Pictures
from camwalk.gui.report_look import ACCENT, INK
from camwalk.gui.report_pdf_file import pdf_file
from camwalk.gui.report_pdf_page import (
    BOTTOM,
    CLAIM,
    FULL,
    HEADING,
    LABEL,
    LEFT,
    MM,
    RIGHT,
    TITLE,
    Sheet,
    Style,
    Writing,
    columns,
)
from camwalk.gui.report_pdf_parts import draw_facts, draw_map, draw_part, least_height
from camwalk.i18n import _
from camwalk.operations.report_content_parts import ReportContent, Section, Table


def report_pdf(content: ReportContent, pictures: Pictures) -> bytes:
    """The whole file. It is laid out twice, since the contents name the pages."""
    pages, _draft = _laid_out(content, pictures, {}, with_maps=False)
    _pages, data = _laid_out(content, pictures, pages, with_maps=True)
    return data


def _laid_out(
    content: ReportContent, pictures: Pictures, pages: Mapping[int, int], *, with_maps: bool
) -> tuple[Mapping[int, int], bytes]:
    """The page of each chapter, and the file."""
    begins: dict[int, int] = {}

    def draw(sheet: Sheet) -> None:
        _cover(sheet, content, pictures, pages, with_maps=with_maps)
        sheet.new_page()
        for number, section in enumerate(content.sections, 1):
            begins[number] = _begin(sheet, number, section, pictures)
            for part in section.parts:
                draw_part(sheet, part, pictures, with_maps=with_maps)

    foot = f"{content.title} · {content.made} · {content.imprint}"
    return begins, pdf_file(content.title, foot, draw)


def _cover(
    sheet: Sheet, content: ReportContent, pictures: Pictures, pages: Mapping[int, int], *, with_maps: bool
) -> None:
    sheet.text(content.made, Style(170, colour="#68645c"))
    sheet.y += 2 * MM
    sheet.text(content.title, TITLE)
    sheet.y += 3 * MM
    sheet.text(content.claim, CLAIM, width=158 * MM)
    sheet.y += 4 * MM
    below = 34 * MM + (len(content.sections) + 1) // 2 * 6 * MM + 8 * MM
    draw_map(sheet, content.map, pictures, with_maps=with_maps, tallest=sheet.room - below)
    draw_facts(sheet, content.facts)
    _contents(sheet, content, pages)


def _contents(sheet: Sheet, content: ReportContent, pages: Mapping[int, int]) -> None:
    rows = (len(content.sections) + 1) // 2
    sheet.y = max(sheet.y, BOTTOM - rows * 6 * MM - 8 * MM)
    sheet.text(_("Contents"), LABEL)
    sheet.y += 1.5 * MM
    for place, (left, wide) in enumerate(columns([1, 1], 12 * MM)):
        for row in range(rows):
            number = place * rows + row + 1
            if number > len(content.sections):
                break
            y = sheet.y + row * 6 * MM
            Writing(str(number), Style(185, colour=ACCENT, bold=True), 6 * MM).draw(sheet.painter, left, y)
            title = content.sections[number - 1].title
            Writing(title, Style(185), wide - 16 * MM).draw(sheet.painter, left + 6 * MM, y)
            Writing(str(pages.get(number, "")), Style(185, right=True), wide).draw(sheet.painter, left, y)
            sheet.rule(left, left + wide, y + 5 * MM)


def _begin(sheet: Sheet, number: int, section: Section, pictures: Pictures) -> int:
    """The heading of a chapter, and the page it is on."""
    long_list = any(isinstance(part, Table) and len(part.columns) > 6 for part in section.parts)
    sheet.gap(9 * MM)
    needed = least_height(section.parts[0], pictures) + 18 * MM if section.parts else 0.0
    sheet.keep(BOTTOM if long_list else needed)
    sheet.rule(LEFT, RIGHT, sheet.y, INK, 30)
    sheet.y += 3.5 * MM
    mark = Writing(str(number), Style(HEADING.size, sans=False, bold=True, colour=ACCENT, leading=1.2), FULL)
    mark.draw(sheet.painter, LEFT, sheet.y)
    sheet.text(section.title, HEADING, indent=mark.lines[0].naturalTextWidth() + 2.5 * MM)
    sheet.y += 4 * MM
    return sheet.page
