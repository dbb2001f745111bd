"""Writing: what becomes of what somebody writes, pastes and completes."""

import tempfile
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from textual import on

from hubbub.client.attaching import Progress
from hubbub.client.errors import ClientError
from hubbub.core.files import describe_size
from hubbub.core.kinds import Refused
from hubbub.tui.acting import Offline, now_ms
from hubbub.tui.client_commands import is_command
from hubbub.tui.completing import Words
from hubbub.tui.desk import Desk
from hubbub.tui.paths import find_paths
from hubbub.tui.screens import around
from hubbub.tui.screens.asking import Answer, Ask, Given
from hubbub.tui.screens.choosing import About, Choosing
from hubbub.tui.screens.working import say_failure
from hubbub.tui.widgets.bars import StatusBar
from hubbub.tui.widgets.composer import Composer

TYPING_MS: Final = 3_000
"""How often others are told that one is writing; they believe it for twice as long."""

EDITABLE: Final = 16_384
"""What is pasted and longer can only be sent as a file, in characters: a message has at most as many bytes."""


FULL_MS: Final = 3_000
"""So long nothing more may have been typed before it is said again that there is no room."""


class Writing(Choosing):
    """See the module."""

    _typing_told_ms: int = 0
    """When others were told last that one is writing."""

    _full_told_ms: int = 0
    """When it was said last that there is no room for more."""

    def __init__(self, desk: Desk, keymap: Mapping[str, str]) -> None:
        super().__init__(desk, keymap)
        self.status = StatusBar(id="status")

    command_words: Sequence[str]
    """Which commands there are."""

    def find_words(self) -> Words:
        """Return what may be completed to here and now."""
        buffer, station = self.current, self.station
        if buffer is None or station is None:
            return Words()
        rooms = [one.name for one in around.in_order(station) if one.kind == "channel"]
        names = around.names_to_call(buffer, station.you.name)
        return Words(names, rooms, self.command_words, find_paths)

    @on(Composer.Submitted)
    def submit(self, event: Composer.Submitted) -> None:
        """Say something, or do what a command says."""
        text, about = event.text, self.about
        self.keep_typed(text)
        self.be_about(None)
        if about is not None and about.kind == "edit":
            self.make_edit(about, text)
        elif is_command(text):
            self.perform(text)
        else:
            self.say(text.removeprefix("/") if text.startswith("//") else text, about)

    @abstractmethod
    def perform(self, line: str) -> None:
        """Do what a command says."""

    @abstractmethod
    def progress(self, label: str) -> Progress:
        """Return what is told how far something is that takes long."""

    @abstractmethod
    def keep_typed(self, text: str) -> None:
        """Have a line again later."""

    def say(self, text: str, about: About | None = None) -> None:
        """Say something in the place before one, in answer to something if it is about that."""
        buffer, station = self.current, self.station
        if buffer is None or station is None:
            self.complain("You are on no server: /connect HOST goes to one.")
            self.composer.load(text)
            return
        reply_to = about.entry if about is not None else None
        if not self.attempt(lambda: station.say(buffer, text, reply_to=reply_to)):
            self.composer.load(text)
            return
        self._typing_told_ms = 0
        self.timeline.scroll_to_end()

    def attempt(self, act: Callable[[], None]) -> bool:
        """Do something at once; say why not where it cannot be, and return False."""
        try:
            act()
        except (Refused, ClientError, Offline) as error:
            self.complain(say_failure(error))
            return False
        return True

    @on(Composer.Completing)
    def show_choices(self, event: Composer.Completing) -> None:
        """Show what the word may become."""
        status = self.status
        status.choices, status.chosen = tuple(event.labels), event.chosen

    @on(Composer.Changed)
    def keep_what_is_written(self) -> None:
        """Keep what is begun with every letter, so that no end of the program takes it away."""
        self.keep_draft()

    @on(Composer.Written)
    def tell_typing(self) -> None:
        """Let others see that one is writing."""
        buffer, station, text = self.current, self.station, self.composer.text
        is_due = now_ms() - self._typing_told_ms >= TYPING_MS
        # A command that was typed fast is gone already when its letters are heard of here.
        if buffer is None or station is None or not is_due or not text or is_command(text) or not buffer.is_joined:
            return
        self._typing_told_ms = now_ms()
        self.work(station.show_typing(buffer), is_quiet=True)

    @on(Composer.Filled)
    def tell_full(self) -> None:
        """Say, once for all that is typed on, why nothing of it appears."""
        if now_ms() - self._full_told_ms >= FULL_MS:
            self.complain("That is as much as a message holds. Send it, or the rest as a file: /upload")
        self._full_told_ms = now_ms()

    @on(Composer.Pasted)
    def ask_about_paste(self, event: Composer.Pasted) -> None:
        """Ask what much that was pasted is to become."""
        text = event.text
        lines, size = text.strip("\n").count("\n") + 1, len(text.encode(errors="replace"))
        fits = len(text) <= EDITABLE
        what = f"{lines} lines, " if lines > 1 else ""
        why = "" if fits else " That is too long for a message, but a file may be so long."
        answers = [Answer("leave", "Neither"), Answer("file", "Send as a file", is_usual=not fits)]
        if fits:
            answers += [Answer("edit", "Edit it first"), Answer("send", "Send it", is_usual=True)]
        beginning = "\n".join(line[:60] for line in text.strip("\n").split("\n")[:4])

        def take(given: Given | None) -> None:
            match None if given is None else given.answer:
                case "send":
                    self.say(text.strip("\n"))
                case "edit":
                    self.composer.put_in(text)
                case "file":
                    self.work(self._send_as_file(text))
                case _:
                    pass

        self.put_before(
            Ask("What is to become of it?", f"{what}{describe_size(size)}.{why}\n\n{beginning}", answers), take
        )

    async def _send_as_file(self, text: str) -> None:
        with tempfile.TemporaryDirectory(prefix="hubbub-") as folder:
            file = Path(folder) / "pasted.txt"
            file.write_text(text, encoding="utf-8", errors="replace")
            await self.upload(file)

    async def upload(self, path: Path, text: str = "") -> None:
        """Send a file into the place before one, and show how far it is."""
        buffer, station = self.current, self.station
        if buffer is None or station is None:
            return
        view = await station.upload(path, self.progress(f"Sending {path.name}"))
        station.say(buffer, text, files=(view,))
