"""The Import activity: bring files in, and see what they said about time, place and trouble."""

import html
from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.clock_words import clock_sentence
from camwalk.gui.column_dialog import licence_words
from camwalk.gui.panel_parts import (
    button,
    clear,
    heading,
    line,
    scrolled,
    short,
    text_label,
)
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Device, Edit, Extract, Photo, Problem, Reference, Track, Walk, Waypoint
from camwalk.operations.problems import forget_problems
from camwalk.paths import file_name

MOST_LISTED = 50


class ImportPanel(QWidget):
    """Emits what a person wants to bring in; shows clocks, tracks, notes and problems."""

    files_asked = Signal()
    folder_asked = Signal()
    map_asked = Signal()
    fetch_asked = Signal()
    reference_asked = Signal()
    columns_asked = Signal(object)  # the Reference whose columns a person wants to name
    reference_dropped = Signal(str)  # the id of a Reference to compare with no longer
    clock_asked = Signal(str)  # device id
    place_asked = Signal(object)  # LatLon

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sections = QVBoxLayout()
        self._sections.setSpacing(look.GRID)
        column = QVBoxLayout()
        column.addWidget(self._drop_area())
        column.addLayout(self._sections)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column))
        session.edited.connect(self._after)
        self._show()

    def _drop_area(self) -> QFrame:
        frame = QFrame()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading(_("Bring in a walk")))
        column.addWidget(
            text_label(_("Drop photos, GPX tracks or whole folders here. Nothing comes in twice."))
        )
        column.addWidget(button(_("Choose a folder…"), "folder-open", self.folder_asked.emit, main=True))
        column.addWidget(button(_("Choose files…"), "photo", self.files_asked.emit))
        return frame

    def _after(self, edit: Edit) -> None:
        if any(
            isinstance(c.record, Device | Track | Waypoint | Problem | Extract | Walk | Photo | Reference)
            for c in edit.changes
        ):
            self._stale = True
            if self.isVisible():
                QTimer.singleShot(0, self, self._show_if_stale)

    def showEvent(self, event: QShowEvent) -> None:
        """Fill it when somebody looks, not at every edit."""
        super().showEvent(event)
        self._show_if_stale()

    def _show_if_stale(self) -> None:
        if self._stale:
            self._show()

    def _show(self) -> None:
        self._stale = False
        clear(self._sections)
        for section in (
            self._problems(),
            self._clocks(),
            self._tracks(),
            self._map(),
            self._references(),
            self._notes(),
        ):
            widgets = list(section)
            if widgets:
                self._sections.addWidget(line())
            for widget in widgets:
                self._sections.addWidget(widget)

    def _clocks(self) -> Iterable[QWidget]:
        survey = self._session.survey
        if survey.devices:
            yield heading(_("Clocks"))
        for device in survey.devices.values():
            photos = [p for p in survey.photos.values() if p.device == device.id]
            placed = sum(p.position is not None for p in photos)
            name = short(device.name) if device.name != "unknown" else _("unknown device")
            count = ngettext("{n} photo, {placed} placed", "{n} photos, {placed} placed", len(photos))
            yield text_label(f"{name} · " + count.format(n=len(photos), placed=placed))
            yield text_label(clock_sentence(device), quiet=True)
            change = button(_("Set this clock…"), "clock-edit", lambda d=device: self.clock_asked.emit(d.id))
            change.setAccessibleName(_("Set the clock of {device}").format(device=name))
            yield change

    def _tracks(self) -> Iterable[QWidget]:
        tracks = self._session.survey.tracks.values()
        if tracks:
            yield heading(_("Tracks"))
        for track in tracks:
            n = len(track.starts)
            parts = ngettext("{n} part", "{n} parts", n).format(n=n)
            points = ngettext("{n} point", "{n} points", len(track.array)).format(n=len(track.array))
            yield text_label(f"{short(track.name or file_name(track.path))} · {points}, {parts}")

    def _map(self) -> Iterable[QWidget]:
        extract = self._session.survey.extract
        yield heading(_("Map"))
        if extract:
            yield text_label(
                _("Streets, buildings and known cameras come from “{file}”.").format(
                    file=file_name(extract.path)
                )
            )
        else:
            yield text_label(_("Without a map file the walk shows on plain paper."))
        yield button(_("Choose a map file…"), "map", self.map_asked.emit)
        yield button(_("Fetch from OpenStreetMap…"), "world-download", self.fetch_asked.emit)

    def _references(self) -> Iterable[QWidget]:
        yield heading(_("Cameras to compare with"))
        for reference in self._session.survey.reference_files.values():
            name = file_name(reference.path)
            yield text_label(name)
            if not reference.osm:
                yield text_label(licence_words(), quiet=True)
                change = button(
                    _("Name its columns…"), "list", lambda r=reference: self.columns_asked.emit(r)
                )
                change.setAccessibleName(_("Name the columns of {file}").format(file=name))
                yield change
            leave = button(
                _("Compare with it no longer"), "x", lambda r=reference: self.reference_dropped.emit(r.id)
            )
            leave.setAccessibleName(_("Compare with {file} no longer").format(file=name))
            yield leave
        yield button(_("Choose a file of cameras…"), "device-cctv", self.reference_asked.emit)

    def _notes(self) -> Iterable[QWidget]:
        waypoints = list(self._session.survey.waypoints.values())
        if waypoints:
            yield heading(_("Notes on the way"))
        for waypoint in waypoints[:MOST_LISTED]:
            text = " · ".join(filter(None, (waypoint.name, waypoint.note, *map(file_name, waypoint.links))))
            go = button("", "map-pin", lambda w=waypoint: self.place_asked.emit(w.position))
            go.setText(short(text).replace("&", "&&"))
            go.setToolTip(f"<p>{html.escape(text)}</p>")
            yield go

    def _problems(self) -> Iterable[QWidget]:
        problems = list(self._session.survey.problems.values())
        if problems:
            n = len({problem.path for problem in problems})
            yield heading(ngettext("{n} file with a problem", "{n} files with problems", n).format(n=n))
        for problem in problems[:MOST_LISTED]:
            words = _("{file}: {reason}")
            yield text_label(words.format(file=short(file_name(problem.path)), reason=tell(problem.reason)))
        if len(problems) > MOST_LISTED:
            n = len(problems) - MOST_LISTED
            yield text_label(ngettext("and {n} more", "and {n} more", n).format(n=n), quiet=True)
        if problems:
            yield button(_("Forget these"), "x", self._forget_problems)

    def _forget_problems(self) -> None:
        self._session.attempt(lambda: forget_problems(self._session.survey))
