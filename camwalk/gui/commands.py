"""What the menus hold: every command of the window with its keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from camwalk.gui.actions import Command, Menu
from camwalk.gui.camera_errands import (
    copy_tags,
    make_defaults,
    open_presets,
    paste_tags_of_clipboard,
    save_tags_as_preset,
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
_change = partial(Command, needs_writing=True)
_photo = partial(Command, needs_writing=True, needs_chosen="photo")
_camera = partial(Command, needs_writing=True, needs_chosen="camera")


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
    do = partial(_with, window)
    return (
        Command(_("&New survey…"), window.new_survey, "plus", Key.New, needs_survey=False),
        Command(_("&Open a survey…"), window.choose_survey, "folder-open", Key.Open, needs_survey=False),
        Command(_("Open the &sample walk"), window.open_sample, "map", needs_survey=False),
        None,
        _change(_("Import a &folder…"), do(lambda w: w.bring_in.choose_folder()), "folder-plus", "Ctrl+I"),
        _change(_("Import f&iles…"), do(lambda w: w.bring_in.choose_files()), "file-import", "Ctrl+Shift+I"),
        _change(_("Choose a &map file…"), do(lambda w: w.bring_in.choose_map()), "map-search"),
        _change(
            _("&Compare with a file of cameras…"), do(lambda w: w.bring_in.choose_reference()), "device-cctv"
        ),
        _change(_("Fetch a map from OpenStreetMap…"), do(lambda w: w.map.fetch_map()), "world-download"),
        None,
        Command(_("&Export GeoJSON…"), do(lambda w: export_geojson(window, w)), "file-export", "Ctrl+E"),
        Command(_("Export the &whole survey…"), do(lambda w: export_whole(window, w)), "device-floppy"),
        None,
        Command(_("&Settings…"), lambda: change_settings(window), "settings", "Ctrl+,", needs_survey=False),
        Command(_("&Quit"), window.close, None, Key.Quit, needs_survey=False),
    )


def _edit_menu(window: "MainWindow") -> Sequence[Command | None]:
    do = partial(_with, window)
    return (
        _change(_("&Undo"), do(_undo), "arrow-back-up", Key.Undo),
        _change(_("&Redo"), do(_redo), "arrow-forward-up", Key.Redo),
        Command(_("&History…"), do(lambda w: show_history(window, w)), "history", "Ctrl+H"),
    )


def _view_menu(window: "MainWindow") -> Sequence[Command | None]:
    do = partial(_with, window)
    names = (
        (_("&Import"), "file-import"),
        (_("&Mark"), "map-pin"),
        (_("&Review"), "list"),
        (_("&Export"), "file-export"),
    )
    activities = [
        Command(name, do(partial(Workspace.show_activity, activity=Activity(i))), icon, f"Ctrl+{i + 1}")
        for i, (name, icon) in enumerate(names)
    ]
    return (
        *activities,
        None,
        Command(_("The whole &walk"), do(lambda w: w.map.canvas.fit()), "focus-centered", "Ctrl+0"),
        Command(_("Go to a &place"), do(lambda w: w.bar.search.setFocus()), "search", "Ctrl+F"),
    )


def _photo_menu(window: "MainWindow") -> Sequence[Command | None]:
    do = partial(_with, window)
    return (
        Command(_("&Next photo"), do(lambda w: w.photos.step(1)), "chevron-right", "PgDown"),
        Command(_("&Previous photo"), do(lambda w: w.photos.step(-1)), "chevron-left", "PgUp"),
        _photo(_("Looked at, &go on"), do(lambda w: w.photos.nothing_here()), "eye-check", "Ctrl+Return"),
        _photo(_("N&o camera here, go on"), do(lambda w: w.go_on()), "eye-check", "N"),
        None,
        _photo(_("P&lace it on the map"), do(lambda w: w.map.ask_place_of_photo()), "map-pin-plus", "Ctrl+L"),
        _photo(
            _("Forget the place &set by hand"), do(lambda w: w.map.forget_place_of_photo()), "map-pin-off"
        ),
        _photo(_("Take its direction from the &walk"), do(lambda w: w.corrections.take_from_walk()), "route"),
        _photo(
            _("Take its direction from a &known point"),
            do(lambda w: w.corrections.take_from_point()),
            "focus-centered",
        ),
        _photo(
            _("Forget the &direction set by hand"), do(lambda w: w.corrections.forget_direction()), "compass"
        ),
        _photo(
            _("Set the &clock of its device…"),
            do(lambda w: set_clock_of_photo(window, w)),
            "clock-edit",
            "Ctrl+K",
        ),
        _photo(_("&Remove it from the survey"), do(lambda w: w.photos.remove()), "photo-off"),
    )


def _camera_menu(window: "MainWindow") -> Sequence[Command | None]:
    do = partial(_with, window)
    return (
        _change(_("&Mark a camera"), do(_toggle_marking), "map-pin", "M"),
        Command(
            _("&Show it on the map"), do(_go_to_camera), "focus-centered", "Ctrl+G", needs_chosen="camera"
        ),
        _camera(_("This &photo shows it"), do(lambda w: w.link_photo()), "photo", "Ctrl+T"),
        *_sighting_commands(window),
        None,
        *_tag_commands(window),
        None,
        _camera(_("&Delete it"), do(lambda w: w.delete_camera()), "trash", Key.Delete),
    )


def _sighting_commands(window: "MainWindow") -> Sequence[Command | None]:
    do = partial(_with, window)
    return (
        None,
        _camera(
            _("Next &likely place"), do(lambda w: w.sights.when_placed(w.sights.next_place)), "refresh", "V"
        ),
        _camera(
            _("&Another on this pole"), do(lambda w: w.sights.when_placed(w.sights.another)), "plus", "A"
        ),
        _camera(
            _("The sa&me as the one nearby"),
            do(lambda w: w.sights.when_placed(w.same.merge_asked)),
            "check",
            "S",
        ),
        _camera(
            _("&Not the same as the one nearby"),
            do(lambda w: w.sights.when_placed(w.same.refuse)),
            "x",
            "Shift+S",
        ),
    )


def _tag_commands(window: "MainWindow") -> Sequence[Command]:
    do = partial(_with, window)
    return (
        _camera(_("Tags &like the last one"), do(tag_like_the_last), "copy", "D"),
        _camera(_("&Tags of a preset"), do(open_presets), "tag", "Ctrl+P"),
        _camera(_("Sa&ve its tags as a preset…"), do(save_tags_as_preset), "tag"),
        Command(_("&Copy its tags"), do(copy_tags), "copy", "Ctrl+Shift+C", needs_chosen="camera"),
        _camera(_("Pas&te tags"), do(paste_tags_of_clipboard), "tag", "Ctrl+Shift+V"),
        _camera(_("New cameras of this &walk get its place, zone and operator"), do(make_defaults), "route"),
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
