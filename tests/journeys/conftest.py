"""Fixtures for journeys through marking from the photos."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from camwalk.gui.main_window import MainWindow
from tests.journeys.walkers import Walker, sample_survey


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample walk, imported once."""
    return sample_survey(tmp_path_factory.mktemp("sample") / "sample.camwalk")


@pytest.fixture
def walker(sample_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Walker]:
    """A person with the sample walk open in a window of their own."""
    path = tmp_path / "walk.camwalk"
    path.write_bytes(sample_file.read_bytes())
    window = MainWindow()
    window.resize(1400, 900)
    window.show()
    qtbot.addWidget(window)
    window.open_survey(path)
    assert window.workspace is not None
    walker = Walker(window, window.workspace, qtbot)
    walker.wait()
    yield walker
    window.close()
