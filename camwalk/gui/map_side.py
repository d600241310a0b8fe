"""The map of one survey with its tools: what a person does there becomes edits here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from camwalk import settings
from camwalk.geometry.directions import middle, sectors
from camwalk.gui import look
from camwalk.gui.bring_in import BringIn, allow_network
from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.map.layers import Layer, MapData, bounds, map_data, osm_points
from camwalk.gui.map.raster import RasterTiles
from camwalk.gui.map.viewport import place
from camwalk.gui.map_base import ExtractBase
from camwalk.gui.map_tools import MapTools
from camwalk.gui.nearby import Nearby
from camwalk.gui.panel_parts import button, short
from camwalk.gui.proposal_bar import ProposalBar
from camwalk.gui.session import Selection, Session
from camwalk.i18n import _
from camwalk.model import Box, Camera, Edit, Extract, LatLon, Photo, Survey, Track
from camwalk.operations.attach_extract import ExtractIndex, OsmCamera
from camwalk.operations.locate_photos import place_photo
from camwalk.operations.mark_camera import mark_camera, move_camera, new_camera_tags, turn_camera
from camwalk.operations.set_clock import set_clock_by_place
from camwalk.operations.sighting_rays import SightingRay

if TYPE_CHECKING:
    from camwalk.operations.match_cameras import Match
    from camwalk.operations.reference_cameras import ReferenceCameras

LARGE_EDIT = 500  # changes; from there the map is made anew
AROUND_MATCH = 0.0003  # degrees around two cameras that are compared, some 30 metres
AROUND_WALK = 0.003  # degrees around the walk to fetch, some 300 metres


class MapSide(QWidget):
    """The canvas and its buttons. Marks, moves and turns cameras; asks for photos to be placed."""

    index_ready = Signal(object)  # ExtractIndex or None
    correction_asked = Signal(object)  # Callable[[Survey], Edit] that places photos

    def __init__(self, session: Session, bring_in: BringIn) -> None:
        super().__init__()
        self._session = session
        self._bring_in = bring_in
        self.index: ExtractIndex | None = None
        self._raster: RasterTiles | None = None
        self._asked: Callable[[LatLon], object] | None = None  # what the next click gives a place
        self._followed = Selection()
        self.nearby = Nearby(None)
        self.canvas = MapCanvas()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self._tools = MapTools(self.canvas, self.canvas.shown, can_mark=not session.project.read_only)
        self._offer = self._make_offer()
        self.proposal = ProposalBar(self.canvas, _("The same (S)"), _("Not the same"))
        self._connect()
        self.canvas.set_data(map_data(session.survey))
        self.canvas.set_dark(look.is_dark())
        self._open_extract()
        self.canvas.fit()

    def _make_offer(self) -> QWidget:
        """What to do while there is no map."""
        offer = QWidget(self.canvas)
        column = QVBoxLayout(offer)
        column.addWidget(button(_("Choose a map file…"), "map", self._bring_in.choose_map))
        column.addWidget(button(_("Fetch from OpenStreetMap…"), "world-download", self.fetch_map))
        offer.hide()
        return offer

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tools in their corner and the offer in the middle."""
        super().resizeEvent(event)
        self._place_tools()

    def _place_tools(self) -> None:
        self._tools.adjustSize()
        self._tools.move(look.GRID * 2, look.GRID * 2)
        self._offer.adjustSize()
        self._offer.move((self.width() - self._offer.width()) // 2, self.height() // 2 + look.GRID * 5)
        self.proposal.fit()

    def _zoom(self, steps: int) -> None:
        view = self.canvas.target
        self.canvas.glide_to(view.zoomed_about(view.width / 2, view.height / 2, 2.0**steps))

    # -- what a person does on the map ------------------------------------------------------

    def _connect(self) -> None:
        canvas, session = self.canvas, self._session
        canvas.camera_clicked.connect(partial(self._point_clicked, "cameras"))
        canvas.photo_clicked.connect(partial(self._point_clicked, "photos"))
        canvas.osm_camera_clicked.connect(partial(self._point_clicked, "osm"))
        canvas.waypoint_clicked.connect(partial(self._point_clicked, "waypoints"))
        canvas.camera_placed.connect(self._mark)
        canvas.clicked.connect(self._clicked)
        canvas.camera_dragged.connect(self._move)
        canvas.direction_changed.connect(self._turn)
        canvas.photo_dragged.connect(self._photo_dropped)
        self._tools.marking_asked.connect(self.toggle_marking)
        self._tools.zoom_asked.connect(self._zoom)
        self._tools.whole_asked.connect(canvas.fit)
        self._tools.layer_toggled.connect(self._show_layer)
        self._tools.pictures_toggled.connect(self._use_pictures)
        session.edited.connect(self._after)

    def _move(self, camera: str, at: LatLon) -> None:
        self._session.attempt(lambda: move_camera(self._session.survey, camera, at))

    def _turn(self, camera: str, degrees: float) -> None:
        self._session.attempt(lambda: turn_camera(self._session.survey, camera, degrees))

    def _show_layer(self, layer: Layer, on: bool) -> None:
        others = self.canvas.shown - {layer}
        self.canvas.show_layers([*others, layer] if on else others)

    def _use_pictures(self, on: bool) -> None:
        self._tools.pictures.setChecked(self.use_raster(on))

    def set_marking(self, on: bool) -> None:
        """Whether a click marks a camera."""
        on = on and not self._session.project.read_only
        self.ask_nothing()
        self.canvas.set_mode("mark" if on else "browse")
        self._tools.show_marking(on)
        if on:
            self._session.said.emit(
                _("Click where the camera hangs. Press and drag to give its facing too. Esc ends.")
            )

    def offer_marking(self, offered: bool) -> None:
        """Whether this activity is one to mark in."""
        self.set_marking(False)
        self._tools.offer_marking(offered)

    def toggle_marking(self) -> None:
        """Begin or end marking."""
        self.set_marking(self.canvas.mode == "browse")

    def _mark(self, at: LatLon, direction: float | None) -> None:
        session = self._session
        photo = session.photo
        walk = photo.walk if photo else next(reversed([*session.survey.walks]), None)
        tags = new_camera_tags(session.survey, walk, direction)
        edit = mark_camera(session.survey, at, tags, walk=walk)
        if session.do(edit):
            session.select_camera(edit.changes[0].record.id)
            self.set_marking(False)

    def _clicked(self, at: LatLon) -> None:
        asked, self._asked = self._asked, None
        if asked:
            asked(at)
        else:
            self._session.select_camera(None)

    def _point_clicked(self, layer: Layer, id: str) -> None:
        points = self.canvas.data.points(layer)
        row = points.row(id)
        if self._asked and row is not None:
            self._clicked(place(float(points.x[row]), float(points.y[row])))
        elif layer == "cameras":
            self._session.select_camera(id)
        elif layer == "photos":
            self._session.select_photo(id)

    def ask_place(self, text: str, then: Callable[[LatLon], object]) -> None:
        """Let the next click on the map give a place; `text` says for what."""
        self.set_marking(False)
        self._asked = then
        self._session.said.emit(text)

    def ask_nothing(self) -> None:
        """The next click is an ordinary one again."""
        self._asked = None

    def ask_place_of_photo(self) -> None:
        """Let the next click say where the photo in the viewer was taken."""
        photo = self._session.selection.photo
        if photo:
            self.ask_place(
                _("Click on the map where this photo was taken."), lambda at: self._photo_dropped(photo, at)
            )

    def forget_place_of_photo(self) -> None:
        """Place the photo in the viewer again by what its file and the track say."""
        photo = self._session.selection.photo
        if photo:
            self._correct(lambda survey: place_photo(survey, photo, None))

    def _correct(self, operation: Callable[[Survey], Edit]) -> None:
        self.correction_asked.emit(operation)

    def show_sights(self, sights: Sequence[SightingRay]) -> None:
        """Draw these rays."""
        self.canvas.set_live(replace(self.canvas.live, sights=tuple(sights)))

    def show_pair(self, pair: tuple[str, str] | None) -> None:
        """Draw these two cameras as a pair that may be one."""
        self.canvas.set_live(replace(self.canvas.live, pair=pair))

    def _photo_dropped(self, photo: str, at: LatLon) -> None:
        """Ask what was meant: this photo's place only, or the clock of all photos of its device."""
        session = self._session
        taken = session.survey.photos[photo]
        device = session.survey.devices[taken.device]
        menu = QMenu(self)
        menu.addAction(
            _("This photo was taken here"),
            lambda: self._correct(lambda survey: place_photo(survey, photo, at)),
        )
        if taken.source != "exif" and session.survey.tracks and taken.taken:
            menu.addAction(
                _("Set the clock of {device} so that it was taken here").format(
                    device=short(device.name).replace("&", "&&")
                ),
                lambda: self._correct(lambda survey: _clock_by_place(survey, photo, at)),
            )
        menu.addAction(_("Leave it as it was"), self._redraw)
        menu.aboutToHide.connect(self._redraw)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        x, y = self.canvas.view.to_screen(at)
        menu.popup(self.canvas.mapToGlobal(QPoint(round(x), round(y))))

    def _redraw(self) -> None:
        self.canvas.let_go()

    def preview_direction(self, camera: str, text: str) -> None:
        """Show a direction while it is being turned in the form."""
        if lenses := sectors(text):
            self.canvas.set_live(replace(self.canvas.live, turned=(camera, middle(lenses[0]))))

    # -- following the survey ----------------------------------------------------------------

    def _after(self, edit: Edit) -> None:
        if len(edit.changes) > LARGE_EDIT:
            self._remake()
        else:
            self.canvas.apply_edit(edit)
        if any(isinstance(c.record, Extract) for c in edit.changes):
            self._open_extract()
        if any(isinstance(c.record, Track | Photo) and c.before is None for c in edit.changes):
            self.canvas.fit()

    def _remake(self) -> None:
        survey, osm = self._session.survey, self.canvas.data.osm
        self._session.start(lambda _report: map_data(survey, osm), self._remade)

    def _remade(self, data: MapData) -> None:
        self.canvas.set_data(data)
        self.canvas.fit()

    def follow(self, selection: Selection) -> None:
        """Show what is selected, and bring into sight what was not selected before."""
        before, self._followed = self._followed, selection
        self.canvas.select(
            cameras=[selection.camera] if selection.camera else (),
            photos=[selection.photo] if selection.photo else (),
        )
        if selection.camera and selection.camera != before.camera:
            self.canvas.bring_into_sight("cameras", selection.camera)
        elif selection.photo and selection.photo != before.photo:
            self.canvas.bring_into_sight("photos", selection.photo)

    def look_at(self, places: Sequence[LatLon]) -> None:
        """Look closely at some places together."""
        if places:
            self._look_closely(places)

    def show_reference(self, found: "ReferenceCameras") -> None:
        """Show all cameras that ours are compared with, and what is watched without being one."""
        index = self.index
        self._session.start(
            lambda _report: osm_points(
                [*found.osm, *found.open, *(index.watched() if index is not None else ())]
            ),
            self.canvas.set_osm,
        )

    def show_match(self, match: "Match", theirs: OsmCamera | None) -> None:
        """Look closely at our camera and the one of OSM's that it is compared with."""
        camera = self._session.survey.cameras.get(match.camera or "")
        self.canvas.select(cameras=[camera.id] if camera else (), osm=[match.osm] if match.osm else ())
        self._look_closely([c for c in (camera, theirs) if c])

    def _look_closely(self, places: Sequence[Camera | OsmCamera | LatLon]) -> None:
        self.canvas.fit(Box.around(LatLon(c.lat, c.lon) for c in places).grown(AROUND_MATCH))

    def go_to(self, at: LatLon) -> None:
        """Look at a place."""
        self.canvas.go_to(at)

    def go_to_camera(self, camera: str) -> None:
        """Look at a camera."""
        self.canvas.go_to(self._session.survey.cameras[camera].position)

    # -- the base map --------------------------------------------------------------------------

    def _open_extract(self) -> None:
        if self._session.survey.extract is None:
            self._use_index(None)
        else:
            self._bring_in.open_index(self._use_index)

    def _use_index(self, index: ExtractIndex | None) -> None:
        self.index = index
        self.nearby = Nearby(index)
        self._show_base()
        self.index_ready.emit(index)
        if index is not None:
            survey = self._session.survey
            self._session.start(
                lambda _report: osm_points([*index.cameras(), *index.watched()]), self.canvas.set_osm
            )
            if not survey.photos and not survey.tracks and not survey.cameras:
                self.canvas.show_view(self.canvas.view.fitting(index.bounds))

    def _show_base(self) -> None:
        base = self._raster or (ExtractBase(self.index, look.is_dark()) if self.index else None)
        self.canvas.set_base(base)
        self.canvas.set_message(
            "" if base else _("No map yet. Choose one that shows the streets you walked.")
        )
        self._offer.setVisible(base is None)
        self._place_tools()

    def use_raster(self, on: bool) -> bool:
        """Show map pictures from the network instead; whether they are shown now."""
        template = settings.load().tiles
        on = on and allow_network(self, QUrl(template).host())
        if self._raster:
            self._raster.close()
            self._raster.deleteLater()
        self._raster = RasterTiles(template, _("© OpenStreetMap contributors"), self) if on else None
        self._show_base()
        return on

    def fetch_map(self) -> None:
        """Fetch the streets around the walk, or of what is in sight, after consent."""
        around = bounds(self.canvas.data)
        self._bring_in.fetch(around.grown(AROUND_WALK) if around else None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_offer"):
            self.canvas.set_dark(look.is_dark())
            self._show_base()

    def at_rest(self) -> bool:
        """Whether everything is painted."""
        return self.canvas.idle

    def shutdown(self) -> None:
        """Stop painting and asking."""
        if self._raster:
            self._raster.close()


def _clock_by_place(survey: Survey, photo: str, at: LatLon) -> Edit:
    return set_clock_by_place(survey, photo, at, largest_gap=settings.load().largest_gap)
