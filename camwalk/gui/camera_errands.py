"""Commands on the selected camera that carry tags: from the last one, through the clipboard, to the walk."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog

from camwalk.gui.workspace import Workspace
from camwalk.i18n import _
from camwalk.model import Camera, Edit, Survey
from camwalk.operations.carry_tags import defaults_from_camera, like_the_last, paste_tags, tags_as_text
from camwalk.operations.tag_presets import save_preset


def tag_like_the_last(workspace: Workspace) -> None:
    """Give the selected camera the type, mount, zone, operator and watched place used last."""
    _on_camera(workspace, like_the_last)


def copy_tags(workspace: Workspace) -> None:
    """Put the selected camera's tags into the clipboard, as JOSM does."""
    if camera := _chosen(workspace):
        QGuiApplication.clipboard().setText(tags_as_text(camera.tags))
        workspace.session.said.emit(_("Tags copied."))


def paste_tags_of_clipboard(workspace: Workspace) -> None:
    """Add the tags in the clipboard to the selected camera."""
    text = QGuiApplication.clipboard().text()
    _on_camera(workspace, lambda survey, camera: paste_tags(survey, camera, text))


def make_defaults(workspace: Workspace) -> None:
    """Let new cameras of the walk begin with the selected camera's place, zone and operator."""
    _on_camera(workspace, defaults_from_camera)


def open_presets(workspace: Workspace) -> None:
    """Offer the presets, for the keyboard."""
    if _chosen(workspace):
        workspace.form.presets.showMenu()


def save_tags_as_preset(workspace: Workspace) -> None:
    """Ask for a name, and keep the selected camera's tags under it for the group."""
    workspace.form.finish()
    session, camera = workspace.session, _chosen(workspace)
    if camera is None:
        return
    name, wanted = QInputDialog.getText(workspace, _("Save a preset"), _("Name of the preset"))
    if wanted:
        session.attempt(lambda: save_preset(session.survey, name, camera.tags))


def _on_camera(workspace: Workspace, operation: Callable[[Survey, str], Edit]) -> None:
    workspace.form.finish()
    workspace.sights.when_placed(lambda: _apply(workspace, operation))


def _apply(workspace: Workspace, operation: Callable[[Survey, str], Edit]) -> None:
    if camera := _chosen(workspace):
        workspace.session.attempt(lambda: operation(workspace.session.survey, camera.id))


def _chosen(workspace: Workspace) -> Camera | None:
    """The camera that is shown; says what to do where there is none."""
    camera = workspace.session.camera
    if camera is None:
        workspace.session.said.emit(_("Choose a camera first."))
    return camera
