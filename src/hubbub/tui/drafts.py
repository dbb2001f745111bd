"""Drafts: what is begun in a station's rooms, on disk and on one's other devices, as the browser page has it too.

What is written here goes before what was written elsewhere, as long as the server does not know it.
"""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Final

from hubbub.client.errors import ClientError
from hubbub.client.hub import Hub
from hubbub.core.attention_answers import DraftList
from hubbub.core.attention_requests import ListDrafts, SaveDraft
from hubbub.core.kinds import Refused
from hubbub.tui.buffer_list import BufferList
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import DraftTaken
from hubbub.tui.client_commands import is_command
from hubbub.tui.shelf import Begun, Shelf

SAVE_SECONDS: Final = 1.2
"""How long nothing more has to be written before the server is told."""

BUSY_SECONDS: Final = 4.0
"""Whoever has written so shortly ago is writing: nothing is put under his hands."""

LEAVE_SECONDS: Final = 1.0
"""How long the server may take to answer what it is told when one leaves."""


class Drafts:
    """Those of one station. The server keeps them for those who have an account."""

    def __init__(self, buffers: BufferList) -> None:
        self._buffers = buffers
        self.shelf: Shelf | None = None
        self._hub: Hub | None = None
        self._unsaved: set[Buffer] = set()
        """Where the server does not know what was written last."""
        self._placeless: dict[str, Begun] = {}
        """What was begun in rooms that have no buffer at present, by their names in small letters."""
        self._written: dict[Buffer, float] = {}
        """When something was written last, on the loop's clock."""
        self._timers: dict[Buffer, asyncio.TimerHandle] = {}
        self._waiting: dict[Buffer, asyncio.TimerHandle] = {}
        """What was written elsewhere while one was writing here."""
        self._tasks: set[asyncio.Task[None]] = set()

    def write(self, buffer: Buffer, text: str) -> None:
        """Have begun to write something: keep it here at once, and there soon."""
        if text == buffer.draft:
            return
        self._buffers.tell(buffer.set_draft(text))
        self._unsaved.add(buffer)
        self._written[buffer] = asyncio.get_running_loop().time()
        self._keep(buffer)
        self._save_soon(buffer)

    def take(self, buffer: Buffer, text: str) -> None:
        """Have as begun what the server knows by now: somebody has written on elsewhere, or by a command."""
        self._cancel(self._timers, buffer)
        self._unsaved.discard(buffer)
        self._put(buffer, Begun(text))

    def hear(self, room: str, text: str) -> None:
        """Take what was written on another device, unless somebody is writing here."""
        buffer = self._buffers.find(room)
        if buffer is None:
            if not self._placeless.get(room.casefold(), Begun("")).is_unsaved:
                self._put_aside(room, Begun(text))
            return
        self._cancel(self._waiting, buffer)
        loop, written = asyncio.get_running_loop(), self._written.get(buffer)

        def adopt() -> None:
            # Whoever writes on meanwhile keeps what he writes, and that goes there.
            if buffer not in self._unsaved and self._written.get(buffer) == written:
                self.take(buffer, text)

        if written is None or (wait := written + BUSY_SECONDS - loop.time()) <= 0:
            adopt()
        else:
            self._waiting[buffer] = loop.call_later(wait, adopt)

    def connect(self, hub: Hub | None) -> None:
        """Keep them at this server from now on; None where there is none, or it keeps nothing for guests."""
        if hub is self._hub:
            return
        self._hub = hub
        for timers in (self._timers, self._waiting):
            for buffer in tuple(timers):
                self._cancel(timers, buffer)
        if hub is not None:
            self._spawn(self._compare(hub))

    async def leave(self) -> None:
        """Tell the server at once what it would be told soon."""
        for buffer in tuple(self._timers):
            self._save(buffer)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LEAVE_SECONDS)
        self.connect(None)
        for task in tuple(self._tasks):
            task.cancel()

    def restore(self, found: dict[str, Begun]) -> None:
        """Have again what an earlier run has kept."""
        self._placeless |= found
        for buffer in self._buffers:
            self.place(buffer)

    def place(self, buffer: Buffer) -> None:
        """Put into a room what was begun there before it had a buffer."""
        begun = self._placeless.pop(buffer.name.casefold(), None)
        if begun is not None and not buffer.draft and buffer not in self._unsaved:
            self._put(buffer, begun)

    def lose(self, buffer: Buffer) -> None:
        """Have what was begun in a room that is gone, for when it comes back."""
        for timers in (self._timers, self._waiting):
            self._cancel(timers, buffer)
        is_unsaved = buffer in self._unsaved
        self._unsaved.discard(buffer)
        self._written.pop(buffer, None)
        self._put_aside(buffer.name, Begun(buffer.draft, is_unsaved=is_unsaved))

    def keep_all(self) -> None:
        """Keep all of them on another shelf."""
        for buffer in self._buffers:
            self._keep(buffer)

    async def _compare(self, hub: Hub) -> None:
        """After coming back: what was written here meanwhile goes there, the rest comes from there."""
        answer = await hub.ask(ListDrafts())
        if not isinstance(answer, DraftList):
            return
        there = {draft.room.casefold(): draft.text for draft in answer.drafts}
        for buffer in self._buffers:
            text = there.pop(buffer.name.casefold(), "")
            if buffer in self._unsaved:
                self._save(buffer)
            else:
                self.hear(buffer.name, text)
        kept = {room: begun for room, begun in self._placeless.items() if begun.is_unsaved}
        self._placeless = {room: Begun(text) for room, text in there.items()} | kept

    def _save_soon(self, buffer: Buffer) -> None:
        self._cancel(self._timers, buffer)
        if self._hub is not None:
            self._timers[buffer] = asyncio.get_running_loop().call_later(SAVE_SECONDS, self._save, buffer)

    def _save(self, buffer: Buffer) -> None:
        self._cancel(self._timers, buffer)
        hub = self._hub
        # Nothing is written to a server itself. What is to be done here is no draft, and may hold a secret.
        if hub is not None and buffer.kind != "server" and not is_command(buffer.draft):
            self._spawn(self._tell_server(hub, buffer, buffer.draft))

    async def _tell_server(self, hub: Hub, buffer: Buffer, text: str) -> None:
        await hub.ask(SaveDraft(buffer.name, text))
        if buffer.draft == text:
            self._unsaved.discard(buffer)
            self._keep(buffer)
        elif buffer not in self._timers:
            # It was told before what it is to know, and has it no longer.
            self._save_soon(buffer)

    def _put(self, buffer: Buffer, begun: Begun) -> None:
        before = buffer.draft
        if begun.is_unsaved:
            self._unsaved.add(buffer)
            self._save_soon(buffer)
        if begun.text != before:
            self._buffers.tell([*buffer.set_draft(begun.text), DraftTaken(buffer, before)])
        self._keep(buffer)

    def _put_aside(self, room: str, begun: Begun) -> None:
        if begun.text or begun.is_unsaved:
            self._placeless[room.casefold()] = begun
        else:
            self._placeless.pop(room.casefold(), None)

    def _keep(self, buffer: Buffer) -> None:
        if self.shelf is not None:
            self.shelf.keep_draft(buffer.name, Begun(buffer.draft, is_unsaved=buffer in self._unsaved))

    def _cancel(self, timers: dict[Buffer, asyncio.TimerHandle], buffer: Buffer) -> None:
        if (timer := timers.pop(buffer, None)) is not None:
            timer.cancel()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(work), name="drafts")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Coroutine[None, None, None]) -> None:
    """Do what is done again with the next word, or on the next connection."""
    with contextlib.suppress(ClientError, Refused):
        await work
