"""What a test sees of the terminal client: lines of text, waited for and never slept for."""

import asyncio
import os
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Final

from textual.app import App
from textual.pilot import Pilot

SNAPSHOTS: Final = Path(__file__).with_name("snapshots")

RENEW: Final = "RENEW_SNAPSHOTS"
"""Set in the environment, snapshots are written instead of compared: look at the difference before it is committed."""

PATIENCE_SECONDS: Final = 30.0
"""How long something may take before it counts as not happening. Only a bound."""


def lines_of(app: App[None]) -> list[str]:
    """Return what is on the screen, without spaces at the ends."""
    # Textual's own snapshots look here as well; nothing public says what is on the screen.
    strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 - Textual has no other way to what is shown
    return [strip.text.rstrip() for strip in strips]


def text_of(app: App[None]) -> str:
    """Return the same as one text."""
    return "\n".join(lines_of(app))


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Let the program go on until something is so."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                await pilot.pause(0.01)
    except TimeoutError:
        raise AssertionError("it does not become so:\n" + text_of(pilot.app)) from None


async def until_shown(pilot: Pilot[None], *words: str) -> None:
    """Let the program go on until all of this is on the screen."""
    await until(pilot, lambda: all(word in text_of(pilot.app) for word in words))


def require_snapshot(name: str, lines: list[str]) -> None:
    """Compare lines with those that are kept under a name; `RENEW_SNAPSHOTS=1 pytest tests/tui` writes them anew."""
    file = SNAPSHOTS / f"{name}.txt"
    if os.environ.get(RENEW):
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    before = file.read_text(encoding="utf-8").splitlines()
    difference = "\n".join(unified_diff(before, lines, file.name, "the screen", lineterm=""))
    assert not difference, difference
