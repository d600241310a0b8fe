"""A PDF as bytes: drawn on sheets, with words that readers find, and no time of day."""

import re
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPdfWriter

from camwalk.gui.report_pdf_page import Sheet

_MOMENT = re.compile(
    rb"(/(?:Creation|Mod)Date \(D:\d{8})\d{6}[^)]*\)"
    rb"|(xmp:\w+Date=.\d{4}-\d\d-\d\d)T[\d:]{8}[+-]\d\d:\d\d"
)
_LETTERS = re.compile(rb"begincmap.*?endcmap", re.S)
_MEANT = re.compile(rb"\[[^\]]*\]|(?<=> )<0009>(?=\n)")  # what glyphs stand for


def pdf_file(title: str, foot: str, draw: Callable[[Sheet], None]) -> bytes:
    """The whole file that `draw` fills, page by page, each with a running foot."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Camwalk")
    sheet = Sheet(writer, foot)
    try:
        draw(sheet)
    finally:
        sheet.painter.end()
    return _LETTERS.sub(_with_spaces, _MOMENT.sub(_without_time, bytes(data.data())))


def _without_time(found: re.Match[bytes]) -> bytes:
    """The same date at midnight, in as many bytes: a PDF counts them."""
    if found[1]:
        return (found[1] + b"000000Z)").ljust(len(found[0]))
    return found[2] + b"T00:00:00+00:00"


def _with_spaces(found: re.Match[bytes]) -> bytes:
    """Qt tells readers that the glyph of a space is a tab, so that nobody finds two words."""
    return _MEANT.sub(lambda meant: meant[0].replace(b"<0009>", b"<0020>"), found[0])
