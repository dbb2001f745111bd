"""Unread: the one rule of what somebody has not read yet, and what of it calls him.

A message is unread that comes after his mark, or after what he said himself since he set it; that is not his own, from
nobody he blocks, not deleted, and that he may read. Of a room, or of a thread in it, the newest `UNREAD_LIMIT` messages
after the mark are looked at and no others, so that a room where much was said costs no more than the rest.
"""

from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from hubbub.core.kinds import PersonId, RoomId, Seq

UNREAD_LIMIT: Final = 100
"""Most messages looked at after one mark; where there are more, it is said so (`100+`).

With it, somebody who has never read any of his 100 rooms is answered in 10 ms: see `docs/decisions/marks.md`.
"""

EVERYBODY: Final = PersonId("*")
"""Stands for a person where everybody in a room is called."""

NO_THREAD: Final = Seq(0)
"""Stands for a thread where a whole room is meant."""


class Mark(msgspec.Struct, frozen=True, gc=False):
    """How far somebody has read."""

    seq: Seq
    """The last record that is read."""
    at: Seq
    """The room's last record when he set it: what he says later marks the room as well."""


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Where to look for what somebody has not read."""

    room: RoomId
    thread: Seq
    floor: Seq
    """What comes after this record is unread."""
    at: Seq
    """What he said himself after this record is the floor instead."""


class Count(msgspec.Struct, frozen=True, gc=False):
    """What somebody has not read in a stretch."""

    room: RoomId
    thread: Seq
    unread: int
    mentions: int
    """How many of them call him."""
    first: Seq
    """The first of them; 0 where there is none."""
    is_more: bool = False
    """Whether there are older messages than those that were looked at."""


class Message(msgspec.Struct, frozen=True, gc=False):
    """A message as the rule looks at it."""

    seq: Seq
    author: PersonId | None
    """None once it is deleted."""
    thread: Seq = NO_THREAD
    calls: tuple[PersonId, ...] = ()
    """Whom it calls; `EVERYBODY` for the whole room."""


def stretch_of(room: RoomId, thread: Seq, since: Seq, begin: Seq, marks: Iterable[Mark | None]) -> Stretch:
    """Return where to look in a room that somebody came into after the record `since` and may read after `begin`.

    Of several marks, that of a thread and that of its room, the one set last holds, the first of those set at once. One
    that he set before he went out and came in again holds no more.
    """
    valid = [mark for mark in marks if mark is not None and mark.at > since]
    latest = max(valid, key=lambda mark: mark.at, default=Mark(since, since))
    return Stretch(room, thread, max(latest.seq, begin), latest.at)


def count_unread(me: PersonId, deaf: Collection[PersonId], stretch: Stretch, messages: Iterable[Message]) -> Count:
    """Return what somebody who blocks those in `deaf` has not read, of all messages of a room in their order."""
    after = [
        message
        for message in messages
        if message.seq > stretch.floor and (not stretch.thread or message.thread == stretch.thread)
    ]
    window, is_more = after[-UNREAD_LIMIT:], len(after) > UNREAD_LIMIT
    own = max((message.seq for message in window if message.author == me and message.seq > stretch.at), default=Seq(0))
    unread = [
        message
        for message in window
        if message.seq > own and message.author not in {None, me} and message.author not in deaf
    ]
    called = sum(me in message.calls or EVERYBODY in message.calls for message in unread)
    first = unread[0].seq if unread else Seq(0)
    return Count(stretch.room, stretch.thread, len(unread), called, first, is_more and not own)
