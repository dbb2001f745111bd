"""The talk: what one IRC client is about, as the handlers of its commands see it."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from hubbub.core.answers import Answer
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal, Refused, RoomId
from hubbub.core.names import find_key, parse_room_name
from hubbub.core.room import Room
from hubbub.gateways.conversation import Intent, Intents
from hubbub.gateways.irc.capabilities import ANSWERED_BY_FAIL, Capability
from hubbub.gateways.irc.echoing import Echoes
from hubbub.gateways.irc.multiline import Incoming
from hubbub.gateways.irc.registration import Registration
from hubbub.gateways.irc.settings import IrcSettings
from hubbub.service.peers import Peer
from hubbub.service.requests import Request
from hubbub.wire.irc.message import IrcMessage, encode_line
from hubbub.wire.irc.numerics import Numeric
from hubbub.wire.irc.standard_replies import ReplyKind, encode_reply

if TYPE_CHECKING:
    from hubbub.gateways.irc.sasl import Attempt

NAMELESS: Final = "*"
"""Stands for the nick of somebody who has none yet."""


class Question(NamedTuple):
    """Something to be asked of the service, and what is done with the answer; in order, with everything else."""

    request: Request
    then: "Callable[[Answer], Steps]"


class Awaiting(NamedTuple):
    """Something wanted of the connection that takes a while, and what is done with what comes of it."""

    want: Callable[[Callable[..., Intents]], Intent]
    """Makes the intent, which calls what it is given when it is known."""
    then: "Callable[..., Steps]"


Step = bytes | Intent | Question | Awaiting
"""What a handler does next: send lines, want something of the connection, wait for it, or ask."""

Steps = Iterable[Step]
Handler = Callable[["Talk", IrcMessage], Steps]
NOTHING: Final[Steps] = ()


class Talk:
    """One client: who it is, what it can do, and where it is."""

    __slots__ = (
        "_batches",
        "attempt",
        "capabilities",
        "departing",
        "echoes",
        "former_host",
        "incoming",
        "is_welcome",
        "keys",
        "monitored",
        "offer",
        "offer_version",
        "own_modes",
        "parted",
        "peer",
        "person",
        "registration",
        "rooms",
        "settings",
        "subscriptions",
        "told_name",
    )

    def __init__(self, settings: IrcSettings, peer: Peer) -> None:
        self.settings = settings
        self.peer = peer
        self.capabilities: set[Capability] = set()
        self.offer = settings.offering.of(peer)
        """What it can switch on, as far as it knows."""
        self.offer_version = settings.offering.version
        self.attempt: Attempt | None = None
        """How it is proving whose account it has, while it does."""
        self.registration = Registration()
        self.person: Person | None = None
        """Who it is; None until it is somebody."""
        self.is_welcome = False
        """Whether it has been told that it is in."""
        self.told_name = ""
        """What it thinks it is called."""
        self.former_host = ""
        """Where it was seen while it was somebody else, if it has not been told of another host."""
        self.rooms: dict[RoomId, Room] = {}
        """What it hears."""
        self.keys: dict[RoomId, str] = {}
        """Keys that it has named itself, of the channels that it is in: it may see those."""
        self.departing: dict[str, Room] = {}
        """Channels that it has just gone out of, by name, and has not been told so."""
        self.parted: set[str] = set()
        """Keys of channels of which it has been told that it goes out, before it has."""
        self.echoes = Echoes()
        self.incoming: Incoming | None = None
        """The message of several lines that has begun and not ended."""
        self.monitored: dict[str, str] = {}
        """For whom it looks out: names as it wrote them, by their comparison forms."""
        self.subscriptions: dict[str, None] = {}
        """Of which keys of metadata it wants to be told, in order."""
        self.own_modes = {"w"}
        """User modes that it has chosen for itself alone."""
        self._batches = 0

    @property
    def nick(self) -> str:
        """Return as what the client is addressed: by no nick before it is welcome, whichever it may have asked for.

        As other servers do: Ergo addresses whoever is not in as `*`, in CAP, numerics and notices alike.
        """
        return self.told_name or NAMELESS

    @property
    def wanted_nick(self) -> str:
        """Return as what it wants to be known until it is known as something."""
        return self.told_name or self.registration.nick or NAMELESS

    @property
    def is_renamed(self) -> bool:
        """Whether it is called something else than it thinks."""
        return self.is_welcome and self.person is not None and self.person.name != self.told_name

    def find_room(self, name: str) -> Room | None:
        """Return the channel of that name, if the client is in it."""
        room = self.settings.house.channels.get(room_key(name))
        return None if room is None else self.rooms.get(room.id)

    def next_batch(self) -> str:
        """Return a reference for a batch of lines. IRCv3 batch."""
        self._batches += 1
        return str(self._batches)

    def require_person(self) -> Person:
        """Return who it is, once it is somebody."""
        if self.person is None:
            raise RuntimeError("nobody is in")
        return self.person

    @property
    def is_logged_in(self) -> bool:
        """Return whether it has an account."""
        return self.person is not None and self.settings.house.account_of(self.person.id) is not None

    @property
    def source(self) -> str:
        """Return `nick!user@host` of the client itself."""
        return self.settings.names.source(self.require_person().id, self.nick)

    @property
    def wants_echo(self) -> bool:
        """Return whether an answer to its words shows them to it as they are kept. IRCv3 echo-message."""
        return Capability.ECHO_MESSAGE in self.capabilities and Capability.LABELED_RESPONSE in self.capabilities

    def has(self, capability: Capability) -> bool:
        """Return whether the client has switched something on."""
        return capability in self.capabilities

    def line(self, command: str, *params: str, text: str | None = None) -> bytes:
        """Return a line from the server."""
        return encode_line(command, *params, text=text, source=self.settings.names.server)

    def numeric(self, number: Numeric, *params: str, text: str | None = None) -> bytes:
        """Return a numeric from the server."""
        return self.line(number, self.nick, *params, text=text)

    def notice(self, text: str) -> bytes:
        """Return what the server tells this client alone."""
        return self.line("NOTICE", self.nick, text=text)

    def fail(self, command: str, code: str, *context: str, text: str) -> bytes:
        """Return a standard reply, or a notice for clients that know none. IRCv3 standard-replies."""
        if self.has(Capability.STANDARD_REPLIES) or ANSWERED_BY_FAIL.get(command) in self.capabilities:
            return self.reply(ReplyKind.FAIL, command, code, *context, text=text)
        return self.notice(text)

    def reply(self, kind: ReplyKind, command: str, code: str, *context: str, text: str) -> bytes:
        """Return a standard reply, whatever the client has switched on."""
        return encode_reply(kind, command, code, *context, text=text, source=self.settings.names.server)

    def refuse(self, command: str, refusal: Refusal) -> bytes:
        """Return a refusal for which no numeric is meant."""
        return self.fail(command, refusal.code.upper(), text=refusal.sentence)


def room_key(name: str) -> str:
    """Return the key of the channel that is called so; empty where none can be."""
    try:
        return parse_room_name(name).key
    except Refused:
        return ""


def is_same_name(one: str, other: str) -> bool:
    """Return whether two nicks are one person's, if they are anybody's."""
    key = find_key(one)
    return bool(key) and key == find_key(other)


def as_parameter(text: str) -> str:
    """Return what somebody sent as it can stand in an answer: where it cannot, an asterisk does."""
    return text if text and " " not in text and not text.startswith(":") else NAMELESS
