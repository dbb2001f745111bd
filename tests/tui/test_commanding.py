"""Commanding: what lines do, on a real server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from hubbub.client import BadEndpoint
from hubbub.tui.client_commands import CLIENT_COMMANDS, words
from hubbub.tui.keeping import Keeping
from hubbub.tui.station import Station
from hubbub.tui.targets import Target, read_target
from hubbub.wire.slash.table import COMMANDS
from tests.harness.server import Server
from tests.tui.outside import Table
from tests.tui.watching import LOBBY, room, texts

CODE: Final = "7K3M-9Q2X-0ZTB-4V8N"


@asynccontextmanager
async def table(keeping: Keeping | None = None) -> AsyncIterator[Table]:
    """Give somebody a table of his own."""
    if keeping is not None:
        await keeping.open()
    made = Table(keeping)
    try:
        yield made
    finally:
        await made.desk.close()


async def sit(at: Table, address: str, name: str) -> Station:
    """Come in, with the lobby before one."""
    station = await at.come_in(address, name)
    at.current = room(station)
    return station


async def test_lines_are_said_and_obeyed(address: str) -> None:
    """In order; two slashes say one, and a space before a slash makes no private word public."""
    async with table() as ann:
        hers = await sit(ann, address, "ann")
        assert await ann.type("hello") == []
        await ann.type("//shrug")
        await ann.type("/me waves")
        assert await ann.type(" /topic tea at five") == []
        await ann.read(room(hers), "waves")
        assert texts(room(hers))[-3:] == ["hello", "/shrug", "waves"]
        assert await ann.type("/topic") == ["Topic of #lobby: tea at five (set by ann)"]
        assert await ann.type("   ") == []


async def test_rooms_are_turned_to(address: str) -> None:
    """New ones, those one is in already, and conversations."""
    async with table() as ann, table() as bob:
        hers = await sit(ann, address, "ann")
        await sit(bob, address, "bob")
        assert await ann.type("/join #tea") == ["You are in #tea, nobody else is here yet."]
        assert ann.current is hers.find("#tea")
        assert await ann.type(f"/join {LOBBY}") == []
        assert ann.current is room(hers)
        await ann.type("/query bob")
        await ann.type("psst")
        await bob.watch.until(lambda: bob.desk.stations[0].find("@ann"))
        await ann.type("/leave #tea")
        await ann.watch.until(lambda: hers.find("#tea") is None)


async def test_messages_are_worked_on(address: str) -> None:
    """The last one before one, or one of the list that was shown last."""
    async with table() as ann, table() as bob:
        hers = await sit(ann, address, "ann")
        await sit(bob, address, "bob")
        await ann.type("/join #work")
        await bob.type("/join #work")
        await ann.type("helo")
        work = room(hers, "#work")
        first = await ann.read(work, "helo")
        await ann.type("/edit hello")
        await ann.read(work, "hello")
        his = bob.desk.stations[0]
        await bob.read(room(his, "#work"), "hello")
        await bob.type("/react 👍")
        await ann.watch.until(lambda: (one := work.entry_at(first.seq)) is not None and one.note.reactions)
        (listed,) = await ann.type("/history")
        assert listed.startswith("#1 ")
        assert listed.endswith("ann: hello (edited) [👍 1]") or "👍" in listed
        assert await ann.type("/reply #1 to myself") == []
        await hers.wait_until_said()
        assert work.outgoing == [], work.outgoing
        assert (await ann.read(work, "to myself")).reply_to == first.seq
        assert (await ann.type("/pin #7"))[0].startswith("! There is no #7 here.")
        (found,) = await ann.type("/search more")
        assert found == "! There is nothing more to show. /search WORDS looks for something."


async def test_many_are_told_at_once(address: str) -> None:
    """What became of it for each is told, and a group can be made of them."""
    async with table() as ann, table() as bob:
        hers = await sit(ann, address, "ann")
        his = await sit(bob, address, "bob")
        await ann.type("/msg bob,nobody lunch?")
        await bob.watch.until(lambda: his.find("@ann"))
        await bob.read(room(his, "@ann"), "lunch?")
        await ann.type("/group bob now?")
        assert ann.current is not None
        assert ann.current.is_group or ann.current.name.startswith("#")
        await ann.read(ann.current, "now?")
        assert ann.current in list(hers.buffers)


async def test_what_is_wrong_is_told(address: str) -> None:
    """In sentences that say what would do instead."""
    async with table() as ann:
        assert await ann.type("hello") == ["! You are on no server: /connect HOST goes to one."]
        await sit(ann, address, "ann")
        assert await ann.type("/conneckt x") == ["! There is no command /conneckt. Did you mean /connect?"]
        assert (await ann.type("/topic #nowhere x"))[0].startswith("! ")
        assert await ann.type("/connect") == ["! Usage: /connect HOST[:PORT] [NAME] - go to another server as well"]
        assert (await ann.type("/connect ftp://x"))[0].startswith("! 'ftp://x' is no address of a server.")
        assert await ann.type("/upload /nowhere/at/all") == ["! There is no file /nowhere/at/all."]
        assert await ann.type("/save") == ["! There is no file here to save."]
        assert (await ann.type("/nick"))[0].startswith("! Usage: /nick")
        assert (await ann.type("x" * 100_000))[0].startswith("! That message has 100000 bytes")


async def test_servers_are_joined_and_left(address: str, start_server: Callable[..., Server]) -> None:
    """While the client runs, with a room to begin with."""
    other = start_server().address()
    async with table() as ann:
        hers = await sit(ann, address, "ann")
        await ann.type(f"/connect hubbub://127.0.0.1:{other.port}/#tea ann2")
        await ann.watch.until(lambda: ann.desk.stations[1].is_online)
        assert ann.desk.stations[1].find("#tea") is not None
        assert ann.current is ann.desk.stations[1].buffers.server
        for name in ("#tea", "#milk"):
            # One is on that server already: its link leads into the room all the same.
            assert await ann.type(f"/connect hubbub://127.0.0.1:{other.port}/{name}") == []
            assert ann.current is room(ann.desk.stations[1], name)
        told = await ann.type("/servers")
        assert told == [f"{hers.name}: you are ann there", f"127.0.0.1:{other.port}: you are ann2 there"]
        assert await ann.type(f"/disconnect 127.0.0.1:{other.port}") == [f"You have left 127.0.0.1:{other.port}."]
        assert ann.desk.stations == [hers]
        ann.current = room(hers)
        assert (await ann.type("/disconnect elsewhere"))[0].startswith(
            "! You are on no server that is called elsewhere"
        )


async def test_files_are_sent_saved_and_opened(address: str, tmp_path: Path) -> None:
    """A name with spaces is one; nothing that is there is written over."""
    file = tmp_path / "green tea.txt"
    file.write_text("sencha")
    async with table() as ann:
        hers = await sit(ann, address, "ann")
        await ann.type("/join #files")
        files = room(hers, "#files")
        assert await ann.type(f"/upload {file} for you") == []
        assert ann.steps[-1] == (6, 6)
        said = await ann.read(files, "for you")
        assert [one.name for one in said.files] == ["green tea.txt"]
        assert await ann.type(f"/save {tmp_path}") == [f"green tea.txt is saved as {tmp_path / 'green tea (2).txt'}."]
        assert (tmp_path / "green tea (2).txt").read_text() == "sencha"
        await ann.type("/open")
        assert ann.opened == [hers.link_to(said.files[0])]
        await ann.type("see https://example.org/tea.")
        await ann.read(files, "see https://example.org/tea.")
        ann.can_open = False
        assert await ann.type("/open") == ["https://example.org/tea"]
        await ann.type("/history")
        assert await ann.type("/open #1") == [hers.link_to(said.files[0])]


async def test_an_account_is_kept_until_one_logs_out(address: str, tmp_path: Path) -> None:
    """By a token, in later runs too; logged out, nothing of it is left here."""
    async with table(Keeping(tmp_path / "chat.sqlite", print)) as ann:
        hers = await sit(ann, address, "annelie")
        ann.secrets = ["correct horse"]
        told = await ann.type("/register")
        assert ann.asked == ["Choose a password of 8 characters or more:"]
        assert told[-1] == "You stay logged in on this computer; /logout ends that."
        assert hers.who.token
        assert ann.notes.known() == [str(hers.endpoint)]
        choice = ann.notes.choose(read_target(address))
        assert (choice.who.name, choice.who.token) == ("annelie", hers.who.token)
        await ann.type("/logout")
        assert ann.notes.known() == []
        assert not hers.who.token
        assert await ann.type("/login annelie") == ["Nothing was changed."]
        ann.secrets = ["correct horse"]
        assert (await ann.type("/login annelie"))[0] == "You are logged in as annelie."


async def test_what_was_refused_is_said_again_or_taken_back(address: str) -> None:
    """It stays before one until then."""
    async with table() as ann, table() as bob:
        hers = await sit(ann, address, "ann")
        await ann.type("/query robert")
        await ann.type("are you there?")
        waits = room(hers, "@robert")
        await ann.watch.until(lambda: waits.outgoing and waits.outgoing[0].state == "refused")
        his = await sit(bob, address, "robert")
        await ann.type("/retry")
        await bob.watch.until(lambda: his.find("@ann"))
        await bob.read(room(his, "@ann"), "are you there?")
        await ann.read(waits, "are you there?")
        assert await ann.type("/retry") == ["! Nothing was refused here."]
        assert await ann.type("/drop") == ["Nothing waits here to be said."]


async def test_an_answer_proves_that_all_before_it_is_stored(address: str) -> None:
    """As on every protocol of the server."""
    async with table() as ann:
        hers = await sit(ann, address, "ann")
        for number in range(20):
            await ann.type(f"line {number}")
        assert await ann.type("/ping now") == ["pong now"]
        assert not hers.waiting
        await ann.type("/quit to bed")
        assert ann.goodbye == "to bed"


async def test_help_explains_everything() -> None:
    """What the server knows, and what only the client does."""
    async with table() as ann:
        assert (await ann.type("/help"))[-1].endswith(", client")
        assert len(await ann.type("/help client")) == len(CLIENT_COMMANDS) + 1
        assert (await ann.type("/help upload"))[0] == "Usage: /upload PATH [text] - send a file"
        assert (await ann.type("/help join"))[0].startswith("Usage: /join")
    assert not set(COMMANDS) & set(CLIENT_COMMANDS)
    assert words() == sorted({*COMMANDS, *CLIENT_COMMANDS})


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("chat.example", Target("hubbub://chat.example:4242")),
        ("chat.example:4300", Target("hubbub://chat.example:4300")),
        ("hubbubs://chat.example", Target("hubbubs://chat.example:4242")),
        ("hubbub://chat.example/#tea", Target("hubbub://chat.example:4242", "#tea")),
        ("hubbub://[::1]:4300/#gr%C3%BCn", Target("hubbub://[::1]:4300", "#grün")),
        ("hubbub://chat.example/tea", Target("hubbub://chat.example:4242", "#tea")),
        ("https://chat.example/#tea", Target("wss://chat.example:443/ws", "#tea")),
        (
            "http://chat.example:4242/invite/CODE",
            Target("hubbub://chat.example:4242", "", CODE),
        ),
        (
            "https://chat.example:4242/invite/7k3m9q2x0ztb4v8n",
            Target("hubbubs://chat.example:4242", "", CODE),
        ),
    ],
)
def test_where_to_go_is_read(written: str, target: Target) -> None:
    """As people have it."""
    assert read_target(written.replace("CODE", CODE)) == target


@pytest.mark.parametrize(
    "written", ["", "a b", "ftp://x", "https://x/invite/none", "https://x/elsewhere", "hubbub://x:99999/#a"]
)
def test_what_leads_nowhere_is_refused(written: str) -> None:
    """With a sentence that says what would do."""
    with pytest.raises(BadEndpoint):
        read_target(written)
