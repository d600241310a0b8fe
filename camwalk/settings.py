"""What a person set on this machine; none of it goes into a survey."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast

from camwalk import paths

OVERPASS = "https://overpass-api.de/api/interpreter"
OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
LONGEST_GAP = 86_400.0  # seconds; nobody walks a day without a track point


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One value per choice; `replace` one and `save` to change it."""

    language: str | None = None  # None: the system's
    theme: Literal["system", "light", "dark"] = "system"
    network: bool = False  # a person said yes to the network
    overpass: str = OVERPASS
    tiles: str = OSM_TILES
    recent: tuple[str, ...] = ()  # surveys, last one first
    largest_gap: float = 120.0  # seconds between a photo and the track points it is placed by


def load() -> Settings:
    """The settings as saved; the default for each one that is missing or makes no sense."""
    try:
        saved = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(saved, dict):
        return Settings()
    values = cast("dict[str, Any]", saved)
    return Settings(
        **{f.name: _understood(f.name, values[f.name]) for f in fields(Settings) if f.name in values}
    )


def _understood(name: str, value: Any) -> Any:
    """A saved value, else the default of that setting."""
    match name, value:
        case ("language", str() | None) | ("network", bool()) | ("theme", "system" | "light" | "dark"):
            return value
        case "overpass" | "tiles", str() if value.strip():
            return value
        case "recent", list():
            return tuple(path for path in cast("list[object]", value) if isinstance(path, str))
        case "largest_gap", int() | float() if value is not True and 0 < value <= LONGEST_GAP:
            return float(value)
        case _:
            return getattr(Settings(), name)


def save(settings: Settings) -> None:
    """Keep the settings for the next start. OSError where that cannot be; they are then as before."""
    target = _file().resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=".settings.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, target)
    finally:
        Path(fresh).unlink(missing_ok=True)


def _file() -> Path:
    return paths.config_folder() / "settings.json"
