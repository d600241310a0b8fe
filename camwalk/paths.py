"""Where things lie on this machine."""

import os
from functools import cache
from pathlib import Path

import platformdirs


@cache
def resources() -> Path:
    """Icons, translations, map style and the sample walk, in a checkout or an installed wheel."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def cache_folder() -> Path:
    """Thumbnails, extract indexes and fetched tiles; safe to delete. CAMWALK_CACHE overrides it."""
    return _folder("CAMWALK_CACHE", platformdirs.user_cache_path("camwalk", appauthor=False))


def config_folder() -> Path:
    """The settings. CAMWALK_CONFIG overrides it."""
    return _folder("CAMWALK_CONFIG", platformdirs.user_config_path("camwalk", appauthor=False))


def documents_folder() -> Path:
    """Where a person expects new surveys."""
    return platformdirs.user_documents_path()


def _folder(variable: str, default: Path) -> Path:
    folder = Path(os.environ.get(variable) or default)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
