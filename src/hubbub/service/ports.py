"""What the service needs from the outside: each port says what it promises, and one contract suite holds it to that."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import msgspec

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.imports import Publication, RoomImport
from hubbub.service.searching import SearchPage, SearchRequest

ERASE_LIMIT: Final = 1_000
"""Most messages erased in one transaction; more would keep those waiting who say something."""


class Draft(msgspec.Struct, frozen=True):
    """An event that was decided and waits for the store to give it a place."""

    room: RoomId
    event: AnyEvent


class SentMessage(msgspec.Struct, frozen=True):
    """A message that was said with a nonce: see `core.nonces`."""

    room: RoomId
    seq: Seq
    author: PersonId
    nonce: str


class Snapshot(msgspec.Struct, frozen=True):
    """A room's state as it was after the record `seq`, so that loading need not begin at 1."""

    seq: Seq
    state: bytes


class StoreUnavailable(Exception):  # noqa: N818 - named by what is wrong, as in the architecture's error policy
    """The store cannot do this now (disk full, locked, connection lost); nothing was changed; it may work later."""


class NameConflict(StoreUnavailable):
    """A room was to be called as another one is; nothing was changed, and it can be decided again."""

    def __init__(self) -> None:
        super().__init__("another room has that name")


class StoreUnusable(Exception):  # noqa: N818 - as above
    """The store cannot be opened at all; the sentence says what is wrong and what to do."""


