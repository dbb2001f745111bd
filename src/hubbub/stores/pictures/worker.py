"""The picture worker: a process that looks at one picture, and may die of it.

Started with the path of a file; writes `PATH.clean`, `PATH.turned` and `PATH.thumbnail` where they make sense, and
prints as JSON what it found: nothing where it is not to be shown. It is not trusted: whoever takes it over has the
rights of the server's user, but no connection, no secret, and no more memory and time than one picture needs.
"""

import json
import resource
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from hubbub.wire.pictures.errors import BrokenPicture
from hubbub.wire.pictures.stripping import BEGINNING_BYTES, kind_of, strip

MEMORY_BYTES: Final = 1 << 30
"""All memory that the process may ask for: 1 GiB. The largest picture takes a fourth of it when it is decoded."""

CPU_SECONDS: Final = 20
"""Time that it may reckon; an ordinary photo takes less than one second."""

OUTPUT_BYTES: Final = 128 * 1_024 * 1_024
"""Largest file that it may write."""

PIXELS: Final = 64_000_000
"""Most pixels of a picture that is shown: a large camera's. In a browser each takes four bytes, of everybody who looks
at it."""

SIDE: Final = 16_384
"""Longest side: beyond, browsers on telephones show nothing (a canvas of Safari has 16 384)."""

INPUT_BYTES: Final = 64 * 1_024 * 1_024
"""Largest file that is looked at; a photo of 64 million pixels has half of it."""

THUMBNAIL: Final = (640, 640)
"""What a thumbnail fits into, in pixels: twice the size at which a card shows it, for screens with small pixels."""

THUMBNAIL_QUALITY: Final = 80
ENCODED_AGAIN_QUALITY: Final = 95
"""Of WebP and, where there are no tables of the first encoding to take again, of JPEG; 100 is the best."""

ORIENTATION: Final = 0x0112
"""The tag of EXIF that tells how a camera was held. JEITA CP-3451, section 4.6.4."""

TURNS: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What has to be done to a picture by its value, but for 1, which is upright."""

TURNED_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Values where width and height change places."""


def main(path: str) -> None:
    """Look at one picture, and print what it is."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    # Our own limit is checked before anything is decoded.
    Image.MAX_IMAGE_PIXELS = None
    sys.stdout.write(json.dumps(refine(Path(path))))


def refine(source: Path) -> dict[str, Any]:
    """Return what a picture is, having written what is made of it. Any error says that it is none to be shown."""
    if source.stat().st_size > INPUT_BYTES:
        return {}
    data = source.read_bytes()
    kind = kind_of(data[:BEGINNING_BYTES])
    if kind is None:
        return {}
    try:
        stripped = strip(data)
    except BrokenPicture:
        return {}
    if stripped != data:
        # Whoever waits takes it as soon as it is there, also where the rest comes to nothing: so it is whole at once.
        source.with_suffix(".new").write_bytes(stripped)
        source.with_suffix(".new").rename(source.with_suffix(".clean"))
    try:
        return _show(source, source.with_suffix(".clean") if stripped != data else source, kind)
    except Exception:  # noqa: BLE001 - Pillow raises whatever it likes at what it was not made for
        return {}


def _show(source: Path, clean: Path, kind: str) -> dict[str, Any]:
    """Return what clients need to show it; nothing where they had better not."""
    formats = (kind.removeprefix("image/").upper(),)
    with Image.open(clean, formats=formats) as picture:
        if picture.width * picture.height > PIXELS or max(picture.size) > SIDE:
            return {}
        turn = _orientation(source, formats)
        is_turned = turn in TURNS and getattr(picture, "n_frames", 1) == 1
        if is_turned:
            clean = source.with_suffix(".turned")
            _turn(picture, turn, clean)
    with Image.open(clean, formats=formats) as picture:
        width, height = picture.size
        has_thumbnail = _make_thumbnail(picture, source.with_suffix(".thumbnail"))
    return {
        "media_type": kind,
        "width": width,
        "height": height,
        "is_turned": is_turned,
        "has_thumbnail": has_thumbnail,
    }


def _orientation(source: Path, formats: tuple[str]) -> int:
    """Return how a camera was held, which the stripped picture does not tell any more; 0 where nobody knows."""
    with Image.open(source, formats=formats) as picture:
        turn = picture.getexif().get(ORIENTATION)
    return turn if isinstance(turn, int) else 0


def _turn(picture: Image.Image, turn: int, target: Path) -> None:
    """Write a picture as it is to be seen; encoded again, as nearly as it was as can be."""
    turned = picture.transpose(TURNS[turn])
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile"), "quality": ENCODED_AGAIN_QUALITY}
    if isinstance(picture, JpegImageFile) and picture.quantization:
        sideways = turn in TURNED_SIDEWAYS
        tables = picture.quantization.values()
        options["qtables"] = [_transposed(table) if sideways else list(table) for table in tables]
        options["subsampling"] = get_sampling(picture)
        options["optimize"] = True
        del options["quality"]
    turned.save(target, format=picture.format, **options)


def _transposed(table: Sequence[int]) -> list[int]:
    """Return a table of 8 × 8 for a picture whose rows have become columns: so next to nothing is lost by it."""
    return [table[row + 8 * column] for row in range(8) for column in range(8)]


def _make_thumbnail(picture: Image.Image, target: Path) -> bool:
    """Write a smaller picture, unless this one is small; of one that moves, how it begins."""
    if picture.width <= THUMBNAIL[0] and picture.height <= THUMBNAIL[1]:
        picture.load()  # what cannot be decoded to its end is no picture
        return False
    picture.draft("RGB", THUMBNAIL)
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    small = picture.convert("RGBA" if has_alpha else "RGB")
    small.thumbnail(THUMBNAIL)
    small.info.clear()
    small.save(target, format="WEBP", quality=THUMBNAIL_QUALITY)
    return True


if __name__ == "__main__":
    main(sys.argv[1])
