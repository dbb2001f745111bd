"""What an export consists of: one value for each of its lines, the same whichever program it comes from."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

import msgspec

from hubbub.core.kinds import Manner
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room_settings import Change

VERSION: Final = 1
"""Version of the format, in the header; a reader refuses others."""

Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment, written as RFC 3339 says: `2026-11-25T21:07:39.120Z`."""

PlaceKind = Literal["channel", "direct"]
"""Whether a room has a name and members who come and go, or belongs to a fixed set of people."""


class Header(msgspec.Struct, frozen=True, omit_defaults=True):
    """The first line of a file."""

    hubbub_export: int
    source: str = ""
    """Which server it comes from; an import that is repeated knows by this what it has already."""
    made: Time | None = None
    since: Time | None = None
    """From when on messages were exported; None from the beginning."""
    until: Time | None = None
    """Before when they were said; None up to the end."""


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody, by the id that stands in one archive, and what he was called."""

    name: str
    id: str = ""
    """Empty where only his name is known."""


class AccountThing(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="account"):
    """Somebody who has an account; nothing that he could be proved by is ever exported."""

    id: str
    name: str
    role: ServerRole = ServerRole.MEMBER
    opened: Time | None = None
    is_disabled: bool = False


class TopicThing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a room is about."""

    text: str
    name: str = ""
    time: Time | None = None


class Officer(msgspec.Struct, frozen=True):
    """Somebody who is more than a member of a room."""

    id: str
    name: str
    role: RoomRole


class RoomThing(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="room"):
    """A room as it was when it was exported; its messages follow."""

    id: str
    name: str
    """`#tea`; empty where it has none."""
    kind: PlaceKind = "channel"
    topic: TopicThing | None = None
    settings: Change = Change()
    """Those that are not as in a new room; never the key that lets people in."""
    members: tuple[Person, ...] = ()
    """In a direct conversation, those whose it is."""
    roles: tuple[Officer, ...] = ()


class Version(msgspec.Struct, frozen=True):
    """An earlier text of a message."""

    text: str
    time: Time


class Gone(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a message that was deleted."""

    by: Person | None = None
    reason: str = ""


class FileThing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that stands with a message; in the archive of a server, what is in it is `files/ID`."""

    id: str
    name: str
    media_type: str = ""
    size_bytes: int = 0
    width: int = 0
    height: int = 0


class MessageThing(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="message"):
    """Something that was said."""

    id: str
    """Its name within its room. A number that grows from each message to the next."""
    time: Time
    name: str
    """What whoever said it was called then."""
    author: str = ""
    """His id; empty where only his name is known."""
    text: str = ""
    """As it reads now; empty in a message that was deleted."""
    manner: Manner = "text"
    reply_to: str = ""
    """The message that it answers, which stands before it."""
    thread: str = ""
    """The first message of that chain of answers."""
    edited: Time | None = None
    """When it got this text, if it had others before."""
    versions: tuple[Version, ...] = ()
    """Those others, oldest first."""
    deleted: Gone | None = None
    reactions: dict[str, tuple[Person, ...]] = {}
    """Who reacted, by what he reacted with."""
    is_pinned: bool = False
    files: tuple[FileThing, ...] = ()
    to: RoomRole | None = None
    """The lowest role of those in the room for whom it is; None where it is for everybody there."""


class EndThing(msgspec.Struct, frozen=True, tag_field="type", tag="end"):
    """The last line of a file: without it, a part is missing."""

    messages: int


Thing = AccountThing | RoomThing | MessageThing | EndThing
"""Everything that may follow the header."""


def to_time(time_ms: int) -> datetime:
    """Return the moment so many milliseconds after 1970; one that no calendar has becomes the nearest that it has."""
    return _EPOCH + timedelta(milliseconds=min(max(time_ms, 0), _LAST_MS))


def to_ms(time: datetime) -> int:
    """Return a moment in milliseconds since 1970; 0 for any before."""
    return max((time - _EPOCH) // timedelta(milliseconds=1), 0)


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS: Final = 253_402_300_799_999
"""The last millisecond of the year 9999."""
