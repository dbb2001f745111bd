"""Signals: what is true for a moment, told to those whom it concerns and never kept."""

from typing import Final, Literal

from hubbub.core.kinds import RefusalCode, RoomId, Seq, Signal
from hubbub.core.levels import Level
from hubbub.core.terms import Term

TYPING_SECONDS: Final = 6.0
"""How long somebody is taken to be writing who said so. IRCv3 client-tags/typing."""

PAUSED_SECONDS: Final = 30.0
"""How long somebody is taken to go on soon who has stopped in the middle. IRCv3 client-tags/typing."""

TypingState = Literal["active", "paused", "done"]
"""Whether somebody is writing, has stopped in the middle, or has taken it back. IRCv3 client-tags/typing."""


class Idling(Signal, frozen=True):
    """Someone in a shared room is away."""

    name: str
    message: str


class Returning(Signal, frozen=True):
    """Someone in a shared room is back."""

    name: str


class Describing(Signal, frozen=True):
    """Someone in a shared room says who he is, in other words than before."""

    name: str
    text: str
    """Empty where he says nothing any more."""


class Automating(Signal, frozen=True):
    """Someone in a shared room says that he is a program, or that he is none after all."""

    name: str
    is_bot: bool


class Portraying(Signal, frozen=True):
    """Programs have noted something about someone in a shared room, or about a room one is in: one of its traits."""

    subject: str
    """His name, or the channel's."""
    key: str
    value: str | None
    """None where it is taken away."""


class Identifying(Signal, frozen=True):
    """Someone in a shared room, or oneself, has an account now, or it is called something else.

    Nobody is told that somebody has none any more: with his account he is gone.
    """

    name: str
    account: str
    """What the account is called: as its owner is."""


class Relocating(Signal, frozen=True):
    """Others see someone in a shared room, or oneself, at another host from now on: see `House.host_of`."""

    name: str
    old_host: str
    host: str


class Querying(Signal, frozen=True):
    """Someone's client asks one's own something, or answers it; people need not hear of it."""

    name: str
    room: str
    """The channel in which it asks everybody; empty where it asks nobody else."""
    text: str
    is_answer: bool = False


class Refusing(Signal, frozen=True):
    """The person called `name` takes messages from you no longer."""

    name: str


class Accepting(Signal, frozen=True):
    """The person called `name`, who refused your messages and told you so, takes them from now on."""

    name: str


class Knocking(Signal, frozen=True):
    """Someone whom one has not accepted wants to write to one; told once a minute at most."""

    name: str


class Alerting(Signal, frozen=True):
    """An administrator tells all others something, of whom one is one."""

    name: str
    text: str


class Auditing(Signal, frozen=True):
    """Somebody has done something that takes a right to do it; told to administrators who want to know."""

    name: str
    act: str
    """What, in a word: `kick`, `ban`, `settings`, `disable` …"""
    target: str
    """To whom or what."""
    room: str = ""
    """In which room; empty where it concerns the server."""
    reason: str = ""


class Arriving(Signal, frozen=True):
    """Someone for whom one looks out is here now."""

    name: str


class Departing(Signal, frozen=True):
    """Someone for whom one looks out is here no longer, or is called something else."""

    name: str


class Hiding(Signal, frozen=True):
    """These people do not see what you say in this room; told once a room."""

    room: str
    """The channel's name, or empty for what you say to everyone."""
    names: tuple[str, ...]


class Uncalled(Signal, frozen=True):
    """What one has just said in this room was to call everybody there, which one may not do; it called nobody so."""

    room: str


class Appearing(Signal, frozen=True):
    """Some of those who stay in a shared room have come, and some have gone; told at most once a second."""

    arrived: tuple[str, ...]
    gone: tuple[str, ...]


class Telling(Signal, frozen=True):
    """One has told somebody something oneself, on another connection."""

    names: tuple[str, ...]
    text: str


class Removing(Signal, frozen=True):
    """One is put out of a room, by somebody who may do that."""

    room: str
    name: str
    """By whom."""
    reason: str = ""
    is_banned: bool = False
    term: Term | None = None
    """How long one is kept out; None is for ever, if one is."""


class Excluding(Signal, frozen=True):
    """One was in a room as a guest, has logged in, and may not be there as who one is now."""

    room: str
    code: RefusalCode
    sentence: str
    """Why not."""


class Ejecting(Signal, frozen=True):
    """One is sent off the server; what is said when the connection is closed says so, too."""

    name: str
    """By whom."""
    reason: str = ""


class Inviting(Signal, frozen=True):
    """One may come into a room."""

    room: str
    name: str
    """By whom one is invited."""


class AskingIn(Signal, frozen=True):
    """Somebody would like to come into a room into which one may invite him."""

    room: str
    name: str
    text: str
    """Why, in his own words; empty where he does not say."""


class Gathering(Signal, frozen=True):
    """One is in a group from now on."""

    room: str
    name: str
    """Who took one in."""


class Retitling(Signal, frozen=True):
    """A room one is in is called something else from now on."""

    old_name: str
    new_name: str
    reason: str = ""


class Marking(Signal, frozen=True):
    """One has read a room, or a thread of it, up to a record, on another connection."""

    room: str
    """Empty for every room."""
    thread: Seq
    seq: Seq


class Drafting(Signal, frozen=True):
    """One has begun to write something in a room on another connection; empty where it was taken back."""

    room: str
    text: str


class Levelling(Signal, frozen=True):
    """One has said, on another connection, of what in a room one is told from now on."""

    room: str
    level: Level
    id: RoomId
    """The room's."""


class Typing(Signal, frozen=True):
    """Somebody is writing in a room (for 6 s), has stopped in the middle (for 30 s), or is done; so is who says it."""

    room: str
    """The channel's name, or `@` and his."""
    name: str
    state: TypingState = "active"


class Reconfiguring(Signal, frozen=True):
    """The server's settings were read again: what it allows and offers may be different from now on."""


AnySignal = (
    Idling
    | Returning
    | Describing
    | Automating
    | Portraying
    | Identifying
    | Relocating
    | Querying
    | Refusing
    | Accepting
    | Knocking
    | Alerting
    | Auditing
    | Arriving
    | Departing
    | Hiding
    | Uncalled
    | Appearing
    | Telling
    | Removing
    | Ejecting
    | Excluding
    | Inviting
    | AskingIn
    | Retitling
    | Gathering
    | Marking
    | Drafting
    | Levelling
    | Typing
    | Reconfiguring
)
"""Every signal there is."""
