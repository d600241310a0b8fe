"""Which column of open data holds what: as far as it shows, to be changed by a person."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.panel_parts import ok_cancel, text_label
from camwalk.i18n import _
from camwalk.model import Tags
from camwalk.paths import file_name

if TYPE_CHECKING:
    from camwalk.operations.reference_cameras import TableColumns

_KEYS = (
    "operator", "surveillance", "surveillance:type", "surveillance:zone", "camera:type", "camera:mount",
    "camera:direction", "height", "ref", "name",
)  # fmt: skip


class ColumnDialog(QDialog):
    """One chooser for each thing that a column may hold."""

    def __init__(self, path: Path, columns: "TableColumns", chosen: Tags, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What the columns hold"))
        form = QFormLayout()
        self._choosers: dict[str, QComboBox] = {}
        places = {"lat": _("Latitude"), "lon": _("Longitude")} if columns.hold_places else {}
        for key, name in {**places, **{key: key for key in _KEYS}}.items():
            self._choosers[key] = chooser = QComboBox()
            chooser.setAccessibleName(name)
            chooser.addItem("–", "")
            for column in columns.names:
                chooser.addItem(column, column)
            chooser.setCurrentIndex(max(chooser.findData((chosen or columns.meant).get(key, "")), 0))
            chooser.activated.connect(self._check)
            form.addRow(name, chooser)
        self._buttons = ok_cancel(self)
        column = QVBoxLayout(self)
        column.setSpacing(look.GRID)
        column.addWidget(text_label(file_name(path)))
        column.addLayout(form)
        column.addWidget(text_label(licence_words(), quiet=True))
        column.addWidget(self._buttons)
        self._check()

    @property
    def columns(self) -> Tags:
        """The column that a person chose for "lat", "lon" and each OSM key."""
        return {key: c.currentData() for key, c in self._choosers.items() if c.currentData()}

    def _check(self) -> None:
        whole = all(c.currentData() for key, c in self._choosers.items() if key in ("lat", "lon"))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(whole)


def licence_words() -> str:
    """What open data may be used for."""
    return _(
        "This is not OpenStreetMap’s data. It is shown for comparison only: its licence may not allow more, "
        "so its tags and places never go into what is handed over to OpenStreetMap."
    )
