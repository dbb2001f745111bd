"""Keeping: whatever ends a client, what was heard, begun and written is there again, once."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Final

import msgspec
import pytest

from hubbub.client import connect
from hubbub.core.features.annotating import Edit
from hubbub.core.features.membership import Join
from hubbub.core.unread import UNREAD_LIMIT
from hubbub.service.rooms import RECENT_MESSAGES
from hubbub.tui import shelf as shelves
from hubbub.tui import states
from hubbub.tui.choices import Choice, Who
from hubbub.tui.entries import Notice, Outgoing
from hubbub.tui.keeping import VERSION, Keeping, Unkept, find_file
from hubbub.tui.shelved import SHARED
from hubbub.tui.station import Station
from tests.client.proxy import Proxy
from tests.harness.server import Server
from tests.seeds.client import Address
from tests.tui.watching import LOBBY, Seat, room, texts

NOWHERE: Final = Address("127.0.0.1", 1)
"""Where nobody listens."""


def fail(sentence: str) -> None:
    """Fail where something could not be written."""
    raise AssertionError(sentence)


@asynccontextmanager
async def kept(folder: Path) -> AsyncIterator[Seat]:
    """Give a desk that keeps everything in a folder."""
    keeping = Keeping(folder / "state" / "chat.sqlite", fail)
    await keeping.open()
    seat = Seat(keeping)
    try:
        yield seat
    finally:
        await seat.desk.close()


async def flush(seat: Seat) -> None:
    """Wait until everything is on disk."""
    assert seat.desk.keeping is not None
    await seat.desk.keeping.flush()


async def open_account(address: str, name: str) -> None:
    """Open an account and leave again."""
    async with connect(address, name=name, password="correct horse", register=True):
        pass


async def be(seat: Seat, address: str, name: str) -> Station:
    """Come in with one's account."""
    station = seat.desk.connect(Choice(address, Who(name, "correct horse")))
    await seat.watch.until(lambda: isinstance(station.state, states.Online))
    return station


async def test_it_opens_without_a_server(place: Server, tmp_path: Path) -> None:
    """With what was said last, in its rooms, and what one had begun to write."""
    async with Proxy(place.address()) as proxy:
        async with kept(tmp_path) as ann:
            hers = await ann.come_in(proxy.endpoint, "ann", rooms=("#cups",))
            for number in range(3):
                hers.say(room(hers, "#cups"), f"cup {number}")
            await hers.wait_until_said()
            await ann.read(room(hers, "#cups"), "cup 2")
            hers.set_draft(room(hers, "#cups"), "another c")
        proxy.server = NOWHERE
        async with kept(tmp_path) as ann:
            hers = ann.desk.connect(Choice(proxy.endpoint, Who("ann")))
            await ann.watch.until(lambda: isinstance(hers.state, states.Waiting))
            cups = room(hers, "#cups")
            assert texts(cups) == ["cup 0", "cup 1", "cup 2"]
            assert all(entry.is_mine for entry in cups.spoken(3))
            assert cups.draft == "another c"
            assert hers.you.name == "ann"


