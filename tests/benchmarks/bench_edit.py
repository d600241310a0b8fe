"""One edit in the real window: on disk, and everything repainted that shows it.

    python -m tests.benchmarks.bench_edit

A survey of 5,000 photos and 10,000 cameras on the sample walk's map. Each edit is timed from the
call to the end of the first frame that shows it, in the window with all its panels. A bare SQLite
transaction of the same kind, taken in turns with the edits, tells how much of it is the disk.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from camwalk.gui.application import application
from camwalk.gui.main_window import MainWindow
from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.workspace import Workspace
from camwalk.model import Camera, Edit, LatLon, Photo, Sighting, Survey, added, message
from camwalk.operations.mark_camera import mark_camera, move_camera, retag_camera, turn_camera
from camwalk.operations.sample_walk import sample_walk
from camwalk.project import Project
from tests.benchmarks.measuring import note, own_folder, row

PHOTOS, CAMERAS = 5_000, 10_000
CENTRE = LatLon(60.1695, 24.9410)
EDITS = 48
MOST = 50.0  # milliseconds
PATIENCE = 60.0  # seconds for the window to come to rest

Operation = Callable[[Survey, str, LatLon], Edit]
OPERATIONS: tuple[Operation, ...] = (
    lambda survey, camera, place: move_camera(survey, camera, place),
    lambda survey, camera, place: turn_camera(survey, camera, place.lat * 1e6 % 360),
    lambda survey, camera, place: retag_camera(
        survey, camera, {**survey.cameras[camera].tags, "operator": f"{place.lat}"}
    ),
    lambda survey, _, place: mark_camera(survey, place, {"man_made": "surveillance"}),
)


class Frames(QObject):
    """Counts the frames of a widget."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        self.count += event.type() == QEvent.Type.Paint
        return False

    def went_on(self, count: int) -> bool:
        """Whether there were more than `count`."""
        return self.count > count


def main() -> int:
    with own_folder() as folder:
        path = folder / "town.camwalk"
        make(path)
        app = application()
        window = MainWindow()
        window.show()
        window.open_survey(path)
        settle(window.at_rest)
        assert window.workspace is not None
        times = measured(window.workspace, folder / "bare.sqlite")
        window.close()
        app.processEvents()
    what = f"edit, {PHOTOS:,} photos, {CAMERAS:,} cameras: on disk and repainted"
    shown = median(times.shown)
    good = row(what, f"{shown:.1f} ms", f"below {MOST:g} ms", shown < MOST)
    note("the slowest tenth takes at least", f"{sorted(times.shown)[-EDITS // 10]:.1f} ms")
    note("until names and all around are painted anew too", f"{median(times.whole):.1f} ms")
    note("a bare SQLite transaction meanwhile", f"{median(times.disk):.1f} ms")
    return 0 if good else 1


def make(path: Path) -> None:
    """The sample walk, many times over, with cameras all over the town."""
    chance = random.Random(7)
    project = Project(path)
    project.do(sample_walk())
    base = list(project.survey.photos.values())
    photos = [copy_of(base[i % len(base)], i, chance) for i in range(PHOTOS - len(base))]
    cameras = [camera(i, chance) for i in range(CAMERAS)]
    sightings = [Sighting(id=f"s{i}", photo=p.id, camera=f"c{i}") for i, p in enumerate(photos[::2])]
    project.do(Edit(message("Fill"), added(*photos, *cameras, *sightings)))
    project.close()


def copy_of(photo: Photo, number: int, chance: random.Random) -> Photo:
    place = somewhere(chance)
    later = photo.utc + timedelta(seconds=3 * number) if photo.utc else None
    return replace(
        photo,
        id=f"p{number}",
        fingerprint=f"{number}",
        utc=later,
        lat=place.lat,
        lon=place.lon,
        source="exif",
        direction=float(chance.randrange(360)),
    )


def camera(number: int, chance: random.Random) -> Camera:
    place = somewhere(chance)
    tags = {
        "man_made": "surveillance",
        "camera:type": chance.choice(("fixed", "dome", "panning")),
        "camera:direction": str(chance.randrange(360)),
    }
    created = datetime(2026, 11, 15, tzinfo=UTC) + timedelta(seconds=number)
    return Camera(id=f"c{number}", lat=place.lat, lon=place.lon, created=created, tags=tags)


def somewhere(chance: random.Random, spread: float = 0.004) -> LatLon:
    return LatLon(CENTRE.lat + chance.gauss(0, spread), CENTRE.lon + chance.gauss(0, 2 * spread))


@dataclass
class Times:
    """Milliseconds of each edit to its first frame and to rest, and of a bare transaction."""

    shown: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    disk: list[float] = field(default_factory=list)


def measured(workspace: Workspace, bare: Path) -> Times:
    """The edits, one after the other, a bare transaction between each two."""
    session, canvas = workspace.session, workspace.map.canvas
    frames, times, chance = Frames(canvas), Times(), random.Random(8)
    canvas.go_to(CENTRE, 17.0)
    settle(lambda: canvas.idle)
    for number in range(EDITS):
        camera, place = in_sight(session.survey, canvas, chance), somewhere(chance, 0.0003)
        operation = partial(OPERATIONS[number % len(OPERATIONS)], session.survey, camera, place)
        before = session.survey
        begun, painted = time.perf_counter(), frames.count
        session.attempt(operation)
        settle(partial(frames.went_on, painted))
        times.shown.append((time.perf_counter() - begun) * 1000)
        settle(lambda: canvas.idle)
        times.whole.append((time.perf_counter() - begun) * 1000)
        assert session.survey != before, "nothing was edited"
        settle(lambda: not session.jobs.running)
        times.disk.append(bare_transaction(bare))
    return times


def in_sight(survey: Survey, canvas: MapCanvas, chance: random.Random) -> str:
    """A camera that the map shows now."""
    width, height = canvas.width(), canvas.height()
    while True:
        id_ = f"c{chance.randrange(CAMERAS)}"
        x, y = canvas.view.to_screen(survey.cameras[id_].position)
        if 0 < x < width and 0 < y < height:
            return id_


def settle(rested: Callable[[], bool]) -> None:
    """Let events happen until it is so."""
    deadline = time.monotonic() + PATIENCE
    QApplication.processEvents()
    while not rested():
        assert time.monotonic() < deadline, "the window does not come to rest"
        QApplication.processEvents()


def bare_transaction(path: Path) -> float:
    """Milliseconds of an insert and an update, as safe on disk as Camwalk's."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS history (id INTEGER PRIMARY KEY, changes BLOB)")
    connection.execute("CREATE TABLE IF NOT EXISTS cameras (id INTEGER PRIMARY KEY, lat REAL)")
    connection.execute("INSERT OR IGNORE INTO cameras VALUES (1, 0)")
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE cameras SET lat = lat + 1 WHERE id = 1")
    connection.execute("INSERT INTO history (changes) VALUES (?)", (bytes(400),))
    connection.execute("COMMIT")
    spent = (time.perf_counter() - begun) * 1000
    connection.close()
    return spent


if __name__ == "__main__":
    sys.exit(main())
