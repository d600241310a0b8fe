"""Reports to look at: one of everything, and one of a small town made up."""

import html
import re
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from camwalk.gui.report_html import Pictures
from camwalk.gui.report_map import report_maps
from camwalk.model import Camera, Survey
from camwalk.operations.dossier import start_dossier
from camwalk.operations.month_series import month_series
from camwalk.operations.report_content import ReportInput, report_content
from camwalk.operations.report_content_coverage import Coverage, CoverageShapes, Range, StreetCoverage
from camwalk.operations.report_content_parts import ReportContent
from tests.surveys import NOON, everything

HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x.png onerror='x'>\u202e &amp;"
KINDS = ("fixed", "dome", "panning", "doorbell", "")
SHAPES = CoverageShapes(
    walked=(np.array([[48.100, -1.600], [48.101, -1.598]]),),
    unwalked=(np.array([[48.100, -1.600], [48.099, -1.603]]),),
    filmed=(np.array([[48.1, -1.6], [48.1003, -1.6], [48.1, -1.5997], [48.1, -1.6]]),),
)
COVERAGE = Coverage(
    streets_m=10_000.0,
    walked_m=4_100.0,
    filmed_m=Range(400.0, 900.0, 2_000.0),
    ground_m2=Range(4_000.0, 12_340.0, 150_000.0),
    longest_unfilmed=("Rue de la Paix", 612.0),
    streets=(StreetCoverage(1, HOSTILE, 800.0, 700.0, Range(1.0, 2.0, 3.0)),),
)


def town(n: int = 60) -> Survey:
    """A survey with `n` cameras on two streets, hostile texts among their tags, and a dossier."""
    cameras = {
        f"c{i:03}": Camera(
            id=f"c{i:03}",
            lat=48.1 + (i % 9) / 5000,
            lon=-1.6 + (i % 7) / 4000,
            created=NOON.replace(month=9 + i % 3),
            tags={
                "man_made": "surveillance",
                "surveillance": ("public", "outdoor")[i % 2],
                "operator": (HOSTILE, "Ville de Reims", "")[i % 3],
                "camera:type": KINDS[i % 5],
                "camera:mount": ("wall", "pole")[i % 2],
                "camera:direction": str(i * 7 % 360),
                "height": "4.5",
            },
        )
        for i in range(n)
    }
    survey = Survey(cameras=cameras)
    return survey.apply(start_dossier(survey).changes)


def content_of(survey: Survey, coverage: Coverage | None = COVERAGE, place: str = "Reims") -> ReportContent:
    streets = {id: ("Rue de Mars", HOSTILE)[n % 2] for n, id in enumerate(survey.cameras)}
    months = month_series(survey, [(4_100.0, [date(2026, 9, 3)])])
    given = ReportInput(
        place=place,
        made=date(2026, 11, 21),
        streets=streets,
        coverage=coverage,
        months=months,
        data_date=datetime(2026, 11, 1, 13, 37),
    )
    return report_content(survey, given)


def pictures_of(survey: Survey) -> Pictures:
    return Pictures(report_maps(survey, None, SHAPES))


def everything_with_dossier() -> Survey:
    survey = everything()
    camera = replace(survey.cameras["c"], tags={**survey.cameras["c"].tags, "operator": "Ville"})
    survey = replace(survey, cameras={"c": camera})
    return survey.apply(start_dossier(survey).changes)


def visible(page: str) -> str:
    """What a reader of an HTML page sees as text."""
    without = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.S)
    return " ".join(html.unescape(without).split())
