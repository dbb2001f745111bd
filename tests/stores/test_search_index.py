"""SQLite's search index: what is taken out of it is gone, it is never half a message, and it can be made anew."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft
from hubbub.service.searching import SearchRequest, StoreHit
from hubbub.stores import search_index, search_lookup
from hubbub.stores.database import Connection
from hubbub.stores.search_index import index
from hubbub.stores.search_tables import INDEX_VERSION
from hubbub.stores.searcher import CATCH_UP_BATCH, CATCH_UP_BATCHES
from hubbub.stores.sql import SqlStore
from hubbub.stores.sqlite import SqliteDatabase
from tests.service.guests import text_of
from tests.stores.events import ANN, said
from tests.stores.test_searching import deleted, edited, say, texts, wish


class Kept:
    """A store in a file, and the database below it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = SqliteDatabase(path, patience_seconds=0.05)
        self.store = SqlStore(self.database)
        self.room = RoomId(0)

    async def open(self) -> None:
        """Open it, and a room."""
        await self.store.open()
        self.room = (await self.store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id

    async def find(self, text: str) -> list[str]:
        """Return what people find."""
        return texts(await self.store.search(wish(text, self.room)))

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the file itself."""
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def check(self) -> None:
        """See that FTS5 finds its tables in order, and every message in them."""
        connection = sqlite3.connect(self.path)
        connection.execute("INSERT INTO search_texts (search_texts) VALUES ('integrity-check')")
        connection.execute("INSERT INTO search_parts (search_parts) VALUES ('integrity-check')")
        connection.close()


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Kept]:
    """Give a store with an empty room."""
    kept = Kept(tmp_path / "hubbub.db")
    await kept.open()
    yield kept
    await kept.store.close()


async def test_an_edited_message_is_found_by_its_new_text(kept: Kept) -> None:
    """And never by the old one; the vocabulary forgets it as well."""
    await say(kept.store, kept.room, "greenish tea", "black tea")
    assert len(await kept.find("tea")) == 2
    await kept.store.append([Draft(kept.room, edited(1, "bluish https://tea.example"))], 5_000)
    assert await kept.store.index(100) == 1
    assert kept.ask("SELECT count(*) FROM search_places") == [(2,)]
    assert await kept.find("greenish") == []
    words = [word for (word,) in kept.ask("SELECT word FROM search_words ORDER BY word")]
    assert "greenish" in words
    assert "bluish" in words
    await kept.store.purge()
    words = [word for (word,) in kept.ask("SELECT word FROM search_words ORDER BY word")]
    assert words == ["black", "bluish", "example", "https", "tea"]
    kept.check()


async def test_a_message_that_is_not_indexed_yet_is_changed_all_the_same(kept: Kept) -> None:
    """There is nothing to replace, and nothing to forget."""
    await say(kept.store, kept.room, "green tea")
    await kept.store.append([Draft(kept.room, deleted(1))], 5_000)
    assert kept.ask("SELECT count(*) FROM search_places") == [(0,)]
    await kept.store.purge()
    kept.check()


async def test_what_was_taken_out_stands_in_no_file(tmp_path: Path, kept: Kept) -> None:
    """Neither as a word nor by three letters, once it has been purged, though others were said before and after."""
    secrets = ["xylophone quagmire", "zeppelin jackdaw"]
    for number in range(40):
        await say(kept.store, kept.room, f"message {number}", secrets[0] if number == 20 else "tea", start_ms=number)
        await kept.store.index(10)
    assert kept.ask("SELECT count(*) FROM records WHERE body LIKE '%xylo%'") == [(1,)]
    (last,) = await say(kept.store, kept.room, secrets[1], start_ms=9_000)
    assert await kept.find("quagm") == [secrets[0]]
    assert await kept.find("jackd") == [secrets[1]]
    await kept.store.append([Draft(kept.room, deleted(last.seq))], 9_001)
    await kept.store.erase_messages(kept.room, 30, None)
    await kept.store.purge()
    assert len(await kept.find("mess")) == 10
    for file in tmp_path.iterdir():
        for secret in (b"xylophone", b"quagmire", b"zeppelin", b"jackdaw", b"ylo", b"jac"):
            assert secret not in file.read_bytes(), (file, secret)
    kept.check()


async def test_nothing_is_left_where_rows_were_moved(tmp_path: Path, kept: Kept) -> None:
    """SQLite leaves copies of rows that it moved to other pages, and overwrites only the last one."""
    chance, there, gone = random.Random(1), list[tuple[Seq, str]](), set[str]()

    async def delete_some(count: int) -> None:
        chosen = [there.pop(chance.randrange(len(there))) for _ in range(count)]
        await kept.store.append([Draft(kept.room, deleted(seq)) for seq, _ in chosen], 9_000)
        gone.update(secret for _, secret in chosen)

    for _ in range(150):
        secrets = [chance.randbytes(10).hex() for _ in range(10)]
        texts_ = [secret + " pad" * chance.choice([0, 1, 5, 100, 800]) for secret in secrets]
        records = await kept.store.append([Draft(kept.room, said(text)) for text in texts_], 1_000)
        there += [(record.seq, secret) for record, secret in zip(records, secrets, strict=True)]
        await kept.store.index(100)
        await delete_some(7)
    await delete_some(400)
    await kept.store.purge()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert [secret for secret in gone if secret[4:].encode() in content] == [], file
    assert len(await kept.find("pad")) > 0
    kept.check()


async def test_what_is_taken_out_during_a_purge_is_gone_after_the_next_one(
    tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is written anew in steps; what is deleted just before the last one, that one misses."""
    secrets = ["xylophone quagmire", "zeppelin jackdaw"]
    await say(kept.store, kept.room, *secrets, *(f"tea {number}" for number in range(200)))
    await kept.store.index(1_000)
    await kept.store.append([Draft(kept.room, deleted(1))], 9_000)
    merge = search_index.merge

    async def merge_and_look(connection: Connection, *, is_first: bool) -> bool:
        has_more = await merge(connection, is_first=is_first)
        loop.call_soon_threadsafe(has_begun.set)
        return has_more

    loop, has_begun = asyncio.get_running_loop(), asyncio.Event()
    monkeypatch.setattr(search_index, "merge", merge_and_look)
    purge = asyncio.create_task(kept.store.purge())
    await has_begun.wait()
    await kept.store.append([Draft(kept.room, deleted(2))], 9_001)
    await purge
    await kept.store.purge()
    for file in tmp_path.iterdir():
        for secret in (b"xylophone", b"quagmire", b"zeppelin", b"jackdaw"):
            assert secret not in file.read_bytes(), (file, secret)
    kept.check()


async def test_a_purge_without_anything_to_purge_does_nothing(kept: Kept) -> None:
    """It is asked again and again."""
    await say(kept.store, kept.room, "green tea")
    await kept.find("tea")
    before = kept.ask("SELECT count(*) FROM search_texts_data")
    await kept.store.purge()
    assert kept.ask("SELECT count(*) FROM search_texts_data") == before


async def test_long_messages_are_indexed_a_few_at_a_time(kept: Kept) -> None:
    """Whoever says something meanwhile waits for no more than that; one that is longer still is indexed alone."""
    long = "ж" * (search_index.STEP_LETTERS // 3 + 1)
    await say(kept.store, kept.room, *[long] * 7, long * 4, "tea")
    assert [await kept.store.index(100) for _ in range(6)] == [3, 3, 2, 1, 0, 0]
    assert len(await kept.find("жжж")) == 8
    assert await kept.find("tea") == ["tea"]
    kept.check()


async def test_what_was_indexed_halfway_is_not_indexed(kept: Kept) -> None:
    """How far it is stands in the transaction that indexes; nothing is found twice."""
    await say(kept.store, kept.room, "green tea", "black tea")

    async def fail(connection: Connection) -> None:
        assert await index(connection, 100) == 2
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await kept.database.write(fail)
    assert kept.ask("SELECT count(*) FROM search_places") == [(0,)]
    assert len(await kept.find("tea")) == 2
    kept.check()


@pytest.mark.parametrize("order", ["newest", "best"])
async def test_a_search_looks_through_only_so_much_text(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, order: Literal["newest", "best"]
) -> None:
    """However long messages are; it says so, and goes on when it is asked to, until it has found everything."""
    long = 300
    monkeypatch.setattr(search_lookup, "TEXT_LIMIT", 4 * long)
    wanted = [f"{number}" + "ж" * long for number in range(12)]
    await say(kept.store, kept.room, "tea 0", *wanted, "tea 1")
    await kept.store.index(100)
    request = replace(wish("-tea", kept.room), order=order)
    found, cursor, pages = list[str](), "", 0
    while pages == 0 or cursor:
        page = await kept.store.search(replace(request, cursor=cursor))
        assert page.is_complete is (not page.cursor)
        assert len(page.hits) <= 5
        found += texts(replace(page, is_complete=True))
        cursor, pages = page.cursor, pages + 1
    assert found == wanted[::-1]
    assert pages > 2
    page = await kept.store.search(replace(request, unheard=frozenset({ANN})))
    assert (page.hits, page.is_complete) == ((), False)
    assert page.cursor


async def test_another_version_makes_the_index_anew(kept: Kept) -> None:
    """When it is opened; everything is found as before."""
    await say(kept.store, kept.room, "green tea", "black tea")
    assert len(await kept.find("tea")) == 2
    await kept.store.close()
    connection = sqlite3.connect(kept.path)
    connection.execute("UPDATE search_version SET version = 'old'")
    connection.execute("DELETE FROM search_places")
    connection.commit()
    connection.close()
    again = Kept(kept.path)
    await again.open()
    assert again.ask("SELECT version, removed FROM search_version") == [(INDEX_VERSION, 0)]
    assert len(await again.find("tea")) == 2
    await again.store.close()


async def test_a_search_does_not_wait_for_millions_of_messages(kept: Kept) -> None:
    """It says that there may be more; later searches go on with the index."""
    batch = [Draft(kept.room, said("tea"))] * 4_096
    total = CATCH_UP_BATCH * CATCH_UP_BATCHES
    for _ in range(total // len(batch) + 1):
        await kept.store.append(batch, 1_000)
    page = await kept.store.search(wish("tea", kept.room))
    assert len(page.hits) == 50
    assert not page.is_complete
    assert (await kept.store.search(wish("tea", kept.room))).is_complete


async def test_what_is_indexed_is_found_while_nothing_can_be_written(kept: Kept) -> None:
    """The others are found when the disk has room again, or whoever holds the lock lets go."""
    await say(kept.store, kept.room, "green tea")
    await kept.find("tea")
    await say(kept.store, kept.room, "black tea")
    other = sqlite3.connect(kept.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = await kept.store.search(wish("tea", kept.room))
    assert [text_of(hit.record) for hit in page.hits] == ["green tea"]
    assert not page.is_complete
    other.close()
    assert await kept.find("tea") == ["black tea", "green tea"]


async def test_a_part_stands_for_so_many_words_only(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """First those that begin with it, then those that were used first."""
    monkeypatch.setattr(search_lookup, "WORDS_LIMIT", 3)
    await say(kept.store, kept.room, "steal", "steam", "team", "tea", "teapot")
    assert await kept.find("tea") == ["teapot", "tea", "team"]
    assert await kept.find("steam") == ["steam"]
    monkeypatch.setattr(search_lookup, "WORDS_LIMIT", 4)
    assert await kept.find("tea") == ["teapot", "tea", "team", "steal"]


async def test_a_search_that_passes_over_very_much_says_so(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """And can be continued from there."""
    monkeypatch.setattr(search_lookup, "CANDIDATES_LIMIT", 4)
    await say(kept.store, kept.room, "first", *(["tea"] * 20))
    request, found, rounds = wish("-tea", kept.room, limit=2), list[StoreHit](), 0
    page = await kept.store.search(request)
    while page.cursor:
        assert not page.is_complete
        found += page.hits
        page = await kept.store.search(wish_on(request, page.cursor))
        rounds += 1
    assert rounds > 1
    assert texts(page) == ["first"]
    assert not found


def wish_on(request: SearchRequest, cursor: str) -> SearchRequest:
    """Return the request for what comes behind."""
    return replace(request, cursor=cursor)


async def test_only_so_much_is_indexed_as_was_asked_for(kept: Kept) -> None:
    """Up to a record of each room, however long the messages are; what comes behind is for the next time."""
    room = kept.room
    long = [said("wombat " * 3_000) for _ in range(20)]
    records = await kept.store.append([Draft(room, event) for event in (*long, said("later"))], 1)
    heads, steps = {room: Seq(records[-1].seq - 1)}, 0
    while await kept.store.index(64, heads):
        steps += 1
    assert steps > 1, "long messages take several steps"
    assert await kept.store.index(64, heads) == 0
    assert await kept.store.index(64) == 1, "the last one was left"
