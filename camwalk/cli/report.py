"""`camwalk report`: the report on a neighbourhood as HTML or PDF."""

import os
from argparse import Namespace

from camwalk.cli.commands import survey_at
from camwalk.cli.terminal import complain, progress, say
from camwalk.i18n import _
from camwalk.model import CamwalkError, message
from camwalk.operations.attach_extract import open_extract
from camwalk.operations.report_content import report_content
from camwalk.operations.report_content_gather import gather_report

ENDINGS = (".html", ".htm", ".pdf")


def report(given: Namespace) -> int:
    """camwalk report"""
    ending = given.out.suffix.lower()
    if ending not in ENDINGS:
        raise CamwalkError(
            message("A report is a .html or a .pdf file; “{file}” is neither.", file=given.out.name)
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from camwalk.gui.application import application
    from camwalk.gui.report_html import Pictures, write_report_html
    from camwalk.gui.report_map import report_maps
    from camwalk.gui.report_pdf import write_report_pdf
    from camwalk.gui.report_thumbnails import camera_thumbnails

    with survey_at(given.survey, read_only=True) as project, progress(_("Measuring")) as watch:
        index = open_extract(project.survey, watch)
        gathered = gather_report(project.survey, index, given.place, given.thumbnails, watch)
        application()
        pictures = Pictures(
            report_maps(gathered.survey, index, gathered.shapes),
            camera_thumbnails(gathered.survey, watch) if given.thumbnails else {},
        )
    content = report_content(gathered.survey, gathered.given)
    (write_report_pdf if ending == ".pdf" else write_report_html)(content, pictures, given.out)
    if pictures.thumbnails:
        complain(_("Look through the pictures for faces before you hand the report on."))
    say(_("Written: {file}").format(file=given.out))
    return 0
