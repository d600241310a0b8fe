"""Correcting where photos were taken and where they look; the cameras that hang on them follow."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from camwalk.gui.map_side import MapSide
from camwalk.gui.photo_help import PhotoHelp, Step
from camwalk.gui.session import Session
from camwalk.gui.sighting_flow import SightingFlow
from camwalk.i18n import _
from camwalk.model import Edit, LatLon, Survey
from camwalk.operations.correct_photos import with_estimates
from camwalk.operations.point_photos import heading_from_point, heading_from_walk, turn_photo


class PhotoCorrections(QObject):
    """Runs corrections as jobs, and leads through taking a direction from a known point."""

    def __init__(self, session: Session, map_side: MapSide, flow: SightingFlow) -> None:
        super().__init__()
        self._session = session
        self._map = map_side
        self._flow = flow
        self._step: Step = "none"
        self._active = False
        self.help = PhotoHelp()
        self.help.place_asked.connect(map_side.ask_place_of_photo)
        self.help.walk_asked.connect(self.take_from_walk)
        self.help.point_asked.connect(self.take_from_point)
        self.help.cancel_asked.connect(self.stop)
        flow.pixel_picked.connect(self._pixel_picked)
        map_side.correction_asked.connect(self.correct)
        map_side.canvas.photo_turned.connect(self._turn)

    def correct(self, operation: Callable[[Survey], Edit]) -> None:
        """Do an edit of photos, and place again what is estimated from them, in one step."""
        nearby = self._map.nearby
        self._flow.run(lambda survey: with_estimates(survey, operation(survey), nearby.at), self._session.do)

    def _turn(self, photo: str, degrees: float) -> None:
        self.correct(lambda survey: turn_photo(survey, photo, degrees))

    def forget_direction(self) -> None:
        """Let the photo in the viewer look where its file says again."""
        if photo := self._session.photo:
            self.correct(lambda survey: turn_photo(survey, photo.id, None))

    def take_from_walk(self) -> None:
        """Let the photo in the viewer look where its walker went."""
        if photo := self._session.photo:
            self.correct(lambda survey: heading_from_walk(survey, photo.id))

    def take_from_point(self) -> None:
        """Ask for something that can be seen in the photo and on the map."""
        if self._session.photo:
            self._flow.pick_pixel(True)
            self._go_to("point in the photo")

    def _pixel_picked(self, x: float, y: float) -> None:
        photo = self._session.photo
        if photo is None:
            return
        self._go_to("point on the map")
        self._map.ask_place(
            _("Now click the same thing on the map."), lambda at: self._point_known(photo.id, x, y, at)
        )

    def _point_known(self, photo: str, x: float, y: float, at: LatLon) -> None:
        self._go_to("none")
        self.correct(lambda survey: heading_from_point(survey, photo, x, y, at))

    def stop(self) -> None:
        """Ask for nothing more; whatever was half done is forgotten."""
        self._flow.pick_pixel(False)
        self._map.ask_nothing()
        self._go_to("none")

    def set_active(self, active: bool) -> None:
        """Whether the viewer is in sight."""
        self._active = active
        self.stop()

    def refresh(self, *, another_photo: bool) -> None:
        """Say what the photo in the viewer lacks."""
        if another_photo and self._step != "none":
            self.stop()
        self._go_to(self._step)

    def _go_to(self, step: Step) -> None:
        self._step = step
        offered = self._active and not self._session.project.read_only
        self.help.show_photo(self._session.photo if offered else None, step)
