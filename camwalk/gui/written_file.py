"""The way to a file that was just written, for the status line."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QToolButton

from camwalk.gui import look
from camwalk.i18n import _


class WrittenFile(QToolButton):
    """Opens the folder of the last file; hidden while the status line is about something else."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(_("Show its folder"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        look.quiet(self)
        look.dress(self, "folder-open")
        self._file = Path()
        self.clicked.connect(self._open_folder)
        self.hide()

    def offer(self, file: Path) -> None:
        """Offer the way to this file's folder."""
        self._file = file
        self.setToolTip(str(file.parent))
        self.show()

    def forget(self) -> None:
        """Something else is told now."""
        self.hide()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))
