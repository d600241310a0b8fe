"""`camwalk report`: the report on a neighbourhood as HTML or PDF."""

from argparse import Namespace

from camwalk.cli.commands import survey_at
from camwalk.cli.terminal import complain, progress, say
from camwalk.cli.windows import without_display
from camwalk.i18n import _
from camwalk.operations.attach_extract import open_extract


def report(given: Namespace) -> int:
    """camwalk report"""
    without_display()
    from camwalk.gui.application import application
    from camwalk.gui.report_write import write_report

    with survey_at(given.survey, read_only=True) as project, progress(_("Measuring")) as watch:
        application()
        index = open_extract(project.survey, watch)
        pictures = write_report(
            project.survey, index, given.out, place=given.place, thumbnails=given.thumbnails, report=watch
        )
    if pictures:
        complain(_("Look through the pictures for faces before you hand the report on."))
    say(_("Written: {file}").format(file=given.out))
    return 0
