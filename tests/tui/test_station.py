"""A station and a real server: what is said stands in buffers, what is written is said, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hubbub.client import Hub, Refused, connect
from hubbub.core.attention_answers import UnreadList
from hubbub.core.attention_requests import ListUnread
from hubbub.core.features.annotating import Delete, Edit, React
from hubbub.core.features.membership import Join, Leave
from hubbub.core.signals import Typing
from hubbub.tui import hearing, states
from hubbub.tui.acting import Offline
from hubbub.tui.changes import BufferAdded, BufferRemoved, EntryRevised, Settled, Signalled
from hubbub.tui.choices import Choice, Who
from tests.client.proxy import Proxy
from tests.harness.server import Server
from tests.outside.raw import PATIENCE_SECONDS
from tests.tui.watching import LOBBY, Seat, room, texts


@asynccontextmanager
async def seated() -> AsyncIterator[Seat]:
    """Give a desk of somebody's own."""
    seat = Seat()
    try:
        yield seat
    finally:
        await seat.desk.close()


async def test_what_is_said_stands_in_both_buffers(address: str) -> None:
    """One's own words once, though they are told and heard; the other's as the other's."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        hers.say(room(hers), "hello")
        heard = await bob.read(room(his), "hello")
        assert (heard.name, heard.is_mine, heard.kind) == ("ann", False, "text")
        await hers.wait_until_said()
        assert (await ann.read(room(hers), "hello")).is_mine
        assert texts(room(hers)).count("hello") == 1
        assert room(hers).outgoing == []
        assert room(his).unread == 1


async def test_a_message_that_calls_one_is_counted(address: str) -> None:
    """Until it is read, which every connection of his learns."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        hers.say(room(hers), "@bob are you there?")
        assert (await bob.read(room(his), "@bob are you there?")).calls_me
        assert room(his).calls == 1
        his.mark_read(room(his))
        assert (room(his).unread, room(his).calls) == (0, 0)


async def test_what_becomes_of_a_message_is_seen_where_it_stands(address: str) -> None:
    """Edited, reacted to, deleted: it looks different, and nothing else is added."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        hers.say(room(hers), "good mornin")
        message = await bob.read(room(his), "good mornin")
        await hers.ask(Edit(message.id, "good morning"))
        assert (await bob.read(room(his), "good morning")).note.edits
        await his.ask(React(message.id, "👍"))
        mine = await ann.read(room(hers), "good morning")
        await ann.watch.until(lambda: (one := room(hers).entry_at(mine.seq)) is not None and one.note.reactions)
        assert any(isinstance(one, EntryRevised) for one in ann.watch.changes)
        await hers.ask(Delete(message.id))
        place = room(his).find(message.seq)
        assert place is not None
        await bob.watch.until(lambda: getattr(room(his).entries[place], "kind", "") == "removed")


async def test_a_conversation_begins_with_the_first_word(address: str) -> None:
    """It has a buffer on both sides; what became of it is told."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        hers.say(hers.converse("bob"), "psst")
        await bob.watch.until(lambda: his.find("@ann"))
        heard = await bob.read(room(his, "@ann"), "psst")
        assert heard.name == "ann"
        his.say(room(his, "@ann"), "yes?", reply_to=heard)
        answer = await ann.read(room(hers, "@bob"), "yes?")
        assert answer.reply_to == heard.seq
        assert [one.name for one in hers.buffers if one.kind == "direct"] == ["@bob"]
        hers.say(hers.converse("nobody"), "hello?")
        await ann.watch.until(lambda: room(hers, "@nobody").outgoing and room(hers, "@nobody").outgoing[0].sentence)
        assert room(hers, "@nobody").outgoing[0].sentence == "User 'nobody' not found."
        hers.take_back(room(hers, "@nobody").outgoing[0].nonce)
        assert room(hers, "@nobody").outgoing == []
        assert sum(isinstance(one, Settled) for one in ann.watch.changes) == 2


