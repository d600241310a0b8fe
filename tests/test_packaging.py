"""The wheel carries everything and works outside the checkout; the set-up is pinned and says what lacks."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (*PIP, "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    subprocess.run(build, check=True)
    return next(folder.glob("camwalk-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run((*PIP, "install", "--no-deps", "--target", str(folder), str(wheel)), check=True)
    return folder


def _run(installed: Path, work: Path, *arguments: str) -> str:
    environment: Mapping[str, str] = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        (sys.executable, *arguments), cwd=work, env=environment, check=False,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_package_its_resources_and_its_licence_only(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    resources = {
        f"camwalk/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert resources <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"camwalk"}


def test_an_installed_camwalk_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    place = (
        "import camwalk as c; from camwalk import paths; print(c.__file__, paths.resources(), c.__version__)"
    )
    package, resources, told = _run(installed, tmp_path, "-c", place).split()
    assert Path(package).is_relative_to(installed)
    assert Path(resources).is_relative_to(installed)
    assert told == version("camwalk")


def test_an_installed_camwalk_speaks_french(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "afficher cette aide" in _run(installed, tmp_path, "-m", "camwalk", "--help")


def test_an_installed_camwalk_runs_the_sample_walk(installed: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    told = _run(installed, tmp_path, "-m", "camwalk", "demo", "--export", str(exports))
    for name in ("run-sample.camwalk", "run-sample.geojson", "run-sample.png"):
        assert (exports / name).stat().st_size > 0
        assert name in told


def _pins() -> dict[str, str]:
    lines = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {_plain(name): exact for name, exact in pinned}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _required() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [wanted for wanted in map(Requirement, lines) if wanted.marker is None or wanted.marker.evaluate()]


def test_every_dependency_is_pinned_to_a_version_that_fits() -> None:
    pins = _pins()
    unfit = [str(r) for r in _required() if not r.specifier.contains(pins.get(_plain(r.name), "0"))]
    assert unfit == [], "run make pins"


def test_the_environment_has_the_pinned_versions() -> None:
    assert {name: version(name) for name in _pins()} == _pins(), "run make setup"


def test_the_sample_walk_is_small_and_has_two_devices() -> None:
    sample = ROOT / "resources" / "sample"
    assert sum(path.stat().st_size for path in sample.rglob("*") if path.is_file()) < 6_000_000
    photos = list((sample / "photos").iterdir())
    assert 20 <= len(photos) <= 28
    assert sum(path.name.startswith("DSC") for path in photos) >= 10


def test_without_a_new_enough_python_the_set_up_says_so(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    shell = shutil.which("sh")
    assert shell is not None
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(
        (shell, str(ROOT / "packaging" / "bootstrap.sh")),
        env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "3.11" in done.stderr
