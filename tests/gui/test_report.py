"""The report as HTML and as PDF: complete, in two languages, and with nobody's traces in it."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QImage

from camwalk.gui.cut_picture import SIZE
from camwalk.gui.report_html import Pictures, report_html
from camwalk.gui.report_map import ReportMaps
from camwalk.gui.report_pdf import report_pdf
from camwalk.gui.report_thumbnails import camera_thumbnails
from camwalk.gui.report_write import write_report
from camwalk.model import CamwalkError, Change, LatLon, Survey
from camwalk.operations.import_files import import_files
from camwalk.operations.mark_camera import SURVEILLANCE, mark_camera
from camwalk.operations.report_content import ReportInput, report_content
from tests.gui.report_desk import (
    SHAPES,
    content_of,
    everything_with_dossier,
    pictures_of,
    town,
    visible,
)

PERSONAL = (
    "Centre", "Nikon", "P6000", "<script>", "b 🎥", ".jpg", "Évening", ".gpx", "on the bank", "3gpp",
    "look again", "town.osm", ".csv", "JOSM", "79108", "f1", "12:00", "13:00", "dome 7",
)  # fmt: skip
TIME_OF_DAY = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?h\s?\d{2}\b")


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Letters need an application."""


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def plain(text: str) -> str:
    """Text without any kind of space: readers of PDFs differ in where they see one."""
    return re.sub(r"\s+", "", text)


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    survey = town()
    page = report_html(content_of(survey), pictures_of(survey))
    tags = Tags(page).found
    assert {"script", "link", "iframe", "object", "embed", "form", "base"}.isdisjoint(tag for tag, _ in tags)
    for tag, attributes in tags:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "srcset", "action", "background", "poster", "data", "xlink:href"):
            assert (attributes.get(name) or "data:").startswith("data:"), (tag, attributes)
        href = attributes.get("href")
        assert href is None or (tag == "a" and href.startswith(("#", "https://")))
    style = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert len(style) == 1
    assert "url(" not in style[0]
    assert "@import" not in style[0]
    assert "default-src 'none'" in page


