"""Decoding: what is a picture becomes a few pixels, and nothing else does anything."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from hubbub.tui.decoding import Undrawable, decode, shrink
from hubbub.tui.rasters import Raster

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def encoded(picture: Image.Image, format_: str = "PNG", **how: object) -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    picture.save(file, format_, **how)
    return file.getvalue()


def colour_at(raster: Raster, x: int, y: int) -> tuple[int, ...]:
    """Return a pixel."""
    at = (y * raster.width + x) * 4
    return tuple(raster.pixels[at : at + 4])


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP"])
def test_what_is_drawn(format_: str) -> None:
    """All kinds that the server shows, with no more pixels than are ever drawn."""
    raster = decode(encoded(Image.new("RGB", (600, 300), BLUE), format_))
    assert (raster.width, raster.height) == (48, 24)
    red, green, blue, cover = colour_at(raster, 20, 10)
    assert (red < 8, green < 8, blue > 246, cover) == (True, True, True, 255)


@pytest.mark.parametrize("format_", ["BMP", "TIFF", "PPM", "ICO", "PCX", "TGA"])
def test_what_nobody_has_asked_for_is_not_tried(format_: str) -> None:
    """Pillow knows many more formats, and what decodes them has seen less of the world."""
    with pytest.raises(Undrawable):
        decode(encoded(Image.new("RGB", (16, 16)), format_))


def test_small_ones_stay_small() -> None:
    """Pixel by pixel."""
    picture = Image.new("RGB", (3, 2), RED)
    picture.putpixel((2, 1), GREEN)
    raster = decode(encoded(picture))
    assert (raster.width, raster.height) == (3, 2)
    assert colour_at(raster, 0, 0) == (*RED, 255)
    assert colour_at(raster, 2, 1) == (*GREEN, 255)


def test_how_a_camera_was_held_is_respected() -> None:
    """EXIF says so: 6 is a quarter turn to the right."""
    picture = Image.new("RGB", (4, 2), RED)
    picture.putpixel((0, 0), GREEN)
    exif = Image.Exif()
    exif[0x0112] = 6
    raster = decode(encoded(picture, exif=exif))
    assert (raster.width, raster.height) == (2, 4)
    assert colour_at(raster, 1, 0) == (*GREEN, 255)


def test_what_is_seen_through_is_told() -> None:
    """By how much each pixel covers, also where one colour of a palette is none."""
    assert colour_at(decode(encoded(Image.new("RGBA", (2, 2), (*RED, 100)))), 0, 0) == (*RED, 100)
    listed = Image.new("P", (2, 2), 0)
    listed.putpalette([*RED, *GREEN])
    assert colour_at(decode(encoded(listed, "GIF", transparency=0)), 0, 0)[3] == 0


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_of_what_moves_how_it_begins_is_seen(format_: str) -> None:
    """Nothing moves here."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in (GREEN, RED)]
    data = encoded(frames[0], format_, save_all=True, append_images=frames[1:])
    red, green, _, _ = colour_at(decode(data), 4, 4)
    assert green > 200 > red


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_any_kind_of_pixel_will_do(mode: str) -> None:
    """Grey, black and white, for a printer, or finer than any screen."""
    format_ = "JPEG" if mode == "CMYK" else "PNG"
    assert decode(encoded(Image.new(mode, (8, 8)), format_)).width == 8


def test_a_bomb_is_not_decoded() -> None:
    """A few bytes that would be four gigabytes are told by their first lines."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 32_000, 32_000, 8, 6, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")
    assert len(bomb) < 2_000
    with pytest.raises(Undrawable):
        decode(bomb)
    with pytest.raises(Undrawable, match="2001 × 2000 pixels"):
        decode(encoded(Image.new("1", (2_001, 2_000))))


def test_what_is_broken_is_not_drawn() -> None:
    """Cut off anywhere, turned over anywhere, or no picture at all."""
    whole = encoded(Image.effect_noise((64, 64), 50))
    for data in (b"", b"hello", b"\x89PNG\r\n\x1a\n", whole[:100], whole[: len(whole) // 2]):
        with pytest.raises(Undrawable):
            decode(data)
    for place in range(8, 200):
        turned = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            raster = decode(turned)
        except Undrawable:
            continue
        assert len(raster.pixels) == raster.width * raster.height * 4


def test_shrinking() -> None:
    """Fewer pixels for a narrower place; the same ones where there is room."""
    raster = decode(encoded(Image.new("RGB", (600, 300), GREEN)))
    assert shrink(raster, 48, 24) is raster
    small = shrink(raster, 12, 6)
    assert (small.width, small.height, colour_at(small, 3, 3)) == (12, 6, (*GREEN, 255))


def test_who_sees_no_pictures_loads_nothing_for_them() -> None:
    """Neither what decodes them nor what fetches them: a client is to be there at once."""
    look = "import sys, hubbub.tui.app; print(*{'PIL', 'httpx'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert (found.stdout.strip(), found.stderr) == ("", "")
