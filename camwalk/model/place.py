"""Positions in WGS 84."""

from collections.abc import Iterable
from typing import NamedTuple

from camwalk.model.errors import CamwalkError
from camwalk.model.message import message


class LatLon(NamedTuple):
    """A position in degrees, latitude first."""

    lat: float
    lon: float

    @property
    def valid(self) -> bool:
        """Whether this can be a place on Earth."""
        return -90 <= self.lat <= 90 and -180 <= self.lon <= 180

    def checked(self) -> "LatLon":
        """The same position; CamwalkError where there is no such place."""
        if self.valid:
            return self
        raise CamwalkError(
            message(
                "{lat}, {lon} is not a place on Earth: latitude goes from -90 to 90,"
                " longitude from -180 to 180.",
                lat=str(self.lat),
                lon=str(self.lon),
            )
        )


class Box(NamedTuple):
    """A rectangle in degrees; never crosses the date line."""

    south: float
    west: float
    north: float
    east: float

    @staticmethod
    def around(places: Iterable[LatLon]) -> "Box":
        """The smallest that holds all these; ValueError without any."""
        lats, lons = zip(*places, strict=True)
        return Box(min(lats), min(lons), max(lats), max(lons))

    def grown(self, degrees: float) -> "Box":
        """The box with `degrees` more on every side."""
        return Box(self.south - degrees, self.west - degrees, self.north + degrees, self.east + degrees)

    def meets(self, other: "Box") -> bool:
        """Whether the two share at least one point."""
        return (
            self.south <= other.north
            and other.south <= self.north
            and self.west <= other.east
            and other.west <= self.east
        )
