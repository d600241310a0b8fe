"""Bringing an older survey up to date, after a backup copy beside it."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

Step = Callable[[Connection], None]


def _add_zoom_and_full_size(connection: Connection) -> None:
    """What EXIF says of zoom and cropping; unknown for photos that were imported before."""
    for column in ("zoom FLOAT", "full_width INTEGER", "full_height INTEGER"):
        connection.exec_driver_sql(f"ALTER TABLE photos ADD COLUMN {column}")


def _add_usual_lens(connection: Connection) -> None:
    """What lens the device usually has; a phone's for photos that were imported before."""
    connection.exec_driver_sql("ALTER TABLE photos ADD COLUMN usual_35mm FLOAT")


STEPS: Mapping[int, Step] = {1: _add_zoom_and_full_size, 2: _add_usual_lens}
"""What leads from a version to the next one, by the version it starts from."""


def migrate(connection: Connection, path: Path | None, steps: Mapping[int, Step] = STEPS) -> Path | None:
    """Run the steps that are still needed, all in one transaction; the backup made of `path`, if any."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.rollback()
    target = version + len([start for start in steps if start >= version])
    if version == target:
        return None
    backup = path and path.with_name(f"{path.name}.v{version}.backup")
    if path and backup:
        shutil.copy2(path, backup)
    with connection.begin():
        for start in range(version, target):
            steps[start](connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {target}")
    return backup
