"""What the menus hold: every command of the window with its keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from camwalk.gui.actions import Command, Menu
from camwalk.gui.camera_errands import (
    copy_tags,
    make_defaults,
    paste_tags_of_clipboard,
    tag_like_the_last,
)
from camwalk.gui.errands import (
    change_settings,
    export_geojson,
    export_whole,
    set_clock_of_photo,
    show_about,
    show_history,
)
from camwalk.gui.keys_dialog import KeysDialog
from camwalk.gui.top_bar import Activity
from camwalk.gui.workspace import Workspace
from camwalk.i18n import _

if TYPE_CHECKING:
    from camwalk.gui.main_window import MainWindow

Key = QKeySequence.StandardKey


def menus(window: "MainWindow") -> Sequence[Menu]:
    """The menu bar. Commands act on the window's survey, where it has one."""
    return (
        (_("&File"), _file_menu(window)),
        (_("&Edit"), _edit_menu(window)),
        (_("&View"), _view_menu(window)),
        (_("&Photo"), _photo_menu(window)),
        (_("&Camera"), _camera_menu(window)),
        (_("&Help"), _help_menu(window)),
    )


def _with(window: "MainWindow", act: Callable[[Workspace], object]) -> Callable[[], None]:
    """Do something with the open survey; nothing where there is none."""

    def run() -> None:
        if window.workspace:
            act(window.workspace)

    return run


def _file_menu(window: "MainWindow") -> Sequence[Command | None]:
    return (
        Command(_("&New survey…"), window.new_survey, "plus", Key.New, needs_survey=False),
        Command(_("&Open a survey…"), window.choose_survey, "folder-open", Key.Open, needs_survey=False),
        Command(_("Open the &sample walk"), window.open_sample, "map", needs_survey=False),
        None,
        Command(
            _("Import a &folder…"),
            _with(window, lambda w: w.bring_in.choose_folder()),
            "folder-plus",
            "Ctrl+I",
            needs_writing=True,
        ),
        Command(
            _("Import f&iles…"),
            _with(window, lambda w: w.bring_in.choose_files()),
            "file-import",
            "Ctrl+Shift+I",
            needs_writing=True,
        ),
        Command(
            _("Choose a &map file…"),
            _with(window, lambda w: w.bring_in.choose_map()),
            "map-search",
            needs_writing=True,
        ),
        Command(
            _("Fetch a map from OpenStreetMap…"),
            _with(window, lambda w: w.map.fetch_map()),
            "world-download",
            needs_writing=True,
        ),
        None,
        Command(
            _("&Export GeoJSON…"), _with(window, lambda w: export_geojson(window, w)), "file-export", "Ctrl+E"
        ),
        Command(
            _("Export the &whole survey…"), _with(window, lambda w: export_whole(window, w)), "device-floppy"
        ),
        None,
        Command(_("&Settings…"), lambda: change_settings(window), "settings", "Ctrl+,", needs_survey=False),
        Command(_("&Quit"), window.close, None, Key.Quit, needs_survey=False),
    )


def _edit_menu(window: "MainWindow") -> Sequence[Command | None]:
    return (
        Command(_("&Undo"), _with(window, _undo), "arrow-back-up", Key.Undo, needs_writing=True),
        Command(_("&Redo"), _with(window, _redo), "arrow-forward-up", Key.Redo, needs_writing=True),
        Command(_("&History…"), _with(window, lambda w: show_history(window, w)), "history", "Ctrl+H"),
    )


def _view_menu(window: "MainWindow") -> Sequence[Command | None]:
    names = (
        (_("&Import"), "file-import"),
        (_("&Mark"), "map-pin"),
        (_("&Review"), "list"),
        (_("&Export"), "file-export"),
    )
    activities = [
        Command(
            name, _with(window, partial(Workspace.show_activity, activity=Activity(i))), icon, f"Ctrl+{i + 1}"
        )
        for i, (name, icon) in enumerate(names)
    ]
    return (
        *activities,
        None,
        Command(
            _("The whole &walk"), _with(window, lambda w: w.map.canvas.fit()), "focus-centered", "Ctrl+0"
        ),
        Command(_("Go to a &place"), _with(window, lambda w: w.bar.search.setFocus()), "search", "Ctrl+F"),
    )


