from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from camwalk.formats.extract_build import build_index
from camwalk.formats.extract_index import ExtractIndex
from camwalk.gui.map.basemap import paint_tile
from camwalk.gui.map.labels import paint_labels
from camwalk.gui.map.labels_placement import Placement, place_labels
from camwalk.gui.map.style import DARK, LIGHT, Theme, width
from camwalk.gui.map.viewport import View, world
from camwalk.model import LatLon, ignore_progress

pytestmark = pytest.mark.usefixtures("qapp")

BAY, STATION, PARK = LatLon(60.1765, 24.9470), LatLon(60.1709, 24.9417), LatLon(60.1741, 24.9463)
HELSINKI, MONACO = LatLon(60.1712, 24.9440), LatLon(43.7384, 7.4246)
Indexed = Callable[[str], ExtractIndex]


@pytest.fixture(scope="module")
def indexed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """The index of a real extract, by the beginning of its file's name; each is built once."""
    folder = tmp_path_factory.mktemp("indexes")

    def index(name: str) -> ExtractIndex:
        if not (folder / name).exists():
            (file,) = (shared / "data" / "osm").glob(f"{name}*")
            build_index(file, folder / name, ignore_progress)
        return ExtractIndex.open(folder / name)

    return index


@pytest.fixture
def helsinki(indexed: Indexed) -> ExtractIndex:
    return indexed("helsinki")


@pytest.fixture
def monaco(indexed: Indexed) -> ExtractIndex:
    return indexed("monaco-2021")


def tile_at(index: ExtractIndex, at: LatLon, zoom: int, pixels: int = 512, theme: Theme = LIGHT) -> QImage:
    x, y = world(at)
    return paint_tile(index, zoom, int(x * 2**zoom), int(y * 2**zoom), pixels, theme)


def colour(index: ExtractIndex, at: LatLon, zoom: int, pixels: int = 512, theme: Theme = LIGHT) -> str:
    """The colour of the map at a place."""
    x, y = (part * 2**zoom % 1 * pixels for part in world(at))
    return tile_at(index, at, zoom, pixels, theme).pixelColor(int(x), int(y)).name()


def view(centre: LatLon, zoom: float, width: int = 900, height: int = 700) -> View:
    return View(centre, zoom, width, height)


def placed(index: ExtractIndex, where: View, occupied: tuple[QRectF, ...] = ()) -> list[Placement]:
    return place_labels(index.labels(where.bounds, round(where.zoom)), where, occupied)


@pytest.mark.parametrize("zoom", [14, 15, 16, 17, 18, 19])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_known_places_have_their_colours(helsinki: ExtractIndex, zoom: int, theme: Theme) -> None:
    assert colour(helsinki, BAY, zoom, theme=theme) == theme.areas["water"]
    assert colour(helsinki, STATION, zoom, theme=theme) == theme.areas["building"]


@pytest.mark.parametrize("pixels", [400, 512, 700, 1024])
def test_a_tile_of_any_size_shows_the_same(helsinki: ExtractIndex, pixels: int) -> None:
    tile = tile_at(helsinki, STATION, 16, pixels)
    assert (tile.width(), tile.height(), tile.devicePixelRatio()) == (pixels, pixels, 1)
    assert colour(helsinki, PARK, 17, pixels) == LIGHT.areas["park"]
    assert colour(helsinki, BAY, 16, pixels) == LIGHT.areas["water"]


def test_streets_lie_on_the_map_where_they_are(helsinki: ExtractIndex) -> None:
    streets = [way.points for way in helsinki.ways() if way.kind == "residential"]
    middles = [(points[0] + points[1].astype(float)) / 2e7 for points in streets[:60]]
    colours = [colour(helsinki, LatLon(lat, lon), 18) for lon, lat in middles]
    assert colours.count(LIGHT.roads["residential"].fill) > 0.7 * len(colours)


def test_the_sea_is_water_and_land_beyond_the_data_is_paper(monaco: ExtractIndex) -> None:
    assert colour(monaco, LatLon(43.7300, 7.4400), 15) == LIGHT.areas["sea"]
    assert colour(monaco, LatLon(43.7480, 7.4150), 15) == LIGHT.paper
    assert colour(monaco, LatLon(43.8000, 7.4400), 15) == LIGHT.paper


def test_tiles_join_without_a_seam(helsinki: ExtractIndex) -> None:
    x, y = (int(part * 2**16) for part in world(HELSINKI))
    left, right = (paint_tile(helsinki, 16, x + step, y, 512, LIGHT) for step in (0, 1))
    last, first = (_column(left, 511), _column(right, 0))
    different = np.abs(last.astype(int) - first.astype(int)).max(axis=1) > 60
    assert different.mean() < 0.03


def test_houses_with_a_courtyard_have_it_open(helsinki: ExtractIndex) -> None:
    features = helsinki.features(helsinki.bounds, 19)
    holes = [f.rings[1] for f in features if f.kind == "building" and f.starts is not None]
    middles = [(ring.min(axis=0) + ring.max(axis=0).astype(float)) / 2e7 for ring in holes[:40]]
    colours = [colour(helsinki, LatLon(lat, lon), 18) for lon, lat in middles]
    assert colours.count(LIGHT.areas["building"]) < 0.2 * len(colours)


def test_painting_is_the_same_on_many_threads(helsinki: ExtractIndex) -> None:
    alone = tile_at(helsinki, HELSINKI, 16)
    with ThreadPoolExecutor(4) as pool:
        tiles = list(pool.map(lambda _: tile_at(helsinki, HELSINKI, 16), range(12)))
    assert all(tile == alone for tile in tiles)


