"""A simulated walk with its cameras marked from the photos, as a survey file."""

import csv
import json
from pathlib import Path

from camwalk.model import ignore_progress
from camwalk.operations.attach_extract import attach_extract, open_extract
from camwalk.operations.estimate_position_surroundings import box_of_photos, surroundings
from camwalk.operations.import_files import Wishes, import_files
from camwalk.operations.import_sightings import groups_to_accept, import_sightings
from camwalk.operations.place_camera import place_sightings
from camwalk.project import Project

EXTRACT = Path(__file__).parents[2] / "resources" / "sample" / "helsinki-centre-2019-04.osm.pbf"


def write_truth_as_csv(walk: Path, out: Path, *, grouped: bool) -> None:
    """The sightings that the walk's truth knows, as a detector would hand them over."""
    truth = json.loads((walk / "truth.json").read_text(encoding="utf-8"))
    with out.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "x", "y", "label", "track_id"])
        for photo in truth["photos"]:
            for seen in photo["cameras"]:
                rows.writerow([photo["file"], seen["x"], seen["y"], "", seen["id"] if grouped else ""])


def make_marked_walk(walk: Path, survey: Path) -> None:
    """Import a walk, attach the map, take the truth's sightings and make cameras of them."""
    table = survey.with_suffix(".csv")
    write_truth_as_csv(walk, table, grouped=True)
    project = Project(survey)
    project.do(import_files(project.survey, [str(walk)], Wishes(walk="One", zone="Europe/Helsinki")).edit)
    project.do(attach_extract(project.survey, EXTRACT, ignore_progress))
    project.do(import_sightings(project.survey, str(table)).edit)
    index, box = open_extract(project.survey, ignore_progress), box_of_photos(project.survey)
    assert index is not None
    assert box is not None
    around = surroundings(index, box)
    project.do(place_sightings(project.survey, groups_to_accept(project.survey), around).edit)
    project.close()
