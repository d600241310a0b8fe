"""The maps of a report, painted as vectors: the same painting makes the PNG and goes into the PDF."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from camwalk.geometry.geodesy import corners
from camwalk.gui.encoded_image import encoded
from camwalk.gui.map.basemap import paint_outlines
from camwalk.gui.map.basemap_brushes import is_dashed
from camwalk.gui.map.basemap_order import ordered
from camwalk.gui.map.furniture import scale_bar, scale_text
from camwalk.gui.map.geometry_paths import Outlines, projected, thinned, trimmed
from camwalk.gui.map.labels import draw_labels
from camwalk.gui.map.labels_placement import BEYOND, place_labels
from camwalk.gui.map.layers import MapData, camera_row
from camwalk.gui.map.layers_points import points
from camwalk.gui.map.overlay import Scene, SymbolPen, area_of, dense_layers, occupied, symbol_size
from camwalk.gui.map.style import LIGHT, width
from camwalk.gui.map.symbols import LIGHT_INKS
from camwalk.gui.map.viewport import TILE, Frame, View, place, world
from camwalk.gui.report_look import FILMED, FILMED_STRENGTH, MAYBE_STRENGTH, PAPER, UNWALKED, WALKED, sans
from camwalk.i18n import _
from camwalk.model import Box, LatLon, Survey
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.report_content_coverage import CoverageShapes, Line
from camwalk.operations.report_content_parts import MapName

_CELL = 0.3  # pixels; finer detail is not painted
_LARGEST_ZOOM = 17.2
_FLATTEST, _STEEPEST = 0.6, 0.9  # height by width
_DOT = 2.6  # pixels, of cameras too many for symbols


@dataclass(frozen=True, slots=True)
class ReportMaps:
    """What the maps are painted from: cameras only, never tracks, photos or notes."""

    data: MapData = field(default_factory=MapData)
    index: ExtractIndex | None = None
    shapes: CoverageShapes = field(default_factory=CoverageShapes)

    def has(self, name: MapName) -> bool:
        """Whether there is anything to draw on a map."""
        if name == "walked":
            return bool(self.shapes.walked)
        if name == "filmed":
            return bool(self.shapes.filmed or self.shapes.maybe)
        return bool(len(self.data.cameras.ids)) or bool(self.shapes.walked)


def report_maps(survey: Survey, index: ExtractIndex | None, shapes: CoverageShapes) -> ReportMaps:
    """The maps of a report on `survey`."""
    return ReportMaps(MapData(cameras=points(map(camera_row, survey.cameras.values()))), index, shapes)


def paint_map(painter: QPainter, maps: ReportMaps, name: MapName, width: int, height: int) -> None:
    """Paint a map into `width` x `height` units of the painter, which may be scaled to any fineness."""
    view = _view(maps, width, height)
    painter.save()
    painter.setClipRect(QRectF(0, 0, width, height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, height), QColor(PAPER))
    if maps.index is not None:
        _paint_base(painter, maps.index, view)
    if name == "walked":
        _paint_lines(painter, maps.shapes.unwalked, view, QPen(QColor(UNWALKED), 1.6, Qt.PenStyle.DotLine))
        _paint_lines(painter, maps.shapes.walked, view, _solid(WALKED, 3.2))
    elif name == "filmed":
        _paint_area(painter, maps.shapes.maybe, view, MAYBE_STRENGTH)
        _paint_area(painter, maps.shapes.filmed, view, FILMED_STRENGTH)
    scene = _scene(maps.data, view)
    if maps.index is not None:
        labels = maps.index.labels(
            view.resized(width + 2 * BEYOND, height + 2 * BEYOND).bounds, view.tile_zoom
        )
        draw_labels(painter, place_labels(labels, view, occupied(scene, view.frame)), LIGHT)
    _paint_cameras(painter, scene, view.frame)
    _paint_scale(painter, view)
    painter.restore()


def map_png(maps: ReportMaps, name: MapName, width: int, height: int, ratio: float = 2.0) -> bytes:
    """The same as a PNG with `ratio` pixels a unit."""
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        painter.scale(ratio, ratio)
        paint_map(painter, maps, name, width, height)
    finally:
        painter.end()
    return encoded(image, "PNG")


def map_size(maps: ReportMaps, width: int, tallest: int) -> tuple[int, int]:
    """The size of a map as wide as given, by the shape of what it shows."""
    box = _bounds(maps)
    if box is None:
        return width, round(min(width * _FLATTEST, tallest))
    west, north = world(LatLon(box.north, box.west))
    east, south = world(LatLon(box.south, box.east))
    shape = (south - north) / max(east - west, 1e-9)
    return width, round(min(width * min(max(shape, _FLATTEST), _STEEPEST), tallest))


def credit(maps: ReportMaps) -> str:
    """Whose data a map shows; it stands below each."""
    return _("© OpenStreetMap contributors") if maps.index is not None else ""


def _view(maps: ReportMaps, width: int, height: int) -> View:
    """What shows all cameras and all walked streets."""
    view = View(LatLon(0.0, 0.0), 14.0, width, height)
    box = _bounds(maps)
    return view if box is None else view.fitting(box, padding=28, largest=_LARGEST_ZOOM)


def _bounds(maps: ReportMaps) -> Box | None:
    cameras = maps.data.cameras
    places = [place(x, y) for x, y in zip(cameras.x.tolist(), cameras.y.tolist(), strict=True)]
    places += corners(maps.shapes.walked)
    return Box.around(places) if places else maps.index.bounds if maps.index else None


def _paint_base(painter: QPainter, index: ExtractIndex, view: View) -> None:
    """The streets and areas, in the pixels of the tiles nearest in scale."""
    zoom = view.tile_zoom
    scale = 2.0 ** (view.zoom - zoom)
    margin = width("motorway", zoom) / 2 + 4
    frame = Frame(view.corner, TILE * 2.0**zoom, view.width / scale, view.height / scale)
    features, groups = ordered(index.features(_grown(frame, margin), zoom))
    if not groups:
        return
    dashed = np.repeat([is_dashed(g.step) for g in groups], [g.last - g.first for g in groups])
    shapes = thinned(projected(features, frame), _CELL)
    longest = max(frame.width, frame.height)
    painter.save()
    painter.scale(scale, scale)
    outlines = Outlines(trimmed(shapes, -margin, longest + margin, dashed))
    paint_outlines(painter, outlines, groups, zoom, LIGHT)
    painter.restore()


def _grown(frame: Frame, margin: float) -> Box:
    west, north = frame.corner
    more = margin / frame.scale
    top, left = place(west - more, north - more)
    low, right = place(west + frame.width / frame.scale + more, north + frame.height / frame.scale + more)
    return Box(low, left, top, right)


def _paint_lines(painter: QPainter, lines: Iterable[Line], view: View, pen: QPen) -> None:
    painter.setPen(pen)
    for line in lines:
        x, y = view.all_to_screen(line[:, 0], line[:, 1])
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))


def _paint_area(painter: QPainter, rings: Iterable[Line], view: View, strength: float) -> None:
    """What the rings enclose by the odd-even rule, in one go so that nothing is tinted twice."""
    fill = QColor(FILMED)
    fill.setAlphaF(strength)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        x, y = view.all_to_screen(ring[:, 0], ring[:, 1])
        path.addPolygon(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))
        path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPath(path)


def _scene(data: MapData, view: View) -> Scene:
    dense = dense_layers(data, area_of(view.frame), frozenset())
    return Scene(data, LIGHT_INKS, frozenset({"cameras"}), dense)


def _paint_cameras(painter: QPainter, scene: Scene, frame: Frame) -> None:
    cameras = scene.data.cameras
    x, y = frame.to_screen(cameras.x, cameras.y)
    if "cameras" not in scene.dense:
        pen = SymbolPen(painter, scene.inks, symbol_size(frame.scale))
        for row, (across, down) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
            pen.draw("cameras", int(cameras.look[row]), cameras.facing[row], across, down)
        return
    painter.setPen(QPen(QColor(LIGHT_INKS.edge), 0.8))
    inks = {int(kind): QColor(colour) for kind, colour in LIGHT_INKS.cameras.items()}
    for look, across, down in zip(cameras.look.tolist(), x.tolist(), y.tolist(), strict=True):
        painter.setBrush(inks[look])
        painter.drawEllipse(QPointF(across, down), _DOT, _DOT)


def _paint_scale(painter: QPainter, view: View) -> None:
    metres, length = scale_bar(view.metres_per_pixel)
    font = QFont(sans())
    font.setPixelSize(11)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    text = scale_text(metres)
    plate = QRectF(8, view.height - 30, max(length, QFontMetricsF(font).horizontalAdvance(text)) + 14, 22)
    paper = QColor("#ffffff")
    paper.setAlphaF(0.85)
    painter.fillRect(plate, paper)
    left, bottom = plate.left() + 7, plate.bottom() - 4
    painter.setPen(QPen(QColor(LIGHT_INKS.text), 1.3))
    painter.drawPolyline(
        [
            QPointF(left, bottom - 4), QPointF(left, bottom),
            QPointF(left + length, bottom), QPointF(left + length, bottom - 4),
        ]
    )  # fmt: skip
    painter.setFont(font)
    painter.drawText(QPointF(left + 3, bottom - 4), text)


def _solid(colour: str, line: float) -> QPen:
    return QPen(
        QColor(colour), line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
