"""Writing a finished report, whole or not at all."""

from pathlib import Path

from camwalk.formats.atomic import replacing


def save_report(path: Path, content: bytes) -> None:
    """Write `content`; CamwalkError where the folder cannot be written to or the disk is full."""
    with replacing(path) as file:
        file.write(content)
