"""Every visible sentence has its French translation, and the catalogues are in step with the sources."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parents[1]
SPEAKING = {"_", "message", "counted", "ngettext", "pgettext"}
FORWARDING = {"i18n.py"}  # hands on what its callers wrote


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = _script()
LANGUAGES: tuple[str, ...] = translations.LANGUAGES


@pytest.fixture(scope="module")
def template() -> Catalog:
    return translations.extracted()


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return translations.read(translations.language_file(request.param), request.param)


def _keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in translations.messages(catalog)}


def _texts(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _fields(text: str) -> set[str]:
    """What is filled in later: {file}, %(prog)s, %s."""
    braces = {name for _, name, _, _ in Formatter().parse(text.replace("%(", "")) if name is not None}
    return braces | set(re.findall(r"%(?:\(\w+\))?[srd]", text))


def test_the_template_holds_the_sentences_of_the_sources(template: Catalog) -> None:
    assert _keys(translations.read(translations.TEMPLATE)) == _keys(template), "run make translations"


def test_each_catalogue_holds_the_sentences_of_the_sources(template: Catalog, catalogue: Catalog) -> None:
    assert _keys(catalogue) == _keys(template), "run make translations"


def test_every_sentence_is_translated_for_sure(catalogue: Catalog) -> None:
    missing = [m.id for m in translations.messages(catalogue) if m.fuzzy or not translations.forms(m)]
    assert not missing, f"{len(missing)} sentences without a translation"


def test_translations_fill_in_the_same_values(catalogue: Catalog) -> None:
    for message in translations.messages(catalogue):
        wanted = set().union(*map(_fields, _texts(message)))
        for text in translations.forms(message):
            assert _fields(text) | {"n"} == wanted | {"n"}, (message.id, text)
            assert _fields(text) <= wanted, (message.id, text)


def test_translations_keep_line_ends(catalogue: Catalog) -> None:
    for message in translations.messages(catalogue):
        for text in translations.forms(message):
            assert text.endswith("\n") == _texts(message)[0].endswith("\n"), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_one_that_people_edit(language: str) -> None:
    source = translations.language_file(language)
    compiled = translations.compiled(translations.read(source, language))
    assert source.with_suffix(".mo").read_bytes() == compiled, "run make translations"


FRENCH_SLIPS = {
    "a straight apostrophe": re.compile(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]"),
    "no unbreakable space before ; ! ?": re.compile(r"(?<![\u202f\u00a0!?])[;!?](?=\s|$)"),
    "no unbreakable space before :": re.compile(r"(?<![\u202f\u00a0]):(?=\s|$)"),
    "English quotation marks": re.compile(r"[“”]"),
    "no unbreakable space inside « »": re.compile(r"«(?![\u202f\u00a0])|(?<![\u202f\u00a0])»"),
}


@pytest.mark.parametrize("slip", FRENCH_SLIPS)
def test_french_is_set_as_french(slip: str) -> None:
    catalog = translations.read(translations.language_file("fr"), "fr")
    texts = [text for message in translations.messages(catalog) for text in translations.forms(message)]
    assert [text for text in texts if FRENCH_SLIPS[slip].search(text)] == []


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _is_literal(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, str)


def test_every_visible_sentence_is_a_literal_that_can_be_collected() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "camwalk").rglob("*.py"))
        if path.name not in FORWARDING
        for call in _calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in SPEAKING
        if not (call.args and _is_literal(call.args[0]))
    ]
    assert hidden == []
