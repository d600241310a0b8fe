"""The cameras to compare with: those of the extract, and of files of cameras beside it."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from camwalk.formats.names import shown_name
from camwalk.formats.reference_file import OPEN, TableColumns, gone_objects, read_reference, reference_columns
from camwalk.model import (
    CamwalkError,
    Change,
    Edit,
    Message,
    Reference,
    Report,
    Survey,
    Tags,
    counted,
    ignore_progress,
    message,
    removed,
)
from camwalk.operations.attach_extract import ExtractIndex, OsmCamera
from camwalk.operations.match_cameras import osm_ref
from camwalk.operations.problems import problem

__all__ = [
    "ReferenceCameras", "TableColumns", "attach_reference", "detach_reference", "reference_cameras",
    "reference_columns",
]  # fmt: skip

MOST_TOLD = 20  # lines of a table


@dataclass(frozen=True, slots=True)
class ReferenceCameras:
    """OSM's cameras, and others' open data, which is shown and never matched for an export."""

    osm: tuple[OsmCamera, ...] = ()
    open: tuple[OsmCamera, ...] = ()
    problems: Mapping[str, Message] = field(default_factory=dict[str, Message])  # by path


def attach_reference(
    survey: Survey, path: Path, columns: Tags | None = None, report: Report = ignore_progress
) -> Edit:
    """Compare with the cameras in a file from now on; read once, so that a bad file changes nothing.

    The lines of a table that were left out become a problem of the survey.
    """
    skipped: list[Message] = []
    cameras = read_reference(path, columns, report, skipped)
    where = os.fspath(path.absolute())
    after = Reference(
        id=hashlib.blake2b(os.fsencode(where), digest_size=8).hexdigest(),
        path=where,
        fingerprint=hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest(),
        osm=all(camera.osm_type != OPEN for camera in cameras),
        columns=dict(columns or {}),
    )
    known = survey.reference_files.get(after.id)
    changes = () if known == after else (Change(known, after),)
    label = message("Compare with {file}", file=shown_name(where))
    return Edit(label, (*changes, *_told(survey, where, skipped)))


def _told(survey: Survey, path: str, skipped: Sequence[Message]) -> Iterator[Change]:
    """The problems of a file become these."""
    reasons = list(skipped[:MOST_TOLD])
    if more := len(skipped) - len(reasons):
        reasons.append(counted("{n} more line was left out.", "{n} more lines were left out.", more))
    named = (problem(path, reason, place) for place, reason in enumerate(reasons))
    after = {one.id: one for one in named}
    before = {one.id: one for one in survey.problems.values() if one.path == path}
    for id_ in before | after:
        if before.get(id_) != after.get(id_):
            yield Change(before.get(id_), after.get(id_))


def detach_reference(survey: Survey, reference: str) -> Edit:
    """Compare with that file no longer."""
    gone = survey.reference_files[reference]
    label = message("Compare with a file no longer")
    return Edit(label, (*removed(gone), *_told(survey, gone.path, ())))


def reference_cameras(
    survey: Survey, index: ExtractIndex | None, report: Report = ignore_progress
) -> ReferenceCameras:
    """All there is to compare with. Of one OSM object in several files the newest version counts."""
    osm: dict[str, OsmCamera] = {osm_ref(c): c for c in index.cameras()} if index else {}
    others: list[OsmCamera] = []
    problems: dict[str, Message] = {}
    gone: dict[str, int] = {}
    for done, reference in enumerate(survey.reference_files.values()):
        report(done, len(survey.reference_files))
        try:
            cameras = read_reference(Path(reference.path), reference.columns)
            gone |= gone_objects(Path(reference.path))
        except CamwalkError as error:
            problems[reference.path] = error.reason
            continue
        others.extend(c for c in cameras if c.osm_type == OPEN)
        for camera in cameras:
            if camera.osm_type != OPEN and _newer(camera, osm.get(osm_ref(camera))):
                osm[osm_ref(camera)] = camera
    for ref, version in gone.items():
        if ref in osm and version > (osm[ref].version or 0):
            del osm[ref]
    numbered = (camera._replace(osm_id=number) for number, camera in enumerate(others, 1))
    return ReferenceCameras(tuple(osm.values()), tuple(numbered), problems)


def told_of(found: ReferenceCameras) -> tuple[Message, ...]:
    """What to know before comparing: files that cannot be read, and objects that cannot be changed."""
    bare = sum(camera.version is None for camera in found.osm)
    versions = (
        counted(
            "{n} camera comes without its version in OpenStreetMap: it can be compared, not changed.",
            "{n} cameras come without their versions in OpenStreetMap: they can be compared, not changed.",
            bare,
        ),
    )
    return (*map(_lost, found.problems), *(versions if bare else ()))


def refuse_lost(found: ReferenceCameras) -> None:
    """CamwalkError where a file to compare with cannot be read: what OSM has would go out as new."""
    for path in found.problems:
        raise CamwalkError(_lost(path))


def _lost(path: str) -> Message:
    return message(
        "“{file}” is to be compared with and cannot be read. Bring it back, or compare with it no longer.",
        file=shown_name(path),
    )


def _newer(camera: OsmCamera, known: OsmCamera | None) -> bool:
    return known is None or (camera.version or 0) > (known.version or 0)
