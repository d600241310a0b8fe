"""What every report says in plain words: how it was made, what it cannot tell, and whose data it shows."""

from datetime import datetime

from camwalk.i18n import _
from camwalk.model import Survey
from camwalk.operations.dossier import is_web_link
from camwalk.operations.report_content_coverage import Coverage
from camwalk.operations.report_content_parts import Bullets, Link, Links, Part, Section, Text
from camwalk.operations.report_content_words import clean, dated, day


def method_section(coverage: Coverage | None, pictures: bool) -> Section:
    """How the figures came about and where their limits are."""
    parts: list[Part] = [
        Text(
            _(
                "People walked through the streets and photographed every surveillance camera they could see "
                "from public ground. Each camera was then marked on the map by hand, from photos and notes, "
                "with what can be seen of it: its type, what it is mounted on, where it looks."
            )
        ),
        Bullets((*_coverage_points(coverage), *_camera_points())),
        Text(
            _(
                "To protect the people who walked, this report holds neither their paths nor their devices, "
                "no times of day and no file names."
            )
            if pictures
            else _(
                "To protect the people who walked and those who passed by, this report holds no photos, "
                "neither paths nor devices, no times of day and no file names."
            )
        ),
    ]
    return Section(_("Method and limits"), tuple(parts))


def _coverage_points(coverage: Coverage | None) -> tuple[str, ...]:
    if coverage is None:
        return (
            _(
                "Which streets were walked was not worked out for this report. Where the list has no camera, "
                "either there is none, or nobody looked."
            ),
        )
    points = [
        _(
            "Walked: the recorded tracks were matched to the streets of OpenStreetMap. A street and the "
            "pavements mapped beside it count once. “Walked and no camera seen” is a finding; “not walked” "
            "means that nobody looked."
        )
    ]
    if coverage.filmed_m:
        points.append(
            _(
                "In view: a sector by the type and the direction of each camera, cut off by buildings. "
                "Nobody outside knows the lens, so there are three models, after the picture detail that "
                "EN 62676-4 asks for: low, mean and high. They say what a camera can have in view, not "
                "what anybody watches or records."
            )
        )
    return tuple(points)


def _camera_points() -> tuple[str, ...]:
    return (
        _(
            "Not seen: hidden cameras, cameras behind glass or inside buildings, and what was put up after "
            "the walk. The true number is therefore higher."
        ),
        _("From the street nobody can tell whether a camera is switched on, records, or is a dummy."),
        _(
            "Places are right to a few metres. An operator is named only where a sign or another source "
            "does so."
        ),
        _(
            "Declared figures are claims that somebody made, quoted with source and date. They may count "
            "other things than a walk can see: a town counts its own cameras, a walk also finds private ones."
        ),
    )


def sources_section(survey: Survey, data_date: datetime | None, cited: tuple[str, ...]) -> Section:
    """Where everything comes from and on which terms it may be used."""
    state = _(" State of the map data: {day}.").format(day=day(data_date.date())) if data_date else ""
    licences: list[Link] = []
    if survey.extract is not None:
        licences.append(
            Link(
                _("Map data © OpenStreetMap contributors, Open Database License 1.0.") + state,
                "https://www.openstreetmap.org/copyright",
            )
        )
    licences.append(Link(_("Cameras: mapped by the group that hands out this report.")))
    licences.append(
        Link(_("Made with Camwalk, free software under the GNU General Public License, version 3 or later."))
    )
    parts: list[Part] = [Links((*licences, *(Link(one) for one in cited)))]
    if documents := tuple(_document(d.title, d.kind, d.dated, d.link) for d in survey.documents.values()):
        parts += [Text(_("Documents of the dossier:")), Links(documents)]
    return Section(_("Sources and licences"), tuple(parts))


def _document(title: str, kind: str, when: str, link: str) -> Link:
    details = ", ".join(part for part in (clean(kind), dated(when)) if part)
    text = f"{clean(title)} ({details})" if details else clean(title)
    return Link(text, link if is_web_link(link) else "")
