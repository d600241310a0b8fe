"""The layer of names: one image larger than the window, made anew when the window leaves it.

Until the new one is ready, the old one moves and grows with the map.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QImage, QPainter

from camwalk.gui.map.tiles_painted import Job, Workers
from camwalk.gui.map.viewport import View

MARGIN = 256  # logical pixels around the window

PaintLabels = Callable[[View], QImage]
"""Paint the names in a view. Any thread."""


@dataclass(frozen=True, slots=True)
class _Picture:
    view: View
    image: QImage


class Labels(QObject):
    """Keeps the image of names that fits the window best."""

    arrived = Signal(object)  # None: all of it

    def __init__(self, workers: Workers) -> None:
        super().__init__(workers)
        self._paint: PaintLabels | None = None
        self._picture: _Picture | None = None
        self._wanted: View | None = None
        self._running = False
        self._stale = False
        self._workers = workers
        workers.add(self)

    @property
    def idle(self) -> bool:
        """Whether the names fit the window."""
        return not self._running and self._wanted is None

    def use(self, paint: PaintLabels | None) -> None:
        """Paint names with another function; the old ones stay in sight until then."""
        self._paint = paint
        self._stale = True
        if paint is None:
            self._picture = None

    def want(self, view: View) -> None:
        """Have names for a view; nothing happens if those that are there still do."""
        self._wanted = None
        if self._paint is not None and not self._running and not self._fits(view):
            self._wanted = view.resized(view.width + 2 * MARGIN, view.height + 2 * MARGIN)
            self._workers.wake()

    def next_job(self, urgent: bool) -> Job | None:
        """The names, after the tiles in sight."""
        if urgent or self._wanted is None or self._paint is None:
            return None
        view, self._wanted = self._wanted, None
        self._running, self._stale = True, False
        return Job(partial(self._paint, view), partial(self._keep, view))

    def draw(self, painter: QPainter, view: View, ratio: float) -> None:
        """Lay the names on a painter that counts device pixels."""
        if self._picture is None:
            return
        made = self._picture.view
        x, y = view.spot_to_screen(*made.corner)
        size = view.scale / made.scale
        target = QRect(
            round(x * ratio),
            round(y * ratio),
            round(made.width * size * ratio),
            round(made.height * size * ratio),
        )
        if target.size() == self._picture.image.size():
            painter.drawImage(target.topLeft(), self._picture.image)
        else:
            painter.drawImage(target, self._picture.image)

    def _fits(self, view: View) -> bool:
        if self._picture is None or self._stale:
            return False
        made = self._picture.view
        if made.zoom != view.zoom:
            return False
        x, y = view.spot_to_screen(*made.corner)
        return x <= 0 and y <= 0 and x + made.width >= view.width and y + made.height >= view.height

    def _keep(self, view: View, image: QImage | None) -> None:
        self._running = False
        if image is None:
            self._paint = None  # it failed: not again before somebody hands in another one
        elif self._paint is not None:
            self._picture = _Picture(view, image)
        self.arrived.emit(None)
