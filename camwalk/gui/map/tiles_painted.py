"""Tiles and labels painted on worker threads.

The GUI thread keeps all the books; a worker only runs one pure painting function and hands the
result back through a queued signal. So nothing here needs a lock.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from camwalk.gui.map.tiles import Tile, TileCache, TileKey
from camwalk.model import CamwalkError

Paint = Callable[[TileKey, int], QImage | None]
"""Paint a tile with so many device pixels a side; None if there is nothing on it. Any thread."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work for another thread, and what to do with its result in this one (None if it failed)."""

    work: Callable[[], QImage | None]
    done: Callable[[QImage | None], None]


class Client(Protocol):
    """Somebody who has jobs. What is urgent shows already; the rest is for later."""

    def next_job(self, urgent: bool) -> Job | None:
        """The job wanted most, now."""
        ...


class _Relay(QObject):
    """Carries results to the GUI thread; has no parent, so that it outlives a closed map."""

    finished = Signal(object, object, object)  # Job, QImage or None, Exception or None


class Workers(QObject):
    """Two threads that ask their clients for the next job, first client first."""

    failed = Signal(object)  # a Message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clients: list[Client] = []
        self._running = 0
        self._closed = False
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(2)
        self._relay = _Relay()
        self._relay.finished.connect(self._finished)

    def add(self, client: Client) -> None:
        """Serve one more client, after those that came before."""
        self._clients.append(client)

    @property
    def idle(self) -> bool:
        """Whether nothing is being worked on."""
        return self._running == 0

    def wake(self) -> None:
        """Start what is wanted, as far as threads are free."""
        while not self._closed and self._running < self._pool.maxThreadCount():
            job = self._next_job()
            if job is None:
                return
            self._running += 1
            self._pool.start(partial(_run, job, self._relay))

    def close(self) -> None:
        """Start nothing more, and wait for what is running: at most a tile each."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    def _next_job(self) -> Job | None:
        for urgent in (True, False):
            for client in self._clients:
                if job := client.next_job(urgent):
                    return job
        return None

    def _finished(self, job: Job, image: QImage | None, error: Exception | None) -> None:
        self._running -= 1
        if self._closed:
            return
        job.done(image)
        self.wake()
        if isinstance(error, CamwalkError):
            self.failed.emit(error.reason)
        elif error is not None:
            raise error


def _run(job: Job, relay: _Relay) -> None:
    image, error = None, None
    try:
        image = job.work()
    except Exception as problem:  # noqa: BLE001 - the job boundary: raised again in the GUI thread
        error = problem
    with suppress(RuntimeError):  # the application has ended meanwhile
        relay.finished.emit(job, image, error)


class PaintedTiles(QObject):
    """Tiles from a painting function, painted by `workers` and cached up to `limit` bytes."""

    arrived = Signal(object)  # TileKey

    def __init__(self, paint: Paint | None, limit: int, workers: Workers) -> None:
        super().__init__(workers)
        self._paint = paint
        self.cache = TileCache(limit)
        self._workers = workers
        self._visible: list[TileKey] = []
        self._around: list[TileKey] = []
        self._pixels = 0
        self._running: dict[TileKey, bool] = {}  # whether it is stale before it is finished
        workers.add(self)

    @property
    def idle(self) -> bool:
        """Whether all that was wanted is there."""
        return not self._running and not self._visible and not self._around

    @property
    def current(self) -> bool:
        """Whether all that is in sight is there and up to date."""
        return not self._running and not self._visible

    def want(self, visible: Sequence[TileKey], around: Sequence[TileKey], pixels: int) -> None:
        """Get these, most wanted first; drops the earlier wishes that nobody has begun."""
        self._pixels = pixels
        self._around = [key for key in around if self._is_due(key)]
        self._visible = [key for key in visible if self._is_due(key)]
        self._workers.wake()

    def use(self, paint: Paint | None) -> None:
        """Use another painting function from now on; what is there stays until it is touched."""
        self._paint = paint

    def clear(self) -> None:
        """Forget every tile."""
        self.cache.clear()
        self._running = dict.fromkeys(self._running, True)

    def touch(self, concerns: Callable[[TileKey], bool]) -> None:
        """Say that some tiles no longer show what is."""
        self.cache.make_stale(concerns)
        self._running = {key: stale or concerns(key) for key, stale in self._running.items()}

    def next_job(self, urgent: bool) -> Job | None:
        """The tile wanted most."""
        keys = self._visible if urgent else self._around
        if self._paint is None or not keys:
            return None
        key = keys.pop(0)
        self._running[key] = False
        return Job(partial(self._paint, key, self._pixels), partial(self._keep, key, self._pixels))

    def _is_due(self, key: TileKey) -> bool:
        if self._paint is None or key in self._running:
            return False
        tile = self.cache.find(key)
        return tile is None or tile.stale or tile.pixels != self._pixels

    def _keep(self, key: TileKey, pixels: int, image: QImage | None) -> None:
        stale = self._running.pop(key)
        self.cache.put(key, Tile(image, pixels, stale))
        self.arrived.emit(key)
