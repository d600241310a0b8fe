"""The longest pause of the window while it imports 1,000 photos, and while thumbnails are made.

    python -m tests.benchmarks.bench_gui_pause [--why]

A timer beats every millisecond in the real window; its longest silence is the pause a person may
notice. Beside it, in a process of its own, an idle event loop beats too: what it misses at the same
time under the same load is the machine's fault. CAMWALK_CORPUS names the photos. With --why the
window's process tells, for every pause of 30 ms, where the program was.
"""

import faulthandler
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView, QWidget

from tests.benchmarks.measuring import (
    ROOT,
    child_environment,
    corpus,
    note,
    own_folder,
    row,
    this_script,
    told_by,
)

ROUNDS = 5
MOST = 50.0  # milliseconds beyond the idle loop
CHOOSING = 2.0  # seconds that a person takes at least to choose a folder
THUMBNAILS = 10.0  # seconds of scrolling through the filmstrip
SCROLL_EVERY = 250  # milliseconds
WORTH_TELLING = 0.03  # seconds
PHASES = ("importing", "making thumbnails")

Pause = tuple[float, float, float]  # when it ended, how long it was, the thread's CPU in it: seconds


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest pauses of a phase, and the most CPU in one of the window's: milliseconds."""

    window: float
    idle: float
    cpu: float

    @classmethod
    def of(cls, window: Sequence[Pause], idle: Sequence[Pause], begun: float, ended: float) -> "Longest":
        ours, theirs = ([p for p in pauses if begun < p[0] <= ended] for pauses in (window, idle))
        return cls(
            1000 * max((length for _, length, _ in ours), default=0.0),
            1000 * max((length for _, length, _ in theirs), default=0.0),
            1000 * max((cpu for _, _, cpu in ours), default=0.0),
        )


class Heart(QObject):
    """Notes the pauses between the beats of an event loop."""

    def __init__(self, *, why: bool = False) -> None:
        super().__init__()
        self.pauses: list[Pause] = []
        self._why = why
        self._last, self._cpu = time.monotonic(), time.thread_time()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, cpu = time.monotonic(), time.thread_time()
        self.pauses.append((now, now - self._last, cpu - self._cpu))
        self._last, self._cpu = now, cpu
        if self._why:
            faulthandler.dump_traceback_later(WORTH_TELLING)


def main() -> int:
    why = "--why" in sys.argv
    photos = corpus()
    if photos is None:
        return 0
    with own_folder() as folder:
        rounds = [one_round(photos, folder / f"{number}.camwalk", why) for number in range(ROUNDS)]
    good = [told(phase, [found[phase] for found in rounds]) for phase in PHASES]
    return 0 if all(good) else 1


def told(phase: str, rounds: Sequence[Longest]) -> bool:
    """Print the figures of one phase; whether they reach the goal."""
    ours, idle = median(r.window for r in rounds), median(r.idle for r in rounds)
    figures = f"{ours:.0f} ms, idle loop {idle:.0f} ms"
    good = row(f"longest pause while {phase}", figures, f"{MOST:g} ms beyond", ours - idle <= MOST)
    note(f"in the worst of {ROUNDS} rounds", f"{max(r.window for r in rounds):.0f} ms")
    note("most CPU of the window's thread between two beats", f"{median(r.cpu for r in rounds):.0f} ms")
    return good


def one_round(photos: Path, survey: Path, why: bool) -> dict[str, Longest]:
    """The longest pauses of each phase."""
    idle = subprocess.Popen(
        this_script("bench_gui_pause", "--idle"),
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        options = ["--why"] if why else []
        told = told_by(this_script("bench_gui_pause", "--window", *options, photos, survey))
    finally:
        beside: list[Pause] = json.loads(idle.communicate()[0] or "[]")
    times, ours = told["times"], told["pauses"]
    return {
        phase: Longest.of(ours, beside, begun, ended)
        for phase, begun, ended in zip(PHASES, times[:-1], times[1:], strict=True)
    }


def beat_idle() -> None:
    """An event loop with nothing to do, until the standard input is closed."""
    from threading import Thread

    app = QApplication([])
    heart = Heart()
    quitting = QTimer(interval=50)
    waiting = Thread(target=sys.stdin.read)
    waiting.start()
    quitting.timeout.connect(lambda: None if waiting.is_alive() else app.quit())
    quitting.start()
    app.exec()
    print(json.dumps(heart.pauses))


def beat_in_window(photos: Path, survey: Path, *, why: bool) -> None:
    """Import in the real window, then scroll through the filmstrip; print times and pauses."""
    from camwalk.gui.application import application
    from camwalk.gui.main_window import MainWindow

    app = application()
    window = MainWindow()
    window.show()
    window.open_survey(survey)
    run_until(window.at_rest)
    begun = time.monotonic()
    run_until(lambda: time.monotonic() > begun + CHOOSING)
    assert window.workspace is not None
    workspace, heart = window.workspace, Heart(why=why)
    times = [time.monotonic()]
    workspace.bring_in.bring([str(photos / "photos"), str(photos / "walk.gpx")])
    run_until(lambda: bool(workspace.session.survey.photos) and window.at_rest())
    times.append(time.monotonic())
    scroll(workspace.photos.filmstrip)
    times.append(time.monotonic())
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps({"times": times, "pauses": heart.pauses}))
    window.close()
    app.processEvents()


def scroll(strip: QWidget) -> None:
    """Turn over the filmstrip as a person does who looks for something."""
    photos = strip.findChild(QListView)
    assert photos is not None
    bar, scrolling = photos.horizontalScrollBar(), QTimer(interval=SCROLL_EVERY)
    scrolling.timeout.connect(lambda: bar.setValue(bar.value() + bar.pageStep() // 2))
    scrolling.start()
    ended = time.monotonic() + THUMBNAILS
    run_until(lambda: time.monotonic() > ended)


def run_until(done: Callable[[], bool]) -> None:
    """Run the event loop, as the application does, until it is so."""
    loop, looking = QEventLoop(), QTimer(interval=20)
    looking.timeout.connect(lambda: loop.quit() if done() else None)
    looking.start()
    loop.exec()


if __name__ == "__main__":
    if "--idle" in sys.argv:
        beat_idle()
    elif "--window" in sys.argv:
        beat_in_window(Path(sys.argv[-2]), Path(sys.argv[-1]), why="--why" in sys.argv)
    else:
        sys.exit(main())
