"""Photos with something wrong: what can be used comes in with a warning, the rest is told."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camwalk.formats.photo_file import PhotoFile, read_photo
from camwalk.model import CamwalkError
from tests.formats import make_photos as made
from tests.formats.make_photos import (
    Field,
    ascii_field,
    degrees_field,
    encoded,
    jpeg,
    picture,
    rational_field,
    segment,
    short_field,
    tiff,
    written,
)


def read(folder: Path, content: bytes, name: str = "photo.jpg") -> PhotoFile:
    return read_photo(written(folder, content, name))


def with_gps(folder: Path, tags: dict[int, Field]) -> PhotoFile:
    return read(folder, jpeg(tiff(gps=tags)))


def with_date(folder: Path, tags: dict[int, Field], image: dict[int, Field] | None = None) -> PhotoFile:
    return read(folder, jpeg(tiff(image=image, photo=tags)))


def warned(photo: PhotoFile, words: str) -> bool:
    assert all("photo.jpg" in str(warning) for warning in photo.warnings)
    return any(words in str(warning) for warning in photo.warnings)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear diary, this is no picture at all.", "is not a picture"),
        (bytes(5000), "is not a picture"),
        (b"GIF89a" + bytes(100), "Save it as JPEG"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(100), "Save it as JPEG"),
        (b"\0\0\0\x18ftypmp42" + bytes(100), "is not a picture"),
        (jpeg()[:300], "no picture is left in it"),
        (b"\xff\xd8" + b"\xff" * 100_000, "no picture is left in it"),
        (b"\xff\xd8" + segment(0xE0, b"") * 50_000, "no picture is left in it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "no picture is left in it"),
    ],
)
def test_what_is_no_picture_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(CamwalkError, match=words):
        read(tmp_path, content)


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CamwalkError, match=r"gone\.jpg” cannot be read: there is no such file"):
        read_photo(str(tmp_path / "gone.jpg"))
    with pytest.raises(CamwalkError, match="is a folder, not a file"):
        read_photo(str(tmp_path))
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe.jpg")
        with pytest.raises(CamwalkError, match="is not a file"):
            read_photo(str(tmp_path / "pipe.jpg"))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_decompression_bomb_is_refused_without_decoding_it(tmp_path: Path, form: str) -> None:
    content = encoded(picture(), form)
    sizes = {"JPEG": (b"\0\x30\0\x40", b"\xff\xf0\xff\xf0"), "PNG": (b"\0\0\0\x40", b"\0\1\0\0")}
    old, new = sizes[form]
    assert old in content
    content = content.replace(old, new, 1)
    if form == "PNG":
        content = content.replace(b"\0\0\0\x30", b"\0\1\0\0", 1)
    with pytest.raises(CamwalkError, match=r"65\d+ by 65\d+ pixels"):
        read(tmp_path, content)


@pytest.mark.parametrize("name", ["corrupted.heic", "truncated.heic"])
def test_a_broken_heic_is_told(shared: Path, name: str) -> None:
    with pytest.raises(CamwalkError, match="damaged or cut short"):
        read_photo(str(shared / "data/photos/weird" / name))


def test_a_heic_cut_short_anywhere_is_told(tmp_path: Path) -> None:
    import pillow_heif

    pillow_heif.from_pillow(picture()).save(tmp_path / "whole.heic")
    content = (tmp_path / "whole.heic").read_bytes()
    for length in range(13, len(content), 97):
        with pytest.raises(CamwalkError, match="damaged or cut short"):
            read(tmp_path, content[:length])


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_jpeg_comes_in_with_a_warning(tmp_path: Path, share: float) -> None:
    content = jpeg(None, 800, 600)
    photo = read(tmp_path, content[: int(len(content) * share)])
    assert warned(photo, "part of the picture is missing")
    assert (photo.width, photo.model, photo.exif_lat) == (800, "Phone 1", pytest.approx(60.1700944))


def test_the_end_of_a_thumbnail_is_not_taken_for_the_end_of_the_picture(tmp_path: Path) -> None:
    content = jpeg(tiff(thumbnail=encoded(picture(60, 40))), 800, 600)
    start = content.rindex(b"\xff\xda")
    assert warned(read(tmp_path, content[: start + 100]), "part of the picture is missing")


def test_a_truncated_png_comes_in_with_a_warning(tmp_path: Path) -> None:
    content = encoded(picture(), "PNG", exif=b"Exif\0\0" + tiff())
    assert warned(read(tmp_path, content[:-3000]), "part of the picture is missing")


def test_what_phones_append_to_a_jpeg_is_no_damage(tmp_path: Path) -> None:
    video = b"\0\0\0\x18ftypmp42" + bytes(100_000)
    xmp = segment(0xE1, b'http://ns.adobe.com/xap/1.0/\0<Item:Length="%d"/>' % len(video))
    plain = jpeg()
    for content in (
        plain + bytes(20_000) + b"SEFT",
        plain[:2] + xmp + plain[2:] + video,
        plain + bytes(20_000),
        plain + jpeg(b"", 800, 600)[:-2],
    ):
        assert read(tmp_path, content).warnings == ()


def test_a_corrupt_exif_block_leaves_the_picture(tmp_path: Path) -> None:
    for block in (b"MM\0*\0\0\0\x08\xff\xff", b"garbage", tiff()[:60], b"II*\0\xff\xff\xff\xff"):
        photo = read(tmp_path, jpeg(block))
        assert warned(photo, "EXIF data of “photo.jpg” is damaged")
        assert photo.width == 64


def test_one_broken_tag_does_not_take_the_others_along(tmp_path: Path) -> None:
    image = made.PHONE | {made.ORIENTATION: (99, 1, b"\0\0"), made.DATE_TIME: (2, 4_000_000_000, b"abcdef")}
    photo = read(tmp_path, jpeg(tiff(image)))
    assert warned(photo, "is damaged")
    assert (photo.model, photo.orientation, photo.exif_lon) == ("Phone 1", 1, pytest.approx(24.9341667))


def test_html_in_make_stays_text_and_control_characters_go(tmp_path: Path) -> None:
    image = {
        made.MAKE: ascii_field("<b>Evil & Sons</b>\x1b[31m\x07"),
        made.MODEL: ascii_field(b"Caf\xe9\0rubbish"),
    }
    photo = read(tmp_path, jpeg(tiff(image)))
    assert (photo.make, photo.model) == ("<b>Evil & Sons</b>[31m", "Café")


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_impossible_orientation_is_none(tmp_path: Path, orientation: int) -> None:
    image = made.PHONE | {made.ORIENTATION: short_field(orientation)}
    photo = read(tmp_path, jpeg(tiff(image)))
    assert (photo.orientation, photo.width) == (1, 64)


ZERO = rational_field((0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({made.LAT: ZERO}, "cannot be read"),
        ({made.LAT: rational_field((60, 1), (10, 0), (0, 1))}, "cannot be read"),
        ({made.LAT: ascii_field("somewhere")}, "cannot be read"),
        ({made.LAT: degrees_field(91)}, "There is no such place"),
        ({made.LON: degrees_field(181)}, "There is no such place"),
        ({made.LAT: degrees_field(0), made.LON: degrees_field(0)}, "0° north, 0° east"),
    ],
)
def test_an_impossible_position_is_left_out(tmp_path: Path, change: dict[int, Field], words: str) -> None:
    photo = with_gps(tmp_path, made.HELSINKI | change)
    assert warned(photo, words)
    assert (photo.exif_lat, photo.exif_lon) == (None, None)
    assert photo.taken is not None


def test_half_a_position_is_none(tmp_path: Path) -> None:
    photo = with_gps(tmp_path, {made.LAT: degrees_field(60), made.LAT_REF: ascii_field("N")})
    assert warned(photo, "cannot be read")
    assert photo.exif_lat is None


@pytest.mark.parametrize(
    ("lat", "degrees"),
    [
        ("52,00000,50,00000,34,0118", 52.842781055),
        ("52.0;50.0;34.0118", 52.842781055),
        ("52° 50' 34.0118\"", 52.842781055),
        ("52.842781055", 52.842781055),
        ("52,842781055", 52.842781055),
        ("52,50.56686S", -52.842781),
    ],
)
def test_degrees_as_text_are_read_and_told(tmp_path: Path, lat: str, degrees: float) -> None:
    gps = made.HELSINKI | {made.LAT: ascii_field(lat)}
    if lat.endswith("S"):
        del gps[made.LAT_REF]
    photo = with_gps(tmp_path, gps)
    assert photo.exif_lat == pytest.approx(degrees, abs=1e-7)
    assert warned(photo, "as text")
    assert len(photo.warnings) == 1


def test_a_missing_hemisphere_is_taken_for_north_and_east_and_told(tmp_path: Path) -> None:
    gps = {tag: made.HELSINKI[tag] for tag in (made.LAT, made.LON)}
    photo = with_gps(tmp_path, gps)
    assert warned(photo, "which side of the equator")
    assert photo.exif_lat == pytest.approx(60.1700944)


def test_a_position_without_fix_is_told(tmp_path: Path) -> None:
    assert warned(with_gps(tmp_path, made.HELSINKI | {made.STATUS: ascii_field("V")}), "had no fix")


def test_a_direction_without_its_north_is_told(tmp_path: Path) -> None:
    photo = with_gps(tmp_path, made.HELSINKI | {made.DIRECTION: rational_field((3600, 10))})
    assert warned(photo, "from true or from magnetic north")
    assert (photo.direction, photo.direction_ref) == (0, None)


def test_an_impossible_direction_is_left_out(tmp_path: Path) -> None:
    photo = with_gps(tmp_path, made.HELSINKI | {made.DIRECTION: rational_field((7000, 10))})
    assert warned(photo, "a direction of 700")
    assert photo.direction is None


def test_numbers_divided_by_zero_are_left_out(tmp_path: Path) -> None:
    tags = (made.DIRECTION, made.ALTITUDE, made.SPEED, made.ACCURACY, made.TRACK)
    photo = with_gps(tmp_path, made.HELSINKI | {tag: rational_field((1, 0)) for tag in tags})
    assert warned(photo, "divided by zero")
    assert {photo.direction, photo.altitude, photo.speed, photo.accuracy, photo.course} == {None}
    assert photo.exif_lat is not None


@pytest.mark.parametrize("text", ["2014:09:259", "soon", "2026:13:01"])
def test_a_malformed_gps_date_is_told(tmp_path: Path, text: str) -> None:
    time = {made.DATE: ascii_field(text), made.TIME: rational_field((1, 1), (2, 1), (3, 1))}
    photo = with_gps(tmp_path, made.HELSINKI | time)
    assert warned(photo, f"GPS date of “photo.jpg” cannot be read: “{text}”")
    assert photo.gps_time is None
    assert photo.exif_lat is not None


@pytest.mark.parametrize(
    "clock", [((0, 1), (0, 1), (0, 1)), ((25, 1), (0, 1), (0, 1)), ((1, 0), (0, 1), (0, 1))]
)
def test_an_impossible_gps_time_is_left_out(tmp_path: Path, clock: tuple[tuple[int, int], ...]) -> None:
    time = {made.DATE: ascii_field("2026:06:14"), made.TIME: rational_field(*clock)}
    photo = with_gps(tmp_path, made.HELSINKI | time)
    assert warned(photo, "GPS time of “photo.jpg” makes no sense")
    assert photo.gps_time is None


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", ""])
def test_an_empty_date_is_no_date(tmp_path: Path, text: str) -> None:
    photo = with_date(tmp_path, {made.DATE_ORIGINAL: ascii_field(text)})
    assert warned(photo, "does not say when it was taken")
    assert photo.taken is None


@pytest.mark.parametrize("text", ["yesterday", "2026:02:30 10:00:00", "2026:06:14", "2026:06:14 25:00:00"])
def test_a_malformed_date_is_told(tmp_path: Path, text: str) -> None:
    photo = with_date(tmp_path, {made.DATE_ORIGINAL: ascii_field(text)})
    assert warned(photo, f"cannot be read: “{text}”")
    assert photo.taken is None


def test_a_date_with_its_zone_behind_it_is_read(tmp_path: Path) -> None:
    photo = with_date(tmp_path, {made.DATE_ORIGINAL: ascii_field("2022:01:10 15:15:44.5-04:00")})
    assert (photo.taken, photo.taken_offset) == (datetime(2022, 1, 10, 15, 15, 44, 500_000), -240)
    assert warned(photo, "unusual form")


def test_another_date_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    digitized = {made.DATE_DIGITIZED: ascii_field("2026:06:14 12:00:02")}
    changed = made.PHONE | {made.DATE_TIME: ascii_field("2026:06:14 12:00:03")}
    for photo, second in (
        (with_date(tmp_path, digitized, changed), 2),
        (with_date(tmp_path, {}, changed), 3),
        (with_date(tmp_path, {made.DATE_ORIGINAL: ascii_field("rubbish")}, changed), 3),
    ):
        assert photo.taken == datetime(2026, 6, 14, 12, 0, second)
        assert warned(photo, "stored or changed")


def test_a_clock_that_was_never_set_or_runs_ahead_is_told(tmp_path: Path) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y:%m:%d %H:%M:%S")
    for text in ("1970:01:01 00:00:10", "1980:01:06 00:00:00", ahead):
        photo = with_date(tmp_path, {made.DATE_ORIGINAL: ascii_field(text)})
        assert warned(photo, "The clock behind “photo.jpg” was wrong")
        assert photo.taken == datetime.strptime(text, "%Y:%m:%d %H:%M:%S")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_makes_the_reader_fall_over(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(jpeg(tiff(thumbnail=encoded(picture(16, 12)))))
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, min(len(content), 1500) - 1))] = data.draw(st.integers(0, 255))
    try:
        photo = read(tmp_path, bytes(content[: data.draw(st.integers(1, len(content)))]))
    except CamwalkError:
        return
    assert photo.width
    assert photo.exif_lat is None or -90 <= photo.exif_lat <= 90
