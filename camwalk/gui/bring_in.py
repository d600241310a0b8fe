"""The long works a person starts: import files, attach or fetch a map. Each is one job, one edit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from camwalk import settings
from camwalk.gui.column_dialog import ColumnDialog
from camwalk.gui.dialogs import ask_consent, tell_failure
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Box, CamwalkError, Edit, Report, Tags
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, fetch_extract, open_extract
from camwalk.operations.import_files import Imported, Wishes, import_files
from camwalk.operations.reference_cameras import TableColumns, attach_reference, reference_columns
from camwalk.project import EncodedEdit, prepared

T = TypeVar("T")

SURVEY_SUFFIX = ".camwalk"
MAP_SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz", ".json")


class BringIn:
    """Starts these works for one window and tells how they ended."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session = session
        self._window = window

    def choose_folder(self) -> None:
        """Let a person choose a folder of photos and tracks."""
        folder = QFileDialog.getExistingDirectory(self._window, _("Choose a folder of photos and tracks"))
        if folder:
            self.bring([folder])

    def choose_files(self) -> None:
        """Let a person choose photos and tracks."""
        every = _("All files")
        kinds = _("Photos, tracks and surveys") + " (*.jpg *.jpeg *.heic *.heif *.png *.gpx *.geojson)"
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

        def ask(columns: TableColumns | None) -> None:
            if columns is None:
                self._compare(file, {})
                return
            dialog = ColumnDialog(file, columns, chosen or {}, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._compare(file, dialog.columns))
            dialog.open()

        self._start(_("Reading"), lambda _report: reference_columns(file), ask)

    def _compare(self, file: Path, columns: Tags) -> None:
        survey = self._session.survey
        self._start(
            _("Reading"), lambda report: attach_reference(survey, file, columns, report), self._attached
        )

    def bring(self, files: Sequence[str]) -> None:
        """Import photos and tracks; map files among them are attached."""
        maps = [f for f in files if f.lower().endswith(MAP_SUFFIXES)]
        others = [f for f in files if f not in maps]
        if others:
            survey = self._session.survey
            gap = settings.load().largest_gap
            self._start(
                _("Importing"),
                lambda report: _prepared(import_files(survey, others, Wishes(largest_gap=gap), report)),
                self._imported,
            )
        if maps:
            self.attach(Path(maps[0]))

    def attach(self, file: Path) -> None:
        """Read an OSM file, then use it as the map."""
        survey = self._session.survey
        self._start(_("Reading the map"), lambda report: attach_extract(survey, file, report), self._attached)

    def fetch(self, box: Box | None) -> None:
        """Fetch the map of `box` from an Overpass server, after consent."""
        if box is None:
            tell_failure(self._window, _("Import a walk first, so that Camwalk knows which area to fetch."))
            return
        if not allow_network(self._window, settings.load().overpass):
            return
        survey, server = self._session.survey, settings.load().overpass
        target = self._session.project.path.with_suffix(".map.osm")

        def work(report: Report) -> Edit:
            fetch_extract(box, server, target, report)
            return attach_extract(survey, target, report)

        self._start(_("Fetching the map"), work, self._attached)

    def open_index(self, ready: Callable[[ExtractIndex | None], None]) -> None:
        """Open the attached extract's index, building it again where the cache was emptied."""
        survey = self._session.survey
        self._start(_("Reading the map"), lambda report: open_extract(survey, report), ready)

    def _start(self, label: str, work: Callable[[Report], T], done: Callable[[T], object]) -> None:
        self._session.jobs.start(work, done, self._failed, label)

    def _failed(self, error: CamwalkError) -> None:
        self._session.failed.emit(tell(error.reason))

    def _imported(self, done: tuple[Imported, EncodedEdit]) -> None:
        result, edit = done
        if self._session.do(edit):
            self._session.said.emit(import_summary(result))

    def _attached(self, edit: Edit) -> None:
        self._session.do(edit)


def _prepared(result: Imported) -> tuple[Imported, EncodedEdit]:
    """The import with its edit ready to be written, so that the window has little left to do."""
    return result, prepared(result.edit)


def allow_network(window: QWidget, server: str) -> bool:
    """Whether a person has said yes to the network; asks once."""
    current = settings.load()
    if not current.network and ask_consent(window, server):
        current = replace(current, network=True)
        settings.save(current)
    return current.network


def import_summary(result: Imported) -> str:
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
    if result.problems:
        n = len(result.problems)
        parts.append(ngettext("{n} file with a problem", "{n} files with problems", n).format(n=n))
    return _("Imported: {what}").format(what=", ".join(parts))
