"""The Export activity: what would be handed over, what to mend first, and the button that does it."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.hand_over_panel import HandOverPanel
from camwalk.gui.panel_parts import button, clear, heading, line, scrolled, short, text_label
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Camera
from camwalk.operations.tagging import checked_camera

MOST_LISTED = 50


class ExportPanel(QWidget):
    """Says in plain words what leaves the machine, before it does."""

    geojson_asked = Signal()
    survey_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._summary = QVBoxLayout()
        self._done = text_label("")
        self._done.hide()
        column = QVBoxLayout()
        column.addWidget(heading(_("All cameras in one file")))
        column.addLayout(self._summary)
        column.addWidget(button(_("Write GeoJSON…"), "file-export", self.geojson_asked.emit, main=True))
        column.addWidget(
            text_label(
                _(
                    "The file holds each camera's place and its OpenStreetMap tags, and nothing else: no "
                    "photos, no tracks, no names of people or devices, no times. JOSM, QGIS and OSM tools "
                    "read it."
                ),
                quiet=True,
            )
        )
        column.addWidget(self._done)
        self.hand_over = HandOverPanel(session)
        column.addWidget(line())
        column.addWidget(self.hand_over)
        column.addWidget(line())
        column.addWidget(heading(_("Carry on elsewhere")))
        column.addWidget(button(_("Write the whole survey…"), "device-floppy", self.survey_asked.emit))
        column.addWidget(
            text_label(
                _(
                    "For another Camwalk, which imports it whole. It holds everything: where photos were "
                    "taken and when, tracks, notes, device names and folder names. Give it only to people "
                    "you trust."
                ),
                quiet=True,
            )
        )
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column))
        session.edited.connect(self._after)

    def showEvent(self, event: QShowEvent) -> None:
        """Count when somebody looks, not at every edit."""
        super().showEvent(event)
        self._show()

    def tell_done(self, text: str) -> None:
        """Say what was written and where."""
        self._done.setText(text)
        self._done.show()

    def _after(self) -> None:
        self._done.hide()
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        clear(self._summary)
        self._summary.setSpacing(look.GRID)
        for widget in self._contents():
            self._summary.addWidget(widget)

    def _contents(self) -> Iterable[QWidget]:
        cameras = self._session.survey.cameras
        if not cameras:
            yield text_label(_("No camera is marked yet. Go to “Mark” and click on the map where one hangs."))
            return
        yield text_label(
            ngettext("{n} camera will be written.", "{n} cameras will be written.", len(cameras)).format(
                n=len(cameras)
            )
        )
        found = [(c, checked_camera(c)) for c in cameras.values()]
        trouble = [(c, problems) for c, problems in found if problems]
        if trouble:
            n = len(trouble)
            yield text_label(
                ngettext("Look at {n} camera first:", "Look at {n} cameras first:", n).format(n=n)
            )
        for camera, problems in trouble[:MOST_LISTED]:
            words = "; ".join(tell(p.reason) for p in problems)
            go = button(short(words).replace("&", "&&"), "alert-triangle", lambda c=camera: self._go(c))
            go.setToolTip(f"<p>{escape(words)}</p>")
            yield go

    def _go(self, camera: Camera) -> None:
        self._session.select_camera(camera.id)
