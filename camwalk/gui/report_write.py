"""Writing a report as its ending says; called from any thread."""

from pathlib import Path

from camwalk.gui.report_html import Pictures, report_html
from camwalk.gui.report_map import report_maps
from camwalk.gui.report_pdf import report_pdf
from camwalk.gui.report_thumbnails import camera_thumbnails
from camwalk.model import CamwalkError, Report, Survey, ignore_progress, message
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.report_content import report_content
from camwalk.operations.report_content_file import save_report
from camwalk.operations.report_content_gather import gather_report
from camwalk.operations.review_coverage import Review

ENDINGS = (".html", ".htm", ".pdf")


def write_report(
    survey: Survey,
    index: ExtractIndex | None,
    path: Path,
    *,
    place: str = "",
    thumbnails: bool = False,
    report: Report = ignore_progress,
    review: Review | None = None,
) -> bool:
    """Write HTML or PDF; whether there are pictures in it. CamwalkError for another ending."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise CamwalkError(
            message("A report is a .html or a .pdf file; “{file}” is neither.", file=path.name)
        )
    gathered = gather_report(survey, index, place, thumbnails, report, review)
    pictures = Pictures(
        report_maps(gathered.survey, index, gathered.shapes),
        camera_thumbnails(gathered.survey, report) if thumbnails else {},
    )
    content = report_content(gathered.survey, gathered.given)
    pdf = ending == ".pdf"
    save_report(
        path,
        report_pdf(content, pictures) if pdf else report_html(content, pictures).encode("utf-8", "replace"),
    )
    return bool(pictures.thumbnails)
