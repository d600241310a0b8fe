"""The dossier: which systems and figures were declared, by whom, and the papers that prove it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from camwalk.gui import look
from camwalk.gui.dialogs import tell_failure
from camwalk.gui.panel_parts import button, left_heads, short, table_cell, text_label
from camwalk.gui.session import Session
from camwalk.i18n import _, tell
from camwalk.model import Document, Edit, Figure, System
from camwalk.operations.dossier import (
    add_entry,
    change_entry,
    export_register,
    import_register,
    new_entry_id,
    remove_entry,
    start_dossier,
    tie_camera,
)
from camwalk.operations.dossier_compare import cost_estimate, declared_against_seen
from camwalk.operations.review_coverage import Review

Entry = System | Figure | Document


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of entry: the names of its fields, and how an empty one begins."""

    kind: type[Entry]
    name: str
    fields: Sequence[tuple[str, str]]  # field of the record, heading
    required: Sequence[str]


class DossierPanel(QWidget):
    """Tables that are edited in place; each change is one edit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pages = _pages()
        self._tables = [self._table(page) for page in self._pages]
        self._ids: list[list[str]] = [[] for _page in self._pages]
        self._tabs = QTabWidget()
        for page, table in zip(self._pages, self._tables, strict=True):
            self._tabs.addTab(table, page.name)
        self._start = button(_("Begin with known French systems and figures"), "plus", self._begin)
        self._compared = text_label("")
        self._share: float | None = None  # of the streets that were walked
        self._lay_out()
        session.edited.connect(self._after)

    def _table(self, page: Page) -> QTableWidget:
        table = QTableWidget(0, len(page.fields))
        table.setHorizontalHeaderLabels([heading for _name, heading in page.fields])
        table.setAccessibleName(page.name)
        table.verticalHeader().hide()
        left_heads(table)
        table.setWordWrap(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setMaximumSectionSize(look.GRID * 30)
        table.cellChanged.connect(self._changed)
        table.itemSelectionChanged.connect(self._compare)
        if self._session.project.read_only:
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        return table

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(button(_("Add"), "plus", self._add))
        first.addWidget(button(_("Remove"), "trash", self._remove))
        first.addWidget(button(_("Tie to the camera"), "external-link", self._tie))
        second.addWidget(button(_("Import…"), "file-import", self._import))
        second.addWidget(button(_("Export…"), "file-export", self._export))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.GRID, look.GRID, look.GRID, look.GRID)
        column.setSpacing(look.GRID // 2)
        words = _("What was declared, and by whom: claims with their sources, not truths of ours.")
        column.addWidget(text_label(words, quiet=True))
        column.addWidget(self._start)
        column.addWidget(self._tabs)
        column.addWidget(self._compared)
        column.addLayout(first)
        column.addLayout(second)

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the tables when somebody looks."""
        super().showEvent(event)
        self._fill()

    def _begin(self) -> None:
        self._session.attempt(lambda: start_dossier(self._session.survey))

    def _after(self, edit: Edit) -> None:
        if self.isVisible() and any(isinstance(c.record, System | Figure | Document) for c in edit.changes):
            self._fill()

    def _fill(self) -> None:
        survey = self._session.survey
        self._start.setVisible(not (survey.systems or survey.figures or survey.documents))
        self._start.setEnabled(not self._session.project.read_only)
        for number, (page, table) in enumerate(zip(self._pages, self._tables, strict=True)):
            entries = self._session.survey.table(page.kind)
            self._ids[number] = list(entries)
            table.blockSignals(True)
            was_empty = table.rowCount() == 0
            table.setRowCount(len(entries))
            for row, entry in enumerate(entries.values()):
                for column, (field, _heading) in enumerate(page.fields):
                    table.setItem(row, column, table_cell(getattr(entry, field)))
            if was_empty:
                table.resizeColumnsToContents()
            table.blockSignals(False)

    def use_review(self, review: Review) -> None:
        """Compare with what was walked by this review."""
        walked = review.walked
        self._share = walked.walked_m / walked.streets_m if walked.streets_m else None
        self._compare()

    def _compare(self) -> None:
        """Say what the chosen figure declares beside what was mapped, and what that costs."""
        entry, survey = self._chosen(), self._session.survey
        if not isinstance(entry, Figure) or entry.value is None:
            self._compared.setText("")
            return
        seen = declared_against_seen(survey, entry, self._share)
        cost = cost_estimate(survey, round(entry.value))
        lines = [tell(seen.sentence)]
        if cost:
            lines.append(f"{tell(cost.arithmetic)} ({cost.source})")
        self._compared.setText("\n".join(lines))

    def _chosen(self) -> Entry | None:
        number = self._tabs.currentIndex()
        row = self._tables[number].currentRow()
        if not 0 <= row < len(self._ids[number]):
            return None
        found = self._session.survey.table(self._pages[number].kind).get(self._ids[number][row])
        return found if isinstance(found, System | Figure | Document) else None

    def _changed(self, row: int, column: int) -> None:
        entry, number = self._chosen(), self._tabs.currentIndex()
        item = self._tables[number].item(row, column)
        if entry is None or item is None:
            return
        field = self._pages[number].fields[column][0]
        after = replace(entry, **{field: item.text().strip()})
        if not self._session.attempt(lambda: change_entry(self._session.survey, after)):
            self._fill()

    def _add(self) -> None:
        page = self._pages[self._tabs.currentIndex()]
        named: dict[str, Any] = dict.fromkeys(page.required, _("to fill in"))
        entry = page.kind(id=new_entry_id(), **named)
        if self._session.attempt(lambda: add_entry(self._session.survey, entry)):
            table = self._tables[self._tabs.currentIndex()]
            table.setCurrentCell(table.rowCount() - 1, 0)
            if item := table.item(table.rowCount() - 1, 0):
                table.editItem(item)

    def _remove(self) -> None:
        entry = self._chosen()
        if entry is None:
            self._session.said.emit(_("Choose a row first."))
        else:
            self._session.attempt(lambda: remove_entry(self._session.survey, entry))

    def _tie(self) -> None:
        entry, camera = self._chosen(), self._session.selection.camera
        if not isinstance(entry, System) or camera is None:
            self._session.said.emit(_("Choose a system here and a camera on the map."))
            return
        tied = self._session.survey.cameras[camera].system == entry.id
        self._session.attempt(lambda: tie_camera(self._session.survey, camera, None if tied else entry.id))

    def _import(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Import a register"), "", "TOML (*.toml)")
        if name:
            self._session.attempt(lambda: self._imported(Path(name)))

    def _imported(self, path: Path) -> Edit:
        found = import_register(self._session.survey, path)
        told = [*map(tell, found.problems)]
        if found.kept:
            words = _("These are here with other words, and stay as they are: {names}.")
            told.append(words.format(names=", ".join(short(name) for name in found.kept)))
        if told:
            tell_failure(self, "\n".join(told))
        return found.edit

    def _export(self) -> None:
        start = str(self._session.project.path.with_suffix(".toml"))
        name, _kind = QFileDialog.getSaveFileName(self, _("Export the register"), start, "TOML (*.toml)")
        if name:
            survey = self._session.survey
            self._session.start(
                lambda _report: export_register(survey, Path(name)),
                lambda notes: self._session.wrote.emit(" ".join([name, *map(tell, notes)]), name),
            )


def _pages() -> Sequence[Page]:
    source = ("source", _("Source"))
    return (
        Page(
            System,
            _("Systems"),
            (
                ("name", _("Name")),
                ("supplier", _("Supplier")),
                ("place", _("Place")),
                ("period", _("Since")),
                ("purpose", _("What it is said to do")),
                ("status", _("Status")),
                source,
            ),
            ("name",),
        ),
        Page(
            Figure,
            _("Declared figures"),
            (("what", _("What")), ("stated", _("Figure")), ("as_of", _("As of")), source),
            ("what", "stated"),
        ),
        Page(
            Document,
            _("Documents"),
            (
                ("title", _("Title")),
                ("kind", _("Kind")),
                ("dated", _("Date")),
                ("link", _("File or link")),
                ("note", _("Note")),
            ),
            ("title",),
        ),
    )
