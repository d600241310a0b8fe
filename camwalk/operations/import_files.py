"""Import: photos, GPX files and survey GeoJSON, in any mix of folders and files, become one edit.

Nothing comes in twice: a file is known by its content, so a moved one is found again, and one
that was read before only brings what is new in it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from camwalk.formats.gpx_file import GpxFile, read_gpx
from camwalk.formats.photo_file import PhotoFile, read_photo
from camwalk.formats.survey_geojson import read_survey_geojson
from camwalk.model import (
    CamwalkError,
    Change,
    Device,
    Edit,
    Message,
    Photo,
    Problem,
    Record,
    Report,
    Survey,
    Track,
    added,
    combined,
    counted,
    ignore_progress,
    message,
    removed,
)
from camwalk.model.survey import TABLES
from camwalk.operations.estimate_clocks import estimate_clocks
from camwalk.operations.find_files import Found, find_files
from camwalk.operations.locate_photos import locate_photos
from camwalk.operations.new_records import choose_walk, new_records, sort_photos
from camwalk.operations.point_photos import point_photos
from camwalk.operations.problems import problem
from camwalk.operations.set_clock import device_named, set_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person may say about an import.

    `zone` is the IANA zone of clocks that do not tell theirs; `offsets` are seconds to add to a
    device's clock, by device name; `largest_gap` is in seconds.
    """

    walk: str | None = None
    zone: str | None = None
    offsets: Mapping[str, float] = field(default_factory=dict[str, float])
    largest_gap: float = 120.0


@dataclass(frozen=True, slots=True)
class Imported:
    """The edit that brings the files in, and what to tell about it."""

    edit: Edit
    new: Mapping[str, int]  # records by the name of their table
    known: int  # files that were here already
    moved: int
    problems: tuple[Problem, ...]
    left_aside: Message | None  # which files of the folders were passed over

    @property
    def came_to_nothing(self) -> bool:
        """Whether no file was of any use."""
        return not (self.new or self.known or self.moved)


@dataclass(frozen=True, slots=True)
class _Files:
    photos: tuple[PhotoFile, ...]
    tracks: tuple[tuple[str, GpxFile], ...]
    others: tuple[Record, ...]
    problems: tuple[Problem, ...]
    found: Found


def import_files(
    survey: Survey, paths: Sequence[str], wishes: Wishes | None = None, report: Report = ignore_progress
) -> Imported:
    """Read the files below `paths`, set the clocks and place the photos. See `Wishes`."""
    wishes = wishes or Wishes()
    files = _read(paths, report)
    sorted_photos = sort_photos(survey, files.photos)
    known_gpx = {t.fingerprint for t in (*survey.tracks.values(), *survey.waypoints.values())}
    gpx = {g.fingerprint: (path, g) for path, g in files.tracks if g.fingerprint not in known_gpx}
    records = [r for r in files.others if r.id not in survey.table(type(r))]
    changes = [*added(*records), *sorted_photos.updated]
    if sorted_photos.fresh or gpx:
        walk = choose_walk(survey, wishes.walk, sorted_photos, [g for _, g in gpx.values()])
        changes += new_records(survey, walk, sorted_photos.fresh, list(gpx.values()))
    changes += _placed(survey, changes, wishes)
    changes += _problem_changes(survey, files)
    done = combined(changes)
    new = Counter(
        TABLES[type(c.record)] for c in done if c.before is None and not isinstance(c.record, Problem)
    )
    known = len(files.photos) + len(files.tracks) + len(files.others)
    known -= len(sorted_photos.fresh) + len(sorted_photos.updated) + len(gpx) + len(records)
    return Imported(
        Edit(_label(new, sorted_photos.updated), done),
        new,
        known,
        len(sorted_photos.updated),
        files.problems,
        files.found.left_aside,
    )


_LABELS: Mapping[str, Callable[[int], Message]] = {
    "photos": lambda n: counted("Import {n} photo", "Import {n} photos", n),
    "tracks": lambda n: counted("Import {n} track", "Import {n} tracks", n),
    "waypoints": lambda n: counted("Import {n} waypoint", "Import {n} waypoints", n),
    "cameras": lambda n: counted("Import {n} camera", "Import {n} cameras", n),
}
"""By the name of their table, what comes first first."""


def _label(new: Mapping[str, int], updated: Sequence[Change]) -> Message:
    """What an import did above all."""
    for name, label in _LABELS.items():
        if n := new.get(name, 0):
            return label(n)
    pairs = ((c.before, c.after) for c in updated)
    moved = sum(isinstance(a, Photo) and isinstance(b, Photo) and a.path != b.path for a, b in pairs)
    if moved:
        return counted("Find {n} photo again", "Find {n} photos again", moved)
    if updated:
        return counted("Read {n} photo again", "Read {n} photos again", len(updated))
    return message("Import files")


def _read(paths: Sequence[str], report: Report) -> _Files:
    found = find_files(paths)
    names, problems = found.files, [*found.problems]
    photos: list[PhotoFile] = []
    tracks: list[tuple[str, GpxFile]] = []
    others: list[Record] = []
    for done, path in enumerate(names):
        report(done, len(names))
        try:
            if path.lower().endswith(".gpx"):
                tracks.append((path, read_gpx(path)))
            elif path.lower().endswith((".geojson", ".json")):
                others.extend(read_survey_geojson(path))
            else:
                photos.append(read_photo(path))
        except CamwalkError as error:
            problems.append(problem(path, error.reason))
    report(len(names), len(names))
    problems.extend(problem(path, warning) for path, gpx in tracks for warning in gpx.warnings)
    return _Files(tuple(photos), tuple(tracks), tuple(others), tuple(problems), found)


def _placed(survey: Survey, changes: Sequence[Change], wishes: Wishes) -> list[Change]:
    """What follows from the new files: the clocks of their devices, the places of their photos."""
    now = survey.apply(changes)
    placed: list[Change] = []

    def apply(more: Iterable[Change]) -> None:
        nonlocal now
        more = tuple(more)
        now = now.apply(more)
        placed.extend(more)

    walks = dict.fromkeys(c.record.walk for c in changes if isinstance(c.record, Photo | Track))
    for walk in walks:
        if wishes.zone:
            apply(_in_zone(now, walk, wishes.zone))
        apply(estimate_clocks(now, walk))
        apply(locate_photos(now, walk, largest_gap=wishes.largest_gap))
    for name, seconds in wishes.offsets.items():
        device = _device(now, walks, name)
        apply(set_clock(now, device.id, seconds, largest_gap=wishes.largest_gap).changes)
    for walk in walks:
        apply(point_photos(now, walk))
    return placed


def _device(survey: Survey, walks: Iterable[str], name: str) -> Device:
    """The device of this import with that name, else the only one of the survey."""
    here = [d for d in survey.devices.values() if d.walk in walks and d.name == name]
    return here[0] if len(here) == 1 else device_named(survey, name)


def _in_zone(survey: Survey, walk: str, zone: str) -> Iterable[Change]:
    before = survey.walks[walk]
    if before.zone != zone:
        yield Change(before, replace(before, zone=zone))


def _problem_changes(survey: Survey, files: _Files) -> Iterable[Change]:
    """The problems of this import, and those of earlier ones that are solved by it."""
    now = {p.id: p for p in files.problems}
    again = {*files.found.files, *(p.path for p in files.problems)}
    yield from removed(*(p for p in survey.problems.values() if p.path in again and p.id not in now))
    yield from (Change(survey.problems.get(id_), p) for id_, p in now.items())
