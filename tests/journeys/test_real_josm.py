"""The real JOSM, in a virtual screen, gets what we send; its own autosave shows what arrived."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest

from camwalk.formats.osm_change import OsmChange
from camwalk.operations.send_josm import send_josm
from tests.judges import JOSM

PATIENCE = 60  # seconds


@pytest.fixture
def josm_home(shared: Path, tmp_path: Path) -> Iterator[Path]:
    script = shared / "judges" / "run_josm.sh"
    if not (JOSM.exists() and script.exists() and shutil.which("Xvfb") and shutil.which("curl")):
        pytest.skip("JOSM, Xvfb or the script that starts them (shared/judges) is not here")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 8111)) == 0:
            pytest.skip("something else answers on JOSM's port")
    home = tmp_path / "josm"
    started = subprocess.run(["bash", script, home], capture_output=True, text=True, check=False, timeout=150)
    try:
        if started.returncode:
            pytest.skip(f"JOSM did not start: {started.stderr.strip()}")
        yield home
    finally:
        for name in ("josm", "xvfb"):
            pid = home / f"{name}.pid"
            if pid.exists():
                with suppress(ProcessLookupError):  # it has ended, or never came up
                    os.kill(int(pid.read_text()), signal.SIGKILL)


@pytest.mark.judge
def test_josm_holds_every_node_that_was_sent(josm_home: Path) -> None:
    # Only a layer that changes after it was opened is autosaved: the second sending changes the first's.
    seed = [OsmChange("create", -1, None, 1.0, 1.0, {"man_made": "surveillance"})]
    sent = [
        OsmChange("create", -n, None, 48.0 + n / 1e4, -1.6, {"man_made": "surveillance", "ref": f"é{n}"})
        for n in range(1, 301)
    ]
    send_josm([*seed, *sent], "walk")
    # Autosave runs by itself after some seconds; there is no event to wait for outside JOSM.
    deadline = time.monotonic() + PATIENCE
    refs: set[str] = set()
    while time.monotonic() < deadline and len(refs) < 300:
        time.sleep(0.5)
        for file in (josm_home / "autosave").glob("*.osm"):
            refs |= _refs(file)
    assert refs == {f"é{n}" for n in range(1, 301)}


def _refs(file: Path) -> set[str]:
    try:
        tree = ElementTree.parse(file)
    except (ElementTree.ParseError, OSError):  # JOSM is still writing it
        return set()
    return {tag.get("v", "") for tag in tree.iter("tag") if tag.get("k") == "ref"}
