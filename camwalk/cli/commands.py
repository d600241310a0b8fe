"""The commands that need no window. Each gets the parsed arguments and returns an exit code."""

import os
from argparse import Namespace
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import available_timezones

from camwalk import settings
from camwalk.cli.listing import print_list
from camwalk.cli.terminal import complain, progress, say, say_json, table
from camwalk.i18n import _, ngettext, tell
from camwalk.model import Camera, CamwalkError, Edit, Message, Photo, Survey, combined, counted, message
from camwalk.operations.import_files import Imported, Wishes, import_files
from camwalk.operations.mark_camera import (
    delete_cameras,
    facing_tags,
    mark_camera,
    marked_tags,
    move_camera,
    refuse_no_camera,
    retag_camera,
)
from camwalk.paths import file_name
from camwalk.project import Project


@contextmanager
def survey_at(path: Path, *, create: bool = False, read_only: bool = False) -> Generator[Project]:
    """The survey at `path`, closed afterwards. CamwalkError where it is missing and not created.

    One that is created goes again where nothing was saved in it.
    """
    if not create and not os.path.exists(path):
        raise CamwalkError(message("There is no survey “{file}”.", file=file_name(path)))
    project = Project(path, read_only=read_only)
    try:
        yield project
    finally:
        project.close(keep_empty=False)


def import_(given: Namespace) -> int:
    """camwalk import"""
    gap = settings.load().largest_gap if given.gap is None else given.gap
    wishes = Wishes(walk=given.walk, zone=_zone(given.tz), offsets=dict(given.offset), largest_gap=gap)
    with survey_at(given.survey, create=True) as project, progress(_("Importing")) as report:
        result = import_files(project.survey, given.paths, wishes, report)
        if not result.came_to_nothing:
            project.do(result.edit)
        _tell_import(project.survey, result)
    return int(result.came_to_nothing)


def _tell_import(survey: Survey, result: Imported) -> None:
    for problem in result.problems:
        complain(f"{file_name(problem.path)}: {tell(problem.reason)}")
    if result.left_aside:
        complain(tell(result.left_aside))
    if result.came_to_nothing:
        if not (result.problems or result.left_aside):
            complain(_("There is no file in that folder."))
        complain(_("Nothing was imported."))
        return
    for name, n in result.new.items():
        if template := _COUNTS.get(name):
            say(tell(template(n)))
    if result.known:
        say(
            ngettext("{n} file was here already.", "{n} files were here already.", result.known).format(
                n=result.known
            )
        )
    if result.moved:
        say(
            ngettext(
                "{n} file was found again in another place.",
                "{n} files were found again in another place.",
                result.moved,
            ).format(n=result.moved)
        )
    lost = sum(p.position is None for p in survey.photos.values())
    if lost:
        say(ngettext("{n} photo has no place yet.", "{n} photos have no place yet.", lost).format(n=lost))


_COUNTS: Mapping[str, Callable[[int], Message]] = {
    "photos": lambda n: counted("{n} photo imported.", "{n} photos imported.", n),
    "tracks": lambda n: counted("{n} track imported.", "{n} tracks imported.", n),
    "waypoints": lambda n: counted("{n} waypoint imported.", "{n} waypoints imported.", n),
    "cameras": lambda n: counted("{n} camera imported.", "{n} cameras imported.", n),
}


def _zone(name: str | None) -> str | None:
    if name is not None and name not in available_timezones():
        raise CamwalkError(
            message("“{zone}” is not a time zone. Give one such as Europe/Paris or UTC.", zone=name)
        )
    return name


def extract(given: Namespace) -> int:
    """camwalk extract"""
    from camwalk.operations.attach_extract import attach_extract, open_extract

    with survey_at(given.survey, create=True) as project, progress(_("Reading the map")) as report:
        project.do(attach_extract(project.survey, given.osm_file, report))
        index = open_extract(project.survey, report)
        if index is not None:
            for warning in index.warnings:
                complain(tell(warning))
            n = len(index.cameras())
            say(ngettext("{n} camera is known there.", "{n} cameras are known there.", n).format(n=n))
    return 0


