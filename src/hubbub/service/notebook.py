"""The notebook: what somebody with an account notes for himself alone, the same on all his connections.

These are no records: nobody else hears of them, only what holds now matters, and they change with every room that is
looked at. So each is a row that is written over.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

import msgspec

from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.unread import NO_THREAD, Count, Mark, Stretch


class MarkSet(msgspec.Struct, frozen=True):
    """How far somebody has read in a room, or in a thread of it."""

    person: PersonId
    room: RoomId
    thread: Seq
    mark: Mark


class Place(msgspec.Struct, frozen=True):
    """A room, or a thread of it."""

    room: RoomId
    thread: Seq = NO_THREAD


class Mention(msgspec.Struct, frozen=True):
    """Somebody, or `EVERYBODY`, is called by a message."""

    person: PersonId
    seq: Seq


class Notebook(Protocol):
    """Keeps notes, and counts what is unread. It is open while the store that it was made with is.

    Every method may raise `StoreUnavailable`; then it changed nothing, or, where a database's connection is lost in
    the moment of a commit, all of it. What one node has changed, all others see when the method returns.
    """

    async def load_marks(self, person: PersonId) -> dict[Place, Mark]:
        """Return how far somebody has read, wherever he has set a mark."""

    async def save_marks(self, marks: Sequence[MarkSet]) -> None:
        """Keep these marks, of any people, instead of the earlier ones in the same places."""

    async def count(self, person: PersonId, deaf: Collection[PersonId], stretches: Sequence[Stretch]) -> list[Count]:
        """Return what somebody who blocks those in `deaf` has not read in each of these: see `core.unread`."""

    async def load_drafts(self, person: PersonId) -> dict[RoomId, str]:
        """Return what somebody has begun to write, in which room."""

    async def save_draft(self, person: PersonId, room: RoomId, text: str) -> None:
        """Keep what he has begun to write there instead of what was; nothing where the text is empty."""

    async def load_levels(self, person: PersonId) -> dict[RoomId, Level]:
        """Return of what somebody is told in which room, where that is not what is usual."""

    async def save_level(self, person: PersonId, room: RoomId, level: Level) -> None:
        """Keep of what he is told there instead of what was; nothing where it is what is usual."""

    async def load_follows(self, person: PersonId) -> list[Place]:
        """Return the threads that somebody follows.

        Whoever answers in a thread follows it from then on, and whoever began it or is called in it, unless he does
        not want to: the store notes that in the transaction that keeps the message.
        """

    async def save_follow(self, person: PersonId, place: Place, *, is_following: bool) -> None:
        """Let somebody follow a thread, or not."""

    async def load_mentions(self, room: RoomId) -> set[Mention]:
        """Return who is called by a room's messages, as the store has noted it when it kept them."""

    async def mend_mentions(self, room: RoomId, missing: Collection[Mention], wrong: Collection[Mention]) -> None:
        """Note what is missing, and forget what is wrong."""

    async def forget(self, person: PersonId) -> None:
        """Forget all that somebody has noted; harmless when repeated."""
