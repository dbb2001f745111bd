"""Requests: what the server does with a command or a query, from the asking to the answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from inspect import isawaitable
from typing import Final

import msgspec

from hubbub.core.account_requests import AnyAccountRequest
from hubbub.core.answers import Answer
from hubbub.core.attention_requests import AnyAttentionRequest
from hubbub.core.catalog import AnyCommand, MessageCommand, Record, RoomCommand
from hubbub.core.deciding import decide, require_modest
from hubbub.core.features.annotating import Delete, Reply
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say, Tell
from hubbub.core.files import FileId, FileView, no_such_file
from hubbub.core.hook_requests import AnyHookRequest
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refusal, Refused
from hubbub.core.limits import Limits
from hubbub.core.queries import AnyQuery
from hubbub.core.room_answers import Departed, Gathered
from hubbub.core.scene import Decision, Scene
from hubbub.service.concluding import Concluding
from hubbub.service.consulting import Consulting
from hubbub.service.ports import Clock, StoreUnavailable
from hubbub.service.preparing import Preparing
from hubbub.service.reading import Reading
from hubbub.service.repeats import Answered, Repeats, nonce_of
from hubbub.service.rooms import Rooms
from hubbub.service.scribe import TRY_AGAIN, Scribe
from hubbub.service.sessions import Asker, Session, Sessions

AsideRequest = AnyAccountRequest | AnyAttentionRequest | AnyHookRequest
"""What the core does not decide."""

Request = AnyCommand | AnyQuery | AsideRequest
"""Everything that can be asked on a connection."""

SHOWING: Final = (Say, Tell, Reply)
"""What may show files. A tuple, for a union would be made anew for every message."""

NONE_KEPT: Final[Mapping[int, Record]] = {}
"""For what is said for the first time, as nearly everything is."""

ServeAccount = Callable[[Session, AnyAccountRequest], Awaitable[Answer]]
"""Answers what is asked about an account; raises `Refused` and `StoreUnavailable`."""

ServeAttention = Callable[[Asker, AnyAttentionRequest], Awaitable[Answer]]
"""The same for what is asked about one's attention."""

ShowFiles = Callable[[PersonId, Sequence[FileId]], AbstractAsyncContextManager[tuple[FileView, ...]]]
"""Gives the files that somebody wants to show, and keeps them until the message that does is kept; raises `Refused`."""

ServeHooks = Callable[[Asker, AnyHookRequest], Awaitable[Answer]]
"""The same for what is asked about webhooks."""


