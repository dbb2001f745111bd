"""A room: what its records, applied in order, add up to."""

from enum import StrEnum
from typing import Final, Literal

import msgspec

from hubbub.core.bans import Ban, Exemption
from hubbub.core.directory import Directory
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room_settings import Retention, RoomSettings
from hubbub.core.terms import Term

LOBBY: Final = "#lobby"
"""The room that always exists; clients with no idea of rooms live there."""

HOUSE_KEY: Final = "house"
"""Key of the one room that everybody on the server hears."""

DIRECTORY_KEY: Final = "directory"
"""Key of the one room whose records are the accounts' history."""

AUDIT_KEY: Final = "audit"
"""Key of the one room whose records are what moderators and administrators did."""


class RoomKind(StrEnum):
    """What a room is for."""

    CHANNEL = "channel"
    """A named room that people join; its key is its name's comparison form."""
    DIRECT = "direct"
    """The conversation of a fixed set of people; its key is `direct_key` of them."""
    PERSONAL = "personal"
    """What concerns one person alone, such as whom he blocks; its key is his id."""
    STAGED = "staged"
    """What is being imported and is nobody's yet; its key says from where."""
    DIRECTORY = "directory"
    """Who has an account; there is one, under `DIRECTORY_KEY`."""
    AUDIT = "audit"
    """What moderators and administrators did; there is one, under `AUDIT_KEY`, and it is never erased."""
    HOUSE = "house"
    """What concerns everyone on the server; there is one, under `HOUSE_KEY`."""


Senders = Literal["everyone", "accounts", "accepted"]
"""Who may write to somebody alone, besides those whom he has accepted."""


class RoomHead(msgspec.Struct, frozen=True, gc=False):
    """A room as the store lists it: what it is, not what is in it."""

    id: RoomId
    kind: RoomKind
    key: str
    """Unique among the rooms of its kind."""
    name: str
    """As people see it: `#Tea` for a channel, empty where a room has no name."""
    seq: Seq = Seq(0)
    """The last record's; 0 while there is none."""


class Member(msgspec.Struct, frozen=True, gc=False):
    """Someone in a room."""

    name: str
    since: Seq = Seq(0)
    """The room's last record before he came in."""


class Topic(msgspec.Struct, frozen=True, gc=False):
    """What a channel is about."""

    text: str
    name: str
    """Who set it, as he was called then."""
    time_ms: int


class Block(msgspec.Struct, frozen=True, gc=False):
    """One person whom another refuses to hear."""

    name: str
    """What he was called when he was blocked."""
    silent: bool = False
    """Whether he is left to believe that he is heard."""
    term: Term | None = None
    """How long; None is for ever."""


class Mute(msgspec.Struct, frozen=True, gc=False):
    """Somebody who may not speak in a room."""

    person_name: str
    """What he was called when he was muted."""
    name: str
    """Who said so, as he was called then."""
    reason: str = ""
    term: Term | None = None
    """How long; None is for ever."""
    since_ms: int = 0
    """As of a ban."""


class Pin(msgspec.Struct, frozen=True, gc=False):
    """A message that stands where everybody finds it."""

    name: str
    """Who pinned it, as he was called then."""
    time_ms: int


class Room(msgspec.Struct):
    """The state of one room. Only `applying.apply` changes it; its snapshot is its JSON."""

    id: RoomId
    kind: RoomKind
    key: str
    name: str
    seq: Seq = Seq(0)
    topic: Topic | None = None
    members: dict[PersonId, Member] = {}
    """Who is in; in a channel only."""
    settings: RoomSettings = RoomSettings()
    roles: dict[PersonId, RoomRole] = {}
    """What somebody is in a channel, here or not, who is more than a member."""
    bans: dict[str, Ban] = {}
    """Whom a channel keeps out, by `Target.id`."""
    silences: dict[str, Ban] = {}
    """Whom a channel keeps silent, by `Target.id`; those who are speakers or more speak all the same."""
    exceptions: dict[str, Exemption] = {}
    """Whom neither bans nor silences concern, by `Target.id`."""
    awaited: dict[str, Exemption] = {}
    """Whom a channel takes in as if they were invited, by `Target.id`."""
    mutes: dict[PersonId, Mute] = {}
    """Who may not speak in a channel."""
    invited: dict[PersonId, str] = {}
    """Who may come into a private channel, and what he was called when he was invited."""
    spoken: dict[PersonId, int] = {}
    """In a slow channel, who spoke when, in milliseconds; who did so last comes last."""
    pins: dict[Seq, Pin] = {}
    """Messages that are pinned; the last one to be pinned comes last."""
    founded_ms: int = 0
    """When somebody came into a channel first; 0 where an older version did not write it down."""
    is_founded: bool = False
    """Whether anybody ever came into a channel, as far as its records tell."""
    imported_to: Seq = Seq(0)
    """The last record of what was brought in from elsewhere, of which nobody is told one by one."""
    retention: dict[RoomId, Retention] = {}
    """Which rooms keep what is said for a while only; in the house's room only, so that nobody has to load them all."""
    blocks: dict[PersonId, Block] = {}
    """Whom its person refuses to hear; in a personal room only."""
    away: str | None = None
    """Why its person is away; in a personal room only."""
    gone_ms: int = 0
    """When its person was here last, as far as it was written down; in a personal room only."""
    traits: dict[str, str] = {}
    """What programs have noted about its person, or about the channel, by key."""
    senders: Senders = "everyone"
    """Who may write to its person alone; in a personal room only."""
    accepted: dict[PersonId, str] = {}
    """Who may in any case, and what he was called when he was accepted; in a personal room only."""
    about: str = ""
    """Who its person says he is; in a personal room only."""
    is_bot: bool = False
    """Whether its person is a program; in a personal room only."""
    directory: Directory = msgspec.field(default_factory=Directory)
    """All accounts; in the directory only."""


def empty_room(head: RoomHead) -> Room:
    """Return the room before its first record."""
    return Room(head.id, head.kind, head.key, head.name)


def copy_room(room: Room) -> Room:
    """Return an independent copy; its values are immutable and shared."""
    return msgspec.structs.replace(
        room,
        members=room.members.copy(),
        roles=room.roles.copy(),
        bans=room.bans.copy(),
        silences=room.silences.copy(),
        exceptions=room.exceptions.copy(),
        awaited=room.awaited.copy(),
        mutes=room.mutes.copy(),
        invited=room.invited.copy(),
        spoken=room.spoken.copy(),
        pins=room.pins.copy(),
        retention=room.retention.copy(),
        blocks=room.blocks.copy(),
        accepted=room.accepted.copy(),
        traits=room.traits.copy(),
        directory=room.directory.copy(),
    )


def direct_people(kind: RoomKind, key: str) -> tuple[PersonId, ...]:
    """Return whose conversation it is; nobody's where the room is none."""
    return tuple(map(PersonId, key.split())) if kind is RoomKind.DIRECT else ()


def direct_key(people: set[PersonId]) -> str:
    """Return the key under which these people's conversation is kept, whoever begins it."""
    return " ".join(sorted(people))
