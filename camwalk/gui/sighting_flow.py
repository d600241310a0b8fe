"""Marking from the photos: a click in the picture becomes a camera on the map.

The estimates run as jobs. What a person does meanwhile (a key for the type, Enter) waits for the
camera it is meant for, in the order it was done.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from camwalk.gui import photo_marks
from camwalk.gui.camera_rays import rays_of_camera
from camwalk.gui.map_side import MapSide
from camwalk.gui.photo_viewer import PhotoViewer
from camwalk.gui.session import Session
from camwalk.i18n import _, tell
from camwalk.model import CamwalkError, LatLon, Photo, Survey
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.estimate_position import Estimate
from camwalk.operations.mark_sighting import (
    Marked,
    accept_sighting,
    another_here,
    mark_sighting,
    place_differently,
)
from camwalk.operations.place_camera import estimate_of_camera
from camwalk.operations.report_content_words import percent
from camwalk.operations.sighting_rays import SightingRay, sighting_ray, why_no_ray

T = TypeVar("T")

CLOSE_ENOUGH = 18.2  # the zoom from which a street's cameras can be told apart


class SightingFlow(QObject):
    """Connects the picture and the map of one session while cameras are marked in photos."""

    pixel_picked = Signal(float, float)  # a click that somebody else had asked for

    def __init__(self, session: Session, viewer: PhotoViewer, map_side: MapSide) -> None:
        super().__init__()
        self._session = session
        self._viewer = viewer
        self._map = map_side
        self._waiting: list[Callable[[], object]] = []
        self._running = False
        self._pending: list[tuple[str, float, float]] = []  # photo and pixel of what is being placed
        self._active = False
        self._picking = False
        self._hovered: tuple[float, float] | None = None
        self._choices: tuple[object, tuple[Estimate, ...]] = (None, ())
        viewer.clicked.connect(self._clicked)
        viewer.dragged.connect(self._mark)
        viewer.hovered.connect(self._hover)
        viewer.left.connect(self._leave)

    # -- the picture ----------------------------------------------------------------------------

    def set_active(self, active: bool) -> None:
        """Whether clicks in the picture mark cameras."""
        self._active = active and not self._session.project.read_only
        self._viewer.set_marking(self._active)
        self._leave()

    def pick_pixel(self, on: bool) -> None:
        """Let the next click in the picture go to `pixel_picked` instead of marking."""
        self._picking = on

    def _hover(self, x: float, y: float) -> None:
        self._hovered = (x, y)
        self.show_sights()

    def _leave(self) -> None:
        if self._hovered is not None:
            self._hovered = None
            self.show_sights()

    def _clicked(self, x: float, y: float) -> None:
        session, photo = self._session, self._session.photo
        if photo is None:
            return
        if self._picking:
            self._picking = False
            self.pixel_picked.emit(x, y)
            return
        spot = self._spot_under(photo, x, y)
        if spot is None:
            self._mark(x, y)
        elif spot.sighting.camera:
            session.select_camera(spot.sighting.camera)
        else:
            self._accept(spot.sighting.id, spot.x, spot.y)

    def _spot_under(self, photo: Photo, x: float, y: float) -> photo_marks.Spot | None:
        view = self._viewer.canvas.view
        reach = photo_marks.REACH / view.scale if view else 0.0
        selected = self._session.selection.camera
        return photo_marks.spot_under(self._session.survey, photo.id, x, y, reach, selected)

    def _mark(self, x: float, y: float, drag: float | None = None) -> None:
        photo = self._session.photo
        if photo is None or not self._active:
            return
        if missing := why_no_ray(photo):
            self._session.said.emit(tell(missing))
            return
        nearby = self._map.nearby
        self._place(
            photo, x, y, lambda survey, at: mark_sighting(survey, photo.id, x, y, nearby.at(at), drag)
        )

    def _accept(self, sighting: str, x: float, y: float) -> None:
        photo, nearby = self._session.photo, self._map.nearby
        if photo is not None and self._active:
            self._place(photo, x, y, lambda survey, at: accept_sighting(survey, sighting, nearby.at(at)))

    def _place(self, photo: Photo, x: float, y: float, make: Callable[[Survey, LatLon], Marked]) -> None:
        at = photo.position
        if at is None:
            self._session.said.emit(_("The photo has no place yet. Place it on the map first."))
            return
        if not self.busy:
            self._session.select_camera(None)
        self._pending.append((photo.id, x, y))
        self.show_marks()
        self.run(lambda survey: make(survey, at), self._placed)

    def _placed(self, marked: Marked) -> None:
        self._pending.pop(0)
        if self._session.do(marked.edit):
            self._session.select_camera(marked.camera)
            self._fly_to(marked.camera)

    def _fly_to(self, camera: str) -> None:
        canvas = self._map.canvas
        at = self._session.survey.cameras[camera].position
        if canvas.target.zoom < CLOSE_ENOUGH:
            canvas.go_to(at, CLOSE_ENOUGH)

    # -- one thing after the other -----------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a camera is being placed, or something else that keys must wait for is going on."""
        return self._running

    def run(self, work: Callable[[Survey], T], done: Callable[[T], object]) -> None:
        """Do work on the survey in a job, after whatever is going on; what comes later waits for it."""
        if self.busy:
            self._waiting.append(lambda: self.run(work, done))
            return
        self._running, survey = True, self._session.survey
        self._session.start(
            lambda _report: work(survey), lambda found: self._ended(done, found), self._failed
        )

    def _ended(self, done: Callable[[T], object], found: T) -> None:
        self._running = False
        done(found)
        self._go_on()

    def _failed(self, error: CamwalkError) -> None:
        self._running = False
        self._pending.clear()
        self._waiting.clear()  # the keys were meant for a camera that is not there
        self._map.canvas.let_go()
        self.show_marks()
        self._session.tell_failure(error)

    def when_placed(self, act: Callable[[], object]) -> None:
        """Do something now, or once the camera that is being placed is there."""
        if self.busy:
            self._waiting.append(act)
        else:
            act()

    def _go_on(self) -> None:
        while self._waiting and not self.busy:
            self._waiting.pop(0)()

    # -- keys ------------------------------------------------------------------------------------

    def another(self) -> None:
        """Add a second camera where the selected one hangs."""
        camera = self._session.selection.camera
        if camera is None:
            self._say_none_selected()
            return
        marked = another_here(self._session.survey, camera)
        if self._session.do(marked.edit):
            self._session.select_camera(marked.camera)

    def next_place(self) -> None:
        """Move the selected camera to the next place where it may hang by its photos."""
        survey, camera = self._session.survey, self._session.selection.camera
        if camera is None:
            self._say_none_selected()
            return
        seen = survey.sightings_of_camera.get(camera, ())
        key = (camera, seen, tuple(survey.photos[s.photo] for s in seen))
        at = next((survey.photos[s.photo].position for s in seen if s.x is not None), None)
        if key == self._choices[0]:
            self._turn_to_next(camera, self._choices[1])
        elif at is None:
            self._session.said.emit(_("No photo shows this camera, so there is no other place to propose."))
        else:
            nearby = self._map.nearby
            self.run(
                lambda now: estimate_of_camera(now, camera, nearby.at(at)),
                lambda found: self._keep_choices(key, camera, found),
            )

    def _keep_choices(self, key: object, camera: str, found: Estimate) -> None:
        self._choices = (key, (found, *found.alternatives))
        self._turn_to_next(camera, self._choices[1])

    def _turn_to_next(self, camera: str, choices: tuple[Estimate, ...]) -> None:
        survey = self._session.survey
        if camera not in survey.cameras:
            return
        at = survey.cameras[camera].position
        now = next((i for i, c in enumerate(choices) if c.position == at), None)
        after = 0 if now is None else (now + 1) % len(choices)
        if len(choices) < 2:
            self._session.said.emit(_("There is no other likely place for this camera."))
            return
        if self._session.do(place_differently(survey, camera, choices[now or 0], choices[after])):
            self._session.said.emit(_choice_words(after, choices))

    def _say_none_selected(self) -> None:
        self._session.said.emit(_("Choose a camera first."))

    # -- showing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show rings and rays of what is selected now, and have its surroundings read."""
        self.show_marks()
        self.show_sights()
        self._read_surroundings()

    def use_another_map(self, _index: ExtractIndex | None) -> None:
        """The walls around are another file's now."""
        self.refresh()

    def show_marks(self) -> None:
        """Draw the rings in the picture."""
        photo, selected = self._session.photo, self._session.selection.camera
        if photo is None:
            return
        rings = list(photo_marks.marks(self._session.survey, photo.id, selected))
        rings += [photo_marks.pending(x, y) for seen_in, x, y in self._pending if seen_in == photo.id]
        self._viewer.set_marks(rings)

    def show_sights(self) -> None:
        """Draw the rays on the map: of the pixel under the pointer, and of the selected camera."""
        survey, photo = self._session.survey, self._session.photo
        rays = rays_of_camera(survey, self._session.selection.camera)
        if self._hovered is not None and photo is not None:
            rays = (*rays, *self._hovered_ray(photo, *self._hovered))
        self._map.show_sights(rays)

    def _hovered_ray(self, photo: Photo, x: float, y: float) -> Sequence[SightingRay]:
        """None on a ring: that camera has its ray once it is selected."""
        if photo.position is None or not self._active or self._spot_under(photo, x, y):
            return ()
        ray = sighting_ray(photo, x, y, self._map.nearby.known(photo.position))
        return (ray,) if ray else ()

    def _read_surroundings(self) -> None:
        """Before they are needed, so that neither hovering nor the first click waits for the map file."""
        photo, nearby = self._session.photo, self._map.nearby
        if photo is not None and photo.position is not None and not nearby.is_ready(photo.position):
            at = photo.position
            self._session.start(lambda _report: nearby.at(at), _nothing, _nothing)


def _choice_words(number: int, choices: Sequence[Estimate]) -> str:
    """Which of the places this is, and how likely."""
    found, which = choices[number], {"i": number + 1, "n": len(choices)}
    if number == 0:
        return _("Place {i} of {n}: the likeliest one").format(**which)
    words = {
        "wall": _("Place {i} of {n}: on a wall, {percent} likely"),
        "pole": _("Place {i} of {n}: on a pole at the kerb, {percent} likely"),
        None: _("Place {i} of {n}: in the open, {percent} likely"),
    }[found.mount]
    return words.format(percent=percent(found.likely), **which)


def _nothing(_outcome: object) -> None:
    """Nobody waits for it; the click that needs it tells what is wrong."""