@pytest.mark.parametrize("name", ["keeper", "stranger"])
async def test_what_was_missed_is_brought_and_nothing_twice(address: str, tmp_path: Path, name: str) -> None:
    """Behind what is known already; also how that looks now, though it is not in memory any more.

    The stranger cannot say how far he has come, and reads all of it anew.
    """
    await open_account(address, name)
    async with connect(address, name="talker", rooms=[f"#pots-{name}"]) as talker:
        first = await talker.say(f"#pots-{name}", "pot")
        async with kept(tmp_path) as ann:
            hers = await be(ann, address, name)
            await hers.ask(Join(f"#pots-{name}"))
            await ann.watch.until(lambda: hers.find(f"#pots-{name}"))
            await ann.read(room(hers, f"#pots-{name}"), "pot")
            for number in range(shelves.SHOWN):
                await talker.say(f"#pots-{name}", str(number))
            await ann.read(room(hers, f"#pots-{name}"), str(shelves.SHOWN - 1))
        for number in range(shelves.SHOWN, shelves.SHOWN + 50):
            await talker.say(f"#pots-{name}", str(number))
        await talker.ask(Edit(first, "a pot"))
        if name == "stranger":
            await asyncio.to_thread(forget_place, tmp_path / "state" / "chat.sqlite")
        async with kept(tmp_path) as ann:
            hers = await be(ann, address, name)
            pots = room(hers, f"#pots-{name}")
            await ann.watch.until(lambda: pots.gap is None and "100" in texts(pots))
            assert pots.unread == UNREAD_LIMIT
            await ann.read(pots, str(shelves.SHOWN + 49))
            assert texts(pots) == [str(number) for number in range(50 + shelves.SHOWN)]
            assert await hers.load_older(pots)
            assert texts(pots)[0] == "a pot"
            assert pots.spoken(1_000)[0].note.edits


async def test_what_was_written_before_a_kill_is_said_once_and_in_order(place: Server, tmp_path: Path) -> None:
    """The file as it is at the moment, which is all that a process leaves that is killed."""
    async with Proxy(place.address()) as proxy:
        where = f"127.0.0.1:{place.address().port}"
        await open_account(where, "writer")
        async with kept(tmp_path / "one") as ann:
            hers = await be(ann, proxy.endpoint, "writer")
            proxy.freeze()
            proxy.cut_all()
            await ann.watch.until(lambda: isinstance(hers.state, states.Waiting))
            for number in range(5):
                hers.say(room(hers), f"written {number}")
            await flush(ann)
            copy_state(tmp_path / "one", tmp_path / "two")
            async with kept(tmp_path / "two") as again:
                after = again.desk.connect(Choice(proxy.endpoint, Who("writer", "correct horse")))
                await again.watch.until(lambda: after.waiting)
                assert after.waiting == 5
                proxy.thaw()
                await after.wait_until_said()
                await hers.wait_until_said()
        async with connect(where, name="reader") as reader:
            said = [record.text async for record in reader.history(LOBBY, 50) if record.text.startswith("written")]
        assert said[::-1] == [f"written {number}" for number in range(5)]


def copy_state(source: Path, target: Path) -> None:
    """Copy a file of SQLite as it is, with what was committed and is not in it yet."""
    (target / "state").mkdir(parents=True)
    for file in (source / "state").glob("chat.sqlite*"):
        if not file.name.endswith(".lock"):
            (target / "state" / file.name).write_bytes(file.read_bytes())


async def test_a_message_that_was_stored_before_the_kill_is_not_said_again(address: str, tmp_path: Path) -> None:
    """Its nonce is heard in what was missed, though the server may not remember it for so long."""
    await open_account(address, "twice")
    async with kept(tmp_path) as ann:
        hers = await be(ann, address, "twice")
        hers.say(room(hers), "only once")
        outgoing = room(hers).outgoing[0]
        await hers.wait_until_said()
        await ann.read(room(hers), "only once")
        await flush(ann)
        await asyncio.to_thread(put_outgoing, tmp_path / "state" / "chat.sqlite", outgoing)
    async with kept(tmp_path) as ann:
        hers = await be(ann, address, "twice")
        await hers.wait_until_said()
        hers.say(room(hers), "after it")
        await ann.read(room(hers), "after it")
        assert texts(room(hers)).count("only once") == 1


