"""Where things lie on this machine, and what they are called."""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs


@cache
def resources() -> Path:
    """Icons, translations, map style and the sample walk, in a checkout or an installed wheel."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def cache_folder(part: str = "") -> Path:
    """Thumbnails, extract indexes and fetched tiles; safe to delete. CAMWALK_CACHE overrides it.

    Where nothing can be written there, a folder that lasts as long as this process.
    """
    default = platformdirs.user_cache_path("camwalk", appauthor=False)
    folder = Path(os.environ.get("CAMWALK_CACHE") or default) / part
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder if os.access(folder, os.W_OK | os.X_OK) and folder.is_dir() else _stand_in(folder)


def cache_is_temporary() -> bool:
    """Whether `cache_folder` could not be used so far."""
    return _stand_in.cache_info().currsize > 0


def config_folder() -> Path:
    """The settings; nobody made it yet. CAMWALK_CONFIG overrides it."""
    default = platformdirs.user_config_path("camwalk", appauthor=False)
    return Path(os.environ.get("CAMWALK_CONFIG") or default)


def documents_folder() -> Path:
    """Where a person expects new surveys."""
    return platformdirs.user_documents_path()


def file_name(path: str | os.PathLike[str]) -> str:
    """The name of a file as text, whatever bytes it holds."""
    return os.fsencode(os.path.basename(path)).decode("utf-8", "replace")


@cache
def _stand_in(_folder: Path) -> Path:
    made = tempfile.mkdtemp(prefix="camwalk-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)
