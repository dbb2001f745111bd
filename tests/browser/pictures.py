"""`python -m tests.browser.pictures`: take a picture of every screen, by light, on a phone, and some otherwise.

They go to docs/screens/, where people look at them; nothing is compared with them.
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from bench.web.chromium import CHROMIUM, FLAGS
from tests.browser.screens import EVERY_SCREEN, PANES, SCREENS, Screen, Visitor, visiting
from tests.browser.village import Village

FOLDER: Final = Path(__file__).parents[2] / "docs/screens"

MOST_BYTES: Final = 60_000
"""How large a picture may be: they stay in the history for ever."""

QUALITIES: Final = (55, 45, 35)
"""Of WebP; the first that makes a picture small enough is taken."""

PATIENCE_MS: Final = 20_000
"""How long anything may take on a busy machine."""

TOLD: Final = frozenset({"room", "switch", "tell", "room-general", "admin-bans", "account-appearance"})
"""Those that are looked at in other ways as well: what is in them is in all."""


class Way(NamedTuple):
    """One way to look at them."""

    name: str
    theme: Literal["light", "dark"]
    context: dict[str, Any]
    """Playwright's own words for a new context."""
    shows: Callable[[Screen], bool] = lambda _: True
    looks: dict[str, str] = {}  # noqa: RUF012 - nothing is put into it
    """What somebody has chosen in the page."""


def is_told(screen: Screen) -> bool:
    """Return whether it stands for the others."""
    return screen.key in TOLD


def is_dark(screen: Screen) -> bool:
    """Return whether it is worth a picture in the dark: of dialogs some are enough."""
    return is_told(screen) or screen in (*SCREENS, *PANES)


DESK: Final = {"viewport": {"width": 1280, "height": 800}}
PHONE: Final = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 1.5,
    "is_mobile": True,
    "has_touch": True,
}
WAYS: Final = (
    Way("light", "light", DESK),
    Way("dark", "dark", DESK, is_dark),
    Way("phone", "light", PHONE),
    Way("phone-dark", "dark", PHONE, is_told),
    Way("compact", "light", DESK, is_told, {"density": "compact"}),
    Way("german", "light", DESK, is_told, {"language": "de"}),
    Way("contrast", "dark", DESK, is_told, {"contrast": "more"}),
    Way("forced", "dark", {**DESK, "forced_colors": "active"}, is_told),
)

LOOK_SO: Final = 'localStorage.setItem("hubbub.appearance", %s)'


def main(*keys: str) -> None:
    """Take pictures of these screens, or of all."""
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        village = Village(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            village.settle()
            for way in WAYS:
                # Asked already, the page does not ask in every picture.
                options = {"color_scheme": way.theme, "permissions": ["notifications"], **way.context}
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
    for visitor in visitors.values():
        visitor.page.add_init_script(LOOK_SO % json.dumps(json.dumps(way.looks)))
    for screen in EVERY_SCREEN:
        if (keys and screen.key not in keys) or not way.shows(screen):
            continue
        page = visitors[screen.who].look(screen)
        page.wait_for_function("() => [...document.images].every((image) => image.complete)")
        shot = page.screenshot(animations="disabled", caret="hide")
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
