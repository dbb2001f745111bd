"""Answers: what comes of commands and queries."""

from typing import Literal

import msgspec

from hubbub.core.account_answers import (
    InvitationList,
    InvitationMade,
    LoggedOut,
    Registered,
    TokenList,
    TokenMade,
)
from hubbub.core.bans import TargetKind
from hubbub.core.catalog import ModerationEvent, Record
from hubbub.core.hook_answers import HookList, HookMade
from hubbub.core.kinds import Refusal, RefusalCode, Result, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import Senders, Topic
from hubbub.core.room_settings import Access, RoomSettings

ROOMS_LISTED = 100
"""Most rooms one answer lists. With the longest topics they are 170 kB, a sixth of what may wait for a reader."""

MEMBERS_LISTED = 500
"""Most members one answer lists. With the longest names they are 75 kB."""


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


class Departed(Result, frozen=True):
    """One is out of the room."""

    room: str


class Told(Result, frozen=True):
    """What became of a message to people: one outcome for each."""

    text: str
    outcomes: tuple[Outcome, ...]


class Gathered(Result, frozen=True):
    """A group, and who of those who were asked for is in it."""

    room: str
    outcomes: tuple[Outcome, ...]
    entered: Entered | None = None
    """The group as it was when one came in, or was in already."""


class Called(Result, frozen=True):
    """One is called so from now on."""

    name: str


class UnreadView(msgspec.Struct, frozen=True):
    """What one has not read in a room, in a conversation, or in a thread of it: see `core.unread`."""

    room: str
    """The channel's name, or `@` and the name of whom one talks with."""
    thread: Seq
    """0 for the whole room."""
    unread: int
    mentions: int
    """How many of them call one."""
    first: Seq
    """The first of them."""
    mark: Seq
    """The last record that one has read."""
    is_more: bool = False
    """Whether there are more than were looked at."""
    beginning: str | None = None
    """The message that began the thread, by which it is asked for; None for the whole room."""


class UnreadList(Result, frozen=True):
    """Where there is something that one has not read, what calls one first."""

    places: tuple[UnreadView, ...]


class Marked(Result, frozen=True):
    """One has read a room, or a thread of it, up to a record."""

    room: str
    """Empty for all of them."""
    thread: Seq
    seq: Seq


class MarkFound(Result, frozen=True):
    """How far one has read a room."""

    room: str
    seq: Seq
    time_ms: int
    """When the last message up to there was said, in milliseconds since 1970 UTC; 0 where there is none."""


class DraftFound(Result, frozen=True):
    """What one has begun to write in a room; empty where nothing."""

    room: str
    text: str


class DraftList(Result, frozen=True):
    """What one has begun to write."""

    drafts: tuple[DraftFound, ...]


class Following(Result, frozen=True):
    """Whether one follows a thread."""

    room: str
    thread: Seq
    is_following: bool


class ConversationView(msgspec.Struct, frozen=True):
    """A conversation of two in which something was said."""

    id: RoomId
    name: str
    """`@` and the other's name."""
    seq: Seq


class LoggedIn(Result, frozen=True):
    """One is, on this connection, who has the account; its rooms as they are at this moment."""

    name: str
    rooms: tuple[Entered, ...]
    waiting: tuple[Record, ...] = ()
    """What others have told one alone since one was here last, oldest first."""
    unread: tuple[UnreadView, ...] = ()
    """Where there was something one has not read, a moment ago."""
    conversations: tuple[ConversationView, ...] = ()
    """With whom one has talked."""


class BlocksChanged(Result, frozen=True):
    """Who is blocked, or no longer blocked, after a change, and who could not be found."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    """Who was blocked in that way already."""


class AcceptedChanged(Result, frozen=True):
    """Who is accepted, or no longer accepted, after a change, and who could not be found."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    """Who was accepted already."""


class MemberView(msgspec.Struct, frozen=True):
    """A member as others may see him."""

    name: str
    away: str | None
    is_present: bool = True
    """Whether he is here; whoever has an account stays a member when he is not."""
    is_bot: bool = False
    """Whether he says that he is a program, as far as is known while he is not here."""


class PersonFound(Result, frozen=True):
    """Somebody as others may see him."""

    name: str
    has_account: bool
    is_present: bool
    away: str | None
    """Why he is away, while he is here; None while he is there."""
    last_seen_ms: int | None
    """When he was here last, if he is not and lets it be known."""
    rooms: tuple[str, ...]
    """In which of the asker's channels he is, by name."""
    about: str = ""
    """Who he says he is."""
    is_bot: bool = False
    """Whether he says that he is a program."""


class Members(Result, frozen=True):
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
    access: Access = "public"
    is_archived: bool = False
    is_hidden: bool = False


class RoomList(Result, frozen=True):
    """The channels, most members first: the largest of them, and how many more there are."""

    rooms: tuple[RoomView, ...]
    more: int = 0


class TopicFound(Result, frozen=True):
    """What a channel is about; None where nobody has said."""

    room: str
    topic: Topic | None


class BlockList(Result, frozen=True):
    """Whom one blocks, by name."""

    names: tuple[str, ...]


class AcceptedList(Result, frozen=True):
    """Who may write to one alone, and whom one has accepted, by name."""

    whom: Senders
    names: tuple[str, ...]


class TraitList(Result, frozen=True):
    """What programs have noted about somebody, or about a channel."""

    subject: str
    traits: dict[str, str]


class PeopleWatched(Result, frozen=True):
    """For whom one looks out from now on, of those who were named."""

    here: tuple[str, ...]
    """Who is here, as he is called."""
    absent: tuple[str, ...]
    """Who is not, or is nobody."""
    left_over: tuple[str, ...] = ()
    """For whom one does not, as it would be too many."""


class AlertList(Result, frozen=True):
    """At which words one is called."""

    words: tuple[str, ...]


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


class Governed(Result, frozen=True):
    """What was done in a channel in which one is not; nothing where it was so already."""

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


Answer = (
    Done
    | Entered
    | Departed
    | Told
    | Gathered
    | Called
    | Registered
    | LoggedIn
    | LoggedOut
    | TokenMade
    | TokenList
    | InvitationMade
    | InvitationList
    | HookMade
    | HookList
    | BlocksChanged
    | AcceptedChanged
    | AcceptedList
    | TraitList
    | Members
    | RoomList
    | TopicFound
    | BlockList
    | AlertList
    | PeopleWatched
    | UnreadList
    | Marked
    | MarkFound
    | DraftFound
    | DraftList
    | Following
    | PersonFound
    | History
    | ActiveList
    | Exported
    | Found
    | ThreadFound
    | MessageFound
    | PinList
    | Governed
    | RoomFound
    | BanList
    | InvitedList
    | AuditTrail
    | Refusal
)
"""Everything a command or a query can be answered with."""
