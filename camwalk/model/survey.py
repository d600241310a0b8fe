"""The survey: all records of one neighbourhood project, as one immutable value."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from camwalk.model.edit import Change
from camwalk.model.errors import CamwalkError
from camwalk.model.message import message
from camwalk.model.records import (
    Camera,
    Decision,
    Device,
    Distinct,
    Document,
    Extract,
    Figure,
    Handover,
    Photo,
    Preset,
    Problem,
    Record,
    Reference,
    Sighting,
    System,
    Tick,
    Track,
    Walk,
    Waypoint,
)

TABLES: Mapping[type[Record], str] = {
    Walk: "walks",
    System: "systems",
    Device: "devices",
    Photo: "photos",
    Track: "tracks",
    Waypoint: "waypoints",
    Camera: "cameras",
    Sighting: "sightings",
    Distinct: "distincts",
    Problem: "problems",
    Extract: "extracts",
    Reference: "reference_files",
    Decision: "decisions",
    Handover: "handovers",
    Preset: "presets",
    Tick: "ticks",
    Figure: "figures",
    Document: "documents",
}
"""The table of each kind of record, parents before children."""


@dataclass(frozen=True)
class Survey:
    """Every record by id, in the order they were added. Equal values mean equal surveys."""

    walks: Mapping[str, Walk] = field(default_factory=dict[str, Walk])
    systems: Mapping[str, System] = field(default_factory=dict[str, System])
    devices: Mapping[str, Device] = field(default_factory=dict[str, Device])
    photos: Mapping[str, Photo] = field(default_factory=dict[str, Photo])
    tracks: Mapping[str, Track] = field(default_factory=dict[str, Track])
    waypoints: Mapping[str, Waypoint] = field(default_factory=dict[str, Waypoint])
    cameras: Mapping[str, Camera] = field(default_factory=dict[str, Camera])
    sightings: Mapping[str, Sighting] = field(default_factory=dict[str, Sighting])
    distincts: Mapping[str, Distinct] = field(default_factory=dict[str, Distinct])
    problems: Mapping[str, Problem] = field(default_factory=dict[str, Problem])
    extracts: Mapping[str, Extract] = field(default_factory=dict[str, Extract])
    reference_files: Mapping[str, Reference] = field(default_factory=dict[str, Reference])
    decisions: Mapping[str, Decision] = field(default_factory=dict[str, Decision])
    handovers: Mapping[str, Handover] = field(default_factory=dict[str, Handover])
    presets: Mapping[str, Preset] = field(default_factory=dict[str, Preset])
    ticks: Mapping[str, Tick] = field(default_factory=dict[str, Tick])
    figures: Mapping[str, Figure] = field(default_factory=dict[str, Figure])
    documents: Mapping[str, Document] = field(default_factory=dict[str, Document])

    @property
    def extract(self) -> Extract | None:
        """The attached OSM file."""
        return next(iter(self.extracts.values()), None)

    def table(self, kind: type[Record]) -> Mapping[str, Record]:
        """All records of one kind."""
        return getattr(self, TABLES[kind])

    def apply(self, changes: Iterable[Change]) -> "Survey":
        """The survey after `changes`; CamwalkError if a `before` is not what is here."""
        touched: dict[str, dict[str, Record]] = {}
        for change in changes:
            record = change.record
            name = TABLES[type(record)]
            table = touched.setdefault(name, dict(getattr(self, name)))
            if table.get(record.id) != change.before:
                raise CamwalkError(
                    message("This was changed in the meantime. Look at it again, then repeat the step.")
                )
            if change.after is None:
                del table[record.id]
            else:
                table[record.id] = change.after
        return replace(self, **touched) if touched else self

    @cached_property
    def sightings_of_camera(self) -> Mapping[str, tuple[Sighting, ...]]:
        """The sightings of each camera that has any."""
        return _grouped((s.camera, s) for s in self.sightings.values() if s.camera)

    @cached_property
    def sightings_in_photo(self) -> Mapping[str, tuple[Sighting, ...]]:
        """The sightings in each photo that has any."""
        return _grouped((s.photo, s) for s in self.sightings.values())


def _grouped(pairs: Iterable[tuple[str, Sighting]]) -> Mapping[str, tuple[Sighting, ...]]:
    groups: defaultdict[str, list[Sighting]] = defaultdict(list)
    for key, sighting in pairs:
        groups[key].append(sighting)
    return {key: tuple(group) for key, group in groups.items()}
