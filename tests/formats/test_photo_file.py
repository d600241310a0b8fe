"""Reading photos that are as they should be, and telling them from what is no photo."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from PIL import Image

from camwalk.formats.photo_file import PHOTO_SUFFIXES, PhotoFile, read_photo
from camwalk.model import CamwalkError, Photo
from tests.formats import make_photos as made
from tests.formats.make_photos import (
    ascii_field,
    byte_field,
    encoded,
    jpeg,
    picture,
    rational_field,
    segment,
    short_field,
    tiff,
    written,
)


def messages(photo: PhotoFile) -> str:
    return " / ".join(str(warning) for warning in photo.warnings)


def test_everything_that_a_phone_writes_is_read(tmp_path: Path) -> None:
    photo_tags = {
        made.DATE_ORIGINAL: ascii_field("2026:06:14 12:00:01"),
        made.SUBSEC_ORIGINAL: ascii_field("25"),
        made.OFFSET_ORIGINAL: ascii_field("+05:45"),
        made.FOCAL: rational_field((54, 10)),
        made.FOCAL_35MM: short_field(26),
        made.SERIAL: ascii_field("A-1"),
    }
    gps = made.HELSINKI | {
        made.LAT_REF: ascii_field("S"),
        made.LON_REF: ascii_field("W"),
        made.ALTITUDE_REF: byte_field(1),
        made.ALTITUDE: rational_field((125, 10)),
        made.ACCURACY: rational_field((48, 10)),
        made.SPEED_REF: ascii_field("K"),
        made.SPEED: rational_field((36, 10)),
        made.TRACK: rational_field((90, 1)),
        made.DIRECTION_REF: ascii_field("M"),
        made.DIRECTION: rational_field((2315, 10)),
        made.DATE: ascii_field("2026:06:14"),
        made.TIME: rational_field((6, 1), (15, 1), (105, 100)),
    }
    image = made.PHONE | {made.ORIENTATION: short_field(6)}
    photo = read_photo(written(tmp_path, jpeg(tiff(image, photo_tags, gps))))
    assert (photo.width, photo.height, photo.orientation) == (48, 64, 6)
    assert (photo.make, photo.model, photo.serial) == ("Maker", "Phone 1", "A-1")
    assert photo.taken == datetime(2026, 6, 14, 12, 0, 1, 250_000)
    assert photo.taken_offset == 5 * 60 + 45
    assert photo.gps_time == datetime(2026, 6, 14, 6, 15, 1, 50_000, UTC)
    assert photo.exif_lat == pytest.approx(-(60 + 10 / 60 + 12.34 / 3600), abs=1e-9)
    assert photo.exif_lon == pytest.approx(-(24 + 56 / 60 + 3 / 3600), abs=1e-9)
    assert (photo.altitude, photo.accuracy, photo.speed) == (-12.5, 4.8, pytest.approx(1))
    assert (photo.course, photo.direction, photo.direction_ref) == (90, 231.5, "M")
    assert (photo.focal_mm, photo.focal_35mm, photo.warnings) == (5.4, 26, ())


def test_a_picture_of_another_shape_than_the_device_wrote_is_cropped(tmp_path: Path) -> None:
    tags = made.NOON | {
        made.ZOOM: rational_field((20, 10)),
        made.PIXELS_WIDE: short_field(128),
        made.PIXELS_HIGH: short_field(72),
    }
    photo = read_photo(written(tmp_path, jpeg(tiff(photo=tags)), "p.jpg"))
    assert (photo.zoom, photo.full_width, photo.full_height) == (2, 128, 72)
    assert "“p.jpg” was cropped, so directions in it are rough." in messages(photo)
    assert "“p.jpg” was taken with 2.0× digital zoom" in messages(photo)


@pytest.mark.parametrize(("size", "xmp"), [((500, 100), b""), ((64, 48), b"GPano:ProjectionType")])
def test_a_panorama_is_told(tmp_path: Path, size: tuple[int, int], xmp: bytes) -> None:
    plain = jpeg(width=size[0], height=size[1])
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    photo = read_photo(written(tmp_path, plain[:2] + xmp + plain[2:], "p.jpg"))
    assert messages(photo) == "“p.jpg” is a panorama, so directions in it are rough."


@pytest.mark.parametrize("turn", [1, 6])
def test_a_smaller_picture_of_the_same_shape_is_not_cropped(tmp_path: Path, turn: int) -> None:
    image = made.PHONE | {made.ORIENTATION: short_field(turn)}
    tags = made.NOON | {made.PIXELS_WIDE: short_field(640), made.PIXELS_HIGH: short_field(480)}
    photo = read_photo(written(tmp_path, jpeg(tiff(image, tags))))
    assert (photo.full_width, photo.full_height) == ((640, 480) if turn == 1 else (480, 640))
    assert photo.warnings == ()


def test_the_names_are_those_of_the_photo_record() -> None:
    assert set(PhotoFile.__dataclass_fields__) - {"make", "model", "serial"} <= set(
        Photo.__dataclass_fields__
    )


@pytest.mark.parametrize(("ref", "factor"), [("K", 1 / 3.6), ("M", 0.44704), ("N", 1852 / 3600)])
def test_speed_is_in_metres_per_second(tmp_path: Path, ref: str, factor: float) -> None:
    gps = made.HELSINKI | {made.SPEED_REF: ascii_field(ref), made.SPEED: rational_field((10, 1))}
    assert read_photo(written(tmp_path, jpeg(tiff(gps=gps)))).speed == pytest.approx(10 * factor)


def test_text_without_its_closing_nul_keeps_its_last_letter(tmp_path: Path) -> None:
    gps = made.HELSINKI | {made.LAT_REF: ascii_field("S", closed=False)}
    dates = {made.DATE_ORIGINAL: ascii_field("2026:06:14 12:00:59", closed=False)}
    photo = read_photo(written(tmp_path, jpeg(tiff(photo=dates, gps=gps))))
    assert photo.exif_lat is not None
    assert photo.exif_lat < 0
    assert photo.taken == datetime(2026, 6, 14, 12, 0, 59)
    assert photo.warnings == ()


def test_the_offset_of_an_edited_date_is_not_taken_for_the_photo(tmp_path: Path) -> None:
    dates = made.NOON | {made.OFFSET: ascii_field("-08:00")}
    edited = made.PHONE | {made.DATE_TIME: ascii_field("2026:07:01 09:00:00")}
    same = made.PHONE | {made.DATE_TIME: ascii_field("2026:06:14 12:00:01")}
    assert read_photo(written(tmp_path, jpeg(tiff(edited, dates)), "a.jpg")).taken_offset is None
    assert read_photo(written(tmp_path, jpeg(tiff(same, dates)), "b.jpg")).taken_offset == -8 * 60


@pytest.mark.parametrize("kind", ["PNG", "HEIF"])
def test_other_kinds_of_pictures_are_read_as_well(tmp_path: Path, kind: str) -> None:
    import pillow_heif

    if kind == "HEIF":
        pillow_heif.from_pillow(picture()).save(tmp_path / "p", exif=b"Exif\0\0" + tiff())
    else:
        picture().save(tmp_path / "p", "PNG", exif=b"Exif\0\0" + tiff())
    photo = read_photo(str(tmp_path / "p"))
    assert (photo.width, photo.height, photo.model, photo.orientation) == (64, 48, "Phone 1", 1)
    assert photo.taken == datetime(2026, 6, 14, 12, 0, 1)
    assert (photo.exif_lat, photo.warnings) == (pytest.approx(60.1700944), ())


def test_heic_is_turned_once_only(tmp_path: Path) -> None:
    import pillow_heif

    image = made.PHONE | {made.ORIENTATION: short_field(6)}
    pillow_heif.register_heif_opener()
    picture().save(tmp_path / "p.heic", exif=b"Exif\0\0" + tiff(image))
    photo = read_photo(str(tmp_path / "p.heic"))
    with Image.open(tmp_path / "p.heic") as decoded:
        assert (photo.width, photo.height) == decoded.size == (48, 64)
    assert photo.orientation == 1


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    assert read_photo(written(tmp_path, jpeg(), "photo.heic")).width == 64
    assert {".jpg", ".jpeg", ".heic", ".heif", ".png"} <= PHOTO_SUFFIXES


def test_a_photo_is_known_by_its_content_wherever_it_lies(tmp_path: Path) -> None:
    one = read_photo(written(tmp_path, jpeg(), "a.jpg"))
    other = read_photo(written(tmp_path, jpeg(), "b.jpg"))
    longer = read_photo(written(tmp_path, jpeg() + b"\0", "c.jpg"))
    assert one.fingerprint == other.fingerprint
    assert len(one.fingerprint) == 32
    assert longer.fingerprint != one.fingerprint
    assert longer.size == one.size + 1


@pytest.mark.parametrize("name", ["مراقبة.jpg", "📷 cam.jpg", "two\nlines.jpg", os.fsdecode(b"caf\xe9.jpg")])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, jpeg(tiff(photo={})), name)
    photo = read_photo(path)
    assert photo.path == path
    messages(photo).encode()
    assert "\n" not in messages(photo)


def test_a_screenshot_is_told_and_skipped(tmp_path: Path) -> None:
    png = encoded(picture(), "PNG")
    plain = jpeg(tiff(image={}, gps={}))
    for content, name in ((png, "1.png"), (plain, "Screenshot_20260614.jpg"), (plain, "Capture d’écran.jpg")):
        with pytest.raises(CamwalkError, match="looks like a screenshot"):
            read_photo(written(tmp_path, content, name))
    assert read_photo(written(tmp_path, jpeg(), "Screenshot_20260614.jpg")).model == "Phone 1"
    assert read_photo(written(tmp_path, plain, "IMG_1.jpg")).make == ""


def test_at_most_70_kb_of_a_large_photo_are_read(tmp_path: Path) -> None:
    accounts = Path("/proc/self/io")
    if not accounts.exists():
        pytest.skip("this system does not count what a process reads")
    path = written(tmp_path, jpeg(tiff(thumbnail=encoded(picture(160, 120))), 2000, 1500))
    assert Path(path).stat().st_size > 1_000_000
    read_photo(path)  # modules and caches are loaded now

    def count() -> int:
        return int(accounts.read_text().split()[1])

    before = count()
    read_photo(path)
    after = count()
    assert after - before - (count() - after) <= 70_000


def test_what_lies_beyond_64_kb_is_found(tmp_path: Path) -> None:
    plain = jpeg()
    filler = segment(0xE2, bytes(65_000)) * 3
    photo = read_photo(written(tmp_path, plain[:2] + filler + plain[2:]))
    assert (photo.width, photo.model, photo.warnings) == (64, "Phone 1", ())
    large = tiff(thumbnail=bytes(65_000))
    photo = read_photo(written(tmp_path, jpeg(large), "b.jpg"))
    assert (photo.width, photo.model, photo.warnings) == (64, "Phone 1", ())


@pytest.mark.judge
def test_real_photos_say_the_same_as_exiftool(shared: Path) -> None:
    if not shutil.which("exiftool"):
        pytest.skip("exiftool is not installed")
    files = [file for file in sorted((shared / "data/photos").rglob("*")) if file.is_file()]
    tags = ["-EXIF:all", "-ImageSize", "-Composite:GPSLatitude", "-Composite:GPSLongitude"]
    told = subprocess.run(["exiftool", "-n", "-j", *tags, *files], capture_output=True, check=False)
    compared = 0
    for facts in orjson.loads(told.stdout):
        name = Path(facts["SourceFile"]).name
        # exiftool takes the commas of 52,00000,50,00000,34,01180 for separators only
        if name in ("truncated.heic", "corrupted.heic", "geodegrees_as_string.jpg"):
            continue
        _same_as_exiftool(read_photo(facts["SourceFile"]), facts)
        compared += 1
    assert compared > 40


def _same_as_exiftool(photo: PhotoFile, facts: dict[str, object]) -> None:
    name = facts["SourceFile"]
    for ours, tag in (
        (photo.exif_lat, "GPSLatitude"), (photo.exif_lon, "GPSLongitude"), (photo.altitude, "GPSAltitude"),
        (photo.accuracy, "GPSHPositioningError"), (photo.direction, "GPSImgDirection"),
        (photo.course, "GPSTrack"), (photo.focal_mm, "FocalLength"),
        (photo.speed and photo.speed * 3.6, "GPSSpeed"),
    ):  # fmt: skip
        theirs = facts.get(tag)
        theirs = float(theirs) if theirs not in (None, "") else None  # type: ignore[arg-type]
        assert ours == (None if theirs is None else pytest.approx(theirs, abs=1e-6)), (name, tag)
    size = sorted(int(n) for n in str(facts["ImageSize"]).split())
    assert sorted([photo.width, photo.height]) == size, name
    assert photo.make == facts.get("Make", ""), name
    assert photo.model == str(facts.get("Model", "")).strip(), name
    taken = photo.taken.strftime("%Y:%m:%d %H:%M:%S") if photo.taken else ""
    assert taken == str(facts.get("DateTimeOriginal", ""))[:19], name


def test_degrees_and_times_stored_as_text_are_read(shared: Path) -> None:
    photo = read_photo(str(shared / "data/photos/weird/geodegrees_as_string.jpg"))
    assert photo.exif_lat == pytest.approx(52.842781055, abs=1e-8)
    assert photo.exif_lon == pytest.approx(11.182856555, abs=1e-8)
    assert photo.taken == datetime(2014, 4, 26, 19, 9, 19)
    assert (photo.make, photo.model) == ("HTC", "HTC One_M8")
