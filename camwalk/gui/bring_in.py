"""The long works a person starts: import files, attach or fetch a map. Each is one job, one edit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from camwalk import settings
from camwalk.gui.column_dialog import ColumnDialog
from camwalk.gui.dialogs import ask_consent, keep_settings, tell_failure
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Box, Edit, Report, Survey, Tags
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, open_extract
from camwalk.operations.find_files import SUFFIXES
from camwalk.paths import file_name
from camwalk.project import EncodedEdit, prepared

if TYPE_CHECKING:
    from camwalk.operations.import_files import Imported
    from camwalk.operations.reference_cameras import TableColumns

T = TypeVar("T")

SURVEY_SUFFIX = ".camwalk"
LIST_SUFFIXES = (".csv", ".tsv", ".osc", ".osc.gz")
MAP_SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz", ".json")


class BringIn:
    """Starts these works for one window, one after the other, and tells how they ended."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session = session
        self._window = window
        self._waiting: list[Callable[[], None]] = []  # the first one is running

    def choose_folder(self) -> None:
        """Let a person choose a folder of photos and tracks."""
        folder = QFileDialog.getExistingDirectory(self._window, _("Choose a folder of photos and tracks"))
        if folder:
            self.bring([folder])

    def choose_files(self) -> None:
        """Let a person choose photos and tracks."""
        every = _("All files")
        kinds = _("Photos, tracks and surveys") + f" ({' '.join(f'*{s}' for s in SUFFIXES)})"
        files, _kind = QFileDialog.getOpenFileNames(
            self._window, _("Choose photos and tracks"), "", f"{kinds};;{every} (*)"
        )
        if files:
            self.bring(files)

    def choose_map(self) -> None:
        """Let a person choose an OSM file."""
        kinds = _("OpenStreetMap files") + " (*.pbf *.osm *.osm.bz2 *.osm.gz *.json)"
        file, _kind = QFileDialog.getOpenFileName(self._window, _("Choose a map file"), "", kinds)
        if file:
            self._say_if_busy()
            self.attach(Path(file))

    def choose_reference(self) -> None:
        """Let a person choose a file of cameras to compare with."""
        kinds = _("Files of cameras") + " (*.osm *.pbf *.osc *.json *.geojson *.csv *.tsv *.txt *.gz *.bz2)"
        file, _kind = QFileDialog.getOpenFileName(
            self._window, _("Choose cameras to compare with"), "", f"{kinds};;{_('All files')} (*)"
        )
        if file:
            self.compare_with(Path(file))

    def compare_with(self, file: Path, chosen: Tags | None = None) -> None:
        """Compare with the cameras in a file; of open data a person says first which column holds what."""

        def ask(columns: "TableColumns | None") -> None:
            if columns is None:
                self._compare(file, {})
                return
            dialog = ColumnDialog(file, columns, chosen or {}, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._compare(file, dialog.columns))
            dialog.open()

        def work(_survey: Survey, _report: Report) -> "TableColumns | None":
            from camwalk.operations.reference_cameras import reference_columns  # loaded when first wanted

            return reference_columns(file)

        self._start(_("Reading"), work, ask)

    def _compare(self, file: Path, columns: Tags) -> None:
        def work(survey: Survey, report: Report) -> Edit:
            from camwalk.operations.reference_cameras import attach_reference

            return attach_reference(survey, file, columns, report)

        self._start(_("Reading"), work, self._session.do)

    def compare_no_longer(self, reference: str) -> None:
        """Compare with that file no longer."""

        def work(survey: Survey, _report: Report) -> Edit:
            from camwalk.operations.reference_cameras import detach_reference

            return detach_reference(survey, reference)

        self._start("", work, self._session.do)

    def bring(self, files: Sequence[str]) -> None:
        """Import photos and tracks; map files among them are attached, lists of cameras compared with."""
        self._say_if_busy()
        maps = [f for f in files if f.lower().endswith(MAP_SUFFIXES)]
        lists = [f for f in files if f.lower().endswith(LIST_SUFFIXES)]
        others = [f for f in files if f not in (*maps, *lists)]
        if others:
            gap = settings.load().largest_gap
            self._start(
                _("Importing"), lambda survey, report: _read(survey, others, gap, report), self._imported
            )
        if maps:
            self.attach(Path(maps[0]))
        for file in lists:
            self.compare_with(Path(file))

    def attach(self, file: Path) -> None:
        """Read an OSM file, then use it as the map."""
        self._start(
            _("Reading the map"),
            lambda survey, report: attach_extract(survey, file, report),
            self._session.do,
        )

    def fetch(self, box: Box | None) -> None:
        """Fetch the map of `box` from an Overpass server, after consent."""
        if box is None:
            tell_failure(self._window, _("Import a walk first, so that Camwalk knows which area to fetch."))
            return
        if not allow_network(self._window, settings.load().overpass):
            return
        self._say_if_busy()
        server, target = settings.load().overpass, self._session.project.path.with_suffix(".map.osm")

        def work(survey: Survey, report: Report) -> Edit:
            from camwalk.operations.fetch_extract import fetch_extract  # network code, seldom wanted

            return fetch_extract(survey, box, server, target, report)

        self._start(_("Fetching the map"), work, self._session.do)

    def open_index(self, ready: Callable[[ExtractIndex | None], None]) -> None:
        """Open the attached extract's index, building it again where the cache was emptied."""
        survey = self._session.survey
        self._session.start(lambda report: open_extract(survey, report), ready, label=_("Reading the map"))

    def _start(self, label: str, work: Callable[[Survey, Report], T], done: Callable[[T], object]) -> None:
        """Work on the survey as it is when everything that was started before has ended."""

        def begin() -> None:
            survey = self._session.survey
            self._session.start(lambda report: work(survey, report), done, label=label, ended=self._go_on)

        self._waiting.append(begin)
        if len(self._waiting) == 1:
            begin()

    def _go_on(self) -> None:
        del self._waiting[0]
        if self._waiting:
            self._waiting[0]()

    def _say_if_busy(self) -> None:
        if self._waiting:
            self._session.said.emit(_("That comes next: another import is still running."))

    def _imported(self, done: "tuple[Imported, EncodedEdit]") -> None:
        result, edit = done
        if self._session.do(edit):
            self._session.said.emit(import_summary(result))


