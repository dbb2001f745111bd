"""Somebody who sits before the terminal client, and presses keys."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hubbub.tui.app import ChatApp
from hubbub.tui.choices import Choice, Who
from hubbub.tui.desk import Desk
from hubbub.tui.keeping import Keeping
from hubbub.tui.screens.chat import ChatScreen
from hubbub.tui.station import Station
from tests.tui.looking import text_of, until, until_shown
from tests.tui.outside import Notes


class Sitting:
    """One person, his desk and what he sees."""

    def __init__(self, app: ChatApp, pilot: Pilot[None], notes: Notes) -> None:
        self.app = app
        self.pilot = pilot
        self.notes = notes
        self.desk = app.desk

    @property
    def chat(self) -> ChatScreen:
        """The main screen."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    @property
    def text(self) -> str:
        """What is seen."""
        return text_of(self.app)

    async def come_in(self, address: str, name: str, *rooms: str) -> Station:
        """Go to a server."""
        station = self.desk.connect(Choice(address, Who(name), rooms=rooms or ("#lobby",)))
        await self.until(lambda: station.is_online)
        return station

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Write something, and send it."""
        await self.pilot.press(*(NAMES.get(letter, letter) for letter in text), "enter")

    async def see(self, *words: str) -> None:
        """Wait until all of this is on the screen."""
        await until_shown(self.pilot, *words)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        await until(self.pilot, is_so)

    async def miss(self, word: str) -> None:
        """Wait until something is on the screen no longer."""
        await until(self.pilot, lambda: word not in self.text)


NAMES = {" ": "space", "\n": "ctrl+j"}
"""What some letters are called as keys."""


@asynccontextmanager
async def seated(
    size: tuple[int, int] = (110, 30),
    theme: str = "dark",
    keys: Mapping[str, str] | None = None,
    *,
    shows_pictures: bool = True,
    folder: Path | None = None,
) -> AsyncIterator[Sitting]:
    """Sit down before a terminal of some size; what is kept is in the folder, if there is one."""
    keeping = None
    if folder is not None:
        keeping = Keeping(folder / "chat.sqlite", pytest.fail)
        await keeping.open()
    desk = Desk(keeping)
    notes = Notes()
    app = ChatApp(desk, notes, theme=theme, keys=keys, shows_pictures=shows_pictures)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield Sitting(app, pilot, notes)
    finally:
        await desk.close()
