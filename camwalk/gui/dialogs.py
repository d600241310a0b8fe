"""Small dialogs: consent to the network, settings, history, messages, the unexpected."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from camwalk import settings
from camwalk.gui.panel_parts import close_button, ok_cancel, text_label
from camwalk.i18n import LANGUAGES, _
from camwalk.settings import OSM_TILES, OVERPASS, Settings


def tell_failure(parent: QWidget, text: str) -> None:
    """Say why something was not done; text from files stays plain."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Camwalk")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def keep_settings(parent: QWidget, wanted: Settings) -> bool:
    """Keep the settings for the next start; False, with the reason shown, where that fails."""
    try:
        settings.save(wanted)
    except OSError as error:
        tell_failure(
            parent,
            _("The settings could not be saved ({detail}). They stay as they were.").format(
                detail=error.strerror
            ),
        )
        return False
    return True


def ask_consent(parent: QWidget, server: str) -> bool:
    """Ask before the first contact with the network; what would be sent, and to whom."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Use the network?"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_("May Camwalk ask {server} for map data?").format(server=server))
    box.setInformativeText(
        _(
            "That server learns your internet address and which area you look at. Photos, tracks and cameras "
            "are never sent. You can take this back in the settings."
        )
    )
    yes = box.addButton(_("Yes, use the network"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(_("No, stay offline"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is yes


class SettingsDialog(QDialog):
    """What can be set on this machine; `settings` is the answer."""

    def __init__(self, before: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self._before = before
        self._language = _choices({"": _("As the system"), **LANGUAGES}, before.language or "")
        themes = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        self._theme = _choices(themes, before.theme)
        self._network = QCheckBox(_("Camwalk may use the network when I ask for map data"))
        self._network.setChecked(before.network)
        self._overpass = QLineEdit(before.overpass)
        self._overpass.setPlaceholderText(OVERPASS)
        self._tiles = QLineEdit(before.tiles)
        self._tiles.setPlaceholderText(OSM_TILES)
        form = QFormLayout()
        form.addRow(_("Language"), self._language)
        form.addRow(_("Colours"), self._theme)
        form.addRow(self._network)
        form.addRow(_("Overpass server"), self._overpass)
        form.addRow(_("Map pictures"), self._tiles)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(text_label(_("The language changes when Camwalk starts next."), quiet=True))
        column.addWidget(ok_cancel(self))
        self.setMinimumWidth(480)

    def settings(self) -> Settings:
        """The settings as chosen."""
        return replace(
            self._before,
            language=self._language.currentData() or None,
            theme=self._theme.currentData(),
            network=self._network.isChecked(),
            overpass=self._overpass.text().strip() or OVERPASS,
            tiles=self._tiles.text().strip() or OSM_TILES,
        )


class HistoryDialog(QDialog):
    """All changes, newest first; those taken back are grey."""

    def __init__(self, lines: Sequence[tuple[str, bool]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("History"))
        entries = QListWidget()
        entries.setAccessibleName(_("History"))
        for text, undone in reversed(lines):
            entries.addItem(text + (f" ({_('taken back')})" if undone else ""))
        column = QVBoxLayout(self)
        column.addWidget(text_label(_("Undo and redo walk through this list, also after a restart.")))
        column.addWidget(entries)
        column.addWidget(close_button(self))
        self.resize(520, 480)


class CrashDialog(QDialog):
    """Something unexpected happened: says that nothing is lost, and holds what a report needs."""

    def __init__(self, details: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.addWidget(
            text_label(
                _(
                    "Camwalk met an error that is its own fault. Your survey is saved up to the last "
                    "change. Please "
                    "report this text; look through it first, it may name files of yours."
                )
            )
        )
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setAccessibleName(_("Details"))
        column.addWidget(text)
        column.addWidget(close_button(self))
        self.resize(640, 400)


def _choices(choices: dict[str, str], current: str) -> QComboBox:
    box = QComboBox()
    for value, name in choices.items():
        box.addItem(name, value)
    box.setCurrentIndex(list(choices).index(current) if current in choices else 0)
    return box
