"""The conversation: a protocol as a value. Bytes in, intents out; answers and signals in, intents out. No I/O."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol

import msgspec

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal, RoomId, Seq
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal
from hubbub.gateways.closing import Closing
from hubbub.service.audience import Dialect
from hubbub.service.entrance import Credential, Proof, Proven
from hubbub.service.packets import Fragility
from hubbub.service.requests import Request
from hubbub.service.resuming import Piece
from hubbub.service.scram_proofs import Exchange
from hubbub.wire.errors import WireError

EARLY_TRIES: Final = 20
"""How often most clients may send something else than their name before they have one, for they have no pace yet."""


class Introduce(msgspec.Struct, frozen=True):
    """The client says who it is, and perhaps proves it; what comes next waits until that is known."""

    name: str
    proof: Credential | None = None
    """How it proves that it has the account of that name, or opens one; None for a guest."""


class BeginScram(msgspec.Struct, frozen=True):
    """The client wants to prove who it is by SCRAM; what comes next waits until it is known how to challenge it."""

    message: str
    """Its first message."""
    resume: "Callable[[Exchange | Refusal], Intents]"


class Prove(msgspec.Struct, frozen=True):
    """The client proves whose account it has and does not come in by that; what comes next waits until it is known."""

    proof: Proof
    resume: "Callable[[Proven | Refusal], Intents]"


class Become(msgspec.Struct, frozen=True):
    """The client, which is in, has proved whose account it has, and is to be that person."""

    proven: Proven
    resume: "Callable[[LoggedIn | Refusal], Intents]"


class Resume(msgspec.Struct, frozen=True):
    """The client, which is in, wants what it has missed; what comes next waits until it has been brought that."""

    since: Mapping[RoomId, Seq]
    """The last record that it has of each room."""


class Ask(msgspec.Struct, frozen=True):
    """The client wants something of the server; the answer goes to `Conversation.answered`."""

    request: Request


class Reply(msgspec.Struct, frozen=True):
    """Send these bytes, after the answers to everything asked before."""

    data: bytes


class SendNow(msgspec.Struct, frozen=True):
    """Send these bytes before anything else, as the transport's own negotiation wants."""

    data: bytes


class Charge(msgspec.Struct, frozen=True):
    """What came means nothing and is not answered; it takes its time all the same, and so its share of the pace."""


class Refocus(msgspec.Struct, frozen=True):
    """The client turned to another room: it hears its rooms in other dialects now."""


class HearOwn(msgspec.Struct, frozen=True):
    """The client's words are wanted as they are kept, where its dialect does not let it hear them."""

    heard: Callable[[Room, Record], None]
    """Called with each record that comes from this connection, before what asked for it is answered."""


class Depart(msgspec.Struct, frozen=True):
    """The client takes its leave, once everything it asked is answered."""

    reason: str


class Later(msgspec.Struct, frozen=True):
    """What was heard means something only once everything asked before is answered; then ask again what that is."""

    resume: "Callable[[], Intents]"


class Wait(msgspec.Struct, frozen=True):
    """Ask again after a while what is to be done."""

    seconds: float
    resume: "Callable[[], Intents]"


class GiveUp(msgspec.Struct, frozen=True):
    """The client cannot be understood any more; close once everything it asked is answered."""

    error: WireError


class CloseNow(msgspec.Struct, frozen=True):
    """The connection is of no use any more; close it, whatever may still be asked."""

    closing: Closing


Intent = (
    Introduce
    | BeginScram
    | Prove
    | Become
    | Resume
    | Ask
    | Reply
    | SendNow
    | Charge
    | Refocus
    | HearOwn
    | Depart
    | Later
    | Wait
    | GiveUp
    | CloseNow
)
"""What a conversation wants its connection to do."""

Intents = Iterable[Intent]
"""Intents in order. Often a generator: each is carried out before the conversation goes on, so it may depend on it."""


class Conversation(Protocol):
    """One client's talk in one protocol.

    Nothing a client sends makes it raise: what it cannot be understood by any more is a `GiveUp`.
    """

    @property
    def protocol(self) -> str:
        """The protocol's name in logs."""

    @property
    def naming_seconds(self) -> float:
        """How long the client may take to say who it is; 0 = as long as it likes."""

    @property
    def early_tries(self) -> int:
        """How often the client may send something else before that; it is sent away after that."""

    @property
    def quiet_seconds(self) -> float:
        """After how long a silence `receive_quiet` wants to be called; 0 while it does not."""

    @property
    def fragility(self) -> Fragility | None:
        """How carefully to send, or None to send freely; asked again after each `receive_…`."""

    @property
    def was_typed(self) -> bool:
        """Whether what came last may come from a person, and not only from his program by itself."""

    def begin(self) -> Intents:
        """Speak first, where the protocol does."""

    def receive_data(self, data: bytes) -> Intents:
        """Take bytes, in whatever pieces they come."""

    def receive_quiet(self) -> Intents:
        """Take note that nothing came for `quiet_seconds`."""

    def receive_eof(self) -> Intents:
        """Take note that nothing more will come."""

    def seated(self, person: Person) -> None:
        """Take note of who the client is, before it is told; he may be called something else at any time."""

    def attached(self, room: Room) -> Intents:
        """Take note that the client hears a room from now on, perhaps before it knows that it is in."""

    def detached(self, room: Room) -> Intents:
        """Take note that it hears a room no longer."""

    def brought(self, piece: Piece) -> bytes:
        """Return what the client is told of what it missed, or that this is all."""

    def introduced(self, name: str) -> Intents:
        """Take note that the client is in, and called so."""

    def welcomed_back(self, answer: LoggedIn) -> Intents:
        """Take note that the client is in, as somebody who has an account."""

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Take note that the client may not be called what it wanted."""

    def answered(self, request: Request, answer: Answer) -> Intents:
        """Say what came of a request."""

    def noticed(self, signal: AnySignal) -> Intents:
        """Say what is true for a moment."""

    def throttled(self) -> Intents:
        """Say that the client asks too fast and is served with a delay from now on."""

    @property
    def shows_typing(self) -> bool:
        """Whether the client has a place to show who is writing."""

    @property
    def keeps_marks(self) -> bool:
        """Whether the client tells how far its user has read; what others have shown counts as read."""

    @property
    def tells_waiting(self) -> bool:
        """Whether the client is shown, unasked, what waited for its user when he came in."""

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the client hears this room at present."""

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:
        """Return the last words in the protocol's own way."""

    def receive_goodbye(self, data: bytes) -> bool:
        """Take what comes after the last words, at first nothing; return whether they are not answered any more."""
