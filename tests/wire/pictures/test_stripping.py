"""Stripping: a picture stays the same, bit for bit, and tells nothing besides."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hubbub.wire.pictures.errors import BrokenPicture
from hubbub.wire.pictures.stripping import kind_of, strip
from tests.fuzz.budget import QUICK
from tests.wire.pictures.bombs import png_chunk

SECRET: Final = b"52.5163 N 13.3777 E, taken by ann"
ZIP: Final = b"PK\x03\x04" + b"another file altogether"


def noise(size: tuple[int, int] = (70, 50), mode: str = "RGB") -> Image.Image:
    """Return a picture that no encoder makes simple."""
    return Image.effect_noise(size, 80).convert(mode)


def exif() -> Image.Exif:
    """Return what a telephone writes into a photo."""
    told = Image.Exif()
    told[0x010E] = SECRET.decode()
    told[0x8825] = {1: "N", 2: (52.0, 30.0, 58.0)}
    return told


def saved(kind: str, picture: Image.Image | None = None, **options: Any) -> bytes:  # noqa: ANN401 - what Pillow takes
    """Return a picture's file."""
    into = BytesIO()
    (picture or noise()).save(into, kind, **options)
    return into.getvalue()


def frames(mode: str = "P") -> list[Image.Image]:
    """Return a picture that moves."""
    return [noise(mode=mode) for _ in range(4)]


def moving(kind: str, **options: Any) -> bytes:  # noqa: ANN401 - as above
    """Return its file."""
    first, *others = frames("RGB" if kind != "GIF" else "P")
    return saved(kind, first, save_all=True, append_images=others, loop=3, duration=[10, 20, 30, 40], **options)


def png_texts() -> PngInfo:
    """Return what can be written into a PNG."""
    told = PngInfo()
    told.add_text("Comment", SECRET.decode())
    told.add_itxt("Author", SECRET.decode())
    told.add_text("Zipped", SECRET.decode() * 2, zip=True)
    return told


def chunk_before_end(data: bytes, kind: bytes) -> bytes:
    """Return a PNG with one chunk more."""
    end = data.index(b"IEND") - 4
    return data[:end] + png_chunk(kind, SECRET) + data[end:]


def gif_comment(data: bytes) -> bytes:
    """Return a GIF with a comment, and with what an application wrote."""
    block = bytes([len(SECRET)]) + SECRET + b"\0"
    application = b"\x21\xff\x0bXMP DataXMP" + block
    return data[:-1] + b"\x21\xfe" + block + application + b"\x3b"


PROFILE: Final = b"\0\0\x02\x0cappl" + bytes(500)
XMP: Final = b"http://ns.adobe.com/xap/1.0/\0" + SECRET

TELLING: Final[dict[str, Callable[[], bytes]]] = {
    "jpeg": lambda: saved("JPEG", exif=exif(), comment=SECRET, icc_profile=PROFILE, xmp=XMP),
    "progressive jpeg": lambda: saved("JPEG", exif=exif(), progressive=True, comment=SECRET),
    "jpeg with restarts": lambda: saved("JPEG", exif=exif(), restart_marker_blocks=2, comment=SECRET),
    "grey jpeg": lambda: saved("JPEG", noise(mode="L"), comment=SECRET),
    "cmyk jpeg": lambda: saved("JPEG", noise(mode="CMYK"), comment=SECRET),
    "png": lambda: saved("PNG", exif=exif(), pnginfo=png_texts(), icc_profile=PROFILE, dpi=(300, 300)),
    "png with an unknown chunk": lambda: chunk_before_end(saved("PNG"), b"anNx"),
    "transparent png": lambda: saved("PNG", noise(mode="RGBA"), pnginfo=png_texts()),
    "png of a palette": lambda: saved("PNG", noise(mode="P"), pnginfo=png_texts(), transparency=3),
    "moving png": lambda: moving("PNG", pnginfo=png_texts()),
    "gif": lambda: gif_comment(saved("GIF", noise(mode="P"))),
    "moving gif": lambda: gif_comment(moving("GIF")),
    "webp": lambda: saved("WEBP", exif=exif(), xmp=XMP, icc_profile=PROFILE),
    "lossless webp": lambda: saved("WEBP", noise(mode="RGBA"), lossless=True, exif=exif()),
    "transparent webp": lambda: saved("WEBP", noise(mode="RGBA"), exif=exif()),
    "moving webp": lambda: moving("WEBP", exif=exif(), xmp=XMP),
}


def seen(data: bytes) -> list[Any]:
    """Return all that somebody sees of a picture: each frame, how long, how often, and in which colours."""
    with Image.open(BytesIO(data)) as picture:
        told: list[Any] = [picture.format, picture.mode, picture.size, picture.info.get("icc_profile")]
        told += [picture.info.get("loop"), picture.info.get("transparency")]
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            told += [picture.info.get("duration"), picture.convert("RGBA").tobytes()]
    return told


@pytest.mark.parametrize("name", TELLING)
@pytest.mark.parametrize("behind", [b"", ZIP])
def test_a_picture_stays_and_tells_nothing(name: str, behind: bytes) -> None:
    """In every frame, colour and duration the same; no place, camera, name or comment, and nothing behind its end."""
    data = TELLING[name]() + behind
    stripped = strip(data)
    assert seen(stripped) == seen(data)
    for secret in (SECRET, SECRET.decode().encode("utf-16-le"), b"Exif", b"xap/1.0", ZIP[4:], b"Zipped"):
        assert secret not in stripped
    with Image.open(BytesIO(stripped)) as picture:
        assert not picture.getexif()
    assert strip(stripped) == stripped


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_tells_nothing_is_left_alone(kind: str) -> None:
    """To the last byte."""
    data = saved(kind)
    assert strip(data) == data


@pytest.mark.parametrize("name", TELLING)
def test_a_picture_that_is_cut_off_is_none(name: str) -> None:
    """Wherever it is cut: nothing may be thought whole that is not."""
    whole = strip(TELLING[name]())
    for end in {*range(0, len(whole), 97), *range(max(len(whole) - 12, 0), len(whole))}:
        with pytest.raises(BrokenPicture):
            strip(whole[:end])


def any_beginning() -> st.SearchStrategy[bytes]:
    """Draw how these files begin."""
    heads = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(7), b"RIFF\x20\0\0\0WEBP", b""]
    return st.sampled_from(heads)


@QUICK
@given(
    any_beginning(),
    st.binary(max_size=200)
    | st.text(alphabet="\xff\xd8\xd9\xda\0\x01,!;", max_size=60).map(lambda text: text.encode("latin-1")),
)
def test_any_bytes_are_stripped_or_refused(beginning: bytes, rest: bytes) -> None:
    """And what is left is a picture of that kind at least by its beginning, and nothing more can be taken from it."""
    try:
        stripped = strip(beginning + rest)
    except BrokenPicture:
        return
    assert kind_of(stripped) == kind_of(beginning + rest)
    assert strip(stripped) == stripped
