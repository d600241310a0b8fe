"""Killing the process at any moment leaves the survey as it was before or after an edit."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from camwalk.project import Project

WRITER = """
import sys, itertools
from datetime import UTC, datetime
from pathlib import Path
from camwalk.model import Camera, Edit, Sighting, added, message
from camwalk.operations.import_files import Wishes, import_files
from camwalk.project import Project

survey, photos = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
project = Project(survey)
for n in itertools.count():
    edit = import_files(project.survey, [photos], Wishes(walk=f"walk {n}")).edit
    project.do(edit)
    cameras = [Camera(id=f"{n}.{i}", lat=1.0, lon=2.0, created=datetime.now(UTC)) for i in range(50)]
    project.do(Edit(message("Mark"), added(*cameras)))
    project.undo()
    project.redo()
    while project.undo():
        pass
"""


@pytest.mark.parametrize("seed", range(50))
def test_a_kill_at_a_random_moment_leaves_a_whole_survey(seed: int, tmp_path: Path, walks: Path) -> None:
    path = tmp_path / "survey.camwalk"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(walks / "one" / "photos")], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    # The point is to hit any moment of opening, importing, marking and undoing.
    time.sleep(random.Random(seed).uniform(0, 0.35))
    process.send_signal(signal.SIGKILL)
    process.wait()
    project = Project(path)
    assert not project.read_only, "the lock of a dead process must not hold"
    assert project.check() == []
    photos, cameras = len(project.survey.photos), len(project.survey.cameras)
    whole = len(os.listdir(walks / "one" / "photos"))
    assert photos in (0, whole)
    assert cameras in (0, 50)
    in_force = sum(not entry.undone for entry in project.history())
    assert in_force == (photos > 0) + (cameras > 0)
    while project.undo():
        pass
    assert not project.survey.photos
    project.close()
