"""Going to a place by coordinates or by the name of a street."""

from collections.abc import Sequence
from dataclasses import dataclass

from camwalk.formats.extract_index import ExtractIndex
from camwalk.geometry.coordinates import parse_place
from camwalk.model import LatLon


@dataclass(frozen=True, slots=True)
class Found:
    """A place and what to call it."""

    name: str
    place: LatLon


def find_places(text: str, index: ExtractIndex | None) -> Sequence[Found]:
    """What `text` may mean, best first; empty if nothing is found."""
    if place := parse_place(text):
        return (Found(f"{place.lat:.6f}, {place.lon:.6f}", place),)
    if index is None or not text.strip():
        return ()
    return tuple(Found(name, place) for name, place in index.find_streets(text))
