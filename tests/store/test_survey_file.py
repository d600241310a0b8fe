"""The survey file, as SQLite and other programs see it."""

import os
import shutil
import sqlite3
import tempfile
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from camwalk.model import Camera, CamwalkError, Change, Edit, Photo, Survey, added, message
from camwalk.model.survey import TABLES
from camwalk.project import Project
from camwalk.store import migrations, schema
from tests.surveys import everything, one_camera


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relevé 🎥.camwalk"


def filled(path: Path, survey: Survey) -> Survey:
    project = Project(path)
    project.do(
        Edit(message("Fill"), added(*(r for name in TABLES.values() for r in getattr(survey, name).values())))
    )
    project.close()
    return survey


def test_every_kind_of_record_survives_closing_and_opening(path: Path) -> None:
    survey = filled(path, everything())
    assert Project(path, read_only=True).survey == survey


@pytest.mark.parametrize("kind", TABLES)
def test_columns_are_the_fields_of_the_records(kind: type) -> None:
    assert [c.name for c in schema.TABLE_OF[kind].columns] == [f.name for f in fields(kind)]


def test_sqlite_itself_finds_the_file_sound_and_ours(path: Path) -> None:
    filled(path, everything())
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_nothing_lies_beside_the_file_once_it_is_closed(path: Path) -> None:
    filled(path, one_camera())
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_record_that_refers_to_nothing_is_refused_and_nothing_changes(path: Path) -> None:
    project = Project(path)
    lost = Photo(id="p", walk="nowhere", device="none", path="/x.jpg", size=1, fingerprint="f")
    with pytest.raises(CamwalkError):
        project.do(Edit(message("Break"), added(lost)))
    assert project.survey == Survey()
    project.close()
    assert Project(path, read_only=True).survey == Survey()


def test_an_edit_based_on_an_old_record_is_refused(path: Path) -> None:
    filled(path, one_camera())
    project = Project(path)
    camera = next(iter(project.survey.cameras.values()))
    project.do(Edit(message("Move"), (Change(camera, replace(camera, lat=2.0)),)))
    with pytest.raises(CamwalkError, match="changed in the meantime"):
        project.do(Edit(message("Move"), (Change(camera, replace(camera, lat=3.0)),)))
    assert project.survey.cameras[camera.id].lat == 2.0


def test_undo_and_redo_go_on_after_a_restart(path: Path) -> None:
    project = Project(path)
    states = [project.survey]
    for n in range(5):
        camera = Camera(id=str(n), lat=n, lon=0, created=datetime.now(UTC))
        project.do(Edit(message("Mark"), added(camera)))
        states.append(project.survey)
    project.close()
    for state in reversed(states[:-1]):
        project = Project(path)
        assert project.undo() is not None
        assert project.survey == state
        project.close()
    project = Project(path)
    assert project.undo() is None
    for state in states[1:]:
        assert project.redo() is not None
        assert project.survey == state
    assert project.redo() is None


def test_a_new_edit_after_an_undo_forgets_what_was_undone(path: Path) -> None:
    project = Project(path)
    for name in "ab":
        project.do(Edit(message("Mark"), added(Camera(id=name, lat=0, lon=0, created=datetime.now(UTC)))))
    project.undo()
    project.do(Edit(message("Mark"), added(Camera(id="c", lat=0, lon=0, created=datetime.now(UTC)))))
    assert project.redo() is None
    assert list(project.survey.cameras) == ["a", "c"]


def test_the_second_to_open_a_survey_reads_only_and_is_told_why(path: Path) -> None:
    filled(path, one_camera())
    first, second = Project(path), Project(path)
    assert (second.read_only, second.locked_elsewhere) == (True, True)
    assert second.survey == first.survey
    with pytest.raises(CamwalkError, match="open in another window"):
        second.do(Edit(message("Mark"), added(Camera(id="x", lat=0, lon=0, created=datetime.now(UTC)))))
    first.close()
    second.close()
    assert not Project(path).read_only


