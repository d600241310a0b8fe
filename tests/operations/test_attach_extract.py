from pathlib import Path

import pytest

from camwalk import paths
from camwalk.model import CamwalkError, Survey, ignore_progress
from camwalk.operations.attach_extract import attach_extract, open_extract
from tests.formats.osm_files import write_osm

STREET = {"highway": "residential", "name": "Main Street"}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_osm(
        tmp_path / "town.osm.pbf", nodes=[(1, 50, 8, {}), (2, 50, 8.1, {})], ways=[(1, [1, 2], STREET)]
    )


def attached(survey: Survey, file: Path) -> Survey:
    return survey.apply(attach_extract(survey, file, ignore_progress).changes)


def indexes() -> list[Path]:
    return list((paths.cache_folder() / "extracts").glob("*.index"))


def test_an_attached_extract_can_be_opened(town: Path) -> None:
    survey = attached(Survey(), town)
    assert survey.extract is not None
    assert (survey.extract.id, survey.extract.path) == ("extract", str(town))
    index = open_extract(survey, ignore_progress)
    assert index is not None
    assert index.find_streets("main")


def test_a_survey_without_extract_has_no_index() -> None:
    assert open_extract(Survey(), ignore_progress) is None


def test_attaching_the_same_file_again_changes_nothing_and_builds_nothing(town: Path) -> None:
    survey = attached(Survey(), town)
    (index,) = indexes()
    before = index.stat().st_mtime_ns
    assert not attach_extract(survey, town, ignore_progress)
    assert index.stat().st_mtime_ns == before


def test_another_extract_takes_the_place_of_the_first_and_undo_brings_it_back(
    town: Path, tmp_path: Path
) -> None:
    first = attached(Survey(), town)
    other = write_osm(tmp_path / "other.osm", nodes=[(1, 50, 8, {"man_made": "surveillance"})])
    edit = attach_extract(first, other, ignore_progress)
    second = first.apply(edit.changes)
    assert list(second.extracts) == ["extract"]
    assert second.extract is not None
    assert second.extract.path == str(other)
    assert second.apply(edit.reversed().changes) == first


def test_a_bad_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.osm.pbf").write_text("no map")
    with pytest.raises(CamwalkError, match="not an OpenStreetMap file"):
        attach_extract(Survey(), tmp_path / "notes.osm.pbf", ignore_progress)
    assert indexes() == []


def test_the_index_is_built_again_where_the_cache_was_emptied_or_damaged(town: Path) -> None:
    survey = attached(Survey(), town)
    for harm in (Path.unlink, lambda file: file.write_bytes(b"damaged" * 1000), Path.touch):
        (index,) = indexes()
        harm(index)
        opened = open_extract(survey, ignore_progress)
        assert opened is not None
        assert opened.find_streets("main")


def test_an_extract_that_moved_is_served_from_the_cache_while_there_is_one(town: Path) -> None:
    survey = attached(Survey(), town)
    town.rename(town.with_name("elsewhere.osm.pbf"))
    index = open_extract(survey, ignore_progress)
    assert index is not None
    assert index.find_streets("main")
    indexes()[0].unlink()
    with pytest.raises(CamwalkError, match="no longer where it was"):
        open_extract(survey, ignore_progress)


def test_a_file_that_changed_is_read_as_it_is_now(town: Path) -> None:
    survey = attached(Survey(), town)
    town.unlink()
    write_osm(
        town, nodes=[(1, 50, 8, {}), (2, 50, 8.2, {})], ways=[(1, [1, 2], STREET | {"name": "New Street"})]
    )
    index = open_extract(survey, ignore_progress)
    assert index is not None
    assert index.find_streets("new")
    assert not index.find_streets("main")
