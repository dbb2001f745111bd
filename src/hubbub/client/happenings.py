"""Happenings: what a message from the server may mean to a client, and what the connection itself goes through."""

import msgspec

from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import Unanswered
from hubbub.client.records import Record
from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.annotating import Reply
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.kinds import PersonId, Query, Refusal, RoomId
from hubbub.core.signals import AnySignal
from hubbub.wire import native


class Question:
    """Something that was asked, until it is answered."""

    __slots__ = ("id", "request", "sender")

    def __init__(self, id_: int, request: native.Request) -> None:
        self.id = id_
        self.request = request
        self.sender: PersonId | None = None
        """As whom it was sent; None while it has not been."""

    @property
    def nonce(self) -> str:
        """What it is called wherever it is said; empty where it may not be sent twice."""
        return self.request.nonce if isinstance(self.request, Say | Tell | Reply | Broadcast) else ""

    @property
    def is_repeatable(self) -> bool:
        """Whether it does the same however often it is asked."""
        return bool(self.nonce) or isinstance(self.request, Query)


class Answered(msgspec.Struct, frozen=True):
    """Something that was asked is answered."""

    question: Question
    answer: Answer


class Failed(msgspec.Struct, frozen=True):
    """What became of something that was asked will never be known."""

    question: Question
    error: Unanswered


class Welcomed(msgspec.Struct, frozen=True):
    """One is in; what was missed comes next, and `Ready` after that."""

    welcome: native.Welcome
    is_return: bool
    """Whether one is who one was on the connection before."""


class Challenged(msgspec.Struct, frozen=True):
    """One is to prove one's password: salted like this, it goes to `Conversation.prove`."""

    salt: bytes
    iterations: int


class NotWelcomed(msgspec.Struct, frozen=True):
    """One is not let in like that."""

    refusal: Refusal


class Ready(msgspec.Struct, frozen=True):
    """Everything that was missed has been brought."""


class Entered(msgspec.Struct, frozen=True):
    """One hears another room from now on."""

    room: native.RoomState


class Departed(msgspec.Struct, frozen=True):
    """One hears a room no longer."""

    room_id: RoomId
    room: str


class RoomReset(msgspec.Struct, frozen=True):
    """Too much was missed in a room to be brought: it is like this now."""

    room: native.RoomState


class Renaming(msgspec.Struct, frozen=True):
    """One is somebody else, or called something else, from now on."""

    you: native.You


class Complaint(msgspec.Struct, frozen=True):
    """The server could not understand something, and does not say what it was."""

    refusal: Refusal


class Closing(msgspec.Struct, frozen=True):
    """The server ends the connection."""

    code: str
    sentence: str
    come_back: bool


Heard = (
    Record[AnyEvent]
    | AnySignal
    | Answered
    | Failed
    | Welcomed
    | Challenged
    | NotWelcomed
    | Ready
    | Entered
    | Departed
    | RoomReset
    | Renaming
    | Complaint
    | Closing
)
"""What a message from the server may mean."""


class Connected(msgspec.Struct, frozen=True):
    """There is a connection, and everything that was missed has been heard."""

    endpoint: Endpoint
    you: native.You
    is_return: bool
    """Whether one is who one was on the connection before."""


class Disconnected(msgspec.Struct, frozen=True):
    """There is no connection any more."""

    reason: str
    """A sentence for people."""
    will_return: bool
    """Whether another one will be made."""


class Error(msgspec.Struct, frozen=True):
    """Something went wrong that nobody else would be told of; everything goes on."""

    error: Exception
    """What it was: what a callback raised, or `Overrun`."""
    where: str
    """Which callback, or what the client was doing."""
