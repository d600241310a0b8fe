"""The layers laid together once, a little larger than the window, so that panning is one blit."""

from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from camwalk.gui.map.canvas_stack import Stack
from camwalk.gui.map.tiles import Grid, TileKey
from camwalk.gui.map.viewport import View

MARGIN = 128  # logical pixels around the window


class Buffer:
    """A picture of a stack; only what was spoiled is laid anew."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._image = QImage()
        self._view: View | None = None  # what is in the image, None when all of it is spoiled
        self._ratio = 1.0
        self._spoiled: set[TileKey] = set()

    def spoil(self, key: TileKey | None) -> None:
        """One tile looks different now, or everything does."""
        if key is None:
            self._view = None
        else:
            self._spoiled.add(key)

    def draw(self, painter: QPainter, view: View, ratio: float) -> None:
        """Lay the layers of a snapped view on a painter that counts device pixels."""
        at = self._offset(view, ratio)
        if at is None:
            at = (round(-MARGIN * ratio), round(-MARGIN * ratio))
            self._lay_all(view.resized(view.width + 2 * MARGIN, view.height + 2 * MARGIN), ratio)
        elif self._spoiled:
            self._lay_spoiled()
        self._spoiled.clear()
        painter.drawImage(*at, self._image)

    def forget(self) -> None:
        """Free the memory until it is needed again."""
        self._image, self._view = QImage(), None

    def _offset(self, view: View, ratio: float) -> tuple[int, int] | None:
        """Where the image lies in a view, in device pixels; None if it does not fill it."""
        made = self._view
        if made is None or made.zoom != view.zoom or self._ratio != ratio:
            return None
        x, y = view.spot_to_screen(*made.corner)
        filled = x <= 0 and y <= 0 and x + made.width >= view.width and y + made.height >= view.height
        return (round(x * ratio), round(y * ratio)) if filled else None

    def _lay_all(self, view: View, ratio: float) -> None:
        width, height = round(view.width * ratio), round(view.height * ratio)
        if (self._image.width(), self._image.height()) != (width, height):
            self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._view, self._ratio = view, ratio
        self._lay(QRegion(self._image.rect()))

    def _lay_spoiled(self) -> None:
        assert self._view is not None
        region = QRegion()
        for key in self._spoiled:
            region += Grid.of(self._view, self._ratio, key.zoom).rect(key)
        self._lay(region.intersected(self._image.rect()))

    def _lay(self, region: QRegion) -> None:
        if region.isEmpty() or self._view is None:
            return
        painter = QPainter(self._image)
        try:
            painter.setClipRegion(region)
            painter.fillRect(self._image.rect(), QColor(self._stack.scene.inks.paper))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._stack.draw(painter, self._view, self._ratio)
        finally:
            painter.end()
