"""Outline icons, drawn when they are shown, in the colours the window has then."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from camwalk import paths


class OutlineIcon(QIconEngine):
    """One icon of the set, its colour asked for anew whenever it is drawn: `colour(enabled)`."""

    def __init__(self, name: str, colour: Callable[[bool], str]) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._drawn: dict[tuple[int, int, str], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        """Draw it into a rectangle."""
        paint_icon(painter, QRectF(rect), self._name, self._colour(mode != QIcon.Mode.Disabled))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A picture of it, of `size` device pixels."""
        key = (size.width(), size.height(), self._colour(mode != QIcon.Mode.Disabled))
        if key not in self._drawn:
            self._drawn[key] = self._draw(size, mode, state)
        return self._drawn[key]

    def _draw(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """The same icon again."""
        return OutlineIcon(self._name, self._colour)


def paint_icon(painter: QPainter, area: QRectF, name: str, colour: str) -> None:
    """The outline icon `name` painted into `area`."""
    QSvgRenderer(_svg(name).replace("currentColor", colour).encode()).render(painter, area)


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
