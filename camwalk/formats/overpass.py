"""Fetch the streets, buildings and cameras of an area from an Overpass server, in one polite request.

The network is used only after the user's consent, which is the caller's business.
"""

import re
import threading
from dataclasses import dataclass
from html import unescape
from http.client import HTTPException, HTTPResponse
from math import cos, radians
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from camwalk import __version__
from camwalk.model import Box, CamwalkError, Message, Report, message

LARGEST_AREA = 60.0  # square kilometres

_PATIENCE = 180  # seconds that the server may think
_BYTES = 512 << 20  # memory that the server may use
_CHUNK = 1 << 16
_STEP = 0.2  # seconds between two looks
_BUSY = (429, 502, 503, 504)

_QUERY = """\
[out:xml][timeout:{patience}][maxsize:{bytes}][bbox:{south:.6f},{west:.6f},{north:.6f},{east:.6f}];
(
  way[highway];
  wr[building];
  way[railway];
  way[waterway];
  wr[natural~"^(water|wood|scrub|heath|grassland|wetland|beach|sand|shingle|bare_rock|scree|coastline)$"];
  wr[landuse];
  wr[leisure~"^(park|garden|pitch|track|playground|sports_centre|stadium|golf_course|swimming_pool)$"];
  wr[amenity~"^(school|university|college|kindergarten|hospital|parking|grave_yard|marketplace|fountain)$"];
  wr[man_made~"^(pier|breakwater|groyne|bridge)$"];
  way[barrier~"wall|fence|hedge"];
  way[aeroway];
  node[place];
  wr[place=square];
  nwr[man_made=surveillance];
  nwr[highway=speed_camera];
  node["addr:housenumber"];
);
(._;>;);
out meta;
"""


def fetch(box: Box, server: str, target: Path, report: Report) -> None:
    """Ask `server` for everything in `box` and put its answer into `target`, whole or not at all.

    `report` learns the bytes that have come; their total is unknown.
    """
    _check(box, server)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="fetching-", dir=target.parent, ignore_cleanup_errors=True) as folder:
        part = Path(folder) / "answer.osm"
        name = urlsplit(server).netloc
        _download(_Download(_request(box, server), part), name, report)
        _check_answer(part, name)
        part.replace(target)


def area_of(box: Box) -> float:
    """Square kilometres."""
    degree = 111.32
    width = (box.east - box.west) * degree * cos(radians((box.south + box.north) / 2))
    return width * (box.north - box.south) * degree


def _check(box: Box, server: str) -> None:
    if area_of(box) > LARGEST_AREA:
        raise CamwalkError(
            message(
                "The area has {area} square kilometres; at most {largest} can be fetched at once. Zoom in,"
                " or attach a file of the whole town (.osm.pbf) instead.",
                area=round(area_of(box)),
                largest=round(LARGEST_AREA),
            )
        )
    if urlsplit(server).scheme not in ("http", "https"):
        raise CamwalkError(
            message("{server} is not the web address of an Overpass server. See the settings.", server=server)
        )


def _request(box: Box, server: str) -> Request:
    query = _QUERY.format(patience=_PATIENCE, bytes=_BYTES, **box._asdict())
    data = urlencode({"data": query}).encode()
    return Request(server, data, {"User-Agent": f"Camwalk/{__version__}"})


@dataclass(slots=True)
class _Download:
    """What the thread that waits for the server and the one that watches it tell each other."""

    request: Request
    part: Path
    received: int = 0
    stopped: bool = False
    error: Exception | None = None

    def run(self) -> None:
        """Get the answer; may be late to notice that it was stopped, but then keeps nothing."""
        try:
            with urlopen(self.request, timeout=_PATIENCE + 20) as response:
                if not self.stopped:
                    self._keep(response)
        except (OSError, HTTPException) as error:
            self.error = error

    def _keep(self, response: HTTPResponse) -> None:
        with self.part.open("wb") as file:
            while not self.stopped and (chunk := response.read(_CHUNK)):
                file.write(chunk)
                self.received += len(chunk)


def _download(download: _Download, server: str, report: Report) -> None:
    """Wait in small steps, so that the user can cancel while the server thinks."""
    thread = threading.Thread(target=download.run, name="overpass", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            report(download.received, 0)
            thread.join(_STEP)
    finally:
        download.stopped = True
        thread.join(_STEP)
    if download.error is not None:
        raise CamwalkError(_failure(download.error, server)) from download.error


def _failure(error: Exception, server: str) -> Message:
    if isinstance(error, HTTPError) and error.code in _BUSY:
        return message(
            "{server} is busy. Wait some minutes, then try again, or choose a smaller area.", server=server
        )
    if isinstance(error, HTTPError):
        return message(
            "{server} refused to answer (HTTP error {code}). Is it the address of an Overpass server?"
            " See the settings.",
            server=server,
            code=error.code,
        )
    if isinstance(error, HTTPException):
        return message("The answer of {server} broke off. Try again.", server=server)
    return message(
        "{server} cannot be reached. Check the connection to the network, then try again.", server=server
    )


def _check_answer(part: Path, server: str) -> None:
    with part.open("rb") as file:
        start = file.read(_CHUNK)
        file.seek(max(0, part.stat().st_size - _CHUNK))
        end = file.read()
    if b"<osm" not in start:
        raise CamwalkError(
            message("{server} gave no map data. Is it the address of an Overpass server?", server=server)
        )
    if remark := re.search(rb"<remark>(.*?)</remark>", end, re.DOTALL):
        said = unescape(remark[1].decode("utf-8", "replace")).strip()
        raise CamwalkError(
            message(
                "{server} could not do all of it: {remark}. Choose a smaller area, or try again later.",
                server=server,
                remark=said[:200],
            )
        )
    if b"</osm>" not in end:
        raise CamwalkError(message("The answer of {server} broke off. Try again.", server=server))
