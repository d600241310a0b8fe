"""The dossier: started, changed, shared, and set against what was seen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from camwalk.formats.register_file import read_register
from camwalk.i18n import tell
from camwalk.model import Camera, CamwalkError, Document, Figure, Survey, System
from camwalk.operations.dossier import (
    add_entry,
    change_entry,
    export_register,
    import_register,
    remove_entry,
    start_dossier,
    tie_camera,
)
from camwalk.operations.dossier_compare import (
    cost_estimate,
    declared_against_seen,
    figures_of_place,
    systems_of_place,
)
from camwalk.operations.export_cameras import export_cameras
from camwalk.operations.month_series import Month, month_series
from camwalk.project import Project
from tests.surveys import NOON, everything, one_camera


def started(survey: Survey | None = None, language: str = "en") -> Survey:
    survey = survey or Survey()
    return survey.apply(start_dossier(survey, language).changes)


def test_starting_again_or_in_another_language_adds_nothing() -> None:
    survey = started()
    assert (len(survey.systems), len(survey.figures)) == (17, 8)
    assert not start_dossier(survey, "en")
    assert not start_dossier(survey, "fr")


def test_starting_keeps_what_people_changed() -> None:
    survey = started()
    mine = replace(survey.systems["savari-reims"], status="stopped")
    survey = survey.apply(change_entry(survey, mine).changes)
    assert not start_dossier(survey, "en")
    assert survey.systems["savari-reims"].status == "stopped"


def test_entries_are_added_changed_and_removed_with_undo(tmp_path: Path) -> None:
    project = Project(tmp_path / "s.camwalk")
    try:
        entries = (
            System(id="s", name="VSA"),
            Figure(id="f", what="cameras", stated="12", value=12.0),
            Document(id="d", title="CADA"),
        )
        for entry in entries:
            project.do(add_entry(project.survey, entry))
        project.do(change_entry(project.survey, replace(entries[0], status="trial")))
        for entry in entries:
            project.do(remove_entry(project.survey, entry))
        assert project.survey == Survey()
        for _ in entries:
            project.undo()
        assert project.survey.systems["s"].status == "trial"
        assert project.survey.documents["d"] == entries[2]
    finally:
        project.close()


def test_an_entry_that_says_nothing_or_is_gone_is_refused() -> None:
    survey = started()
    for wrong in (System(id="x", name=" "), Figure(id="x", what="w", stated=""), Document(id="x", title="")):
        with pytest.raises(CamwalkError):
            add_entry(survey, wrong)
    with pytest.raises(CamwalkError):
        add_entry(survey, survey.systems["briefcam"])
    with pytest.raises(CamwalkError):
        change_entry(survey, System(id="gone", name="x"))


def test_removing_a_system_unties_its_cameras() -> None:
    survey = everything()
    assert survey.cameras["c"].system == "y"
    survey = survey.apply(remove_entry(survey, survey.systems["y"]).changes)
    assert survey.cameras["c"].system is None


def test_a_camera_is_tied_to_a_system_of_the_dossier_only(tmp_path: Path) -> None:
    survey = started(one_camera())
    tied = survey.apply(tie_camera(survey, "c", "briefcam").changes)
    assert tied.cameras["c"].system == "briefcam"
    assert not tie_camera(tied, "c", "briefcam")
    assert tied.apply(tie_camera(tied, "c", None).changes) == survey
    with pytest.raises(CamwalkError):
        tie_camera(survey, "c", "nothing")
    with_tie, without = tmp_path / "a.geojson", tmp_path / "b.geojson"
    export_cameras(tied, with_tie)
    export_cameras(survey, without)
    assert with_tie.read_bytes() == without.read_bytes(), "the tie must not leave the survey"


def test_a_register_goes_from_group_to_group_without_duplicates(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    ours = started(everything())
    assert export_register(ours, file) == ()
    theirs = started()
    first = import_register(theirs, file)
    assert (first.new, first.known, first.kept) == (3, 25, ())
    again = import_register(theirs.apply(first.edit.changes), file)
    assert (again.new, again.known) == (0, 28)
    assert not again.edit


def test_an_import_never_overwrites_and_names_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    theirs = started()
    changed = replace(theirs.figures["reims-cameras"], stated="300", value=300.0)
    export_register(theirs.apply(change_entry(theirs, changed).changes), file)
    result = import_register(theirs, file)
    assert result.kept == ("cameras in Reims",)
    assert result.new == 0


def test_a_shared_register_tells_nothing_of_this_computer(tmp_path: Path) -> None:
    survey = Survey()
    for id, link in (("a", "/home/jean/answer.pdf"), ("b", "https://example.org/answer")):
        survey = survey.apply(add_entry(survey, Document(id=id, title=id, link=link)).changes)
    notes = export_register(survey, tmp_path / "r.toml")
    assert len(notes) == 1
    assert "jean" not in (tmp_path / "r.toml").read_text(encoding="utf-8")
    assert [d.link for d in read_register(tmp_path / "r.toml").documents] == [
        "",
        "https://example.org/answer",
    ]


def with_cameras(survey: Survey, n: int) -> Survey:
    cameras = {f"c{i}": Camera(id=f"c{i}", lat=1.0, lon=2.0, created=NOON) for i in range(n)}
    return replace(survey, cameras=cameras)


def test_declared_is_set_against_seen_with_date_source_and_share(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = with_cameras(started(), 96)
    found = declared_against_seen(survey, survey.figures["reims-cameras"], 0.41)
    assert tell(found.sentence) == (
        "declared 281 (245, beside 36 older ones; January 2023; town hall, in Clubic 2023-01-30) – "
        "mapped 96 in the 41\xa0% of the streets that were walked"
    )
    plain = Figure(id="f", what="cameras in Reims", stated="1,245", value=1245.0, as_of="2023-01", source="P")
    told = tell(declared_against_seen(survey, plain).sentence)
    assert told.startswith("declared 1,245 (January 2023; P) – mapped 96; how much")
    monkeypatch.setenv("LANGUAGE", "fr")
    assert "1\u202f245 (janvier 2023" in tell(declared_against_seen(survey, plain).sentence)


def test_a_cost_shows_its_arithmetic_and_its_source() -> None:
    survey = with_cameras(started(), 96)
    cost = cost_estimate(survey, 96)
    assert cost is not None
    assert tell(cost.arithmetic) == "96 cameras × 20,000 euros = 1,920,000 euros"
    assert "T. Le Goff" in cost.source
    assert cost_estimate(Survey(), 96) is None


def test_only_claims_that_name_the_place_belong_to_it() -> None:
    survey = started()
    assert [f.id for f in figures_of_place(survey, "Reims")] == ["reims-cameras"]
    assert [f.id for f in figures_of_place(survey, "Nîmes")] == ["nimes-cameras"]
    assert [s.id for s in systems_of_place(survey, "reims")] == ["savari-reims"]
    for nowhere in ("", "Rei", "Helsinki", "(.*)"):
        assert figures_of_place(survey, nowhere) == ()


def test_months_run_without_gaps_and_end_with_all_there_is() -> None:
    survey = everything()  # its camera was first seen in November 2026
    walked = [(100.0, [date(2026, 9, 3), date(2026, 11, 1)]), (50.0, [date(2026, 11, 2)]), (7.0, [])]
    assert month_series(survey, walked) == (
        Month(2026, 9, 0, 100.0),
        Month(2026, 10, 0, 100.0),
        Month(2026, 11, 1, 157.0),
    )
    assert month_series(Survey()) == ()
