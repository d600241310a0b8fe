"""Fetch the map of an area from an Overpass server and attach it. The caller has the user's consent."""

from pathlib import Path

from camwalk.formats.overpass import fetch
from camwalk.model import Box, Edit, Report, Survey
from camwalk.operations.attach_extract import attach_extract


def fetch_extract(survey: Survey, box: Box, server: str, target: Path, report: Report) -> Edit:
    """Write what `server` sends for `box` to `target` and make that the survey's extract."""
    fetch(box, server, target, report)
    return attach_extract(survey, target, report)
