"""Registers of systems, declared figures and documents: one TOML file that groups share.

The format is described at the top of resources/register/en.toml.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar, cast

from camwalk.formats.atomic import replacing
from camwalk.formats.names import shown_name
from camwalk.formats.partial_file import whole_file
from camwalk.model import CamwalkError, Document, Figure, Message, System, message

FORMAT = "camwalk-register-1"
LARGEST = 16 << 20  # bytes; a register of a whole country has a hundredth of that
LONGEST = 20_000  # characters of a text

_NEEDED = {System: ("name",), Figure: ("what", "stated"), Document: ("title",)}
_ID = re.compile(r"[\w.-]{1,80}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

Entry = TypeVar("Entry", System, Figure, Document)


@dataclass(frozen=True, slots=True)
class Register:
    """What a register file holds. `problems` tells of entries that were left out."""

    systems: tuple[System, ...] = ()
    figures: tuple[Figure, ...] = ()
    documents: tuple[Document, ...] = ()
    language: str = ""
    capabilities: tuple[str, ...] = ()
    problems: tuple[Message, ...] = ()


def read_register(path: Path) -> Register:
    """The entries of a register file. CamwalkError if it is none; single bad entries become `problems`."""
    content = _content(path)
    problems: list[Message] = []
    register = Register(
        systems=_entries(System, content.get("system"), problems),
        figures=_entries(Figure, content.get("figure"), problems),
        documents=_entries(Document, content.get("document"), problems),
        language=_text(content.get("language")) or "",
        capabilities=tuple(text for value in _list(content.get("capabilities")) if (text := _text(value))),
        problems=tuple(problems),
    )
    if content.get("format") != FORMAT and not (register.systems or register.figures or register.documents):
        raise CamwalkError(
            message(
                "“{file}” is no register of Camwalk: it has neither systems nor figures nor documents.",
                file=shown_name(str(path)),
            )
        )
    return register


def write_register(path: Path, register: Register) -> None:
    """Write a register, at once or not at all."""
    head = [
        "# A register of Camwalk. Every entry is a claim that somebody made; see its source and its date."
    ]
    head += ["", f"format = {_quoted(FORMAT)}"]
    if register.language:
        head.append(f"language = {_quoted(register.language)}")
    if register.capabilities:
        head.append(f"capabilities = [{', '.join(map(_quoted, register.capabilities))}]")
    parts: tuple[tuple[str, Sequence[System | Figure | Document]], ...] = (
        ("system", register.systems),
        ("figure", register.figures),
        ("document", register.documents),
    )
    lines = [*head, *(line for name, entries in parts for entry in entries for line in _block(name, entry))]
    with replacing(path) as file:
        file.write(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _content(path: Path) -> Mapping[str, Any]:
    name = shown_name(str(path))
    content = whole_file(path, LARGEST)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CamwalkError(
            message(
                "“{file}” cannot be read as a register ({detail}). A register is a TOML file in UTF-8, as "
                "Camwalk writes it.",
                file=name,
                detail=_CONTROL.sub(" ", str(error))[:200],
            )
        ) from error


def _entries(kind: type[Entry], tables: Any, problems: list[Message]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for number, table in enumerate(_list(tables), 1):
        values = _values(kind, table)
        missing = [key for key in _NEEDED[kind] if not values.get(key)]
        if missing:
            problems.append(
                message(
                    "Entry {number} under [[{kind}]] has no text for “{key}” and was left out.",
                    number=number, kind=kind.__name__.lower(), key=missing[0],
                )
            )  # fmt: skip
            continue
        complete: dict[str, Any] = {**values, "id": _id(kind, values)}
        entry = kind(**complete)
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def _values(kind: type[System | Figure | Document], table: Any) -> dict[str, Any]:
    """The fields of an entry that have values as they should be."""
    if not isinstance(table, dict):
        return {}
    given = cast(Mapping[str, Any], table)
    values: dict[str, Any] = {}
    for field in fields(kind):
        read = _number if field.name == "value" else _text
        if (value := read(given.get(field.name))) is not None:
            values[field.name] = value
    return values


def _id(kind: type[object], values: Mapping[str, Any]) -> str:
    """The id in the file, or one made of the content, so that importing twice finds it again."""
    given = str(values.get("id", ""))
    if _ID.fullmatch(given):
        return given
    told = json.dumps([kind.__name__, given, *(str(v) for k, v in sorted(values.items()) if k != "id")])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _list(value: Any) -> list[Any]:
    return cast(list[Any], value) if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    """Text as it can be shown; TOML's own dates and numbers count as what they look like."""
    if value is None or isinstance(value, dict | list | bool):
        return None
    return _CONTROL.sub(" ", str(value)).strip()[:LONGEST]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def _block(name: str, entry: System | Figure | Document) -> list[str]:
    lines = ["", f"[[{name}]]"]
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, float):
            lines.append(f"{field.name} = {int(value) if value.is_integer() else value!r}")
        elif value:
            lines.append(f"{field.name} = {_quoted(value)}")
    return lines


def _quoted(text: str) -> str:
    """A TOML basic string, which is a JSON string but for DEL."""
    return json.dumps(_CONTROL.sub(" ", text), ensure_ascii=False)
