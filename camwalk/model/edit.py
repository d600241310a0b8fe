"""What every user action comes to: a list of record changes with a label."""

from collections.abc import Iterable
from dataclasses import dataclass

from camwalk.model.message import Message
from camwalk.model.records import Record


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None means it is not there."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record that tells table and id, whichever side exists."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change without a record"
        return record


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that happen together or not at all; its reverse is its undo."""

    label: Message
    changes: tuple[Change, ...]

    def reversed(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.label, tuple(Change(c.after, c.before) for c in reversed(self.changes)))

    def __bool__(self) -> bool:
        return bool(self.changes)


def added(*records: Record) -> tuple[Change, ...]:
    """Changes that add `records`."""
    return tuple(Change(None, record) for record in records)


def removed(*records: Record) -> tuple[Change, ...]:
    """Changes that remove `records`."""
    return tuple(Change(record, None) for record in records)


def combined(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same in one step per record: first `before`, last `after`, nothing that cancels out."""
    merged: dict[tuple[type[Record], str], Change] = {}
    for change in changes:
        key = (type(change.record), change.record.id)
        first = merged.get(key)
        merged[key] = Change(first.before if first else change.before, change.after)
    return tuple(c for c in merged.values() if c.before != c.after)
