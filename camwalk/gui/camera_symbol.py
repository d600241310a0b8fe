"""The map's camera symbols outside the map, so that form and lists show the same thing."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from camwalk.gui import look
from camwalk.gui.map.layers import Kind
from camwalk.gui.map.symbols import DARK_INKS, LIGHT_INKS, Inks, draw_camera, shapes


def camera_colour(kind: str) -> str:
    """The colour of a type of camera (a key of tagging.KINDS), as on the map, #rrggbb."""
    return _inks().cameras[_map_kind(kind)]


def paint_camera(painter: QPainter, area: QRectF, kind: str) -> None:
    """The map's symbol for a type of camera, looking up, to fill `area`."""
    symbol = shapes()[_map_kind(kind), kind in ("fixed", "ALPR")]
    extent = symbol.body.boundingRect().united(symbol.lines.boundingRect())
    scale = min(area.width(), area.height()) / 20
    painter.save()
    painter.translate(area.center())
    painter.scale(scale, scale)
    painter.translate(-extent.center())
    draw_camera(painter, symbol, camera_colour(kind), _inks())
    painter.restore()


def _inks() -> Inks:
    return DARK_INKS if look.is_dark() else LIGHT_INKS


def _map_kind(kind: str) -> Kind:
    return Kind[kind.upper()]
