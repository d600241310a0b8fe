"""Keeps the catalogues of resources/translations in step with the sources.

    python packaging/translations.py [MORE.po ...]

Collects every visible sentence, brings the template and each language up to date, takes over the
translations found in the .po files given, and compiles. Prints what is still untranslated and
exits with 1 if anything is. Writes only what changed, so that differences stay readable.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
TEMPLATE = FOLDER / "camwalk.pot"
LANGUAGES = ("fr",)

KEYWORDS = {
    "_": None,
    "message": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
}
ARGPARSE = (  # what argparse itself says, asked of the same catalogue
    "usage: ",
    "options",
    "positional arguments",
    "show this help message and exit",
    "show program's version number and exit",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "argument %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
    "ambiguous option: %(option)s could match %(matches)s",
    "ignored explicit argument %r",
    "not allowed with argument %s",
    "%(prog)s: error: %(message)s\n",
)


def language_file(language: str) -> Path:
    """The catalogue that people edit."""
    return FOLDER / language / "LC_MESSAGES" / "camwalk.po"


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        project="Camwalk",
        version="0.1",
        header_comment="# Sentences of Camwalk, GPL-3.0-or-later like the program.\n#",
        last_translator="the Camwalk authors",
        language_team="the Camwalk authors",
        msgid_bugs_address="the Camwalk authors",
        fuzzy=False,
    )


def extracted() -> Catalog:
    """Every visible sentence of the sources."""
    catalog = _empty()
    for name, line, text, comments, context in extract_from_dir(
        ROOT / "camwalk", keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        if text:
            catalog.add(text, locations=[(f"camwalk/{name}", line)], auto_comments=comments, context=context)
    for text in ARGPARSE:
        catalog.add(text, locations=[("argparse", 1)])
    return catalog


def read(path: Path, language: str | None = None) -> Catalog:
    """A catalogue as it lies on disk."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(catalog: Catalog) -> Iterator[Message]:
    """The sentences of a catalogue, without its header."""
    return (message for message in catalog if message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The translation: one text, or one for each plural; nothing where any of them is missing."""
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return texts if all(texts) else ()


def merge(catalog: Catalog, others: Iterable[Catalog]) -> None:
    """Take over what `others` translate; the last one wins."""
    for other in others:
        for theirs in messages(other):
            ours = catalog.get(theirs.id, theirs.context)
            if ours is not None and forms(theirs):
                ours.string = theirs.string
                ours.flags.discard("fuzzy")


def _content(catalog: Catalog) -> list[tuple[str, str, tuple[str, ...], list[str]]]:
    """What makes two catalogues differ: not their dates, nor line numbers."""
    return sorted(
        (str(m.id), m.context or "", forms(m), sorted({file for file, _ in m.locations}))
        for m in messages(catalog)
    )


def _write(catalog: Catalog, path: Path) -> None:
    if path.exists() and _content(read(path)) == _content(catalog):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    print(f"wrote {path.relative_to(ROOT)}")


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def update(language: str, template: Catalog, others: Iterable[Catalog] = ()) -> Catalog:
    """The language's catalogue with the template's sentences, written and compiled."""
    path = language_file(language)
    catalog = read(path, language) if path.exists() else _empty(language)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    merge(catalog, others)
    _write(catalog, path)
    path.with_suffix(".mo").write_bytes(compiled(read(path, language)))
    return catalog


def main(more: list[str]) -> int:
    """Do all of it; the exit code."""
    template = extracted()
    _write(template, TEMPLATE)
    missing = 0
    for language in LANGUAGES:
        catalog = update(language, template, [read(Path(path), language) for path in more])
        for message in messages(catalog):
            if not forms(message):
                missing += 1
                print(f"{language}: no translation yet: {message.id!r}")
    return min(missing, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
