"""The native conversation: one client's talk in JSON, a message a line. `docs/protocol.md`."""

from collections import deque
from collections.abc import Iterator
from typing import Final, assert_never

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn, Register
from hubbub.core.answers import Answer
from hubbub.core.features.membership import Join
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal, RoomId
from hubbub.core.message_answers import Done
from hubbub.core.room import LOBBY, Room, RoomKind
from hubbub.core.signals import AnySignal
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import (
    EARLY_TRIES,
    Ask,
    BeginScram,
    Charge,
    Depart,
    Intent,
    Intents,
    Introduce,
    Reply,
    Resume,
    SendNow,
)
from hubbub.gateways.native.dialect import ConversationDialect
from hubbub.gateways.native.settings import NativeSettings
from hubbub.gateways.native.view import View
from hubbub.gateways.native.welcoming import Arrival, welcome
from hubbub.gateways.vigil import Vigil
from hubbub.service.audience import Dialect
from hubbub.service.entrance import ComeAgain, Credential, ScramProof
from hubbub.service.packets import Fragility
from hubbub.service.requests import Request
from hubbub.service.resuming import CaughtUp, Lost, Missed, Piece, Renewed
from hubbub.service.scram_proofs import Exchange
from hubbub.wire.errors import WireError
from hubbub.wire.lines import LineReader
from hubbub.wire.native import (
    LINE_BYTES,
    VERSION,
    AnswerMessage,
    Asked,
    Bye,
    Challenge,
    ClosingMessage,
    DepartedMessage,
    DoneMessage,
    EnteredMessage,
    Hello,
    Id,
    Misunderstood,
    Ping,
    Pong,
    Proof,
    Reset,
    Resumed,
    SignalMessage,
    Throttled,
    You,
    YouMessage,
    decode_from_client,
    encode,
    encode_refusal,
)

NOTHING: Final[Intents] = ()

STRANGER: Final = Refusal(
    "needs_account",
    "Pages from elsewhere come in with an account only: log in with its name and password. "
    "Whoever runs this server can allow them more: see the setting `origins`.",
)

SINCE_LIMIT: Final = 1_000
"""Most rooms whose last records a client may tell on coming back: more than anybody may be in."""