def _photo_menu(window: "MainWindow") -> Sequence[Command | None]:
    return (
        Command(_("&Next photo"), _with(window, lambda w: w.photos.step(1)), "chevron-right", "PgDown"),
        Command(_("&Previous photo"), _with(window, lambda w: w.photos.step(-1)), "chevron-left", "PgUp"),
        Command(
            _("Looked at, &go on"),
            _with(window, lambda w: w.photos.nothing_here()),
            "eye-check",
            "Ctrl+Return",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("N&o camera here, go on"),
            _with(window, lambda w: w.go_on()),
            "eye-check",
            "N",
            needs_writing=True,
            needs_chosen="photo",
        ),
        None,
        Command(
            _("P&lace it on the map"),
            _with(window, lambda w: w.map.ask_place_of_photo()),
            "map-pin-plus",
            "Ctrl+L",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("Forget the place &set by hand"),
            _with(window, lambda w: w.map.forget_place_of_photo()),
            "map-pin-off",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("Take its direction from the &walk"),
            _with(window, lambda w: w.corrections.take_from_walk()),
            "route",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("Take its direction from a &known point"),
            _with(window, lambda w: w.corrections.take_from_point()),
            "focus-centered",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("Forget the &direction set by hand"),
            _with(window, lambda w: w.corrections.forget_direction()),
            "compass",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("Set the &clock of its device…"),
            _with(window, lambda w: set_clock_of_photo(window, w)),
            "clock-edit",
            "Ctrl+K",
            needs_writing=True,
            needs_chosen="photo",
        ),
        Command(
            _("&Remove it from the survey"),
            _with(window, lambda w: w.photos.remove()),
            "photo-off",
            needs_writing=True,
            needs_chosen="photo",
        ),
    )


def _camera_menu(window: "MainWindow") -> Sequence[Command | None]:
    return (
        Command(_("&Mark a camera"), _with(window, _toggle_marking), "map-pin", "M", needs_writing=True),
        Command(
            _("&Show it on the map"),
            _with(window, _go_to_camera),
            "focus-centered",
            "Ctrl+G",
            needs_chosen="camera",
        ),
        Command(
            _("This &photo shows it"),
            _with(window, lambda w: w.link_photo()),
            "photo",
            "Ctrl+T",
            needs_writing=True,
            needs_chosen="camera",
        ),
        *_sighting_commands(window),
        None,
        *_tag_commands(window),
        None,
        Command(
            _("&Delete it"),
            _with(window, lambda w: w.delete_camera()),
            "trash",
            Key.Delete,
            needs_writing=True,
            needs_chosen="camera",
        ),
    )


def _sighting_commands(window: "MainWindow") -> Sequence[Command | None]:
    return (
        None,
        Command(
            _("Next &likely place"),
            _with(window, lambda w: w.sights.when_placed(w.sights.next_place)),
            "refresh",
            "V",
            needs_writing=True,
            needs_chosen="camera",
        ),
        Command(
            _("&Another on this pole"),
            _with(window, lambda w: w.sights.when_placed(w.sights.another)),
            "plus",
            "A",
            needs_writing=True,
            needs_chosen="camera",
        ),
        Command(
            _("The sa&me as the one nearby"),
            _with(window, lambda w: w.sights.when_placed(w.same.merge_asked)),
            "check",
            "S",
            needs_writing=True,
            needs_chosen="camera",
        ),
        Command(
            _("&Not the same as the one nearby"),
            _with(window, lambda w: w.sights.when_placed(w.same.refuse)),
            "x",
            "Shift+S",
            needs_writing=True,
            needs_chosen="camera",
        ),
    )


def _tag_commands(window: "MainWindow") -> Sequence[Command]:
    return (
        Command(
            _("Tags &like the last one"),
            _with(window, tag_like_the_last),
            "copy",
            "D",
            needs_writing=True,
            needs_chosen="camera",
        ),
        Command(_("&Copy its tags"), _with(window, copy_tags), "copy", "Ctrl+Shift+C", needs_chosen="camera"),
        Command(
            _("Pas&te tags"),
            _with(window, paste_tags_of_clipboard),
            "tag",
            "Ctrl+Shift+V",
            needs_writing=True,
            needs_chosen="camera",
        ),
        Command(
            _("New cameras of this &walk get its place, zone and operator"),
            _with(window, make_defaults),
            "route",
            needs_writing=True,
            needs_chosen="camera",
        ),
    )


def _help_menu(window: "MainWindow") -> Sequence[Command | None]:
    return (
        Command(
            _("&Keys and mouse"), lambda: _show_keys(window), "keyboard", Key.HelpContents, needs_survey=False
        ),
        Command(_("&About Camwalk"), lambda: show_about(window), "info-circle", needs_survey=False),
    )


def _show_keys(window: "MainWindow") -> None:
    KeysDialog(menus(window), window).exec()


def _undo(workspace: Workspace) -> None:
    project = workspace.session.project
    workspace.session.turn(project.undo, _("Taken back: {what}"), _("There is nothing to take back."))


def _redo(workspace: Workspace) -> None:
    project = workspace.session.project
    workspace.session.turn(project.redo, _("Done again: {what}"), _("There is nothing to do again."))


def _toggle_marking(workspace: Workspace) -> None:
    if workspace.activity not in (Activity.MARK, Activity.REVIEW):
        workspace.show_activity(Activity.MARK)
    workspace.map.toggle_marking()


def _go_to_camera(workspace: Workspace) -> None:
    if camera := workspace.session.selection.camera:
        workspace.map.go_to_camera(camera)