def _read(
    survey: Survey, files: Sequence[str], largest_gap: float, report: Report
) -> "tuple[Imported, EncodedEdit]":
    """The import with its edit ready to be written, so that the window has little left to do."""
    from camwalk.operations.import_files import Wishes, import_files  # loaded here, off the GUI thread

    result = import_files(survey, files, Wishes(largest_gap=largest_gap), report)
    return result, prepared(result.edit)


def allow_network(window: QWidget, server: str) -> bool:
    """Whether a person has said yes to the network; asks once."""
    current = settings.load()
    if not current.network and ask_consent(window, server):
        current = replace(current, network=True)
        keep_settings(window, current)
    return current.network


def import_summary(result: "Imported") -> str:
    """What an import brought, in one line."""
    photos, tracks = result.new.get("photos", 0), result.new.get("tracks", 0)
    parts = [
        ngettext("{n} photo", "{n} photos", photos).format(n=photos),
        ngettext("{n} track", "{n} tracks", tracks).format(n=tracks),
    ]
    if result.known:
        parts.append(
            ngettext("{n} was here already", "{n} were here already", result.known).format(n=result.known)
        )
    if len(result.problems) == 1:
        (only,) = result.problems
        parts.append(f"{file_name(only.path)}: {tell(only.reason)}")
    elif result.problems:
        n = len({problem.path for problem in result.problems})
        parts.append(ngettext("{n} file with a problem", "{n} files with problems", n).format(n=n))
    if result.came_to_nothing and not result.problems:
        why = tell(result.left_aside) if result.left_aside else _("There is no file in that folder.")
        return f"{_('Nothing was imported.')} {why}"
    summary = _("Imported: {what}").format(what=", ".join(parts))
    return f"{summary}. {tell(result.left_aside)}" if result.left_aside else summary
