"""Attach an OSM extract to a survey, and open what is attached.

Also the door through which the window reaches the extract's index, which it may not import itself.
"""

import hashlib
import os
from pathlib import Path

from camwalk import paths
from camwalk.formats.extract_index import (
    BRIDGE,
    COVERED,
    INDOOR,
    LINK,
    TUNNEL,
    ExtractIndex,
    Feature,
    Label,
    OsmCamera,
    OsmWay,
)
from camwalk.formats.extract_stage import FORMAT
from camwalk.formats.partial_file import refuse_odd_files, unreadable
from camwalk.model import CamwalkError, Change, Edit, Extract, Report, Survey, message

__all__ = [
    "BRIDGE", "COVERED", "INDOOR", "LINK", "TUNNEL", "ExtractIndex", "Feature", "Label", "OsmCamera",
    "OsmWay", "attach_extract", "open_extract",
]  # fmt: skip

_PROBE = 64 << 10


def attach_extract(survey: Survey, osm_path: Path, report: Report) -> Edit:
    """Make `osm_path` the survey's extract; its index is built first, so that a bad file changes nothing."""
    fingerprint = _fingerprint(osm_path)
    _indexed(osm_path, fingerprint, report)
    attached = Extract(id="extract", path=os.fspath(osm_path.absolute()), fingerprint=fingerprint)
    before = survey.extract
    changes = () if before == attached else (Change(before, attached),)
    return Edit(message("Attach the extract “{file}”", file=osm_path.name), changes)


def open_extract(survey: Survey, report: Report) -> ExtractIndex | None:
    """The index of the attached extract, built again where the cache lost it; None without extract.

    A file that has changed since is read as it is now; one that is gone is served from the cache.
    """
    extract = survey.extract
    if extract is None:
        return None
    file = Path(extract.path)
    if file.exists():
        return _open(file, report)
    if (index := _index_file(extract.fingerprint)).exists():
        return ExtractIndex.open(index)
    raise CamwalkError(
        message(
            "The extract “{file}” is no longer where it was ({folder}). Attach it again from its new place.",
            file=file.name,
            folder=str(file.parent),
        )
    )


def _open(osm_file: Path, report: Report) -> ExtractIndex:
    index = _indexed(osm_file, _fingerprint(osm_file), report)
    try:
        return ExtractIndex.open(index)
    except CamwalkError:
        index.unlink()  # only a cache, and a damaged one
        _build(osm_file, index, report)
        return ExtractIndex.open(index)


def _indexed(osm_file: Path, fingerprint: str, report: Report) -> Path:
    index = _index_file(fingerprint)
    if not index.exists():
        _build(osm_file, index, report)
    return index


def _build(osm_file: Path, index: Path, report: Report) -> None:
    from camwalk.formats.extract_build import build_index  # much code that a finished index does not need

    build_index(osm_file, index, report)


def _index_file(fingerprint: str) -> Path:
    return paths.cache_folder("extracts") / f"{fingerprint}-{FORMAT}.index"


def _fingerprint(file: Path) -> str:
    """Tells one state of a file from another by its size, its time and both its ends."""
    try:
        refuse_odd_files(file, file.name)
        facts = file.stat()
        with file.open("rb") as opened:
            start = opened.read(_PROBE)
            opened.seek(max(0, facts.st_size - _PROBE))
            end = opened.read()
    except OSError as error:
        raise unreadable(file.name, error) from error
    told = f"{facts.st_size} {facts.st_mtime_ns}".encode()
    return hashlib.sha256(told + start + end).hexdigest()[:32]
