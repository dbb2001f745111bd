"""Obeying: commands, and what they need of a screen. It is the `Outside` of a commander."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Hashable, Mapping, Sequence

from hubbub.client.attaching import Progress
from hubbub.core.files import describe_size
from hubbub.tui.acting import now_ms
from hubbub.tui.buffers import Buffer
from hubbub.tui.client_commands import may_hold_secret, words
from hubbub.tui.commanding import Commander
from hubbub.tui.desk import Desk
from hubbub.tui.memory import Memory
from hubbub.tui.screens.asking import Answer, Ask, Field
from hubbub.tui.screens.keys import KeysCard
from hubbub.tui.screens.palette import Deed, Palette
from hubbub.tui.screens.writing import Writing
from hubbub.tui.station import Station
from hubbub.tui.visible import cut_text


class Obeying(Writing):
    """See the module."""

    command_words: Sequence[str] = tuple(words())

    def __init__(self, desk: Desk, memory: Memory, keymap: Mapping[str, str]) -> None:
        super().__init__(desk, keymap)
        self.memory = memory
        self.commander = Commander(desk, memory, self)
        self._in_turn = asyncio.Lock()
        self._typed: list[str] = []

    def on_mount(self) -> None:
        """Have again what was typed in earlier runs."""
        self.composer.written = self._typed
        if self.desk.keeping is not None:
            self.work(self._load_typed(), is_quiet=True)

    async def _load_typed(self) -> None:
        if self.desk.keeping is not None:
            self._typed[:0] = await self.desk.keeping.load_typed()

    def keep_typed(self, text: str) -> None:
        """Have a line again later, in other runs too."""
        if may_hold_secret(text):
            return
        self._typed.append(text)
        if self.desk.keeping is not None:
            self.desk.keeping.keep_typed(text)

    def perform(self, line: str) -> None:
        """Do what a command says, once what was said before it is done."""
        self.work(self._perform(line))

    async def _perform(self, line: str) -> None:
        async with self._in_turn:
            self.timeline.scroll_to_end()
            if not await self.commander.hear(line) and not self.composer.text:
                # Whoever has mistyped mends it.
                self.composer.load(line)

    def stay_logged_in(self, station: Station) -> None:
        """Need no password again, where somebody has just come in by one."""
        if self.commander.staying.is_due(station):
            self.work(self._stay_logged_in(station))

    async def _stay_logged_in(self, station: Station) -> None:
        self.tell_at(station, list(filter(None, [await self.commander.staying.stay(station)])))

    # What a commander needs.

    def turn_to(self, buffer: Buffer) -> None:
        """Have a place before one."""
        self.go_to(buffer)

    def tell(self, sentences: Sequence[str], *, is_error: bool = False) -> None:
        """Put sentences below what was said in the place before one."""
        station, buffer = self.station, self.current
        text = "\n".join(sentences)
        if not text:
            return
        if station is None or buffer is None:
            self.notify(cut_text(text), severity="error" if is_error else "information", markup=False)
            return
        station.buffers.tell(buffer.tell(text, now_ms(), is_error=is_error))

    def tell_at(self, station: Station, sentences: Sequence[str]) -> None:
        """Put sentences before one where one is on that server, else among its own lines."""
        if station is self.station:
            self.tell(sentences)
        elif sentences:
            server = station.buffers.server
            station.buffers.tell(server.tell("\n".join(sentences), now_ms()))

    async def ask_secret(self, question: str) -> str | None:
        """Ask in front of everything."""
        fields = (Field("secret", question, is_secret=True),)
        answers = (Answer("leave", "Not now"), Answer("give", "Go on", is_usual=True))
        given = await self.app.push_screen_wait(Ask("Nobody else sees this", "", answers, fields))
        return given.values["secret"] if given is not None and given.answer == "give" else None

    def progress(self, label: str) -> Progress:
        """Show how far it is where it stands otherwise who one is."""
        status = self.status

        def show(done_bytes: int, total_bytes: int) -> None:
            share = f"{done_bytes * 100 // total_bytes} %" if total_bytes else describe_size(done_bytes)
            status.doing = "" if done_bytes == total_bytes else f"{label}: {share}"

        return show

    def open_link(self, url: str) -> bool:
        """Open a link in the browser, where there is one; where there is none, let the terminal keep it."""
        has_browser = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if has_browser and webbrowser.open(url):
            self.notify(f"Opening {url}", markup=False, timeout=2)
            return True
        self.app.copy_to_clipboard(url)
        self.notify(f"There is no browser here; the link is copied: {url}", markup=False)
        return False

    def quit(self, reason: str) -> None:
        """End; a reason is for those who hear of it, and nobody does who has an account."""
        del reason
        self.app.exit()

    # What keys do.

    def action_keys(self) -> None:
        """Show the keys."""
        self.put_before(KeysCard(self.keymap), lambda _: None)

    def action_command_palette(self) -> None:
        """Show everything that can be done."""
        self.put_before(Palette(self.keymap, list(self.app.available_themes)), self._do)

    def _do(self, deed: Hashable | None) -> None:
        match deed:
            case Deed(kind="action", name=name):
                self.call_later(self.run_action, name)
            case Deed(kind="command", name=name):
                self.composer.load(f"/{name} ")
                self.composer.focus()
            case Deed(kind="theme", name=name):
                self.app.theme = name
            case _:
                pass
