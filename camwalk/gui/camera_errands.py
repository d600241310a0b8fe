"""Commands on the selected camera that carry tags: from the last one, through the clipboard, to the walk."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from camwalk.gui.workspace import Workspace
from camwalk.i18n import _
from camwalk.model import Edit, Survey
from camwalk.operations.carry_tags import defaults_from_camera, like_the_last, paste_tags, tags_as_text


def tag_like_the_last(workspace: Workspace) -> None:
    """Give the selected camera the type, mount, zone, operator and watched place used last."""
    _on_camera(workspace, like_the_last)


def copy_tags(workspace: Workspace) -> None:
    """Put the selected camera's tags into the clipboard, as JOSM does."""
    session = workspace.session
    camera = session.survey.cameras.get(session.selection.camera or "")
    if camera is None:
        session.said.emit(_("Choose a camera first."))
        return
    QGuiApplication.clipboard().setText(tags_as_text(camera.tags))
    session.said.emit(_("Tags copied."))


def paste_tags_of_clipboard(workspace: Workspace) -> None:
    """Add the tags in the clipboard to the selected camera."""
    text = QGuiApplication.clipboard().text()
    _on_camera(workspace, lambda survey, camera: paste_tags(survey, camera, text))


def make_defaults(workspace: Workspace) -> None:
    """Let new cameras of the walk begin with the selected camera's place, zone and operator."""
    _on_camera(workspace, defaults_from_camera)


def _on_camera(workspace: Workspace, operation: Callable[[Survey, str], Edit]) -> None:
    workspace.form.finish()
    workspace.sights.when_placed(lambda: _apply(workspace, operation))


def _apply(workspace: Workspace, operation: Callable[[Survey, str], Edit]) -> None:
    session, camera = workspace.session, workspace.session.selection.camera
    if camera is None:
        session.said.emit(_("Choose a camera first."))
    else:
        session.attempt(lambda: operation(session.survey, camera))