async def test_rooms_come_and_go(address: str) -> None:
    """With a buffer for each that is heard, its topic, and who is in it once somebody asks."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        await hers.ask(Join("#tea"))
        await ann.watch.until(lambda: hers.find("#tea"))
        tea = room(hers, "#tea")
        await hers.load_members(tea)
        assert tea.members is not None
        assert set(tea.members) == {"ann"}
        await his.ask(Join("#tea"))
        await ann.watch.until(lambda: set(tea.members or ()) == {"ann", "bob"})
        await his.ask(Leave("#tea"))
        await bob.watch.until(lambda: his.find("#tea") is None)
        await ann.watch.until(lambda: set(tea.members or ()) == {"ann"})
        kinds = [type(one) for one in bob.watch.changes if isinstance(one, BufferAdded | BufferRemoved)]
        assert kinds[-2:] == [BufferAdded, BufferRemoved]


async def test_who_is_writing_is_seen_until_he_says_it(address: str) -> None:
    """Then he is not writing any more."""
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        await his.show_typing(room(his))
        await ann.watch.until(lambda: room(hers).typing)
        assert room(hers).typing == {"bob": "active"}
        assert any(isinstance(one, Signalled) and isinstance(one.signal, Typing) for one in ann.watch.changes)
        his.say(room(his), "done")
        await ann.read(room(hers), "done")
        assert room(hers).typing == {}


async def test_who_says_nothing_more_is_writing_no_longer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some clients do not say that they have stopped."""
    monkeypatch.setitem(hearing.STALE_SECONDS, "active", 0)
    async with seated() as ann, seated() as bob:
        hers, his = await ann.come_in(address, "ann"), await bob.come_in(address, "bob")
        told: list[dict[str, str]] = []
        ann.desk.subscribe(lambda _: told.append(dict(room(hers).typing)))
        await his.show_typing(room(his))
        await ann.watch.until(lambda: {"bob": "active"} in told and not room(hers).typing)


async def test_what_was_read_without_a_connection_is_read_everywhere(place: Server) -> None:
    """As soon as there is one again, the server knows it, and so do one's other devices."""
    where = f"127.0.0.1:{place.address().port}"
    async with (
        connect(where, name="marked", password="correct horse", register=True) as other,
        seated() as ann,
        Proxy(place.address()) as proxy,
        connect(where, name="talker") as talker,
    ):
        station = ann.desk.connect(Choice(proxy.endpoint, Who("marked", "correct horse")))
        await ann.watch.until(lambda: station.is_online)
        await talker.say(LOBBY, "read this")
        await ann.read(room(station), "read this")
        assert room(station).unread == 1
        proxy.freeze()
        proxy.cut_all()
        await ann.watch.until(lambda: not station.is_online)
        station.mark_read(room(station))
        assert await unread_of(other) == 1
        proxy.thaw()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await unread_of(other):
                pass
        await station.close()


async def unread_of(hub: Hub) -> int:
    """Return how many messages of the lobby the server counts as not read."""
    answer = await hub.ask(ListUnread())
    assert isinstance(answer, UnreadList)
    return next((place.unread for place in answer.places if place.room == LOBBY), 0)


async def test_older_things_are_read_back_in_order(address: str) -> None:
    """Page by page, until there is nothing before them."""
    async with connect(address, name="talker", rooms=["#long"]) as talker, seated() as ann:
        for number in range(230):
            await talker.say("#long", str(number))
        hers = await ann.come_in(address, "ann", rooms=("#long",))
        long = room(hers, "#long")
        while await hers.load_older(long):
            pass
        assert texts(long) == [str(number) for number in range(230)]
        assert long.is_complete


async def test_what_is_written_without_a_connection_is_said_once_and_in_order(place: Server) -> None:
    """As soon as there is one again, behind what others have said meanwhile."""
    async with (
        Proxy(place.address()) as proxy,
        seated() as ann,
        connect(f"127.0.0.1:{place.address().port}", name="talker") as talker,
    ):
        hers = await ann.come_in(proxy.endpoint, "ann")
        proxy.freeze()
        proxy.cut_all()
        await ann.watch.until(lambda: isinstance(hers.state, states.Waiting))
        for number in range(10):
            hers.say(room(hers), f"mine {number}")
        assert [one.state for one in room(hers).outgoing] == ["waiting"] * 10
        with pytest.raises(Offline):
            await hers.ask(Join("#tea"))
        await talker.say(LOBBY, "meanwhile")
        proxy.thaw()
        await hers.wait_until_said()
        await ann.read(room(hers), "mine 9")
        said = texts(room(hers))[-11:]
        assert said == ["meanwhile", *(f"mine {number}" for number in range(10))]
        assert room(hers).outgoing == []


async def test_a_server_that_begins_anew_is_found_again(start_server: Callable[..., Server]) -> None:
    """A guest is another one there; what stood in his buffers still does, and what was missed is between."""
    server = start_server(settings={"limits.enabled": "false"})
    port = server.address().port
    async with seated() as ann:
        hers = await ann.come_in(f"127.0.0.1:{port}", "ann")
        hers.say(room(hers), "before")
        await hers.wait_until_said()
        await asyncio.to_thread(server.kill)
        hers.say(room(hers), "meanwhile")
        await asyncio.to_thread(server.start)
        await hers.wait_until_said()
        await ann.read(room(hers), "meanwhile")
        assert texts(room(hers)) == ["before", "meanwhile"]


