"""Answers about rooms: what they are, who is in them, and what those do who look after them."""

import msgspec

from hubbub.core.bans import TargetKind
from hubbub.core.catalog import ModerationEvent, Record
from hubbub.core.kinds import Result, RoomId, Seq
from hubbub.core.message_answers import Outcome
from hubbub.core.roles import RoomRole
from hubbub.core.room import Topic
from hubbub.core.room_settings import Access, RoomSettings

ROOMS_LISTED = 100
"""Most rooms one answer lists. With the longest topics they are 170 kB, a sixth of what may wait for a reader."""

MEMBERS_LISTED = 500
"""Most members one answer lists. With the longest names they are 75 kB."""


class Entered(Result, frozen=True):
    """One is in: the room as it was after the record `seq`; what happens next is heard."""

    id: RoomId
    room: str
    seq: Seq
    topic: Topic | None
    member_count: int
    some_members: tuple[str, ...]
    """A few of the others; all of them are a query away, for a large room must not cost each newcomer a long list."""
    recent: tuple[Record, ...]
    """The last messages, oldest first."""


class Departed(Result, frozen=True):
    """One is out of the room."""

    room: str


class Gathered(Result, frozen=True):
    """A group, and who of those who were asked for is in it."""

    room: str
    outcomes: tuple[Outcome, ...]
    entered: Entered | None = None
    """The group as it was when one came in, or was in already."""


class MemberView(msgspec.Struct, frozen=True):
    """A member as others may see him."""

    name: str
    away: str | None
    is_present: bool = True
    """Whether he is here; whoever has an account stays a member when he is not."""
    is_bot: bool = False
    """Whether he says that he is a program, as far as is known while he is not here."""
    has_account: bool = False


class Members(Result, frozen=True):
    """Members of a channel, by name: a page of them, and how many more there are after it."""

    room: str
    members: tuple[MemberView, ...]
    more: int = 0


class RoomView(msgspec.Struct, frozen=True):
    """A channel as others may see it."""

    name: str
    member_count: int
    topic: str
    joined: bool
    access: Access = "public"
    is_archived: bool = False
    is_hidden: bool = False


class RoomList(Result, frozen=True):
    """Channels, most members first: a page of them, and how many more there are after it."""

    rooms: tuple[RoomView, ...]
    more: int = 0


class TopicFound(Result, frozen=True):
    """What a channel is about; None where nobody has said."""

    room: str
    topic: Topic | None


class Governed(Result, frozen=True):
    """What was done in a channel that one does not hear there; nothing where it was so already."""

    room: str
    events: tuple[ModerationEvent, ...]


class RoomFound(Result, frozen=True):
    """What holds in a channel, and who looks after it."""

    room: str
    settings: RoomSettings
    """Without its key where one may not see it; then `has_key` tells all the same."""
    has_key: bool
    roles: tuple[tuple[RoomRole, str], ...]
    """Who is more than a member, the highest first."""


class BanView(msgspec.Struct, frozen=True):
    """Somebody, or a kind of people, on a list of those who look after a channel, as they may see it."""

    shown: str
    name: str
    """By whom."""
    reason: str
    seconds_left: float | None
    """None is for ever."""
    kind: TargetKind = "person"
    since_ms: int = 0
    """When, in milliseconds since 1970 UTC; 0 where that is not known."""


class BanList(Result, frozen=True):
    """Whom a channel keeps out or silent, and whom that does not concern, in the order in which it happened."""

    room: str
    """Its name; empty where it is about the whole server."""
    bans: tuple[BanView, ...]
    mutes: tuple[BanView, ...]
    silences: tuple[BanView, ...] = ()
    """Kinds of people who are silent."""
    exceptions: tuple[BanView, ...] = ()
    """Whom neither bans nor silences concern."""
    invitations: tuple[BanView, ...] = ()
    """Who comes in as if he were invited."""


class InvitedList(Result, frozen=True):
    """Who may come into a channel, by name."""

    room: str
    names: tuple[str, ...]


class AuditTrail(Result, frozen=True):
    """What moderators and administrators did, the oldest first."""

    records: tuple[Record, ...]
