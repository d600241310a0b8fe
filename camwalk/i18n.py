"""Languages: one gettext catalogue for core, command line and window.

The language is kept where gettext itself looks for it, in the environment variable LANGUAGE, so
that every thread and child process speaks the same one.
"""

import gettext as _gettext
import locale
import os
from functools import cache

from camwalk import paths
from camwalk.model.message import Message, Param

LANGUAGES = {"en": "English", "fr": "Français"}


def use_language(code: str | None) -> None:
    """Speak `code` from now on; None, or one that Camwalk does not know, follows the system."""
    os.environ["LANGUAGE"] = code if code in LANGUAGES else _system_language()


def language() -> str:
    """The language in use, a key of LANGUAGES."""
    wanted = os.environ.get("LANGUAGE") or _system_language()
    codes = (part[:2] for part in wanted.split(":"))
    return next((code for code in codes if code in LANGUAGES), "en")


def _system_language() -> str:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value[:2]
    return (locale.getlocale()[0] or "en")[:2]


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    folder = paths.resources() / "translations"
    return _gettext.translation("camwalk", str(folder), [code], fallback=True)


def _(text: str) -> str:
    """`text` in the reader's language."""
    return _catalogue(language()).gettext(text)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form for `n` in the reader's language, its {n} not yet filled."""
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, text: str) -> str:
    """`text` as used in `context`, in the reader's language."""
    return _catalogue(language()).pgettext(context, text)


def tell(message: Message) -> str:
    """The sentence in the reader's language, plain text."""
    values = dict(message.params)
    if message.plural is None:
        text = _(message.text)
    else:
        text = ngettext(message.text, message.plural, int(values["n"]))
    return text.format(**{name: _shown(value) for name, value in values.items()})


def _shown(value: Param) -> str:
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 1)
    return str(value)


def number(value: float, digits: int = 0) -> str:
    """`value` with `digits` decimals and the reader's decimal sign."""
    return f"{value:.{digits}f}".replace(".", pgettext("decimal sign", "."))
