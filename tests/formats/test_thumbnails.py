"""Small pictures: those that devices embed, and true ones."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile, ImageOps

from camwalk import paths
from camwalk.formats.photo_file import read_photo
from camwalk.formats.thumbnails import Size, cached_thumbnail, embedded_thumbnail, thumbnail
from camwalk.model import CamwalkError
from tests.formats import make_photos as made
from tests.formats.make_photos import encoded, jpeg, picture, segment, short_field, tiff, written


def photo(folder: Path, orientation: int = 1, width: int = 1600, height: int = 1200) -> str:
    image = made.PHONE | {made.ORIENTATION: short_field(orientation)}
    return written(folder, jpeg(tiff(image, thumbnail=encoded(picture(160, 120))), width, height))


def true_thumbnail(path: str, size: Size = 256) -> Image.Image:
    with Image.open(BytesIO(thumbnail(path, read_photo(path).fingerprint, size))) as image:
        image.load()
        return image


def red_corner(image: Image.Image) -> tuple[bool, bool]:
    """In which quarter the red is: whether right, whether below."""
    width, height = image.size
    quarters = {
        (right, below): image.convert("RGB").getpixel(
            (width * (1 + 2 * right) // 4, height * (1 + 2 * below) // 4)
        )
        for right in (False, True)
        for below in (False, True)
    }
    return max(quarters, key=lambda at: quarters[at][0] - quarters[at][1])  # type: ignore[index,operator]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_both_kinds_of_thumbnail_are_upright(tmp_path: Path, orientation: int) -> None:
    path = photo(tmp_path, orientation)
    embedded = embedded_thumbnail(path)
    assert embedded is not None
    with Image.open(path) as whole:
        expected = red_corner(ImageOps.exif_transpose(whole))
    small, true = Image.open(BytesIO(embedded)), true_thumbnail(path)
    assert small.size == ((160, 120) if orientation < 5 else (120, 160))
    assert true.size == ((256, 192) if orientation < 5 else (192, 256))
    assert red_corner(small) == red_corner(true) == expected


def test_one_decode_serves_both_sizes(tmp_path: Path) -> None:
    path = photo(tmp_path)
    key = read_photo(path).fingerprint
    assert cached_thumbnail(key, 256) is None
    small = thumbnail(path, key, 256)
    large = cached_thumbnail(key, 1024)
    assert large is not None
    assert Image.open(BytesIO(large)).size == (1024, 768)
    kept = sorted((paths.cache_folder() / "thumbnails" / key[:2]).iterdir())
    assert [file.read_bytes() for file in kept] == [large, small]
    Path(path).unlink()
    assert thumbnail(path, key, 256) == cached_thumbnail(key, 256) == small


def test_small_pictures_are_not_blown_up(tmp_path: Path) -> None:
    path = photo(tmp_path, 1, 40, 30)
    assert true_thumbnail(path, 1024).size == true_thumbnail(path, 256).size == (40, 30)


def test_very_long_pictures_keep_a_side(tmp_path: Path) -> None:
    assert true_thumbnail(photo(tmp_path, 1, 3000, 5)).size == (256, 1)


@pytest.mark.parametrize("share", [0.4, 0.9])
def test_of_a_truncated_jpeg_what_is_there_is_shown(tmp_path: Path, share: float) -> None:
    content = jpeg(None, 1600, 1200)
    path = written(tmp_path, content[: int(len(content) * share)])
    image = true_thumbnail(path)
    assert (image.size, red_corner(image)) == ((256, 192), (False, False))
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_of_a_truncated_progressive_jpeg_what_is_there_is_shown(tmp_path: Path) -> None:
    content = encoded(picture(800, 600), progressive=True)
    assert true_thumbnail(written(tmp_path, content[: len(content) // 2])).size == (256, 192)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_a_jpeg(tmp_path: Path, mode: str) -> None:
    image = (
        picture(300, 200).convert("L").convert("I;16") if mode == "I;16" else picture(300, 200).convert(mode)
    )
    form = "JPEG" if mode == "CMYK" else "PNG"
    path = written(tmp_path, encoded(image, form, exif=b"Exif\0\0" + tiff()))
    assert true_thumbnail(path).size == (256, 171)


def test_a_transparent_picture_is_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    path = written(tmp_path, encoded(clear, "PNG", exif=b"Exif\0\0" + tiff()))
    assert true_thumbnail(path).getpixel((25, 25)) == (255, 255, 255)


def test_heic_is_upright_too(shared: Path, tmp_path: Path) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    image = made.PHONE | {made.ORIENTATION: short_field(6)}
    picture(320, 240).save(tmp_path / "p.heic", exif=b"Exif\0\0" + tiff(image))
    true = true_thumbnail(str(tmp_path / "p.heic"))
    assert (true.size, red_corner(true)) == ((192, 256), (True, False))
    assert embedded_thumbnail(str(tmp_path / "p.heic")) is None


@pytest.mark.parametrize("content", [b"", b"text", jpeg()[:200], encoded(picture(), "PNG")[:60]])
def test_a_picture_without_content_is_told(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    with pytest.raises(CamwalkError, match=r"photo\.jpg"):
        thumbnail(path, "ab12", 256)
    assert embedded_thumbnail(path) is None


def test_a_truncated_png_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(picture(400, 300), "PNG")[:5000])
    with pytest.raises(CamwalkError, match="is damaged and cannot be shown"):
        thumbnail(path, "ab12", 256)
    assert cached_thumbnail("ab12", 256) is None


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert embedded_thumbnail(str(tmp_path / "gone.jpg")) is None
    with pytest.raises(CamwalkError, match="cannot be read"):
        thumbnail(str(tmp_path / "gone.jpg"), "ab12", 256)


def test_a_bad_embedded_thumbnail_is_not_handed_out(tmp_path: Path) -> None:
    good = encoded(picture(160, 120))
    huge = good.replace(b"\0\x78\0\xa0", b"\xff\xf0\xff\xf0", 1)
    for bad in (b"", b"no picture", good[:500], huge):
        assert embedded_thumbnail(written(tmp_path, jpeg(tiff(thumbnail=bad)))) is None
    assert embedded_thumbnail(written(tmp_path, jpeg(b""))) is None


def test_a_decompression_bomb_is_not_decoded(tmp_path: Path) -> None:
    content = jpeg().replace(b"\0\x30\0\x40", b"\xff\xf0\xff\xf0", 1)
    with pytest.raises(CamwalkError, match="pixels"):
        thumbnail(written(tmp_path, content), "ab12", 256)


def test_a_fingerprint_from_a_strange_survey_leads_nowhere_else(tmp_path: Path) -> None:
    thumbnail(photo(tmp_path), "../../../evil", 256)
    assert len(list((paths.cache_folder() / "thumbnails").rglob("*.jpg"))) == 2, "both sizes"


@pytest.mark.parametrize("in_the_way", ["cache", "cache/thumbnails"])
def test_without_a_usable_cache_pictures_are_there_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_the_way: str
) -> None:
    monkeypatch.setenv("CAMWALK_CACHE", str(tmp_path / "cache"))
    (tmp_path / in_the_way).parent.mkdir(exist_ok=True)
    (tmp_path / in_the_way).write_text("in the way", "utf-8")
    path = photo(tmp_path)
    assert thumbnail(path, in_the_way, 256).startswith(b"\xff\xd8")
    assert (tmp_path / in_the_way).read_text("utf-8") == "in the way"
    assert cached_thumbnail(in_the_way, 256), "kept as long as the process runs"
    assert paths.cache_is_temporary()


def test_a_cached_picture_that_was_cut_short_to_nothing_is_made_anew(tmp_path: Path) -> None:
    path = photo(tmp_path)
    whole = thumbnail(path, "ab12", 256)
    next(paths.cache_folder("thumbnails").rglob("ab12-256.jpg")).write_bytes(b"")
    assert thumbnail(path, "ab12", 256) == whole


def test_other_segments_before_exif_do_not_hide_the_thumbnail(tmp_path: Path) -> None:
    content = jpeg(tiff(thumbnail=encoded(picture(160, 120))))
    shifted = content[:2] + segment(0xE2, bytes(65_000)) * 2 + content[2:]
    assert embedded_thumbnail(written(tmp_path, shifted)) is not None


def test_real_photos_have_upright_thumbnails(shared: Path) -> None:
    path = str(shared / "data/photos/phones/Apple_iPhone_5.jpg")
    with Image.open(path) as whole:
        expected = ImageOps.exif_transpose(whole).resize((16, 12)).convert("L")
    embedded = embedded_thumbnail(path)
    assert embedded is not None
    for image in (Image.open(BytesIO(embedded)), true_thumbnail(path)):
        small = image.resize((16, 12)).convert("L")
        differences = [abs(a - b) for a, b in zip(small.tobytes(), expected.tobytes(), strict=True)]
        assert sum(differences) / len(differences) < 12
