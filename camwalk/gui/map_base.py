"""The base map painted from the survey's extract."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from camwalk.gui.map.basemap import paint_tile
from camwalk.gui.map.labels import paint_labels
from camwalk.gui.map.style import DARK, LIGHT
from camwalk.i18n import _
from camwalk.model import LatLon
from camwalk.operations.attach_extract import ExtractIndex


@dataclass(frozen=True, slots=True)
class ExtractBase:
    """Streets, buildings and names of an extract, light or dark; painted on any thread."""

    index: ExtractIndex
    dark: bool

    @property
    def attribution(self) -> str:
        """Whose data it is."""
        return _("© OpenStreetMap contributors")

    def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:
        """One tile of the XYZ grid."""
        return paint_tile(self.index, zoom, x, y, pixels, DARK if self.dark else LIGHT)

    def labels(
        self, centre: LatLon, zoom: float, width: int, height: int, ratio: float, occupied: Sequence[QRectF]
    ) -> QImage:
        """The names in a window."""
        theme = DARK if self.dark else LIGHT
        return paint_labels(self.index, centre, zoom, width, height, ratio, theme, occupied)
