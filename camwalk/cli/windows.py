"""The commands that open the window or draw it.

Qt and the map are imported only when one of them runs: other commands start without that weight.
"""

import os
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from camwalk import paths, settings
from camwalk.cli.terminal import progress, say
from camwalk.formats.atomic import replacing
from camwalk.formats.names import ending_of, shown_name
from camwalk.i18n import _
from camwalk.model import CamwalkError, Survey, message
from camwalk.operations.export_cameras import export_cameras
from camwalk.project import Project


def welcome(_given: Namespace) -> int:
    """camwalk: the last survey if there is one, else the welcome page."""
    from camwalk.gui.application import run

    recent = [Path(p) for p in settings.load().recent if os.path.exists(p)]
    return run(recent[0] if recent else None)


def open_survey(given: Namespace) -> int:
    """camwalk open"""
    from camwalk.gui.application import run

    _must_be_there(given.survey)
    return run(given.survey)


def demo(given: Namespace) -> int:
    """camwalk demo: the sample walk, in the window or as files in a folder."""
    if given.export:
        return _export_demo(given.export, given.survey or given.export / "run-sample.camwalk")
    from camwalk.gui.application import run

    survey = given.survey or paths.documents_folder() / "camwalk-sample.camwalk"
    _make_sample(survey)
    return run(survey)


def _export_demo(folder: Path, survey: Path) -> int:
    _make_sample(survey, examples=True)
    geojson, picture = folder / "run-sample.geojson", folder / "run-sample.png"
    with suppress(OSError):  # writing there says why
        folder.mkdir(parents=True, exist_ok=True)
    project = Project(survey, read_only=True)
    try:
        export_cameras(project.survey, geojson)
    finally:
        project.close()
    _draw(survey, picture, (1280, 800), dark=False)
    for path in (survey, geojson, picture):
        say(_("Written: {file}").format(file=path))
    return 0


def _make_sample(path: Path, *, examples: bool = False) -> None:
    """A survey with the sample walk; one that is there already stays as people left it."""
    from camwalk.operations.sample_walk import example_cameras, sample_walk

    with suppress(OSError):  # opening it says why
        path.parent.mkdir(parents=True, exist_ok=True)
    project = Project(path)
    try:
        if project.survey == Survey():
            with progress(_("Importing")) as report:
                project.do(sample_walk(report))
                if examples:
                    project.do(example_cameras(project.survey))
    finally:
        project.close()


def screenshot(given: Namespace) -> int:
    """camwalk screenshot"""
    ending_of(given.out, (".png",))
    _must_be_there(given.survey)
    _draw(given.survey, given.out, given.size, dark=given.dark)
    say(_("Written: {file}").format(file=given.out))
    return 0


def without_display() -> None:
    """Let Qt draw into memory, and keep to itself what it cannot do there."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")


def _must_be_there(survey: Path) -> None:
    if not os.path.exists(survey):
        raise CamwalkError(message("There is no survey “{file}”.", file=shown_name(str(survey))))


def _draw(survey: Path, picture: Path, size: tuple[int, int], *, dark: bool) -> None:
    without_display()
    from camwalk.gui.application import draw

    drawn = draw(survey, size, dark=dark)
    with replacing(picture) as file:
        file.write(drawn)
