"""Drafts: what is begun on one device is gone on with on another, and nothing that is being written is overwritten."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Final

import pytest

from hubbub.client import Hub, connect
from hubbub.core.attention_answers import DraftFound
from hubbub.core.attention_requests import FindDraft, SaveDraft
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Tell
from hubbub.core.signals import Drafting
from hubbub.tui import drafts
from hubbub.tui.choices import Choice, Who
from hubbub.tui.keeping import TABLES, Keeping
from hubbub.tui.shelf import Begun, Shelf
from hubbub.tui.station import Station
from tests.client.proxy import Proxy
from tests.harness.server import Server
from tests.tui.looking import PATIENCE_SECONDS
from tests.tui.outside import Table
from tests.tui.screens.sitting import Sitting, seated
from tests.tui.test_keeping import be, kept, open_account
from tests.tui.watching import LOBBY, Seat, room

PASSWORD: Final = "correct horse"


def phone(address: str, name: str) -> Hub:
    """Return another device of somebody's."""
    return connect(address, name=name, password=PASSWORD)


async def find_draft(hub: Hub, where: str = LOBBY) -> str:
    """Return what the server keeps."""
    answer = await hub.ask(FindDraft(where))
    assert isinstance(answer, DraftFound)
    return answer.text


async def until_kept(hub: Hub, text: str, where: str = LOBBY) -> None:
    """Wait until the server keeps this; each question is answered before the next is asked."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await find_draft(hub, where) != text:
            pass


async def until_heard(heard: "asyncio.Queue[Drafting]", text: str) -> None:
    """Wait until it is heard that this was begun elsewhere; on a slow machine, its first letters come before."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await heard.get()).text != text:
            pass


async def come_in(ann: Sitting, address: str, name: str) -> Station:
    """Come in with one's account."""
    station = ann.desk.connect(Choice(address, Who(name, PASSWORD)))
    await ann.until(lambda: station.is_online and ann.chat.current is station.find(LOBBY))
    return station


async def test_what_is_begun_goes_to_other_devices_and_comes_from_them(address: str) -> None:
    """Soon after the last letter, and gone where it is said; what comes is before one to go on with."""
    await open_account(address, "dora")
    async with seated() as ann, phone(address, "dora") as other:
        heard = asyncio.Queue[Drafting]()
        other.on(Drafting)(heard.put_nowait)
        await come_in(ann, address, "dora")
        await ann.press(*"half")
        await until_heard(heard, "half")
        await ann.write(" done")
        await ann.see("dora │ half done")
        await until_heard(heard, "")
        await other.ask(SaveDraft(LOBBY, "from the phone"))
        await ann.until(lambda: ann.chat.composer.text == "from the phone")
        await ann.write("!")
        await ann.see("│ from the phone!")


