"""What a person set on this machine; none of it goes into a survey."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, cast

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
    """The settings as saved; the default of each that is missing or makes no sense."""
    try:
        found: Any = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    saved = cast(dict[str, Any], found) if isinstance(found, dict) else {}
    values = {name: v for name, v in saved.items() if name in _GOOD and _GOOD[name](v)}
    values["recent"] = tuple(values.get("recent", ()))
    return Settings(**values)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_GOOD: Mapping[str, Callable[[Any], bool]] = {
    "language": lambda value: value is None or _is_text(value),
    "theme": lambda value: value in ("system", "light", "dark"),
    "network": lambda value: isinstance(value, bool),
    "overpass": _is_text,
    "tiles": _is_text,
    "recent": lambda value: isinstance(value, list) and all(map(_is_text, cast("list[Any]", value))),
    "largest_gap": lambda value: isinstance(value, int | float) and 0 < value < 1e6,
}


def save(settings: Settings) -> None:
    """Keep the settings for the next start. OSError where that cannot be."""
    part = _file().with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    part.replace(_file())


def _file() -> Path:
    return paths.config_folder() / "settings.json"
