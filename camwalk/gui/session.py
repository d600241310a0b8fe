"""What all panels of one window share: the open survey, the selection and the running jobs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from camwalk.gui.jobs import Jobs
from camwalk.i18n import _, tell
from camwalk.model import Camera, CamwalkError, Edit, Photo, Report, Survey
from camwalk.project import EncodedEdit, Project

T = TypeVar("T")


def _nothing(*_: object) -> None:
    """Nobody asked to be called."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The one photo and the one camera that list, filmstrip, map and form show."""

    photo: str | None = None
    camera: str | None = None


class Session(QObject):
    """An open survey in a window. Panels call `do` and `select`, and repaint on the signals."""

    edited = Signal(object)  # the Edit that was applied
    selected = Signal(object)  # the new Selection
    said = Signal(str)  # a short sentence on what was done
    wrote = Signal(str, str)  # such a sentence, and the file that was written
    failed = Signal(object)  # the CamwalkError that says why something was not done

    def __init__(self, project: Project, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.jobs = jobs
        self.selection = Selection()
        self._stop = project.listen(self._after)
        self._open = True

    @property
    def survey(self) -> Survey:
        """The survey as it is now."""
        return self.project.survey

    @property
    def photo(self) -> Photo | None:
        """The photo that is shown."""
        return self.survey.photos.get(self.selection.photo or "")

    @property
    def camera(self) -> Camera | None:
        """The camera that is shown."""
        return self.survey.cameras.get(self.selection.camera or "")

    def do(self, edit: Edit | EncodedEdit) -> bool:
        """Apply an edit and say so; False, with the reason shown, where that fails."""
        return self.attempt(lambda: edit)

    def attempt(self, operation: Callable[[], Edit | EncodedEdit]) -> bool:
        """Apply what `operation` returns; False, with the reason shown, where either fails."""
        try:
            made = operation()
            self.project.do(made)
            edit = made if isinstance(made, Edit) else made.edit
        except CamwalkError as error:
            self.failed.emit(error)
            return False
        if edit:
            self.said.emit(_("Saved: {what}").format(what=tell(edit.label)))
        return True

    def start(
        self,
        work: Callable[[Report], T],
        done: Callable[[T], object],
        failed: Callable[[CamwalkError], object] | None = None,
        label: str = "",
        ended: Callable[[], object] = _nothing,
    ) -> None:
        """Run a job on this survey; whatever comes out after the survey was closed is dropped.

        `ended` is called after `done` or `failed`, and also where the job was cancelled.
        """

        def then(act: Callable[[Any], object], outcome: Any) -> None:
            if self._open:
                try:
                    act(outcome)
                finally:
                    ended()

        told = failed or self.tell_failure
        self.jobs.start(work, partial(then, done), partial(then, told), label, partial(then, _nothing, None))

    def tell_failure(self, error: CamwalkError) -> None:
        """Show why something was not done."""
        self.failed.emit(error)

    def turn(self, how: Callable[[], Edit | None], done: str, nothing: str) -> None:
        """Undo or redo, and say what that was."""
        try:
            edit = how()
        except CamwalkError as error:
            self.failed.emit(error)
            return
        self.said.emit(done.format(what=tell(edit.label)) if edit else nothing)

    def select_photo(self, photo: str | None) -> None:
        """Show another photo; the camera stays."""
        self._select(replace(self.selection, photo=photo))

    def select_camera(self, camera: str | None) -> None:
        """Show another camera; the photo stays."""
        self._select(replace(self.selection, camera=camera))

    def _select(self, selection: Selection) -> None:
        if selection != self.selection:
            self.selection = selection
            self.selected.emit(selection)

    def _after(self, edit: Edit) -> None:
        gone = {c.record.id for c in edit.changes if c.after is None}
        self.edited.emit(edit)
        kept = Selection(
            None if self.selection.photo in gone else self.selection.photo,
            None if self.selection.camera in gone else self.selection.camera,
        )
        self._select(kept)

    def close(self) -> None:
        """Close the survey."""
        self._open = False
        self._stop()
        self.project.close()
