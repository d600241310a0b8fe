"""exports/sample.geojson is what Camwalk writes today. Renew it with `python -m tests.test_exports`."""

from datetime import timedelta
from pathlib import Path

from camwalk.model import Camera, Survey, Tags
from camwalk.operations.export_cameras import export_cameras
from tests.surveys import NOON

SAMPLE = Path(__file__).parents[1] / "exports" / "sample.geojson"

PUBLIC = {"man_made": "surveillance", "surveillance": "public", "surveillance:type": "camera"}
FOUND: tuple[tuple[float, float, Tags], ...] = (
    (60.170217, 24.943354, {"camera:type": "fixed", "camera:mount": "wall", "camera:direction": "270"}),
    (60.170268, 24.942630, {"camera:type": "fixed", "camera:mount": "pole", "camera:direction": "160"}),
    (60.170268, 24.942630, {"camera:type": "dome", "camera:mount": "pole"}),  # on the same pole
    (60.168356, 24.937123, {"surveillance:type": "ALPR", "camera:mount": "pole", "camera:direction": "310"}),
    (60.167723, 24.937963, {"camera:type": "dome", "camera:mount": "wall", "surveillance:zone": "bank"}),
)


def sample() -> Survey:
    """The cameras of the committed sample."""
    cameras = [
        Camera(
            id=str(n), lat=lat, lon=lon, created=NOON + timedelta(minutes=n),
            tags={**PUBLIC, **tags},
        )
        for n, (lat, lon, tags) in enumerate(FOUND)
    ]  # fmt: skip
    return Survey(cameras={camera.id: camera for camera in cameras})


def test_the_committed_sample_is_what_is_written_today(tmp_path: Path) -> None:
    out = tmp_path / "sample.geojson"
    export_cameras(sample(), out)
    assert out.read_bytes() == SAMPLE.read_bytes()


if __name__ == "__main__":
    export_cameras(sample(), SAMPLE)
