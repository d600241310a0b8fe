"""The sample walk that comes with Camwalk: photos, a track and a map, ready to mark."""

from camwalk import paths
from camwalk.model import Change, Edit, LatLon, Report, Survey, Tags, combined, ignore_progress, message
from camwalk.operations.attach_extract import attach_extract
from camwalk.operations.import_files import Wishes, import_files
from camwalk.operations.mark_camera import SURVEILLANCE, mark_camera

EXTRACT = "helsinki-centre-2019-04.osm.pbf"


def sample_walk(report: Report = ignore_progress) -> Edit:
    """The edit that makes an empty survey the sample walk."""
    folder = paths.resources() / "sample"
    imported = import_files(Survey(), [str(folder)], Wishes(walk="Helsinki"), report).edit
    survey = Survey().apply(imported.changes)
    attached = attach_extract(survey, folder / EXTRACT, report)
    return Edit(message("Open the sample walk"), combined((*imported.changes, *attached.changes)))


_FIXED = {"surveillance": "public", "surveillance:type": "camera", "camera:type": "fixed"}
_DOME = {"surveillance": "public", "surveillance:type": "camera", "camera:type": "dome"}
EXAMPLES: tuple[tuple[LatLon, Tags, str], ...] = (
    (LatLon(60.170217, 24.943354), {**_FIXED, "camera:mount": "wall", "camera:direction": "270"},
     "IMG_20190608_111118.jpg"),
    (LatLon(60.170268, 24.942630), {**_FIXED, "camera:mount": "pole", "camera:direction": "160"},
     "IMG_20190608_111158.jpg"),
    (LatLon(60.169744, 24.939221), {**_FIXED, "camera:mount": "wall", "camera:direction": "261"},
     "IMG_20190608_111620.jpg"),
    (LatLon(60.167723, 24.937963), {**_DOME, "camera:mount": "wall", "surveillance:zone": "bank"},
     "DSC01055.JPG"),
    (LatLon(60.166922, 24.942472), {**_DOME, "camera:mount": "pole"}, "DSC01064.JPG"),
)  # fmt: skip


def example_cameras(survey: Survey) -> Edit:
    """A few cameras of the sample walk, marked where they hang, for those who only look."""
    photos = {photo.path.rpartition("/")[2]: photo.id for photo in survey.photos.values()}
    changes: list[Change] = []
    for place, tags, photo in EXAMPLES:
        changes += mark_camera(survey, place, {**SURVEILLANCE, **tags}, photos=[photos[photo]]).changes
    return Edit(message("Mark the examples"), tuple(changes))
