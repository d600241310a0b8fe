"""What our checker calls clean, asked of JOSM's validator."""

import random
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from camwalk.operations.tag_known import KNOWN_KEYS, KNOWN_VALUES
from camwalk.operations.tag_presets import BUILT_IN
from camwalk.operations.tagging import checked

JOSM = Path("/usr/share/josm/josm.jar")
LIKELY = {
    "height": ["6", "6.5", "6 m", "20 ft"],
    "camera:direction": ["45", "NE", "45;135", "270-90", "360", "N-E"],
    "direction": ["45", "NE", "45;135", "270-90"],
    "camera:angle": ["15", "0", "90"],
    "level": ["0", "-1", "0;1", "1.5"],
    "layer": ["-1", "1"],
    "ele": ["12", "12.5"],
    "check_date": ["2020-11-15", "2020"],
    "contact:webcam": ["https://example.org/x?y=1"],
    "website": ["https://www.rennes.fr"],
    "wikidata": ["Q42"],
    "operator:wikidata": ["Q1;Q2"],
    "wikipedia": ["fr:Rennes"],
    "email": ["a@b.org"],
    "name": ["Café “Été” & <b>", "a 🎥 b"],
    "operator": ["Ville de Rennes", 'O\'Neil "x"'],
    "ref": ["A1;A2", "12"],
    "source": ["survey;gps"],
    "opening_hours": ["24/7", "Mo-Fr 09:00-17:00"],
    "wikimedia_commons": ["File:A b.jpg"],
}


def slipped(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return chance.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + chance.choice("aei012;:- _./&<%°'\"é") + text[at:],
            text.upper(),
            text.capitalize(),
            text + chance.choice([" ", "s", "m", ";", "°"]),
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
        ]
    )


def clean_tags(chance: random.Random) -> dict[str, str]:
    """Tags as people may type them, more often wrong than right, that our checker has nothing against."""
    while True:
        tags = dict(chance.choice(BUILT_IN).tags)
        for _ in range(chance.randint(1, 3)):
            key = chance.choice(sorted(KNOWN_KEYS))
            value = chance.choice([*sorted(KNOWN_VALUES.get(key, ())), *LIKELY.get(key, ["some text"])])
            key = slipped(chance, key) if chance.random() < 0.1 else key
            tags[key] = slipped(chance, value) if chance.random() < 0.6 else value
        if not checked(tags):
            return tags


@pytest.mark.judge
def test_josm_has_nothing_against_what_our_checker_calls_clean(shared: Path, tmp_path: Path) -> None:
    if not JOSM.exists() or shutil.which("javac") is None:
        pytest.skip("JOSM or a Java compiler is not installed")
    chance = random.Random(2026)
    file = tmp_path / "clean.osm"
    nodes = [
        f"<node id='{-number}' lat='{48 + number * 1e-4:.7f}' lon='2' visible='true' action='modify'>"
        + "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in clean_tags(chance).items())
        + "</node>"
        for number in range(1, 1001)
    ]
    file.write_text(f"<osm version='0.6' upload='false'>{''.join(nodes)}</osm>", encoding="utf-8")
    judge = shared / "judges" / "JudgeValidate.java"
    subprocess.run(["javac", "-cp", JOSM, "-d", tmp_path, judge], check=True, capture_output=True)
    told = subprocess.run(
        ["java", "-Djava.awt.headless=true", f"-Djosm.home={tmp_path / 'josm'}", "-cp", f"{JOSM}:{tmp_path}",
         "JudgeValidate", file],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    assert f"FILE {file}" in told
    findings = [line for line in told.splitlines() if "\tWarnings\t" in line or "\tErrors\t" in line]
    assert findings == []
