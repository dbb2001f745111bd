"""Stations: one server, as somebody is connected to it again and again."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine, Sequence
from typing import Final

from msgspec.structs import replace

from hubbub.client.backoff import delay_seconds
from hubbub.client.connecting import connect
from hubbub.client.endpoints import Endpoint, parse_endpoint
from hubbub.client.errors import ClientError, Ended, Misunderstood, NoConnection, Untrusted
from hubbub.client.happenings import Connected, Disconnected, Error, Renaming
from hubbub.client.hub import Hub
from hubbub.client.model import NOBODY, Kept
from hubbub.client.trust import SYSTEM, Pinned, Trust, fetch_fingerprint
from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.features.membership import Join
from hubbub.core.kinds import Refusal, Refused, Seq
from hubbub.core.people_answers import PersonFound
from hubbub.core.queries import FindPerson
from hubbub.core.room_answers import Entered
from hubbub.core.signals import AnySignal
from hubbub.phrasing import phrases
from hubbub.tui import states
from hubbub.tui.acting import now_ms
from hubbub.tui.buffer_list import BufferList
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import BufferAdded, BufferRemoved, BufferWanted, Change, Settled, Signalled, StationChanged
from hubbub.tui.choices import Choice, Who
from hubbub.tui.drafts import Drafts
from hubbub.tui.entries import Outgoing
from hubbub.tui.filling import Filling
from hubbub.tui.hearing import Hearing
from hubbub.tui.keeping import Keeping
from hubbub.tui.marks import Marks
from hubbub.tui.sending import Sending
from hubbub.tui.shelved import Shelved
from hubbub.wire.native import You

MILLISECONDS: Final = 1_000
"""In a second."""

CLIENT: Final = "hubbub chat"
"""What the server's log calls this client."""


