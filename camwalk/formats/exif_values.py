"""What single EXIF values mean: text and numbers, whatever type a device stored them in."""

import re
from collections.abc import Callable, Mapping
from math import isfinite

from camwalk.formats.exif import Value
from camwalk.model import Message

Warn = Callable[[Message], None]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_TEXT = 100


def text(tags: Mapping[int, Value], tag: int) -> str:
    """Plain text without control characters; empty where the tag is missing or a number."""
    value = tags.get(tag, b"")
    if not isinstance(value, bytes):
        return ""
    raw = value.partition(b"\0")[0]
    try:
        decoded = raw.decode()
    except UnicodeDecodeError:
        decoded = raw.decode("latin-1")
    if not decoded.isprintable():
        decoded = "".join(c for c in decoded if c.isprintable())
    return decoded.strip()[:_LONGEST_TEXT]


def letter(tags: Mapping[int, Value], tag: int) -> str:
    """The first letter of a reference such as N, K or T, in upper case; empty where there is none."""
    return text(tags, tag)[:1].upper()


def numbers(tags: Mapping[int, Value], tag: int) -> tuple[float, ...]:
    """The numbers of a tag, also of one stored as text; NaN where divided by zero."""
    value = tags.get(tag, ())
    return numbers_in(text(tags, tag)) if isinstance(value, bytes) else value


def number(tags: Mapping[int, Value], tag: int) -> float | None:
    """The only number of a tag; None where it is missing, or not finite."""
    found = numbers(tags, tag)
    return found[0] if found and isfinite(found[0]) else None


def numbers_in(words: str) -> tuple[float, ...]:
    """The numbers in a text; a comma may part them, or be the decimal sign as well.

    "52,00000,50,00000,34,0118" is 52, 50 and 34.0118.
    """
    parts = [part.strip() for part in re.split("[,;]", words)]
    whole = [part.removeprefix("-") for part in parts]
    if len(parts) in (2, 6) and all(part.isdecimal() for part in whole):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        decimal = tuple(float(f"{a}.{b}") for a, b in pairs)
        if len(parts) == 6 or float(whole[1]) >= 60:
            return decimal
    sign = -1.0 if words.lstrip().startswith("-") else 1.0
    found = [float(n) for n in _NUMBER.findall(words)]
    return (sign * found[0], *found[1:]) if found else ()
