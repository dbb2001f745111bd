"""Answers about messages: what became of them, and what was found."""

from typing import Literal

import msgspec

from hubbub.core.catalog import Record
from hubbub.core.kinds import RefusalCode, Result, Seq


class Outcome(msgspec.Struct, frozen=True):
    """What became of a message for one of its recipients."""

    name: str
    """As he is called, or as he was asked for if nobody is called so."""
    status: Literal["delivered", "waiting", "refused", "unknown"]
    away: str | None = None
    """His message if he is away."""
    message: str = ""
    """The id of the message; empty where there is none."""
    refusal: RefusalCode | None = None
    """Why, where it is refused."""
    is_knocking: bool = False
    """Whether he has just been told that one wants to write to him."""


class Done(Result, frozen=True):
    """It was done, and there is nothing more to tell."""

    message: str = ""
    """The id of the message that was said; empty where none was."""


class Told(Result, frozen=True):
    """What became of a message to people: one outcome for each."""

    text: str
    outcomes: tuple[Outcome, ...]


class History(Result, frozen=True):
    """A page of what was said, oldest first."""

    room: str
    records: tuple[Record, ...]


class ActiveView(msgspec.Struct, frozen=True):
    """A room or conversation in which something was said."""

    room: str
    """The channel's name, or `@` and the name of whom one talks with."""
    time_ms: int
    """When the last message was said, in milliseconds since 1970 UTC."""


class ActiveList(Result, frozen=True):
    """Where something was said last between two times, in the order of that."""

    places: tuple[ActiveView, ...]


class Hit(msgspec.Struct, frozen=True):
    """A message that was found."""

    room: str
    """Its room's name, or `@` and the name of whom one talks with there."""
    record: Record
    spans: tuple[tuple[int, int], ...] = ()
    """The parts of its text that were looked for, each by its begin and end in characters, in order."""


class Found(Result, frozen=True):
    """A page of what was found."""

    text: str
    """What was asked."""
    hits: tuple[Hit, ...]
    cursor: str = ""
    """What to ask with for those behind them; empty where there are no others."""
    is_complete: bool = True
    """Whether everything was looked through, up to the last hit; if not, going on or asking again brings more."""


class ThreadFound(Result, frozen=True):
    """A thread: its first message and its last answers, oldest first."""

    room: str
    """Empty for a conversation of two."""
    records: tuple[Record, ...]


class MessageFound(Result, frozen=True):
    """One message, with everything that became of it."""

    room: str
    """Empty for a conversation of two."""
    record: Record


class PinView(msgspec.Struct, frozen=True):
    """A message that is pinned, and by whom and when."""

    record: Record
    name: str
    time_ms: int


class PinList(Result, frozen=True):
    """What is pinned in a room, in the order in which it was done."""

    room: str
    pins: tuple[PinView, ...]


class Exported(Result, frozen=True):
    """The last messages of a room, as lines to be kept."""

    room: str
    lines: tuple[str, ...]
    messages: int
    is_all: bool
    """Whether there is nothing before them that the asker may read."""
    first: Seq = Seq(0)
    """The first of them; 0 where there is none."""
    before: Seq | None = None
    """Before which message they were asked for; None where they are the last ones."""
