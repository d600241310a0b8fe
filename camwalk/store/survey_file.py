"""Opening, reading and writing one `.camwalk` file."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import StaticPool

from camwalk.model import CamwalkError, Change, Message, Survey, message
from camwalk.paths import file_name
from camwalk.store import migrations, rows, schema
from camwalk.store.columns import MESSAGE, MOMENT


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history."""

    id: int
    made: datetime
    label: Message
    undone: bool


class SurveyFile:
    """An open survey. The first to open it may write; everybody else reads.

    Raises CamwalkError for a file that is not a survey, is newer than this program, or cannot
    be read. The file is whole in itself: the lock beside it goes with the last close.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        _refuse_other_things(path)
        self._lock, self.locked_elsewhere = (None, False) if read_only else _take_lock(path)
        self.read_only = self._lock is None
        self._new = not self.read_only and not os.path.exists(path)  # until something is saved in it
        with ExitStack() as undoing:
            undoing.callback(self._release, keep_empty=False)
            if self.read_only and not os.path.exists(path):
                raise CamwalkError(_read_only(path, True) if self.locked_elsewhere else _cannot_create(path))
            self._engine = _engine(path, self.read_only)
            with _clear_errors(path):
                self._connection = self._engine.connect()
                self._prepare()
            undoing.pop_all()

    def _prepare(self) -> None:
        with self._connection.begin():
            version = _version(self._connection, self.path)
            if version is None and not self.read_only:
                schema.metadata.create_all(self._connection)
                self._connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                self._connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
                return
        if version is None:
            raise CamwalkError(_not_a_survey(self.path))
        migrations.migrate(self._connection, None if self.read_only else self.path)

    def load(self) -> Survey:
        """The survey in the file."""
        with _clear_errors(self.path), self._connection.begin():
            try:
                return rows.load(self._connection)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise CamwalkError(_damaged(self.path, str(error))) from error

    def record(self, encoded: rows.EncodedEdit) -> None:
        """Write an edit and its line in the history; what had been undone is forgotten."""
        with self._transaction() as connection:
            connection.exec_driver_sql("DELETE FROM history WHERE undone")
            rows.write(connection, encoded.changes)
            connection.exec_driver_sql(
                "INSERT INTO history (made, label, undone, changes) VALUES (?, ?, 0, ?)",
                (MOMENT.to_sql(datetime.now(UTC)), MESSAGE.to_sql(encoded.edit.label), encoded.packed),
            )

    def mark_undone(self, entry: int, changes: rows.EncodedEdit, *, undone: bool) -> None:
        """Write the changes of an undo or redo and turn the mark of its line in the history."""
        with self._transaction() as connection:
            rows.write(connection, changes.changes)
            connection.exec_driver_sql("UPDATE history SET undone = ? WHERE id = ?", (undone, entry))

    def history(self) -> list[Entry]:
        """All lines, oldest first."""
        with _clear_errors(self.path), self._connection.begin():
            lines = self._connection.exec_driver_sql(
                "SELECT id, made, label, undone FROM history ORDER BY id"
            )
            return [_entry(*line) for line in lines]

    def next_undo(self) -> tuple[Entry, tuple[Change, ...]] | None:
        """The last edit that is in force."""
        return self._one("WHERE NOT undone ORDER BY id DESC LIMIT 1")

    def next_redo(self) -> tuple[Entry, tuple[Change, ...]] | None:
        """The first edit that was undone."""
        return self._one("WHERE undone ORDER BY id LIMIT 1")

    def can_turn(self) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo: the first edit is in force, the last is not."""
        with _clear_errors(self.path), self._connection.begin():
            first, last = (
                self._connection.exec_driver_sql(
                    f"SELECT undone FROM history ORDER BY id {way} LIMIT 1"
                ).scalar()
                for way in ("ASC", "DESC")
            )
        return first is not None and not first, bool(last)

    def _one(self, which: str) -> tuple[Entry, tuple[Change, ...]] | None:
        with _clear_errors(self.path), self._connection.begin():
            found = self._connection.exec_driver_sql(
                f"SELECT id, made, label, undone, changes FROM history {which}"
            ).first()
        return found and (_entry(*found[:4]), rows.decode_changes(found[4]))

    def check(self) -> list[str]:
        """What SQLite itself finds wrong; empty for a sound file."""
        with _clear_errors(self.path), self._connection.begin():
            found = self._connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            orphans = self._connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        broken = [str(line) for line in found if line != "ok"]
        return broken + [f"{table} {row}: {parent}" for table, row, parent, _ in orphans]

    def close(self, *, keep_empty: bool = True) -> None:
        """Close the file and let others write; without `keep_empty` a new one with nothing in it goes."""
        self._connection.close()
        self._release(keep_empty=keep_empty)

    def _release(self, *, keep_empty: bool) -> None:
        if hasattr(self, "_engine"):
            self._engine.dispose()
        if self._new and not keep_empty:
            self.path.unlink(missing_ok=True)
        if self._lock:
            # Still held, so nobody else can be using it; a waiting opener notices and starts anew.
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()

    @contextmanager
    def _transaction(self) -> Generator[Connection]:
        if self.read_only:
            raise CamwalkError(_read_only(self.path, self.locked_elsewhere))
        with _clear_errors(self.path), self._connection.begin():
            yield self._connection
        self._new = False


