"""Answers about one's attention: what one has not read, has begun to write, and wants to be called at."""

import msgspec

from hubbub.core.kinds import Result, RoomId, Seq
from hubbub.core.levels import Level


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
    id: RoomId = RoomId(0)
    """The room's, by which those with guests who have left are told apart: all of them are called the same."""


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


class LevelFound(Result, frozen=True):
    """Of what in a room one is told."""

    room: str
    level: Level
    id: RoomId
    """The room's, by which those with guests who have left are told apart."""


class LevelList(Result, frozen=True):
    """In which rooms one is told of something else than what is usual."""

    levels: tuple[LevelFound, ...]


class Following(Result, frozen=True):
    """Whether one follows a thread."""

    room: str
    thread: Seq
    is_following: bool


class AlertList(Result, frozen=True):
    """At which words one is called."""

    words: tuple[str, ...]
