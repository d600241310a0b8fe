"""The open survey: map in the middle, what the activity needs to its left, the form to its right."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look
from camwalk.gui.bring_in import BringIn
from camwalk.gui.camera_form import CameraForm
from camwalk.gui.import_panel import ImportPanel
from camwalk.gui.map_side import MapSide
from camwalk.gui.photo_corrections import PhotoCorrections
from camwalk.gui.photo_side import PhotoSide
from camwalk.gui.same_camera import SameCamera
from camwalk.gui.session import Selection, Session
from camwalk.gui.sighting_flow import SightingFlow
from camwalk.gui.top_bar import Activity, TopBar
from camwalk.model import Camera, Edit, Photo, Preset, Reference, Sighting, Tags
from camwalk.operations.estimate_position_doubts import doubts_about
from camwalk.operations.mark_camera import delete_cameras, link_photo, retag_camera, unlink_photo
from camwalk.operations.tag_presets import delete_preset, presets_of
from camwalk.paths import file_name

if TYPE_CHECKING:
    from camwalk.gui.review_side import ReviewSide

LOOKING = 1500  # milliseconds in which nobody has left the first look at a survey yet


class Workspace(QWidget):
    """Puts the panels of one session together and connects what they ask to operations."""

    geojson_asked = Signal()
    survey_asked = Signal()

    def __init__(self, session: Session, bring_in: BringIn, buttons: Sequence[QAction]) -> None:
        super().__init__()
        self.session = session
        self.bring_in = bring_in
        self.bar = TopBar(buttons)
        self.map = MapSide(session, bring_in)
        self.photos = PhotoSide(session)
        self.form = CameraForm()
        self.sights = SightingFlow(session, self.photos.viewer, self.map)
        self.corrections = PhotoCorrections(session, self.map, self.sights)
        self.same = SameCamera(session, self.map, self.sights)
        self.photos.viewer.put_above(self.corrections.help)
        self.imports = ImportPanel(session)
        self._shown_photo: str | None = None
        self._left = QStackedWidget()
        for panel in (self.imports, self.photos.viewer):
            self._left.addWidget(panel)
        self._lay_out()
        self._connect_bar()
        self._connect_form()
        self.map.index_ready.connect(self.sights.use_another_map)
        session.edited.connect(self._after)
        session.selected.connect(self._follow)
        self.show_activity(Activity.MARK if session.survey.photos else Activity.IMPORT)
        self._show_walks()
        self._show_presets()
        self._loading = QTimer(self, singleShot=True, interval=LOOKING)
        self._loading.timeout.connect(self._load_review)

    def _load_review(self) -> None:
        self.session.start(lambda _report: _review_side(), lambda _loaded: None)

    @cached_property
    def review(self) -> "ReviewSide":
        """The panels of Review and Export."""
        made = _review_side()(self.session, self.map, self.same, self)
        self._left.addWidget(made.tables)
        self._left.addWidget(made.export)
        made.matches.photo_asked.connect(self._open_photo)
        made.export.geojson_asked.connect(self.geojson_asked)
        made.export.survey_asked.connect(self.survey_asked)
        return made

    def begin(self) -> None:
        """Show what is selected, ready for the keyboard."""
        self._follow(self.session.selection)
        self.map.canvas.setFocus()
        self._loading.start()

    def _lay_out(self) -> None:
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for widget, share in ((self._left, 34), (self.map, 42), (self.form, 24)):
            self._columns.addWidget(widget)
            self._columns.setStretchFactor(self._columns.count() - 1, share)
        self._columns.setChildrenCollapsible(False)
        self._columns.setSizes([440, 510, 320])
        self._rows = rows = QSplitter(Qt.Orientation.Vertical)
        rows.addWidget(self._columns)
        rows.addWidget(self.photos.strip)
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        rows.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(rows, 1)
        self._left.setMinimumSize(look.GRID * 35, look.GRID * 25)  # what needs more scrolls or shrinks
        self.map.setMinimumWidth(look.GRID * 30)

    def _connect_bar(self) -> None:
        self.bar.activity_chosen.connect(self.show_activity)
        self.bar.walk_chosen.connect(self.photos.show_walk)
        self.bar.search.place_chosen.connect(self.map.go_to)
        self.map.index_ready.connect(self.bar.search.use_index)

    def _connect_form(self) -> None:
        form, session = self.form, self.session
        form.tags_edited.connect(self._retag)
        form.direction_turning.connect(self.map.preview_direction)
        form.delete_asked.connect(self.delete_camera)
        form.go_asked.connect(self.map.go_to_camera)
        form.photo_asked.connect(session.select_photo)
        form.presets.delete_asked.connect(self._delete_preset)
        form.photo_link_asked.connect(self.link_photo)
        form.photo_unlink_asked.connect(self._unlink_photo)
        self.imports.files_asked.connect(self.bring_in.choose_files)
        self.imports.folder_asked.connect(self.bring_in.choose_folder)
        self.imports.map_asked.connect(self.bring_in.choose_map)
        self.imports.reference_asked.connect(self.bring_in.choose_reference)
        self.imports.columns_asked.connect(self._name_columns)
        self.imports.reference_dropped.connect(self.bring_in.compare_no_longer)
        self.imports.fetch_asked.connect(self.map.fetch_map)
        self.imports.place_asked.connect(self.map.go_to)

    def show_activity(self, activity: Activity) -> None:
        """Turn to another step of the work."""
        self.activity = activity
        self._left.setCurrentWidget(self._panel(activity))
        if activity is Activity.EXPORT:
            self.review.matches.refresh()
            self.review.pairs.refresh_if_quick()
        marking = activity in (Activity.MARK, Activity.REVIEW)
        self.form.setVisible(marking)
        for part in (self.sights, self.corrections, self.same):
            part.set_active(activity is Activity.MARK)
        self.map.offer_marking(marking)
        # Review and Export have lists of their own, and need the room for them.
        self.photos.strip.setVisible(activity in (Activity.IMPORT, Activity.MARK))
        self._rows.setSizes([10_000, self.photos.strip.minimumSizeHint().height()])
        if activity is Activity.MARK and self.session.selection.photo is None:
            self.photos.step(1)
        self.bar.show_activity(activity)

    def _panel(self, activity: Activity) -> QWidget:
        match activity:
            case Activity.IMPORT:
                return self.imports
            case Activity.MARK:
                return self.photos.viewer
            case Activity.REVIEW:
                return self.review.tables
            case Activity.EXPORT:
                return self.review.export

    def link_photo(self, camera: str | None = None) -> None:
        """Note that the photo in the viewer shows the selected camera."""
        camera = camera or self.session.selection.camera
        photo = self.session.selection.photo
        if camera and photo:
            self.session.attempt(lambda: link_photo(self.session.survey, camera, photo))

    def _open_photo(self, photo: str) -> None:
        self.session.select_photo(photo)
        self.show_activity(Activity.MARK)

    def _retag(self, camera: str, tags: Tags) -> None:
        if camera not in self.session.survey.cameras:  # typing may end after the camera was deleted
            return
        if not self.session.attempt(lambda: retag_camera(self.session.survey, camera, tags)):
            self._show_camera()  # as it still is

    def _unlink_photo(self, camera: str, photo: str) -> None:
        self.session.attempt(lambda: unlink_photo(self.session.survey, camera, photo))

    def delete_camera(self, camera: str | None = None) -> None:
        """Delete the selected camera; undo brings it back."""
        camera = camera or self.session.selection.camera
        if camera:
            self.session.attempt(lambda: delete_cameras(self.session.survey, [camera]))

    def _after(self, edit: Edit) -> None:
        self.photos.after(edit)
        self._show_sightings(another_photo=False)
        if any(isinstance(c.record, Camera | Sighting | Photo) for c in edit.changes):
            self._show_camera()
        if any(isinstance(c.record, Photo) and c.before is None for c in edit.changes):
            self._show_walks()
        if any(isinstance(c.record, Preset) for c in edit.changes):
            self._show_presets()

    def _follow(self, selection: Selection) -> None:
        self._show_camera()
        self.photos.follow(selection)
        self.map.follow(selection)
        self._show_sightings(another_photo=selection.photo != self._shown_photo)
        self._shown_photo = selection.photo

    def _show_sightings(self, *, another_photo: bool) -> None:
        self.sights.refresh()
        self.corrections.refresh(another_photo=another_photo)
        self.same.refresh()

    def _name_columns(self, reference: Reference) -> None:
        self.bring_in.compare_with(Path(reference.path), reference.columns)

    def _show_presets(self) -> None:
        self.form.presets.show_presets(presets_of(self.session.survey))

    def _delete_preset(self, preset: str) -> None:
        self.session.attempt(lambda: delete_preset(self.session.survey, preset))

    def _show_walks(self) -> None:
        self.bar.show_walks(list(self.session.survey.walks.values()), self.photos.walk)

    def _show_camera(self) -> None:
        survey, camera = self.session.survey, self.session.camera
        sightings = survey.sightings_of_camera.get(camera.id, ()) if camera else ()
        photos = [(s.photo, file_name(survey.photos[s.photo].path)) for s in sightings]
        doubts = doubts_about(survey, camera.id, self.map.nearby.known(camera.position)) if camera else ()
        self.form.show_camera(camera, photos, self.session.project.read_only, doubts)
        self.form.set_photo_in_hand(self.session.selection.photo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody typed into a field: types and mounts of the selected camera, Enter, Escape."""
        if self.sights.busy:
            kept = QKeyEvent(event)
            self.sights.when_placed(lambda: self._take_key(kept))
        elif not self._take_key(event):
            super().keyPressEvent(event)
            return
        event.accept()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; whether it means anything."""
        if event.key() == Qt.Key.Key_Escape and self.map.canvas.mode == "mark":
            self.map.set_marking(False)
            return True
        if self.form.isVisible() and self.form.handle_key(event):
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._may_go_on():
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.corrections.stop()
            self.session.select_camera(None)
        else:
            return False
        return True

    def _may_go_on(self) -> bool:
        """Whether Enter means the next photo: not where it ends typing, nor where it places a camera."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox | QTableView)
        photo, camera = self.session.selection.photo, self.session.selection.camera
        marked = camera is not None or photo in self.session.survey.sightings_in_photo
        browsing = self.activity is Activity.MARK and self.map.canvas.mode == "browse"
        return marked and browsing and not typing

    def go_on(self) -> None:
        """All that the photo shows is marked: note that, and show the next one."""
        self.form.finish()
        self.sights.when_placed(self._go_on)

    def _go_on(self) -> None:
        self.session.select_camera(None)
        self.photos.nothing_here()

    def at_rest(self) -> bool:
        """Whether nothing more is going to be painted by itself."""
        return not self.session.jobs.running and self.map.at_rest() and self.photos.at_rest()

    def close_down(self) -> None:
        """Stop everything that runs and close the survey."""
        self._loading.stop()
        self.form.finish()
        self.photos.shutdown()
        self.map.shutdown()
        self.session.close()


def _review_side() -> "type[ReviewSide]":
    """Loaded late, in a worker if there is time: as much code again as all that marking takes."""
    from camwalk.gui.review_side import ReviewSide

    return ReviewSide
