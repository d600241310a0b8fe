"""The sample walk that comes with Camwalk: photos, a track and a map, ready to mark."""

from camwalk import paths
from camwalk.model import Edit, Report, Survey, combined, ignore_progress, message
from camwalk.operations.attach_extract import attach_extract
from camwalk.operations.import_files import Wishes, import_files

EXTRACT = "helsinki-centre-2019-04.osm.pbf"


def sample_walk(report: Report = ignore_progress) -> Edit:
    """The edit that makes an empty survey the sample walk."""
    folder = paths.resources() / "sample"
    imported = import_files(Survey(), [str(folder)], Wishes(walk="Helsinki"), report).edit
    survey = Survey().apply(imported.changes)
    attached = attach_extract(survey, folder / EXTRACT, report)
    return Edit(message("Open the sample walk"), combined((*imported.changes, *attached.changes)))
