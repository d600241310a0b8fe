"""Menus and shortcuts, from one table, so that every action shows its key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from camwalk.gui import look

Keys = QKeySequence.StandardKey | str | None
ALSO = {QKeySequence.StandardKey.Redo: "Ctrl+Y"}
"""Keys that people know from elsewhere, beside those of the system."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a menu: its text, icon, keys, and what it does."""

    text: str
    run: Callable[[], object]
    icon: str | None = None
    keys: Keys = None
    needs_survey: bool = True
    needs_writing: bool = False
    needs_chosen: Literal["photo", "camera"] | None = None
    checkable: bool = False


Menu = tuple[str, Sequence[Command | None]]
"""Its name and what is in it; None makes a separator."""


def fill_menu(
    window: QMainWindow, menu: QMenu, commands: Sequence[Command | None]
) -> list[tuple[Command, QAction]]:
    """Add commands to a menu. The actions, to enable and to put elsewhere."""
    made: list[tuple[Command, QAction]] = []
    for command in commands:
        if command is None:
            menu.addSeparator()
            continue
        action = QAction(command.text, window)
        action.setCheckable(command.checkable)
        if command.icon:
            look.dress(action, command.icon)
        if command.keys is not None:
            own = QKeySequence(command.keys)
            also = [QKeySequence(keys) for known, keys in ALSO.items() if known == command.keys]
            action.setShortcuts([own, *(keys for keys in also if keys != own)])
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{plain(command)} ({shortcut})" if shortcut else plain(command))
        action.triggered.connect(_without_arguments(command.run))
        menu.addAction(action)
        made.append((command, action))
    return made


def plain(command: Command) -> str:
    """Its text outside a menu."""
    return command.text.replace("&", "").rstrip("…")


def _without_arguments(run: Callable[[], object]) -> Callable[[], object]:
    """Qt passes on whether the action is checked; nobody here asks."""
    return lambda: run()
