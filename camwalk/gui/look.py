"""How the window looks: palette, stylesheet, type sizes and icons, light and its dark twin."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from camwalk.gui.outline_icon import OutlineIcon
from camwalk.gui.stylesheet import Colours, stylesheet

GRID = 8  # pixels; gaps and margins are GRID or GRID // 2

Theme = Literal["system", "light", "dark"]
Role = Literal["text", "muted", "accent", "on_accent", "warning", "faint"]

LIGHT = Colours(
    panel="#f7f5f1", paper="#fdfcfa", text="#26241f", muted="#625f58", faint="#b3afa6",
    line="#dcd8d0", edge="#857f74", hover="#ece8e1", accent="#c9431a", on_accent="#ffffff", tint="#f6dccf",
    warning="#8a5a00", warning_paper="#fbf0d6",
)  # fmt: skip
DARK = Colours(
    panel="#232220", paper="#1b1a18", text="#e9e6df", muted="#b0aca3", faint="#67645d",
    line="#3a3834", edge="#857f75", hover="#31302c", accent="#ff8659", on_accent="#1b1a18", tint="#54301f",
    warning="#e8bb62", warning_paper="#3a301a",
)  # fmt: skip


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application; call again when the theme or the system's colour scheme changes."""
    system_is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    chosen = DARK if theme == "dark" or (theme == "system" and system_is_dark) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(chosen))
    app.setStyleSheet(stylesheet(chosen))


def is_dark() -> bool:
    """Whether the window is dark now."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colours() -> Colours:
    """The colours in use, for whoever paints by hand."""
    return DARK if is_dark() else LIGHT


def icon(name: str, role: Role = "text") -> QIcon:
    """The outline icon `name` in a colour of the palette; sharp at every scale, follows the theme."""
    return QIcon(OutlineIcon(name, lambda enabled: getattr(colours(), role if enabled else "faint")))


def dress(target: QAbstractButton | QAction, name: str, role: Role = "text") -> None:
    """Give `target` an icon."""
    target.setIcon(icon(name, role))


def small(widget: QWidget) -> None:
    """The small type size, for hints and units."""
    _scale_font(widget, 0.88, QFont.Weight.Normal)


def title(widget: QWidget) -> None:
    """The large type size, for the heading of a panel."""
    _scale_font(widget, 1.25, QFont.Weight.DemiBold)


def muted(widget: QWidget) -> None:
    """Quiet text: captions and what is only good to know."""
    widget.setProperty("look", "muted")


def main_action(button: QWidget) -> None:
    """The one button of a view that the user most likely wants; at most one is dressed so."""
    button.setProperty("look", "main")


def quiet(button: QWidget) -> None:
    """A button without a frame until the pointer is on it."""
    button.setProperty("look", "quiet")


def fold(button: QWidget) -> None:
    """A heading that unfolds what is below it."""
    button.setProperty("look", "fold")


def hairline(widget: QWidget) -> None:
    """Make a QFrame a thin line between parts."""
    widget.setProperty("look", "line")
    widget.setFixedHeight(1)


def _scale_font(widget: QWidget, factor: float, weight: QFont.Weight) -> None:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setWeight(weight)
    widget.setFont(font)


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: c.panel, role.WindowText: c.text, role.Base: c.paper, role.AlternateBase: c.panel,
        role.Text: c.text, role.Button: c.panel, role.ButtonText: c.text, role.BrightText: c.accent,
        role.ToolTipBase: c.paper, role.ToolTipText: c.text, role.PlaceholderText: c.muted,
        role.Highlight: c.tint, role.HighlightedText: c.text, role.Accent: c.accent, role.Link: c.accent,
        role.LinkVisited: c.accent, role.Light: c.paper, role.Midlight: c.hover, role.Mid: c.line,
        role.Dark: c.faint, role.Shadow: c.line,
    }.items():  # fmt: skip
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.faint))
    return palette
