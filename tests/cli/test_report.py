"""`camwalk report` as a script would use it, on a walk with its map."""

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from camwalk import paths
from camwalk.operations.sample_walk import EXTRACT
from tests.cli.test_commands import Camwalk


@pytest.fixture
def walked(tmp_path: Path) -> Camwalk:
    """The sample walk with its map and two cameras."""
    camwalk = Camwalk(tmp_path)
    sample = paths.resources() / "sample"
    camwalk("import", sample)
    camwalk("extract", sample / EXTRACT)
    photos = [p for p in camwalk.list("photos") if p.get("lat") is not None]
    for photo in photos[:2]:
        camwalk("mark", "--at", f"{photo['lat']},{photo['lon']}", "--tag", "camera:type=dome")
    return camwalk


def test_a_report_is_one_page_or_one_pdf_with_the_figures_of_coverage(walked: Camwalk) -> None:
    html, pdf = walked.folder / "out.html", walked.folder / "out.PDF"
    assert "out.html" in walked("report", html, "--place", "Saint-Exemple")
    walked("report", pdf)
    page = html.read_text(encoding="utf-8")
    assert "Video surveillance in Saint-Exemple" in page
    assert "of the streets walked" in page
    assert page.count("data:image/png") == 3, "title, walked and filmed map"
    assert not re.search(r"\.jpe?g|\.gpx|relevé", page, re.I)
    text = pypdf.PdfReader(BytesIO(pdf.read_bytes())).pages[0].extract_text()
    assert "2 surveillance cameras were found" in " ".join(text.split())


def test_what_is_no_report_and_no_survey_is_told(walked: Camwalk, tmp_path: Path) -> None:
    assert "out.docx" in walked("report", tmp_path / "out.docx", code=1)
    assert not (tmp_path / "out.docx").exists()
    done = walked.run("report", tmp_path / "gone.camwalk", tmp_path / "out.html")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_report_changes_nothing_in_the_survey(walked: Camwalk) -> None:
    before = walked("history")
    walked("report", walked.folder / "out.html")
    assert walked("history") == before


def test_a_planned_walk_comes_with_a_sheet_to_write_on(walked: Camwalk) -> None:
    route, sheet = walked.folder / "next.gpx", walked.folder / "next.pdf"
    walked("plan", route, "--minutes", "20", "--sheet", sheet)
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(sheet).pages]
    assert route.exists()
    assert len(pages) == 2
    assert "Street by street" in pages[0]
    assert "cameras you know already" in pages[0]
    for head in ("Street, house number", "Type", "Height", "Facing", "Remarks"):
        assert head in pages[1]
    assert "sheet.doc" in walked("plan", route, "--sheet", walked.folder / "sheet.doc", code=1)
