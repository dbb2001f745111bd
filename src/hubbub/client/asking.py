"""Asking: what a program says and wants to know, a method each. Whatever has none is asked with `Hub.ask`."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from hubbub.client.errors import Misunderstood
from hubbub.client.model import Model
from hubbub.client.records import Record, record_of
from hubbub.core import catalog
from hubbub.core.answers import Answer
from hubbub.core.attention_requests import MarkRead, SetLevel, ShowTyping
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.annotating import Delete, Edit, PinMessage, React, Reply, UnpinMessage, Unreact
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.topics import SetTopic
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import Manner, Refused, Seq
from hubbub.core.levels import Level
from hubbub.core.message_answers import Done, Found, History, Hit, Outcome, Told
from hubbub.core.people_answers import AccountList, AccountView, PersonFound
from hubbub.core.queries import (
    HISTORY_LIMIT,
    FindHistory,
    FindMessages,
    FindPerson,
    ListAccounts,
    ListMembers,
    ListRooms,
)
from hubbub.core.roles import RoomRole
from hubbub.core.room_answers import Entered, Members, RoomList
from hubbub.core.search.query import Order
from hubbub.core.senders import explain_refusal
from hubbub.core.signals import TypingState
from hubbub.wire.native import Request

A = TypeVar("A")

SEARCH_PAGE = 50
"""Hits that are asked for at a time: two screens."""

Message = str | Record[AnyEvent]
"""Which message: its id, or what was heard of it."""


Files = Iterable[FileView | str]
"""Which files a message shows: what `Hub.upload` has returned, or their ids."""


class Asking(ABC):
    """Everything that can be said and asked. All of it raises `Refused` where the server says no."""

    @property
    @abstractmethod
    def model(self) -> Model:
        """What is known of the rooms."""

    @abstractmethod
    async def ask(self, request: Request) -> Answer:
        """Ask anything; see `Hub.ask`."""

    @abstractmethod
    def _new_nonce(self) -> str:
        """Return a name for a new message."""

    async def say(
        self, room: str, text: str, *, manner: Manner = "text", files: Files = (), to: RoomRole = RoomRole.MEMBER
    ) -> str:
        """Say something in a room, or to `@somebody`; return the message's id once it is stored.

        In a room, `to` is the lowest role of those for whom it is: nobody else there learns of it.

        >>> message = await hub.say("#lobby", "hello")
        """
        if room.startswith("@"):
            (outcome,) = await self.tell(room[1:], text, manner=manner, files=files)
            return _require_taken(outcome)
        done = await self._ask(Say(room, text, manner, self._new_nonce(), _ids(files), to), Done)
        return done.message

    async def tell(
        self, names: str | Iterable[str], text: str, *, manner: Manner = "text", files: Files = ()
    ) -> tuple[Outcome, ...]:
        """Say something to people, each of them alone; return what became of it for each.

        >>> for outcome in await hub.tell(["bob", "carol"], "lunch?"):
        ...     print(outcome.name, outcome.status)
        """
        recipients = (names,) if isinstance(names, str) else tuple(names)
        told = await self._ask(Tell(recipients, text, manner, self._new_nonce(), _ids(files)), Told)
        return told.outcomes

    async def broadcast(self, text: str) -> str:
        """Say something to everyone on the server; return the message's id."""
        return (await self._ask(Broadcast(text, self._new_nonce()), Done)).message

    async def reply(self, message: Message, text: str, *, manner: Manner = "text", files: Files = ()) -> str:
        """Answer a message where it was said; return the answer's id."""
        command = Reply(_id(message), text, manner, self._new_nonce(), _ids(files))
        return (await self._ask(command, Done)).message

    async def edit(self, message: Message, text: str) -> None:
        """Let one's own message say something else."""
        await self.ask(Edit(_id(message), text))

    async def delete(self, message: Message, reason: str = "") -> None:
        """Let a message say nothing any more."""
        await self.ask(Delete(_id(message), reason))

    async def react(self, message: Message, reaction: str) -> None:
        """Put an emoji or a short word under a message."""
        await self.ask(React(_id(message), reaction))

    async def unreact(self, message: Message, reaction: str) -> None:
        """Take it back."""
        await self.ask(Unreact(_id(message), reaction))

    async def pin(self, message: Message) -> None:
        """Let a message stand where everybody finds it."""
        await self.ask(PinMessage(_id(message)))

    async def unpin(self, message: Message) -> None:
        """Let it stand there no longer."""
        await self.ask(UnpinMessage(_id(message)))

    async def join(self, room: str, key: str = "") -> Entered:
        """Come into a room, which begins to exist if it does not; return it as it is."""
        return await self._ask(Join(room, key), Entered)

    async def leave(self, room: str, reason: str = "") -> None:
        """Go out of a room."""
        await self.ask(Leave(room, reason))

    async def set_topic(self, room: str, text: str) -> None:
        """Say what a room is about."""
        await self.ask(SetTopic(room, text))

    async def mark_read(self, room: str, seq: int | None = None) -> None:
        """Have read a room, up to a record or all of it."""
        await self.ask(MarkRead(room, seq=None if seq is None else Seq(seq)))

    async def set_level(self, room: str, level: Level) -> None:
        """Be told of everything in a room, of `mentions`, of `nothing`, or of what is usual (`default`).

        It holds on all one's connections; `model.levels` says what holds.

        >>> await hub.set_level("#tea", "nothing")
        """
        await self.ask(SetLevel(room, level))

    async def show_typing(self, room: str, state: TypingState = "active") -> None:
        """Let those in a room see that something is being written, or is so no longer.

        While somebody writes, say so every three seconds; once when he stops in the middle (`paused`), and once when he
        takes back what he has begun (`done`). Who says something need say nothing of it.
        """
        await self.ask(ShowTyping(room, state))

    async def members(self, room: str) -> Members:
        """Return who is in a room; the model keeps it up to date from then on."""
        members = await self._ask(ListMembers(room), Members)
        known = self.model.find_room(room)
        if known is not None and not members.more:
            known.members = {member.name for member in members.members}
        return members

    async def rooms(self) -> RoomList:
        """Return which rooms there are."""
        return await self._ask(ListRooms(), RoomList)

    async def who(self, name: str) -> PersonFound:
        """Return who is called so, and whether he is there."""
        return await self._ask(FindPerson(name), PersonFound)

    async def accounts(self, prefix: str = "") -> AsyncIterator[AccountView]:
        """Yield who has an account, by name, or those whose names begin so; only administrators are told."""
        skip, more = 0, 1
        while more:
            answer = await self._ask(ListAccounts(prefix, skip), AccountList)
            for view in answer.accounts:
                yield view
            skip, more = skip + len(answer.accounts), answer.more

    async def page(  # noqa: PLR0913 - a query, each of which asks for one
        self,
        room: str,
        limit: int = HISTORY_LIMIT,
        *,
        before: int | None = None,
        after: int | None = None,
        around: int | None = None,
        at_ms: int | None = None,
    ) -> list[Record[AnyEvent]]:
        """Return what was said in a room, oldest first: last, before or after a record, or around one or a time."""
        before, after, around = (None if seq is None else Seq(seq) for seq in (before, after, around))
        query = FindHistory(room, limit, before=before, after=after, around=around, at_ms=at_ms)
        history = await self._ask(query, History)
        return [self._heard(record, history.room or room) for record in history.records]

    async def history(
        self,
        room: str,
        limit: int | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
        since_ms: int | None = None,
    ) -> AsyncIterator[Record[AnyEvent]]:
        """Yield what was said in a room, newest first, the last or what is before a record.

        Or, oldest first, from behind a record or from a time on.

        >>> async for record in hub.history("#lobby", limit=1_000):
        ...     print(record.time, record.event.name, record.text)
        """
        if since_ms is not None:
            first = await self.page(room, 1, at_ms=since_ms)
            if not first or first[0].time_ms < since_ms:
                return
            after = first[0].seq - 1
        left, seq = limit, before if after is None else after
        while left is None or left > 0:
            most = HISTORY_LIMIT if left is None else min(left, HISTORY_LIMIT)
            records = await self.page(room, most, **{"before" if after is None else "after": seq})
            for record in records if after is not None else reversed(records):
                yield record
            if not records:
                return
            seq = records[-1 if after is not None else 0].seq
            left = None if left is None else left - len(records)

    async def search(self, text: str, limit: int | None = None, *, order: Order = "newest") -> AsyncIterator[Hit]:
        """Yield the messages in one's rooms and conversations that are like this; docs/how-to/search.md says how."""
        left, cursor = limit, ""
        while left is None or left > 0:
            most = SEARCH_PAGE if left is None else min(left, SEARCH_PAGE)
            found = await self._ask(FindMessages(text, most, order, cursor), Found)
            for hit in found.hits:
                yield hit
            left, cursor = None if left is None else left - len(found.hits), found.cursor
            if not cursor:
                return

    async def _ask(self, request: Request, kind: type[A]) -> A:
        answer = await self.ask(request)
        if not isinstance(answer, kind):
            raise Misunderstood(f"The server answered {type(request).__name__} with {type(answer).__name__}.")
        return answer

    def _heard(self, stored: catalog.Record, room: str) -> Record[AnyEvent]:
        return record_of(stored, room, self.model.you.id)


def _id(message: Message) -> str:
    return message if isinstance(message, str) else message.id


def _ids(files: Files) -> tuple[FileId, ...]:
    return tuple(FileId(file) if isinstance(file, str) else file.id for file in files)


def _require_taken(outcome: Outcome) -> str:
    match outcome.status:
        case "refused":
            raise Refused(outcome.refusal or "refused_by_recipient", explain_refusal(outcome.refusal, outcome.name))
        case "unknown":
            raise Refused("unknown_person", f"Nobody is called {outcome.name}.")
        case _:
            return outcome.message
