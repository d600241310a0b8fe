"""The rules of the house. This is the only place where they stand: to change one, change it here."""

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "camwalk"
LONGEST = 400  # lines of a file


@dataclass(frozen=True)
class Room:
    """What a room may import: other rooms of camwalk, and packages from outside."""

    rooms: frozenset[str]
    outside: frozenset[str]


def _room(rooms: str = "", outside: str = "") -> Room:
    return Room(frozenset(rooms.split()), frozenset(outside.split()))


LEAVES = "paths settings i18n"
ROOMS = {
    "model": _room(outside="numpy"),
    "geometry": _room("model", "geopy pyproj shapely numpy tzfpy pygeomag"),
    "formats": _room(f"model {LEAVES}", "PIL pillow_heif gpxpy osmium orjson numpy shapely"),
    "store": _room(f"model {LEAVES}", "sqlalchemy filelock"),
    "operations": _room(f"model geometry formats {LEAVES}", "numpy shapely rustworkx scipy"),
    "project": _room(f"model store {LEAVES}"),
    "cli": _room(f"model geometry formats store operations project gui {LEAVES}"),
    "gui": _room(f"model geometry operations project {LEAVES}", "PySide6 shiboken6 numpy"),
    "paths": _room(outside="platformdirs"),
    "settings": _room("paths"),
    "i18n": _room("model paths"),
    "__main__": _room("cli"),
    "__init__": _room(),
}
ONLY_INSIDE_FUNCTIONS = {("cli", "gui")}  # the commands that open a window or draw one
BROAD_EXCEPTS = {"gui/jobs.py": 1, "gui/map/tiles_painted.py": 1}  # where workers hand over to the window


@dataclass(frozen=True)
class Import:
    """One import statement's target, where it stands, and whether a function holds it."""

    where: str
    room: str
    target: str
    inside_function: bool


SOURCES = sorted(PACKAGE.rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _targets(node: ast.AST, path: Path) -> Iterator[str]:
    """Dotted names that a statement imports: camwalk's down to the room, others' top package."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = path.relative_to(ROOT).parent.parts
        base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
        module = ".".join(filter(None, (base, node.module)))
        yield from (f"camwalk.{alias.name}" if module == "camwalk" else module for alias in node.names)


def _imports_below(node: ast.AST, path: Path, inside_function: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        where = f"{path.relative_to(ROOT)}:{getattr(child, 'lineno', 0)}"
        for target in _targets(child, path):
            yield Import(where, _room_of(path), target, inside_function)
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _imports_below(child, path, inside_function or is_function)


@cache
def _imports() -> tuple[Import, ...]:
    return tuple(found for path in SOURCES for found in _imports_below(_tree(path), path))


def _imported_room(found: Import) -> str | None:
    """The room of camwalk that is imported; None for anything else."""
    package, _, rest = found.target.partition(".")
    name = rest.split(".")[0]
    return name if package == "camwalk" and name != "__version__" else None


def _from_outside(found: Import) -> str | None:
    package = found.target.split(".")[0]
    return None if package == "camwalk" or package in sys.stdlib_module_names else package


def test_every_room_is_in_the_table() -> None:
    assert {_room_of(path) for path in SOURCES} <= ROOMS.keys()


def test_rooms_import_only_the_rooms_they_may() -> None:
    wrong = [
        f"{found.where} imports {found.target}"
        for found in _imports()
        if (room := _imported_room(found)) is not None
        and room != found.room
        and room not in ROOMS[found.room].rooms
    ]
    assert wrong == []


def test_rooms_use_only_the_packages_they_may() -> None:
    wrong = [
        f"{found.where} imports {found.target}"
        for found in _imports()
        if (package := _from_outside(found)) and package not in ROOMS[found.room].outside
    ]
    assert wrong == []


def test_the_command_line_meets_the_window_only_where_it_opens_one() -> None:
    wrong = [
        f"{found.where} imports {found.target}"
        for found in _imports()
        if (found.room, _imported_room(found)) in ONLY_INSIDE_FUNCTIONS and not found.inside_function
    ]
    assert wrong == []


def test_nothing_outside_gui_imports_qt() -> None:
    qt = {"PySide6", "shiboken6"}
    assert [found.where for found in _imports() if found.room != "gui" and _from_outside(found) in qt] == []


def _scripts() -> list[Path]:
    tests = (path for path in (ROOT / "tests").rglob("*.py"))
    return [*SOURCES, *sorted(tests), *sorted((ROOT / "packaging").glob("*.py"))]


def test_no_file_is_longer_than_a_reader_likes() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in _scripts()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_package_tells_what_it_is_for() -> None:
    silent = [
        str(p.parent.relative_to(ROOT))
        for p in SOURCES
        if p.name == "__init__.py" and not ast.get_docstring(_tree(p))
    ]
    assert silent == []


def _swallows_anything(node: ast.AST) -> bool:
    """A broad except that does not end in `raise`: cleaning up on the way out is no matter."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    last = node.body[-1]
    raised_again = isinstance(last, ast.Raise) and last.exc is None
    return not raised_again and any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})
        for kind in caught
    )


def test_errors_of_any_kind_are_caught_at_the_job_boundary_only() -> None:
    found = Counter(
        str(path.relative_to(PACKAGE))
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if _swallows_anything(node)
    )
    assert found == BROAD_EXCEPTS


# Written in pieces, so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w.}])/" + r"(?:work|root)/",
            r"/tmp/" + "plan",
            r"(?<!\w)/opt/" + r"(?:pypi|wheels)",
            r"pypi" + r"\.org",
            r"python" + r"hosted\.org",
            r"npm" + r"js\.(?:org|com)",
            r"deb\." + r"debian\.org",
            r"archive\." + r"ubuntu\.com",
        )
    ).encode()
)


def _project_files() -> list[Path]:
    """What is in the repository or will be: everything that git does not ignore."""
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_this_machine_or_a_registry() -> None:
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in _project_files()
        if (match := FORBIDDEN.search(path.read_bytes()))
    }
    assert found == {}
