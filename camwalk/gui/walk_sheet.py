"""The sheet to take along on a planned walk: the route on a map, its streets, lines to write on."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPen

from camwalk.geometry.geodesy import Floats, corners
from camwalk.gui.map.layers import MapData, camera_row
from camwalk.gui.map.layers_points import points
from camwalk.gui.report_html import Pictures
from camwalk.gui.report_look import HAIR, QUIET
from camwalk.gui.report_map import ReportMaps
from camwalk.gui.report_pdf_file import pdf_file
from camwalk.gui.report_pdf_page import LABEL, LEFT, MM, RIGHT, TITLE, Sheet, Style, Writing, columns
from camwalk.gui.report_pdf_parts import draw_map
from camwalk.i18n import _, number, tell
from camwalk.model import Box, Camera, Message, Survey
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.plan_walk import PACE, Plan, PlannedWay
from camwalk.operations.report_content_coverage import CoverageShapes
from camwalk.operations.report_content_file import save_report
from camwalk.operations.report_content_parts import Legend, MapPart

_LEAST_TOLD = 10.0  # metres
_BESIDE = 0.1  # share of the route's box around it in which known cameras are drawn
_ROW = 9.5 * MM
_SMALL = Style(165, colour=QUIET)


def write_walk_sheet(
    survey: Survey, index: ExtractIndex, plan: Plan, titles: Mapping[int, Message], path: Path
) -> None:
    """Write an A4 PDF. CamwalkError where it cannot be written. Any thread, once there is an application."""
    save_report(path, walk_sheet(survey, index, plan, titles))


def walk_sheet(survey: Survey, index: ExtractIndex, plan: Plan, titles: Mapping[int, Message]) -> bytes:
    """The whole file: map and streets on the first page, lines to write on from there on."""

    def draw(sheet: Sheet) -> None:
        _draw_route(sheet, survey, index, plan, titles)
        sheet.new_page()
        _draw_lines_to_write_on(sheet)

    title = _("The next walk")
    return pdf_file(title, f"{title} · Camwalk", draw)


def route_in_words(ways: Iterable[PlannedWay], titles: Mapping[int, Message]) -> str:
    """The streets in the order of walking, each with its metres; a few steps across one are not told."""
    streets = _joined((tell(titles[way.way]), way.metres) for way in ways)
    told = _joined(street for street in streets if street[1] >= _LEAST_TOLD)
    return " → ".join(f"{name} {number(metres)} m" for name, metres in told)


def _joined(streets: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Neighbours of the same name as one, with the metres of all."""
    return [(name, sum(m for _name, m in part)) for name, part in groupby(streets, key=itemgetter(0))]


def _draw_route(
    sheet: Sheet, survey: Survey, index: ExtractIndex, plan: Plan, titles: Mapping[int, Message]
) -> None:
    sheet.text(_("The next walk"), TITLE)
    sheet.y += 2 * MM
    told = _("{length} m, {new} m of them not walked yet: about {minutes} minutes with looking.")
    figures = {"length": plan.length_m, "new": plan.new_m, "minutes": plan.length_m / PACE}
    sheet.text(told.format(**{name: number(value) for name, value in figures.items()}), Style(200))
    sheet.y += 4 * MM
    words = route_in_words(plan.ways, titles)
    height = Writing(words, Style(170), RIGHT - LEFT).height
    line = np.array(plan.line)
    maps = ReportMaps(
        MapData(cameras=points(map(camera_row, _beside(survey, line)))), index, CoverageShapes(walked=(line,))
    )
    legend = (Legend("walked", _("the route")), Legend("fixed", _("cameras you know already")))
    tallest = max(110 * MM, sheet.room - height - 20 * MM)
    draw_map(sheet, MapPart("walked", "", legend), Pictures(maps), with_maps=True, tallest=tallest)
    sheet.text(_("Street by street"), LABEL)
    sheet.y += 1 * MM
    sheet.text(words, Style(170))


def _beside(survey: Survey, line: Floats) -> list[Camera]:
    """The cameras in the part of the town that the route leads through."""
    box = Box.around(corners([line]))
    box = box.grown(_BESIDE * max(box.north - box.south, box.east - box.west))
    return [one for one in survey.cameras.values() if box.meets(Box(one.lat, one.lon, one.lat, one.lon))]


def _draw_lines_to_write_on(sheet: Sheet) -> None:
    """A page of rows, one for each camera."""
    heads = (
        (_("No."), 0.5), (_("Street, house number"), 3.0), (_("Type"), 1.1), (_("Height (m)"), 0.9),
        (_("Facing"), 1.0), (_("Remarks: operator, photo, on what it hangs"), 3.2),
    )  # fmt: skip
    places = columns([share for _head, share in heads], 2 * MM)
    sheet.text(_("Cameras seen"), Style(320, sans=False, bold=True))
    sheet.text(
        _(
            "Type: F fixed, D dome, P panning, A reads number plates. Facing: N, NE, E … or degrees."
            " Date, names:"
        ),
        _SMALL,
    )
    sheet.y += 9 * MM
    for (title, _share), (left, wide) in zip(heads, places, strict=True):
        Writing(title, Style(165, bold=True), wide).draw(sheet.painter, left, sheet.y)
    sheet.y += 8 * MM
    top, row = sheet.y, 0
    while sheet.room >= _ROW:
        row += 1
        sheet.rule(LEFT, RIGHT, sheet.y, QUIET)
        Writing(str(row), _SMALL, places[0][1]).draw(sheet.painter, places[0][0], sheet.y + 3 * MM)
        sheet.y += _ROW
    sheet.rule(LEFT, RIGHT, sheet.y, QUIET)
    sheet.painter.setPen(QPen(QColor(HAIR), 10))
    for left, _wide in places[1:]:
        sheet.painter.drawLine(QPointF(left - MM, top), QPointF(left - MM, sheet.y))
