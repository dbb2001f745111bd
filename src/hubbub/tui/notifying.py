"""Notifying: somebody who looks elsewhere is told of what calls him, and of what is said to him alone."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from typing import Final

from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import Change, EntryAdded
from hubbub.tui.entries import Entry
from hubbub.tui.settings import Notifications
from hubbub.tui.visible import make_line_visible

PAUSE_SECONDS: Final = 1.0
"""Shortest time between two notifications: who is called ten times at once need not be told more than once."""

TITLE_LENGTH: Final = 80
"""Longest title, in characters: a name has up to 32, and a room's up to 50."""

TEXT_LENGTH: Final = 160
"""Longest text of a notification, in characters: what desktops show without folding it away."""

BELL: Final = "\a"
PROGRAM: Final = "notify-send"
"""What shows notifications on free desktops. Desktop Notifications Specification."""

SHOWN_SECONDS: Final = 5.0
"""How long that may take before it is given up."""


class Notifying:
    """Listens to a desk; give `hear` to `Desk.subscribe`."""

    def __init__(
        self,
        settings: Notifications,
        write: Callable[[str], None],
        is_looked_at: Callable[[Buffer], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write to the terminal what it is asked to do, unless what was said is looked at."""
        self._settings = settings
        self._write = write
        self._is_looked_at = is_looked_at
        self._clock = clock
        self._last: float | None = None
        self.showing: set[asyncio.Task[None]] = set()
        """What the desktop is showing at the moment."""
        self._program = shutil.which(PROGRAM) if settings.desktop and _has_desktop() else None

    def hear(self, change: Change) -> None:
        """Tell of it, if it is something to be told of."""
        if not isinstance(change, EntryAdded) or change.is_recalled or not isinstance(change.entry, Entry):
            return
        if wants(change.buffer, change.entry) and not self._is_looked_at(change.buffer):
            self._notify(change.buffer, change.entry)

    def _notify(self, buffer: Buffer, entry: Entry) -> None:
        now = self._clock()
        if self._last is not None and now - self._last < PAUSE_SECONDS:
            return
        self._last = now
        title = entry.name if buffer.kind == "direct" else f"{entry.name} in {buffer.title}"
        title, text = make_line_visible(title)[:TITLE_LENGTH], make_line_visible(entry.text)[:TEXT_LENGTH]
        asked = escape(self._settings, title, text)
        if asked:
            self._write(asked)
        if self._program is not None:
            task = asyncio.get_running_loop().create_task(_show(self._program, title, text))
            self.showing.add(task)
            task.add_done_callback(self.showing.discard)


def wants(buffer: Buffer, entry: Entry) -> bool:
    """Return whether somebody wants to be told of a message, by his level in that room: see `core.levels`."""
    if entry.is_mine or entry.kind in {"event", "removed"}:
        return False
    if entry.kind == "everyone":
        return True
    is_private = buffer.kind == "direct" or buffer.is_group
    match buffer.level:
        case "nothing":
            return False
        case "all":
            return True
        case "mentions":
            return entry.calls_me
        case "default":
            return entry.calls_me or is_private


def escape(settings: Notifications, title: str, text: str) -> str:
    """Return what makes a terminal ring and show a notification; both texts are harmless lines."""
    bell = BELL if settings.bell else ""
    if settings.terminal == "off":
        return bell
    # A semicolon ends the title in one of them. In the other, some terminals take `4;` for a command, as ConEmu does.
    title = title.replace(";", ",")
    asked = f"9;{title}: {text}" if settings.terminal == "osc9" else f"777;notify;{title};{text}"
    sequence = f"\x1b]{asked}\x1b\\"
    if os.environ.get("TMUX"):
        # tmux hands on what is wrapped like this, where `allow-passthrough` is on: tmux(1).
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        sequence = f"\x1bPtmux;{doubled}\x1b\\"
    return f"{bell}{sequence}"


async def _show(program: str, title: str, text: str) -> None:
    """Let the desktop show it. Where that fails, the terminal has rung all the same."""
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            "--app-name=hubbub",
            "--",
            title,
            text,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return
    try:
        async with asyncio.timeout(SHOWN_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def write_to_terminal(text: str) -> None:
    """Write to the terminal itself, wherever standard output goes; nothing where there is none."""
    try:
        descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
    except OSError:
        return
    try:
        os.write(descriptor, text.encode(errors="replace"))
    finally:
        os.close(descriptor)
