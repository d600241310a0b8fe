import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import osmium
import pytest

from camwalk import __version__
from camwalk.formats.extract_build import build_index
from camwalk.formats.extract_index import ExtractIndex
from camwalk.formats.overpass import LARGEST_AREA, area_of, fetch
from camwalk.model import Box, CamwalkError, Cancelled, ignore_progress

CENTRE = Box(60.164, 24.935, 60.180, 24.954)


@dataclass
class Server:
    """An Overpass server on this machine that gives one prepared answer and remembers what it was asked."""

    url: str = ""
    status: int = 200
    answer: bytes = b""
    promised: int = 0  # more bytes than the answer has
    thinking: threading.Event | None = None  # answers once this is set
    queries: list[str] = field(default_factory=list)
    agents: list[str | None] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            told.queries += form["data"]
            told.agents.append(self.headers["User-Agent"])
            if told.thinking is not None:
                told.thinking.wait(20)
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.answer) + told.promised))
            self.end_headers()
            self.wfile.write(told.answer)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    told.url = f"http://127.0.0.1:{listening.server_port}/api/interpreter"
    yield told
    if told.thinking is not None:
        told.thinking.set()
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture(scope="module")
def recorded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The centre of Helsinki as Overpass gives it."""
    file = tmp_path_factory.mktemp("recorded") / "answer.osm"
    with osmium.SimpleWriter(str(file)) as writer:
        osmium.apply(str(shared / "data" / "osm" / "helsinki-centre-2019-04.osm.pbf"), writer)
    return file.read_bytes()


def refused(server: Server, tmp_path: Path, box: Box = CENTRE) -> str:
    """The reason why a fetch fails; nothing may be left of it."""
    with pytest.raises(CamwalkError) as caught:
        fetch(box, server.url, tmp_path / "map.osm", ignore_progress)
    assert list(tmp_path.iterdir()) == []
    return str(caught.value)


def test_an_area_is_fetched_in_one_polite_request(server: Server, recorded: bytes, tmp_path: Path) -> None:
    server.answer = recorded
    fetch(CENTRE, server.url, tmp_path / "map.osm", ignore_progress)
    assert (tmp_path / "map.osm").read_bytes() == recorded
    assert server.agents == [f"Camwalk/{__version__}"]
    (query,) = server.queries
    assert "[bbox:60.164000,24.935000,60.180000,24.954000]" in query
    assert "[timeout:" in query
    assert "[maxsize:" in query
    assert "out meta" in query
    for wanted in ("highway", "building", "natural", "landuse", "man_made=surveillance", "speed_camera"):
        assert wanted in query


def test_what_was_fetched_is_an_extract(server: Server, recorded: bytes, tmp_path: Path) -> None:
    server.answer = recorded
    fetch(CENTRE, server.url, tmp_path / "map.osm", ignore_progress)
    build_index(tmp_path / "map.osm", tmp_path / "index", ignore_progress)
    index = ExtractIndex.open(tmp_path / "index")
    assert len(index.cameras()) == 223
    assert index.has_versions


def test_the_bytes_that_came_are_reported(server: Server, recorded: bytes, tmp_path: Path) -> None:
    server.answer = recorded
    seen: list[tuple[int, int]] = []
    fetch(CENTRE, server.url, tmp_path / "map.osm", lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert all(total == 0 for _, total in seen)


@pytest.mark.parametrize("status", [429, 504])
def test_a_busy_server_is_left_in_peace(server: Server, tmp_path: Path, status: int) -> None:
    server.status = status
    assert "busy" in refused(server, tmp_path)
    assert len(server.queries) == 1


def test_another_failure_of_the_server_tells_its_number(server: Server, tmp_path: Path) -> None:
    server.status = 404
    assert "404" in refused(server, tmp_path)


def test_no_network_is_told_with_the_name_of_the_server(server: Server, tmp_path: Path) -> None:
    server.url = "http://127.0.0.1:9/api/interpreter"
    assert "127.0.0.1:9 cannot be reached" in refused(server, tmp_path)


def test_an_answer_with_an_error_inside_is_refused(server: Server, tmp_path: Path) -> None:
    server.answer = (
        b'<?xml version="1.0"?>\n<osm version="0.6">\n<node id="1" lat="60" lon="24"/>\n'
        b"<remark> runtime error: Query timed out in &quot;query&quot; after 181 seconds. </remark>\n</osm>"
    )
    reason = refused(server, tmp_path)
    assert 'Query timed out in "query"' in reason
    assert "smaller area" in reason


def test_a_page_instead_of_map_data_is_refused(server: Server, tmp_path: Path) -> None:
    server.answer = b"<html><body>Please log in to this network</body></html>"
    assert "no map data" in refused(server, tmp_path)


def test_an_answer_that_breaks_off_is_refused(server: Server, recorded: bytes, tmp_path: Path) -> None:
    server.answer = recorded[:200_000]
    assert "broke off" in refused(server, tmp_path)
    server.promised = 1000
    assert "broke off" in refused(server, tmp_path)


def test_a_large_area_is_refused_before_anybody_is_asked(server: Server, tmp_path: Path) -> None:
    box = Box(60.0, 24.5, 60.3, 25.2)
    assert area_of(box) == pytest.approx(1290, rel=0.02)
    assert f"at most {LARGEST_AREA:.0f}" in refused(server, tmp_path, box)
    assert server.queries == []


def test_only_web_addresses_are_asked(server: Server, tmp_path: Path) -> None:
    server.url = "file:///etc/hostname"
    assert "not the web address" in refused(server, tmp_path)


def test_cancelling_while_the_server_thinks_leaves_nothing(
    server: Server, tmp_path: Path, recorded: bytes
) -> None:
    server.thinking, server.answer = threading.Event(), recorded
    asked = _cancel_once(lambda: bool(server.queries))
    with pytest.raises(Cancelled):
        fetch(CENTRE, server.url, tmp_path / "map.osm", asked)
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_map_survives_a_failed_fetch(server: Server, tmp_path: Path) -> None:
    (tmp_path / "map.osm").write_text("the earlier one")
    server.status = 429
    with pytest.raises(CamwalkError):
        fetch(CENTRE, server.url, tmp_path / "map.osm", ignore_progress)
    assert (tmp_path / "map.osm").read_text() == "the earlier one"


def _cancel_once(due: Callable[[], bool]) -> Callable[[int, int], None]:
    def report(done: int, total: int) -> None:
        if due():
            raise Cancelled

    return report
