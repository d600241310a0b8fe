"""The records of a survey. Every one has an `id` that is unique within its table."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from camwalk.model.message import Message
from camwalk.model.place import LatLon

Tags = Mapping[str, str]
"""OSM tags; never changed in place."""

Source = Literal["exif", "gpx", "manual", "none"]
HeadingSource = Literal["exif", "walk", "manual", "none"]
Placing = Literal["manual", "ray", "wall", "crossing"]
Verdict = Literal["ours", "theirs", "mixed", "confirmed", "different", "removed", "later"]


def is_panorama(width: int, height: int) -> bool:
    """Whether a picture is too long to be a single shot of a lens."""
    return max(width, height) > 2.25 * max(min(width, height), 1)


def same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two pictures of these pixels have the same sides, but for size and turn."""
    shapes = (max(size) / max(min(size), 1) for size in (one, other))
    return abs(next(shapes) / next(shapes) - 1) < 0.015


def new_id() -> str:
    """A fresh record id, unique for all practical purposes also between surveys."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One outing. `defaults` are the tags that its new cameras inherit."""

    id: str
    name: str
    zone: str | None = None
    defaults: Tags = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What took photos, and how its clock went on one walk.

    `clock_offset` is the seconds to add to the device's clock to get true time, None while
    unknown; `zone` is the IANA name of the zone the clock shows. `manual` means that a person
    set them, so that no guess replaces them.
    """

    id: str
    walk: str
    name: str
    make: str = ""
    model: str = ""
    serial: str = ""
    zone: str | None = None
    zone_reason: Message | None = None
    clock_offset: float | None = None
    clock_reason: Message | None = None
    manual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """Where a photographer stood, when, and looking where.

    The first block is what the file says and never changes; the second is what Camwalk makes
    of it. `width` and `height` are pixels of the upright picture (Orientation applied).
    """

    id: str
    walk: str
    device: str
    path: str
    size: int
    fingerprint: str
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    taken: datetime | None = None  # the device's clock, without zone
    taken_offset: int | None = None  # OffsetTimeOriginal in minutes east of UTC
    gps_time: datetime | None = None
    exif_lat: float | None = None
    exif_lon: float | None = None
    altitude: float | None = None
    accuracy: float | None = None  # GPSHPositioningError, metres
    speed: float | None = None  # metres per second
    course: float | None = None  # GPSTrack, degrees
    direction: float | None = None  # GPSImgDirection, degrees from the north of direction_ref
    direction_ref: Literal["T", "M"] | None = None  # None: the file does not say which north
    focal_mm: float | None = None
    focal_35mm: float | None = None
    zoom: float | None = None  # DigitalZoomRatio
    full_width: int | None = None  # PixelXDimension and PixelYDimension, upright: before any cropping
    full_height: int | None = None
    usual_35mm: float | None = None  # of its device, where the file does not tell the focal length

    utc: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    source: Source = "none"
    heading: float | None = None  # where the lens looked, degrees from true north
    heading_source: HeadingSource = "none"
    seen: bool = False  # somebody looked and marked all there is
    warnings: tuple[Message, ...] = ()

    @property
    def position(self) -> LatLon | None:
        """Where the photographer stood, if known."""
        return None if self.lat is None or self.lon is None else LatLon(self.lat, self.lon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A recorded path. `points` are little-endian doubles, four a point, as `array` shows them."""

    id: str
    walk: str
    name: str
    path: str
    fingerprint: str
    points: bytes
    starts: tuple[int, ...]  # index of the first point of each segment

    @property
    def array(self) -> NDArray[np.float64]:
        """Shape (n, 4): UTC in seconds since 1970 (NaN where missing), lat, lon, altitude (or NaN)."""
        return np.frombuffer(self.points, dtype="<f8").reshape(-1, 4)

    @property
    def segments(self) -> list[NDArray[np.float64]]:
        """The parts of `array` between gaps."""
        return np.split(self.array, self.starts[1:]) if self.starts else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """A note taken at a place; `links` point to photos or sound that the recorder made."""

    id: str
    walk: str
    name: str
    lat: float
    lon: float
    path: str
    fingerprint: str
    note: str = ""
    utc: datetime | None = None
    links: tuple[str, ...] = ()

    @property
    def position(self) -> LatLon:
        """Where the note was taken."""
        return LatLon(self.lat, self.lon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A surveillance camera and its OSM tags.

    Where its place was estimated from sightings, `placed` says how, and the 1-sigma error ellipse
    is `sigma_major` by `sigma_minor` metres, its long axis `axis` degrees from true north. What a
    person placed is "manual" and has no ellipse.
    """

    id: str
    lat: float
    lon: float
    created: datetime
    walk: str | None = None
    tags: Tags = field(default_factory=dict[str, str])
    placed: Placing = "manual"
    sigma_major: float | None = None
    sigma_minor: float | None = None
    axis: float | None = None
    system: str | None = None  # of the dossier; never leaves the survey

    @property
    def position(self) -> LatLon:
        """Where it hangs."""
        return LatLon(self.lat, self.lon)

    def hung_at(self, place: LatLon) -> "Camera":
        """The camera where a person says that it hangs: that is no estimate any more."""
        return replace(
            self, lat=place.lat, lon=place.lon, placed="manual", sigma_major=None, sigma_minor=None, axis=None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One camera seen in one photo, at pixel `x`, `y` of the upright picture where that is known.

    `track` and `label` are what a detector outside called it; sightings of one track show one camera.
    """

    id: str
    photo: str
    camera: str | None = None
    x: float | None = None
    y: float | None = None
    track: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """Two sightings or cameras, by id, that a person said are not the same camera."""

    id: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A file of cameras to compare with. `osm` is false for open data that is not OSM's.

    `columns` tells for a table which column holds what: "lat", "lon" or an OSM key.
    """

    id: str
    path: str
    fingerprint: str
    osm: bool = True
    columns: Tags = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about a camera of ours, one of OSM's ("node/123"), or the pair.

    `tags` are the tags agreed on where the verdict is "mixed"; `note` is for other mappers.
    """

    id: str
    verdict: Verdict
    made: datetime
    camera: str | None = None
    osm: str | None = None
    tags: Tags = field(default_factory=dict[str, str])
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Cameras that were given to somebody: to JOSM, or into a file."""

    id: str
    made: datetime
    target: str
    cameras: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Tags that the group gives to many cameras, under a name of its own."""

    id: str
    name: str
    tags: Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A street that a person ticked as walked, or unticked; `id` is the OSM way's number as text."""

    id: str
    walked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A surveillance system that a source says a town has."""

    id: str
    name: str
    supplier: str = ""
    place: str = ""
    period: str = ""
    purpose: str = ""
    status: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A declared figure: a claim that somebody made, with its source. `value` is None if it is no number."""

    id: str
    what: str
    stated: str
    value: float | None = None
    as_of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A request, an answer, a decision: a file or a link."""

    id: str
    title: str
    kind: str = ""
    dated: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why one file of a batch was left out, or what to know about it."""

    id: str
    path: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The attached OSM file; a survey has at most one, with the id "extract"."""

    id: str
    path: str
    fingerprint: str


Record = (
    Walk | Device | Photo | Track | Waypoint | Camera | Sighting | Distinct | Problem | Extract
    | Reference | Decision | Handover | Preset | Tick | System | Figure | Document
)  # fmt: skip
