"""The client's side of the native protocol as a value: messages in, what they mean out. No I/O, no clock, no chance.

What was asked is kept until it is answered, over any number of connections. What carries a nonce is sent again when a
connection was lost, and so are queries; everything else that was on its way then may have been done or not.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, assert_never

import msgspec
from msgspec.structs import replace

from hubbub.client.errors import Misunderstood
from hubbub.client.happenings import (
    Answered,
    Closing,
    Complaint,
    Departed,
    Entered,
    Failed,
    Heard,
    NotWelcomed,
    Question,
    Ready,
    Renaming,
    RoomReset,
    Welcomed,
)
from hubbub.client.model import NOBODY, Model
from hubbub.client.questions import Questions
from hubbub.client.records import record_of
from hubbub.core import catalog
from hubbub.core.account_requests import ChangePassword, LogIn, Register
from hubbub.core.answers import Answer, Done, Marked
from hubbub.core.kinds import Refusal, RoomId
from hubbub.wire import native

Turn = (
    native.Welcome
    | native.Resumed
    | native.Reset
    | native.EnteredMessage
    | native.DepartedMessage
    | native.YouMessage
    | native.ClosingMessage
)
"""What changes where, or who, one is."""


class _Stage(Enum):
    APART = auto()
    """There is no connection."""
    INTRODUCING = auto()
    """It is being said who one is."""
    CATCHING_UP = auto()
    """What was missed is being brought; nothing is asked before, for it may hold the answers."""
    SETTLING = auto()
    """Everything that follows from the introduction, such as coming into rooms, is on its way."""
    READY = auto()


class Conversation:
    """One client's talk with one server, over as many connections as it takes."""

    def __init__(self, hello: native.Hello) -> None:
        """Introduce oneself like that, and after the first welcome as who one is then."""
        self.model: Final = Model()
        self._hello = hello
        self._stage = _Stage.APART
        self._key = ""
        self._asked_since: dict[int, int] = {}
        self._catching_up: set[RoomId] = set()
        self._questions = Questions()
        self._outgoing: list[bytes] = []

    @property
    def waiting(self) -> int:
        """How many questions are not answered."""
        return len(self._questions)

    @property
    def is_ready(self) -> bool:
        """Whether what is asked is sent at once."""
        return self._stage is _Stage.READY

    @property
    def key(self) -> str:
        """What makes one the same guest again, and lets a guest in over HTTP; empty with an account."""
        return self._key

    def begin(self) -> None:
        """Take note of a new connection: the introduction is to be sent."""
        self._stage = _Stage.INTRODUCING
        self._asked_since = self.model.since()
        hello = self._hello
        if self.model.you is not NOBODY:
            hello = replace(
                hello,
                name=hello.name if hello.token else self.model.you.name,
                register=False,
                key=self._key,
                rooms=self._rooms(),
                since=self._asked_since,
                server=self.model.server_id,
            )
        self._outgoing = [native.encode(hello)]

    def begin_anew(self) -> None:
        """Do the same as somebody who was not here before: nobody knows the key any more."""
        self._key = ""
        self.begin()

    def lose(self) -> list[Failed]:
        """Take note that the connection is gone; return what will never be answered."""
        self._stage = _Stage.APART
        self._outgoing = []
        return self._questions.lose()

    def ask(self, request: native.Request) -> Question:
        """Ask something, now or as soon as there is a connection."""
        question = self._questions.add(request)
        if self._stage in {_Stage.SETTLING, _Stage.READY}:
            self._send(question)
        return question

    def withdraw(self, question: Question) -> None:
        """Forget a question: nobody waits for the answer. If it was sent, it may be done all the same."""
        self._questions.drop(question)

    def ping(self) -> None:
        """Ask whether the server is there; anything that comes shows it."""
        self._outgoing.append(native.encode(native.Ping()))

    def part(self) -> None:
        """Say goodbye: everything that was asked is answered before the server closes."""
        self._outgoing.append(native.encode(native.Bye()))

    def messages_to_send(self) -> list[bytes]:
        """Return what is to be sent next, a line each."""
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def receive(self, line: str | bytes) -> Iterator[Heard]:
        """Take a message, and say what it means. Raises `Misunderstood` if it is none."""
        message = _decode(line)
        match message:
            case None:
                pass
            case native.RecordMessage():
                yield from self._hear(message)
            case native.DoneMessage() | native.AnswerMessage():
                yield from self._take_answer(message)
            case native.RefusalMessage():
                yield from self._take_refusal(message)
            case native.SignalMessage():
                self.model.notice(message.signal)
                yield message.signal
            case native.Ping() | native.Pong() | native.Challenge() | native.Throttled():
                yield from self._keep_up(message)
            case _:
                yield from self._turn(message)

    def _keep_up(self, message: native.Ping | native.Pong | native.Challenge | native.Throttled) -> Iterator[Heard]:
        """Answer what only shows that both are there."""
        if isinstance(message, native.Ping):
            self._outgoing.append(native.encode(native.Pong(message.id)))
        elif isinstance(message, native.Pong) and self._stage is _Stage.SETTLING:
            self._stage = _Stage.READY
            yield Ready()

    def _turn(self, message: Turn) -> Iterator[Heard]:
        """Take note of what changes where, or who, one is."""
        match message:
            case native.Welcome():
                yield from self._enter(message)
            case native.Resumed():
                self.model.resumed(message.room, message.seq)
                yield from self._caught_up(message.room)
            case native.Reset():
                self.model.enter(message.room)
                yield RoomReset(message.room)
                yield from self._questions.recognize(message.room.recent)
                yield from self._caught_up(message.room.id)
            case native.EnteredMessage():
                self.model.enter(message.room)
                yield Entered(message.room)
            case native.DepartedMessage():
                room = self.model.rooms.get(message.room)
                self.model.depart(message.room)
                yield Departed(message.room, room.name if room else "")
            case native.YouMessage():
                self.model.rename(message.you)
                yield Renaming(message.you)
            case native.ClosingMessage():
                yield Closing(message.code, message.sentence, message.come_back)
            case _:
                assert_never(message)

    def _enter(self, welcome: native.Welcome) -> Iterator[Heard]:
        is_return = self.model.you.id == welcome.you.id
        self._key = welcome.key
        self._stage = _Stage.CATCHING_UP
        is_known = is_return and self.model.server_id == welcome.server.id
        self._catching_up = self.model.welcome(welcome, self._asked_since if is_known else ())
        yield Welcomed(welcome, is_return)
        for room in welcome.rooms:
            yield from self._questions.recognize(room.recent)
        yield from self._try_ready()

    def _caught_up(self, room: RoomId) -> Iterator[Heard]:
        self._catching_up.discard(room)
        yield from self._try_ready()

    def _try_ready(self) -> Iterator[Heard]:
        """Send what waits, once it is known what of it was heard already."""
        if self._stage is not _Stage.CATCHING_UP or self._catching_up:
            return
        self._stage = _Stage.SETTLING
        self.ping()
        yield from self._questions.disown(self.model.you.id)
        for question in self._questions:
            self._send(question)

    def _send(self, question: Question) -> None:
        question.sender = self.model.you.id
        self._outgoing.append(native.encode_request(question.request, question.id))

    def _hear(self, message: native.RecordMessage) -> Iterator[Heard]:
        stored = catalog.Record(message.room, message.seq, message.time_ms, message.event, quote=message.quote)
        if self.model.apply(stored, message.where):
            yield record_of(stored, message.where, self.model.you.id)
        yield from self._questions.recognize((stored,))

    def _take_answer(self, message: native.DoneMessage | native.AnswerMessage) -> Iterator[Heard]:
        answer = Done(message.message) if isinstance(message, native.DoneMessage) else message.answer
        yield from self._answer(message.id, answer)

    def _take_refusal(self, message: native.RefusalMessage) -> Iterator[Heard]:
        refusal = Refusal(message.code, message.sentence, message.suggestion, message.retry_seconds)
        if message.id is not None:
            yield from self._answer(message.id, refusal)
        elif self._stage is _Stage.INTRODUCING:
            yield NotWelcomed(refusal)
        else:
            yield Complaint(refusal)

    def _answer(self, id_: native.Id, answer: Answer) -> Iterator[Heard]:
        question = self._questions.find(id_)
        if question is not None:
            self._questions.drop(question)
            if isinstance(answer, Marked):
                # Only one's other connections are told.
                self.model.mark(answer.room, answer.thread, answer.seq)
            elif not isinstance(answer, Refusal):
                self._remember(question.request)
            yield Answered(question, answer)

    def _remember(self, request: native.Request) -> None:
        """Keep what one has to prove from now on to be let in again."""
        match request:
            case LogIn():
                self._hello = replace(self._hello, name=request.name, password=request.password, token="")
            case Register(password=password) | ChangePassword(new=password):
                self._hello = replace(self._hello, password=password)
            case _:
                pass

    def _rooms(self) -> tuple[str, ...] | None:
        """Return where a guest wants to be again."""
        return tuple(room.name for room in self.model.rooms.values() if room.kind == "channel") or self._hello.rooms


class _Head(msgspec.Struct, frozen=True):
    """What every message has."""

    type: str


def _decode(line: str | bytes) -> native.FromServer | None:
    """Return the message; None where it is of a kind, or about something, that only newer clients know."""
    try:
        return native.decode_from_server(line)
    except msgspec.ValidationError:
        # Without a welcome one would wait for ever.
        if _is_of_another_kind(line, than="welcome"):
            return None
        raise Misunderstood(NOT_SPOKEN) from None
    except _UNREADABLE:
        raise Misunderstood(NOT_SPOKEN) from None


def _is_of_another_kind(line: str | bytes, than: str) -> bool:
    try:
        return msgspec.json.decode(line, type=_Head).type != than
    except _UNREADABLE:
        return False


_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)

NOT_SPOKEN: Final = "Whoever answers there does not speak the native protocol of hubbub."