class Requests:
    """Carries out what sessions ask."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        rooms: Rooms,
        scribe: Scribe,
        sessions: Sessions,
        reading: Reading,
        consulting: Consulting,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self._house = house
        self._scribe = scribe
        self._sessions = sessions
        self._reading = reading
        self._clock = clock
        self.limits = limits
        """What holds for the next request; may be replaced at any time."""
        self._consulting = consulting
        self.repeats = Repeats(house, clock)
        self.preparing = Preparing(house, rooms, sessions, clock)
        self.concluding = Concluding(house, sessions, clock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._serve_account: ServeAccount = _serve_no_account
        self._serve_attention: ServeAttention = _serve_no_account
        self._show_files: ShowFiles = _show_no_files
        self._serve_hooks: ServeHooks = _serve_no_account

    def serve_accounts(self, serve: ServeAccount) -> None:
        """Have this called for what people ask about their accounts."""
        self._serve_account = serve

    def serve_attention(self, serve: ServeAttention) -> None:
        """Have this called for what people ask about their attention."""
        self._serve_attention = serve

    def show_files(self, show: ShowFiles) -> None:
        """Have this asked for the files that people want to show."""
        self._show_files = show

    def serve_hooks(self, serve: ServeHooks) -> None:
        """Have this called for what people ask about webhooks."""
        self._serve_hooks = serve

    def start(self, asker: Asker, request: Request, answered: Answered) -> None:
        """Begin to carry out a request, and answer at once where nothing has to be waited for.

        What is asked about accounts is asked on a session.
        """
        try:
            if isinstance(request, AsideRequest):
                self._spawn(self._serve_aside(asker, request), answered)
                return
            if isinstance(request, AnyQuery):
                answer = self._reading.answer(asker.person, request)
                if isawaitable(answer):
                    self._spawn(answer, answered)
                else:
                    answered(answer)
                return
            self._start_command(asker, request, answered)
        except Refused as refused:
            answered(refused.refusal)

    def _start_command(self, asker: Asker, command: AnyCommand, answered: Answered) -> None:
        require_modest(asker.person, command, self.limits)
        if isinstance(command, MessageCommand):
            self._spawn(self._annotate(asker, command, answered), answered)
        elif files_of(command):
            self._spawn(self._carry_out_with_files(asker, command, answered), answered)
        elif isinstance(command, RoomCommand) or self.preparing.missing_rooms(asker.person, command):
            self._spawn(self._load_and_carry_out(asker, command, answered), answered)
        else:
            self.carry_out(asker, command, answered)

    def _serve_aside(self, asker: Asker, request: AsideRequest) -> Awaitable[Answer]:
        """Have it answered by whoever sees to such things; the core decides none of them."""
        if isinstance(request, AnyAccountRequest):
            return self._serve_account(_require_session(asker), request)
        if isinstance(request, AnyAttentionRequest):
            return self._serve_attention(asker, request)
        return self._serve_hooks(asker, request)

    async def perform(self, asker: Asker, command: AnyCommand, message: Record | None = None) -> Answer:
        """Carry out a command, perhaps about a message, and return the answer.

        Raises `Refused` and `StoreUnavailable`. Whoever names a message holds its room's turn.
        """
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def settle(answer: Answer | Exception) -> None:
            if isinstance(answer, Exception):
                answered.set_exception(answer)
            else:
                answered.set_result(answer)

        async with self._show_files(asker.person.id, files_of(command)) as files:
            await self.preparing.load_rooms(asker.person, command)
            self.carry_out(asker, command, settle, message, files=files)
            answer = await answered
        if isinstance(answer, Refusal):
            raise Refused.again(answer)
        return answer

    async def _annotate(self, asker: Asker, command: MessageCommand, answered: Answered) -> None:
        """Carry out a command about a message: one after the other in each room, so that all know how it looks."""
        live = await self._consulting.find_room(asker.person, command.message)
        self.preparing.attach_concerned(live)
        await self.preparing.load_partners(asker.person, live)
        async with self._consulting.turn(live.id):
            message = await self._consulting.find(asker.person, live, command.message)
            if message is not None:
                live.consult(message)
            elif isinstance(command, Delete):
                message = await self._consulting.find_reaction(live, command.message)
            if self._has_gone(asker):
                return
            async with self._show_files(asker.person.id, files_of(command)) as files:
                await self._carry_out_and_wait(asker, command, answered, message, files)

    def carry_out(
        self,
        asker: Asker,
        command: AnyCommand,
        answered: Answered,
        message: Record | None = None,
        files: tuple[FileView, ...] = (),
    ) -> None:
        """Decide a command whose rooms are loaded, and answer once what comes of it is kept.

        Raises `Refused`, having changed nothing.
        """
        person, nonce = asker.person, nonce_of(command)
        if nonce and self.repeats.is_repeat(person.id, nonce, self._in_order(answered)):
            return
        scene = Scene(self._house, person, self.limits, self._clock.time_ms(), asker.peer.group, message, files)
        decision = decide(scene, command)
        events = decision.events
        kept: Mapping[int, Record] = NONE_KEPT
        if nonce:
            answered = self.repeats.begin(person.id, nonce, answered)
            kept = self.repeats.find_kept(events)
            events = tuple(event for place, event in enumerate(events) if place not in kept)

        def settled(outcome: Refusal | Sequence[Record]) -> None:
            try:
                if isinstance(outcome, Refusal):
                    self.concluding.take_back(person, decision)
                    answer: Answer | Exception = outcome
                else:
                    self.concluding.conclude(asker, command, decision)
                    records = [*kept.values(), *outcome] if kept else outcome
                    answer = self._answer(person, command, decision, records)
            except Exception as error:  # noqa: BLE001 - the connection that asked judges it by the error policy
                answer = error
            answered(answer)

        self.concluding.begin(person, decision)
        self._scribe.submit(events, asker.outbox, settled)

    def _in_order(self, answered: Answered) -> Answered:
        """Return what answers after everything submitted until then."""
        return lambda answer: self.after_commit(lambda: answered(answer))

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do something once everything submitted until now is kept or refused."""
        self._scribe.submit((), None, lambda _: action())

    async def _carry_out_with_files(self, asker: Asker, command: AnyCommand, answered: Answered) -> None:
        """Carry out a command that shows files, which are there until what comes of it is kept."""
        async with self._show_files(asker.person.id, files_of(command)) as files:
            await self.preparing.load_rooms(asker.person, command)
            if not self._has_gone(asker):
                await self._carry_out_and_wait(asker, command, answered, files=files)

    async def _carry_out_and_wait(
        self,
        asker: Asker,
        command: AnyCommand,
        answered: Answered,
        message: Record | None = None,
        files: tuple[FileView, ...] = (),
    ) -> None:
        settled = asyncio.Event()

        def answer(given: Answer | Exception) -> None:
            settled.set()
            answered(given)

        self.carry_out(asker, command, answer, message, files)
        await settled.wait()

    async def _load_and_carry_out(self, asker: Asker, command: AnyCommand, answered: Answered) -> None:
        await self.preparing.load_rooms(asker.person, command)
        # Whoever has gone in between asks for nothing any more: he would be a member who is not there.
        if not self._has_gone(asker):
            self.carry_out(asker, command, answered)

    def _has_gone(self, asker: Asker) -> bool:
        return isinstance(asker, Session) and asker not in self._sessions.of(asker.person.id)

    def _answer(self, person: Person, command: AnyCommand, decision: Decision, records: Sequence[Record]) -> Answer:
        if type(command) is Say:
            # Asked about first, because most of what is asked is said.
            return self.repeats.name_messages(person.id, decision.answer, records)
        if isinstance(command, Join):
            room = self._house.require_channel(command.room)
            if not self._reading.is_member(person, room.id):
                # He was put out in the same breath.
                return Departed(room.name)
            entered = self._reading.entered(person, room.id)
            # Who was in already has heard it all.
            return entered if decision.events else msgspec.structs.replace(entered, recent=())
        if isinstance(decision.answer, Gathered):
            return self._gathered(person, decision.answer)
        return self.repeats.name_messages(person.id, decision.answer, records)

    def _gathered(self, person: Person, answer: Gathered) -> Answer:
        """Return the answer with the group as it is now, unless one was put out of it in the same breath."""
        room = self._house.require_channel(answer.room)
        if not self._reading.is_member(person, room.id):
            return answer
        entered = msgspec.structs.replace(self._reading.entered(person, room.id), recent=())
        return msgspec.structs.replace(answer, entered=entered)

    def _spawn(self, work: Awaitable[Answer | None], answered: Answered) -> None:
        task = asyncio.ensure_future(_attempt(work, answered))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _require_session(asker: Asker) -> Session:
    if not isinstance(asker, Session):
        raise TypeError(asker)
    return asker


def files_of(command: AnyCommand) -> tuple[FileId, ...]:
    """Return the files that a command wants to show."""
    return command.files if isinstance(command, SHOWING) else ()


@asynccontextmanager
async def _show_no_files(_person: PersonId, ids: Sequence[FileId]) -> AsyncIterator[tuple[FileView, ...]]:
    if ids:
        raise no_such_file()
    yield ()


async def _serve_no_account(
    _asker: Asker, _request: AnyAccountRequest | AnyAttentionRequest | AnyHookRequest
) -> Answer:
    raise Refused("not_allowed", "This server has no accounts.")


async def _attempt(work: Awaitable[Answer | None], answered: Answered) -> None:
    """Answer with what comes of the work; None means that it sees to the answer itself."""
    try:
        answer = await work
    except StoreUnavailable:
        answered(TRY_AGAIN)
    except Refused as refused:
        answered(refused.refusal)
    except Exception as error:  # noqa: BLE001 - the connection that asked judges it by the error policy
        answered(error)
    else:
        if answer is not None:
            answered(answer)