class Station(Shelved):
    """One server. `open` returns at once; what becomes of it is in `state`, and told as changes."""

    def __init__(self, choice: Choice, tell: Callable[[Change], None], keeping: Keeping | None = None) -> None:
        """Go where the choice says; with `keeping`, go on where an earlier run has ended. Raises `BadEndpoint`."""
        self.endpoint: Endpoint = parse_endpoint(choice.endpoint)
        self.name = self.endpoint.address
        self.who = choice.who
        self.fingerprint = choice.fingerprint
        self.state: states.State = states.Closed()
        self.you: You = NOBODY
        self.is_away = False
        """Whether one has said that one is."""
        self.buffers = BufferList(self.name, self._note)
        self._rooms = self._wanted = choice.rooms
        """Where a guest comes in, and what is joined once by whoever was here before."""
        self._listener = tell
        self._keeping = keeping
        self._shelf = None
        self._kept: Kept | None = None
        self._server_id = ""
        self._shelf_name = None
        self._hub: Hub | None = None
        self._hearing: Hearing | None = None
        self._filling = Filling(self.buffers, self.keep, self.said)
        self._sending = Sending(self.buffers, self._settled)
        self._drafts = Drafts(self.buffers)
        self._is_answered = asyncio.Event()
        self._marks = Marks()
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to reach it, and come back whenever the connection is lost; harmless when repeated."""
        if self._running is not None and not self._running.done():
            return
        self._running = asyncio.get_running_loop().create_task(self._run(), name=f"station {self.name}")

    async def close(self) -> None:
        """Say goodbye, and come back no more. What was to be said waits until it is opened again."""
        await self._drafts.leave()
        if self._hub is not None and self.is_online:
            await self._marks.tell_last(self._hub)
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.wait([running])
        for task in tuple(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._put_back()
        self._change_state(states.Closed())

    @property
    def is_online(self) -> bool:
        """Whether what is asked now is sent at once."""
        return isinstance(self.state, states.Online)

    def introduce(self, who: Who) -> None:
        """Come in as somebody else, where one could not as before."""
        self.who = who
        self._is_answered.set()

    def hold(self, token: str) -> None:
        """Come in by a token from now on, and by no password."""
        self.who = Who(self.you.name, token=token)

    def trust(self, fingerprint: str) -> None:
        """Take this certificate for the server's own from now on."""
        self.fingerprint = fingerprint
        self._is_answered.set()

    async def _run(self) -> None:
        sending = asyncio.create_task(self._sending.run(), name=f"sending to {self.name}")
        sending.add_done_callback(self._note_failure)
        failures = 0
        try:
            while True:
                await self._take_shelf()
                self._change_state(states.Connecting())
                try:
                    await self._stay()
                except NoConnection as error:
                    failures += 1
                    await self._wait(str(error), failures)
                except Untrusted as error:
                    await self._ask(await self._ask_trust(error))
                except Refused as refused:
                    failures = 0
                    await self._ask(states.question_of(refused.refusal) or states.Ended(str(refused)))
                except (Ended, Misunderstood) as error:
                    await self._ask(states.Ended(str(error)))
        finally:
            sending.cancel()
            await asyncio.wait([sending])

    async def _stay(self) -> None:
        """Be connected until that makes no sense any more; raises why, as `Hub` does."""
        hub = self._make_hub()
        self._hearing = hearing = Hearing(hub, self.buffers, self)
        hub.on(Connected)(self._come_in)
        hub.on(Disconnected)(self._lose)
        hub.on(Renaming)(lambda renaming: self._be(renaming.you))
        hub.on(Error)(self._tell_error)
        # Before it is there: what it tells first needs it.
        self._hub = hub
        try:
            async with hub:
                await hub.closed()
        finally:
            self._kept = self._keep_place() or self._kept
            self._hub = None
            self._sending.connect(None)
            self._drafts.connect(None)
            hearing.close()

    def _tell_error(self, error: Error) -> None:
        """Say what went wrong that nobody has asked for, among the server's own lines; everything goes on."""
        match error.error:
            case Refused(refusal=refusal):
                self.tell(self.buffers.server, phrases.refused(refusal), is_error=True)
            case fault:
                sentence = f"This client has a fault ({error.where}): {fault!r}. Something may be missing here."
                self.tell(self.buffers.server, sentence, is_error=True)

    def _note_failure(self, task: asyncio.Task[None]) -> None:
        """Say so where nothing is said any more because of a fault of this client's own."""
        if not task.cancelled() and (error := task.exception()) is not None:
            asyncio.get_running_loop().call_exception_handler({"message": "sending has failed", "exception": error})
            self._change_state(states.Ended(f"This client has a fault, and says nothing any more: {error!r}."))

    def _make_hub(self) -> Hub:
        who = self.who
        trust: Trust = Pinned(self.fingerprint) if self.fingerprint else SYSTEM
        return connect(
            str(self.endpoint),
            name="" if who.token else who.name,
            password=who.password,
            token=who.token,
            register=who.is_new,
            code=who.code,
            rooms=self._rooms or None,
            client=CLIENT,
            tls=trust,
            kept=self._kept,
        )

    async def _wait(self, sentence: str, failures: int) -> None:
        seconds = delay_seconds(failures, random.random())  # noqa: S311 - spreads, hides nothing
        self._change_state(states.Waiting(sentence, now_ms() + int(seconds * MILLISECONDS)))
        await asyncio.sleep(seconds)

    async def _ask_trust(self, error: Untrusted) -> states.Question | states.Ended:
        try:
            shown = await fetch_fingerprint(self.endpoint)
        except OSError:
            return states.Ended(str(error))
        if self.fingerprint:
            return states.ChangedCertificate(shown, self.fingerprint)
        return states.NewCertificate(shown)

    async def _ask(self, question: states.Question | states.Ended) -> None:
        """Wait until somebody has answered, or wants to try again."""
        self._is_answered.clear()
        self._change_state(question if isinstance(question, states.Ended) else states.Asking(question))
        await self._is_answered.wait()

    def try_again(self) -> None:
        """Reach the server after all, where it had ended."""
        self._is_answered.set()

    def _come_in(self, connected: Connected) -> None:
        hub, hearing = self._hub, self._hearing
        if hub is None or hearing is None:
            return
        # An account is opened, and an invitation spent, once.
        self.who = replace(self.who, is_new=False, code="")
        if self._server_id not in {"", hub.model.server_id}:
            self._forget_heard()
        self._server_id = hub.model.server_id
        self._be(connected.you)
        hearing.know_all()
        self._change_state(states.Online())
        self._connect_drafts()
        self._spawn(self._settle(hub))

    async def _settle(self, hub: Hub) -> None:
        """Bring what is missing, and only then say what waited: it may have been heard already."""
        for buffer in self.buffers:
            await self._filling.fill(hub, buffer)
        wanted, self._wanted = self._wanted, ()
        self._sending.connect(hub)
        for room in wanted:
            await self._go_into(hub, room)
        if wanted and (first := self.find(wanted[0])) is not None:
            self._tell(BufferWanted(first))
        await self._marks.tell_all(hub)
        await self._learn_absence(hub)

    async def _go_into(self, hub: Hub, room: str) -> None:
        """Be in a room that was asked for before there was a connection; say so where that cannot be."""
        if self.find(room) is not None:
            return
        try:
            answer = await hub.ask(Join(room))
        except Refused as refused:
            channels = [buffer for buffer in self.buffers if buffer.kind == "channel"]
            self.tell((channels or [self.buffers.server])[0], phrases.refused(refused.refusal), is_error=True)
        else:
            if isinstance(answer, Entered):
                self.buffers.ensure(answer.room, "channel", answer.id)

    async def _learn_absence(self, hub: Hub) -> None:
        """Know whether one is away: one may have said so on another device, or on an earlier connection."""
        found = await hub.ask(FindPerson(hub.model.you.name))
        self.be_away(is_away=isinstance(found, PersonFound) and found.away is not None)

    def be_away(self, *, is_away: bool) -> None:
        """Take note of whether one is away."""
        if is_away != self.is_away:
            self.is_away = is_away
            self._tell(StationChanged(self))

    def _connect_drafts(self) -> None:
        """Have one's drafts on all one's devices, where one has an account."""
        self._drafts.connect(self._hub if self.is_online and self.you.has_account else None)

    def _lose(self, disconnected: Disconnected) -> None:
        self._drafts.connect(None)
        if disconnected.will_return:
            self._change_state(states.Waiting(disconnected.reason))

    def _be(self, you: You) -> None:
        if you != self.you:
            self.you = you
            self._connect_drafts()
            self._tell(StationChanged(self))

    def _change_state(self, state: states.State) -> None:
        if state != self.state:
            self.state = state
            self._tell(StationChanged(self))

    # What it hears: see `hearing.Follow`.

    def catch_up(self, buffer: Buffer, recent: Sequence[Record], seq: Seq) -> None:
        """Take the last messages of a room, and bring what is missing before them."""
        has_gap = self._filling.find_gap(buffer, recent, seq)
        self._filling.take(buffer, recent, self.you.id)
        buffer.seq = max(buffer.seq, seq)
        if has_gap and self.is_online and self._hub is not None:
            self._spawn(self._filling.fill(self._hub, buffer))

    def said(self, nonce: str) -> None:
        """Have something to say no longer that was heard."""
        self._sending.drop(nonce)

    def begun(self, room: str, text: str) -> None:
        """Take what one has begun to write on another device."""
        self._drafts.hear(room, text)

    def signalled(self, signal: AnySignal) -> None:
        """Tell of a signal."""
        self._tell(Signalled(self, signal))

    def _settled(self, outgoing: Outgoing, outcome: Answer | Refusal) -> None:
        self._tell(Settled(self, outgoing, outcome))

    def _note(self, change: Change) -> None:
        """Tell of a change of the buffers."""
        self._tell(change)
        match change:
            case BufferAdded():
                self._drafts.place(change.buffer)
            case BufferRemoved():
                self._drafts.lose(change.buffer)
            case _:
                pass

    def _tell(self, change: Change) -> None:
        self._listener(change)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(work), name=f"catching up with {self.name}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Coroutine[None, None, None]) -> None:
    """Do what is done again on the next connection, where this one is lost meanwhile, or the room is gone."""
    with contextlib.suppress(ClientError, Refused):
        await work
