"""The native protocol: JSON objects, one a line over TCP, one a message over WebSocket. `docs/protocol.md`.

Both ends use it: the server reads `FromClient` and writes `FromServer`, a client the other way round.
"""

from functools import cache
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import Meta

from hubbub.core.account_requests import AnyAccountRequest
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import UnreadView
from hubbub.core.attention_requests import AnyAttentionRequest
from hubbub.core.catalog import AnyCommand, AnyEvent, Record
from hubbub.core.features.accounts import ClaimServer, CloseAccount, OpenAccount
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.hook_requests import AnyHookRequest
from hubbub.core.kinds import MOST, PersonId, Place, Refusal, RefusalCode, RoomId, Seq, tag_of
from hubbub.core.levels import Level
from hubbub.core.notes import Quote
from hubbub.core.queries import AnyQuery
from hubbub.core.room import Topic
from hubbub.core.room_settings import Access
from hubbub.core.signals import AnySignal

VERSION: Final = 1
"""Which version of the protocol this is."""

LINE_BYTES: Final = 131_072
"""Longest message: JSON may write each byte of the longest text as six (`\\u0000`), and there is more than the text."""

ID_LENGTH: Final = 64
"""Longest id of a request, in characters."""

PERFORMED_BY_THE_SERVICE: Final = (OpenAccount, CloseAccount, ClaimServer, Post, GovernHook)
"""Commands that nobody asks for himself: they follow from requests that prove something first."""

Id = Annotated[str, Meta(max_length=ID_LENGTH)] | Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""What a client calls what it asks: numbers as far as all of JavaScript's are exact."""

RoomNumber = Annotated[RoomId, Meta(ge=0, le=MOST)]
"""A room that a client says it knows; there need not be one."""

Request = AnyCommand | AnyQuery | AnyAccountRequest | AnyAttentionRequest | AnyHookRequest
"""What can be asked."""


class _Message(msgspec.Struct, frozen=True, tag_field="type", tag=tag_of, omit_defaults=True):
    """A message; fields that have their default value are left out."""


class Hello(_Message, frozen=True):
    """Who the client is, and what it has already."""

    name: str = ""
    password: str = ""
    register: bool = False
    code: str = ""
    token: str = ""
    key: str = ""
    rooms: tuple[str, ...] | None = None
    versions: tuple[int, ...] = (VERSION,)
    client: str = ""
    since: dict[RoomNumber, Place] = {}
    """The last record that it has of each room, by the rooms' ids."""
    server: str = ""
    scram: str = ""
    """The client's first message of SCRAM-SHA-256; RFC 5802 section 7."""

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<{type(self).__name__}>"


class Proof(_Message, frozen=True):
    """The client's final message of SCRAM-SHA-256."""

    data: str

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<{type(self).__name__}>"


class Ping(_Message, frozen=True):
    """Asks for a `pong`."""

    id: Id | None = None


class Pong(_Message, frozen=True):
    """Answers a `ping`."""

    id: Id | None = None


class Bye(_Message, frozen=True):
    """Goes for good, once everything that was asked is answered: a guest's name is free again."""


class Asked(msgspec.Struct, frozen=True):
    """A command or a query, as a client has asked it. On the wire, the `id` stands among the request's own fields."""

    id: Id
    request: Request


class Misunderstood(msgspec.Struct, frozen=True):
    """Something came that means nothing."""

    sentence: str
    id: Id | None = None
    """What the client calls it, if that at least was understood."""


FromClient = Hello | Proof | Ping | Pong | Bye | Asked
"""What a client sends."""


