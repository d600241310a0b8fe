"""What a report says of the cameras: charts of what they are, and the list of all."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import inf

from camwalk.geometry.directions import ALL_ROUND, middle, sectors
from camwalk.i18n import _, ngettext, number, tell
from camwalk.model import Camera, Survey, Tags
from camwalk.operations.mark_camera import direction_key
from camwalk.operations.report_content_parts import Bar, Chart, Column, Legend, Table
from camwalk.operations.report_content_words import clean, grouped, percent
from camwalk.operations.tagging import KINDS, MOUNTS, PLACES, ZONES, Choice, camera_kind

MOST_BARS = 12
"""More different values than this are told as one bar."""

_ARROWS = "↑↗→↘↓↙←↖"
_METRES = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?: ?m)?")
_STEPS = (3.0, 4.0, 6.0, 9.0)


def camera_charts(survey: Survey, streets: Mapping[str, str]) -> tuple[Chart, ...]:
    """Types, mounts, what is watched, operators, heights and streets of all cameras."""
    cameras = tuple(survey.cameras.values())
    charts = (
        _types(cameras),
        _by_tag(_("How they are mounted"), cameras, "camera:mount", MOUNTS),
        _by_tag(_("What they watch"), cameras, "surveillance", PLACES),
        _by_tag(_("Which zone they watch"), cameras, "surveillance:zone", ZONES),
        _by_tag(_("Who operates them"), cameras, "operator", ()),
        _heights(cameras),
        _chart(_("In which street"), Counter(streets.get(c.id, "") for c in cameras), _("no named street")),
    )
    return tuple(chart for chart in charts if chart is not None)


def type_legend(survey: Survey) -> tuple[Legend, ...]:
    """The symbols of the kinds of camera that there are."""
    there = {camera_kind(c.tags) for c in survey.cameras.values()}
    return tuple(Legend(kind, tell(KINDS[kind].choice.label)) for kind in KINDS if kind in there)


def camera_table(survey: Survey, streets: Mapping[str, str], pictures: bool) -> Table:
    """Every camera with what is known of it, by street."""
    ordered = sorted(survey.cameras.values(), key=lambda c: (streets.get(c.id, "\uffff"), -c.lat, c.lon))
    columns = (
        Column(_("No."), 0.4, right=True),
        Column(_("Street"), 1.6),
        Column(_("Type"), 0.9),
        Column(_("Mount"), 1.0),
        Column(_("Height"), 0.62, right=True),
        Column(_("Looks"), 0.75),
        Column(_("Watches"), 1.15),
        Column(_("Operator"), 1.35),
        Column(_("Latitude, longitude"), 1.5),
    )
    rows = tuple(
        (
            str(number_),
            streets.get(camera.id, ""),
            tell(KINDS[camera_kind(camera.tags)].choice.label),
            _named(camera.tags.get("camera:mount", ""), MOUNTS),
            _height(camera.tags),
            _looks(camera.tags),
            _watches(camera.tags),
            clean(camera.tags.get("operator", "")),
            f"{camera.lat:.5f}, {camera.lon:.5f}",
        )
        for number_, camera in enumerate(ordered, 1)
    )
    return Table(
        "", columns, rows, pictures=tuple(c.id for c in ordered) if pictures else (), small=True,
        base=_("An empty field means that nobody noted it. “Looks” is clockwise from true north."),
    )  # fmt: skip


def _types(cameras: Iterable[Camera]) -> Chart | None:
    counts = Counter(camera_kind(c.tags) for c in cameras)
    total = counts.total()
    bars = tuple(
        Bar(tell(KINDS[kind].choice.label), n, _shown(n, total), kind) for kind, n in counts.most_common()
    )
    return Chart(_("Of which type they are"), bars, _base(total)) if bars else None


def _by_tag(title: str, cameras: Iterable[Camera], key: str, choices: Iterable[Choice]) -> Chart | None:
    counts = Counter(_named(c.tags.get(key, ""), choices) for c in cameras)
    return _chart(title, counts, _("not noted"))


def _heights(cameras: Iterable[Camera]) -> Chart | None:
    heights = [_metres(camera.tags.get("height", "")) for camera in cameras]
    counts = Counter(bisect_right(_STEPS, metres) for metres in heights if metres is not None)
    if not counts:
        return None
    total, unknown = len(heights), len(heights) - counts.total()
    edges = (0.0, *_STEPS, inf)
    bars = [
        Bar(_height_step(low, high), counts[step], _shown(counts[step], total))
        for step, (low, high) in enumerate(pairwise(edges))
    ]
    if unknown:
        bars.append(Bar(_("not noted"), unknown, _shown(unknown, total), "unknown"))
    return Chart(_("How high they hang"), tuple(bars), _base(total))


def _height_step(low: float, high: float) -> str:
    if low == 0:
        return _("under {metres} m").format(metres=number(high))
    if high == inf:
        return _("{metres} m and more").format(metres=number(low))
    return _("{low} to under {high} m").format(low=number(low), high=number(high))


def _chart(title: str, counts: Counter[str], missing: str) -> Chart | None:
    """A bar for each value, the most frequent first; None where nobody noted any."""
    unknown, total = counts.pop("", 0), counts.total()
    if not total:
        return None
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown, others = ranked[:MOST_BARS], ranked[MOST_BARS:]
    bars = [Bar(label, n, _shown(n, total + unknown)) for label, n in shown]
    if others:
        n = sum(count for _name, count in others)
        label = ngettext("{n} other", "{n} others", len(others)).format(n=grouped(len(others)))
        bars.append(Bar(label, n, _shown(n, total + unknown), "unknown"))
    if unknown:
        bars.append(Bar(missing, unknown, _shown(unknown, total + unknown), "unknown"))
    return Chart(title, tuple(bars), _base(total + unknown))


def _base(total: int) -> str:
    text = ngettext("Base: the {n} camera mapped.", "Base: all {n} cameras mapped.", total)
    return text.format(n=grouped(total))


def _shown(n: int, total: int) -> str:
    return f"{grouped(n)} ({percent(n / total)})" if total else grouped(n)


def _named(value: str, choices: Iterable[Choice]) -> str:
    """What people call a tag's value; the value itself where Camwalk has no word for it."""
    return next((tell(c.label) for c in choices if c.value == value), clean(value.replace("_", " ")))


def _watches(tags: Tags) -> str:
    place = _named(tags.get("surveillance", ""), PLACES)
    zone = _named(tags.get("surveillance:zone", ""), ZONES)
    return " · ".join(part for part in (place, zone) if part)


def _metres(text: str) -> float | None:
    found = _METRES.fullmatch(text.strip())
    return float(found[1]) if found else None


def _height(tags: Tags) -> str:
    metres = _metres(tags.get("height", ""))
    if metres is None:
        return clean(tags.get("height", ""))
    return f"{number(metres, 0 if metres.is_integer() else 1)}\N{NO-BREAK SPACE}m"


def _looks(tags: Tags) -> str:
    """Where its lenses look, as arrow and degrees."""
    found = sectors(tags.get(direction_key(tags), ""))[:4]
    return ", ".join(
        _("all round")
        if sector == ALL_ROUND
        else f"{_ARROWS[round(middle(sector) / 45) % 8]}\N{NO-BREAK SPACE}{middle(sector):.0f}°"
        for sector in found
    )