async def test_a_name_that_is_taken_asks_for_another(address: str) -> None:
    """With what the server suggests, and one is in once it is answered."""
    async with connect(address, name="ann"), seated() as ann:
        hers = ann.desk.connect(Choice(address, Who("ann")))
        await ann.watch.until(lambda: isinstance(hers.state, states.Asking))
        assert isinstance(hers.state, states.Asking)
        question = hers.state.question
        assert isinstance(question, states.WantsName)
        hers.introduce(Who(question.refusal.suggestion))
        await ann.watch.until(lambda: hers.is_online)
        assert hers.you.name == question.refusal.suggestion


async def test_an_account_asks_for_its_password(address: str) -> None:
    """A wrong one again, and a new account is opened once."""
    async with seated() as ann:
        hers = ann.desk.connect(Choice(address, Who("annika", "correct horse", is_new=True)))
        await ann.watch.until(lambda: hers.is_online)
        assert hers.you.has_account
        assert not hers.who.is_new
    async with seated() as ann:
        hers = ann.desk.connect(Choice(address, Who("annika", "wrong")))
        await ann.watch.until(lambda: isinstance(hers.state, states.Asking))
        assert isinstance(hers.state, states.Asking)
        assert isinstance(hers.state.question, states.WantsPassword)
        hers.introduce(Who("annika", "correct horse"))
        await ann.watch.until(lambda: hers.is_online)


async def test_a_server_that_is_none_ends_it_with_a_sentence(address: str) -> None:
    """Whatever answers there; nothing is tried again by itself."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await reader.read()
        writer.close()

    del address
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as other, seated() as ann:
        port = other.sockets[0].getsockname()[1]
        hers = ann.desk.connect(Choice(f"127.0.0.1:{port}", Who("ann")))
        await ann.watch.until(lambda: isinstance(hers.state, states.Ended))
        assert isinstance(hers.state, states.Ended)
        assert "does not speak" in hers.state.sentence


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    """It says so, and when."""
    async with seated() as ann:
        hers = ann.desk.connect(Choice("127.0.0.1:1", Who("ann")))
        await ann.watch.until(lambda: isinstance(hers.state, states.Waiting))
        assert isinstance(hers.state, states.Waiting)
        assert hers.state.until_ms is not None
        assert "No server at" in hers.state.sentence


async def test_a_message_that_is_too_long_is_refused_at_once(address: str) -> None:
    """Before it is sent, for a megabyte in a line would end the connection."""
    async with seated() as ann:
        hers = await ann.come_in(address, "ann")
        with pytest.raises(Refused, match="1000000 bytes"):
            hers.say(room(hers), "x" * 1_000_000)
        hers.say(room(hers), "still here")
        await ann.read(room(hers), "still here")


async def test_files_go_with_messages(address: str, tmp_path: Path) -> None:
    """They are sent first, and come back as they were."""
    file = tmp_path / "tea.txt"
    file.write_text("green")
    async with seated() as ann:
        hers = await ann.come_in(address, "ann")
        steps: list[tuple[int, int]] = []
        view = await hers.upload(file, lambda done, total: steps.append((done, total)))
        assert steps[-1] == (5, 5)
        hers.say(room(hers), "", files=[view])
        await ann.watch.until(lambda: room(hers).spoken(1) and room(hers).spoken(1)[0].files)
        await hers.download(room(hers).spoken(1)[0].files[0], tmp_path / "again.txt")
        assert (tmp_path / "again.txt").read_text() == "green"
        assert hers.link_to(view).endswith(f"/f/{view.id}")


async def test_several_servers_at_once(address: str, start_server: Callable[..., Server]) -> None:
    """Each with its own buffers; leaving one leaves the other alone."""
    other = start_server()
    async with seated() as ann:
        one = await ann.come_in(address, "ann")
        two = await ann.come_in(f"127.0.0.1:{other.address().port}", "ann")
        two.say(room(two), "over there")
        await ann.read(room(two), "over there")
        assert "over there" not in texts(room(one))
        assert ann.desk.station_of(room(two)) is two
        assert ann.desk.find(two.name) is two
        assert ann.desk.find("127.0.0.1") is None
        await ann.desk.disconnect(two)
        assert ann.desk.stations == [one]
        assert one.is_online
