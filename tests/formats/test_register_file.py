"""Register files: read tolerantly, written so that they are read as they were."""

from pathlib import Path

import pytest

from camwalk import paths
from camwalk.formats.register_file import Register, read_register, write_register
from camwalk.model import CamwalkError, Document, Figure, System

STARTERS = sorted((paths.resources() / "register").glob("*.toml"))
AWKWARD = 'a "b" \\ c\n d 🎥 é \u007f <b>'


def test_the_starter_registers_say_the_same_in_each_language() -> None:
    english, french = (
        read_register(paths.resources() / "register" / f"{code}.toml") for code in ("en", "fr")
    )
    assert [s.id for s in english.systems] == [s.id for s in french.systems]
    assert [(f.id, f.value) for f in english.figures] == [(f.id, f.value) for f in french.figures]
    assert len(english.capabilities) == len(french.capabilities)
    assert (english.language, french.language) == ("en", "fr")
    assert english.problems == french.problems == ()


@pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
def test_every_claim_of_the_starter_register_has_its_source(file: Path) -> None:
    register = read_register(file)
    assert (len(register.systems), len(register.figures)) == (17, 8)
    assert all(entry.source for entry in (*register.systems, *register.figures))


def test_the_starter_register_has_what_the_founding_documents_tell(shared: Path) -> None:
    told = (shared / "SYSTEMS.md").read_text(encoding="utf-8")
    systems, figures = told.split("## Declared figures")
    rows = [line.split("|")[1].strip() for line in systems.splitlines() if line.startswith("| ")][2:]
    register = read_register(paths.resources() / "register" / "en.toml")
    assert [s.name for s in register.systems] == rows
    rows = [line.split("|")[1].strip() for line in figures.splitlines() if line.startswith("| ")][2:]
    assert [f.what for f in register.figures] == rows


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    register = Register(
        systems=(System(id="a", name=AWKWARD.replace("\u007f", ""), supplier="é"),),
        figures=(
            Figure(id="b", what="cameras", stated="1,5", value=1.5),
            Figure(id="c", what="w", stated="s"),
        ),
        documents=(Document(id="d", title="CADA", link="https://example.org/?a=1&b=2"),),
        language="fr",
        capabilities=("sons", 'a"b'),
    )
    write_register(tmp_path / "r.toml", register)
    assert read_register(tmp_path / "r.toml") == register


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    write_register(tmp_path / "r.toml", Register(systems=(System(id="a", name="x\x7f\x00\udcff\u202ey"),)))
    assert read_register(tmp_path / "r.toml").systems[0].name.replace(" ", "") == "xy"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[[system]",
        b'{"type": "FeatureCollection"}',
        b"title = 'another file'",
        b"a = " + b"[" * 20_000,
        b"system = 3\nfigure = {a = 1}",
    ],
)
def test_what_is_no_register_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.toml"
    file.write_bytes(content)
    with pytest.raises(CamwalkError, match=r"other\.toml"):
        read_register(file)


def test_a_missing_file_or_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.toml", tmp_path):
        with pytest.raises(CamwalkError):
            read_register(path)


def test_bad_entries_are_left_out_and_told_and_the_others_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "mixed.toml"
    file.write_text(
        """
        [[system]]
        supplier = "nobody"
        [[system]]
        name = "Savari"
        period = 2021
        place = ["Reims"]
        [[figure]]
        what = "cameras"
        stated = 245
        value = "many"
        as_of = 2023-01-30
        [[figure]]
        what = "too many"
        stated = "inf"
        value = inf
        """,
        encoding="utf-8",
    )
    register = read_register(file)
    assert [(s.name, s.period, s.place) for s in register.systems] == [("Savari", "2021", "")]
    assert [(f.stated, f.value, f.as_of) for f in register.figures] == [
        ("245", None, "2023-01-30"),
        ("inf", None, ""),
    ]
    assert len(register.problems) == 1


def test_an_entry_without_an_id_gets_the_same_one_each_time(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text('[[system]]\nname = "A"\n[[system]]\nname = "B"\nid = "not an id!"\n', encoding="utf-8")
    assert read_register(file).systems == read_register(file).systems
    assert len({s.id for s in read_register(file).systems}) == 2
