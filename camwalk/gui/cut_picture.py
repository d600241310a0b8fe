"""Small pictures of one shape: a whole photo, or what is around one of its pixels."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

SIZE = (240, 180)  # pixels
_SHARE = 0.4  # of the photo's longer side that is shown around a pixel


def fitted(image: QImage) -> QImage:
    """All of the image, as large as SIZE allows."""
    return image.scaled(*SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def cut_around(image: QImage, x: float, y: float) -> QImage:
    """What is around a pixel."""
    return fitted(image.copy(_around(x, y, image)))


def _around(x: float, y: float, image: QImage) -> QRect:
    """A rectangle of the wanted shape around a pixel, moved so that it lies in the image."""
    wide = min(round(max(image.width(), image.height()) * _SHARE), image.width())
    high = min(round(wide * SIZE[1] / SIZE[0]), image.height())
    left = min(max(round(x - wide / 2), 0), image.width() - wide)
    top = min(max(round(y - high / 2), 0), image.height() - high)
    return QRect(left, top, wide, high)
