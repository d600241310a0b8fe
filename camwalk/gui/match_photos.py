"""The photos behind a match: cut around what was sighted, or whole with a mark where it should have been."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, radians, tan

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from camwalk.geometry.geodesy import to_local
from camwalk.geometry.optics import lens_of
from camwalk.geometry.rays import turn
from camwalk.gui import look
from camwalk.gui.cut_picture import SIZE, cut_around, fitted
from camwalk.gui.session import Session
from camwalk.gui.thumbnails import decoded
from camwalk.i18n import _
from camwalk.model import Camera, CamwalkError, LatLon, Photo, Survey
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.match_cameras import Match
from camwalk.operations.photo_pictures import small_picture
from camwalk.paths import file_name

MOST = 6  # photos
_HIGH = 64  # pixels of the strip's pictures


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo, and where in it the camera is, in its pixels; without `y` only in which direction."""

    photo: Photo
    x: float | None = None
    y: float | None = None


class MatchPhotos(QListWidget):
    """A strip of small pictures; Enter or a double click opens one."""

    asked = Signal(str)  # photo id

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[Shown, ...] = ()
        self.setObjectName("matchPhotos")
        self.setAccessibleName(_("Photos of it"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(_HIGH * SIZE[0] // SIZE[1], _HIGH))
        self.setFixedHeight(_HIGH + 3 * look.GRID)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._ask)
        self.hide()

    def _ask(self, item: QListWidgetItem) -> None:
        self.asked.emit(item.data(Qt.ItemDataRole.UserRole))

    def show_photos(self, shown: Sequence[Shown]) -> None:
        """Show these, as soon as their pictures are made."""
        self._shown = tuple(shown)[:MOST]
        self.clear()
        self.setVisible(bool(self._shown))
        for number, one in enumerate(self._shown):
            name = file_name(one.photo.path)
            item = QListWidgetItem()
            item.setToolTip(name.replace("<", "‹"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setData(Qt.ItemDataRole.UserRole, one.photo.id)
            item.setSizeHint(self.iconSize() + QSize(look.GRID, look.GRID))
            self.addItem(item)
            self._make(number, self._shown)

    def _make(self, number: int, wanted: tuple[Shown, ...]) -> None:
        one, colour = wanted[number], look.colours().accent

        def put(picture: QImage) -> None:
            if wanted is self._shown and (item := self.item(number)):
                item.setIcon(QIcon(QPixmap.fromImage(picture)))

        self._session.start(lambda _report: _picture(one, colour), put, _nothing)


def photos_of_match(survey: Survey, match: Match, camera: Camera | OsmCamera) -> Sequence[Shown]:
    """The photos that show our camera; of one that was not found, those that looked at the spot."""
    if match.camera:
        sightings = survey.sightings_of_camera.get(match.camera, ())
        return [Shown(survey.photos[s.photo], s.x, s.y) for s in sightings]
    photos = [survey.photos[photo] for photo in match.photos if photo in survey.photos]
    return [Shown(photo, _column(photo, LatLon(camera.lat, camera.lon))) for photo in photos]


def _column(photo: Photo, spot: LatLon) -> float | None:
    """The pixel from the left in which a photo should show a spot."""
    if photo.position is None or photo.heading is None:
        return None
    east, north = (float(metres) for metres in to_local(photo.position, *spot))
    off = float(turn(photo.heading, degrees(atan2(east, north))))
    return (photo.width or 4000) / 2 + lens_of(photo).focal * tan(radians(max(min(off, 80.0), -80.0)))


def _picture(shown: Shown, colour: str) -> QImage:
    image = decoded(small_picture(shown.photo, 1024), shown.photo)
    scale = image.width() / (shown.photo.width or image.width())
    if shown.x is None:
        return fitted(image)
    if shown.y is not None:
        return cut_around(image, shown.x * scale, shown.y * scale)
    column = shown.x * scale
    painter = QPainter(image)
    try:
        painter.setPen(QPen(QColor(colour), image.width() / 100, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(column, 0), QPointF(column, image.height()))
    finally:
        painter.end()
    return fitted(image)


def _nothing(_error: CamwalkError) -> None:
    """A photo that is not there any more leaves its place empty; its name is told."""
