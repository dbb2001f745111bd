"""Plain: line mode, for screen readers, pipes and dumb terminals: a line for everything, and no cursor moved."""

import asyncio
import webbrowser
from collections.abc import Callable, Coroutine, Sequence
from typing import Final

from hubbub.client.attaching import Progress
from hubbub.client.errors import ClientError
from hubbub.core.room import LOBBY
from hubbub.phrasing import phrases
from hubbub.tui import client_commands, hints, states
from hubbub.tui.acting import Offline
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import (
    BufferRemoved,
    BufferWanted,
    Change,
    EntryAdded,
    Heard,
    OutgoingChanged,
    Settled,
    Signalled,
    StationChanged,
    StationRemoved,
)
from hubbub.tui.choices import Choice
from hubbub.tui.commanding import Commander
from hubbub.tui.completing import is_writable
from hubbub.tui.desk import Desk
from hubbub.tui.entries import Entry, Notice, stands
from hubbub.tui.lines import Lines
from hubbub.tui.memory import Memory, Unremembered
from hubbub.tui.questioning import EXIT_NO_CONNECTION, EXIT_REFUSED, Questioning
from hubbub.tui.reporting import Reporting
from hubbub.tui.settings import Times
from hubbub.tui.station import Station

AHEAD: Final = 100
"""How many messages of a pipe may wait to be said before the next line is read: whoever writes it is held back."""

STEP_PERCENT: Final = 10
"""How often it is told how far a long work is."""

OBEYED_HERE: Final = frozenset({*client_commands.CLIENT_COMMANDS, "help", "quit", "exit", "q"} - {"upload", "save"})
"""Commands that need no connection."""


