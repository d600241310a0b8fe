"""The bar above the work: the four activities, the walk, and going to a place."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from camwalk.gui import look
from camwalk.gui.place_search import PlaceSearch
from camwalk.i18n import _
from camwalk.model import Walk


class Activity(IntEnum):
    """The steps of the work, left to right."""

    IMPORT = 0
    MARK = 1
    REVIEW = 2
    EXPORT = 3


class TopBar(QWidget):
    """Emits what is chosen; shows which activity and which walk is on."""

    activity_chosen = Signal(object)  # Activity
    walk_chosen = Signal(object)  # walk id, None for all

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.GRID, look.GRID // 2, look.GRID, look.GRID // 2)
        row.setSpacing(look.GRID // 2)
        self._activities = QButtonGroup(self)
        for activity, (name, icon) in enumerate(_names()):
            row.addWidget(self._activity_button(Activity(activity), name, icon))
        row.addStretch(1)
        self._walks = QComboBox()
        self._walks.setAccessibleName(_("Walk"))
        self._walks.setToolTip(_("Show the photos of one walk, or of all"))
        self._walks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._walks.setMaximumWidth(look.GRID * 30)
        self._walks.activated.connect(lambda: self.walk_chosen.emit(self._walks.currentData()))
        row.addWidget(self._walks)
        self.search = PlaceSearch()
        self.search.setMinimumWidth(look.GRID * 20)
        self.search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search, 1)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            look.quiet(button)
            row.addWidget(button)

    def _activity_button(self, activity: Activity, name: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setToolTip(f"{name} (Ctrl+{activity + 1})")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        look.dress(button, icon)
        self._activities.addButton(button, activity)
        button.clicked.connect(lambda: self.activity_chosen.emit(activity))
        return button

    def show_activity(self, activity: Activity) -> None:
        """Show which activity is on."""
        self._activities.button(activity).setChecked(True)

    def show_walks(self, walks: Sequence[Walk], current: str | None) -> None:
        """Offer these walks."""
        self._walks.clear()
        self._walks.addItem(_("All walks"), None)
        for walk in walks:
            self._walks.addItem(walk.name, walk.id)
        self._walks.setCurrentIndex(max(0, self._walks.findData(current)) if current else 0)
        self._walks.setVisible(len(walks) > 1)


def _names() -> tuple[tuple[str, str], ...]:
    return (
        (_("Import"), "file-import"),
        (_("Mark"), "map-pin"),
        (_("Review"), "list"),
        (_("Export"), "file-export"),
    )
