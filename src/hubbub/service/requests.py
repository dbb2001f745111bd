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
from hubbub.core.decisions.settings import room_name_taken
from hubbub.core.effects import EFFECTIVE, note_knocks, take_effect
from hubbub.core.features.annotating import Reply
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.settings import RenameRoom
from hubbub.core.features.traits import SetTrait
from hubbub.core.files import FileId, FileView, no_such_file
from hubbub.core.hook_requests import AnyHookRequest
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refusal, Refused
from hubbub.core.limits import Limits
from hubbub.core.names import Name, parse_room_name
from hubbub.core.queries import AnyQuery
from hubbub.core.room import RoomKind, direct_people
from hubbub.core.room_answers import Departed, Gathered
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import AnySignal, Automating, Describing, Hiding, Identifying, Idling, Portraying, Returning
from hubbub.service.consulting import Consulting
from hubbub.service.ports import Clock, StoreUnavailable
from hubbub.service.reading import Reading
from hubbub.service.repeats import Answered, Repeats, nonce_of
from hubbub.service.room_needs import RoomAddress, rooms_needed
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.scribe import TRY_AGAIN, Scribe
from hubbub.service.sessions import Asker, Session, Sessions

AsideRequest = AnyAccountRequest | AnyAttentionRequest | AnyHookRequest
"""What the core does not decide."""

Request = AnyCommand | AnyQuery | AsideRequest
"""Everything that can be asked on a connection."""

TURNINGS: Final = (GoAway, ComeBack)
SHOWING: Final = (Say, Tell, Reply)
"""Who turns away or back, and what may show files. Tuples, for a union would be made anew for every message."""

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

NoteTurning = Callable[[PersonId, Sequence[tuple[PersonId, AnySignal]]], None]
"""Called with who is away, or back, whom it concerns, and what each of them is told."""


NoteRenaming = Callable[[Person, str, str], None]
"""Called with who is called something else now, and his old name and its comparison form."""

