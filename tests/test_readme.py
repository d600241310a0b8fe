"""What README.md says about the commands is what there is."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OPTION = re.compile(r"--[a-z][a-z-]*")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    """The text below a heading of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.M | re.S)
    assert found, f"README.md has no section “{title}”"
    return found[1]


def _usage() -> dict[str, set[str]]:
    """The options of each command in the README's block.

    A line may go on in an indented one, hold several commands with " / " between them, and end
    in a remark after two spaces.
    """
    block = re.search(r"^```\w*\n(.*?)^```", _section("Command line"), re.M | re.S)
    assert block, "the section “Command line” has no block of commands"
    without_remarks = re.sub(r"(?<=\S) {2,}.*", "", block[1])
    lines = re.sub(r"\n +", " ", without_remarks).splitlines()
    commands = (text.removeprefix("camwalk ") for line in lines for text in line.split(" / "))
    return {text.split()[0]: set(OPTION.findall(text)) for text in commands if text and text != "camwalk"}


def _help(*command: str) -> str:
    done = subprocess.run(
        (sys.executable, "-m", "camwalk", *command, "--help"),
        env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _commands() -> set[str]:
    return set(re.findall(r"^ {4}([a-z-]+)(?:  |$)", _help().partition("commands:")[2], re.M))


def test_the_readme_names_every_command_and_no_other() -> None:
    assert _usage().keys() == _commands()


@pytest.mark.parametrize("command", sorted(_usage()))
def test_the_readme_names_every_option_and_no_other(command: str) -> None:
    options = set(OPTION.findall(_help(command).partition("\noptions:")[2])) - {"--help"}
    assert _usage()[command] == options


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    named = set(re.findall(r"`make ([a-z]+)", README)) | set(
        re.findall(r"^(?: {4})?make ([a-z]+)", README, re.M)
    )
    assert {"run", "test"} <= named
    assert named <= targets


def test_the_files_that_the_readme_links_exist() -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
