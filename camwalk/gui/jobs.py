"""Long work off the GUI thread, with progress, cancelling and one place where the unexpected is caught.

A job gets values and returns a value; its callbacks run in the GUI thread. Once `Job.cancel` was
called neither `done` nor `failed` is: only `cancelled`, when the worker has stopped.
"""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from camwalk.gui.look import GRID, quiet
from camwalk.i18n import _
from camwalk.model import CamwalkError, Cancelled, Report, message
from camwalk.operations.report_content_words import percent

T = TypeVar("T")

_LOOK_EVERY = 50  # milliseconds between two looks at how far the jobs are


class UnexpectedError(CamwalkError):
    """A fault of Camwalk itself; `details` is for the bug report."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            message(
                "Something went wrong inside Camwalk; your survey is as it was before."
                " Please report this, with the details: {error}",
                error=f"{type(error).__name__}: {error}",
            )
        )
        self.details = "".join(traceback.format_exception(error))


class _Mail(QObject):
    """Brings results from the workers to the GUI thread; they hold it, so it outlives the window."""

    ended = Signal(object, object)


@dataclass(eq=False)
class Job:
    """One piece of work; `done` and `total` tell how far it is, total 0 while unknown."""

    label: str
    mail: _Mail = field(repr=False)
    done: int = 0
    total: int = 0
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def stopping(self) -> bool:
        """Whether it was cancelled."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Stop at the next report; nothing of the work is kept."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """The `Report` that the work gets: raises `Cancelled`; the window looks at the figures by itself."""
        if self.stopping:
            raise Cancelled
        self.done, self.total = done, total


@dataclass(frozen=True)
class _Callbacks:
    done: Callable[[Any], object]
    failed: Callable[[CamwalkError], None]
    cancelled: Callable[[], None]


@dataclass(frozen=True)
class _Failure:
    error: CamwalkError


class Jobs(QObject):
    """Runs jobs on `threads` workers, in the order they were started.

    The workers have the priority of the window: a slower one would hold the interpreter's lock
    while the system lets others run, and the window would wait for it.
    """

    changed = Signal()  # a job was started, went on or ended
    idle = Signal()  # the last one has ended

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._running: dict[Job, _Callbacks] = {}
        self._workers = ThreadPoolExecutor(threads, "camwalk")
        self._mail = _Mail()
        self._mail.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._told: list[tuple[int, int]] = []
        self._looks = QTimer(self, interval=_LOOK_EVERY)
        self._looks.timeout.connect(self._look)
        stop = partial(_stop, self._running, self._workers)
        self.destroyed.connect(stop)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(stop)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended, oldest first."""
        return tuple(self._running)

    def start(
        self,
        work: Callable[[Report], T],
        done: Callable[[T], object],
        failed: Callable[[CamwalkError], None],
        label: str = "",
        cancelled: Callable[[], None] = lambda: None,
    ) -> Job:
        """Run `work` on a worker; `label` says in a few words what it does, empty if nobody need know."""
        job = Job(label, self._mail)
        self._running[job] = _Callbacks(done, failed, cancelled)
        self._workers.submit(_run, job, work)
        self._looks.start()
        self.changed.emit()
        return job

    def shutdown(self, wait: bool = True) -> None:
        """Cancel everything and take no more work; no callback comes after this."""
        _stop(self._running, self._workers, wait=wait)

    def _look(self) -> None:
        if not self._running:
            self._looks.stop()
        told = [(job.done, job.total) for job in self._running]
        if told != self._told:
            self._told = told
            self.changed.emit()

    @Slot(object, object)
    def _end(self, job: Job, outcome: object) -> None:
        callbacks = self._running.pop(job, None)
        if callbacks is None:
            return
        self.changed.emit()
        if job.stopping:
            callbacks.cancelled()
        elif isinstance(outcome, _Failure):
            callbacks.failed(outcome.error)
        else:
            callbacks.done(outcome)
        if not self._running:
            self.idle.emit()


def _run(job: Job, work: Callable[[Report], object]) -> None:
    """In the worker: do the work, and mail what came out."""
    outcome: object = None
    try:
        job.report(0, 0)
        outcome = work(job.report)
    except Cancelled:
        job.cancel()
    except CamwalkError as error:
        outcome = _Failure(error)
    except Exception as error:  # noqa: BLE001  the job boundary: whatever it is, the window lives on
        outcome = _Failure(UnexpectedError(error))
    job.mail.ended.emit(job, outcome)


def _stop(running: dict[Job, Any], workers: ThreadPoolExecutor, *_: object, wait: bool = True) -> None:
    for job in running:
        job.cancel()
    running.clear()
    workers.shutdown(wait=wait, cancel_futures=True)


class JobBar(QWidget):
    """What goes on now, for the status bar: label, progress and a way to stop it. Hides when idle."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(16 * GRID)
        self._bar.setAccessibleName(_("Progress"))
        self._stop = QToolButton()
        self._stop.setText(_("Cancel"))
        self._stop.clicked.connect(self._cancel)
        quiet(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, 0, 0)
        row.setSpacing(GRID)
        for widget in (self._label, self._bar, self._stop):
            row.addWidget(widget)
        jobs.changed.connect(self._show_state)
        self._show_state()

    def _shown(self) -> Job | None:
        return next((job for job in reversed(self._jobs.running) if job.label), None)

    def _show_state(self) -> None:
        job = self._shown()
        self.setVisible(job is not None)
        if job is None:
            return
        self._label.setText(_progress_text(job))
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)
        self._stop.setEnabled(not job.stopping)

    def _cancel(self) -> None:
        if job := self._shown():
            job.cancel()
            self._show_state()


def _progress_text(job: Job) -> str:
    if job.stopping:
        return _("{work}: stopping…").format(work=job.label)
    return f"{job.label} {percent(job.done / job.total)}" if job.total else job.label
