"""Handing changes to a running JOSM through its remote control, on this machine only."""

from collections.abc import Sequence
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_xml import osm_text
from camwalk.model import CamwalkError, Message, Report, ignore_progress, message

JOSM = "http://127.0.0.1:8111"
AT_ONCE = 1000  # nodes in one request; JOSM takes some 3,000
TIMEOUT = 20  # seconds


def send_josm(
    changes: Sequence[OsmChange], layer: str, report: Report = ignore_progress, server: str = JOSM
) -> None:
    """Load `changes` into a new layer of JOSM, in parts if they are many.

    Raises CamwalkError where JOSM is not running, its remote control is off, or it refuses.
    """
    _ask(server, "version", {})
    for start in range(0, len(changes), AT_ONCE):
        report(start, len(changes))
        part = changes[start : start + AT_ONCE]
        new_layer = "true" if start == 0 else "false"
        _ask(
            server,
            "load_data",
            {"new_layer": new_layer, "layer_name": layer, "upload_policy": "false", "data": osm_text(part)},
        )
    report(len(changes), len(changes))


def _ask(server: str, command: str, parameters: dict[str, str]) -> None:
    # Without the proxies of the environment: what is said here stays on this machine.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{server}/{command}?{urlencode(parameters)}", timeout=TIMEOUT) as answer:
            answer.read()
    except HTTPError as error:
        raise CamwalkError(_refused(error.code)) from error
    except (URLError, OSError) as error:
        raise CamwalkError(
            message(
                "JOSM does not answer. Start JOSM, switch on “Remote control” in its preferences, then "
                "try again. "
                "Or export an .osm file and open it in JOSM."
            )
        ) from error


def _refused(code: int) -> Message:
    if code == 403:
        return message(
            "JOSM does not allow it. In its preferences, under “Remote control”, allow “Import data”, "
            "then try again."
        )
    return message(
        "JOSM refused the data (answer {code}). Export an .osm file and open it in JOSM.", code=code
    )
