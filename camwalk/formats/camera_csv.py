"""Cameras as CSV: one line each, a column for each tag, for spreadsheets."""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from camwalk.formats.atomic import replacing
from camwalk.formats.osm_geojson import Placed


def write_camera_csv(path: Path, placed: Iterable[Placed]) -> None:
    """Write lat, lon and all tags in use, UTF-8 with a mark so that spreadsheets read the accents."""
    keys = sorted({key for one in placed for key in one.camera.tags})
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["lat", "lon", *keys])
    for one in placed:
        tags = one.camera.tags
        rows.writerow(
            [f"{one.lat / 1e7:.7f}", f"{one.lon / 1e7:.7f}", *(_plain(tags.get(k, "")) for k in keys)]
        )
    with replacing(path) as file:
        file.write(text.getvalue().encode("utf-8-sig"))


def _plain(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "@")) else value
