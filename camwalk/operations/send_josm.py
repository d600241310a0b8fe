"""Handing changes to a running JOSM through its remote control, on this machine only."""

from collections.abc import Iterator, Sequence
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus, urlencode
from urllib.request import HTTPDefaultErrorHandler, HTTPErrorProcessor, HTTPHandler, OpenerDirector

from camwalk.formats.osm_change import OsmChange
from camwalk.formats.osm_xml import osm_text
from camwalk.model import CamwalkError, Message, Report, ignore_progress, message

JOSM = "http://127.0.0.1:8111"
LONGEST = 60_000  # characters of a request: JOSM takes more, but not everything in between does
TIMEOUT = 20  # seconds
MOST_READ = 100_000  # characters of an answer


def send_josm(
    changes: Sequence[OsmChange], layer: str, report: Report = ignore_progress, server: str = JOSM
) -> None:
    """Load `changes` into a new layer of JOSM, in parts if they are many.

    Raises CamwalkError where JOSM is not running, its remote control is off, or it refuses.
    """
    if _ask(server, "version", {}).lstrip().startswith("<"):  # a web page: another program took the port
        raise CamwalkError(
            message(
                "Something else than JOSM answers where JOSM should. Stop it, start JOSM, then try again. "
                "Or export an .osm file and open it in JOSM."
            )
        )
    done = 0
    for part in _parts(changes):
        report(done, len(changes))
        try:
            _load(server, layer, part, anew=done == 0)
        except CamwalkError as error:
            raise (_stopped(done, len(changes)) if done else error) from error
        done += len(part)
    report(done, len(changes))


def _load(server: str, layer: str, part: Sequence[OsmChange], *, anew: bool) -> None:
    asked = {"new_layer": "true" if anew else "false", "layer_name": layer, "upload_policy": "false"}
    _ask(server, "load_data", {**asked, "data": osm_text(part)})


def _stopped(done: int, total: int) -> CamwalkError:
    return CamwalkError(
        message(
            "JOSM took {done} of {total} nodes and then no more. Delete that layer in JOSM before you send "
            "again, or export an .osm file and open it in JOSM.",
            done=done,
            total=total,
        )
    )


def _parts(changes: Sequence[OsmChange]) -> Iterator[list[OsmChange]]:
    """The changes in runs that fit into one request each."""
    part: list[OsmChange] = []
    length = 0
    for change in changes:
        size = len(quote_plus(osm_text([change])))
        if part and length + size > LONGEST:
            yield part
            part, length = [], 0
        part.append(change)
        length += size
    if part:
        yield part


def _ask(server: str, command: str, parameters: dict[str, str]) -> str:
    # Neither the proxies of the environment nor where an answer leads: what is said here stays here.
    opener = OpenerDirector()
    for handler in (HTTPHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    try:
        with opener.open(f"{server}/{command}?{urlencode(parameters)}", timeout=TIMEOUT) as answer:
            return answer.read(MOST_READ).decode("utf-8", "replace")
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