async def test_what_was_missed_is_brought_before_anything_is_said(
    start_server: Callable[..., Server], tmp_path: Path
) -> None:
    """So that a message is found there that had arrived, though the server remembers its nonce no longer."""
    server = start_server(settings={"limits.enabled": "false"})
    where = f"127.0.0.1:{server.address().port}"
    await open_account(where, "late")
    async with Proxy(server.address()) as proxy:
        async with kept(tmp_path / "one") as ann:
            hers = await be(ann, proxy.endpoint, "late")
            proxy.freeze()
            proxy.cut_all()
            await ann.watch.until(lambda: isinstance(hers.state, states.Waiting))
            hers.say(room(hers), "only once")
            await flush(ann)
            copy_state(tmp_path / "one", tmp_path / "two")
            proxy.thaw()
            await hers.wait_until_said()
        async with connect(where, name="talker") as talker:
            # More than a server tells whoever comes in.
            for number in range(RECENT_MESSAGES + 20):
                await talker.say(LOBBY, f"later {number}")
        await asyncio.to_thread(forget_nonces, server)
        proxy.server = server.address()
        async with kept(tmp_path / "two") as ann:
            hers = await be(ann, proxy.endpoint, "late")
            await hers.wait_until_said()
        async with connect(f"127.0.0.1:{server.address().port}", name="reader") as reader:
            said = [record.text async for record in reader.history(LOBBY, 200)]
            assert (said.count("only once"), said[-1]) == (1, "only once")


def forget_nonces(server: Server) -> None:
    """Let a server begin anew as it would after an hour."""
    server.stop()
    with sqlite3.connect(next(server.data.glob("*.db"))) as connection:
        connection.execute("DELETE FROM nonces")
    connection.close()
    server.start()


def forget_place(file: Path) -> None:
    """Forget who one was, as if the process had been killed before it was written."""
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE station SET kept = NULL")
    connection.close()


def put_outgoing(file: Path, outgoing: Outgoing) -> None:
    """Let something wait that was said, as if the process had been killed before it learnt of that."""
    with sqlite3.connect(file) as connection:
        connection.execute(
            "INSERT INTO outgoing (station, nonce, kept) SELECT id, ?, ? FROM station WHERE name = 'twice'",
            (outgoing.nonce, msgspec.json.encode(outgoing)),
        )
    connection.close()


async def test_another_server_at_the_same_place_is_not_mistaken(
    start_server: Callable[..., Server], tmp_path: Path
) -> None:
    """Nothing that was said on the one stands in the other's rooms."""
    one, other = start_server(), start_server()
    async with Proxy(one.address()) as proxy:
        async with kept(tmp_path) as ann:
            hers = await ann.come_in(proxy.endpoint, "ann")
            hers.say(room(hers), "over here")
            await ann.read(room(hers), "over here")
        proxy.server = other.address()
        async with kept(tmp_path) as ann:
            hers = await ann.come_in(proxy.endpoint, "ann")
            hers.say(room(hers), "over there")
            await ann.read(room(hers), "over there")
            assert texts(room(hers)) == ["over there"]


async def test_nobody_else_may_read_it(address: str, tmp_path: Path) -> None:
    """Neither the file nor its folder, nor what SQLite puts beside it."""
    async with kept(tmp_path) as ann:
        await ann.come_in(address, "ann")
        await flush(ann)
        assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
        for file in (tmp_path / "state").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


async def test_only_one_process_has_what_is_kept_of_somebody(address: str, tmp_path: Path) -> None:
    """Another one says so, and works all the same."""
    await open_account(address, "both")
    async with kept(tmp_path) as one, kept(tmp_path) as other:
        await be(one, address, "both")
        second = await be(other, address, "both")
        told = [entry.sentence for entry in second.buffers.server.entries if isinstance(entry, Notice)]
        assert told == [SHARED]
        second.say(room(second), "all the same")
        await other.read(room(second), "all the same")


async def test_what_is_forgotten_is_not_there_again(address: str, tmp_path: Path) -> None:
    """Neither what was said, nor begun, nor who one was."""
    async with kept(tmp_path) as ann:
        hers = await ann.come_in(address, "forgetful")
        hers.say(room(hers), "secret")
        await ann.read(room(hers), "secret")
        hers.set_draft(room(hers), "more secrets")
        hers.forget()
        await flush(ann)
        with sqlite3.connect(tmp_path / "state" / "chat.sqlite") as file:
            left = [
                *file.execute("SELECT kept FROM record UNION SELECT kept FROM room UNION SELECT kept FROM outgoing"),
                *file.execute("SELECT text FROM draft"),
                *file.execute("SELECT kept FROM station WHERE kept IS NOT NULL"),
            ]
        file.close()
        assert left == []


