"""A library: a store with millions of messages, made quickly, for what only shows on a large one."""

import itertools
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from hubbub.core.applying import apply
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind, empty_room
from hubbub.service.ports import Draft, Snapshot, Store
from hubbub.stores.sql import open_storage

READER: Final = PersonId("p0000000000000000")
"""Who is in every room; the others are in some."""

PEOPLE: Final = 2_000
MEMBERS: Final = 20
"""Of each room, besides the reader."""

VOCABULARY: Final = 200_000
"""Different words, the most frequent one five million times as frequent as the rarest: as Zipf's law has it."""

SAMPLE: Final = 4_000_000
"""Words drawn once; each message is some of them in a row, so that to draw them costs no more than to keep them."""

LENGTHS: Final = (1, 2, 3, 4, 6, 8, 8, 10, 10, 12, 14, 18, 25, 40)
"""Words in a message: 11.4 on the average."""

BATCH: Final = 4_000
"""Messages in one append, and in one step of indexing; a server has fewer, and takes longer."""

BEGIN_MS: Final = 1_700_000_000_000
BATCH_MS: Final = 60_000
"""How long after each other the batches are said."""

SNAPSHOT_AGE: Final = 250
"""Records since a room's last snapshot: on the average half of `rooms.SNAPSHOT_EVERY`."""


class Library(NamedTuple):
    """What was made."""

    rooms: Sequence[RoomHead]
    words: Sequence[str]
    """The most frequent one first."""
    append_seconds: float
    index_seconds: float


class Speech:
    """Makes up what people say, the same every time."""

    def __init__(self, messages: int) -> None:
        self._dice = random.Random(4)
        self.words = self._make_words()
        weights = itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words)))
        size = min(SAMPLE, messages * 4)
        self._sample = self._dice.choices(self.words, cum_weights=list(weights), k=size)
        self._people = [(READER, "reader"), *((PersonId(f"p{n:016x}"), f"person{n}") for n in range(1, PEOPLE))]

    def _make_words(self) -> list[str]:
        syllables = [
            a + b for a in ("b", "ch", "d", "f", "g", "k", "l", "m", "n", "p", "r", "st", "t", "v") for b in "aeiou"
        ]
        words = dict[str, None]()
        while len(words) < VOCABULARY:
            # Frequent words are short.
            longest = 2 if len(words) < VOCABULARY // 1_000 else 4 if len(words) < VOCABULARY // 10 else 6
            words["".join(self._dice.choices(syllables, k=self._dice.randint(1, longest)))] = None
        return list(words)

    def said(self) -> Said:
        """Return what somebody says next."""
        length = self._dice.choice(LENGTHS)
        begin = self._dice.randrange(len(self._sample) - length)
        person, name = self._dice.choice(self._people)
        return Said(person, name, " ".join(self._sample[begin : begin + length]))

    def rooms(self, rooms: Sequence[RoomId], count: int) -> list[RoomId]:
        """Return where it is said: much in a few rooms, little in most."""
        weights = itertools.accumulate(1 / (rank + 20) for rank in range(len(rooms)))
        return self._dice.choices(rooms, cum_weights=list(weights), k=count)

    def members(self, count: int) -> list[tuple[PersonId, str]]:
        """Return who is in a room."""
        return [self._people[0], *self._dice.sample(self._people[1:], count)]


async def make_library(folder: Path, messages: int, rooms: int) -> Library:
    """Fill the store of that folder; all of it is indexed at the end."""
    speech = Speech(messages)
    store = open_storage("", folder).store
    await store.open()
    heads = [await store.open_room(RoomKind.CHANNEL, f"#room{n}", f"#room{n}") for n in range(rooms)]
    for head in heads:
        joined = [Draft(head.id, Joined(person, name)) for person, name in speech.members(MEMBERS)]
        await store.append(joined, BEGIN_MS)
    append_seconds = index_seconds = 0.0
    for place in range(0, messages, BATCH):
        where = speech.rooms([head.id for head in heads], min(BATCH, messages - place))
        drafts = [Draft(room, speech.said()) for room in where]
        began = time.perf_counter()
        await store.append(drafts, BEGIN_MS + (place // BATCH + 1) * BATCH_MS)
        append_seconds += time.perf_counter() - began
        began = time.perf_counter()
        while await store.index(BATCH):
            pass
        index_seconds += time.perf_counter() - began
    for head in heads:
        await save_snapshot(store, head)
    await store.close()
    return Library(heads, speech.words, append_seconds, index_seconds)


async def save_snapshot(store: Store, head: RoomHead) -> None:
    """Save a room's state as it was a while ago; what was said since changes nothing of it."""
    heads = await store.load_heads([head.id])
    room = empty_room(head)
    for record in await store.load_records(head.id, Seq(0), MEMBERS + 1):
        apply(room, record.event, record.time_ms)
    room.seq = Seq(max(heads[head.id] - SNAPSHOT_AGE, room.seq, MEMBERS + 1))
    await store.save_snapshot(head.id, Snapshot(room.seq, msgspec.json.encode(room)))


def read_sizes(path: Path) -> Iterator[tuple[str, int]]:
    """Return how many bytes each table and index of the database takes, the largest first."""
    import sqlite3  # noqa: PLC0415 - for this alone

    connection = sqlite3.connect(path)
    yield from connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    connection.close()
