"""Base maps as the canvas sees them: something that paints tiles and names."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from camwalk.model import LatLon


class BasePainter(Protocol):
    """A base map that is painted; both functions are called from any thread.

    Zoom is that of `View`. `attribution` stands on the map for as long as the base does.
    """

    @property
    def attribution(self) -> str:
        """Whose data it is, in the reader's language."""
        ...

    def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:
        """An opaque tile of the XYZ grid with `pixels` device pixels a side, 512 of them at scale 1."""
        ...

    def labels(
        self,
        centre: LatLon,
        zoom: float,
        width: int,
        height: int,
        ratio: float,
        occupied: Sequence[QRectF],
    ) -> QImage:
        """The names in a window of logical pixels, transparent elsewhere, keeping off `occupied`."""
        ...
