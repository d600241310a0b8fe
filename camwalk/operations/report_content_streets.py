"""What a report says of the streets: what was walked, what stands in view, and the progress by month."""

from camwalk.i18n import _, tell
from camwalk.operations.month_series import Month
from camwalk.operations.report_content_coverage import Coverage, Range, StreetCoverage
from camwalk.operations.report_content_parts import (
    Bar,
    Chart,
    Column,
    Fact,
    Facts,
    Legend,
    MapPart,
    Part,
    Section,
    Table,
    Text,
)
from camwalk.operations.report_content_words import clean, grouped, length, month, percent

MOST_STREETS = 40
_LEAST = 0.5  # metres; less of a street counts as none


def walked_section(coverage: Coverage | None) -> Section | None:
    """Which streets were checked and which remain; None where nobody worked it out."""
    if coverage is None:
        return None
    parts: list[Part] = [
        MapPart(
            "walked",
            _("Streets that were walked, and those where nobody looked yet."),
            (Legend("walked", _("walked")), Legend("unwalked", _("not walked yet"))),
        ),
        Facts(tuple(_walked_facts(coverage))),
    ]
    parts += _street_table(coverage)
    return Section(_("Where we walked"), tuple(parts))


def _walked_facts(coverage: Coverage) -> list[Fact]:
    left = max(coverage.streets_m - coverage.walked_m, 0.0)
    facts = [
        Fact(length(coverage.walked_m), _("walked"), _("each street counted once")),
        Fact(length(left), _("not walked yet"), _("of {all}").format(all=length(coverage.streets_m))),
    ]
    if coverage.per_km is not None:
        base = _("of walked street; outdoor cameras up to 30 m from it")
        facts.append(Fact(grouped(coverage.per_km, 1), _("cameras per kilometre"), base))
    if coverage.per_km2 is not None:
        base = _("in the squares of 100 m that walked streets cross")
        facts.append(Fact(grouped(coverage.per_km2), _("cameras per square kilometre"), base))
    return facts


def filmed_section(coverage: Coverage | None) -> Section | None:
    """How much of the walked streets stands in view; None where nobody worked it out."""
    if coverage is None or coverage.filmed_m is None:
        return None
    legend = [Legend("filmed", _("in view of a camera"))]
    if coverage.undirected:
        legend.append(Legend("maybe", _("perhaps in view: the camera’s direction is unknown")))
    parts: list[Part] = [
        MapPart("filmed", _("What the cameras can have in view, after the mean model."), tuple(legend)),
        Facts(_filmed_facts(coverage, coverage.filmed_m)),
    ]
    if coverage.meaning:
        meant = _("“In view” means here: {meaning}.").format(meaning=tell(coverage.meaning))
        parts.append(Text(meant, quiet=True))
    if coverage.maybe_m and coverage.maybe_m.mean > _LEAST:
        text = _(
            "Cameras without a known direction are counted apart: up to {metres} more of the walked streets "
            "may be in view of them."
        )
        parts.append(Text(text.format(metres=length(coverage.maybe_m.mean)), quiet=True))
    parts += [Text(tell(note), quiet=True) for note in coverage.notes]
    return Section(_("What is in view"), tuple(parts))


def _filmed_facts(coverage: Coverage, filmed: Range) -> tuple[Fact, ...]:
    facts = [_ranged(filmed, _("of walked street in view"), coverage.walked_m)]
    if area := coverage.ground_m2:
        base = _("mean model; low {low}, high {high}; walked or not").format(
            low=_area(area.low), high=_area(area.high)
        )
        facts.append(Fact(_area(area.mean), _("of open ground in view"), base))
    if coverage.longest_unfilmed:
        street, metres = coverage.longest_unfilmed
        base = "; ".join(part for part in (clean(street), _("mean model")) if part)
        facts.append(Fact(length(metres), _("longest walked stretch out of view"), base))
    if coverage.most_seen and coverage.most_seen[1] > 1:
        street, n = coverage.most_seen
        base = "; ".join(part for part in (clean(street), _("mean model")) if part)
        facts.append(Fact(grouped(n), _("cameras see the same spot"), base))
    return tuple(facts)


