"""The buttons that lie on the map."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.map.layers import Layer
from camwalk.gui.panel_parts import button
from camwalk.i18n import _


class MapTools(QWidget):
    """Mark, zoom, and choose what is shown; only asks, does nothing itself."""

    marking_asked = Signal()
    zoom_asked = Signal(int)  # steps closer
    whole_asked = Signal()
    layer_toggled = Signal(str, bool)  # Layer, shown
    pictures_toggled = Signal(bool)

    def __init__(self, parent: QWidget, shown: Collection[Layer], *, can_mark: bool) -> None:
        super().__init__(parent)
        self._mark = button(_("Mark a camera"), "map-pin-plus", self.marking_asked.emit, main=True)
        self._mark.setToolTip(_("Then click where it hangs; press and drag to give its facing too (M)"))
        self._mark.setEnabled(can_mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID // 2)
        column.addWidget(self._mark)
        for tool in (
            _tool("plus", _("Closer (+)"), lambda: self.zoom_asked.emit(1)),
            _tool("minus", _("Farther (−)"), lambda: self.zoom_asked.emit(-1)),
            _tool("maximize", _("The whole walk (Home)"), self.whole_asked.emit),
            self._layers(shown),
        ):
            column.addWidget(tool, alignment=Qt.AlignmentFlag.AlignLeft)

    def _layers(self, shown: Collection[Layer]) -> QToolButton:
        tool = _tool("layers-subtract", _("What the map shows"), lambda: None)
        menu = QMenu(self)
        for layer, name in _layer_names().items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(layer in shown)
            action.toggled.connect(self._toggles(layer))
        menu.addSeparator()
        self.pictures = menu.addAction(_("Map pictures from the network"))
        self.pictures.setCheckable(True)
        self.pictures.triggered.connect(self.pictures_toggled)
        tool.setMenu(menu)
        tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return tool

    def _toggles(self, layer: Layer) -> Callable[[bool], None]:
        return lambda on: self.layer_toggled.emit(layer, on)

    def offer_marking(self, offered: bool) -> None:
        """Show the button that marks, or not."""
        self._mark.setVisible(offered)
        self.adjustSize()

    def show_marking(self, on: bool) -> None:
        """Show whether clicks mark."""
        self._mark.setText(_("Done marking") if on else _("Mark a camera"))
        look.dress(self._mark, "check" if on else "map-pin-plus", "on_accent")
        self.adjustSize()


def _tool(icon: str, name: str, does: Callable[[], object]) -> QToolButton:
    tool = QToolButton()
    look.dress(tool, icon)
    tool.setToolTip(name)
    tool.setAccessibleName(name)
    tool.clicked.connect(lambda: does())
    return tool


def _layer_names() -> dict[Layer, str]:
    return {
        "cameras": _("Cameras"),
        "osm": _("Cameras that OpenStreetMap knows"),
        "photos": _("Photos"),
        "tracks": _("Tracks"),
        "waypoints": _("Notes"),
    }