def test_a_survey_opens_from_a_folder_where_nothing_can_be_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "relevé.camwalk"
        survey = filled(path, everything())
        path.chmod(0o444)
        folder.chmod(0o555)
        user = os.geteuid()
        try:
            if user == 0:  # whom no permission stops
                os.seteuid(65534)
            project = Project(path)
            assert project.read_only
            assert not project.locked_elsewhere
            assert project.survey == survey
            with pytest.raises(CamwalkError, match="can only be read"):
                project.do(Edit(message("Clear"), tuple(Change(c, None) for c in survey.sightings.values())))
            project.close()
        finally:
            os.seteuid(user)
            folder.chmod(0o755)


def test_a_file_that_is_no_survey_is_named_and_left_alone(tmp_path: Path) -> None:
    for name, content in (("text.camwalk", b"hello " * 200), ("zeros.camwalk", bytes(4096))):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(CamwalkError, match="is not a Camwalk survey"):
            Project(file)
        assert file.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.camwalk"
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE theirs (x)")
    before = file.read_bytes()
    with pytest.raises(CamwalkError, match="is not a Camwalk survey"):
        Project(file)
    assert file.read_bytes() == before


def test_a_survey_of_a_newer_camwalk_is_left_alone(path: Path) -> None:
    filled(path, one_camera())
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(CamwalkError, match="newer Camwalk"):
        Project(path)
    assert path.read_bytes() == before


def test_a_survey_that_another_program_locks_is_named(path: Path) -> None:
    filled(path, one_camera())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CamwalkError, match="in use by another program"):
        Project(path)
    other.close()


def test_a_migration_makes_a_backup_first_and_changes_all_or_nothing(path: Path) -> None:
    survey = filled(path, one_camera())
    before = path.read_bytes()
    project = Project(path)
    connection = project._file._connection  # type: ignore[reportPrivateUsage]

    def add_column(c: object) -> None:
        connection.exec_driver_sql("ALTER TABLE cameras ADD COLUMN mood TEXT")

    def fail(c: object) -> None:
        add_column(c)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        migrations.migrate(connection, path, {schema.VERSION: fail})
    assert "mood" not in _columns(path)
    backup = migrations.migrate(connection, path, {schema.VERSION: add_column})
    project.close()
    assert backup is not None
    assert backup.read_bytes() == before
    assert "mood" in _columns(path)
    shutil.copy(backup, path)
    assert Project(path).survey == survey


def test_a_survey_of_version_1_opens_after_a_backup_with_its_whole_history(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.executescript(Path(__file__).with_name("survey_of_version_1.sql").read_text(encoding="utf-8"))
        raw.execute("PRAGMA user_version = 1")
        raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.close()
    old = path.read_bytes()
    looked_at = Project(path, read_only=True).survey
    assert path.read_bytes() == old
    project = Project(path)
    assert looked_at == project.survey
    assert path.with_name(f"{path.name}.v1.backup").read_bytes() == old
    filled_then = everything().photos["p"]
    photo = replace(filled_then, zoom=None, full_width=None, full_height=None)
    turned = replace(photo, heading=90.0, heading_source="manual")
    assert project.survey == replace(everything(), photos={"p": turned})
    project.undo()
    assert project.survey.photos["p"] == photo
    project.undo()
    assert project.survey == Survey()
    project.redo()
    project.do(Edit(message("Import again"), (Change(photo, filled_then),)))
    project.close()
    assert Project(path, read_only=True).survey == everything()


def _columns(path: Path) -> list[str]:
    with sqlite3.connect(path) as raw:
        return [row[1] for row in raw.execute("PRAGMA table_info(cameras)")]


def test_a_damaged_survey_says_so(path: Path) -> None:
    filled(path, everything())
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(CamwalkError, match=r"damaged|could not be read"):
        Project(path)
