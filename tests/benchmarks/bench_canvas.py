"""The map with 100,000 cameras against the same map with none: panning, memory, one edit.

Run as a script. The two maps are panned in turns, over a painted base, in one process; the frame
is everything between asking for it and having it, tiles that arrive on the way included.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from statistics import mean, median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from camwalk.gui.map.canvas import MapCanvas
from camwalk.gui.map.layers import map_data
from camwalk.gui.map.layers_after import map_data_after
from camwalk.model import Camera, LatLon, Survey
from camwalk.operations.mark_camera import move_camera

CAMERAS = 100_000
SIZE = (1400, 900)
FRAMES, ROUNDS = 120, 6
CENTRE = LatLon(60.17, 24.94)
KINDS = ("fixed", "dome", "panning", "doorbell", "")


class Blocks:
    """A base map of house blocks."""

    attribution = "© Nobody"

    def tile(self, zoom: int, x: int, y: int, pixels: int) -> QImage:  # noqa: ARG002
        image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        image.fill(QColor("#f5f3ee"))
        painter = QPainter(image)
        try:
            painter.setBrush(QColor("#e3ddd3"))
            for i in range(64):
                painter.drawRect(
                    QRectF(i % 8 * pixels / 8 + 8, i // 8 * pixels / 8 + 8, pixels / 10, pixels / 10)
                )
        finally:
            painter.end()
        return image

    def labels(
        self,
        centre: LatLon,  # noqa: ARG002
        zoom: float,  # noqa: ARG002
        width: int,
        height: int,
        ratio: float,
        occupied: Sequence[QRectF],  # noqa: ARG002
    ) -> QImage:
        image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        return image


def survey(count: int) -> Survey:
    """A town with cameras, more of them in its middle."""
    chance = random.Random(7)
    cameras: dict[str, Camera] = {}
    for i in range(count):
        kind, degrees = chance.choice(KINDS), chance.randrange(360)
        tags = {"man_made": "surveillance", "camera:type": kind, "camera:direction": str(degrees)}
        lat, lon = CENTRE.lat + chance.gauss(0, 0.02), CENTRE.lon + chance.gauss(0, 0.05)
        cameras[f"c{i}"] = Camera(
            id=f"c{i}", lat=lat, lon=lon, created=datetime(2026, 11, 15, tzinfo=UTC), tags=tags
        )
    return Survey(cameras=cameras)


def canvas(of: Survey, zoom: float) -> MapCanvas:
    """A shown map that has painted all it wanted."""
    widget = MapCanvas()
    widget.resize(*SIZE)
    widget.set_base(Blocks())
    widget.set_data(map_data(of))
    widget.show()
    widget.show_view(widget.view.centred(CENTRE, zoom))
    settle(widget)
    return widget


def settle(widget: MapCanvas) -> None:
    """Wait until everything is painted."""
    deadline = time.monotonic() + 60
    QApplication.processEvents()
    while time.monotonic() < deadline and not widget.idle:
        QApplication.processEvents()
        time.sleep(0.001)


def frame_times(widget: MapCanvas, dx: float) -> list[float]:
    """Milliseconds of each frame of a pan."""
    times: list[float] = []
    for _ in range(FRAMES):
        start = time.perf_counter()
        widget.show_view(widget.view.moved(dx, dx / 3))
        QApplication.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    return times


def panning(empty: MapCanvas, full: MapCanvas) -> tuple[list[float], list[float]]:
    """Frame times of both maps, panned in turns there and back."""
    without: list[float] = []
    with_all: list[float] = []
    for i in range(ROUNDS):
        dx = 9.0 if i % 2 else -9.0
        without += frame_times(empty, dx)
        with_all += frame_times(full, dx)
    return without, with_all


def took(work: Callable[[], object]) -> float:
    """Milliseconds of the median of seven runs."""
    times: list[float] = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def peak_megabytes() -> float:
    """The most memory that a process of its own holds while it pans the full map.

    A child's peak starts at what its parent held, so measure this first.
    """
    subprocess.run([sys.executable, __file__, "--pan-alone"], check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6


def pan_alone() -> None:
    """Pan and zoom the full map, for `peak_megabytes`."""
    app = QApplication([])
    full = canvas(survey(CAMERAS), 12.0)
    for zoom in (12.0, 13.5, 15.0, 17.0):
        full.show_view(full.view.centred(CENTRE, zoom))
        settle(full)
        for dx in (-9.0, 9.0, 9.0):
            frame_times(full, dx)
    app.quit()


def row(what: str, value: str, good: bool) -> bool:
    """Print one result."""
    print(f"{what:<58} {value:>24}  {'ok' if good else 'NOT REACHED'}", flush=True)
    return good


def main() -> int:
    peak = peak_megabytes()
    good = row("peak memory (at most 400 MB)", f"{peak:.0f} MB", peak <= 400)
    app = QApplication.instance() or QApplication([])
    town = survey(CAMERAS)
    for zoom in (12.0, 15.0):
        empty, full = canvas(Survey(), zoom), canvas(town, zoom)
        without, with_all = panning(empty, full)
        ratio = median(with_all) / median(without)
        text = f"{median(with_all):.2f} / {median(without):.2f} ms = {ratio:.2f}"
        good &= row(f"frame, {CAMERAS:,} cameras / none, zoom {zoom:g} (at most 1.5)", text, ratio <= 1.5)
        text = f"{mean(with_all):.2f} / {mean(without):.2f} ms = {mean(with_all) / mean(without):.2f}"
        row("  the mean of both", text, True)
        slow = sorted(with_all)[-len(with_all) // 50]
        row("  the slowest 2 % take at least", f"{slow:.1f} ms", True)
        for widget in (empty, full):
            widget.deleteLater()
        app.processEvents()
    data, edit = map_data(town), move_camera(town, "c7", CENTRE)
    spent = took(lambda: map_data_after(data, edit))
    good &= row("data of the map after one edit (at most 10 ms)", f"{spent:.1f} ms", spent <= 10)
    small_town = replace(town, cameras=dict(list(town.cameras.items())[:10_000]))
    small = map_data(small_town)
    spent = took(lambda: map_data_after(small, edit))
    good &= row("the same with 10,000 cameras (at most 5 ms)", f"{spent:.1f} ms", spent <= 5)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(pan_alone() if "--pan-alone" in sys.argv else main())
