"""While marking: asks whether the selected camera is one that was marked before."""

from PySide6.QtCore import QObject

from camwalk.gui.map.layers_points import Area
from camwalk.gui.map.viewport import EQUATOR, world
from camwalk.gui.map_side import MapSide
from camwalk.gui.session import Session
from camwalk.gui.sighting_flow import SightingFlow
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Edit, LatLon, Survey
from camwalk.operations.merge_cameras import keep_apart, make_same
from camwalk.operations.same_nearby import FARTHEST, Likely, likely_same
from camwalk.operations.tagging import KINDS, camera_kind


class SameCamera(QObject):
    """Shows the likeliest twin of the selected camera on the map, and merges the two on request."""

    def __init__(self, session: Session, map_side: MapSide, flow: SightingFlow) -> None:
        super().__init__()
        self._session = session
        self._map = map_side
        self._flow = flow
        self._active = False
        self._asked: Likely | None = None
        map_side.proposal.same.connect(self.merge_asked)
        map_side.proposal.different.connect(self.refuse)

    def set_active(self, active: bool) -> None:
        """Whether to ask at all."""
        self._active = active
        self.refresh()

    def refresh(self) -> None:
        """Ask about the camera that is selected now."""
        camera = self._session.selection.camera
        asks = self._active and camera in self._session.survey.cameras and not self._session.project.read_only
        found = self._asked = self._likeliest(camera) if asks and camera else None
        self._map.proposal.ask(question(self._session.survey, found) if found else "")
        if self._active or found:
            self._map.show_pair((found.first, found.second) if found else None)

    def _likeliest(self, camera: str) -> Likely | None:
        survey, points = self._session.survey, self._map.canvas.data.cameras
        at = survey.cameras[camera].position
        x, y = world(at)
        reach = 2 * FARTHEST / EQUATOR / max(0.05, 1 - abs(at.lat) / 90)
        rows = points.inside(Area(x, y, x, y).grown(reach))
        numbers: list[int] = rows.tolist()
        found = likely_same(survey, camera, [points.ids[row] for row in numbers])
        return found[0] if found else None

    def merge_asked(self) -> None:
        """Merge the two cameras that are asked about."""
        if self._session.selection.camera is None:
            self._session.said.emit(_("Choose a camera first."))
        elif self._asked is None:
            self._session.said.emit(_("There is no camera nearby that this one could be."))
        else:
            self.merge(self._asked.second, self._asked.first)

    def merge(self, keep: str, gone: str) -> None:
        """Make two cameras, or sightings to review, one camera, placed by all its photos."""
        nearby, at = self._map.nearby, place_of(self._session.survey, keep)
        self._flow.run(
            lambda survey: make_same(survey, keep, gone, nearby.at(at) if at else None),
            lambda edit: self._merged(edit, keep),
        )

    def _merged(self, edit: Edit, keep: str) -> None:
        if self._session.do(edit):
            sighting = self._session.survey.sightings.get(keep)
            self._session.select_camera(sighting.camera if sighting else keep)

    def refuse(self) -> None:
        """Note that the two are not the same, so that nobody asks again."""
        if self._asked:
            self.keep_apart(self._asked.first, self._asked.second)

    def keep_apart(self, first: str, second: str) -> None:
        """Note that two cameras are not the same."""
        self._session.do(keep_apart(self._session.survey, first, second))


def place_of(survey: Survey, record: str) -> LatLon | None:
    """Where a camera hangs, or where the photo of a sighting was taken."""
    if record in survey.cameras:
        return survey.cameras[record].position
    sighting = survey.sightings.get(record)
    return survey.photos[sighting.photo].position if sighting else None


def question(survey: Survey, found: Likely) -> str:
    """What is asked about two cameras."""
    metres = max(round(found.metres), 1)
    text = ngettext(
        "Is it the same camera as the one {n} m away?", "Is it the same camera as the one {n} m away?", metres
    ).format(n=metres)
    kind = camera_kind(survey.cameras[found.second].tags)
    return text if kind == "unknown" else f"{text} ({tell(KINDS[kind].choice.label)})"
