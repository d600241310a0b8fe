"""Starting the window, or drawing it without one."""

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from camwalk import paths, settings
from camwalk.gui import look
from camwalk.gui.dialogs import CrashDialog
from camwalk.gui.encoded_image import encoded
from camwalk.gui.main_window import MainWindow
from camwalk.i18n import language, tell
from camwalk.operations.cache_trouble import cache_trouble

LONGEST_DRAWING = 60_000  # milliseconds to wait for a map to be painted


def run(survey: Path | None) -> int:
    """Open the window, with a survey or the welcome page; the exit code when it is closed."""
    app = application()
    window = MainWindow()
    sys.excepthook = _tell_crash
    window.show()
    if survey is not None:
        window.open_survey(survey)
    if trouble := cache_trouble():
        window.statusBar().showMessage(tell(trouble))
    return app.exec()


def draw(survey: Path, size: tuple[int, int], *, dark: bool) -> bytes:
    """A picture of the window with `survey` open, as PNG."""
    app = application()
    look.apply(app, "dark" if dark else "light")
    window = MainWindow()
    window.resize(*size)
    window.show()
    window.open_survey(survey, remember=False)
    if window.workspace:
        session = window.workspace.session
        session.select_camera(next(iter(session.survey.cameras), None))
    loop = QEventLoop()
    ticking = QTimer(interval=50)
    ticking.timeout.connect(lambda: loop.quit() if window.at_rest() else None)
    ticking.start()
    QTimer.singleShot(LONGEST_DRAWING, loop.quit)
    loop.exec()
    picture = encoded(window.grab().toImage(), "PNG")
    window.close()
    return picture


def application() -> QApplication:
    """The one QApplication of this process, dressed and speaking the reader's language."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    # Workers hold Python's lock in turns; the window should not wait 5 ms for each of them.
    sys.setswitchinterval(0.001)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Camwalk")
    app.setDesktopFileName("camwalk")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "camwalk.svg")))
    QLocale.setDefault(QLocale(language()) if QLocale.system().name()[:2] != language() else QLocale.system())
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme = settings.load().theme
    look.apply(app, theme)
    app.styleHints().colorSchemeChanged.connect(lambda: look.apply(app, settings.load().theme))
    return app


def _tell_crash(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Show an unexpected error instead of dying; the survey is on disk up to the last edit."""
    details = "".join(traceback.format_exception(kind, error, where))
    sys.stderr.write(details)
    if not issubclass(kind, KeyboardInterrupt):
        CrashDialog(details, QApplication.activeWindow()).exec()