async def test_nothing_that_is_being_written_is_overwritten(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one writes here goes before what was written elsewhere, and the server has it in the end."""
    await open_account(address, "dirk")
    async with seated() as ann, phone(address, "dirk") as other:
        heard = asyncio.Queue[Drafting]()
        other.on(Drafting)(heard.put_nowait)
        station = await come_in(ann, address, "dirk")
        monkeypatch.setattr(drafts, "SAVE_SECONDS", PATIENCE_SECONDS)
        monkeypatch.setattr(drafts, "BUSY_SECONDS", PATIENCE_SECONDS)
        await ann.press(*"mine")
        await other.ask(SaveDraft(LOBBY, "theirs"))
        await other.say(LOBBY, "that was it")
        await ann.see("that was it")
        assert ann.chat.composer.text == "mine"
        monkeypatch.setattr(drafts, "SAVE_SECONDS", 0)
        await ann.press("!")
        await until_heard(heard, "mine!")
        # It is known there by now; but whoever has just written is writing still.
        await ann.until(lambda: room(station).draft == "mine!")
        await other.ask(SaveDraft(LOBBY, "theirs"))
        await other.say(LOBBY, "once more")
        await ann.see("once more")
        assert ann.chat.composer.text == "mine!"
        monkeypatch.setattr(drafts, "BUSY_SECONDS", 0)
        await other.ask(SaveDraft(LOBBY, "now"))
        await ann.until(lambda: ann.chat.composer.text == "now")


async def test_a_letter_on_its_way_stays(address: str) -> None:
    """What was pressed and is not noted yet goes before what comes in the same moment."""
    await open_account(address, "dina")
    async with seated() as ann, phone(address, "dina") as other:
        station = await come_in(ann, address, "dina")
        ann.chat.composer.insert("x")
        station.take_draft(LOBBY, "theirs")
        assert ann.chat.composer.text == "x"
        await ann.until(lambda: room(station).draft == "x")
        await until_kept(other, "x")


async def test_a_command_is_no_draft(address: str) -> None:
    """It is for this client, and may hold a secret; what is said after it is one again."""
    await open_account(address, "doro")
    async with seated() as ann, phone(address, "doro") as other:
        heard = asyncio.Queue[Drafting]()
        other.on(Drafting)(heard.put_nowait)
        station = await come_in(ann, address, "doro")
        await ann.press(*("slash" if letter == "/" else letter for letter in "/topic"))
        await station.close()
        assert await find_draft(other) == ""
        station.open()
        await ann.until(lambda: station.is_online)
        await ann.press("ctrl+u", *"tea")
        await until_heard(heard, "tea")


async def test_the_command_puts_it_before_one(address: str) -> None:
    """`/draft` keeps a draft, and that is what one goes on with."""
    await open_account(address, "dani")
    async with seated() as ann, phone(address, "dani") as other:
        await come_in(ann, address, "dani")
        await ann.write("/draft to be continued")
        await ann.until(lambda: ann.chat.composer.text == "to be continued")
        assert await find_draft(other) == "to be continued"


async def test_guests_have_their_drafts_here_only(address: str) -> None:
    """The server keeps nothing for them; once one has an account it does."""
    table = Table()
    try:
        hers = await table.come_in(address, "dilan")
        table.turn_to(room(hers))
        hers.set_draft(room(hers), "as a guest")
        table.secrets = [PASSWORD] * 2
        await table.type("/register")
        async with phone(address, "dilan") as other:
            await until_kept(other, "as a guest")
    finally:
        await table.desk.close()


async def test_what_was_begun_meanwhile_is_there_after_coming_back(place: Server, tmp_path: Path) -> None:
    """On both sides: what was written here without a connection goes there, the rest comes from there."""
    host, port = place.address()
    where = f"{host}:{port}"
    await open_account(where, "dagny")
    async with Proxy(place.address()) as proxy:
        async with kept(tmp_path) as ann:
            hers = await be(ann, proxy.endpoint, "dagny")
            await hers.ask(Join("#dill"))
            await ann.watch.until(lambda: hers.find("#dill"))
            hers.set_draft(room(hers, "#dill"), "before")
        async with phone(where, "dagny") as other:
            assert await find_draft(other, "#dill") == "before"
            await other.ask(SaveDraft("#dill", "written on"))
            proxy.freeze()
            async with kept(tmp_path) as ann:
                hers = ann.desk.connect(Choice(proxy.endpoint, Who("dagny", PASSWORD)))
                await ann.watch.until(lambda: hers.find("#dill"))
                assert room(hers, "#dill").draft == "before"
                hers.set_draft(room(hers), "alone")
            proxy.thaw()
            async with kept(tmp_path) as ann:
                hers = await be(ann, proxy.endpoint, "dagny")
                await ann.watch.until(lambda: room(hers, "#dill").draft == "written on")
                assert room(hers).draft == "alone"
                await until_kept(other, "alone")


async def test_what_was_said_without_a_connection_is_no_draft_again(place: Server, tmp_path: Path) -> None:
    """That it was taken away is kept too, so that it does not come back from the server."""
    host, port = place.address()
    await open_account(f"{host}:{port}", "dorte")
    async with Proxy(place.address()) as proxy:
        async with kept(tmp_path) as ann:
            hers = await be(ann, proxy.endpoint, "dorte")
            hers.set_draft(room(hers), "gone soon")
        proxy.freeze()
        async with kept(tmp_path) as ann:
            hers = ann.desk.connect(Choice(proxy.endpoint, Who("dorte", PASSWORD)))
            await ann.watch.until(lambda: hers.find(LOBBY))
            hers.set_draft(room(hers), "")
        proxy.thaw()
        async with phone(f"{host}:{port}", "dorte") as other, kept(tmp_path) as ann:
            assert await find_draft(other) == "gone soon"
            hers = await be(ann, proxy.endpoint, "dorte")
            await until_kept(other, "")
            assert room(hers).draft == ""


async def test_what_was_begun_in_a_room_that_is_left_is_there_when_one_comes_back(address: str) -> None:
    """As is what was begun elsewhere in a conversation that is not before one yet."""
    await open_account(address, "dido")
    seat = Seat()
    try:
        hers = await be(seat, address, "dido")
        await hers.ask(Join("#ditch"))
        await seat.watch.until(lambda: hers.find("#ditch"))
        hers.set_draft(room(hers, "#ditch"), "to be gone on with")
        await hers.ask(Leave("#ditch"))
        await seat.watch.until(lambda: not hers.find("#ditch"))
        await hers.ask(Join("#ditch"))
        await seat.watch.until(lambda: hers.find("#ditch"))
        assert room(hers, "#ditch").draft == "to be gone on with"
        async with phone(address, "dido") as other:
            await until_kept(other, "to be gone on with", "#ditch")
            await other.ask(Tell(("dido",), "to myself"))
            await other.ask(SaveDraft("@dido", "and more"))
            await seat.watch.until(lambda: hers.converse("dido").draft == "and more")
    finally:
        await seat.desk.close()


async def test_a_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """What was begun before servers were told of it is there, and is told them."""
    file = tmp_path / "chat.sqlite"
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.to_thread(make_first_version, file)
        keeping = Keeping(file, pytest.fail)
        await keeping.open()
        shelf = Shelf.take(keeping, "hubbub://nowhere:1", "old")
        assert shelf is not None
        assert (await shelf.load()).drafts == {LOBBY: Begun("long ago", is_unsaved=True)}
        await shelf.close()
        await keeping.close()


def make_first_version(file: Path) -> None:
    """Make what the first version has kept."""
    with sqlite3.connect(file) as connection:
        connection.executescript(TABLES)
        connection.execute("INSERT INTO station (id, endpoint, name) VALUES (1, 'hubbub://nowhere:1', 'old')")
        connection.execute("INSERT INTO draft VALUES (1, ?, 'long ago')", (LOBBY,))
        connection.execute("PRAGMA user_version = 1")
    connection.close()
