"""Whether a tag is one that OpenStreetMap takes and its readers understand, one tag at a time."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from camwalk.geometry import directions
from camwalk.model import Message, message
from camwalk.operations.tag_known import ENDINGS

LONGEST = 255  # characters, the OSM API's limit for keys and for values
DIRECTION_KEYS = ("camera:direction", "direction", "surveillance:direction")

_ONE_VALUE = ("name", "addr:street", "highway", "maxspeed", "man_made")
_WIND = "|".join(sorted(directions.WINDS, key=len, reverse=True))
_TO = rf"(?:[0-9]|[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|{_WIND})"
_WRITTEN_DIRECTION = re.compile(rf"{_TO}(?:-(?:{_TO}|360))?(?:;{_TO}(?:-(?:{_TO}|360))?)*")
_LEVEL = r"(?:(?:-?[1-9][0-9]*|0)(?:\.5)?|-0\.5)"
_LABEL = r"[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?"
_PAGE = r"(?::[0-9]{2,5})?(?:[/?#][A-Za-z0-9/?#\[\]@!$&'()*+,=._~:%-]*)?"
_URL = re.compile(rf"https?://(?:{_LABEL}\.)+([a-z]{{2,}}|[\u00a1-\uffff]{{2,}}){_PAGE}", re.I)
_DAYS = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = rf"(?:{_DAYS}(?:,{_DAYS})* )?(?:{_TIME}-(?:{_TIME}|24:00)(?:,{_TIME}-(?:{_TIME}|24:00))*|off)"
_EMAIL = r"[A-Za-z0-9]+(?:[._+\-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+([a-z]{2,})"
_LANGUAGES = (
    "af|als|an|ar|ast|az|ba|be|bg|bn|br|bs|ca|co|cs|cy|da|de|el|en|eo|es|et|eu|fa|fi|fr|frp|fy|ga|gl|gsw|gu|"
    "he|hi|hr|hu|hy|id|is|it|ja|ka|kk|ko|ku|la|lb|lt|lv|mk|ml|mr|ms|nds|nl|nn|no|oc|pl|pms|pt|rm|ro|ru|sc|"
    "scn|sco|sh|simple|sk|sl|sq|sr|sv|sw|ta|te|th|tr|tt|uk|ur|uz|vec|vi|wa|zh"
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")


@dataclass(frozen=True, slots=True)
class TagProblem:
    """What is wrong with the tag `key`, and the value or the key to write instead where that is clear."""

    key: str
    reason: Message
    suggestion: str | None = None
    suggested_key: str | None = None


def tidy_number(text: str) -> str:
    """A number as OSM wants it: a decimal point, no unit; anything else comes back as it is."""
    match = re.fullmatch(r"\s*([0-9]{1,5})(?:[.,]([0-9]{1,3}))?\s*(?:m|°)?\s*", text)
    if match is None:
        return text.strip()
    return f"{int(match[1])}.{match[2]}" if match[2] else str(int(match[1]))


def beyond_limits(key: str, value: str) -> TagProblem | None:
    """Why OpenStreetMap would refuse this tag, whatever it means."""
    reason = _key_reason(key) or _value_reason(value)
    return TagProblem(key, reason, _changed(value, value.strip())) if reason else None


def unreadable_value(key: str, value: str) -> TagProblem | None:
    """Why programs would not understand this value, by what its key asks for."""
    return _untidy_text(key, value) or (check(key, value) if (check := _check_of(key)) else None)


def _key_reason(key: str) -> Message | None:
    if not key:
        return message("A tag needs a key, for example “operator”.")
    if len(key) > LONGEST:
        return message("The key is longer than {limit} characters.", limit=LONGEST)
    if not re.fullmatch(r"[\w:.\-]+", key):
        return message("The key “{key}” has characters that OpenStreetMap does not use in keys.", key=key)
    return None


def _value_reason(value: str) -> Message | None:
    if not value.strip():
        return message("The value is empty. Write one, or remove the tag.")
    if len(value) > LONGEST:
        return message(
            "The value is {length} characters long; OpenStreetMap takes {limit}.",
            length=len(value),
            limit=LONGEST,
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") for letter in value):
        return message("The value has invisible control characters.")
    if value != value.strip():
        return message("The value has spaces before or after it.")
    return None


# Arrows, mathematical operators, letters in circles, lines and shapes, dingbats, variation selectors: JOSM
# takes them for slips.
_UNUSUAL = re.compile("[\u2190-\u22ff\u2460-\u257f\u2580-\u25ff\u2700-\u27bf\u2b00-\u2bff\ufe00-\ufe0f]")


def _untidy_text(key: str, value: str) -> TagProblem | None:
    if "  " in value:
        return TagProblem(key, message("The value has several spaces in a row."), re.sub(" {2,}", " ", value))
    if any(
        unicodedata.category(letter) in ("Cf", "Co", "Zl", "Zp") and letter != "\u200d" for letter in value
    ):
        return TagProblem(key, message("The value has invisible characters."), _visible(value))
    if odd := _UNUSUAL.search(value):
        better = re.sub(" {2,}", " ", _UNUSUAL.sub("", value)).strip() or None
        reason = message("“{sign}” is a sign that OpenStreetMap’s texts do without.", sign=odd[0])
        return TagProblem(key, reason, better)
    if value.strip().lower() in ("fixme", "todo") and key != "fixme":
        return TagProblem(
            key, message("“{value}” tells nobody anything. Write it, or remove the tag.", value=value)
        )
    if ";" in value and "" in (parts := [part.strip() for part in value.split(";")]):
        better = ";".join(part for part in parts if part)
        return TagProblem(key, message("The list has an empty place between “;”."), better or None)
    if ";" in value and key in _ONE_VALUE:
        return TagProblem(key, message("“{key}” takes one value, no list with “;”.", key=key))
    if _ENTITY.search(value):
        return TagProblem(key, message("The value has a piece of HTML, like “&amp;”."))
    return None


def _visible(value: str) -> str:
    return "".join(x for x in value if unicodedata.category(x) not in ("Cf", "Co", "Zl", "Zp"))


def _changed(value: str, tidied: str) -> str | None:
    return tidied if tidied not in (value, "") else None


def _pattern(expression: str, reason: Message, tidy: Callable[[str], str] = str.strip) -> "Check":
    """A check that the value is like `expression`; `tidy` may make it so."""
    compiled = re.compile(expression)

    def check(key: str, value: str) -> TagProblem | None:
        if compiled.fullmatch(value):
            return None
        better = tidy(value)
        return TagProblem(key, _about(reason, value), better if compiled.fullmatch(better) else None)

    return check


def _about(reason: Message, value: str) -> Message:
    return Message(reason.text, (("value", value),))


def _direction(key: str, value: str) -> TagProblem | None:
    normal = directions.normalised(value)
    if normal is None:
        return TagProblem(key, message("Direction not understood: “{value}”.", value=value))
    if _WRITTEN_DIRECTION.fullmatch(value) and (key != "direction" or "360" not in value):
        return None
    if value == "360" and key != "direction":
        return None
    better = "0-359" if normal == "0-360" and key == "direction" else normal
    reason = message("“{value}” is not how others write a direction.", value=value)
    return TagProblem(key, reason, _changed(value, better))


def _date(key: str, value: str) -> TagProblem | None:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", value)
    if match and _is_date(*(parts := (int(match[1]), int(match[2] or 1), int(match[3] or 1)))):
        # somewhere it is tomorrow already
        early = key.startswith("check_date") and date(*parts) > date.today() + timedelta(days=1)
        return TagProblem(key, message("“{value}” lies in the future.", value=value)) if early else None
    return TagProblem(
        key, message("“{value}” is not a date. Write it as 2026-11-15.", value=value), _date_in(value)
    )


def _date_in(value: str) -> str | None:
    """The date that is meant by 15.11.2026, where day and month cannot be mixed up."""
    match = re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})", value.strip())
    if match is None or ("." not in value and int(match[1]) <= 12):
        return None
    day, month, year = (int(part) for part in match.groups())
    return f"{year:04}-{month:02}-{day:02}" if _is_date(year, month, day) else None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _url(key: str, value: str) -> TagProblem | None:
    if all(_is_page(part) for part in value.split(";")):
        return None
    better = f"https://{value}"
    reason = message("“{value}” is not the address of a page. It starts with https://.", value=value)
    return TagProblem(key, reason, better if "://" not in value and _is_page(better) else None)


def _is_page(text: str) -> bool:
    match = _URL.fullmatch(text)
    return match is not None and _known_ending(match[1]) and ".." not in text and "//" not in text[8:]


def _known_ending(ending: str) -> bool:
    return ending.lower() in ENDINGS or not ending.isascii()


def _email(key: str, value: str) -> TagProblem | None:
    match = re.fullmatch(_EMAIL, value)
    if match and _known_ending(match[1]):
        return None
    return TagProblem(key, message("“{value}” is not an e-mail address.", value=value))


def _wikidata(key: str, value: str) -> TagProblem | None:
    item = r"Q[1-9][0-9]{0,8}"
    if re.fullmatch(item if key == "wikidata" else rf"{item}(?:;{item})*", value):
        return None
    found = re.search(r"[qQ]([1-9][0-9]{0,8})\b", value)
    reason = message("“{value}” is no Wikidata number. It looks like Q108485435.", value=value)
    return TagProblem(key, reason, f"Q{found[1]}" if found else None)


def _wikipedia(key: str, value: str) -> TagProblem | None:
    if re.fullmatch(rf"(?:{_LANGUAGES}):[A-Z0-9À-Þ][^_%]*", value) and not re.match(
        r"[a-z]+:(?:Q[0-9]+$|[a-z]{2,3}:|wiki/|https?:)", value
    ):
        return None
    reason = message(
        "“{value}” is no Wikipedia article. Write language and title, like fr:Rennes.", value=value
    )
    return TagProblem(key, reason)


def _metres(text: str) -> str:
    """A height with the unit spelt as OSM wants it."""
    tidied = tidy_number(re.sub(r"\s*(?:metres?|meters?|mètres?)\s*$", "", text, flags=re.I))
    feet = re.fullmatch(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*(?:ft|feet|foot|')\s*", text, re.I)
    return f"{feet[1].replace(',', '.')} ft" if feet else tidied


def _height(key: str, value: str) -> TagProblem | None:
    if problem := _written_height(key, value):
        return problem
    number, _, unit = value.partition(" ")
    if float(number) <= (_HIGHEST / _FOOT if unit == "ft" else _HIGHEST):
        return None
    reason = message("“{value}” is higher than any camera hangs. Write metres from the ground.", value=value)
    return TagProblem(key, reason)


Check = Callable[[str, str], TagProblem | None]

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_HIGHEST, _FOOT = 100, 0.3048  # metres
_written_height = _pattern(
    rf"{_NUMBER}(?: m| ft)?",
    message("Height not understood: “{value}”. Write metres, for example 6.5."),
    _metres,
)
_CHECKS: Mapping[str, Check] = {
    **dict.fromkeys(DIRECTION_KEYS, _direction),
    "height": _height,
    "width": _pattern(
        rf"{_NUMBER}(?: m| ft)?", message("Width not understood: “{value}”. Write metres."), _metres
    ),
    "camera:angle": _pattern(
        r"(?:[0-8]?[0-9](?:\.[0-9]+)?|90(?:\.0+)?)",
        message("Tilt not understood: “{value}”. Write degrees below the horizon, 0 to 90."),
        tidy_number,
    ),
    "camera:tilt": _pattern(
        r"-?(?:[0-8]?[0-9]|90)(?:--?(?:[0-8]?[0-9]|90))?",
        message("Tilt not understood: “{value}”. Write degrees above the horizon, -90 (down) to 90."),
        lambda text: text.replace("°", "").replace("−", "-").strip(),
    ),
    "camera:count": _pattern(r"[1-9][0-9]{0,2}", message("“{value}” is not a number of cameras.")),
    "level": _pattern(
        rf"{_LEVEL}(?:;{_LEVEL})*", message("“{value}” is not a level. Write numbers, like -1 or 0;1.")
    ),
    "layer": _pattern(
        r"-?[1-5]", message("“{value}” is not a layer. Write a number from -5 to 5; 0 goes without saying.")
    ),
    "opening_hours": _pattern(
        rf"24/7|{_HOURS}(?:; {_HOURS})*",
        message("“{value}” is not understood as times. Write them like Mo-Fr 09:00-17:00."),
    ),
    "ele": _pattern(
        r"-?[0-9]+(?:\.[0-9]{1,2})?",
        message("“{value}” is not a height above the sea. Write metres."),
        tidy_number,
    ),
    "maxspeed": _pattern(
        r"[1-9][0-9]{0,2}(?: mph| knots)?|none|signals|walk|variable|[A-Z]{2}(?:-[A-Z]+)?:[a-z_:]+",
        message("“{value}” is not a speed. Write km/h as a number, for example 50."),
        lambda text: re.sub(r"\s*km/?h\s*$", "", text),
    ),
    "panoramax": _pattern(
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:;[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})*",
        message("“{value}” is not the number of a Panoramax picture."),
        str.lower,
    ),
    "mapillary": _pattern(
        r"[0-9]{6,20}(?:;[0-9]{6,20})*", message("“{value}” is not the number of a Mapillary picture.")
    ),
    "addr:housenumber": _pattern(r".*[0-9].*", message("“{value}” is not a house number.")),
    "wikimedia_commons": _pattern(
        r"(?:File|Category):[^%_]+",
        message("“{value}” is no page of Wikimedia Commons. It starts with File: or Category:."),
    ),
    **dict.fromkeys(("contact:email", "email"), _email),
}

_ENDINGS: Mapping[str, Check] = {
    "wikidata": _wikidata,
    "wikipedia": _wikipedia,
    "webcam": _url,
    "website": _url,
    "url": _url,
    "image": _url,
}


def _check_of(key: str) -> Check | None:
    if key in _CHECKS:
        return _CHECKS[key]
    if key.endswith(("_date", ":date")) or key.startswith("check_date:"):
        return _date
    return _ENDINGS.get(key.rpartition(":")[2])
