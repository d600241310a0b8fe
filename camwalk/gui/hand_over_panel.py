"""Handing over to OpenStreetMap: which cameras, what that comes to, and where it goes."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QFormLayout, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.match_panel import Comparison
from camwalk.gui.panel_parts import button, heading, text_label
from camwalk.gui.session import Session
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Box, CamwalkError, Report
from camwalk.operations.export_cameras import Exported
from camwalk.operations.hand_over import (
    Choice,
    Plan,
    changeset_words,
    plan_handover,
    ready_changes,
    remember_handover,
    write_handover,
)
from camwalk.operations.reference_cameras import refuse_lost
from camwalk.operations.send_josm import send_josm


class HandOverPanel(QWidget):
    """Tells in plain words what would leave the machine, then lets it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._comparison = Comparison()
        self._plan: Plan | None = None
        self._only, self._walk, self._area = QComboBox(), QComboBox(), QComboBox()
        self._sight: Box | None = None
        self._pairs = 0
        self._only.setAccessibleName(_("Which cameras"))
        self._walk.setAccessibleName(_("Of which walk"))
        for value, name in _choices().items():
            self._only.addItem(name, value)
        self._area.setAccessibleName(_("In which area"))
        self._area.addItem(_("Everywhere"), "")
        self._area.addItem(_("What the map shows"), "sight")
        for chooser in (self._only, self._walk, self._area):
            chooser.activated.connect(self._tell_plan)
        self._moved = QTimer(self, singleShot=True, interval=200)
        self._moved.timeout.connect(self._tell_plan)
        self._summary, self._done = text_label(_("Comparing with OpenStreetMap…")), text_label("")
        self._send = button(_("Send to JOSM"), "external-link", self._to_josm)
        self._write = button(_("Write a file…"), "file-export", self._to_file)
        self._copy = button(_("Copy a comment for the changeset"), "copy", self._copy_comment)
        self._offer(None)
        self._list_walks()
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("Cameras"), self._only)
        form.addRow(_("Walk"), self._walk)
        form.addRow(_("Area"), self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID)
        column.addWidget(heading(_("Hand over to OpenStreetMap")))
        column.addLayout(form)
        for widget in (self._summary, self._send, self._write, self._copy, self._done):
            column.addWidget(widget)

    @property
    def summary(self) -> str:
        """What would be handed over, in words."""
        return self._summary.text()

    def show_comparison(self, comparison: Comparison) -> None:
        """Plan from a new comparison with OSM."""
        self._comparison = comparison
        self._list_walks()
        self._tell_plan()

    def show_pairs(self, pairs: int) -> None:
        """So many pairs of cameras may each be one, marked twice."""
        if pairs != self._pairs:
            self._pairs = pairs
            self._tell_plan()

    def _list_walks(self) -> None:
        chosen = self._walk.currentData()
        self._walk.clear()
        self._walk.addItem(_("All walks"), None)
        for walk in self._session.survey.walks.values():
            self._walk.addItem(walk.name, walk.id)
        self._walk.setCurrentIndex(max(self._walk.findData(chosen), 0))

    def show_sight(self, sight: Box) -> None:
        """The map shows this now; what was planned for another sight is not to be handed over."""
        self._sight = sight
        if self._area.currentData():
            self._offer(None)
            self._moved.start()

    def _tell_plan(self) -> None:
        survey, found = self._session.survey, self._comparison
        area = self._sight if self._area.currentData() else None
        choice = Choice(self._only.currentData(), self._walk.currentData(), area)
        self._offer(None)
        try:
            refuse_lost(found.reference)
        except CamwalkError as error:
            self._summary.setText(tell(error.reason))
            return
        self._session.start(
            lambda _report: (choice, plan_handover(survey, found.matches, found.reference.osm, choice)),
            self._planned,
        )

    def _offer(self, plan: Plan | None) -> None:
        self._plan = plan
        for part in (self._send, self._copy):
            part.setEnabled(plan is not None and bool(plan.changes))
        self._write.setEnabled(plan is not None)

    def _planned(self, done: tuple[Choice, Plan]) -> None:
        choice, plan = done
        if choice.area not in (None, self._sight):
            return  # the map has moved on, and the next plan is on its way
        self._offer(plan)
        lines = [tell(note) for note in plan.notes]
        if self._pairs:
            words = ngettext(
                "{n} pair of cameras may be one camera marked twice: see Review, “Duplicates?”.",
                "{n} pairs of cameras may be one camera marked twice: see Review, “Duplicates?”.",
                self._pairs,
            )
            lines.append(words.format(n=self._pairs))
        if self._comparison.reference.open:
            lines.append(_("Open data that is not OpenStreetMap’s is only compared, never handed over."))
        lines.append(_("JOSM gets these nodes with their tags, and nothing about photos, people or times."))
        self._summary.setText("\n".join(lines))

    def _to_josm(self) -> None:
        plan, layer = self._plan, self._session.project.path.stem
        if plan is None:
            return

        def work(report: Report) -> tuple[Plan, Exported]:
            changes, cleaned = ready_changes(plan)
            send_josm(changes, layer, report)
            return plan, Exported(len(changes), cleaned)

        self._session.start(work, self._sent, label=_("Sending to JOSM"))

    def _sent(self, sent: tuple[Plan, Exported]) -> None:
        plan, done = sent
        if not self._session.project.read_only:
            self._session.do(remember_handover(plan, "JOSM"))
        words = ngettext("{n} node sent to JOSM.", "{n} nodes sent to JOSM.", done.count)
        self._done.setText("\n".join([words.format(n=done.count), *map(tell, done.notes)]))

    def _to_file(self) -> None:
        plan = self._plan
        start = self._session.project.path.with_suffix(".osm")
        kinds = ";;".join(_kinds())
        name, _kind = QFileDialog.getSaveFileName(self, _("Write a file"), str(start), kinds)
        if not name or plan is None:
            return
        path = Path(name)
        self._session.start(
            lambda _report: write_handover(path, plan),
            lambda done: self._written(done, path),
            label=_("Exporting"),
        )

    def _written(self, done: Exported, path: Path) -> None:
        words = ngettext("{n} item written to {file}.", "{n} items written to {file}.", done.count)
        told = self._plan.notes if self._plan else ()
        more = [tell(note) for note in done.notes if note not in told]
        self._done.setText("\n".join([words.format(n=done.count, file=path), *more]))
        self._session.wrote.emit(words.format(n=done.count, file=path.name), str(path))

    def _copy_comment(self) -> None:
        if self._plan:
            QApplication.clipboard().setText(changeset_words(self._plan))
            self._session.said.emit(_("A comment for the changeset is in the clipboard."))


def _choices() -> dict[str, str]:
    return {
        "all": _("All that is new or decided"),
        "new": _("New ones only"),
        "changed": _("Changed ones only"),
        "decided": _("New ones, and what was decided"),
    }


def _kinds() -> tuple[str, ...]:
    return (
        "JOSM (*.osm)",
        "osmChange (*.osc)",
        "GeoJSON (*.geojson)",
        "MapRoulette (*.geojsonl)",
        "GPX (*.gpx)",
        _("Table") + " (*.csv)",
    )
