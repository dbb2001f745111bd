"""The client's side of the native protocol as a value: messages in, what they mean out. No I/O, no clock, no chance.

What was asked is kept until it is answered, over any number of connections. What carries a nonce is sent again when a
connection was lost, and so are queries; everything else that was on its way then may have been done or not.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, assert_never

import msgspec

from hubbub.client.bounds import require_bounded
from hubbub.client.errors import Misunderstood
from hubbub.client.happenings import (
    Answered,
    Challenged,
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
from hubbub.client.introduction import Introduction
from hubbub.client.model import Kept, Model
from hubbub.client.questions import Questions
from hubbub.client.records import record_of
from hubbub.core import catalog
from hubbub.core.answers import Answer
from hubbub.core.kinds import Refusal, RoomId
from hubbub.core.message_answers import Done
from hubbub.wire import native

Turn = (
    native.Welcome
    | native.Challenge
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

    def __init__(self, hello: native.Hello, kept: Kept | None = None) -> None:
        """Introduce oneself like that, and after the first welcome as who one is then; or as who one was before."""
        self.model: Final = Model()
        self._introduction = Introduction(hello)
        if kept is not None:
            self.model.restore(kept)
            self._introduction.key = kept.key
        self._stage = _Stage.APART
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
        return self._introduction.key

    @property
    def password(self) -> str:
        """What proves who one is; empty where nothing is to be proved by it."""
        return self._introduction.password

    def begin(self, scram_nonce: str = "") -> None:
        """Take note of a new connection: the introduction is to be sent.

        With a nonce that nobody can guess, a password is proved without being sent.
        """
        self._stage = _Stage.INTRODUCING
        self._asked_since = self.model.since()
        self._outgoing = [native.encode(self._introduction.begin(self.model, self._asked_since, scram_nonce))]

    def prove(self, salted_password: bytes) -> None:
        """Answer a challenge."""
        proof = self._introduction.prove(salted_password)
        if proof is not None:
            self._outgoing.append(native.encode(proof))

    def begin_anew(self, scram_nonce: str = "") -> None:
        """Do the same as somebody who was not here before: nobody knows the key any more."""
        self._introduction.key = ""
        self.begin(scram_nonce)

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
        if message is not None:
            require_bounded(message, line)
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
            case native.Ping() | native.Pong() | native.Throttled():
                yield from self._keep_up(message)
            case _:
                yield from self._turn(message)

    def _keep_up(self, message: native.Ping | native.Pong | native.Throttled) -> Iterator[Heard]:
        """Answer what only shows that both are there."""
        if isinstance(message, native.Ping):
            self._outgoing.append(native.encode(native.Pong(message.id)))
        elif isinstance(message, native.Pong) and self._stage is _Stage.SETTLING:
            self._stage = _Stage.READY
            yield Ready()

    def _turn(self, message: Turn) -> Iterator[Heard]:  # noqa: C901 - a table
        """Take note of what changes where, or who, one is."""
        match message:
            case native.Welcome():
                yield from self._enter(message)
            case native.Challenge():
                challenge = self._introduction.take_challenge(message.data)
                if challenge is not None:
                    yield Challenged(challenge.salt, challenge.iterations)
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
        self._introduction.welcomed(welcome)
        is_return = self.model.you.id == welcome.you.id
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
            self.model.take_answer(answer)
            if not isinstance(answer, Refusal):
                self._introduction.remember(question.request)
            yield Answered(question, answer)


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
