"""Programs that nobody here wrote, which tell whether our files are right."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

JOSM = Path("/usr/share/josm/josm.jar")


def compiled_judge(shared: Path, scratch: Path, name: str) -> list[str]:
    """The command that runs one of the judges on JOSM's own code; skips where that cannot be."""
    if not JOSM.exists() or shutil.which("javac") is None:
        pytest.skip("JOSM or a Java compiler is not installed")
    source = shared / "judges" / f"{name}.java"
    if not source.exists():
        pytest.skip("the judges (shared/judges) are not here")
    classes = scratch / "classes"
    subprocess.run(["javac", "-cp", JOSM, "-d", classes, source], check=True, capture_output=True)
    home = scratch / "josm"
    return [
        "java", "-Djava.awt.headless=true", f"-Djosm.home={home}",
        "-cp", os.pathsep.join((str(JOSM), str(classes))), name,
    ]  # fmt: skip
