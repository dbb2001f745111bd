"""A hub and a real server: what is said arrives, what happens is heard, what is refused is raised."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest

from hubbub.client import (
    Connected,
    Disconnected,
    Ended,
    Endpoint,
    Error,
    Hub,
    Joined,
    NoConnection,
    Record,
    Refused,
    Said,
    Typing,
    connect,
)
from hubbub.client.listeners import ENOUGH
from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.blocking import Block
from hubbub.core.people_answers import BlockList
from hubbub.core.queries import ListBlocks
from hubbub.core.signals import Levelling
from tests.harness.actor import PASSWORD
from tests.harness.administrator import claim
from tests.harness.server import Server
from tests.outside.raw import PATIENCE_SECONDS


async def hear(hub: Hub, wanted: str) -> Record[AnyEvent]:
    """Read until something is said."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for record in hub:
            if isinstance(record.event, Said) and record.text == wanted:
                return record
    raise AssertionError(wanted)


async def test_what_is_said_is_stored_and_heard(address: str) -> None:
    """The id that one is told is that of the record which everybody hears."""
    async with connect(address, name="ann") as ann, connect(address, name="bob") as bob:
        message = await ann.say("#lobby", "hello")
        heard = await hear(bob, "hello")
        assert (heard.id, heard.room, heard.event.name, heard.is_mine) == (message, "#lobby", "ann", False)
        assert (await hear(ann, "hello")).is_mine


async def test_people_are_told_one_by_one(address: str) -> None:
    """Each recipient has an outcome, and each message that was delivered an id."""
    async with connect(address, name="ann") as ann, connect(address, name="bob") as bob:
        await bob.ask(Block(("ann",)))
        delivered, unknown = await ann.tell(["ann", "nobody"], "psst")
        assert (delivered.status, unknown.status) == ("delivered", "unknown")
        assert delivered.message
        assert unknown.message == ""
        with pytest.raises(Refused) as refused:
            await ann.say("@bob", "psst")
        assert refused.value.refusal.code == "refused_by_recipient"
        assert await bob.ask(ListBlocks()) == BlockList(("ann",))


async def test_messages_are_answered_changed_and_found(address: str) -> None:
    """All that people do with what was said."""
    async with connect(address, name="ann", rooms=["#deeds"]) as ann:
        first = await ann.say("#deeds", "a pelican")
        await ann.edit(first, "the pelican")
        await ann.react(first, "👍")
        await ann.unreact(first, "👍")
        answer = await ann.reply(first, "is here")
        await ann.pin(answer)
        await ann.unpin(answer)
        gone = await ann.say("#deeds", "gone")
        await ann.delete(gone)
        await ann.set_topic("#deeds", "birds")
        texts = [(record.id, record.text) async for record in ann.history("#deeds")]
        assert texts == [(gone, ""), (answer, "is here"), (first, "the pelican")]
        assert [hit.record.id async for hit in ann.search("pelican")] == [first]
        room = ann.model.find_room("#deeds")
        assert room is not None
        assert [message.seq for message in room.recent] == [record.seq for record in await ann.page("#deeds")]
        assert room.topic is not None
        assert room.topic.text == "birds"


async def test_history_comes_page_by_page(address: str) -> None:
    """Any number of messages, from either end."""
    async with connect(address, name="ann", rooms=["#long"]) as ann:
        ids = await asyncio.gather(*(ann.say("#long", str(number)) for number in range(1_200)))
        assert [record.id async for record in ann.history("#long")] == ids[::-1]
        assert [record.id async for record in ann.history("#long", after=0)] == ids
        assert [record.id async for record in ann.history("#long", limit=501)] == ids[:-502:-1]


async def test_history_goes_on_from_a_time(address: str) -> None:
    """Oldest first; nothing where nothing was said since then."""
    async with connect(address, name="ann", rooms=["#times"]) as ann:
        await ann.say("#times", "one")
        second = await ann.say("#times", "two")
        (record,) = [record async for record in ann.history("#times", limit=1)]
        assert second in [record.id async for record in ann.history("#times", since_ms=record.time_ms)]
        assert [record async for record in ann.history("#times", since_ms=record.time_ms + 60_000)] == []
        assert [record.text async for record in ann.history("#times", before=record.seq)] == ["one"]


async def test_everyone_is_told_and_what_is_read_is_marked(address: str) -> None:
    """What is said to all comes without a room; what is unread is counted until it is read."""
    async with (
        connect(address, name="ann") as ann,
        connect(address, name="marks", password="correct horse", register=True, rooms=["#marks"]) as marks,
    ):
        await ann.join("#marks")
        message = await ann.broadcast("fire drill")
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for record in marks:
                if record.id == message:
                    break
        assert record.text == "fire drill"
        await ann.say("#marks", "unread")
        await marks.page("#marks", 1)
        room = marks.model.find_room("#marks")
        assert room is not None
        assert room.unread == 1
        await marks.mark_read("#marks")
        assert room.unread == 0


