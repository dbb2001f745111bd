"""`python -m tests.browser.pictures`: take a picture of every screen, by light, in the dark and on a phone.

They go to docs/screens/, where people look at them; nothing is compared with them.
"""

import io
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.screens import EVERY_SCREEN, Visitor, visiting
from tests.browser.settings import CHROMIUM, FLAGS
from tests.browser.village import Village

FOLDER: Final = Path(__file__).parents[2] / "docs/screens"

MOST_BYTES: Final = 60_000
"""How large a picture may be: they stay in the history for ever."""

QUALITIES: Final = (80, 65, 50, 35)
"""Of WebP; the first that makes a picture small enough is taken."""


class Way(NamedTuple):
    """One way to look at all of them."""

    name: str
    theme: Literal["light", "dark"]
    context: dict[str, Any]
    """Playwright's own words for a new context."""


DESK: Final = {"viewport": {"width": 1280, "height": 800}}
PHONE: Final = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
WAYS: Final = (Way("light", "light", DESK), Way("dark", "dark", DESK), Way("phone", "light", PHONE))


def main(*keys: str) -> None:
    """Take pictures of these screens, or of all."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        village = Village(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            village.settle()
            for way in WAYS:
                options = {"color_scheme": way.theme, "reduced_motion": "reduce", **way.context}
                with (
                    visiting(browser, village, "nobody", **options) as nobody,
                    visiting(browser, village, "owner", **options) as owner,
                ):
                    take(way, {"nobody": nobody, "owner": owner}, keys)
        finally:
            browser.close()
            village.server.stop()


def take(way: Way, visitors: dict[str, Visitor], keys: tuple[str, ...]) -> None:
    """Take the pictures of one way."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for screen in EVERY_SCREEN:
        if keys and screen.key not in keys:
            continue
        shot = visitors[screen.who].look(screen).screenshot(animations="disabled", caret="hide")
        (FOLDER / f"{screen.key}-{way.name}.webp").write_bytes(shrink(shot))
        print(f"{screen.key}-{way.name}")  # noqa: T201 - whoever waits sees how far it is


def shrink(png: bytes) -> bytes:
    """Return a picture as WebP, and as good as it may be."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    small = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        small = file.getvalue()
        if len(small) <= MOST_BYTES:
            break
    return small


if __name__ == "__main__":
    main(*sys.argv[1:])
