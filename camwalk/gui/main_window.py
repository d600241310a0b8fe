"""The window: menus, status line, and either the welcome page or an open survey."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QStackedWidget, QWidget

from camwalk import paths, settings
from camwalk.gui.actions import Command, fill_menu
from camwalk.gui.bring_in import SURVEY_SUFFIX, BringIn
from camwalk.gui.camera_errands import save_tags_as_preset
from camwalk.gui.commands import menus
from camwalk.gui.dialogs import CrashDialog, tell_failure
from camwalk.gui.errands import ask_clock, export_geojson, export_whole
from camwalk.gui.jobs import JobBar, Jobs, UnexpectedError
from camwalk.gui.panel_parts import files_of, take_files
from camwalk.gui.session import Selection, Session
from camwalk.gui.welcome import Welcome
from camwalk.gui.workspace import Workspace
from camwalk.gui.written_file import WrittenFile
from camwalk.i18n import _, ngettext, tell
from camwalk.model import CamwalkError, Edit, Report, Survey
from camwalk.operations.review_photos import looked_at
from camwalk.project import Project

STATUS_TIME = 8000  # milliseconds a sentence stays in the status line
RECENT = 8
FRAME, TITLE = 16, 48  # pixels that a window manager adds to a window, at most


def _nothing(_workspace: Workspace) -> None:
    """Opening was all."""


class MainWindow(QMainWindow):
    """One window with at most one survey."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Camwalk")
        room = self.screen().availableSize()
        self.resize(min(1280, room.width() - FRAME), min(800, room.height() - TITLE))
        self.setAcceptDrops(True)
        self.jobs = Jobs(self)
        self.workspace: Workspace | None = None
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self._opening: Path | None = None
        self.written = WrittenFile()
        self.statusBar().addPermanentWidget(self.written)
        self.statusBar().messageChanged.connect(self.written.forget)
        self._counts = QLabel()
        self.statusBar().addPermanentWidget(self._counts)
        self.statusBar().addPermanentWidget(JobBar(self.jobs))
        self._actions: list[tuple[Command, QAction]] = []
        for name, commands in menus(self):
            menu = self.menuBar().addMenu(name)
            self._actions += fill_menu(self, menu, commands)
            menu.aboutToShow.connect(self._grey_out)
            menu.aboutToHide.connect(self._enable)
        self._show_welcome()

    # -- opening and closing -------------------------------------------------------------

    def _show_welcome(self) -> None:
        welcome = Welcome([p for p in settings.load().recent if Path(p).exists()])
        welcome.sample_asked.connect(self.open_sample)
        welcome.new_asked.connect(self.new_survey)
        welcome.open_asked.connect(self._open_asked)
        self._turn_to(welcome)
        self._enable()

    def _turn_to(self, page: QWidget) -> None:
        old = self._pages.currentWidget()
        self._pages.setCurrentIndex(self._pages.addWidget(page))
        if old:
            self._pages.removeWidget(old)
            old.deleteLater()

    def new_survey(self, then: Callable[[Workspace], object] = _nothing) -> None:
        """Let a person choose where a new survey lies, and open it."""
        start = paths.documents_folder() / (_("walk") + SURVEY_SUFFIX)
        name, _kind = QFileDialog.getSaveFileName(self, _("New survey"), str(start), _survey_kinds())
        if name:
            self.open_soon(Path(name if name.endswith(SURVEY_SUFFIX) else name + SURVEY_SUFFIX), then)

    def choose_survey(self) -> None:
        """Let a person choose a survey, and open it."""
        start = str(paths.documents_folder())
        name, _kind = QFileDialog.getOpenFileName(self, _("Open a survey"), start, _survey_kinds())
        if name:
            self.open_soon(Path(name))

    def open_sample(self) -> None:
        """Open the sample walk, imported anew where it is not there yet."""
        path = paths.documents_folder() / f"camwalk-sample{SURVEY_SUFFIX}"
        with suppress(OSError):  # opening it says why
            path.parent.mkdir(parents=True, exist_ok=True)
        self.open_soon(path, _fill_with_sample)

    def open_soon(self, path: Path, then: Callable[[Workspace], object] = _nothing) -> None:
        """Open or create a survey off the GUI thread; what is shown stays until it is ready."""
        if self.workspace and _same_file(self.workspace.session.project.path, path):
            then(self.workspace)
            return
        if self._opening == path:
            return
        self._opening = path
        self._say(_("Opening"))

        def opened(project: Project) -> None:
            if self._opening == path:
                self._opening = None
                then(self._show_survey(project))
            else:  # another one was asked for meanwhile
                project.close()

        def failed(error: CamwalkError) -> None:
            self._opening = None if self._opening == path else self._opening
            self._not_done(error)

        self.jobs.start(lambda _report: Project(path), opened, failed)

    def open_survey(self, path: Path, *, remember: bool = True) -> bool:
        """Open or create a survey at once, for a window that shows nothing yet; whether that went well."""
        try:
            self._show_survey(Project(path), remember=remember)
        except CamwalkError as error:
            self._not_done(error)
            return False
        return True

    def _show_survey(self, project: Project, *, remember: bool = True) -> Workspace:
        self._close_survey()
        session = Session(project, self.jobs, self)
        session.said.connect(self._say)
        session.wrote.connect(self._say_written)
        session.failed.connect(self._not_done)
        session.edited.connect(self._show_counts)
        session.edited.connect(self._enable_turning)
        self.workspace = Workspace(session, BringIn(session, self), self._turning())
        workspace = self.workspace
        workspace.imports.clock_asked.connect(partial(ask_clock, self, workspace))
        workspace.geojson_asked.connect(partial(export_geojson, self, workspace))
        workspace.survey_asked.connect(partial(export_whole, self, workspace))
        workspace.form.presets.save_asked.connect(partial(save_tags_as_preset, workspace))
        self._turn_to(workspace)
        workspace.begin()
        self.setWindowTitle(f"{project.path.stem} – Camwalk")
        self._enable()
        self._show_counts()
        if remember:
            self._remember(project.path)
        if project.locked_elsewhere:
            words = _("This survey is open in another window or program. Here it can only be read.")
            tell_failure(self, words)
        return workspace

    def _close_survey(self) -> None:
        if self.workspace:
            self.workspace.close_down()
            self.workspace = None

    def _remember(self, path: Path) -> None:
        current = settings.load()
        name = str(path.absolute())
        recent = (name, *(p for p in current.recent if p != name))[:RECENT]
        with suppress(OSError):  # a settings folder that cannot be written must not keep a survey shut
            settings.save(replace(current, recent=recent))

    def actions_by_command(self) -> Sequence[tuple[Command, QAction]]:
        """Every command with its action."""
        return self._actions

    # -- what is shown around the work ----------------------------------------------------

    def _enable(self) -> None:
        writable = self.workspace is not None and not self.workspace.session.project.read_only
        for command, action in self._actions:
            action.setEnabled(
                writable if command.needs_writing else self.workspace is not None or not command.needs_survey
            )

        self._enable_turning()

    def _enable_turning(self) -> None:
        if self.workspace and not self.workspace.session.project.read_only:
            for action, possible in zip(
                self._turning(), self.workspace.session.project.can_turn(), strict=True
            ):
                action.setEnabled(possible)

    def _turning(self) -> list[QAction]:
        """Undo and redo."""
        keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        return [action for command, action in self._actions if command.keys in keys]

    def _grey_out(self) -> None:
        """In an open menu: what needs a photo or a camera that is not chosen. Keys say so by themselves."""
        selection = self.workspace.session.selection if self.workspace else Selection()
        for command, action in self._actions:
            if command.needs_chosen and getattr(selection, command.needs_chosen) is None:
                action.setEnabled(False)

    def _show_counts(self) -> None:
        if self.workspace is None:
            return
        project = self.workspace.session.project
        cameras, photos = len(project.survey.cameras), project.survey.photos.values()
        lost = sum(p.position is None for p in photos)
        parts = [
            _("read only") if project.read_only else _("saved"),
            ngettext("{n} camera", "{n} cameras", cameras).format(n=cameras),
        ]
        if photos:
            seen = sum(looked_at(project.survey, p) for p in photos)
            parts.append(_("looked at: {seen}, left: {left}").format(seen=seen, left=len(photos) - seen))
        if waiting := sum(s.camera is None for s in project.survey.sightings.values()):
            parts.append(
                ngettext("{n} sighting to review", "{n} sightings to review", waiting).format(n=waiting)
            )
        if lost:
            parts.append(
                ngettext("{n} photo without a place", "{n} photos without a place", lost).format(n=lost)
            )
        self._counts.setText(" · ".join(parts))

    def _open_asked(self, path: str) -> None:
        if path:
            self.open_soon(Path(path))
        else:
            self.choose_survey()

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text, STATUS_TIME)

    def _say_written(self, text: str, file: str) -> None:
        self.statusBar().showMessage(text)
        self.written.offer(Path(file))

    def _not_done(self, error: CamwalkError) -> None:
        if isinstance(error, UnexpectedError):
            CrashDialog(error.details, self).open()
        else:
            tell_failure(self, tell(error.reason))

    def at_rest(self) -> bool:
        """Whether everything that loads and paints by itself has done so."""
        return not self.jobs.running and (self.workspace is None or self.workspace.at_rest())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, wherever on the window."""
        take_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a survey, or bring files into the one that is open, else into a new one."""
        files = files_of(event)
        surveys = [f for f in files if f.endswith(SURVEY_SUFFIX)]
        if surveys:
            self.open_soon(Path(surveys[0]))
        elif self.workspace:
            self.workspace.bring_in.bring(files)
        elif files:
            self.new_survey(lambda workspace: workspace.bring_in.bring(files))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the survey; there is nothing to save."""
        self._close_survey()
        self.jobs.shutdown()
        super().closeEvent(event)


def _fill_with_sample(workspace: Workspace) -> None:
    session = workspace.session

    def work(report: Report) -> Edit:
        from camwalk.operations.sample_walk import sample_walk  # imports files, which most days do not

        return sample_walk(report)

    if session.survey == Survey():
        session.start(work, session.do, label=_("Importing"))


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _survey_kinds() -> str:
    return _("Camwalk surveys") + f" (*{SURVEY_SUFFIX})"
