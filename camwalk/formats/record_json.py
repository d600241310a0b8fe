"""Any record as a plain JSON object and back, nothing lost."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from camwalk.model import CamwalkError, Message, Record, message
from camwalk.model.survey import TABLES

_KINDS = {kind.__name__.lower(): kind for kind in TABLES}
Convert = Callable[[Any], Any]


def to_json(record: Record) -> dict[str, Any]:
    """The record with its kind under "record"; empty fields are left out."""
    kind = type(record)
    values = ((f.name, getattr(record, f.name), f) for f in fields(record))
    return {"record": kind.__name__.lower()} | {
        name: _writers(kind)[name](value)
        for name, value, f in values
        if value is not None and value != f.default
    }


def from_json(values: Mapping[str, Any]) -> Record:
    """The record again. CamwalkError if something in it is not as it should be."""
    try:
        kind = _KINDS[values["record"]]
        readers = _readers(kind)
        known = {name: readers[name](value) for name, value in values.items() if name in readers}
        return kind(**known)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CamwalkError(
            message("A part of this file is not as Camwalk writes it: {detail}.", detail=str(error))
        ) from error


@cache
def _writers(kind: type[Record]) -> dict[str, Convert]:
    return {name: _writer(_inner(hint)) for name, hint in get_type_hints(kind).items()}


@cache
def _readers(kind: type[Record]) -> dict[str, Convert]:
    return {name: _reader(_inner(hint)) for name, hint in get_type_hints(kind).items()}


def _inner(hint: Any) -> Any:
    """The type of a value that is there; all choices of a Literal are plain text."""
    if get_origin(hint) in (UnionType, Union):
        hint = next(arg for arg in get_args(hint) if arg is not NoneType)
    return str if get_origin(hint) is Literal else hint


def _writer(hint: Any) -> Convert:
    if get_origin(hint) is tuple:
        item = _writer(get_args(hint)[0])
        return lambda value: [item(v) for v in value]
    return _WRITE.get(get_origin(hint) or hint, _as_it_is)


def _reader(hint: Any) -> Convert:
    if get_origin(hint) is tuple:
        item = _reader(get_args(hint)[0])
        return lambda value: tuple(item(v) for v in _is(list, value))
    return _READ[get_origin(hint) or hint]


def _as_it_is(value: Any) -> Any:
    return value


def _is(kind: type | tuple[type, ...], value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{value!r:.40} ({kind})")
    return value


def _message_out(value: Message) -> dict[str, Any]:
    return {"text": value.text, "params": dict(value.params), "plural": value.plural}


def _message_in(value: Any) -> Message:
    return Message(_is(str, value["text"]), tuple(value["params"].items()), value["plural"])


def _tags_in(value: Any) -> dict[str, str]:
    return {key: _is(str, text) for key, text in _is(dict, value).items()}


_WRITE: Mapping[Any, Convert] = {
    datetime: datetime.isoformat,
    bytes: lambda value: base64.b64encode(value).decode(),
    Message: _message_out,
    Mapping: dict,
}
_READ: Mapping[Any, Convert] = {
    str: lambda value: _is(str, value),
    int: lambda value: _is(int, value),
    bool: lambda value: _is(bool, value),
    float: lambda value: float(_is((int, float), value)),
    datetime: datetime.fromisoformat,
    bytes: lambda value: base64.b64decode(value, validate=True),
    Message: _message_in,
    Mapping: _tags_in,
}
