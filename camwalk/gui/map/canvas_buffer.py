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
        if at is None or not _fills(at, self._image, view, ratio):
            wide = view.resized(view.width + 2 * MARGIN, view.height + 2 * MARGIN)
            self._lay_wide(wide, ratio)
            at = (round(-MARGIN * ratio), round(-MARGIN * ratio))
        elif self._spoiled:
            self._lay(self._spoiled_region())
        self._spoiled.clear()
        painter.drawImage(*at, self._image)

    def _offset(self, view: View, ratio: float) -> tuple[int, int] | None:
        """Where the image lies in a view, in device pixels; None if it is of no use there."""
        made = self._view
        if made is None or made.zoom != view.zoom or self._ratio != ratio:
            return None
        x, y = view.spot_to_screen(*made.corner)
        return round(x * ratio), round(y * ratio)

    def _lay_wide(self, wide: View, ratio: float) -> None:
        """Make an image of a wide view, from what the old one has of it and the rest."""
        image = QImage(round(wide.width * ratio), round(wide.height * ratio), QImage.Format.Format_RGB32)
        missing = QRegion(image.rect())
        at = self._offset(wide, ratio)
        if at is not None:
            missing = (
                missing - QRegion(self._image.rect().translated(*at)) + self._spoiled_region().translated(*at)
            )
            _copy(self._image, image, at)
        self._image, self._view, self._ratio = image, wide, ratio
        self._lay(missing)

    def _spoiled_region(self) -> QRegion:
        region = QRegion()
        if self._view is not None:
            for key in self._spoiled:
                region += Grid.of(self._view, self._ratio, key.zoom).rect(key)
        return region

    def _lay(self, region: QRegion) -> None:
        region = region.intersected(self._image.rect())
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


def _fills(at: tuple[int, int], image: QImage, view: View, ratio: float) -> bool:
    right, bottom = at[0] + image.width(), at[1] + image.height()
    return max(at) <= 0 and right >= view.width * ratio and bottom >= view.height * ratio


def _copy(old: QImage, new: QImage, at: tuple[int, int]) -> None:
    painter = QPainter(new)
    try:
        painter.drawImage(*at, old)
    finally:
        painter.end()