def _engine(path: Path, read_only: bool) -> Engine:
    mode = "ro" if read_only else "rwc"
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        opened = _connected(uri)
        return _up_to_date(opened) if read_only else opened

    # By a creator, since a file's name may hold any of the signs that mean something in a URL.
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    # One journal file beside the survey while a transaction runs, none after: a survey can be
    # copied, and read from a folder where nothing can be written, which WAL does not allow.
    pragmas = ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = FULL", "trusted_schema = OFF")

    def set_up(connection: Any, _record: object) -> None:
        for pragma in pragmas[:1] if read_only else pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", begin)
    return engine


def _connected(uri: str) -> sqlite3.Connection:
    """One thread at a time has it: a worker opens it and hands it over."""
    return sqlite3.connect(uri, uri=True, timeout=5.0, isolation_level=None, check_same_thread=False)


def _up_to_date(opened: sqlite3.Connection) -> sqlite3.Connection:
    """The file; of one from an older Camwalk a copy in memory, which can be migrated."""
    (version,) = opened.execute("PRAGMA user_version").fetchone()
    if version >= schema.VERSION:
        return opened
    copy = _connected(":memory:")
    opened.backup(copy)
    opened.close()
    return copy


def _take_lock(path: Path) -> tuple[FileLock | None, bool]:
    """The right to write, if it is to be had, and whether somebody else has it."""
    lock = FileLock(f"{os.fspath(path)}.lock", thread_local=False)
    try:
        if os.path.exists(path):
            path.open("r+b").close()
        lock.acquire(timeout=0)
    except Timeout:
        return None, True
    except OSError:
        return None, False
    return lock, False


def _refuse_other_things(path: Path) -> None:
    """CamwalkError for folders, and for pipes and devices, which could block for ever."""
    if os.path.isdir(path):
        raise CamwalkError(
            message("“{file}” is a folder: name the survey file in it.", file=file_name(path.absolute()))
        )
    if os.path.exists(path) and not os.path.isfile(path):
        raise CamwalkError(_not_a_survey(path))


def _version(connection: Connection, path: Path) -> int | None:
    """The schema version; None for a file that is still empty. CamwalkError for a stranger's file."""
    application, version = (
        connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        for name in ("application_id", "user_version")
    )
    if application == schema.APPLICATION_ID:
        if version > schema.VERSION:
            raise CamwalkError(_newer(path))
        return version
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        raise CamwalkError(_not_a_survey(path))
    return None


@contextmanager
def _clear_errors(path: Path) -> Generator[None]:
    """SQLite's own errors as sentences that a person can act on."""
    try:
        yield
    except exc.DBAPIError as error:
        raise CamwalkError(_explained(path, str(error.orig))) from error


def _explained(path: Path, text: str) -> Message:
    name = file_name(path)
    if "not a database" in text:
        return _not_a_survey(path)
    if "locked" in text:
        return message(
            "“{file}” is in use by another program. Wait until it is done, then try again.", file=name
        )
    if "full" in text:
        return message(
            "The disk is full: nothing was changed in “{file}”. Make room, then try again.", file=name
        )
    if "readonly" in text:
        return _read_only(path, False)
    if "unable to open" in text:
        return _cannot_create(path)
    if "malformed" in text or "disk I/O" in text:
        return _damaged(path, text)
    return message("“{file}” could not be read or written: {detail}.", file=name, detail=text)


def _damaged(path: Path, detail: str) -> Message:
    return message(
        "“{file}” is damaged ({detail}). Keep a copy of it, then go back to your last backup.",
        file=file_name(path),
        detail=detail,
    )


def _not_a_survey(path: Path) -> Message:
    return message(
        "“{file}” is not a Camwalk survey. Choose a file that ends in .camwalk.", file=file_name(path)
    )


def _newer(path: Path) -> Message:
    return message(
        "“{file}” was made by a newer Camwalk. Update Camwalk to open it; nothing was changed.",
        file=file_name(path),
    )


def _cannot_create(path: Path) -> Message:
    return message("“{file}” cannot be opened or created there. Choose another folder.", file=file_name(path))


def _read_only(path: Path, locked: bool) -> Message:
    if locked:
        return message(
            "“{file}” is open in another window or program. Close it there to make changes here.",
            file=file_name(path),
        )
    return message("“{file}” can only be read. Save a copy elsewhere to make changes.", file=file_name(path))


def _entry(number: int, made: str, label: str, undone: int) -> Entry:
    return Entry(number, MOMENT.from_sql(made), MESSAGE.from_sql(label), bool(undone))