def progress_section(months: tuple[Month, ...], with_streets: bool) -> Section | None:
    """How the figures grew; None where there is one month only."""
    if len(months) < 2:
        return None
    named = [(month(one.year, one.month), one) for one in months]
    charts = [
        Chart(
            _("Cameras known at the end of the month"),
            tuple(Bar(name, one.cameras, grouped(one.cameras)) for name, one in named),
            _("A camera counts from the month in which it was first seen."),
        )
    ]
    if with_streets:
        charts.append(
            Chart(
                _("Streets walked until the end of the month"),
                tuple(Bar(name, one.walked_m, length(one.walked_m)) for name, one in named),
                _("A street counts from the month in which it was first walked."),
            )
        )
    filmed = [(name, one.filmed_m) for name, one in named if one.filmed_m]
    if filmed:
        charts.append(
            Chart(
                _("Walked streets in view at the end of the month"),
                tuple(Bar(name, metres.mean, length(metres.mean)) for name, metres in filmed),
                _("Mean model."),
            )
        )
    return Section(_("Month by month"), tuple(charts))


def _ranged(metres: Range, label: str, base_m: float) -> Fact:
    base = _("mean model; low {low}, high {high}; base: {base} walked").format(
        low=length(metres.low), high=length(metres.high), base=length(base_m)
    )
    return Fact(length(metres.mean), label, base)


def _area(square_metres: float) -> str:
    """An area with as many digits as it deserves."""
    if square_metres < 100_000:
        return f"{grouped(round(square_metres, -2 if square_metres > 5000 else 0))}\N{NO-BREAK SPACE}m²"
    return f"{grouped(square_metres / 1e6, 2)}\N{NO-BREAK SPACE}km²"


def _street_table(coverage: Coverage) -> list[Part]:
    """The streets with most metres walked; ways of one name are one street."""
    streets = sorted(_by_name(coverage), key=lambda s: (-s.walked_m, -s.length_m, s.name))
    walked = [street for street in streets if street.walked_m > _LEAST]
    if not walked:
        return []
    filmed = any(street.filmed_m for street in walked)
    columns = [
        Column(_("Street"), 3.0),
        Column(_("Length"), right=True),
        Column(_("Walked"), right=True),
        Column("", 0.7, right=True),
    ]
    if filmed:
        columns.append(Column(_("In view"), right=True))
    rows = tuple(_street_row(street, filmed) for street in walked[:MOST_STREETS])
    base = _("{n} of {all} named streets that were walked; in view after the mean model.").format(
        n=grouped(len(rows)), all=grouped(len(walked))
    )
    return [Table(_("Street by street"), tuple(columns), rows, base)]


def _street_row(street: StreetCoverage, filmed: bool) -> tuple[str, ...]:
    row = (
        clean(street.name), length(street.length_m), length(street.walked_m),
        percent(min(street.walked_m / street.length_m, 1.0)) if street.length_m else "",
    )  # fmt: skip
    if not filmed:
        return row
    return (*row, length(street.filmed_m.mean) if street.filmed_m else "–")


def _by_name(coverage: Coverage) -> list[StreetCoverage]:
    found: dict[str, StreetCoverage] = {}
    for one in coverage.streets:
        if one.name:
            before = found.get(one.name)
            found[one.name] = _together(before, one) if before else one
    return list(found.values())


def _together(a: StreetCoverage, b: StreetCoverage) -> StreetCoverage:
    return StreetCoverage(
        a.way, a.name, a.length_m + b.length_m, a.walked_m + b.walked_m, _sum(a.filmed_m, b.filmed_m)
    )


def _sum(a: Range | None, b: Range | None) -> Range | None:
    if a is None or b is None:
        return a or b
    return Range(a.low + b.low, a.mean + b.mean, a.high + b.high)
