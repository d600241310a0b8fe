"""Of what several files say about one object of OSM's the newest counts."""

from pathlib import Path

import pytest

from camwalk.model import Survey
from camwalk.operations.reference_cameras import attach_reference, reference_cameras

CAMERA = '<tag k="man_made" v="surveillance"/>'

GONE = '<tag k="removed:man_made" v="surveillance"/>'


def node(number: int, version: int, tags: str = CAMERA) -> str:
    return f'<node id="{number}" version="{version}" lat="60.17" lon="24.94">{tags}</node>'


def compared(tmp_path: Path, changes: str) -> set[tuple[int, int | None]]:
    """The ids and versions of the cameras left of node 1 and 2 in version 3 after a change file."""
    known, later = tmp_path / "known.osm", tmp_path / "later.osc"
    known.write_text(f'<osm version="0.6">{node(1, 3)}{node(2, 3)}</osm>')
    later.write_text(f'<osmChange version="0.6">{changes}</osmChange>')
    survey = Survey()
    for file in (known, later):
        survey = survey.apply(attach_reference(survey, file).changes)
    found = reference_cameras(survey, None)
    assert not found.problems
    return {(camera.osm_id, camera.version) for camera in found.osm}


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        (f"<modify>{node(1, 4)}</modify>", {(1, 4), (2, 3)}),
        (f"<modify>{node(1, 2)}</modify>", {(1, 3), (2, 3)}),
        (f"<delete>{node(1, 4)}</delete>", {(2, 3)}),
        (f"<delete>{node(1, 2)}</delete>", {(1, 3), (2, 3)}),
        (f"<modify>{node(1, 9, GONE)}</modify>", {(2, 3)}),
    ],
)
def test_a_change_file_replaces_and_deletes_what_is_older(
    tmp_path: Path, changes: str, left: set[tuple[int, int | None]]
) -> None:
    assert compared(tmp_path, changes) == left
