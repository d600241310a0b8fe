"""How values in records become SQLite values, and back."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from camwalk.model import Message


@dataclass(frozen=True, slots=True)
class Conversion:
    """The two ways of one kind of value; None passes both as None."""

    to_sql: Callable[[Any], Any]
    from_sql: Callable[[Any], Any]


def _path_in(value: str) -> str | bytes:
    """Text if it can be, else the name's bytes: SQLite stores either in a text column."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return os.fsencode(value)
    return value


def _moment_in(value: datetime) -> str:
    """ISO 8601; aware times in UTC, naive ones (a device's own clock) as they are."""
    return (value.astimezone(UTC) if value.tzinfo else value).isoformat()


def _message_in(value: Message) -> list[Any]:
    return [value.text, dict(value.params), value.plural]


def _message_out(value: list[Any]) -> Message:
    text, params, plural = value
    return Message(text, tuple(params.items()), plural)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


PATH = Conversion(_path_in, os.fsdecode)
MOMENT = Conversion(_moment_in, datetime.fromisoformat)
TAGS = Conversion(lambda value: _json(dict(value)), json.loads)
LIST = Conversion(lambda value: _json(list(value)), lambda value: tuple(json.loads(value)))
# Messages may name a file whose bytes are no valid text, so these two stay plain ASCII.
MESSAGE = Conversion(
    lambda value: json.dumps(_message_in(value)), lambda value: _message_out(json.loads(value))
)
MESSAGES = Conversion(
    lambda value: json.dumps([_message_in(m) for m in value]),
    lambda value: tuple(_message_out(m) for m in json.loads(value)),
)
YES_NO = Conversion(int, bool)
