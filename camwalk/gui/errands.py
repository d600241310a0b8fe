"""Commands that ask something first: where to write, which clock, which settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from camwalk import __version__, settings
from camwalk.gui import look
from camwalk.gui.clock_dialog import ClockDialog, ClockWish
from camwalk.gui.dialogs import HistoryDialog, SettingsDialog, keep_settings
from camwalk.gui.photo_words import date_text
from camwalk.gui.workspace import Workspace
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Edit, Report, Survey
from camwalk.operations.export_cameras import Exported, export_cameras, export_survey
from camwalk.operations.set_clock import set_clock, set_clock_by_shown_time

if TYPE_CHECKING:
    from camwalk.gui.main_window import MainWindow


def export_geojson(window: "MainWindow", workspace: Workspace) -> None:
    """Ask where, then write the cameras for OSM tools."""
    _export(
        window,
        workspace,
        _("Write GeoJSON"),
        "",
        lambda survey, path, report: export_cameras(survey, path, report),
    )


def export_whole(window: "MainWindow", workspace: Workspace) -> None:
    """Ask where, then write the whole survey."""
    _export(
        window,
        workspace,
        _("Write the whole survey"),
        "-survey",
        lambda survey, path, _r: export_survey(survey, path),
    )


def _export(
    window: "MainWindow",
    workspace: Workspace,
    title: str,
    ending: str,
    write: Callable[[Survey, Path, Report], Exported],
) -> None:
    session = workspace.session
    start = session.project.path.with_name(f"{session.project.path.stem}{ending}.geojson")
    name, _kind = QFileDialog.getSaveFileName(window, title, str(start), "GeoJSON (*.geojson)")
    if not name:
        return
    path, survey = Path(name if name.endswith(".geojson") else f"{name}.geojson"), session.survey

    def written(done: Exported) -> None:
        workspace.review.export.tell_done("\n".join([_done_words(done, str(path)), *map(tell, done.notes)]))
        session.wrote.emit(_done_words(done, path.name), str(path))

    session.start(lambda report: write(survey, path, report), written, label=_("Exporting"))


def _done_words(done: Exported, file: str) -> str:
    words = ngettext("{n} item written to {file}.", "{n} items written to {file}.", done.count)
    return words.format(n=done.count, file=file)


def set_clock_of_photo(window: "MainWindow", workspace: Workspace) -> None:
    """Set the clock of the device that took the photo in the viewer."""
    if photo := workspace.session.photo:
        ask_clock(window, workspace, photo.device)


def ask_clock(window: "MainWindow", workspace: Workspace, device: str) -> None:
    """Ask how a device's clock went, and set it."""
    session = workspace.session
    survey = session.survey
    dialog = ClockDialog(
        survey.devices[device], list(survey.photos.values()), session.selection.photo, window
    )
    if dialog.exec() == QDialog.DialogCode.Accepted and (wish := dialog.wish()):
        workspace.corrections.correct(lambda now: _clock_edit(now, device, wish))


def _clock_edit(survey: Survey, device: str, wish: ClockWish) -> Edit:
    gap = settings.load().largest_gap
    if wish.photo and wish.shown:
        return set_clock_by_shown_time(survey, wish.photo, wish.shown, wish.zone, largest_gap=gap)
    return set_clock(survey, device, wish.offset or 0.0, wish.zone, largest_gap=gap)


def change_settings(window: "MainWindow") -> None:
    """Ask for the settings of this machine."""
    dialog = SettingsDialog(settings.load(), window)
    if dialog.exec() == QDialog.DialogCode.Accepted and keep_settings(window, dialog.settings()):
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, dialog.settings().theme)


def show_history(window: "MainWindow", workspace: Workspace) -> None:
    """List all changes of the survey."""
    history = workspace.session.project.history()
    HistoryDialog([(f"{_moment(e.made)}  {tell(e.label)}", e.undone) for e in history], window).exec()


def _moment(utc: datetime) -> str:
    """The day and the time of day on this machine's clock, where the change was made."""
    here = utc.astimezone()
    return f"{date_text(here, here.tzinfo or UTC)}, {here:%H:%M}"


def show_about(window: "MainWindow") -> None:
    """Version, licence and thanks."""
    text = _(
        "Camwalk {version}\nFrom a surveillance-camera spotting walk to OpenStreetMap-ready cameras.\n\n"
        "Free software under the GNU General Public License, version 3 or later, without any warranty.\n"
        "Map data © OpenStreetMap contributors, available under the Open Database License.\n"
        "Icons: Tabler Icons (MIT)."
    )
    box = QMessageBox(window)
    box.setWindowTitle(_("About Camwalk"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text.format(version=__version__))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
