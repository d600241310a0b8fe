"""Fixtures for everybody: folders of their own for cache and settings, English, offscreen Qt."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache and settings."""
    monkeypatch.setenv("CAMWALK_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("CAMWALK_CONFIG", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that need it are skipped where it is missing."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the folder of real data (shared/data) is not here")
    return SHARED


@pytest.fixture(scope="session")
def walks() -> Path:
    """Small simulated walks with their truth, committed with the tests."""
    return Path(__file__).parent / "walks"
