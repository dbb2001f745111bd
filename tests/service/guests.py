"""Guests: people whose protocol is that of no client, so that a test sees records and answers as they are."""

import asyncio
from collections import deque
from collections.abc import Collection
from typing import Final, get_args

import msgspec
from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.catalog import MESSAGE_EVENTS, AnyEvent, ModerationEvent, Record
from hubbub.core.features.membership import Departure, Join
from hubbub.core.features.messages import Announced, Said
from hubbub.core.features.topics import TopicSet
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId
from hubbub.core.message_answers import Done, Told
from hubbub.core.room import LOBBY, Room
from hubbub.core.scene import DONE
from hubbub.core.signals import AnySignal
from hubbub.service.audience import Dialect
from hubbub.service.outbox import Outbox, no_file
from hubbub.service.pace import Pace
from hubbub.service.peers import Peer
from hubbub.service.pipeline import Pipeline
from hubbub.service.requests import Request
from hubbub.service.sessions import Session
from tests.service.node import Node

_decoder: Final = msgspec.json.Decoder(Record)


class MemoryPipe:
    """Takes everything; whoever reads from it takes it out again."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []
        """What was written, a piece for each call."""
        self.unsent_bytes = 0
        """What the other end is said not to have accepted yet."""
        self.get_file = no_file

    def send(self, data: bytes) -> int:
        """Take the bytes, all of them."""
        self.writes.append(data)
        return len(data)

    def write(self, data: bytes) -> None:
        """Take the bytes."""
        self.writes.append(data)

    def waiting_bytes(self) -> int:
        """Return how much is waiting."""
        return self.unsent_bytes

    def is_reset(self) -> bool:
        """Return that the other end is there."""
        return False

    def take(self) -> bytes:
        """Return all that was written since the last time."""
        data = b"".join(self.writes)
        self.writes.clear()
        return data


def make_outbox(limit_bytes: int = 0) -> tuple[MemoryPipe, Outbox, list[int]]:
    """Return an outbox, the pipe it writes to, and a list of how much was waiting when it overflowed."""
    pipe, overflows = MemoryPipe(), list[int]()
    return pipe, Outbox(pipe, limit_bytes, overflows.append), overflows


class RecordDialect:
    """Shows records as they are, one JSON object a line."""

    def __init__(self, *echoes: type[AnyEvent], folds: bool = True) -> None:
        self.echoes: Collection[type[AnyEvent]] = echoes
        self.folds = folds
        self.keeps_state = self.hears_itself = not folds
        self.encoded: list[Record] = []
        """Every record that was put into bytes, in the order of the work."""

    def encode(self, room: Room, record: Record) -> bytes:  # noqa: ARG002 - other dialects need the room
        """Return the record as a line."""
        self.encoded.append(record)
        return msgspec.json.encode(record) + b"\n"


def parse_records(data: bytes) -> list[Record]:
    """Return what a record dialect has put into bytes."""
    return _decoder.decode_lines(data)


HERE: Final = Peer("127.0.0.1:1", "127.0.0.1")
"""Where guests come from."""

RECORDS: Final = RecordDialect(TopicSet, *get_args(ModerationEvent))
"""What guests hear who want nothing special: not their own words, which they are answered."""


def without_ids(answer: Answer) -> Answer:
    """Return an answer as it is for those who do not care which record a message became."""
    match answer:
        case Done():
            return DONE
        case Told():
            return replace(answer, outcomes=tuple(replace(outcome, message="") for outcome in answer.outcomes))
        case _:
            return answer


class Guest:
    """Somebody in the house, with everything he was told, in order."""

    def __init__(
        self, node: Node, name: str, dialect: Dialect = RECORDS, pace: Pace | None = None, address: str = HERE.group
    ) -> None:
        self._prepare(node, dialect)
        self._begin(node.people.enter(name, self.outbox, self, Peer(f"{address}:1", address)), pace)

    def _prepare(self, node: Node, dialect: Dialect) -> None:
        self.node = node
        self.dialect = dialect
        self.pipe = MemoryPipe()
        self.outbox = Outbox(self.pipe, 0, self._never)
        self.signals: list[AnySignal] = []
        self.dismissed: list[str] = []
        """Why he was sent away."""
        self.gone = asyncio.Event()
        """Set when he was."""
        self._waiting: deque[tuple[Request, asyncio.Future[Answer]]] = deque()
        self._sent: list[asyncio.Future[Answer]] = []
        self._heard: list[Record] = []

    def _begin(self, session: Session, pace: Pace | None) -> None:
        self.session = session
        self.pipeline = Pipeline(session, self.node.requests, self.node.clock, pace, self._answered, lambda: None)

    @property
    def id(self) -> PersonId:
        """Return who he is."""
        return self.session.person.id

    @property
    def name(self) -> str:
        """Return what he is called at present."""
        return self.session.person.name

    async def ask(self, request: Request) -> Answer:
        """Ask something and return the answer, without the ids of messages; raises where another comes in its place."""
        return without_ids(await self.ask_with_ids(request))

    async def ask_with_ids(self, request: Request) -> Answer:
        """Ask something and return the whole answer."""
        return await self.node.unless_broken(self._ask(request))

    def send(self, *requests: Request) -> None:
        """Ask all this at once, without waiting for anything."""
        self._sent += map(self._ask, requests)

    async def answers(self) -> list[Answer]:
        """Wait for the answers to all that was sent since the last time, and return them without ids."""
        sent, self._sent = self._sent, []
        return [without_ids(await self.node.unless_broken(future)) for future in sent]

    @property
    def heard(self) -> list[Record]:
        """Return every record he heard, in order."""
        self._heard += parse_records(self.pipe.take())
        return self._heard

    @property
    def messages(self) -> list[str]:
        """Return the texts of all messages he heard, in order."""
        return [text_of(record) for record in self.heard if isinstance(record.event, MESSAGE_EVENTS)]

    def heard_of(self, *kinds: type[AnyEvent]) -> list[AnyEvent]:
        """Return the events of these kinds that he heard, in order."""
        return [record.event for record in self.heard if isinstance(record.event, kinds)]

    def forget(self) -> None:
        """Forget what he heard and was told until now."""
        self.pipe.take()
        self._heard.clear()
        self.signals.clear()

    def leave(self, reason: str = "") -> None:
        """Go as a closed connection does."""
        self.pipeline.close()
        self.node.people.leave(self.session, reason)

    @property
    def keeps_marks(self) -> bool:
        """Return that he says himself what he has read."""
        return True

    @property
    def tells_waiting(self) -> bool:
        """Return that he is told what waited for him."""
        return True

    @property
    def shows_typing(self) -> bool:
        """Return that he wants to see who is writing."""
        return True

    def dialect_in(self, _room: Room) -> Dialect:
        """Hear every room alike."""
        return self.dialect

    def seated(self, person: Person) -> None:
        """Be somebody else."""

    def attached(self, room: Room) -> None:
        """Hear a room."""

    def detached(self, room: Room) -> None:
        """Hear it no longer."""

    def notice(self, signal: AnySignal) -> None:
        """Remember a signal."""
        self.signals.append(signal)

    def _ask(self, request: Request) -> asyncio.Future[Answer]:
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        self.pipeline.ask(request)
        return future

    def _answered(self, request: Request, answer: Answer | Exception) -> None:
        asked, future = self._waiting.popleft()
        if request is not asked:
            future.set_exception(AssertionError(f"{request} was answered before {asked}"))
        elif isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)

    def dismiss(self, sentence: str, departure: Departure) -> None:
        """Be sent away."""
        self.dismissed.append(sentence)
        self.gone.set()
        self.pipeline.close()
        self.node.people.dismiss(self.session, departure)

    def _never(self, _: int) -> None:
        raise AssertionError("a guest without a limit has too much waiting")


async def arrive(node: Node, *names: str) -> list[Guest]:
    """Let people into the lobby, and return them; they have heard nothing yet."""
    guests = [Guest(node, name) for name in names]
    for guest in guests:
        await guest.ask(Join(LOBBY))
    for guest in guests:
        guest.forget()
    return guests


def text_of(record: Record) -> str:
    """Return what was said, or nothing where nobody spoke."""
    return record.event.text if isinstance(record.event, Said | Announced) else ""
