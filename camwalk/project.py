"""The only door to a survey's data: read it, do an edit, undo, redo, listen."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from camwalk.model import Change, Edit, Survey
from camwalk.store.rows import EncodedEdit, encode
from camwalk.store.survey_file import Entry, SurveyFile

Listener = Callable[[Edit], None]
"""Called after every change with the edit that was applied."""


def prepared(edit: Edit) -> EncodedEdit:
    """An edit ready to be written; for a large one this is most of the work, and any thread may do it."""
    return encode(edit)


class Project:
    """An open survey. Every change takes one path: file first, then memory, then listeners.

    A worker may open one; from then on it belongs to the thread that it was handed to.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or create the survey at `path`; CamwalkError says why that cannot be."""
        self.path = path
        self._file = SurveyFile(path, read_only=read_only)
        with ExitStack() as undoing:
            undoing.callback(self._file.close)
            self.survey: Survey = self._file.load()
            undoing.pop_all()
        self._listeners: list[Listener] = []

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here."""
        return self._file.read_only

    @property
    def locked_elsewhere(self) -> bool:
        """Whether that is because another program has the survey open."""
        return self._file.locked_elsewhere

    def do(self, edit: Edit | EncodedEdit) -> None:
        """Apply an edit whole or, with a CamwalkError, not at all. An empty edit does nothing."""
        encoded = edit if isinstance(edit, EncodedEdit) else encode(edit)
        if not encoded.changes:
            return
        after = self.survey.apply(encoded.edit.changes)
        self._file.record(encoded)
        self._accept(after, encoded.edit)

    def undo(self) -> Edit | None:
        """Take back the last edit, also one of an earlier session; None if there is none."""
        return self._turn(self._file.next_undo(), undone=True)

    def redo(self) -> Edit | None:
        """Do again what was undone last; None if there is nothing."""
        return self._turn(self._file.next_redo(), undone=False)

    def can_turn(self) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        return self._file.can_turn()

    def _turn(self, found: tuple[Entry, tuple[Change, ...]] | None, *, undone: bool) -> Edit | None:
        if found is None:
            return None
        entry, changes = found
        edit = Edit(entry.label, changes)
        edit = edit.reversed() if undone else edit
        after = self.survey.apply(edit.changes)
        self._file.mark_undone(entry.id, encode(edit), undone=undone)
        self._accept(after, edit)
        return edit

    def _accept(self, survey: Survey, edit: Edit) -> None:
        self.survey = survey
        for listener in tuple(self._listeners):
            listener(edit)

    def history(self) -> list[Entry]:
        """Every edit ever made, oldest first, with those taken back marked."""
        return self._file.history()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; call the result to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def check(self) -> list[str]:
        """What is wrong with the file, in SQLite's words; empty if it is sound."""
        return self._file.check()

    def close(self, *, keep_empty: bool = True) -> None:
        """Close the file and let others write; without `keep_empty` a new one with nothing in it goes."""
        self._file.close(keep_empty=keep_empty)
