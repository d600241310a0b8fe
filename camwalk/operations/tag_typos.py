"""Slips in keys and values: near misses of what is known, and what would be meant."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from camwalk.model import message
from camwalk.operations.tag_known import (
    ALIASES,
    CLOSED,
    DISCOURAGED,
    DISCOURAGED_KEYS,
    KNOWN_KEYS,
    KNOWN_VALUES,
    MISUSED_KEYS,
    OF_OTHER_THINGS,
    PREFIXES,
)
from camwalk.operations.tag_values import TagProblem

ALIKE = 0.8  # share of letters two words have in common, from which one is a slip of the other
_FREE_LATER = ("name", "addr", "ref", "source", "note", "description", "is_in", "check_date")


@lru_cache(maxsize=4096)
def key_slip(key: str) -> TagProblem | None:
    """Whether a key seems to mean another one."""
    if meant := MISUSED_KEYS.get(key):
        return TagProblem(key, message("“{key}” is usually “{meant}”.", key=key, meant=meant), None, meant)
    prefix, _, rest = key.partition(":")
    if prefix in PREFIXES and rest:
        return key_slip(rest) and _slip_behind(key, prefix, rest)
    if discouraged := DISCOURAGED_KEYS.get("is_in" if prefix == "is_in" else key):
        return TagProblem(key, discouraged)
    if key in OF_OTHER_THINGS:
        reason = message("“{key}” belongs to another thing, which is an object of its own.", key=key)
        return TagProblem(key, reason)
    if key in KNOWN_KEYS or (prefix in _FREE_LATER and re.fullmatch(r"[a-z_]+(?::[\w\-]+)+", key)):
        return None
    if near := nearest(key, KNOWN_KEYS | MISUSED_KEYS.keys()):
        meant = MISUSED_KEYS.get(near, near)
        reason = message("“{key}” looks like a slip of “{meant}”.", key=key, meant=meant)
        return TagProblem(key, reason, None, meant)
    if not re.fullmatch(r"[a-z][a-z_]{2,}(?::[\w\-]*[^\W\d])*", key):
        return TagProblem(key, message("“{key}” is not a key that OpenStreetMap uses.", key=key))
    return None


def _slip_behind(key: str, prefix: str, rest: str) -> TagProblem | None:
    found = key_slip(rest)
    if found is None:
        return None
    meant = f"{prefix}:{found.suggested_key}" if found.suggested_key else None
    return TagProblem(key, found.reason, None, meant)


@lru_cache(maxsize=4096)
def value_slip(key: str, value: str) -> TagProblem | None:
    """Whether a value is discouraged, or seems to mean another one that is known."""
    prefix, _, rest = key.partition(":")
    known = KNOWN_VALUES.get(rest if prefix in PREFIXES else key)
    if known is None:
        return None
    parts = value.split(";")
    for number, part in enumerate(parts):
        if (found := _part_slip(key, part, known)) is not None:
            better = found.suggestion and ";".join([*parts[:number], found.suggestion, *parts[number + 1 :]])
            return TagProblem(key, found.reason, better)
    return None


def _part_slip(key: str, part: str, known: frozenset[str]) -> TagProblem | None:
    if reason := DISCOURAGED.get((key, part)):
        return TagProblem(key, reason)
    if part in known:
        return None
    lowered = {a.lower(): meant for (k, a), meant in ALIASES.items() if k == key}
    meant = lowered.get(part.strip().lower()) or nearest(part, known)
    if meant:
        reason = message("“{value}” is understood as “{meant}” by few; write that.", value=part, meant=meant)
        return TagProblem(key, reason, meant)
    if key in CLOSED:
        choices = ", ".join(sorted(known))
        return TagProblem(
            key, message("“{value}” is not known here. Known are: {choices}.", value=part, choices=choices)
        )
    if not re.fullmatch(r"[a-z][a-z0-9_/]*", part):
        better = re.sub(r"[\s\-]+", "_", part.strip().lower())
        reason = message("“{value}” is not how values are written: small letters and “_”.", value=part)
        return TagProblem(key, reason, better if re.fullmatch(r"[a-z][a-z0-9_]*", better) else None)
    return None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is a slip of, by letters, and case, hyphens and colons aside."""
    plain = _plain(word)
    best, share = None, 0.0
    for candidate in sorted(known):
        alike = 1.0 if _plain(candidate) == plain else _alike(plain, _plain(candidate))
        if alike > share:
            best, share = candidate, alike
    return best if share >= ALIKE and best != word else None


def _alike(a: str, b: str) -> float:
    if abs(len(a) - len(b)) > 2:
        return 0.0
    if len(a) > 2 and sorted(a) == sorted(b):
        return ALIKE
    return SequenceMatcher(None, a, b).ratio()


def _plain(word: str) -> str:
    return re.sub(r"[\s:_\-]+", "_", word.strip().lower()).strip("_")