def list_(given: Namespace) -> int:
    """camwalk list"""
    with survey_at(given.survey, read_only=True) as project:
        print_list(project.survey, given.what, given.json)
    return 0


def mark(given: Namespace) -> int:
    """camwalk mark"""
    with survey_at(given.survey, create=True) as project:
        photos = [_photo_named(project.survey, name).id for name in given.photo]
        tags = marked_tags(dict(given.tag), given.direction)
        refuse_no_camera(tags)
        edit = mark_camera(project.survey, given.at, tags, photos=photos)
        project.do(edit)
        say(edit.changes[0].record.id)
    return 0


def edit(given: Namespace) -> int:
    """camwalk edit"""
    with survey_at(given.survey) as project:
        camera = camera_named(project.survey, given.camera)
        if missing := [key for key in given.untag if key not in camera.tags]:
            raise CamwalkError(message("The camera has no tag “{key}”.", key=missing[0]))
        tags = {k: v for k, v in camera.tags.items() if k not in given.untag} | dict(given.tag)
        if given.direction is not None:
            tags = facing_tags(tags, given.direction)
        retagged = retag_camera(project.survey, camera.id, tags)
        changes = retagged.changes
        if given.at is not None:
            survey = project.survey.apply(changes)
            changes = combined((*changes, *move_camera(survey, camera.id, given.at).changes))
        project.do(Edit(message("Change a camera"), changes))
    return 0


def delete(given: Namespace) -> int:
    """camwalk delete"""
    with survey_at(given.survey) as project:
        project.do(delete_cameras(project.survey, [camera_named(project.survey, given.camera).id]))
    return 0


def undo(given: Namespace) -> int:
    """camwalk undo"""
    with survey_at(given.survey) as project:
        return _tell_turn(project.undo(), _("Taken back: {what}"), _("There is nothing to take back."))


def redo(given: Namespace) -> int:
    """camwalk redo"""
    with survey_at(given.survey) as project:
        return _tell_turn(project.redo(), _("Done again: {what}"), _("There is nothing to do again."))


def _tell_turn(turned: Edit | None, done: str, nothing: str) -> int:
    if turned is None:
        complain(nothing)
        return 1
    say(done.format(what=tell(turned.label)))
    return 0


def history(given: Namespace) -> int:
    """camwalk history"""
    with survey_at(given.survey, read_only=True) as project:
        entries = project.history()
    if given.json:
        say_json(
            [
                {"id": e.id, "time": e.made.isoformat(), "label": tell(e.label), "undone": e.undone}
                for e in entries
            ]
        )
    elif entries:
        table(
            [
                (str(e.id), f"{e.made:%Y-%m-%d %H:%M:%S}", _("taken back") if e.undone else "", tell(e.label))
                for e in entries
            ]
        )
    return 0


def check(given: Namespace) -> int:
    """camwalk check"""
    with survey_at(given.survey, read_only=True) as project:
        found = project.check()
    if not found:
        say(_("{file} is sound.").format(file=file_name(given.survey)))
        return 0
    for line in found[:10]:
        complain(line)
    complain(
        _(
            "The file is damaged. Keep a copy of it, then open your last backup (a file beside it that "
            "ends in .backup, or your own copy). Importing the photos again recovers them, "
            "but not the cameras marked."
        )
    )
    return 1


def camera_named(survey: Survey, text: str) -> Camera:
    """The camera with this id, or the only one whose id begins so."""
    found = [c for c in survey.cameras.values() if c.id.startswith(text)] if text else []
    exact = [c for c in found if c.id == text]
    if len(exact or found) != 1:
        raise CamwalkError(
            message(
                "{n} cameras have an id that begins with “{text}”. See “camwalk list SURVEY cameras”.",
                n=len(found),
                text=text,
            )
        )
    return (exact or found)[0]


def _photo_named(survey: Survey, name: str) -> Photo:
    """The photo with this file name, path or id."""
    found = [p for p in survey.photos.values() if name in (file_name(p.path), p.path, p.id)]
    if len(found) != 1:
        raise CamwalkError(
            message(
                "{n} photos are called “{name}”. See “camwalk list SURVEY photos”; the full path and the "
                "id work too.",
                n=len(found),
                name=name,
            )
        )
    return found[0]
