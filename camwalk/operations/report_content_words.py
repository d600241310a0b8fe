"""Numbers, dates and strangers' texts as a report shows them, in the reader's language."""

import re
from datetime import date

from camwalk.i18n import number, pgettext, tell
from camwalk.model import message

LONGEST = 400  # characters of a text from a tag

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_MONTHS = (
    message("January"), message("February"), message("March"), message("April"), message("May"),
    message("June"), message("July"), message("August"), message("September"), message("October"),
    message("November"), message("December"),
)  # fmt: skip


def clean(text: str) -> str:
    """Strangers' text in one line, without what is invisible or turns the direction of writing."""
    text = " ".join(_UNSEEN.sub(" ", text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def grouped(value: float, digits: int = 0) -> str:
    """A number with its thousands set apart: "26,614", in French "26 614"."""
    whole, point, rest = f"{abs(value):,.{digits}f}".partition(".")
    sign = "-" if value < 0 else ""
    decimals = number(float(f"0.{rest}"), digits)[1:] if point else ""
    return sign + whole.replace(",", pgettext("thousands sign", ",")) + decimals


def percent(share: float) -> str:
    """A share as "41 %"; what is little but something is never 0 %."""
    if 0 < share < 0.01:
        return "<\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}%"
    if 0.99 < share < 1:
        return ">\N{NO-BREAK SPACE}99\N{NO-BREAK SPACE}%"
    return f"{share * 100:.0f}\N{NO-BREAK SPACE}%"


def length(metres: float) -> str:
    """A length in metres or kilometres."""
    if metres < 1000:
        return f"{metres:.0f}\N{NO-BREAK SPACE}m"
    digits = 1 if metres < 100_000 else 0
    return f"{grouped(metres / 1000, digits)}\N{NO-BREAK SPACE}km"


def day(when: date) -> str:
    """A day: "15 November 2026"."""
    return _of_month(when.day, month(when.year, when.month))


def month(year: int, number_: int) -> str:
    """A month: "November 2026"."""
    return f"{tell(_MONTHS[number_ - 1])} {year}"


def dated(text: str) -> str:
    """A date as it stands in a register: "2023-01" is January 2023, words stay as they are."""
    found = _DAY.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        return clean(text)
    told = month(int(found[1]), int(found[2]))
    return _of_month(int(found[3]), told) if found[3] else told


def _of_month(number_: int, month_: str) -> str:
    first = pgettext("first day of a month", "1")
    return f"{first if number_ == 1 else number_}\N{NO-BREAK SPACE}{month_}"
