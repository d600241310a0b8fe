"""Sightings made elsewhere come in tied to photos, never as cameras."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from camwalk.formats.detections import track_id
from camwalk.model import CamwalkError, Change, Survey
from camwalk.operations.import_sightings import import_sightings
from camwalk.operations.review_photos import looked_at
from tests.surveys import everything


@pytest.fixture
def survey() -> Survey:
    whole = everything()
    photos = {n: replace(whole.photos["p"], id=n, path=f"/walk/{n}.jpg", fingerprint=n) for n in "ab"}
    return Survey(walks=whole.walks, devices=whole.devices, photos=photos)


def coco(**annotation: object) -> str:
    return json.dumps(
        {
            "images": [{"id": 1, "file_name": "day one/a.jpg"}, {"id": 2, "file_name": "zzz.jpg"}],
            "categories": [{"id": 5, "name": "dome"}],
            "annotations": [{"image_id": 1, "category_id": 5, "bbox": [10, 20, 30, 40], **annotation}],
        }
    )


def brought(survey: Survey, path: Path, text: str) -> list[tuple[str, float, float, str | None, str | None]]:
    path.write_text(text, encoding="utf-8")
    after = survey.apply(import_sightings(survey, str(path)).edit.changes)
    assert not after.cameras
    return [(s.photo, s.x or 0, s.y or 0, s.label, s.track) for s in after.sightings.values()]


def test_a_box_counts_by_its_middle_with_its_label_and_track(survey: Survey, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    assert brought(survey, file, coco(track_id=7)) == [("a", 25.0, 40.0, "dome", "7")]
    assert brought(survey, file, coco(attributes={"track_id": "x"})) == [("a", 25.0, 40.0, "dome", "x")]


def test_boxes_found_in_a_smaller_copy_are_taken_to_the_photo(survey: Survey, tmp_path: Path) -> None:
    photo = survey.photos["a"]
    assert photo.width is not None
    assert photo.height is not None
    file, half = tmp_path / "d.json", json.loads(coco())
    half["images"][0] |= {"width": photo.width / 2, "height": photo.height / 2}
    assert brought(survey, file, json.dumps(half)) == [("a", 50.0, 80.0, "dome", None)]
    half["images"][0] |= {"width": photo.height, "height": photo.width}  # turned: nobody can tell how
    assert brought(survey, file, json.dumps(half)) == [("a", 25.0, 40.0, "dome", None)]
    (told,) = import_sightings(survey, str(file)).problems
    assert str(told).startswith("1 picture has another shape")
    half["images"][0] |= {"width": "wide", "height": -1}
    assert brought(survey, file, json.dumps(half)) == [("a", 25.0, 40.0, "dome", None)]


@pytest.mark.parametrize(
    ("told", "kept"),
    [(7, "7"), (-1, "-1"), (2.0, "2"), ("7", '"7"'), ("007", "007"), ('"', '"'), ("", None), (True, None)],
)
def test_a_track_is_a_whole_number_or_text(
    survey: Survey, tmp_path: Path, told: object, kept: str | None
) -> None:
    ((*_, track),) = brought(survey, tmp_path / "d.json", coco(track_id=told))
    assert track == kept
    assert track_id(track) == (told or None if not isinstance(told, bool) else None)


def test_odd_fields_cost_no_sighting(survey: Survey, tmp_path: Path) -> None:
    for odd in ({"attributes": [1]}, {"attributes": "x"}, {"track_id": [1]}, {"track_id": "\ud800"}):
        assert len(brought(survey, tmp_path / "d.json", coco(**odd))) == 1
    both = coco(track_id=None, attributes={"track_id": 5})
    assert brought(survey, tmp_path / "d.json", both) == [("a", 25.0, 40.0, "dome", "5")]
    huge = json.loads(coco())
    huge["annotations"].append({"image_id": 1, "bbox": [10**400, 1, 2, 2]})
    (tmp_path / "d.json").write_text(json.dumps(huge))
    result = import_sightings(survey, str(tmp_path / "d.json"))
    assert (len(result.edit.changes), len(result.problems)) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_csv_as_spreadsheets_write_it(survey: Survey, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "d.csv").write_bytes("file,x,y,label\na.jpg,1,2,caméra\n".encode(encoding))
    after = survey.apply(import_sightings(survey, str(tmp_path / "d.csv")).edit.changes)
    assert [s.label for s in after.sightings.values()] == ["caméra"]


def test_csv_with_any_separator(survey: Survey, tmp_path: Path) -> None:
    for text in ("file,x,y,label\nb.jpg,5,6.5,dome\n", "file;x;y;label\nb.jpg;5;6,5;dome\n"):
        assert brought(survey, tmp_path / "d.csv", text) == [("b", 5.0, 6.5, "dome", None)]


def test_importing_again_adds_nothing(survey: Survey, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(coco())
    survey = survey.apply(import_sightings(survey, str(file)).edit.changes)
    again = import_sightings(survey, str(file))
    assert (len(again.edit.changes), again.known) == (0, 1)


def test_what_does_not_fit_is_told_and_the_rest_comes_in(survey: Survey, tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("file,x,y\na.jpg,1,2\nnone.jpg,1,2\na.jpg,99999,2\na.jpg,soon,2\na.jpg,nan,2\n,1,2\n")
    result = import_sightings(survey, str(file))
    assert len(result.edit.changes) == 1
    told = " ".join(map(str, result.problems))
    assert "none.jpg" in told
    assert "1 box lies outside" in told
    assert "Line 5" in told


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '{"images": 1, "annotations": 2}', "name,where\na,b\n", "file,x,y\nz.jpg,1,2\n"],
)
def test_a_file_of_something_else_is_refused(survey: Survey, text: str, tmp_path: Path) -> None:
    file = tmp_path / "d.txt"
    file.write_text(text)
    if text:
        with pytest.raises(CamwalkError):
            import_sightings(survey, str(file))


def test_thousands_of_detections_come_in_as_one_step(survey: Survey, tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("file,x,y\n" + "".join(f"a.jpg,{n % 2000},{n // 2000}\n" for n in range(20_000)))
    assert len(import_sightings(survey, str(file)).edit.changes) == 20_000


def test_of_a_box_over_the_edge_counts_what_is_in_the_picture(survey: Survey, tmp_path: Path) -> None:
    file, wide = tmp_path / "d.json", survey.photos["a"].width
    assert wide is not None
    assert brought(survey, file, coco(bbox=[wide - 10, 20, 60, 40])) == [
        ("a", wide - 5.0, 40.0, "dome", None)
    ]
    assert brought(survey, file, coco(bbox=[wide + 10, 20, 60, 40])) == []
    assert brought(survey, file, coco(bbox=[20, 20, -5, 40])) == []
    (told,) = import_sightings(survey, str(file)).problems
    assert "has no box" in str(told)


def test_the_case_of_letters_in_a_file_name_does_not_matter(survey: Survey, tmp_path: Path) -> None:
    text = coco().replace("a.jpg", "A.JPG")
    assert brought(survey, tmp_path / "d.json", text) == [("a", 25.0, 40.0, "dome", None)]


def test_pixels_are_told_without_the_dust_of_reckoning(survey: Survey, tmp_path: Path) -> None:
    ((_, x, _, _, _),) = brought(survey, tmp_path / "d.json", coco(bbox=[98.32, 20, 30, 40]))
    assert x == 113.32


def test_what_a_detector_saw_is_not_looked_at_until_somebody_made_a_camera_of_it(
    survey: Survey, tmp_path: Path
) -> None:
    (tmp_path / "d.json").write_text(coco())
    after = survey.apply(import_sightings(survey, str(tmp_path / "d.json")).edit.changes)
    (one,) = after.sightings.values()
    photo = replace(after.photos["a"], seen=False)
    assert not looked_at(after, photo)
    accepted = after.apply((Change(one, replace(one, camera="c")),))
    assert looked_at(accepted, photo)