PORTRAYALS: Final = (Describing, Automating, Portraying, Identifying)
"""What those are told who look out for somebody closely. A tuple, as above."""


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
        self._rooms = rooms
        self._scribe = scribe
        self._sessions = sessions
        self._reading = reading
        self._clock = clock
        self.limits = limits
        """What holds for the next request; may be replaced at any time."""
        self._consulting = consulting
        self.repeats = Repeats(house, clock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._serve_account: ServeAccount = _serve_no_account
        self._note_turning: NoteTurning = lambda _person, signals: self._sessions.notice(signals)
        self._note_renaming: NoteRenaming = lambda _person, _name, _key: None
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

    def on_turning(self, callback: NoteTurning) -> None:
        """Have this called with who is away, or back, and whom it concerns."""
        self._note_turning = callback

    def on_renamed(self, callback: NoteRenaming) -> None:
        """Have this called with who is here and is called something else now."""
        self._note_renaming = callback

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
        elif isinstance(command, RoomCommand) or self._missing_rooms(asker.person, command):
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
            await self._load_rooms(asker.person, command)
            self.carry_out(asker, command, settle, message, files=files)
            answer = await answered
        if isinstance(answer, Refusal):
            raise Refused.again(answer)
        return answer

    async def _annotate(self, asker: Asker, command: MessageCommand, answered: Answered) -> None:
        """Carry out a command about a message: one after the other in each room, so that all know how it looks."""
        live = await self._consulting.find_room(asker.person, command.message)
        self.attach_concerned(live)
        await self._load_partners(asker.person, live)
        async with self._consulting.turn(live.id):
            message = await self._consulting.find(asker.person, live, command.message)
            if message is not None:
                live.consult(message)
            if self._has_gone(asker):
                return
            async with self._show_files(asker.person.id, files_of(command)) as files:
                await self._carry_out_and_wait(asker, command, answered, message, files)

    async def _load_partners(self, person: Person, live: LiveRoom) -> None:
        """Know whom somebody refuses to hear who has an account, is not here, and talks with this person."""
        for other in direct_people(live.settled.kind, live.settled.key):
            if other != person.id and other not in self._house.people and self._house.account_of(other) is not None:
                await self._rooms.open(RoomKind.PERSONAL, other, "")

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
        if decision.claim is not None:
            self._house.claim(decision.claim, person.id)
        events = decision.events
        kept: Mapping[int, Record] = NONE_KEPT
        if nonce:
            answered = self.repeats.begin(person.id, nonce, answered)
            kept = self.repeats.find_kept(events)
            events = tuple(event for place, event in enumerate(events) if place not in kept)

        def settled(outcome: Refusal | Sequence[Record]) -> None:
            try:
                if isinstance(outcome, Refusal):
                    self._take_back(person, decision)
                    answer: Answer | Exception = outcome
                else:
                    self._conclude(asker, command, decision)
                    records = [*kept.values(), *outcome] if kept else outcome
                    answer = self._answer(person, command, decision, records)
            except Exception as error:  # noqa: BLE001 - the connection that asked judges it by the error policy
                answer = error
            answered(answer)

        if decision.signals:
            _note_warnings(person, decision)
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
            await self._load_rooms(asker.person, command)
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

    def _missing_rooms(self, person: Person, command: AnyCommand) -> list[RoomAddress]:
        needed = rooms_needed(self._house, person, command, self._clock.time_ms())
        return [room for room in needed if self._house.find_room(room[0], room[1]) is None]

    async def _load_rooms(self, person: Person, command: AnyCommand) -> None:
        if isinstance(command, RoomCommand):
            await self._rooms.open_existing(RoomKind.CHANNEL, parse_room_name(command.room).key)
        if isinstance(command, RenameRoom):
            await self._require_free(command)
        # Again and again: while some rooms are loaded, people come, go and change whom they block.
        while missing := self._missing_rooms(person, command):
            for kind, key, name in missing:
                live = await self._rooms.open(kind, key, name)
                if kind is not RoomKind.CHANNEL:
                    self.attach_concerned(live)

    async def _load_and_carry_out(self, asker: Asker, command: AnyCommand, answered: Answered) -> None:
        await self._load_rooms(asker.person, command)
        # Whoever has gone in between asks for nothing any more: he would be a member who is not there.
        if not self._has_gone(asker):
            self.carry_out(asker, command, answered)

    def _has_gone(self, asker: Asker) -> bool:
        return isinstance(asker, Session) and asker not in self._sessions.of(asker.person.id)

    async def _require_free(self, command: RenameRoom) -> None:
        """Raise `Refused` where another channel has the name: loaded or not, and also where nobody is in it."""
        name = parse_room_name(command.new_name)
        room = self._house.require_channel(command.room)
        other = await self._rooms.find(RoomKind.CHANNEL, name.key)
        if other is not None and other != room.id:
            raise room_name_taken(name.shown)

    def detach_concerned(self, live: LiveRoom) -> None:
        """Let nobody listen to a room any more that is being dropped."""
        for person in live.settled.key.split():
            for listener in self._sessions.of(PersonId(person)):
                listener.detach(live)

    def attach_concerned(self, live: LiveRoom) -> None:
        """Let those listen whom a room concerns; a channel is listened to by joining it."""
        for person in live.settled.key.split():
            for listener in self._sessions.of(PersonId(person)):
                listener.attach(live)

    def _conclude(self, asker: Asker, command: AnyCommand, decision: Decision) -> None:
        """Do what is no record: names, presence, and signals."""
        person = asker.person
        if decision.claim is not None:
            self._call(person, decision.claim)
        was_away = person.away
        if isinstance(command, EFFECTIVE):
            take_effect(person, command, self._clock.time_ms())
        if person.away != was_away:
            turned = Returning(person.name) if person.away is None else Idling(person.name, person.away)
            self._sessions.lookout.tell(person, turned, self._house.refusers_of(person.id))
        elif isinstance(decision.elsewhere, PORTRAYALS) and not _is_of_room(command):
            self._sessions.lookout.tell(person, decision.elsewhere, self._house.refusers_of(person.id))
        if decision.elsewhere is not None:
            self._sessions.notice_others(asker, decision.elsewhere)
        if isinstance(command, TURNINGS):
            self._note_turning(person.id, decision.signals)
        elif decision.signals:
            note_knocks(person, decision.signals, self._clock.time_ms())
            self._sessions.notice(decision.signals)

    def _call(self, person: Person, name: Name) -> None:
        """Let somebody be called something else."""
        old_name, old_key = person.name, person.key
        if name.key != old_key:
            self._house.release(old_key, person.id)
        person.name, person.key = name.shown, name.key
        if person.id not in self._house.people:
            # He left in between, and took only his old name with him.
            self._house.release(person.key, person.id)
        elif name.key != old_key:
            self._note_renaming(person, old_name, old_key)

    def _take_back(self, person: Person, decision: Decision) -> None:
        if decision.claim is not None and decision.claim.key != person.key:
            self._house.release(decision.claim.key, person.id)
        if _has_warning(decision):
            # He was not told, so he is to be told with the next one.
            person.warned.difference_update(room.id for room, _ in decision.events)

    def _answer(self, person: Person, command: AnyCommand, decision: Decision, records: Sequence[Record]) -> Answer:
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


def _is_of_room(command: AnyCommand) -> bool:
    return isinstance(command, SetTrait) and bool(command.subject)


def _require_session(asker: Asker) -> Session:
    if not isinstance(asker, Session):
        raise TypeError(asker)
    return asker


def _note_warnings(person: Person, decision: Decision) -> None:
    if _has_warning(decision):
        person.warned.update(room.id for room, _ in decision.events)


def _has_warning(decision: Decision) -> bool:
    return any(isinstance(signal, Hiding) for _, signal in decision.signals)


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
