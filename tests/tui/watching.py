"""What a test sees of stations: it waits for what is to be, and never sleeps."""

import asyncio
from collections.abc import Callable
from typing import Final

from hubbub.tui import states
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import Change
from hubbub.tui.choices import Choice, Who
from hubbub.tui.desk import Desk
from hubbub.tui.entries import Entry
from hubbub.tui.keeping import Keeping
from hubbub.tui.station import Station
from tests.outside.raw import PATIENCE_SECONDS

LOBBY: Final = "#lobby"


class Watch:
    """Everything that a desk tells."""

    def __init__(self, desk: Desk) -> None:
        self.changes: list[Change] = []
        self._arrived = asyncio.Event()
        desk.subscribe(self._note)

    def _note(self, change: Change) -> None:
        self.changes.append(change)
        self._arrived.set()

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so, looking whenever something has changed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                self._arrived.clear()
                await self._arrived.wait()


class Seat:
    """A desk, and who watches it."""

    def __init__(self, keeping: Keeping | None = None) -> None:
        self.desk = Desk(keeping)
        self.watch = Watch(self.desk)

    async def come_in(self, address: str, name: str, *, rooms: tuple[str, ...] = ()) -> Station:
        """Be somebody on a server."""
        station = self.desk.connect(Choice(address, Who(name), rooms=rooms))
        await self.watch.until(lambda: isinstance(station.state, states.Online))
        return station

    async def read(self, buffer: Buffer, text: str) -> Entry:
        """Wait until something stands in a buffer, and return it."""
        await self.watch.until(lambda: find(buffer, text))
        found = find(buffer, text)
        assert found is not None
        return found


def find(buffer: Buffer, text: str) -> Entry | None:
    """Return what says this."""
    return next((entry for entry in buffer.spoken(1_000) if entry.text == text), None)


def texts(buffer: Buffer) -> list[str]:
    """Return what was said in a buffer."""
    return [entry.text for entry in buffer.spoken(100_000)]


def room(station: Station, name: str = LOBBY) -> Buffer:
    """Return a room's buffer, which is there."""
    buffer = station.find(name)
    assert buffer is not None
    return buffer