async def test_of_what_one_is_told_holds_elsewhere(address: str) -> None:
    """Whoever mutes a room here has muted it on his other connections, and after coming back."""
    heard = asyncio.Event()
    come = partial(connect, address, name="levels", password="correct horse", rooms=["#levels"])
    async with come(register=True) as here, come() as there:
        there.on(Levelling)(lambda _: heard.set())
        await here.set_level("#levels", "nothing")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await heard.wait()
        room = there.model.find_room("#levels")
        assert room is not None
        assert here.model.levels == there.model.levels == {room.id: "nothing"}
        await there.set_level("#levels", "default")
        assert there.model.levels == {}
        await there.set_level("#levels", "mentions")
    async with come() as again:
        assert again.model.levels == {room.id: "mentions"}


async def test_rooms_and_people_are_found(address: str) -> None:
    """Who is where, and what is there; the model follows the members from then on."""
    async with connect(address, name="ann") as ann, connect(address, name="bob") as bob:
        assert (await ann.join("#who")).member_count == (await ann.join("#who")).member_count == 1
        await ann.members("#who")
        await bob.join("#who")
        await ann.say("#who", "barrier")
        room = ann.model.find_room("#who")
        assert room is not None
        assert room.members == {"ann", "bob"}
        assert "#who" in [view.name for view in (await ann.rooms()).rooms]
        assert (await ann.who("bob")).rooms == ("#lobby", "#who")
        await ann.leave("#who")
        assert ann.model.find_room("#who") is None
        with pytest.raises(Refused) as refused:
            await ann.say("#who", "still here?")
        assert refused.value.refusal.code == "not_a_member"


async def test_administrators_find_accounts(server: Server) -> None:
    """All of them, over several pages, or those whose names begin so; nobody else is told."""
    claim(server, "ann", "auto")
    address = str(Endpoint(*server.address()))
    async with connect(address, name="ann", password=PASSWORD) as ann, connect(address, name="bob") as bob:
        assert [view.name async for view in ann.accounts()] == ["ann"]
        assert [view.role async for view in ann.accounts("AN")] == ["owner"]
        assert [view async for view in ann.accounts("b")] == []
        with pytest.raises(Refused) as refused:
            await anext(bob.accounts())
        assert refused.value.refusal.code == "not_allowed"


async def test_callbacks_hear_events_signals_and_the_connection(address: str) -> None:
    """Connect, message, error, close; functions and coroutine functions; for the kinds that they asked for."""
    heard: list[object] = []
    hub = connect(address, name="ann", rooms=["#calls"])
    done = asyncio.Event()

    @hub.on(Connected)
    def connected(happening: Connected) -> None:
        heard.append(("connected", happening.you.name))

    @hub.on(Said)
    async def said(record: Record[Said]) -> None:
        # Asking from within a callback must not wait for itself.
        heard.append(("said", record.event.text, len((await hub.members("#calls")).members)))
        if record.event.text == "boom":
            raise ValueError(record.event.text)

    @hub.on(Joined)
    def joined(record: Record[Joined]) -> None:
        heard.append(("joined", record.event.name))

    @hub.on(Typing)
    def typing(signal: Typing) -> None:
        heard.append(("typing", signal.name))

    @hub.on(Error)
    def error(happening: Error) -> None:
        heard.append(("error", str(happening.error)))
        done.set()

    @hub.on(Disconnected)
    def disconnected(happening: Disconnected) -> None:
        heard.append(("disconnected", happening.will_return))

    async with hub, connect(address, name="bob", rooms=["#calls"]) as bob:
        await bob.show_typing("#calls")
        await bob.say("#calls", "boom")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await done.wait()
    assert heard == [
        ("connected", "ann"),
        ("joined", "bob"),
        ("typing", "bob"),
        ("said", "boom", 2),
        ("error", "boom"),
        ("disconnected", False),
    ]


async def test_accounts_prove_who_they_are(address: str) -> None:
    """Registered once, let in by password or token, and refused with a reason otherwise."""
    async with connect(address, name="acc", password="correct horse", register=True) as hub:
        assert hub.model.you.has_account
        assert hub.key == ""
        made = await hub.ask(MakeToken("bot"))
    assert isinstance(made, TokenMade)
    async with (
        connect(address, token=made.secret) as bot,
        connect(address, name="acc", password="correct horse") as acc,
    ):
        assert bot.name == acc.name == "acc"
    with pytest.raises(Refused) as refused:
        async with connect(address, name="acc", password="wrong horse"):
            pass
    assert refused.value.refusal.code == "wrong_password"


