"""What people ask about what wants their attention, and what they note for themselves.

These are no commands of the core: nobody else hears of them, and nothing that is kept for ever comes of them. A room is
named as in commands, and a conversation by `@` and the name of whom one talks with.
"""

from typing import Final

import msgspec

from hubbub.core.kinds import Place, TimeMs, tag_of
from hubbub.core.levels import Level
from hubbub.core.notes import AnyRef
from hubbub.core.signals import TypingState
from hubbub.core.unread import NO_THREAD

WATCHED_LIMIT: Final = 100
"""For how many people one connection may look out. As many as IRC servers have it."""


class AttentionRequest(msgspec.Struct, frozen=True, tag_field="type", tag=tag_of):
    """Something asked about what one has read, begun or looks out for."""


class MarkRead(AttentionRequest, frozen=True):
    """Have read a room, or a thread of it, up to a record and not further."""

    room: str = ""
    """Empty for every room and conversation."""
    thread: Place = NO_THREAD
    seq: Place | None = None
    """None for the newest, which is also meant by one that is not there yet."""
    at_ms: TimeMs | None = None
    """Up to what was said at this time instead, in milliseconds since 1970 UTC, if that is further than before."""


class FindMark(AttentionRequest, frozen=True):
    """How far have I read this room?"""

    room: str


class MarkMessage(AttentionRequest, frozen=True):
    """Have read a message's room up to it and not further, or all of the thread that it is in or begins."""

    message: AnyRef
    is_thread: bool = False


class ListUnread(AttentionRequest, frozen=True):
    """What have I not read yet?"""


class SaveDraft(AttentionRequest, frozen=True):
    """Keep what one has begun to write in a room; nothing where it is empty."""

    room: str
    text: str


class FindDraft(AttentionRequest, frozen=True):
    """What have I begun to write in this room?"""

    room: str


class ListDrafts(AttentionRequest, frozen=True):
    """What have I begun to write, and where?"""


class SetLevel(AttentionRequest, frozen=True):
    """Be told of everything in a room, of what calls one, of nothing, or of what is usual, on all one's connections."""

    room: str
    level: Level


class FindLevel(AttentionRequest, frozen=True):
    """Of what in this room am I told?"""

    room: str


class ListLevels(AttentionRequest, frozen=True):
    """In which rooms am I told of something else than what is usual?"""


class FollowThread(AttentionRequest, frozen=True):
    """Follow the thread that a message is in or begins, or follow it no longer."""

    message: AnyRef
    is_following: bool = True


class ShowTyping(AttentionRequest, frozen=True):
    """Let those in a room see that one is writing, has stopped in the middle, or has taken back what one had begun."""

    room: str
    state: TypingState = "active"


class WatchAudit(AttentionRequest, frozen=True):
    """Be told, on this connection, what moderators and administrators do as they do it, or no longer."""

    is_watching: bool = True


class WatchPeople(AttentionRequest, frozen=True):
    """Be told, on this connection, when these people come and go, wherever they are, or no longer."""

    names: tuple[str, ...]
    is_watching: bool = True
    closely: bool = False
    """Whether one also wants to know what becomes of them, as if one shared a room with them."""


AnyAttentionRequest = (
    MarkRead
    | FindMark
    | MarkMessage
    | ListUnread
    | SaveDraft
    | FindDraft
    | ListDrafts
    | SetLevel
    | FindLevel
    | ListLevels
    | FollowThread
    | ShowTyping
    | WatchAudit
    | WatchPeople
)
"""Everything that can be asked about one's attention."""
