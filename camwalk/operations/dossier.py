"""The dossier: what a town is said to have, with sources. Starting it, changing it, sharing it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from camwalk import paths
from camwalk.formats.register_file import Register, read_register, write_register
from camwalk.i18n import LANGUAGES, language
from camwalk.model import (
    CamwalkError,
    Change,
    Document,
    Edit,
    Figure,
    Message,
    Survey,
    System,
    added,
    counted,
    message,
    new_id,
    removed,
)

__all__ = [
    "Register", "RegisterImport", "add_entry", "change_entry", "export_register",
    "import_register", "is_web_link", "new_entry_id", "remove_entry", "start_dossier", "starter_register",
    "tie_camera",
]  # fmt: skip

new_entry_id = new_id

Entry = System | Figure | Document
Some = TypeVar("Some", System, Figure, Document)

_ADDED: Mapping[type[Entry], Message] = {
    System: message("Add a system"),
    Figure: message("Add a declared figure"),
    Document: message("Add a document"),
}
_CHANGED: Mapping[type[Entry], Message] = {
    System: message("Change a system"),
    Figure: message("Change a declared figure"),
    Document: message("Change a document"),
}
_REMOVED: Mapping[type[Entry], Message] = {
    System: message("Remove a system"),
    Figure: message("Remove a declared figure"),
    Document: message("Remove a document"),
}


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """What an import brought: `known` entries were here as they are, `kept` ones differ and stay ours."""

    edit: Edit
    new: int
    known: int
    kept: tuple[str, ...]
    problems: tuple[Message, ...]


def starter_register(code: str | None = None) -> Register:
    """The register that comes with Camwalk, in the language `code` (None: the reader's)."""
    code = code or language()
    return read_register(paths.resources() / "register" / f"{code if code in LANGUAGES else 'en'}.toml")


def start_dossier(survey: Survey, language: str | None = None) -> Edit:
    """Add the starter register; entries that are here in any language stay as they are."""
    return Edit(message("Start the dossier"), _merged(survey, starter_register(language)).edit.changes)


def import_register(survey: Survey, path: Path) -> RegisterImport:
    """Add what a register file has and the survey has not. CamwalkError if it is no register."""
    return _merged(survey, read_register(path))


def export_register(survey: Survey, path: Path) -> tuple[Message, ...]:
    """Write the dossier for other groups; what was left out of it, in words.

    Which camera belongs to which system, and where files lie on this computer, stays here.
    """
    documents = tuple(
        one if is_web_link(one.link) else replace(one, link="") for one in survey.documents.values()
    )
    systems, figures = tuple(survey.systems.values()), tuple(survey.figures.values())
    write_register(path, Register(systems, figures, documents, language()))
    hidden = sum(a != b for a, b in zip(documents, survey.documents.values(), strict=True))
    if not hidden:
        return ()
    return (
        counted(
            "The place of {n} document on this computer was left out; only links to web pages are shared.",
            "The places of {n} documents on this computer were left out; only links to web pages are shared.",
            hidden,
        ),
    )


def add_entry(survey: Survey, entry: Entry) -> Edit:
    """Add a system, a figure or a document. CamwalkError where it says nothing."""
    if entry.id in survey.table(type(entry)):
        raise CamwalkError(message("This entry is in the dossier already."))
    return Edit(_ADDED[type(entry)], added(_checked(entry)))


def change_entry(survey: Survey, entry: Entry) -> Edit:
    """Replace the entry with the same id. An edit without changes if it is the same."""
    before, after = _present(survey, entry), _checked(entry)
    return Edit(_CHANGED[type(entry)], () if before == after else (Change(before, after),))


def remove_entry(survey: Survey, entry: Entry) -> Edit:
    """Remove an entry; cameras tied to a system are untied."""
    untied = tuple(
        Change(camera, replace(camera, system=None))
        for camera in survey.cameras.values()
        if isinstance(entry, System) and camera.system == entry.id
    )
    return Edit(_REMOVED[type(entry)], (*untied, *removed(_present(survey, entry))))


def tie_camera(survey: Survey, camera: str, system: str | None) -> Edit:
    """Note that a camera belongs to a system, or (None) to none. Never leaves the survey."""
    before = survey.cameras[camera]
    if system is not None and system not in survey.systems:
        raise CamwalkError(message("This system is no longer in the dossier. Choose another one."))
    label = message("Tie a camera to a system") if system else message("Untie a camera from its system")
    after = replace(before, system=system)
    return Edit(label, () if before == after else (Change(before, after),))


def is_web_link(link: str) -> bool:
    """Whether `link` leads to a web page, so that it may be shown and shared."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username


def _checked(entry: Entry) -> Entry:
    texts = {System: ("name",), Figure: ("what", "stated"), Document: ("title",)}[type(entry)]
    if any(not getattr(entry, text).strip() for text in texts):
        raise CamwalkError(
            message(
                "A system needs a name, a declared figure needs what is counted and how many, a document "
                "needs a title."
            )
        )
    return entry


def _present(survey: Survey, entry: Entry) -> Entry:
    found = survey.table(type(entry)).get(entry.id)
    if not isinstance(found, System | Figure | Document):
        raise CamwalkError(message("This entry is no longer in the dossier."))
    return found


def _merged(survey: Survey, register: Register) -> RegisterImport:
    new: list[Entry] = []
    kept: list[str] = []
    known = 0
    groups = (
        _sorted_out(survey.systems, register.systems),
        _sorted_out(survey.figures, register.figures),
        _sorted_out(survey.documents, register.documents),
    )
    for fresh, same, different in groups:
        new += fresh
        known += same
        kept += different
    edit = Edit(message("Import a register"), added(*new))
    return RegisterImport(edit, len(new), known, tuple(kept), register.problems)


def _sorted_out(ours: Mapping[str, Some], theirs: tuple[Some, ...]) -> tuple[list[Some], int, list[str]]:
    """What is new, how many are known, and the names of those that are here with other words."""
    contents = {_content(one) for one in ours.values()}
    fresh: list[Some] = []
    different: list[str] = []
    for one in theirs:
        if _content(one) in contents:
            continue
        if one.id in ours:
            different.append(_name(one))
        else:
            fresh.append(one)
            contents.add(_content(one))
    return fresh, len(theirs) - len(fresh) - len(different), different


def _content(entry: Entry) -> tuple[object, ...]:
    """What an entry says, whoever wrote it: everything but its id."""
    values = (getattr(entry, field.name) for field in fields(entry) if field.name != "id")
    return tuple(v.casefold().strip() if isinstance(v, str) else v for v in values)


def _name(entry: Entry) -> str:
    match entry:
        case System():
            return entry.name
        case Figure():
            return entry.what
        case Document():
            return entry.title