def test_strangers_texts_are_shown_as_text() -> None:
    survey = town()
    page = report_html(content_of(survey), pictures_of(survey))
    assert "<script>alert" not in page
    assert "<img src=http" not in page
    assert "\u202e" not in page
    assert "<script>alert(1)</script><img src=http://evil.example/x.png onerror='x'> &amp;" in visible(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_personal_is_in_a_report(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    survey = everything_with_dossier()
    given = ReportInput(place="Nîmes", streets={"c": "Rue"})
    content = report_content(survey, given)
    page = report_html(content, pictures_of(survey))
    for text in (visible(page), pdf_text(report_pdf(content, pictures_of(survey)))):
        assert "BriefCam" in text
        assert [word for word in PERSONAL if word in text] == []
        assert TIME_OF_DAY.findall(text) == []


def test_the_files_do_not_tell_at_what_time_they_were_made() -> None:
    survey = town(3)
    data = report_pdf(content_of(survey), Pictures())
    metadata = pypdf.PdfReader(BytesIO(data)).metadata
    assert metadata is not None
    dates = [str(value) for key, value in metadata.items() if key.endswith("Date")]
    assert dates
    assert all(date.endswith("000000Z") for date in dates)
    assert set(re.findall(rb"Date=\"[\d-]{10}T([\d:]{8})", data)) <= {b"00:00:00"}


def test_an_independent_reader_finds_the_words_of_the_pdf() -> None:
    survey = town()
    content = content_of(survey)
    data = report_pdf(content, pictures_of(survey))
    words = " ".join(pdf_text(data).split())
    assert "60 surveillance cameras were found on foot and mapped" in words
    assert "\t" not in pdf_text(data)
    assert "finding; “not walked” means" in words, "letters are letters, not ligatures"
    text = plain(words)
    for section in content.sections:
        assert plain(section.title) in text
    assert plain("declared 281 (245, beside 36 older ones; January 2023").casefold() in text.casefold()
    assert plain("281 cameras × 20,000 euros = 5,620,000 euros") in text
    assert plain("of the streets walked") in text
    assert plain("<script>alert(1)</script>") in text
    assert plain("48.10000, -1.60000") in text
    page = pypdf.PdfReader(BytesIO(data)).pages[0].mediabox
    assert (round(page.width), round(page.height)) == (595, 842), "A4"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")
def test_pdftotext_finds_them_too(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(report_pdf(content_of(town()), Pictures()))
    done = subprocess.run(["pdftotext", tmp_path / "r.pdf", "-"], capture_output=True, check=True)
    assert done.stderr == b""
    assert "Method and limits" in done.stdout.decode()


def test_maps_and_charts_of_the_pdf_are_vectors() -> None:
    survey = town()
    reader = pypdf.PdfReader(BytesIO(report_pdf(content_of(survey), pictures_of(survey))))
    assert sum(len(page.images) for page in reader.pages) == 0


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_french_report_is_french(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = town()
    english = [section.title for section in content_of(survey).sections]
    monkeypatch.setenv("LANGUAGE", "fr")
    content = content_of(survey)
    page = report_html(content, pictures_of(survey))
    text = visible(page) if kind == "html" else pdf_text(report_pdf(content, Pictures()))
    assert 'lang="fr"' in page
    for words in ("Méthode et limites", "21 novembre 2026", "janvier 2023", "Déclaré et constaté"):
        assert plain(words) in plain(text)
    assert [title for title in english if plain(title) in plain(text)] == []


def test_a_report_without_coverage_says_so() -> None:
    survey = town()
    content = content_of(survey, coverage=None)
    text = visible(report_html(content, Pictures()))
    assert "either there is none, or nobody looked" in text
    assert "how much of the streets was walked is not known" in text
    assert "What is in view" not in text


def test_an_empty_survey_makes_an_honest_report() -> None:
    content = report_content(Survey(), ReportInput())
    assert "No camera is mapped yet." in report_html(content, Pictures())
    assert "No camera is mapped yet." in pdf_text(report_pdf(content, Pictures()))


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_folder_that_is_not_there_is_told(ending: str, tmp_path: Path) -> None:
    with pytest.raises(CamwalkError):
        write_report(town(2), None, tmp_path / "gone" / f"r.{ending}")


def test_many_cameras_are_still_vectors_and_a_sane_file() -> None:
    survey = town(2500)
    data = report_pdf(content_of(survey), pictures_of(survey))
    reader = pypdf.PdfReader(BytesIO(data))
    assert len(reader.pages) > 50
    assert len(data) < 5_000_000
    assert "2500" in plain(reader.pages[-1].extract_text())


def test_pictures_are_cut_around_the_camera_and_carry_no_metadata(walks: Path) -> None:
    survey = Survey()
    survey = survey.apply(import_files(survey, [str(walks / "one" / "photos")]).edit.changes)
    photo = next(iter(survey.photos))
    survey = survey.apply(mark_camera(survey, LatLon(48.0, 2.0), SURVEILLANCE, photos=[photo]).changes)
    assert camera_thumbnails(survey) == {}, "the whole photo might show faces"
    sighting = next(iter(survey.sightings.values()))
    survey = survey.apply([Change(sighting, replace(sighting, x=5.0, y=5.0))])
    pictures = camera_thumbnails(survey)
    (jpeg,) = pictures.values()
    image = QImage.fromData(jpeg)
    assert image.width() <= SIZE[0]
    assert image.height() <= SIZE[1]
    assert b"Exif" not in jpeg
    content = report_content(survey, ReportInput(thumbnails=True))
    assert "data:image/jpeg" in report_html(content, Pictures(thumbnails=pictures))
    assert "data:image/jpeg" not in report_html(report_content(survey, ReportInput()), Pictures())


@pytest.mark.parametrize(("mounts", "told"), [(13, ">1 other<"), (14, ">2 others<")])
def test_what_finds_no_bar_of_its_own_is_counted(mounts: int, told: str) -> None:
    survey = Survey()
    for number in range(mounts):
        tags = {**SURVEILLANCE, "camera:mount": f"odd_{number}"}
        survey = survey.apply(mark_camera(survey, LatLon(48.0, 2.0), tags).changes)
    assert told in report_html(content_of(survey), Pictures())


def test_a_map_without_anything_is_left_out() -> None:
    assert not ReportMaps().has("title")
    assert not ReportMaps().has("walked")
    assert ReportMaps(shapes=SHAPES).has("filmed")