@pytest.mark.parametrize("zoom", [13.0, 14.4, 15.0, 16.3, 17.0, 18.5])
@pytest.mark.parametrize("name", ["helsinki", "monaco-2021", "darmstadt", "heidelberg", "andorra"])
def test_names_do_not_meet(indexed: Indexed, name: str, zoom: float) -> None:
    index = indexed(name)
    bounds = index.bounds
    middle = LatLon((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2)
    names = placed(index, view(middle, zoom))
    for one, other in combinations(names, 2):
        assert not _meet(one.boxes, other.boxes), (one.label.name, other.label.name)


def test_the_streets_of_a_town_are_named(monaco: ExtractIndex) -> None:
    names = {placement.label.name for placement in placed(monaco, view(LatLon(43.7335, 7.4206), 16))}
    assert {"Rue Grimaldi", "Boulevard Albert 1er", "Rue de la Turbie", "La Condamine"} <= names


def test_names_of_streets_follow_them_and_never_stand_on_their_head(monaco: ExtractIndex) -> None:
    along = [p for p in placed(monaco, view(MONACO, 16)) if p.lettering.along]
    assert len(along) > 30
    for placement in along:
        stand = placement.lines[0].stand
        assert stand.x[-1] > stand.x[0] - 1
        assert np.abs(np.diff(stand.turn)).max(initial=0) < np.radians(20)
    assert any(np.ptp(p.lines[0].stand.turn) > np.radians(15) for p in along)


def test_a_long_street_is_named_more_than_once_but_not_crowded(helsinki: ExtractIndex) -> None:
    where = view(LatLon(60.1700, 24.9410), 17, 2000, 2000)
    spots = [p.boxes.mean(axis=0)[:2] for p in placed(helsinki, where) if p.label.name == "Mannerheimintie"]
    assert len(spots) > 1
    assert all(np.hypot(*(one - other)) > 150 for one, other in combinations(spots, 2))


@pytest.mark.parametrize("zoom", [15.5, 16.5])
def test_names_stay_where_they_are_while_the_map_moves(monaco: ExtractIndex, zoom: float) -> None:
    here = view(MONACO, zoom, 1400, 1000)
    there = here.moved(137, -211)
    before, after = _anchors(monaco, here), _anchors(monaco, there)
    common = [key for key in before if _well_inside(before[key], here, 260)]
    stayed = [
        key
        for key in common
        if key in after and np.allclose(after[key], np.add(before[key], (137, -211)), atol=0.01)
    ]
    assert len(common) > 10
    assert len(stayed) >= 0.95 * len(common)


def test_names_give_way_to_what_is_there_already(monaco: ExtractIndex) -> None:
    taken = QRectF(200, 150, 400, 300)
    where = view(MONACO, 16)
    inside = np.array([[200.0, 150.0, 600.0, 450.0]])
    assert any(_meet(p.boxes, inside) for p in placed(monaco, where))
    assert not any(_meet(p.boxes, inside) for p in placed(monaco, where, (taken,)))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_picture_of_names_is_transparent_and_written_in_the_theme(
    monaco: ExtractIndex, ratio: float
) -> None:
    image = paint_labels(monaco, MONACO, 15.4, 600, 400, ratio, LIGHT)
    assert (image.width(), image.height()) == (600 * ratio, 400 * ratio)
    pixels = _pixels(image)
    alpha = pixels[..., 3]
    assert 0.5 < (alpha == 0).mean() < 0.98
    street = QColor(LIGHT.texts["street"])
    assert (
        np.abs(pixels[..., :3].astype(int) - [street.blue(), street.green(), street.red()]).sum(2) < 12
    ).any()


def test_a_view_beyond_the_data_is_empty(monaco: ExtractIndex) -> None:
    image = paint_labels(monaco, LatLon(10, 10), 16, 300, 200, 1, LIGHT)
    assert not _pixels(image).any()
    assert tile_at(monaco, LatLon(10, 10), 16).pixelColor(5, 5).name() == LIGHT.paper


def test_both_themes_colour_the_same_things() -> None:
    for part in ("areas", "edges", "roads", "lines", "texts"):
        assert getattr(LIGHT, part).keys() == getattr(DARK, part).keys()


def test_streets_grow_evenly_with_the_zoom() -> None:
    for kind in LIGHT.roads:
        widths = [width(kind, zoom / 4) for zoom in range(60, 90)]
        assert all(1 < wider / narrower < 1.35 for narrower, wider in pairwise(widths))


def _column(tile: QImage, x: int) -> np.ndarray:
    return _pixels(tile)[:, x, :3]


def _pixels(image: QImage) -> np.ndarray:
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]


def _meet(one: np.ndarray, other: np.ndarray) -> bool:
    a, b = one[:, None], other[None]
    return bool(
        (
            (a[..., 0] < b[..., 2])
            & (b[..., 0] < a[..., 2])
            & (a[..., 1] < b[..., 3])
            & (b[..., 1] < a[..., 3])
        ).any()
    )


def _anchors(index: ExtractIndex, where: View) -> dict[tuple[str, int, int], tuple[float, float]]:
    """Where names stand, by the name and the place on the world."""
    found: dict[tuple[str, int, int], tuple[float, float]] = {}
    for placement in placed(index, where):
        x, y = placement.boxes[0, :2].tolist()
        spot = where.to_spot(x, y)
        found[placement.label.name, round(spot.x * 1e8), round(spot.y * 1e8)] = (x, y)
    return found


def _well_inside(spot: tuple[float, float], where: View, margin: float) -> bool:
    return margin < spot[0] < where.width - margin and margin < spot[1] < where.height - margin
