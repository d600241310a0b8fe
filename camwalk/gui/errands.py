"""Commands that ask something first: where to write, which clock, which settings."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from camwalk import __version__, settings
from camwalk.gui import look
from camwalk.gui.clock_dialog import ClockDialog, ClockWish
from camwalk.gui.dialogs import HistoryDialog, SettingsDialog, tell_failure
from camwalk.gui.photo_words import date_text, walk_zone
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
    session.jobs.start(
        lambda report: write(survey, path, report),
        lambda done: workspace.export.tell_done(_done_words(done, path)),
        lambda error: session.failed.emit(tell(error.reason)),
        _("Exporting"),
    )


def _done_words(done: Exported, path: Path) -> str:
    n = done.count
    written = ngettext("{n} item written to {file}.", "{n} items written to {file}.", n).format(
        n=n, file=path
    )
    return "\n".join([written, *(tell(note) for note in done.notes)])


def set_clock_of_photo(window: "MainWindow", workspace: Workspace) -> None:
    """Set the clock of the device that took the photo in the viewer."""
    photo = workspace.session.survey.photos.get(workspace.session.selection.photo or "")
    if photo:
        ask_clock(window, workspace, photo.device)


def ask_clock(window: "MainWindow", workspace: Workspace, device: str) -> None:
    """Ask how a device's clock went, and set it."""
    session = workspace.session
    survey = session.survey
    dialog = ClockDialog(
        survey.devices[device], list(survey.photos.values()), session.selection.photo, window
    )
    if dialog.exec() == QDialog.DialogCode.Accepted:
        wish = dialog.wish()
        workspace.corrections.correct(lambda now: _clock_edit(now, device, wish))


def _clock_edit(survey: Survey, device: str, wish: ClockWish) -> Edit:
    gap = settings.load().largest_gap
    if wish.photo and wish.shown:
        return set_clock_by_shown_time(survey, wish.photo, wish.shown, wish.zone)
    return set_clock(survey, device, wish.offset or 0.0, wish.zone, largest_gap=gap)


def change_settings(window: "MainWindow") -> None:
    """Ask for the settings of this machine."""
    dialog = SettingsDialog(settings.load(), window)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        try:
            settings.save(dialog.settings())
        except OSError as error:
            reason = error.strerror or str(error)
            tell_failure(window, _("The settings could not be kept: {reason}.").format(reason=reason))
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, dialog.settings().theme)


def show_history(window: "MainWindow", workspace: Workspace) -> None:
    """List all changes of the survey."""
    survey = workspace.session.survey
    zone = walk_zone(survey, next(iter(survey.walks), ""))
    lines = [
        (f"{date_text(e.made, zone)}  {tell(e.label)}", e.undone) for e in workspace.session.project.history()
    ]
    HistoryDialog(lines, window).exec()


def show_keys(window: "MainWindow") -> None:
    """List every command's keys, and what the mouse does."""
    actions = [a for _command, a in window.actions_by_command() if not a.shortcut().isEmpty()]
    native = QKeySequence.SequenceFormat.NativeText
    keys = [f"{a.shortcut().toString(native)}\t{a.text().replace('&', '')}" for a in actions]
    mouse = _(
        "On the map: drag to move, wheel to zoom, arrow keys and + − too. While marking: click where a "
        "camera "
        "hangs, or press there and drag to where it looks. Drag a camera to move it, its knob to turn it. "
        "Drag a photo to say where it was taken. Space or the middle button always moves the map.\n"
        "In the photo: click a camera, or press on it and drag to where it looks: to the right is the "
        "photographer’s right, up is away from the photographer.\n"
        "With a camera selected: 1 to 6 choose its type, the letters on the buttons its mount; Enter notes "
        "that the photo is done and shows the next one."
    )
    _tell(window, _("Keys and mouse"), "\n".join([*keys, "", mouse]))


def show_about(window: "MainWindow") -> None:
    """Version, licence and thanks."""
    text = _(
        "Camwalk {version}\nFrom a surveillance-camera spotting walk to OpenStreetMap-ready cameras.\n\n"
        "Free software under the GNU General Public License, version 3 or later, without any warranty.\n"
        "Map data © OpenStreetMap contributors, available under the Open Database License.\n"
        "Icons: Tabler Icons (MIT)."
    )
    _tell(window, _("About Camwalk"), text.format(version=__version__))


def _tell(window: "MainWindow", title: str, text: str) -> None:
    box = QMessageBox(window)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