class NativeConversation:
    """Hears requests, each with an id, and answers each of them by that."""

    __slots__ = (
        "_asked",
        "_exchange",
        "_heard",
        "_hello",
        "_is_watched",
        "_is_welcomed",
        "_lines",
        "_must_prove",
        "_proof",
        "_session_token",
        "_settings",
        "_told",
        "_view",
        "_vigil",
        "naming_seconds",
    )

    protocol = "native"
    early_tries = EARLY_TRIES
    quiet_seconds = 0.0
    fragility: Fragility | None = None
    shows_typing = True
    keeps_marks = True
    tells_waiting = True
    was_typed = True

    def __init__(
        self, settings: NativeSettings, session_token: str = "", *, is_watched: bool = False, must_prove: bool = False
    ) -> None:
        """Take whoever says nothing of who he is for the one whose browser keeps this token; empty where none does.

        Where it `is_watched`, a layer below asks the silent whether they are there. Who `must_prove` who he is comes in
        with an account that he has, and in no other way.
        """
        self._must_prove = must_prove
        self._settings = settings
        self._is_watched = is_watched
        self._session_token = session_token
        self._lines = LineReader(LINE_BYTES)
        self._asked: deque[tuple[Request, Id]] = deque()
        """What was asked and is not answered yet, in order."""
        self._heard: dict[RoomId, Room] = {}
        """The rooms that are heard."""
        self._hello = Hello()
        self._exchange: Exchange | None = None
        """What the client was challenged with, and has not proved yet."""
        self._proof: ScramProof | None = None
        self._view: View | None = None
        self._is_welcomed = False
        self._told: You | None = None
        """Who the client has been told it is."""
        self._vigil = Vigil(settings.clock, encode(Ping()))
        self.naming_seconds = settings.limits.naming_seconds

    # What comes in

    def begin(self) -> Intents:
        """Let the client speak first."""
        return NOTHING

    def receive_data(self, data: bytes) -> Iterator[Intent]:
        """Take bytes: whole lines are heard at once."""
        self._vigil.hear()
        for line in self._lines.receive_data(data):
            if isinstance(line, WireError):
                yield _refuse(line.sentence)
            elif line:
                yield from self._hear(line)

    def receive_quiet(self) -> Intents:
        """Nothing follows from silence."""
        return NOTHING

    def receive_eof(self) -> Intents:
        """Half a line is nothing."""
        return NOTHING

    def _hear(self, line: str) -> Iterator[Intent]:  # noqa: C901 - a table
        message = decode_from_client(line)
        match message:
            case Misunderstood():
                yield _refuse(message.sentence, message.id)
            case Ping():
                yield Reply(encode(Pong(message.id)))
            case Pong():
                yield Charge()
            case Hello():
                yield from self._greet(message)
            case Bye():
                yield Depart("")
            case Proof():
                yield from self._take_proof(message)
            case Asked() if self._view is None:
                yield _refuse('Say who you are first: {"type":"hello","name":"ann"}', message.id)
            case Asked():
                self._asked.append((message.request, message.id))
                yield Ask(message.request)
            case _:
                assert_never(message)

    def _greet(self, hello: Hello) -> Iterator[Intent]:
        if self._view is not None:
            yield _refuse("You are in already; log_in makes you somebody else, and rename renames you.")
        elif VERSION not in hello.versions:
            yield _refuse(f"This server speaks version {VERSION} of the protocol, and your client does not.")
        elif len(hello.since) > SINCE_LIMIT:
            yield _refuse(f"{SINCE_LIMIT} rooms are the most that may be named in since.")
        elif hello.rooms and (most := self._settings.limits.rooms_per_person) and len(hello.rooms) > most:
            yield _refuse(f"{most} rooms are the most that one may be in.")
        else:
            self._hello = hello
            if hello.scram:
                yield BeginScram(hello.scram, self._challenge)
                return
            credential = _credential(hello) or self._session()
            if self._must_prove and not isinstance(credential, LogIn):
                yield Reply(encode_refusal(STRANGER))
                return
            yield Introduce(hello.name, credential)

    def _challenge(self, outcome: Exchange | Refusal) -> Intents:
        if isinstance(outcome, Refusal):
            return self.not_introduced(outcome)
        self._exchange = outcome
        return (Reply(encode(Challenge(outcome.challenge))),)

    def _take_proof(self, message: Proof) -> Iterator[Intent]:
        exchange, self._exchange = self._exchange, None
        if exchange is None or self._view is not None:
            yield _refuse("Nothing was asked that this could prove.")
            return
        self._proof = ScramProof(exchange, message.data)
        yield Introduce(exchange.first.name, self._proof)

    def _session(self) -> LogIn | None:
        return LogIn("", self._session_token) if self._session_token and not self._hello.name else None

    # Coming in

    def seated(self, person: Person) -> None:
        """Take note of who the client is."""
        self._view = View(self._settings, person)

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Say why not; the client may say hello again."""
        return (Reply(encode_refusal(refusal)),)

    def introduced(self, name: str) -> Iterator[Intent]:  # noqa: ARG002 - the person says it
        """Welcome a guest."""
        return self._come_in(None)

    def welcomed_back(self, answer: LoggedIn) -> Iterator[Intent]:
        """Welcome somebody who has an account, or was here before."""
        return self._come_in(answer)

    def _come_in(self, answer: LoggedIn | None) -> Iterator[Intent]:
        # At once, for the rooms are heard already: other connections of the same person may have used up its pace.
        yield SendNow(self._welcome(answer))
        if not self._is_watched:
            yield self._vigil.begin()
        if self._resumes:
            yield Resume(self._hello.since)
        usual = () if answer is not None and answer.rooms else (LOBBY,)
        for room in usual if self._hello.rooms is None else self._hello.rooms:
            yield Ask(Join(room))

    @property
    def _resumes(self) -> bool:
        """Whether the client knows something, and of this place."""
        return bool(self._hello.since) and self._hello.server in {"", self._settings.identity()}

    def _welcome(self, answer: LoggedIn | None) -> bytes:
        view = self._require_view()
        self._is_welcomed = True
        self._told = view.you()
        known = self._hello.since if self._resumes else ()
        proof = "" if self._proof is None else self._proof.answer
        return encode(welcome(self._settings, view, Arrival(answer, self._heard, known, proof)))

    def _require_view(self) -> View:
        if self._view is None:
            raise RuntimeError("nobody is in")
        return self._view

    def brought(self, piece: Piece) -> bytes:
        """Return what the client is told of what it missed."""
        self._vigil.hear()
        match piece:
            case Missed():
                dialect = self.dialect_in(piece.room)
                return b"".join([dialect.encode(piece.room, record) for record in piece.records])
            case CaughtUp():
                return encode(Resumed(piece.room, piece.seq))
            case Renewed():
                return encode(Reset(self._require_view().room(piece.room, piece.entered)))
            case Lost():
                return encode(DepartedMessage(piece.room))
            case _:
                assert_never(piece)

    # Being in

    def attached(self, room: Room) -> Intents:
        """Tell that the client hears a room from now on; what it hears before its welcome stands in that."""
        self._heard[room.id] = room
        if not self._is_welcomed:
            return NOTHING
        return (Reply(encode(EnteredMessage(self._require_view().entered_room(room)))),)

    def detached(self, room: Room) -> Intents:
        """Tell that it does no longer; a conversation goes on with the next word."""
        self._heard.pop(room.id, None)
        if not self._is_welcomed or room.kind is RoomKind.DIRECT:
            return NOTHING
        return (Reply(encode(DepartedMessage(room.id))),)

    def answered(self, request: Request, answer: Answer) -> Iterator[Intent]:
        """Answer under the id that the client gave; who is answered late is heard late, too, and was not silent."""
        self._vigil.hear()
        yield from self._tell_who()
        if not self._asked or self._asked[0][0] is not request:
            # It followed from the hello, and what it came to is heard as `entered`.
            if isinstance(answer, Refusal):
                yield Reply(encode_refusal(answer))
            return
        _, id_ = self._asked.popleft()
        match answer:
            case Refusal():
                yield Reply(encode_refusal(answer, id_))
            case Done():
                yield Reply(encode(DoneMessage(id_, answer.message)))
            case _:
                yield Reply(encode(AnswerMessage(id_, answer)))

    def _tell_who(self) -> Iterator[Intent]:
        you = self._require_view().you()
        if you != self._told:
            self._told = you
            yield Reply(encode(YouMessage(you)))

    def noticed(self, signal: AnySignal) -> Intents:
        """Pass it on."""
        return (Reply(encode(SignalMessage(signal))),)

    def throttled(self) -> Intents:
        """Tell that the client is answered with a delay."""
        return (Reply(encode(Throttled())),)

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the client hears this room: as all do, or under the other's name."""
        if room.kind is RoomKind.DIRECT:
            return ConversationDialect(self._name_of)
        return self._settings.dialect

    def _name_of(self, room: Room) -> str:
        return self._require_view().name_of(room)

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:
        """Return why the connection is closed, and whether to come back."""
        return encode(ClosingMessage(closing.code, sentence, closing.come_back)) if sentence else b""

    def receive_goodbye(self, data: bytes) -> bool:  # noqa: ARG002 - there is no such message
        """Await no answer."""
        return True


def _credential(hello: Hello) -> Credential | None:
    if hello.key:
        return ComeAgain(hello.key)
    if hello.token:
        return LogIn(hello.name, hello.token)
    if hello.register:
        return Register(hello.password, hello.code)
    return LogIn(hello.name, hello.password) if hello.password else None


def _refuse(sentence: str, id_: Id | None = None) -> Reply:
    """Say that something means nothing here; it costs the pace of a request."""
    return Reply(encode_refusal(Refusal("bad_request", sentence), id_))
