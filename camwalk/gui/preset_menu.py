"""The button of the camera form that gives a camera the tags of a preset, and keeps the group's own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from camwalk.gui import look
from camwalk.i18n import _, tell
from camwalk.model import Preset, Tags
from camwalk.operations.tag_presets import BUILT_IN

MOST_KEYS = 9  # presets that a digit chooses


class PresetMenu(QToolButton):
    """Tells which preset a person chose, and which to keep or to forget; changes nothing itself."""

    chosen = Signal(object)  # Tags
    save_asked = Signal()
    delete_asked = Signal(str)  # preset id

    def __init__(self) -> None:
        super().__init__()
        look.dress(self, "tag")
        look.quiet(self)
        self.setToolTip(_("Tags of a preset (Ctrl+P)"))
        self.setAccessibleName(_("Presets"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))

    def show_presets(self, own: Sequence[Preset]) -> None:
        """Offer Camwalk's presets and the group's own; in the menu the digits choose the first nine."""
        menu = self.menu()
        menu.clear()
        builtin = [(tell(preset.name), preset.tags) for preset in BUILT_IN]
        offered = [*builtin, *((preset.name, preset.tags) for preset in own)]
        for number, (name, tags) in enumerate(offered, 1):
            if number == len(builtin) + 1:
                menu.addSeparator()
            menu.addAction(_labelled(number, name), partial(self._choose, tags))
        menu.addSeparator()
        menu.addAction(_("&Save its tags as a preset…"), self.save_asked.emit)
        forget = menu.addMenu(_("&Delete a preset"))
        forget.setEnabled(bool(own))
        for preset in own:
            forget.addAction(_plain(preset.name), partial(self.delete_asked.emit, preset.id))

    def _choose(self, tags: Tags) -> None:
        self.chosen.emit(tags)


def _labelled(number: int, name: str) -> str:
    return f"&{number}  {_plain(name)}" if number <= MOST_KEYS else _plain(name)


def _plain(name: str) -> str:
    return name.replace("&", "&&")