class Store(Protocol):
    """Where records are kept for ever and get their order.

    Every method may raise `StoreUnavailable`; then it changed nothing. (One exception, where the store is behind a
    network: when the connection is lost during a commit and does not come back for a while, nobody can know. Records
    kept then are found like another node's.) A cancelled method may have done its work or not.
    """

    async def open(self) -> None:
        """Get ready, creating or migrating what is kept. Raises `StoreUnusable` with a sentence for the operator."""

    async def close(self) -> None:
        """Let go of everything; harmless when repeated."""

    async def open_room(self, kind: RoomKind, key: str, name: str) -> RoomHead:
        """Return the room of that kind and key, creating it with `name` if there is none.

        Of any number of simultaneous calls, from any nodes, all get the same room.
        """

    async def find_room(self, kind: RoomKind, key: str) -> RoomHead | None:
        """Return the room of that kind and key, or None; never creates one."""

    async def load_head(self, room: RoomId) -> RoomHead | None:
        """Return the room of that id, or None."""

    async def list_rooms(self, kind: RoomKind) -> list[RoomHead]:
        """Return all rooms of a kind, ordered by key."""

    async def list_memberships(self, person: PersonId) -> list[RoomHead]:
        """Return the channels that somebody is in and the conversations that are his, in the order of their ids.

        True at every moment: it is kept in the transaction that keeps the record of his coming or going.
        """

    async def append(self, drafts: Sequence[Draft], time_ms: int) -> list[Record]:
        """Keep all drafts, of any rooms, in one transaction, and return them as records in the same order.

        When this returns they are durable: they survive `kill -9` and, where the store can promise it, a power cut.
        Each room's records continue its `seq` without gaps or repeats, whatever other nodes append meanwhile; drafts
        of one room keep their order. All or nothing: when this raises, none of them was kept. Raises `LookupError` for
        a room that does not exist.

        What is about a message changes how it looks, in the same transaction: see `core.revising`. When one is
        deleted, its text can be read nowhere any more, not even in the records of its edits.

        A `RoomRenamed` changes the channel's key and name as well, in the same transaction. Raises `NameConflict` where
        another channel has the key.
        """

    async def load_records(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Return up to `limit` of a room's records with `seq > after`, in order."""

    async def load_messages(self, room: RoomId, before: Seq | None, limit: int) -> list[Record]:
        """Return the last `limit` records in a room with `seq < before` (all, if None) that are messages, in order.

        Messages are what people said: `Said` and `Announced`, no joins or topics; and `Removed`, where one was deleted.
        Each is as it looks now, with its note: see `core.revising`.
        """

    async def load_messages_after(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Return the first `limit` messages in a room with `seq > after`, in order, as `load_messages` does."""

    async def load_message(self, room: RoomId, seq: Seq) -> Record | None:
        """Return one message as it looks now, or None where there is none."""

    async def load_thread(self, room: RoomId, root: Seq, before: Seq | None, limit: int) -> list[Record]:
        """Return the last `limit` answers in a thread with `seq < before` (all, if None), in order, as above."""

    async def find_time(self, room: RoomId, time_ms: int) -> Seq:
        """Return a place in a room before which all messages are older than that time, and behind it none is.

        Where the clock jumped back meanwhile, it is one of several that come close.
        """

    async def index(self, limit: int, heads: Mapping[RoomId, Seq] | None = None) -> int:
        """Get ready to find what was said up to these records, or (None) anywhere: about so many messages.

        Returns how many; 0 when there are no others, as a store without an index always does. Nothing that was kept is
        missing in what `search` returns when this was never called; it only takes longer.
        """

    async def search(self, request: SearchRequest) -> SearchPage:
        """Return what was said that the request looks for: see `searching`, whose law it is.

        The newest come first, by their times, and in one room those of the same time by `seq`; or, of the newest
        `BEST_OF`, the best by `rank`. Everything that was kept before is found, but where a page says that it is not
        complete, and but for words with a common part: see `stores.search_lookup`. Raises `ValueError` for a cursor
        that no page has given.
        """

    async def erase_messages(self, room: RoomId, before_ms: int, keep: int | None) -> Seq:
        """Erase a room's oldest messages: up to the last one from before that time, and all but the newest `keep`.

        Their places remain, as `Erased`: nothing of a message can be read any more but when it was. Takes at most
        `ERASE_LIMIT` of them, and returns the last one's `seq`: 0 when there was nothing to erase.
        """

    async def purge(self, *, thoroughly: bool = True) -> None:
        """Let nothing that was erased or changed stand in any file of the store, as far as it has that in its hands.

        Unless `thoroughly`, single words of it may go on standing in an index, where it takes long to remove them.
        """

    async def load_snapshot(self, room: RoomId) -> Snapshot | None:
        """Return the room's newest snapshot, or None."""

    async def save_snapshot(self, room: RoomId, snapshot: Snapshot) -> None:
        """Keep a room's snapshot instead of its older ones; one older than what is kept is ignored."""

    async def load_sent(self, since_ms: int, limit: int) -> list[SentMessage]:
        """Return the messages that were said with a nonce since that time, at most so many, the newest first."""

    async def forget_sent(self, before_ms: int) -> None:
        """Forget which were said with a nonce before that time; the messages themselves stay as they are."""

    async def load_identity(self) -> str:
        """Return which place this is: what no other place has, and what it keeps for ever."""

    async def find_imported(self, source: str, external_ids: Sequence[str]) -> dict[str, tuple[RoomId, Seq]]:
        """Return where those of these things are that were imported from a source; a room has the `seq` 0."""

    async def import_records(
        self, source: str, imports: Sequence[RoomImport], time_ms: int, publications: Sequence[Publication] = ()
    ) -> int:
        """Keep what happened elsewhere, in one transaction, and return how many records that made.

        Each has its own time. What was imported from that source before is left out, so that repeating changes nothing,
        and nothing is there twice however many do so at once. Where a room's listeners are to be told, an `Imported`
        comes before the rest. The drafts may be read on another thread, and what reading them raises is raised here:
        then nothing was kept.

        Rooms of the kind `STAGED` are in no list but that of their kind, are nobody's, and cannot be found by their
        ids; in the end `publications` make them rooms of another kind. Raises `NameConflict` where there is one of
        that kind and key, and `LookupError` for a room that does not exist.
        """

    async def load_heads(self, rooms: Sequence[RoomId]) -> dict[RoomId, Seq]:
        """Return the last `seq` of each of these rooms that exists."""


class Fabric(Protocol):
    """Carries committed records to the other nodes. A hint only: it may lose, repeat and reorder."""

    @property
    def reaches_others(self) -> bool:
        """Whether there may be other nodes, so that what they commit must be looked for."""

    async def open(self, receive: Callable[[Sequence[Record]], None]) -> None:
        """Begin calling `receive`, on the loop, with what other nodes publish in the rooms listened to."""

    async def close(self) -> None:
        """Stop receiving; harmless when repeated."""

    def publish(self, records: Sequence[Record]) -> None:
        """Offer records to the other nodes; never blocks and never raises. One's own are not received back."""

    def listen(self, room: RoomId) -> None:
        """Receive this room's records from now on."""

    def ignore(self, room: RoomId) -> None:
        """Receive them no longer."""


class Clock(Protocol):
    """Time, and being called later."""

    def time_ms(self) -> int:
        """Return milliseconds since 1970 UTC; it may jump either way."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    def call_later(self, seconds: float, callback: Callable[[], None]) -> "Timer":
        """Call back on the loop after at least so many seconds, in coarse steps that cost next to nothing."""


class Timer(Protocol):
    """Something that will be called later."""

    def cancel(self) -> None:
        """Do not call any more; harmless when repeated or already called."""
