"""Records to rows and back, and the statements that write them.

A record becomes a row once, in `encode`; the tables and the history both get that row. Encoding
is pure, so large edits can be encoded on a worker thread.
"""

import base64
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection, Table

from camwalk.model import Change, Edit, Record, Survey
from camwalk.model.survey import TABLES
from camwalk.store.columns import Conversion
from camwalk.store.schema import TABLE_OF

Row = Sequence[Any]
_KIND_OF = {table.name: kind for kind, table in TABLE_OF.items()}


@dataclass(frozen=True, slots=True)
class EncodedChange:
    """A change as rows of one table."""

    table: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class EncodedEdit:
    """An edit ready to be written: its rows, and the same packed for the history."""

    edit: Edit
    changes: tuple[EncodedChange, ...]
    packed: bytes


def encode(edit: Edit) -> EncodedEdit:
    """What `write` needs of an edit."""
    changes = tuple(
        EncodedChange(TABLES[type(c.record)], c.before and to_row(c.before), c.after and to_row(c.after))
        for c in edit.changes
    )
    named = [(c.table, _named(c.table, c.before), _named(c.table, c.after)) for c in changes]
    text = json.dumps(named, default=_pack_bytes)
    return EncodedEdit(edit, changes, zlib.compress(text.encode(), 1))


def decode_changes(packed: bytes) -> tuple[Change, ...]:
    """The changes that `encode` packed."""
    named = json.loads(zlib.decompress(packed), object_hook=_unpack_bytes)
    return tuple(
        Change(before and _from_names(_KIND_OF[table], before), after and _from_names(_KIND_OF[table], after))
        for table, before, after in named
    )


def _named(table: str, row: Row | None) -> dict[str, Any] | None:
    """A row with its column names, so that an edit from before a migration can still be read."""
    return None if row is None else dict(zip(_conversions(TABLE_OF[_KIND_OF[table]])[0], row, strict=True))


def _from_names(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """The record; fields that a later version added have their defaults."""
    names, _, result = _conversions(TABLE_OF[kind])
    converters = {names[i]: convert for i, convert in result}
    known: dict[str, Any] = {
        name: converters[name](value) if name in converters and value is not None else value
        for name, value in values.items()
        if name in names
    }
    return kind(**known)


def to_row(record: Record) -> Row:
    """The values of a record in the order of its table's columns."""
    names, bind, _ = _conversions(TABLE_OF[type(record)])
    row = [getattr(record, name) for name in names]
    for i, convert in bind:
        if row[i] is not None:
            row[i] = convert(row[i])
    return row


def from_row(kind: type[Record], row: Row) -> Record:
    """The record that `to_row` made a row of."""
    names, _, result = _conversions(TABLE_OF[kind])
    values = list(row)
    for i, convert in result:
        if values[i] is not None:
            values[i] = convert(values[i])
    return kind(**dict(zip(names, values, strict=True)))


def load(connection: Connection) -> Survey:
    """Everything in the file, in the order it was added."""
    tables: dict[str, Any] = {}
    for kind, table in TABLE_OF.items():
        rows = connection.exec_driver_sql(f"SELECT {_columns(table)} FROM {table.name} ORDER BY rowid").all()
        tables[table.name] = {row[0]: from_row(kind, row) for row in rows}
    return Survey(**tables)


def write(connection: Connection, changes: Sequence[EncodedChange]) -> None:
    """Insert, update and delete; runs of the same kind go in one statement."""
    for (table, verb), run in groupby(changes, lambda c: (c.table, _verb(c))):
        statement, arguments = _STATEMENTS[verb](TABLE_OF[_KIND_OF[table]])
        rows = [arguments(c) for c in run]
        done = connection.exec_driver_sql(statement, rows).rowcount
        assert verb == "insert" or done == len(rows), "the file and the memory differ"


def _verb(change: EncodedChange) -> str:
    if change.before is None:
        return "insert"
    return "delete" if change.after is None else "update"


Statement = tuple[str, Callable[[EncodedChange], tuple[Any, ...]]]


def _insert(table: Table) -> Statement:
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks})", lambda c: _values(c.after)


def _update(table: Table) -> Statement:
    sets = ", ".join(f"{c.name} = ?" for c in table.columns)
    return (
        f"UPDATE {table.name} SET {sets} WHERE id = ?",
        lambda c: (*_values(c.after), _values(c.before)[0]),
    )


def _delete(table: Table) -> Statement:
    return f"DELETE FROM {table.name} WHERE id = ?", lambda c: _values(c.before)[:1]


_STATEMENTS = {"insert": _insert, "update": _update, "delete": _delete}


def _columns(table: Table) -> str:
    return ", ".join(column.name for column in table.columns)


def _values(row: Row | None) -> tuple[Any, ...]:
    return tuple(row) if row is not None else ()


Converters = tuple[tuple[int, Callable[[Any], Any]], ...]


@cache
def _conversions(table: Table) -> tuple[tuple[str, ...], Converters, Converters]:
    """Column names, and the columns whose values are converted on the way in and on the way out."""
    found = [(i, cast(Conversion, c.info["conversion"])) for i, c in enumerate(table.columns) if c.info]
    names = tuple(column.name for column in table.columns)
    return names, tuple((i, c.to_sql) for i, c in found), tuple((i, c.from_sql) for i, c in found)


def _pack_bytes(value: bytes) -> dict[str, str]:
    return {"base64": base64.b64encode(value).decode()}


def _unpack_bytes(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"]) if value.keys() == {"base64"} else value
