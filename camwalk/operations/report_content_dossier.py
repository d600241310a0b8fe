"""What a report says of the dossier: declared against seen, what it costs, and the systems of the place."""

from camwalk.i18n import _, tell
from camwalk.model import Figure, Survey, System
from camwalk.operations.dossier_compare import (
    COST,
    CostEstimate,
    DeclaredSeen,
    cost_estimate,
    declared_against_seen,
    figures_of_place,
    systems_of_place,
)
from camwalk.operations.report_content_coverage import Coverage
from camwalk.operations.report_content_parts import Column, Fact, Facts, Part, Section, Table, Text
from camwalk.operations.report_content_words import clean, dated, grouped, percent

Cited = tuple[str, ...]


def dossier_section(
    survey: Survey, place: str, coverage: Coverage | None, chosen: tuple[str, ...] | None
) -> tuple[Section | None, Cited]:
    """The chapter, and the sources that it cites; None where the dossier has nothing to say here."""
    share = coverage.walked_share if coverage else None
    figures = _figures(survey, place, chosen)
    compared = [declared_against_seen(survey, figure, share) for figure in figures]
    systems = systems_of_place(survey, place)
    parts: list[Part] = []
    for one in compared:
        parts += _comparison(one)
    parts += _costs(survey, compared)
    parts += _systems(survey, systems)
    others = [figure for figure in survey.figures.values() if figure not in figures and figure.id != COST]
    parts += _elsewhere(others)
    if not parts:
        return None, ()
    said = [*figures, *systems, *others, *([survey.figures[COST]] if COST in survey.figures else [])]
    cited = tuple(dict.fromkeys(clean(one.source) for one in said if one.source.strip()))
    if not compared:
        parts.insert(0, Text(_("For this place the dossier has no declared number of cameras yet.")))
    return Section(_("Declared against seen"), tuple(parts)), cited


def _figures(survey: Survey, place: str, chosen: tuple[str, ...] | None) -> tuple[Figure, ...]:
    if chosen is None:
        return figures_of_place(survey, place)
    return tuple(survey.figures[id] for id in chosen if id in survey.figures)


def _comparison(one: DeclaredSeen) -> list[Part]:
    declared = clean(one.figure.stated) if one.declared is None else grouped(one.declared)
    walked = (
        _("how much was walked is not known")
        if one.walked_share is None
        else _("in the {share} of the streets that were walked").format(share=percent(one.walked_share))
    )
    when = dated(one.figure.as_of)
    facts = Facts((
        Fact(declared, _("declared: {what}").format(what=clean(one.figure.what)), when),
        Fact(grouped(one.mapped), _("mapped on foot"), walked),
    ))  # fmt: skip
    sentence = tell(one.sentence)
    parts: list[Part] = [facts, Text(f"{sentence[:1].upper()}{sentence[1:]}.")]
    if one.public:
        note = _("{public} of the {mapped} mapped cameras are tagged as watching public space.")
        parts.append(Text(note.format(public=grouped(one.public), mapped=grouped(one.mapped)), quiet=True))
    return parts


def _costs(survey: Survey, compared: list[DeclaredSeen]) -> list[Part]:
    """The arithmetic for what was declared and for what was mapped, with the source of the price."""
    told: list[tuple[str, CostEstimate]] = [
        (_("Declared cameras"), cost)
        for one in compared
        if one.declared and (cost := cost_estimate(survey, round(one.declared)))
    ]
    public = sum(c.tags.get("surveillance") == "public" for c in survey.cameras.values())
    if public and (cost := cost_estimate(survey, public)):
        told.append((_("Mapped cameras that watch public space"), cost))
    elif survey.cameras and (cost := cost_estimate(survey, len(survey.cameras))):
        told.append((_("All mapped cameras, whoever owns them"), cost))
    if not told:
        return []
    return [
        Table(
            _("What they may have cost"),
            (Column(_("Counted"), 1.3), Column(_("Arithmetic"), 2.0, right=True)),
            tuple((label, tell(cost.arithmetic)) for label, cost in told),
            _(
                "Mean cost of one camera: {unit} euros ({source}). An estimate: what was paid here, only the "
                "accounts tell."
            ).format(unit=grouped(told[0][1].unit), source=told[0][1].source),
        )
    ]


def _systems(survey: Survey, systems: tuple[System, ...]) -> list[Part]:
    if not systems:
        return []
    tied = [camera.system for camera in survey.cameras.values()]
    columns = (
        Column(_("System"), 1.2),
        Column(_("What it is said to do"), 2.2),
        Column(_("Status"), 1.2),
        Column(_("Cameras tied to it"), 0.7, right=True),
        Column(_("Source"), 1.2),
    )
    rows = tuple(
        (
            "; ".join(clean(t) for t in (one.name, one.supplier, one.period) if t.strip()),
            clean(one.purpose),
            clean(one.status),
            grouped(tied.count(one.id)) if one.id in tied else "",
            clean(one.source),
        )
        for one in systems
    )
    return [Table(_("Systems that sources name for this place"), columns, rows, small=True)]


def _elsewhere(figures: list[Figure]) -> list[Part]:
    if not figures:
        return []
    columns = (
        Column(_("What"), 2.0), Column(_("Figure"), 1.5), Column(_("As of"), 0.8), Column(_("Source"), 1.5),
    )  # fmt: skip
    rows = tuple((clean(f.what), clean(f.stated), dated(f.as_of), clean(f.source)) for f in figures)
    base = _("Claims quoted with their sources; nobody here checked them.")
    return [Table(_("Other declared figures, for comparison"), columns, rows, base, small=True)]
