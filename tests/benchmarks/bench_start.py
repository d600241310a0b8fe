"""Cold start: from the process to the first painted map of the sample walk, against an empty window.

    python -m tests.benchmarks.bench_start

Both sides are processes of their own, started in turns; the survey was made before, as was its
map's index. Our side is the real `camwalk open`; it has got there with the first frame in which all
tiles in sight are painted, streets and survey. The names of the streets may come a little later.
"""

import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.measuring import Spent, in_turns, note, own_folder, ratio_row, this_script, told_by

if TYPE_CHECKING:
    from camwalk.gui.map.canvas import MapCanvas

ROUNDS = 9
MOST = 4.0
SIZE = (1280, 800)


def main() -> int:
    with own_folder() as folder:
        survey = folder / "walk.camwalk"
        make(survey)
        ours, theirs = in_turns(
            ROUNDS, lambda: started("--open", str(survey)), lambda: started("--empty-window")
        )
    cpu = [median(s.cpu for s in side) for side in (ours, theirs)]
    wall = [median(s.wall for s in side) for side in (ours, theirs)]
    good = ratio_row("start to a painted map: CPU, sample walk / empty window", cpu[0], cpu[1], MOST)
    good &= ratio_row("start to a painted map: by the clock", wall[0], wall[1], MOST)
    note(
        "the quickest of both, by the clock",
        f"{min(s.wall for s in ours):.2f} / {min(s.wall for s in theirs):.2f} s",
    )
    return 0 if good else 1


def make(path: Path) -> None:
    """The sample walk as a survey."""
    from camwalk.operations.sample_walk import sample_walk
    from camwalk.project import Project

    project = Project(path)
    project.do(sample_walk())
    project.close()


def started(*what: str) -> Spent:
    """What it took from starting a process to what it tells as painted."""
    begun = time.monotonic()
    told = told_by(this_script("bench_start", *what))
    return Spent(told["cpu"], told["at"] - begun)


def tell() -> None:
    """Say what it took so far, and end without more ado."""
    print(json.dumps({"cpu": time.process_time(), "at": time.monotonic()}), flush=True)
    os._exit(0)


def show_empty_window() -> None:
    """A window with nothing in it, until it is painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class EmptyWindow(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            super().paintEvent(event)
            QTimer.singleShot(0, tell)

    app = QApplication([])
    window = EmptyWindow()
    window.resize(*SIZE)
    window.show()
    app.exec()


def open_survey(survey: str) -> None:
    """`camwalk open`, watched until its map is painted."""
    from camwalk.cli import main, windows  # noqa: F401  as the command does: what needs no Qt comes before it

    watch()
    sys.exit(main.main(["open", survey]))


def watch() -> None:
    """Tell as soon as the map of the window is painted."""
    from PySide6.QtCore import QTimer

    from camwalk.gui.application import application
    from camwalk.gui.main_window import MainWindow

    app = application()

    def look() -> None:
        for window in app.topLevelWidgets():
            if (
                isinstance(window, MainWindow)
                and window.workspace
                and is_painted(window.workspace.map.canvas)
            ):
                window.repaint()
                tell()

    watching = QTimer(app, interval=2)
    watching.timeout.connect(look)
    watching.start()


def is_painted(canvas: "MapCanvas") -> bool:
    """Whether the next frame shows all tiles in sight."""
    from camwalk.gui.map.tiles import Grid

    stack, view = canvas._stack, canvas.view
    tiles = Grid.of(view, canvas.devicePixelRatioF(), view.tile_zoom).tiles()
    return canvas.isVisible() and all(
        stack._painted.cache.find(t) and stack._overlay.cache.find(t) for t in tiles
    )


if __name__ == "__main__":
    if "--empty-window" in sys.argv:
        show_empty_window()
    elif "--open" in sys.argv:
        open_survey(sys.argv[-1])
    else:
        sys.exit(main())
