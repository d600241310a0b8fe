"""The stylesheet of the window: flat panels, hairlines, a visible focus ring."""

import os
from dataclasses import asdict, dataclass
from string import Template

from camwalk import paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of one theme, as #rrggbb: greys, one accent, one calm warning."""

    panel: str
    paper: str
    text: str
    muted: str
    faint: str
    line: str  # a hairline between parts
    edge: str  # the outline of what can be filled in, ticked or dragged: 3:1 against its ground
    hover: str
    accent: str
    on_accent: str
    tint: str  # the accent mixed into paper, behind what is selected
    warning: str
    warning_paper: str


def stylesheet(colours: Colours) -> str:
    """The application's stylesheet in these colours."""
    down, up = (_coloured_file(f"chevron-{way}", colours.muted) for way in ("down", "up"))
    tick, off = (_coloured_file("check", colour) for colour in (colours.on_accent, colours.faint))
    return Template(_RULES).substitute(asdict(colours), down=down, up=up, tick=tick, tick_off=off)


def _coloured_file(name: str, colour: str) -> str:
    """A stylesheet takes pictures from files only, so the icon is written in its colour to the cache."""
    source = paths.resources() / "icons" / f"{name}.svg"
    target = paths.cache_folder() / f"{name}-{colour[1:]}.svg"
    if not target.exists():
        part = target.with_suffix(f".{os.getpid()}")
        try:
            part.write_text(
                source.read_text(encoding="utf-8").replace("currentColor", colour), encoding="utf-8"
            )
            part.replace(target)
        except OSError:  # a full disk: then the icon is black
            return source.as_posix()
    return target.as_posix()


_RULES = """
QToolTip { background: $paper; color: $text; border: 1px solid $line; padding: 4px; }
QLabel[look="muted"] { color: $muted; }
QFrame[look="line"] { background: $line; border: none; }
QFrame[look="notice"] { background: $warning_paper; border: none; border-radius: 4px; }
QFrame[look="notice"] QLabel { color: $warning; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QPushButton, QToolButton {
    background: $paper; color: $text; border: 1px solid $line; border-radius: 4px; padding: 5px 10px;
}
QToolButton { padding: 5px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:checked, QToolButton:checked { background: $tint; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 9px; }
QToolButton:focus { padding: 4px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $panel; }
QPushButton[look="main"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[look="main"]:focus { border-color: $text; }
QPushButton[look="main"]:disabled { background: $panel; color: $faint; border-color: $line; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border-color: $accent; }
QPushButton[look="quiet"]:checked, QToolButton[look="quiet"]:checked {
    background: $tint; border-color: $accent;
}
QToolButton[look="fold"] { background: transparent; border: none; padding: 4px 4px 4px 0; font-weight: 700; }
QToolButton[look="fold"]:hover { color: $accent; }
QToolButton[look="fold"]:focus { border: 2px solid $accent; padding: 2px 2px 2px 0; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {
    background: $paper; color: $text; border: 1px solid $edge; border-radius: 4px; padding: 4px 6px;
    selection-background-color: $tint; selection-color: $text;
}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus {
    border: 2px solid $accent; padding: 3px 5px;
}
QLineEdit:read-only { background: $panel; color: $muted; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    background: $panel; color: $faint; border-color: $line; placeholder-text-color: $faint;
}
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 14px; height: 14px; }
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: none; width: 18px; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { border: 1px solid $line; background: $paper; }

QCheckBox, QRadioButton { spacing: 8px; padding: 2px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator {
    width: 14px; height: 14px; background: $paper; border: 1px solid $edge; border-radius: 3px;
}
QRadioButton::indicator { border-radius: 8px; }
QMenu::indicator { margin-left: 4px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QMenu::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QRadioButton::indicator:checked {
    width: 6px; height: 6px; background: $on_accent; border: 5px solid $accent;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $panel; border-color: $faint; }
QCheckBox::indicator:checked:disabled { image: url("$tick_off"); }
QRadioButton::indicator:checked:disabled { background: $faint; border: 5px solid $panel; }

QAbstractItemView {
    background: $paper; border: 1px solid $line; outline: none;
    selection-background-color: $tint; selection-color: $text;
}
QAbstractItemView:focus { border: 1px solid $accent; }
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 4px 6px;
}
QHeaderView { border: none; }
QTableView::item { border-bottom: 1px solid $hover; }
QTableView QLineEdit { border-radius: 0; padding: 0 4px; }
QScrollArea { border: 1px solid transparent; background: transparent; }
QScrollArea:focus { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $panel; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $paper; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 3px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QStatusBar { background: $panel; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QProgressBar { background: $hover; border: none; border-radius: 3px; max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTabBar::tab { color: $muted; padding: 6px 10px; border-bottom: 2px solid transparent; background: none; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
"""
