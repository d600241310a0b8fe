"""Images as the bytes of a file."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage


def encoded(image: QImage, form: str, quality: int = -1) -> bytes:
    """The image as PNG or JPG; quality is 0 to 100, -1 what Qt thinks best."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form, quality)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(data.data())
