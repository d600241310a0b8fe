"""`camwalk sightings`: what another program saw in the photos."""

from argparse import Namespace
from collections import Counter

from camwalk.cli.commands import survey_at
from camwalk.cli.terminal import complain, progress, say
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Camera, Edit, Report, Survey, combined
from camwalk.operations.attach_extract import open_extract
from camwalk.operations.estimate_position_surroundings import box_of_photos, surroundings
from camwalk.operations.import_sightings import ImportedSightings, groups_to_accept, import_sightings
from camwalk.operations.place_camera import Placed, place_sightings


def sightings(given: Namespace) -> int:
    """camwalk sightings"""
    with survey_at(given.survey) as project, progress(_("Importing")) as report:
        result = import_sightings(project.survey, str(given.file))
        survey = project.survey.apply(result.edit.changes)
        placed = _accept(survey, report) if given.accept else None
        project.do(_in_one_step(result.edit, placed.edit) if placed and placed.edit else result.edit)
        _tell_import(result)
        if placed:
            _tell_cameras(placed)
    return 0 if result.edit or result.known else 1


def _accept(survey: Survey, report: Report) -> Placed:
    index, box = open_extract(survey, report), box_of_photos(survey)
    around = surroundings(index, box) if index and box else None
    return place_sightings(survey, groups_to_accept(survey), around, report)


def _in_one_step(imported: Edit, placed: Edit) -> Edit:
    """Both as the placing, so that one undo takes back the batch."""
    return Edit(placed.label, combined((*imported.changes, *placed.changes)))


def _tell_import(result: ImportedSightings) -> None:
    for problem in result.problems:
        complain(tell(problem))
    n, known = len(result.edit.changes), result.known
    say(ngettext("{n} sighting imported.", "{n} sightings imported.", n).format(n=n))
    if known:
        say(ngettext("{n} was here already.", "{n} were here already.", known).format(n=known))


def _tell_cameras(placed: Placed) -> None:
    for reason, n in Counter(reason for _group, reason in placed.left).items():
        complain(f"{tell(reason)} ({n})")
    for note, n in placed.notes:
        words = ngettext("{n} camera: {note}", "{n} cameras: {note}", n)
        complain(words.format(n=n, note=tell(note)))
    n = sum(isinstance(c.record, Camera) and c.before is None for c in placed.edit.changes)
    say(ngettext("{n} camera made of them.", "{n} cameras made of them.", n).format(n=n))
