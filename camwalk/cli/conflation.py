"""Comparing with OSM and handing over: reference, match, decide, check-tags, export, send-josm."""

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from camwalk.cli.commands import camera_named, survey_at
from camwalk.cli.terminal import complain, progress, say, say_json, table
from camwalk.formats.names import ending_of
from camwalk.i18n import _, ngettext, tell
from camwalk.model import CamwalkError, Problem, Report, Survey, Verdict, message
from camwalk.operations.attach_extract import OsmCamera, open_extract
from camwalk.operations.decide_match import decide as decided
from camwalk.operations.export_cameras import Exported, export_cameras, export_survey
from camwalk.operations.hand_over import (
    Choice,
    Plan,
    plan_handover,
    ready_changes,
    remember_handover,
    write_handover,
)
from camwalk.operations.match_cameras import KIND_WORDS, Match, match_cameras, osm_ref
from camwalk.operations.reference_cameras import (
    attach_reference,
    detach_reference,
    reference_cameras,
    refuse_lost,
    told_of,
)
from camwalk.operations.send_josm import send_josm as to_josm
from camwalk.operations.tagging import TagProblem, checked_camera
from camwalk.paths import file_name


def reference(given: Namespace) -> int:
    """camwalk reference"""
    if given.forget:
        return _forget_reference(given)
    with survey_at(given.survey, create=True) as project, progress(_("Reading")) as report:
        columns = dict(given.column)
        edit = attach_reference(project.survey, given.file, columns, report)
        project.do(edit)
        for change in edit.changes:
            if isinstance(change.after, Problem):
                complain(f"{file_name(change.after.path)}: {tell(change.after.reason)}")
        found = reference_cameras(project.survey, None)
        for note in told_of(found):
            complain(tell(note))
        for number, kind in ((len(found.osm), _("OpenStreetMap")), (len(found.open), _("open data"))):
            if number:
                words = ngettext(
                    "{n} camera to compare with ({kind}).", "{n} cameras to compare with ({kind}).", number
                )
                say(words.format(n=number, kind=kind))
    return 0


def _forget_reference(given: Namespace) -> int:
    with survey_at(given.survey) as project:
        known = project.survey.reference_files.values()
        file: Path = given.file
        name = os.fspath(file.absolute())
        found = [r.id for r in known if r.path == name] or [
            r.id for r in known if file_name(r.path) == file_name(str(file))
        ]
        if len(found) != 1:
            raise CamwalkError(message("“{file}” is not compared with.", file=file_name(str(file))))
        project.do(detach_reference(project.survey, found[0]))
    return 0


def match(given: Namespace) -> int:
    """camwalk match"""
    with survey_at(given.survey, read_only=True) as project, progress(_("Comparing")) as report:
        matches, _osm = _compared(project.survey, report)
    if given.json:
        say_json([_as_json(m) for m in matches])
    elif matches:
        table([("id", "osm", _("class"), "m", _("why")), *map(_as_row, matches)])
    return 0


def _compared(
    survey: Survey, report: Report, *, strict: bool = False
) -> tuple[Sequence[Match], Sequence[OsmCamera]]:
    index = open_extract(survey, report)
    found = reference_cameras(survey, index)
    for note in told_of(found):
        complain(tell(note))
    if strict:
        refuse_lost(found)
    return match_cameras(survey, found.osm, index, report), found.osm


def _as_json(m: Match) -> dict[str, object]:
    return {
        "id": m.camera,
        "osm_id": m.osm,
        "class": m.kind,
        "distance_m": None if m.distance is None else round(m.distance, 2),
        "differences": {d.key: {"ours": d.ours, "theirs": d.theirs} for d in m.differences},
        "why": tell(m.why),
    }


def _as_row(m: Match) -> tuple[str, ...]:
    distance = "-" if m.distance is None else f"{m.distance:.1f}"
    return m.camera or "-", m.osm or "-", tell(KIND_WORDS[m.kind]), distance, tell(m.why)


def decide(given: Namespace) -> int:
    """camwalk decide"""
    verdict: Verdict = given.verdict
    with survey_at(given.survey) as project, progress(_("Comparing")) as report:
        matches, osm = _compared(project.survey, report)
        one = _match_of(project.survey, matches, given.camera)
        theirs = next((c for c in osm if osm_ref(c) == one.osm), None)
        project.do(decided(project.survey, one, verdict, theirs, note=given.note or ""))
    return 0


def _match_of(survey: Survey, matches: Sequence[Match], text: str) -> Match:
    """The match of a camera of ours by its id, or of one of OSM's such as node/123."""
    if "/" in text:
        found = next((m for m in matches if m.osm == text), None)
    else:
        camera = camera_named(survey, text).id
        found = next((m for m in matches if m.camera == camera), None)
    if found is None:
        raise CamwalkError(message("Nothing to decide about “{text}”. See “camwalk match”.", text=text))
    return found


def check_tags(given: Namespace) -> int:
    """camwalk check-tags"""
    with survey_at(given.survey, read_only=True) as project:
        found = [(c.id, p) for c in project.survey.cameras.values() for p in checked_camera(c)]
    if given.json:
        listed = [
            {"id": c, "key": p.key, "reason": tell(p.reason), "suggestion": _better(p)} for c, p in found
        ]
        say_json(listed)
    elif found:
        table([(camera, p.key, tell(p.reason), _better(p) or "") for camera, p in found])
    else:
        say(_("All tags are fine."))
    return 0


def _better(problem: TagProblem) -> str | None:
    """What to write instead: the value, else the key."""
    return problem.suggestion or problem.suggested_key


def export(given: Namespace) -> int:
    """camwalk export"""
    with survey_at(given.survey, read_only=True) as project, progress(_("Exporting")) as report:
        survey = project.survey
        if given.whole:
            ending_of(given.out, (".geojson", ".json"))
            done = export_survey(survey, given.out)
        elif (
            given.out.suffix.lower() == ".geojson"
            and given.only == "all"
            and not given.walk
            and not given.area
        ):
            done = export_cameras(survey, given.out, report)
        else:
            done = write_handover(given.out, _plan(survey, given, report))
        _tell_written(done, str(given.out))
    return 0


def _plan(survey: Survey, given: Namespace, report: Report) -> Plan:
    matches, osm = _compared(survey, report, strict=True)
    return plan_handover(
        survey, matches, osm, Choice(given.only, _walk_named(survey, given.walk), given.area)
    )


def _walk_named(survey: Survey, name: str | None) -> str | None:
    if name is None:
        return None
    found = next((w.id for w in survey.walks.values() if w.name == name), None)
    if found is None:
        raise CamwalkError(message("There is no walk “{name}”.", name=name))
    return found


def _tell_written(done: Exported, out: str) -> None:
    for note in done.notes:
        complain(tell(note))
    say(
        ngettext("{n} item written to {file}.", "{n} items written to {file}.", done.count).format(
            n=done.count, file=out
        )
    )


def send_josm(given: Namespace) -> int:
    """camwalk send-josm"""
    with survey_at(given.survey) as project, progress(_("Sending")) as report:
        plan = _plan(project.survey, given, report)
        changes, cleaned = ready_changes(plan)
        for note in (*plan.notes, *cleaned):
            complain(tell(note))
        if not changes:
            complain(_("There is nothing to send."))
            return 1
        to_josm(changes, given.survey.stem, report)
        if not project.read_only:
            project.do(remember_handover(plan, "JOSM"))
        n = len(changes)
        say(ngettext("{n} node sent to JOSM.", "{n} nodes sent to JOSM.", n).format(n=n))
    return 0
