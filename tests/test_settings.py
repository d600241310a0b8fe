"""What a person set stays set, whatever happens to the file."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from camwalk import paths, settings
from camwalk.settings import Settings

CHOSEN = Settings(
    language="fr",
    theme="dark",
    network=True,
    overpass="https://overpass.example/api",
    tiles="https://tiles.example/{z}/{x}/{y}.png",
    recent=("/walks/one.camwalk", "/walks/\udce9t\udce9.camwalk"),
    largest_gap=300.0,
)


def file() -> Path:
    return paths.config_folder() / "settings.json"


def test_settings_come_back_as_they_were_saved() -> None:
    settings.save(CHOSEN)
    assert settings.load() == CHOSEN


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("language", 3), ("theme", "pink"), ("theme", ["dark"]), ("network", "yes"), ("network", 1),
        ("overpass", None), ("overpass", " "), ("tiles", {"a": 1}), ("recent", "one.camwalk"), ("recent", 5),
        ("largest_gap", "long"), ("largest_gap", -1), ("largest_gap", True), ("largest_gap", float("nan")),
        ("largest_gap", 10**400),
    ],
)  # fmt: skip
def test_one_bad_value_costs_only_that_value(name: str, bad: object) -> None:
    file().write_text(json.dumps(asdict(CHOSEN) | {name: bad}))
    assert settings.load() == replace(CHOSEN, **{name: getattr(Settings(), name)})


def test_one_bad_entry_costs_only_that_entry() -> None:
    file().write_text(json.dumps(asdict(CHOSEN) | {"recent": ["/a.camwalk", None, 7, "/b.camwalk"]}))
    assert settings.load().recent == ("/a.camwalk", "/b.camwalk")


def test_what_a_newer_camwalk_set_costs_nothing() -> None:
    file().write_text(json.dumps(asdict(CHOSEN) | {"voice": "loud"}))
    assert settings.load() == CHOSEN


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '"text"', "[" * 100_000, "\x00"])
def test_a_file_that_holds_no_settings_gives_the_defaults(text: str) -> None:
    file().write_text(text)
    assert settings.load() == Settings()


def test_a_save_that_fails_leaves_the_settings_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(CHOSEN)
    unwritable = replace(CHOSEN, language=object())  # as a full disk, in the middle of writing
    with pytest.raises(TypeError):
        settings.save(unwritable)
    assert settings.load() == CHOSEN
    assert [path.name for path in file().parent.iterdir()] == ["settings.json"]
