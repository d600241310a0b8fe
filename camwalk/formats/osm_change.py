"""One edit of one OSM node, as the writers of .osm and .osc files take it."""

from dataclasses import dataclass
from typing import Literal

from camwalk.model import Tags


@dataclass(frozen=True, slots=True)
class OsmChange:
    """A node to create (negative id, no version) or to modify (OSM's id and version), with all its tags."""

    action: Literal["create", "modify"]
    osm_id: int
    version: int | None
    lat: float
    lon: float
    tags: Tags
