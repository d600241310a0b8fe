"""Help: every key, menu by menu, and what the mouse does."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui.actions import Keys, Menu, plain
from camwalk.gui.look import GRID
from camwalk.gui.panel_parts import close_button, scrolled, text_label
from camwalk.i18n import _

_SIZE = (GRID * 70, GRID * 75)  # less where the screen is smaller: both halves scroll


class KeysDialog(QDialog):
    """A table of keys that scrolls, above a few sentences on the mouse."""

    def __init__(self, menus: Sequence[Menu], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys and mouse"))
        words = QVBoxLayout()
        for sentence in _mouse().split("\n"):
            words.addWidget(text_label(sentence))
        mouse = scrolled(words)
        column = QVBoxLayout(self)
        column.addWidget(_table(menus), 3)
        column.addWidget(mouse, 2)
        column.addWidget(close_button(self))
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - GRID * 8))


def _table(menus: Sequence[Menu]) -> QTreeWidget:
    table = QTreeWidget()
    table.setAccessibleName(_("Keys"))
    table.setHeaderLabels([_("Command"), _("Keys")])
    table.setRootIsDecorated(False)
    table.header().setStretchLastSection(False)
    table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    for name, commands in menus:
        group = QTreeWidgetItem(table, [name.replace("&", "")])
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for command in filter(None, commands):
            if keys := _native(command.keys):
                QTreeWidgetItem(group, [plain(command), keys])
    table.expandAll()
    return table


def _native(keys: Keys) -> str:
    """As this system writes them; empty where it has none."""
    return "" if keys is None else QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _mouse() -> str:
    return _(
        "On the map: drag to move, wheel to zoom, arrow keys and + − too. While marking: click where a "
        "camera "
        "hangs, or press there and drag to where it looks. Drag a camera to move it, its knob to turn it. "
        "Drag a photo to say where it was taken. Space or the middle button always moves the map.\n"
        "In the photo: click a camera, or press on it and drag to where it looks: to the right is the "
        "photographer’s right, up is away from the photographer.\n"
        "With a camera selected: 1 to 6 choose its type, the letters on the buttons its mount; Enter notes "
        "that the photo is done and shows the next one."
    )
