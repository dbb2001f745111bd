"""Queries, and the answers to everything that can be asked."""

from typing import Literal

import msgspec

from hubbub.core.catalog import Record
from hubbub.core.kinds import Query, Refusal, Seq
from hubbub.core.room import Topic

HISTORY_LIMIT = 500
"""Most records one query brings; more are fetched in pages."""

ROOMS_LISTED = 100
"""Most rooms one answer lists. With the longest topics they are 170 kB, a sixth of what may wait for a reader."""

MEMBERS_LISTED = 500
"""Most members one answer lists. With the longest names they are 65 kB."""


class ListMembers(Query, frozen=True):
    """Who is in this channel?"""

    room: str


class ListRooms(Query, frozen=True):
    """Which channels are there?"""


class ListBlocks(Query, frozen=True):
    """Whom do I block?"""


class FindHistory(Query, frozen=True):
    """What was said in this channel last, or last before a record?"""

    room: str
    limit: int
    before: Seq | None = None


class FindTopic(Query, frozen=True):
    """What is this channel about?"""

    room: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of a message for one of its recipients."""

    name: str
    """As he is called, or as he was asked for if nobody is called so."""
    status: Literal["delivered", "waiting", "refused", "unknown"]
    away: str | None = None
    """His message if he is away."""


class Done(msgspec.Struct, frozen=True):
    """It was done, and there is nothing more to tell."""


class Entered(msgspec.Struct, frozen=True):
    """One is in: the room as it was after the record `seq`; what happens next is heard."""

    room: str
    seq: Seq
    topic: Topic | None
    member_count: int
    some_members: tuple[str, ...]
    """A few of the others; all of them are a query away, for a large room must not cost each newcomer a long list."""
    recent: tuple[Record, ...]
    """The last messages, oldest first."""


class Departed(msgspec.Struct, frozen=True):
    """One is out of the room."""

    room: str


class Told(msgspec.Struct, frozen=True):
    """What became of a message to people: one outcome for each."""

    text: str
    outcomes: tuple[Outcome, ...]


class Called(msgspec.Struct, frozen=True):
    """One is called so from now on."""

    name: str


class BlocksChanged(msgspec.Struct, frozen=True):
    """Who is blocked, or no longer blocked, after a change, and who could not be found."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    """Who was blocked in that way already."""


class MemberView(msgspec.Struct, frozen=True):
    """A member as others may see him."""

    name: str
    away: str | None


class Members(msgspec.Struct, frozen=True):
    """The members of a channel, by name: the first of them, and how many more there are."""

    room: str
    members: tuple[MemberView, ...]
    more: int = 0


class RoomView(msgspec.Struct, frozen=True):
    """A channel as others may see it."""

    name: str
    member_count: int
    topic: str
    joined: bool


class RoomList(msgspec.Struct, frozen=True):
    """The channels, most members first: the largest of them, and how many more there are."""

    rooms: tuple[RoomView, ...]
    more: int = 0


class TopicFound(msgspec.Struct, frozen=True):
    """What a channel is about; None where nobody has said."""

    room: str
    topic: Topic | None


class BlockList(msgspec.Struct, frozen=True):
    """Whom one blocks, by name."""

    names: tuple[str, ...]


class History(msgspec.Struct, frozen=True):
    """A page of what was said, oldest first."""

    room: str
    records: tuple[Record, ...]


Answer = (
    Done
    | Entered
    | Departed
    | Told
    | Called
    | BlocksChanged
    | Members
    | RoomList
    | TopicFound
    | BlockList
    | History
    | Refusal
)
"""Everything a command or a query can be answered with."""

AnyQuery = ListMembers | ListRooms | ListBlocks | FindHistory | FindTopic
"""Every query there is."""
