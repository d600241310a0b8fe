"""Sentences for people, kept untranslated until somebody reads them."""

from dataclasses import dataclass

Param = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence as catalogue key and values; `i18n.tell` puts it into the reader's language.

    `text` is the English sentence with {named} fields. Where `plural` is set, the parameter
    `n` chooses between the two.
    """

    text: str
    params: tuple[tuple[str, Param], ...] = ()
    plural: str | None = None

    def __str__(self) -> str:
        values = dict(self.params)
        text = self.text if self.plural is None or values.get("n") == 1 else self.plural
        return text.format(**values)


def message(text: str, /, **params: Param) -> Message:
    """A sentence; Babel collects the literal given here."""
    return Message(text, tuple(params.items()))


def counted(singular: str, plural: str, n: int, /, **params: Param) -> Message:
    """A sentence about `n` things; both forms may use {n}."""
    return Message(singular, (("n", n), *params.items()), plural)
