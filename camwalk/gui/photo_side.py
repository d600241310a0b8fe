"""The photos of one survey: viewer, filmstrip and time line, all on the one selected photo."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.filmstrip import Filmstrip
from camwalk.gui.photo_viewer import PhotoViewer
from camwalk.gui.session import Selection, Session
from camwalk.gui.time_line import TimeLine
from camwalk.i18n import _
from camwalk.model import Device, Edit, Photo, Sighting, Track
from camwalk.operations.review_photos import mark_seen, remove_photos

LARGE_EDIT = 500  # changes; from there the strip is filled anew, in a turn of the event loop of its own


class PhotoSide:
    """Keeps viewer, filmstrip and time line together. `viewer` and `strip` are put into the window."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.walk: str | None = None  # None shows all walks
        self.viewer = PhotoViewer()
        self.filmstrip = Filmstrip()
        self.time_line = TimeLine()
        self.strip = QWidget()
        column = QVBoxLayout(self.strip)
        column.setContentsMargins(look.GRID, look.GRID // 2, look.GRID, look.GRID // 2)
        column.setSpacing(look.GRID // 2)
        column.addWidget(self.time_line)
        column.addWidget(self.filmstrip)
        self.filmstrip.selected.connect(session.select_photo)
        self.time_line.photo_clicked.connect(session.select_photo)
        self.viewer.next_asked.connect(lambda: self.step(1))
        self.viewer.previous_asked.connect(lambda: self.step(-1))
        self._refilling = QTimer(self.strip, singleShot=True, interval=0)
        self._refilling.timeout.connect(self._refill)
        self._fill()

    def _fill(self) -> None:
        survey = self._session.survey
        self.filmstrip.set_survey(survey, self.walk)
        self.time_line.set_survey(survey, self.walk)

    def _refill(self) -> None:
        self._fill()
        self.follow(self._session.selection)

    def show_walk(self, walk: str | None) -> None:
        """Show the photos of one walk, None for all."""
        self.walk = walk
        self._fill()

    def step(self, by: int) -> None:
        """Go to the next or the previous photo."""
        self.filmstrip.step(by)

    def nothing_here(self) -> None:
        """Note that the photo was looked at, and go to the next one."""
        photo = self._session.selection.photo
        if photo is None:
            return
        survey = self._session.survey
        if self._session.attempt(lambda: mark_seen(survey, [photo])):
            self.step(1)
            if self._session.selection.photo == photo:
                self._go_to_first_left()

    def _go_to_first_left(self) -> None:
        """After the last photo: to the first that nobody looked at, if there is one."""
        if first := self.filmstrip.first_left(self._session.survey):
            self._session.select_photo(first)
            self._session.said.emit(_("That was the last photo. This one is the first still to look at."))
        else:
            self._session.said.emit(_("That was the last photo: all are looked at."))

    def remove(self) -> None:
        """Take the selected photos out of the survey; their files stay."""
        photos = self.filmstrip.selected_ids() or [p for p in (self._session.selection.photo,) if p]
        self._session.attempt(lambda: remove_photos(self._session.survey, photos))

    def after(self, edit: Edit) -> None:
        """Show what an edit changed."""
        kinds = {type(c.record) for c in edit.changes}
        if kinds & {Track, Device} or len(edit.changes) > LARGE_EDIT:
            self._refilling.start()
            return
        if kinds & {Photo, Sighting}:
            touched = {c.record.id for c in edit.changes if isinstance(c.record, Photo)}
            touched |= {c.record.photo for c in edit.changes if isinstance(c.record, Sighting)}
            self.filmstrip.update_photos(self._session.survey, touched)
            if Photo in kinds:
                self.time_line.set_survey(self._session.survey, self.walk)
        self.follow(self._session.selection)

    def follow(self, selection: Selection) -> None:
        """Show the selected photo everywhere."""
        photo = self._session.survey.photos.get(selection.photo or "")
        self.filmstrip.select(photo.id if photo else None)
        self.time_line.select(photo.id if photo else None)
        around = self.filmstrip.neighbours(photo.id) if photo else (None, None)
        self.viewer.show_photo(self._session.survey, photo, around)

    def at_rest(self) -> bool:
        """Whether every picture in sight is as sharp as it will be."""
        return not self._refilling.isActive() and self.filmstrip.at_rest() and self.viewer.at_rest()

    def shutdown(self) -> None:
        """Stop making thumbnails."""
        self.filmstrip.shutdown()
        self.viewer.shutdown()