class You(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who one is."""

    id: PersonId
    name: str
    has_account: bool = False
    role: str = ""
    """What one is on the server, with an account: see `core.roles.ServerRole`."""


HeardKind = Literal["channel", "direct", "house", "personal"]
"""What kinds of room are heard: those of `core.room.RoomKind` that are somebody's."""


class RoomState(msgspec.Struct, frozen=True, omit_defaults=True):
    """A room that one hears, as it was after the record `seq`."""

    id: RoomId
    name: str
    kind: HeardKind
    seq: Seq
    topic: Topic | None = None
    member_count: int = 0
    some_members: tuple[str, ...] = ()
    recent: tuple[Record, ...] = ()
    access: Access = "public"
    is_archived: bool = False
    is_group: bool = False


class ServerInfo(msgspec.Struct, frozen=True):
    """Which server this is."""

    id: str
    software: str


class LimitsInfo(msgspec.Struct, frozen=True):
    """How much may be asked of it."""

    message_bytes: int
    message_lines: int
    line_bytes: int
    recipients: int
    history: int
    resume: int
    commands_per_second: int
    burst: int
    return_seconds: int
    """How long a guest's place is kept whose connection is lost."""


class Welcome(_Message, frozen=True):
    """One is in."""

    version: int
    server: ServerInfo
    you: You
    limits: LimitsInfo
    rooms: tuple[RoomState, ...] = ()
    unread: tuple[UnreadView, ...] = ()
    key: str = ""
    scram: str = ""
    levels: dict[RoomId, Level] = {}
    """Where one is told of something else than what is usual, by the rooms' ids."""


class Challenge(_Message, frozen=True):
    """The server's first message of SCRAM-SHA-256."""

    data: str


class DoneMessage(_Message, frozen=True, tag="done"):
    """It was done."""

    id: Id
    message: str = ""


class AnswerMessage(_Message, frozen=True, tag="answer"):
    """What comes of a query, or of a command that has more to tell than that it was done."""

    id: Id
    answer: Answer


class RefusalMessage(_Message, frozen=True, tag="refusal"):
    """It was not done."""

    code: RefusalCode
    sentence: str
    suggestion: str = ""
    retry_seconds: float = 0.0
    id: Id | None = None
    """None for what has no id: `hello`, or what was not understood."""


class RecordMessage(_Message, frozen=True, tag="record"):
    """Something has happened."""

    room: RoomId
    seq: Seq
    time_ms: int
    event: AnyEvent
    quote: Quote | None = None
    where: str = msgspec.field(name="in", default="")
    """What the room is called."""


class SignalMessage(_Message, frozen=True, tag="signal"):
    """Something is true for a moment."""

    signal: AnySignal


class EnteredMessage(_Message, frozen=True, tag="entered"):
    """From now on one hears this room."""

    room: RoomState


class DepartedMessage(_Message, frozen=True, tag="departed"):
    """One hears this room no longer."""

    room: RoomId


class YouMessage(_Message, frozen=True, tag="you"):
    """One is somebody else, or called something else."""

    you: You


class Resumed(_Message, frozen=True):
    """Everything that was missed in this room has been brought."""

    room: RoomId
    seq: Seq


class Reset(_Message, frozen=True):
    """Forget what is known of this room; it is so now."""

    room: RoomState


class Throttled(_Message, frozen=True):
    """One asks too fast, and is answered with a delay from now on."""


class ClosingMessage(_Message, frozen=True, tag="closing"):
    """The connection is being closed."""

    code: str
    sentence: str
    come_back: bool = True


FromServer = (
    Welcome
    | Challenge
    | DoneMessage
    | AnswerMessage
    | RefusalMessage
    | RecordMessage
    | SignalMessage
    | EnteredMessage
    | DepartedMessage
    | YouMessage
    | Resumed
    | Reset
    | Throttled
    | ClosingMessage
    | Ping
    | Pong
)
"""What a server sends."""

REQUESTS: Final = {tag_of(kind.__name__): kind for kind in get_args(Request) if kind not in PERFORMED_BY_THE_SERVICE}
"""What can be asked, by its type."""

_OWN: Final = {tag_of(kind.__name__): kind for kind in (Hello, Proof, Ping, Pong, Bye)}


class _Head(msgspec.Struct, frozen=True):
    """What every message from a client has."""

    type: str
    id: Id | None = None


_encoder: Final = msgspec.json.Encoder()
_head_decoder: Final = msgspec.json.Decoder(_Head)


@cache
def _decoder_of(tag: str) -> msgspec.json.Decoder[Hello | Proof | Ping | Pong | Bye | Request] | None:
    kind = _OWN.get(tag) or REQUESTS.get(tag)
    return None if kind is None else msgspec.json.Decoder(kind)


def decode_from_client(line: str | bytes) -> FromClient | Misunderstood:
    """Return what a client has sent, or what was wrong with it. Never raises, whatever the bytes."""
    try:
        head = _head_decoder.decode(line)
    except _UNREADABLE as error:
        return Misunderstood(f"That is no message: {describe_fault(error)}. Send an object such as {EXAMPLE}")
    known = head.type in _OWN or head.type in REQUESTS
    decoder = _decoder_of(head.type) if known else None
    if decoder is None:
        return Misunderstood("The type of that message is not known; docs/protocol.md lists them.", head.id)
    try:
        message = decoder.decode(line)
    except _UNREADABLE as error:
        return Misunderstood(f"That {head.type} is not understood: {describe_fault(error)}.", head.id)
    if isinstance(message, Hello | Proof | Ping | Pong | Bye):
        return message
    if head.id is None:
        return Misunderstood(f'That {head.type} has no "id", so it cannot be answered: give it a number.')
    return Asked(head.id, message)


EXAMPLE: Final = '{"type":"hello","name":"ann"}'

_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)


def describe_fault(error: Exception) -> str:
    """Say what was wrong, for whoever sent it. What the library says repeats nothing of what was sent but names."""
    match error:
        case msgspec.ValidationError():
            text = str(error)
            return text[:1].lower() + text[1:]
        case RecursionError():
            return "it is nested too deep"
        case _:
            return "it is no JSON"


def encode_request(request: Request, id_: Id) -> bytes:
    """Return what a client sends to ask something."""
    return b'{"id":%b,%b\n' % (_encoder.encode(id_), _encoder.encode(request)[1:])


def encode(message: FromServer | Hello | Proof | Bye) -> bytes:
    """Return a message as a line."""
    return _encoder.encode(message) + b"\n"


def encode_record(record: Record, name: str) -> bytes:
    """Return a record as a line; `name` is what its room is called for those who hear it."""
    return encode(RecordMessage(record.room, record.seq, record.time_ms, record.event, record.quote, name))


def encode_refusal(refusal: Refusal, id_: Id | None = None) -> bytes:
    """Return a refusal as a line."""
    return encode(RefusalMessage(refusal.code, refusal.sentence, refusal.suggestion, refusal.retry_seconds, id_))


@cache
def _server_decoder() -> msgspec.json.Decoder[FromServer]:
    return msgspec.json.Decoder(FromServer)


def decode_from_server(line: str | bytes) -> FromServer:
    """Return what a server has sent. Raises `msgspec.MsgspecError` or `ValueError` for anything else."""
    return _server_decoder().decode(line)
