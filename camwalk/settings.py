"""What a person set on this machine; none of it goes into a survey."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from camwalk import paths

OVERPASS = "https://overpass-api.de/api/interpreter"
OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


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
    """The settings as saved; all defaults where the file is missing or was damaged."""
    try:
        values: dict[str, Any] = json.loads(_file().read_text(encoding="utf-8"))
        values["recent"] = tuple(values.get("recent", ()))
        return Settings(**values)
    except (OSError, ValueError, TypeError, AttributeError):
        return Settings()


def save(settings: Settings) -> None:
    """Keep the settings for the next start."""
    _file().write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")


def _file() -> Path:
    return paths.config_folder() / "settings.json"
