"""Pictures in a process of their own: what is made of them, and what of those that were made to do harm."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from hubbub.service.pictures import Refined
from hubbub.stores.pictures import worker
from hubbub.stores.pictures.process import PictureProcesses
from hubbub.stores.pictures.worker import ORIENTATION, THUMBNAIL
from tests.wire.pictures.bombs import PNG_BOMB, PNG_LIAR, png_of
from tests.wire.pictures.test_stripping import SECRET, TELLING, exif, moving, saved

LARGE: Final = (1_200, 800)


async def refine(folder: Path, data: bytes) -> Refined | None:
    """Look at a picture."""
    source = folder / "part"
    source.write_bytes(data)
    return await PictureProcesses().refine(source)


def gradient() -> Image.Image:
    """Return a picture with four different corners."""
    across = Image.linear_gradient("L").resize(LARGE)
    return Image.merge("RGB", (across, across.transpose(Image.Transpose.ROTATE_180), Image.new("L", LARGE, 90)))


@pytest.mark.parametrize("name", [name for name in TELLING if "cmyk" not in name])
async def test_a_picture_is_known_and_clean(tmp_path: Path, name: str) -> None:
    """Its type, its size, and without what it tells; what came is left as it was."""
    data = TELLING[name]()
    found = await refine(tmp_path, data)
    assert found is not None
    assert found.media_type.removeprefix("image/") in name.split()
    assert (found.width, found.height, found.thumbnail) == (70, 50, None)
    assert found.clean is not None
    assert SECRET not in found.clean.read_bytes()
    assert (tmp_path / "part").read_bytes() == data


async def test_a_large_picture_gets_a_smaller_one(tmp_path: Path) -> None:
    """Of the same shape, and as it looks; transparent where it is, and of one that moves how it begins."""
    for data, mode in (
        (saved("JPEG", gradient()), "RGB"),
        (saved("PNG", gradient().convert("RGBA")), "RGBA"),
        (saved("GIF", gradient().convert("P")), "RGB"),
    ):
        found = await refine(tmp_path, data)
        assert found is not None
        assert (found.width, found.height) == LARGE
        assert found.thumbnail is not None
        with Image.open(found.thumbnail) as small:
            assert (small.format, small.size[0], small.size[1]) == ("WEBP", THUMBNAIL[0], 427)
            expected = gradient().resize(small.size)
            assert max(ImageStat.Stat(ImageChops.difference(small.convert("RGB"), expected)).mean) < 6
            del mode


@pytest.mark.parametrize(
    ("kind", "turn"), [*(("JPEG", turn) for turn in range(1, 9)), ("PNG", 6), ("PNG", 1), ("WEBP", 6), ("WEBP", 2)]
)
async def test_a_photo_stands_upright(tmp_path: Path, kind: str, turn: int) -> None:
    """However the camera was held, it is kept as it is to be seen, and next to nothing is lost by that."""
    told = exif()
    told[ORIENTATION] = turn
    data = saved(kind, gradient(), exif=told, quality=90)
    found = await refine(tmp_path, data)
    assert found is not None
    assert found.clean is not None
    with Image.open(BytesIO(data)) as before, Image.open(found.clean) as after:
        expected = ImageOps.exif_transpose(before)
        assert after.size == expected.size == (found.width, found.height)
        assert max(ImageStat.Stat(ImageChops.difference(after.convert("RGB"), expected.convert("RGB"))).mean) < 1
        assert not after.getexif()
    assert SECRET not in found.clean.read_bytes()
    assert found.clean.stat().st_size < 1.5 * len(data)


async def test_what_moves_goes_on_moving(tmp_path: Path) -> None:
    """Also where a camera is said to have been turned."""
    told = exif()
    told[ORIENTATION] = 6
    for data in (moving("GIF"), moving("WEBP", exif=told), moving("PNG")):
        found = await refine(tmp_path, data)
        assert found is not None
        with Image.open(found.clean or tmp_path / "part") as picture:
            assert getattr(picture, "n_frames", 1) == 4


NOT_SHOWN: Final = {
    "a bomb": PNG_BOMB,
    "a bomb by its width alone": png_of(70_000, 1, b""),
    "one with nothing in it": png_of(100, 100, b""),
    "one with noise in it": png_of(100, 100, b"\xff" * 100),
    "one without a size": png_of(0, 0, b""),
    "one of another kind": b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9",
}


@pytest.mark.parametrize("name", NOT_SHOWN)
async def test_what_could_harm_whoever_sees_it_is_not_shown(tmp_path: Path, name: str) -> None:
    """It is kept as an ordinary file."""
    found = await refine(tmp_path, NOT_SHOWN[name])
    assert found is not None
    assert (found.media_type, found.width, found.thumbnail) == ("", 0, None)


async def test_what_has_more_in_it_than_it_says_harms_nobody(tmp_path: Path) -> None:
    """Only as much is unpacked as the picture has."""
    found = await refine(tmp_path, PNG_LIAR)
    assert found is not None
    assert found.width in {0, 4_000}


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg/>", b"II*\0" + bytes(100), b"BM" + bytes(100)])
async def test_what_is_no_picture_is_not_looked_at(tmp_path: Path, data: bytes) -> None:
    """Or is of a kind that is not shown."""
    assert await refine(tmp_path, data) is None


def test_what_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an ordinary file."""
    source = tmp_path / "part"
    source.write_bytes(saved("JPEG"))
    monkeypatch.setattr(worker, "INPUT_BYTES", source.stat().st_size)
    assert worker.refine(source)["media_type"] == "image/jpeg"
    monkeypatch.setattr(worker, "INPUT_BYTES", source.stat().st_size - 1)
    assert worker.refine(source) == {}


async def test_whoever_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """Nobody waits for him, and others go on."""
    source = tmp_path / "part"
    source.write_bytes(saved("JPEG", gradient()))
    hasty = PictureProcesses(patience_seconds=0.001)
    assert await hasty.refine(source) == Refined()
    found = await asyncio.gather(*(PictureProcesses().refine(source) for _ in range(3)))
    assert all(one is not None and one.width == LARGE[0] for one in found)