async def test_rooms_do_not_grow_without_end(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest records stay."""
    monkeypatch.setattr(shelves, "RECORDS", 10)
    monkeypatch.setattr(shelves, "PRUNED", 20)
    async with connect(address, name="talker", rooms=["#many"]) as talker, kept(tmp_path) as ann:
        hers = await ann.come_in(address, "ann", rooms=("#many",))
        for number in range(60):
            await talker.say("#many", str(number))
        await ann.read(room(hers, "#many"), "59")
        await flush(ann)
        with sqlite3.connect(tmp_path / "state" / "chat.sqlite") as file:
            (count,) = file.execute("SELECT count(*) FROM record").fetchone()
        file.close()
        assert 10 <= count < 30


async def test_what_was_typed_is_kept(tmp_path: Path) -> None:
    """In order, for the next time."""
    async with kept(tmp_path) as ann:
        assert ann.desk.keeping is not None
        for line in ("one", "two"):
            ann.desk.keeping.keep_typed(line)
    async with kept(tmp_path) as ann:
        assert ann.desk.keeping is not None
        assert await ann.desk.keeping.load_typed() == ["one", "two"]


async def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    """And a new one is begun; what a newer version has written is left alone."""
    file = tmp_path / "state" / "chat.sqlite"
    file.parent.mkdir()
    file.write_bytes(b"this is no database, and long enough to be looked at as one" * 20)
    told: list[str] = []
    keeping = Keeping(file, told.append)
    await keeping.open()
    assert await keeping.load_typed() == []
    await keeping.close()
    (aside,) = file.parent.glob("*.damaged-*")
    assert aside.name in told[0]
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    keeping = Keeping(file, fail)
    with pytest.raises(Unkept, match="newer hubbub"):
        await keeping.open()
    await keeping.close()


async def test_a_file_without_its_tables_is_damaged(tmp_path: Path) -> None:
    """Though it says of itself that it is none that anybody has to bring up to date."""
    file = tmp_path / "chat.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION}")
    told: list[str] = []
    keeping = Keeping(file, told.append)
    await keeping.open()
    keeping.keep_typed("hello")
    assert await keeping.load_typed() == ["hello"]
    await keeping.close()
    assert "is damaged" in told[0]


async def test_what_cannot_be_read_later_is_told_and_left(tmp_path: Path) -> None:
    """One goes in and talks all the same; nothing more is written into it."""
    async with kept(tmp_path) as ann:
        keeping = ann.desk.keeping
        assert keeping is not None
        keeping.keep_typed("one")
    file = tmp_path / "state" / "chat.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DROP TABLE record")
        connection.execute("INSERT INTO station (endpoint, name) VALUES ('hubbub://127.0.0.1:9', 'ann')")
        connection.execute("INSERT INTO room VALUES (1, 1, '{not what it was')")
        connection.execute("DROP TABLE outgoing")
        connection.execute("DROP TABLE draft")
    told: list[str] = []
    keeping = Keeping(file, told.append)
    await keeping.open()
    seat = Seat(keeping)
    station = seat.desk.connect(Choice("127.0.0.1:9", Who("ann")))
    await seat.watch.until(lambda: any("cannot be read" in one for one in sentences(station)))
    await seat.desk.close()


def sentences(station: Station) -> list[str]:
    """Return what the client says on its own of a server."""
    return [one.sentence for one in station.buffers.server.entries if isinstance(one, Notice)]


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the folder that is configured for that, if its path is a whole one; XDG Base Directory Specification."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert find_file() == tmp_path / "hubbub" / "chat.sqlite"
    monkeypatch.setenv("XDG_STATE_HOME", "elsewhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_file() == tmp_path / ".local" / "state" / "hubbub" / "chat.sqlite"
