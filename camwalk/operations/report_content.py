"""The report on a neighbourhood: what is in it, as plain data in the reader's language.

Personal data stays out: no photographer's path, no device, no time of day, no file's name. The
content knows the survey's cameras and dossier and the figures of the review, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from camwalk.i18n import _, language, ngettext
from camwalk.model import Survey
from camwalk.operations.month_series import Month
from camwalk.operations.report_content_cameras import camera_charts, camera_table, type_legend
from camwalk.operations.report_content_coverage import Coverage
from camwalk.operations.report_content_dossier import dossier_section
from camwalk.operations.report_content_method import method_section, sources_section
from camwalk.operations.report_content_parts import Fact, Facts, MapPart, Part, ReportContent, Section, Text
from camwalk.operations.report_content_streets import filmed_section, progress_section, walked_section
from camwalk.operations.report_content_words import clean, day, grouped, length, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """What a report is built from beside the survey; all of it may be missing.

    `place` is the town's name, `streets` the street of each camera, `figures` the ids of the declared
    figures to compare with (None: those that name the place), `data_date` that of the extract.
    """

    place: str = ""
    made: date | None = None
    streets: Mapping[str, str] | None = None
    coverage: Coverage | None = None
    months: tuple[Month, ...] = ()
    figures: tuple[str, ...] | None = None
    data_date: datetime | None = None
    thumbnails: bool = False


def report_content(survey: Survey, given: ReportInput) -> ReportContent:
    """The report on `survey`, in the language in use."""
    place = clean(given.place)
    streets = {camera: clean(street) for camera, street in (given.streets or {}).items()}
    dossier, cited = dossier_section(survey, place, given.coverage, given.figures)
    sections = (
        walked_section(given.coverage),
        filmed_section(given.coverage),
        _cameras(survey, streets),
        dossier,
        progress_section(given.months, given.coverage is not None),
        method_section(given.coverage, given.thumbnails),
        sources_section(survey, given.data_date, cited),
        _list(survey, streets, given.thumbnails),
    )
    return ReportContent(
        title=_("Video surveillance in {place}").format(place=place)
        if place
        else _("Video surveillance in public space"),
        claim=_claim(survey, given.coverage),
        made=day(given.made or date.today()),
        language=language(),
        map=MapPart("title", "", type_legend(survey)),
        facts=Facts(_facts(survey, given.coverage)),
        sections=tuple(section for section in sections if section is not None),
        imprint=_("Camera survey on foot, made with Camwalk"),
    )


def _claim(survey: Survey, coverage: Coverage | None) -> str:
    n = len(survey.cameras)
    text = ngettext(
        "{n} surveillance camera was found on foot and mapped.",
        "{n} surveillance cameras were found on foot and mapped.",
        n,
    ).format(n=grouped(n))
    if coverage is None or coverage.walked_share is None:
        return text
    walked = _("So far {share} of the streets were walked; of the others nobody knows yet.")
    if coverage.walked_share > 0.995:
        walked = _("All streets were walked.")
    return f"{text} {walked.format(share=percent(coverage.walked_share))}"


def _facts(survey: Survey, coverage: Coverage | None) -> tuple[Fact, ...]:
    n = len(survey.cameras)
    public = sum(c.tags.get("surveillance") == "public" for c in survey.cameras.values())
    facts = [Fact(grouped(n), ngettext("camera mapped", "cameras mapped", n))]
    if public:
        facts.append(Fact(grouped(public), _("watch public space"), _("as tagged by those who saw them")))
    if coverage is None:
        operators = len({o for c in survey.cameras.values() if (o := c.tags.get("operator", "").strip())})
        if operators:
            facts.append(Fact(grouped(operators), ngettext("operator named", "operators named", operators)))
        return tuple(facts)
    if coverage.walked_share is not None:
        base = _("{walked} of {streets}").format(
            walked=length(coverage.walked_m), streets=length(coverage.streets_m)
        )
        facts.append(Fact(percent(coverage.walked_share), _("of the streets walked"), base))
    if coverage.filmed_m and coverage.walked_m > 0:
        low, mean, high = (
            percent(min(metres / coverage.walked_m, 1.0))
            for metres in (coverage.filmed_m.low, coverage.filmed_m.mean, coverage.filmed_m.high)
        )
        base = _("mean model; low {low}, high {high}").format(low=low, high=high)
        facts.append(Fact(mean, _("of the walked streets in view"), base))
    return tuple(facts)


def _cameras(survey: Survey, streets: Mapping[str, str]) -> Section | None:
    charts: tuple[Part, ...] = camera_charts(survey, streets)
    if not charts:
        charts = (Text(_("No camera is mapped yet.")),)
    return Section(_("The cameras"), charts)


def _list(survey: Survey, streets: Mapping[str, str], pictures: bool) -> Section | None:
    if not survey.cameras:
        return None
    return Section(_("List of all cameras"), (camera_table(survey, streets, pictures),))
