"""The looking half of the map widget: what it shows and where it looks.

`MapCanvas` adds the other half, what a person does on it.
"""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from camwalk.gui.map.canvas_buffer import Buffer
from camwalk.gui.map.canvas_stack import Base, Stack
from camwalk.gui.map.furniture import Furniture, attribution, draw_focus, draw_furniture
from camwalk.gui.map.layers import Layer, MapData, bounds
from camwalk.gui.map.layers_after import changed_points, map_data_after, touched_areas
from camwalk.gui.map.layers_points import Area, Points, area
from camwalk.gui.map.overlay import Scene
from camwalk.gui.map.overlay_cover import Cover
from camwalk.gui.map.overlay_live import Key, Live, draw_live
from camwalk.gui.map.symbols import DARK_INKS, LIGHT_INKS
from camwalk.gui.map.tiles import TileKey
from camwalk.gui.map.viewport import View, place
from camwalk.gui.map.viewport_motion import Motion
from camwalk.model import Box, Edit, LatLon

STREET_ZOOM = 16.5
IN_SIGHT = 24  # logical pixels from the edge


class MapView(QWidget):
    """A map to look at."""

    view_changed = Signal(object)  # View

    def __init__(self) -> None:
        super().__init__()
        self._motion = Motion(self)
        self._motion.changed.connect(self._looked)
        self._live = Live()
        self._due = True  # a frame is asked for and not painted yet
        self._note = ""
        self._message = ""
        self._unseen_box: Box | None = None  # what to look at once the size is known
        self._focus_shown = False
        self._stack = Stack(Scene(MapData(), LIGHT_INKS), self)
        self._buffer = Buffer(self._stack)
        self._stack.changed.connect(self._spoiled)
        self._stack.trouble.connect(self._show_note)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self._stack.close)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)

    @property
    def view(self) -> View:
        """What is in sight now."""
        return self._motion.view

    @property
    def target(self) -> View:
        """What will be in sight once the map has come to rest."""
        return self._motion.target

    @property
    def data(self) -> MapData:
        """What is on the map."""
        return self._stack.scene.data

    @property
    def shown(self) -> frozenset[Layer]:
        """The layers in sight."""
        return self._stack.scene.shown

    @property
    def idle(self) -> bool:
        """Whether everything in sight and around is painted."""
        return not self._due and self._motion.resting and self._stack.idle

    def set_base(self, base: Base | None) -> None:
        """Lay the map on a base; None is plain paper."""
        self._note = ""
        self._stack.set_base(base)

    def set_dark(self, dark: bool) -> None:
        """Draw the survey for a dark or a light base."""
        self._stack.set_scene(replace(self._stack.scene, inks=DARK_INKS if dark else LIGHT_INKS))

    def set_data(self, data: MapData) -> None:
        """Show another survey, or so much change that all is painted again."""
        self._stack.set_scene(replace(self._stack.scene, data=data))

    def set_osm(self, cameras: Points) -> None:
        """Show the cameras that OSM knows."""
        self.set_data(replace(self.data, osm=cameras))

    def apply_edit(self, edit: Edit) -> None:
        """Show an edit of the survey; only what it touches is painted again."""
        before, after = self.data, map_data_after(self.data, edit)
        self._live = replace(self._live, fresh=self._live.fresh | changed_points(edit))
        self._stack.set_scene(replace(self._stack.scene, data=after), touched_areas(before, after, edit))
        self._refresh()

    def show_layers(self, layers: Iterable[Layer]) -> None:
        """Show these layers and no other."""
        self._stack.set_scene(replace(self._stack.scene, shown=frozenset(layers)))

    def set_cover(self, cover: Cover) -> None:
        """Show what was walked and what is filmed; an empty one shows nothing of it."""
        self._stack.set_scene(replace(self._stack.scene, cover=cover))

    def set_message(self, text: str) -> None:
        """Say something in the middle of the map, plain text; the empty text says nothing."""
        self._message = text
        self._refresh()

    def is_dense(self, layer: Layer) -> bool:
        """Whether the points of a layer are mere dots now."""
        return layer in self._stack.scene.dense

    # Where one looks

    def show_view(self, view: View) -> None:
        """Look there at once."""
        self._motion.show(view)

    def glide_to(self, view: View) -> None:
        """Go there, unless the system asks for calm: then be there."""
        self._motion.glide_to(view)

    def go_to(self, at: LatLon, zoom: float | None = None) -> None:
        """Look at a place, no further away than the streets around it."""
        self.glide_to(self.view.centred(at, max(self.view.zoom, STREET_ZOOM) if zoom is None else zoom))

    def fit(self, box: Box | None = None) -> None:
        """Look at all of a box, or of the survey; once the map is shown, if it is not yet."""
        box = box or bounds(self.data)
        if box:
            self._unseen_box = None if self.isVisible() else box
            self.glide_to(self.view.fitting(box))

    def bring_into_sight(self, layer: Layer, id: str) -> None:
        """Look at a point if it is outside the window."""
        points = self.data.points(layer)
        row = points.row(id)
        if row is not None:
            at = place(float(points.x[row]), float(points.y[row]))
            x, y = self.view.to_screen(at)
            if not (IN_SIGHT <= x <= self.width() - IN_SIGHT and IN_SIGHT <= y <= self.height() - IN_SIGHT):
                self.glide_to(self.view.centred(at))

    # What is selected or in hand

    @property
    def live(self) -> Live:
        """What is selected, hovered or in hand."""
        return self._live

    def set_live(self, live: Live) -> None:
        """Change what is selected, hovered or in hand."""
        before, self._live = self._live, live
        if before.lifted != live.lifted:
            scene = replace(self._stack.scene, lifted=live.lifted)
            keys = [key for key in (before.lifted, live.lifted) if key]
            self._stack.set_scene(scene, self._areas(keys))
        if before != live:
            self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Lay one frame; every part of it is there already or has a stand-in."""
        self._due = False
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        try:
            self._paint(painter, ratio)
        finally:
            painter.end()
        if self._motion.resting:
            self._stack.want(self.view.snapped(ratio), ratio)
            self._forget_fresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle where it is."""
        self._motion.resize(event.size().width(), event.size().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Now the size is known, so the survey can be fitted into it."""
        super().showEvent(event)
        if self._unseen_box:
            self._motion.jump(self.view.fitting(self._unseen_box))
            self._unseen_box = None

    def _paint(self, painter: QPainter, ratio: float) -> None:
        scene = self._stack.scene
        view = self.view.snapped(ratio)
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        if self._motion.resting:
            self._buffer.draw(painter, view, ratio)
        else:
            painter.fillRect(QRectF(0, 0, view.width * ratio, view.height * ratio), QColor(scene.inks.paper))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._stack.draw(painter, view, ratio)
        painter.restore()
        draw_live(painter, view, scene.data, scene.shown, scene.inks, self._live)
        draw_furniture(painter, self.view, scene.inks, self._texts())
        if self._focus_shown:
            draw_focus(painter, self.view, scene.inks)

    def _texts(self) -> Furniture:
        return Furniture(attribution(self._stack.base, self._stack.scene), self._message, self._note)

    def _areas(self, keys: Iterable[Key]) -> list[Area]:
        points = ((self.data.points(layer), self.data.points(layer).row(id)) for layer, id in keys)
        return [area(p.x[[row]], p.y[[row]]) for p, row in points if row is not None]

    def _forget_fresh(self) -> None:
        if self._live.fresh and self._stack.overlay_current:
            self._live = replace(self._live, fresh=frozenset())

    def _refresh(self) -> None:
        self._due = True
        self.update()

    def _looked(self, view: View) -> None:
        self._refresh()
        self.view_changed.emit(view)

    def _spoiled(self, key: TileKey | None) -> None:
        self._buffer.spoil(key)
        self._refresh()

    def _show_note(self, text: str) -> None:
        self._note = text
        self._refresh()