async def test_who_is_not_let_in_is_told_what_would_do(address: str) -> None:
    """A name that is taken comes with one that is free."""
    async with connect(address, name="taken"):
        with pytest.raises(Refused) as refused:
            await connect(address, name="taken").__aenter__()
    assert (refused.value.refusal.code, refused.value.refusal.suggestion) == ("name_taken", "taken2")


async def test_several_endpoints_are_tried_in_turn(address: str) -> None:
    """The first that answers is taken; if none does, each is named with its reason."""
    async with connect("127.0.0.1:1", address, name="ann") as hub:
        assert str(hub.endpoint) == f"hubbub://{address}"
    with pytest.raises(NoConnection) as caught:
        await connect("127.0.0.1:1", "127.0.0.1:2", name="ann").__aenter__()
    assert [failure.port for failure, _ in caught.value.failures] == [1, 2]
    assert "127.0.0.1:1" in str(caught.value)


async def test_a_hub_that_is_closed_asks_nothing_more(address: str) -> None:
    """Before, between and after there is a sentence, and no waiting for ever."""
    hub = connect(address, name="ann")
    with pytest.raises(Ended, match="async with"):
        await hub.say("#lobby", "too early")
    async with hub:
        records = aiter(hub)
    with pytest.raises(Ended):
        await hub.say("#lobby", "too late")
    assert [record async for record in records if isinstance(record.event, Said)] == []
    await hub.close()
    await hub.closed()
    with pytest.raises(Ended, match="make another one"):
        await hub.__aenter__()


async def test_what_was_asked_is_answered_before_a_hub_closes(address: str) -> None:
    """Leaving is polite: nothing that was said is lost by it."""
    async with connect(address, name="watcher") as watcher:
        async with connect(address, name="hasty") as hasty:
            asking = [asyncio.ensure_future(hasty.say("#lobby", f"hasty {number}")) for number in range(50)]
            await asyncio.sleep(0)
        assert all(await asyncio.gather(*asking))
        await hear(watcher, "hasty 49")


async def test_a_slow_reader_holds_the_server_back_and_misses_nothing(address: str) -> None:
    """What waits is bounded; it goes on where it stood as soon as it is read."""
    many = 4 * ENOUGH
    async with (
        connect(address, name="talker", rooms=["#flood"]) as talker,
        connect(address, name="sleeper", rooms=["#flood"]) as sleeper,
    ):
        records = aiter(sleeper)
        texts = [f"{number} {'x' * 500}" for number in range(many)]
        await asyncio.gather(*(talker.say("#flood", text) for text in texts))
        waiting = records.waiting
        assert ENOUGH <= waiting < many
        heard: list[str] = []
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for record in records:
                heard += [record.text] if isinstance(record.event, Said) else []
                if len(heard) == many:
                    break
        assert heard == texts


async def test_an_answer_comes_through_however_much_waits(address: str) -> None:
    """Whoever reads slowly and asks meanwhile, as bots do, does not wait for himself."""
    async with (
        connect(address, name="talker", rooms=["#jam"]) as talker,
        connect(address, name="bot", rooms=["#jam"]) as bot,
    ):
        records = aiter(bot)
        await asyncio.gather(*(talker.say("#jam", str(number)) for number in range(2 * ENOUGH)))
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await bot.say("#jam", "still here")
        assert records.waiting > ENOUGH


async def test_whoever_stops_reading_holds_up_nobody(address: str) -> None:
    """After `break` the records of that loop are nobody's any more."""
    async with (
        connect(address, name="talker", rooms=["#break"]) as talker,
        connect(address, name="reader", rooms=["#break"]) as reader,
    ):
        await talker.say("#break", "first")
        await hear(reader, "first")
        await asyncio.gather(*(talker.say("#break", str(number)) for number in range(2 * ENOUGH)))
        await hear_by_model(reader, "#break", str(2 * ENOUGH - 1))


async def hear_by_model(hub: Hub, room: str, wanted: str) -> None:
    """Ask until the model has heard it: an answer comes behind what was said before."""
    await hub.page(room, 1)
    known = hub.model.find_room(room)
    assert known is not None
    last = known.recent[-1].event
    assert isinstance(last, Said)
    assert last.text == wanted


async def test_pace_is_kept_by_itself(start_server: Callable[..., Server]) -> None:
    """A program that says much at once is slowed down and not refused."""
    server = start_server(settings={"limits.burst": "5", "limits.commands_per_second": "50"})
    async with connect(f"127.0.0.1:{server.address().port}", name="fast") as fast:
        assert len(await asyncio.gather(*(fast.say("#lobby", str(number)) for number in range(30)))) == 30