class Plain:
    """One person's chat, line by line."""

    def __init__(
        self, desk: Desk, memory: Memory, lines: Lines, *, is_name_chosen: bool, times: Times = "none"
    ) -> None:
        self._desk = desk
        self._memory = memory
        self._lines = lines
        self._commander = Commander(desk, memory, self)
        self._questioning = Questioning(memory, lines, self, is_name_chosen=is_name_chosen)
        self._reporting = Reporting(desk, lines, times)
        self._code = 0
        self._is_over = asyncio.Event()
        self._has_changed = asyncio.Event()
        self._reading: asyncio.Task[str | None] | None = None
        """What brings the next line."""
        self._was_online: set[Station] = set()
        self._is_new: set[Station] = set()
        self._is_waiting: set[Station] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.current: Buffer | None = None

    async def run(self, choices: Sequence[Choice]) -> int:
        """Go to these servers, and read lines until there are no more; return the exit code."""
        stop = self._desk.subscribe(self._hear)
        try:
            for choice in choices:
                station = self._desk.connect(choice)
                if self.current is None:
                    self.current = station.buffers.server
            await self._read()
            if not self._lines.is_typed:
                await self.until(lambda: not any(one.waiting for one in self._desk.stations))
        finally:
            stop()
            for task in tuple(self._tasks):
                task.cancel()
        return self._code or (EXIT_REFUSED if self._reporting.has_failed and not self._lines.is_typed else 0)

    async def _read(self) -> None:
        while not self._is_over.is_set():
            await self.until(lambda: not isinstance(self._state, states.Closed | states.Connecting))
            self._begin_reading()
            await self.until(lambda: self._is_asked or (self._reading is not None and self._reading.done()))
            station, state = self._station(), self._state
            if self._is_over.is_set():
                break
            if station is not None and isinstance(state, states.Asking):
                await self._questioning.answer(station, state.question)
                # Whatever was typed meanwhile was the answer, and is never said to anybody.
                self._reading = None if self._lines.is_typed else self._reading
            elif self._reading is not None:
                line, self._reading = self._reading.result(), None
                if line is None:
                    break
                await self._obey(line)
        if self._reading is not None:
            self._reading.cancel()

    def _begin_reading(self) -> None:
        if self._reading is None and not self._is_asked:
            self._reading = asyncio.create_task(self._lines.read())
            self._reading.add_done_callback(lambda _: self._has_changed.set())

    @property
    def _is_asked(self) -> bool:
        return isinstance(self._state, states.Asking)

    @property
    def _state(self) -> states.State | None:
        """How it stands with the server that one has before one."""
        station = self._station()
        return None if station is None else station.state

    async def _obey(self, line: str) -> None:
        station = self._station()
        if not self._lines.is_typed and station is not None:
            await self.until(lambda: station.waiting < AHEAD)
            if self._needs_connection(line):
                await self.until(lambda: station.is_online)
        is_kept = bool(line.strip()) and not client_commands.may_hold_secret(line)
        if self._lines.is_typed and self._desk.keeping is not None and is_kept:
            self._desk.keeping.keep_typed(line)
        if not await self._commander.hear(line) and not self._lines.is_typed:
            self._code = EXIT_REFUSED

    def _needs_connection(self, line: str) -> bool:
        """Return whether a line can only be obeyed by a server; what is said may wait for one."""
        command = line.lstrip()
        if not command.startswith("/") or command.startswith("//"):
            return self.current is None or self.current.kind == "server"
        return command[1:].partition(" ")[0].lower() not in OBEYED_HERE

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, or all is over."""
        while not is_so() and not self._is_over.is_set():
            self._has_changed.clear()
            await self._has_changed.wait()

    def _station(self) -> Station | None:
        if self.current is None or self.current.server not in {one.name for one in self._desk.stations}:
            return None
        return self._desk.station_of(self.current)

    # What a commander needs: see `outside.Outside`.

    def turn_to(self, buffer: Buffer) -> None:
        """Have a buffer before one, and show the last of what was said there, if that was not shown yet."""
        is_new, self.current = buffer is not self.current, buffer
        if buffer.kind == "server":
            return
        if is_new:
            label = self._reporting.label(buffer)
            self.remark(f"You write to {label}." if buffer.kind == "direct" else f"You are in {label}.")
        self._reporting.recall(buffer)

    def tell(self, sentences: Sequence[str], *, is_error: bool = False) -> None:
        """Show what answers a line."""
        self._reporting.tell(sentences, is_error=is_error)

    async def ask_secret(self, question: str) -> str | None:
        """Ask for something that nobody else is to see; the next line of a pipe."""
        return await self._lines.read_secret(question)

    def progress(self, label: str) -> Progress:
        """Tell now and then how far something is, where somebody reads it."""
        shown = 0

        def tell(done_bytes: int, total_bytes: int, /) -> None:
            nonlocal shown
            percent = 100 * done_bytes // total_bytes if total_bytes else 0
            if self._lines.is_typed and percent >= shown + STEP_PERCENT:
                shown = percent - percent % STEP_PERCENT
                self.remark(f"{label}: {shown} percent.")

        return tell

    def open_link(self, url: str) -> bool:
        """Show it in a browser, where somebody is there and has one."""
        return self._lines.is_typed and webbrowser.open(url)

    def quit(self, reason: str) -> None:
        """End."""
        del reason
        self.end(self._code)

    # What happens.

    def _hear(self, change: Change) -> None:  # noqa: C901 - a table
        match change:
            case EntryAdded(buffer=buffer, entry=entry, is_recalled=is_recalled):
                if isinstance(entry, Notice):
                    self.remark(entry.sentence)
                elif not is_recalled or self._reporting.is_begun(buffer):
                    self._show_entry(buffer, entry)
            case Heard(buffer=buffer, record=record) if not stands(record.event):
                self._reporting.show(buffer, record)
            case Signalled(signal=signal):
                if sentence := phrases.signal(signal):
                    self.tell([sentence])
            case OutgoingChanged(buffer=buffer):
                self._reporting.note_outgoing(buffer, is_online=self._desk.station_of(buffer).is_online)
            case Settled(outgoing=outgoing, outcome=outcome):
                self._reporting.show_outcome(outgoing, outcome)
            case BufferWanted(buffer=buffer):
                self.turn_to(buffer)
            case StationChanged(station=station):
                self._show_state(station)
            case BufferRemoved(buffer=buffer) if buffer is self.current:
                self._turn_back(self._desk.station_of(buffer))
            case StationRemoved(station=station) if self.current is not None and self.current.server == station.name:
                self._turn_away()
            case _:
                pass
        self._has_changed.set()

    def _show_entry(self, buffer: Buffer, entry: Entry) -> None:
        if self._desk.station_of(buffer) in self._was_online:
            self._reporting.begin([buffer])
        if self._reporting.is_begun(buffer):
            self._reporting.show_entry(buffer, entry)

    def _show_state(self, station: Station) -> None:
        match station.state:
            case states.Connecting() if station not in self._is_waiting | self._was_online | self._is_new:
                self._is_new.add(station)
                self.remark(f"Connecting to {station.name}.")
            case states.Online():
                self._welcome(station)
            case states.Waiting(sentence=sentence) if station not in self._is_waiting:
                self._is_waiting.add(station)
                self.remark(f"{sentence} {self._say_what_now(station)}".rstrip())
                self._give_up_if_new(station)
            case states.Ended(sentence=sentence):
                self.remark(f"{sentence} /connect {station.name} tries again." if self._lines.is_typed else sentence)
                self._end_pipe()
            case _:
                pass

    def _say_what_now(self, station: Station) -> str:
        """Return what can be done where a server is not there."""
        if any(buffer.kind != "server" for buffer in station.buffers):
            return "Trying again; what you write is said as soon as that succeeds."
        if not self._lines.is_typed:
            return ""
        here = f" {hints.HERE}" if station.endpoint.host in hints.LOOPBACK else ""
        return f"Trying again. /connect HOST goes to another server.{here}"

    def _give_up_if_new(self, station: Station) -> None:
        """End where a program has written to a server that is not there: it can try again itself."""
        if station not in self._was_online and not self._lines.is_typed:
            self._end_pipe()

    def _end_pipe(self) -> None:
        if not self._lines.is_typed:
            self.end(EXIT_NO_CONNECTION)

    def _welcome(self, station: Station) -> None:
        self._is_waiting.discard(station)
        is_first = station not in self._was_online
        self._was_online.add(station)
        again = f"Connected to {station.name} again."
        self.remark(f"You are {station.you.name} on {station.name}." if is_first else again)
        if self._station() is station and self.current is station.buffers.server:
            rooms = [buffer for buffer in station.buffers if buffer.kind == "channel"]
            first = next((one for one in rooms if one.name == LOBBY), rooms[0] if rooms else None)
            if first is not None:
                self.turn_to(first)
        self._reporting.begin(station.buffers)
        if self._commander.staying.is_due(station):
            self._work(self._stay_logged_in(station))

    async def _stay_logged_in(self, station: Station) -> None:
        try:
            sentence = await self._commander.staying.stay(station)
        except (ClientError, Offline, Unremembered) as error:
            sentence = str(error)
        if sentence:
            self.remark(sentence)

    def _work(self, work: Coroutine[None, None, None]) -> None:
        """Do something beside reading lines."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _turn_away(self) -> None:
        """Turn to another server, where there is one."""
        self.current = None
        if self._desk.stations:
            self._turn_back(self._desk.stations[-1])

    def _turn_back(self, station: Station) -> None:
        """Turn to a room of a server."""
        rooms = [buffer for buffer in station.buffers if buffer.kind == "channel"]
        self.turn_to(rooms[-1] if rooms else station.buffers.server)

    def remark(self, sentence: str) -> None:
        """Say something that the client has to say itself."""
        self._reporting.remark(sentence)

    async def leave(self, station: Station) -> None:
        """Leave a server that is not the right one; end where there is no other."""
        await self._desk.disconnect(station)
        self.remark(f"You have left {station.name}.")
        if self.current is None:
            self.end(EXIT_NO_CONNECTION)

    def end(self, code: int) -> None:
        """Read no more lines, and end with this exit code."""
        self._code = code
        self._is_over.set()
        self._has_changed.set()

    def complete(self, begun: str) -> list[str]:
        """Return what a word may become that is begun like that."""
        station = self._station()
        if begun.startswith("/"):
            found = [f"/{word}" for word in client_commands.words()]
        elif station is None or self.current is None:
            found = []
        else:
            found = [buffer.name for buffer in station.buffers if buffer.name]
            found += sorted({*(self.current.members or ()), *(entry.name for entry in self.current.spoken(100))})
        return [f"{one} " for one in found if one.lower().startswith(begun.lower()) and is_writable(one)]
