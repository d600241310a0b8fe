"""The report as one HTML file: no scripts, nothing fetched from anywhere, every text escaped."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from camwalk.gui.report_chart import chart_svg
from camwalk.gui.report_look import sign_svg
from camwalk.gui.report_map import ReportMaps, credit, map_png, map_size
from camwalk.gui.report_style import STYLE
from camwalk.i18n import _
from camwalk.operations.report_content_parts import (
    Bullets,
    Chart,
    Fact,
    Facts,
    Legend,
    Links,
    MapPart,
    Part,
    ReportContent,
    Section,
    Table,
    Text,
)

MAP_WIDTH, TALLEST_MAP = 760, 700  # CSS pixels
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a report shows beside words: its maps, and JPEG pictures of cameras by their id."""

    maps: ReportMaps = field(default_factory=ReportMaps)
    thumbnails: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


def report_html(content: ReportContent, pictures: Pictures) -> str:
    """The whole page."""
    sections = "".join(_section(n, one, pictures) for n, one in enumerate(content.sections, 1))
    return (
        f'<!doctype html>\n<html lang="{escape(content.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="generator" content="Camwalk">'
        f"<title>{escape(content.title)}</title><style>{STYLE}</style></head><body>"
        f"{_cover(content, pictures)}<main>{sections}</main>"
        f"<footer>{escape(content.imprint)} · {escape(content.made)}</footer></body></html>\n"
    )


def _cover(content: ReportContent, pictures: Pictures) -> str:
    contents = "".join(
        f'<li><a href="#s{n}">{escape(one.title)}</a></li>' for n, one in enumerate(content.sections, 1)
    )
    return (
        f'<header><p class="kicker">{escape(content.made)}</p><h1>{escape(content.title)}</h1>'
        f'<p class="claim">{escape(content.claim)}</p>{_map(content.map, pictures)}{_facts(content.facts)}'
        f"<nav><h2>{escape(_('Contents'))}</h2><ol>{contents}</ol></nav></header>"
    )


def _section(number: int, section: Section, pictures: Pictures) -> str:
    parts = "".join(_part(part, pictures) for part in section.parts)
    wide = ' class="wide"' if any(isinstance(p, Table) and len(p.columns) > 6 for p in section.parts) else ""
    return (
        f'<section id="s{number}"{wide}><h2><span class="no">{number}</span> {escape(section.title)}</h2>'
        f"{parts}</section>"
    )


def _part(part: Part, pictures: Pictures) -> str:
    match part:
        case Text():
            return f"<p{' class=quiet' if part.quiet else ''}>{escape(part.text)}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in part.items)}</ul>"
        case Facts():
            return _facts(part)
        case Chart():
            return _figure(part.title, chart_svg(part), part.base)
        case Table():
            return _table(part, pictures)
        case MapPart():
            return _map(part, pictures)
        case Links():
            return f'<ul class="links">{"".join(_link(one.text, one.url) for one in part.items)}</ul>'


def _link(text: str, url: str) -> str:
    if not url:
        return f"<li>{escape(text)}</li>"
    target = f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(url)}</a>'
    return f"<li>{escape(text)} {target}</li>"


def _facts(facts: Facts) -> str:
    return f'<div class="facts">{"".join(_fact(fact) for fact in facts.facts)}</div>' if facts.facts else ""


def _fact(fact: Fact) -> str:
    base = f"<small>{escape(fact.base)}</small>" if fact.base else ""
    return f"<div><b>{escape(fact.value)}</b><span>{escape(fact.label)}</span>{base}</div>"


def _figure(title: str, inside: str, base: str) -> str:
    note = f'<p class="base">{escape(base)}</p>' if base else ""
    return f"<figure><figcaption>{escape(title)}</figcaption>{inside}{note}</figure>"


def _table(table: Table, pictures: Pictures) -> str:
    shown = tuple(pictures.thumbnails.get(id) for id in table.pictures)
    with_pictures = any(shown)
    head = "<th></th>" if with_pictures else ""
    head += "".join(f"<th{_right(column.right)}>{escape(column.title)}</th>" for column in table.columns)
    rows: list[str] = []
    for number, row in enumerate(table.rows):
        picture = f"<td>{_picture(shown[number])}</td>" if with_pictures else ""
        cells = "".join(
            f"<td{_right(column.right)}>{escape(cell)}</td>"
            for column, cell in zip(table.columns, row, strict=True)
        )
        rows.append(f"<tr>{picture}{cells}</tr>")
    small = ' class="small"' if table.small else ""
    inside = f"<table{small}><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    note = f'<p class="base">{escape(table.base)}</p>' if table.base else ""
    title = f"<h3>{escape(table.title)}</h3>" if table.title else ""
    return f'{title}<div class="scroll">{inside}</div>{note}'


def _right(right: bool) -> str:
    return " class=r" if right else ""


def _picture(jpeg: bytes | None) -> str:
    if jpeg is None:
        return ""
    return f'<img class="thumb" alt="" src="data:image/jpeg;base64,{b64encode(jpeg).decode()}">'


def _map(part: MapPart, pictures: Pictures) -> str:
    if not pictures.maps.has(part.name):
        return ""
    size = map_size(pictures.maps, MAP_WIDTH, TALLEST_MAP)
    data = b64encode(map_png(pictures.maps, part.name, *size)).decode()
    caption = f"<figcaption>{escape(part.caption)}</figcaption>" if part.caption else ""
    legend = "".join(_sign(one) for one in part.legend)
    by = f'<span class="credit">{escape(credit(pictures.maps))}</span>'
    return (
        f'<figure class="map">{caption}<img alt="{escape(part.caption or _("Map"))}" '
        f'src="data:image/png;base64,{data}"><p class="legend">{legend}{by}</p></figure>'
    )


def _sign(one: Legend) -> str:
    drawn = f'<svg viewBox="0 0 24 24" aria-hidden="true">{sign_svg(one.sign)}</svg>'
    return f"<span>{drawn}{escape(one.label)}</span>"
