"""The first page: the sample walk, a new survey, recent ones, or drop a folder here."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from camwalk import paths
from camwalk.gui import look
from camwalk.gui.panel_parts import button
from camwalk.i18n import _

MARK = 72  # pixels


class Welcome(QWidget):
    """Offers every way to begin and emits the one chosen."""

    sample_asked = Signal()
    new_asked = Signal()
    open_asked = Signal(str)  # path, empty to choose one

    def __init__(self, recent: Sequence[str]) -> None:
        super().__init__()
        column = QVBoxLayout()
        column.setSpacing(look.GRID * 2)
        column.addLayout(_headline())
        column.addWidget(
            _paragraph(
                _(
                    "Bring home what you saw: import the photos and GPS tracks of a walk, mark each "
                    "surveillance camera on the map, and hand clean data to OpenStreetMap."
                )
            )
        )
        column.addSpacing(look.GRID)
        column.addWidget(self._choice(_("Try the sample walk"), "map", self.sample_asked.emit, main=True))
        column.addWidget(self._choice(_("New survey…"), "plus", self.new_asked.emit))
        column.addWidget(self._choice(_("Open a survey…"), "folder-open", lambda: self.open_asked.emit("")))
        for path in recent[:4]:
            column.addWidget(self._recent(path))
        column.addSpacing(look.GRID)
        column.addWidget(
            _paragraph(_("Or drop a folder of photos and tracks here to start a new survey with it."))
        )
        column.addWidget(
            _paragraph(_("Everything stays on this computer. Camwalk asks before it uses the network."))
        )
        self._center(column)

    def _center(self, column: QVBoxLayout) -> None:
        frame = QWidget()
        frame.setMaximumWidth(560)
        frame.setLayout(column)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(frame, 4)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(row)
        page.addStretch(3)

    def _choice(
        self, text: str, icon: str, chosen: Callable[[], object], *, main: bool = False
    ) -> QPushButton:
        choice = button(text, icon, chosen, main=main)
        choice.setMinimumHeight(look.GRID * 5)
        return choice

    def _recent(self, path: str) -> QPushButton:
        shown = os.fsencode(Path(path).stem).decode("utf-8", "replace").replace("&", "&&")
        choice = self._choice(shown, "history", lambda: self.open_asked.emit(path))
        choice.setToolTip(path)
        choice.setAccessibleName(_("Open {file}").format(file=shown))
        return choice


def _headline() -> QHBoxLayout:
    mark, name = QLabel(), QLabel("Camwalk")
    picture = QIcon(str(paths.resources() / "icons" / "camwalk.svg"))
    mark.setPixmap(picture.pixmap(QSize(MARK, MARK), mark.devicePixelRatio()))
    font = name.font()
    font.setPointSizeF(font.pointSizeF() * 2.4)
    font.setWeight(QFont.Weight.DemiBold)
    name.setFont(font)
    row = QHBoxLayout()
    row.setSpacing(look.GRID * 2)
    row.addWidget(mark)
    row.addWidget(name)
    row.addStretch(1)
    return row


def _paragraph(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
