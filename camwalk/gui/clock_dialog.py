"""Setting a device's clock: by its error, or by a photo that shows a clock which is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui.clock_words import clock_sentence
from camwalk.gui.panel_parts import indented, ok_cancel, short, text_label
from camwalk.i18n import _
from camwalk.model import Device, Photo
from camwalk.paths import file_name


@dataclass(frozen=True, slots=True)
class ClockWish:
    """What was chosen: either `offset` seconds, or that `photo` shows the time `shown`."""

    zone: str
    offset: float | None = None
    photo: str | None = None
    shown: datetime | None = None


class ClockDialog(QDialog):
    """Asks how a device's clock went; `wish` tells the answer after it was accepted."""

    def __init__(self, device: Device, photos: Sequence[Photo], current: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The clock of {device}").format(device=short(device.name)))
        self._photos = [p for p in photos if p.device == device.id and p.taken]
        self._zone = _zone_box(device.zone)
        self._by_error = QRadioButton(_("Its clock was wrong by a known time"))
        self._by_photo = QRadioButton(_("A photo shows a clock that is right"))
        self._sign = QComboBox()
        self._sign.addItems([_("clock slow: add"), _("clock fast: take off")])
        self._sign.setAccessibleName(_("Slow or fast"))
        self._parts = [_spin(_("d"), 9999), _spin(_("h"), 23), _spin(_("min"), 59), _spin(_("s"), 59)]
        self._photo = QComboBox()
        self._photo.addItems([file_name(p.path) for p in self._photos])
        self._photo.setAccessibleName(_("Photo that shows a clock"))
        self._shown = QDateTimeEdit()
        indented(self._shown)
        self._shown.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        self._shown.setAccessibleName(_("The time that the clock in the photo shows"))
        self._fill(device, current)
        self._lay_out(device)
        self._begun = self._said()

    def _fill(self, device: Device, current: str | None) -> None:
        offset = device.clock_offset or 0.0
        self._sign.setCurrentIndex(int(offset < 0))
        rest = round(abs(offset))
        for part, unit in zip(self._parts, (86400, 3600, 60, 1), strict=True):
            part.setValue(rest // unit)
            rest %= unit
        self._by_error.setChecked(True)
        self._by_photo.setEnabled(bool(self._photos))
        ids = [p.id for p in self._photos]
        self._photo.currentIndexChanged.connect(self._show_taken)
        self._photo.setCurrentIndex(ids.index(current) if current in ids else 0)
        self._show_taken()
        self._shown.dateTimeChanged.connect(lambda: self._by_photo.setChecked(True))
        for part in self._parts:
            part.valueChanged.connect(lambda: self._by_error.setChecked(True))

    def _show_taken(self) -> None:
        taken = self._photos[self._photo.currentIndex()].taken if self._photos else None
        if taken:
            self._shown.blockSignals(True)
            self._shown.setDateTime(QDateTime(taken.date(), taken.time()))  # type: ignore[call-overload]
            self._shown.blockSignals(False)

    def _lay_out(self, device: Device) -> None:
        column = QVBoxLayout(self)
        column.addWidget(text_label(clock_sentence(device)))
        form = QFormLayout()
        form.addRow(_("Time zone of the clock"), self._zone)
        column.addLayout(form)
        column.addWidget(self._by_error)
        column.addLayout(_row(self._sign, *self._parts))
        column.addWidget(self._by_photo)
        column.addLayout(_row(self._photo, QLabel(_("reads")), self._shown))
        column.addWidget(
            text_label(
                _("Or close this and drag one of its photos on the map to where it was taken on the track."),
                quiet=True,
            )
        )
        column.addWidget(ok_cancel(self))

    def wish(self) -> ClockWish | None:
        """What was chosen; None where nothing was touched."""
        said = self._said()
        return None if said == self._begun else said

    def _said(self) -> ClockWish:
        zone = self._zone.currentText()
        if self._by_photo.isChecked():
            shown = self._shown.dateTime().toPython()
            assert isinstance(shown, datetime)
            return ClockWish(zone, photo=self._photos[self._photo.currentIndex()].id, shown=shown)
        seconds = sum(p.value() * u for p, u in zip(self._parts, (86400, 3600, 60, 1), strict=True))
        return ClockWish(zone, offset=float(-seconds if self._sign.currentIndex() else seconds))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addSpacing(24)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _spin(unit: str, most: int) -> QSpinBox:
    spin = QSpinBox()
    indented(spin)
    spin.setRange(0, most)
    spin.setSuffix(f" {unit}")
    spin.setAccessibleName(unit)
    return spin


def _zone_box(zone: str | None) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(sorted(available_timezones()))
    box.setCurrentText(zone or "UTC")
    return box
