"""Coming back: whoever lost his connection is brought what he missed, once, in order, and before what is new."""

import asyncio
import socket
from collections.abc import Sequence
from typing import Final

import pytest

from hubbub.core.features.accounts import ClaimServer
from hubbub.core.features.annotating import Deleted
from hubbub.core.features.messages import Said
from hubbub.core.kinds import RoomId, Seq
from hubbub.gateways.bringing import STALL_SECONDS
from hubbub.gateways.closing import Closing
from hubbub.gateways.native.conversation import SINCE_LIMIT
from hubbub.service import resuming
from hubbub.service.people import RETURN_SECONDS
from hubbub.service.ports import StoreUnavailable
from hubbub.service.resuming import RESUME_LIMIT
from hubbub.wire.native import (
    AnswerMessage,
    ClosingMessage,
    DepartedMessage,
    DoneMessage,
    EnteredMessage,
    FromServer,
    RecordMessage,
    Reset,
    Resumed,
    Welcome,
)
from tests.gateways.connections import Street
from tests.gateways.native.clients import IDENTITY, Client, arrive, connect, events_in, place, states_in
from tests.service.members import PASSWORD

LOBBY_ID: Final = RoomId(4)
"""The lobby's id on a new node: three rooms are there before."""


async def lose(here: Street, client: Client) -> None:
    """Let its connection break, and wait until the server knows."""
    client.peer.sock.close()
    await here.settle(lambda: client.peer.was_closed)


def texts_in(heard: list[FromServer]) -> list[str]:
    """Return what was said."""
    return [event.text for event in events_in(heard) if isinstance(event, Said)]


async def say(client: Client, *texts: str, room: str = "#lobby") -> None:
    """Say all this, and wait until it is kept."""
    for text in texts:
        assert isinstance(await client.ask("say", room=room, text=text), DoneMessage)


async def test_a_guest_comes_back_under_his_name_and_into_his_rooms() -> None:
    """Nobody notices; he is brought what was said, and then hears what is new."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one", "two")
        again = await connect(here)
        again.send(
            {"type": "hello", "key": ann.key, "since": {str(LOBBY_ID): 2}, "server": IDENTITY},
            {"type": "say", "id": 1, "room": "#lobby", "text": "here I am"},
        )
        await again.hear(DoneMessage)
        welcome, *heard = again.heard
        assert isinstance(welcome, Welcome)
        assert (welcome.you, welcome.key) == (ann.welcome and ann.welcome.you, ann.key)
        (lobby,) = [room for room in welcome.rooms if room.kind == "channel"]
        assert (lobby.name, lobby.seq, lobby.recent, lobby.member_count) == ("#lobby", 4, (), 2)
        assert texts_in(heard) == ["one", "two", "here I am"]
        assert [type(message) for message in heard] == [
            *(RecordMessage, RecordMessage, Resumed, RecordMessage, DoneMessage),
        ]
        assert heard[2] == Resumed(LOBBY_ID, Seq(4))
        assert texts_in(await bob.settle()) == ["one", "two", "here I am"], "and nobody came or went"


async def test_without_since_one_is_told_everything_anew() -> None:
    """With what was said last."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one")
        again = await connect(here)
        welcome = await again.hello(key=ann.key)
        assert [len(room.recent) for room in welcome.rooms if room.kind == "channel"] == [1]
        assert await again.settle() == [welcome]


async def test_another_connection_takes_over() -> None:
    """The server need not know yet that the first one is broken; when it does, nothing changes."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        again = await connect(here)
        await again.hello(key=ann.key)
        await lose(here, ann)
        here.node.clock.advance(RETURN_SECONDS)
        await say(again, "still here")
        assert texts_in(await bob.settle()) == ["still here"]


async def test_nobody_waits_for_ever() -> None:
    """After a minute he has gone, and the next one of that name is somebody else."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        early = await connect(here)
        assert (await early.refused_hello(name="ann")).code == "name_taken"
        here.node.clock.advance(RETURN_SECONDS)
        await here.node.settle()
        late = await connect(here)
        assert (await late.refused_hello(key=ann.key)).code == "bad_code"
        welcome = await late.arrive("ann", since={str(LOBBY_ID): 2})
        assert welcome.you.id != ann.id
        assert DepartedMessage(LOBBY_ID) in late.heard, "he is not there any more, and what he knew is worth nothing"
        assert [type(event).__name__ for event in events_in(await bob.settle())] == ["Left", "Joined"]


async def lose_ann(here: Street) -> tuple[Client, Client]:
    """Let Ann lose her connection while an owner of the server is there; return both."""
    ann, root = (await arrive(here, "ann"))[0], await connect(here)
    await root.arrive("root", password=PASSWORD, register=True)
    await make_owner(here, root)
    await lose(here, ann)
    return ann, root


async def test_who_is_sent_off_meanwhile_has_no_place_to_come_back_to() -> None:
    """At once: he is not there for a minute more."""
    async with place() as here:
        ann, root = await lose_ann(here)
        assert isinstance(await root.ask("eject", name="ann"), DoneMessage)
        heard = await root.settle()
        assert [type(event).__name__ for event in events_in(heard)] == ["Left"]
        again = await connect(here)
        assert (await again.refused_hello(key=ann.key)).code == "bad_code"


async def test_who_is_banned_meanwhile_does_not_come_back() -> None:
    """Nor does he stay in his rooms."""
    async with place() as here:
        ann, root = await lose_ann(here)
        assert isinstance(await root.ask("ban_from_server", target="ann"), DoneMessage)
        assert [type(event).__name__ for event in events_in(await root.settle())] == ["Left"]
        again = await connect(here)
        assert (await again.refused_hello(key=ann.key)).code == "bad_code"
        assert (await again.refused_hello(name="ann")).code == "banned"


async def make_owner(here: Street, client: Client) -> None:
    """Let somebody own the server."""
    (session,) = here.node.sessions.of(client.id)
    await here.node.requests.perform(session, ClaimServer())


async def test_who_has_opened_an_account_comes_back_by_his_password() -> None:
    """The guest's key is worth nothing then, and his rooms stay his."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await ann.ask("register", password=PASSWORD)
        await ann.settle()
        await lose(here, ann)
        await say(bob, "one")
        again = await connect(here)
        assert (await again.refused_hello(key=ann.key)).code == "bad_code"
        await again.hello("ann", password=PASSWORD, since={str(LOBBY_ID): 2}, server=IDENTITY)
        assert texts_in(await again.settle()) == ["one"]


async def test_another_places_numbers_mean_nothing() -> None:
    """The rooms come as if nothing were known."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one")
        again = await connect(here)
        welcome = await again.hello(key=ann.key, since={str(LOBBY_ID): 3}, server="elsewhere")
        assert [len(room.recent) for room in welcome.rooms if room.kind == "channel"] == [1]
        assert await again.settle() == [welcome]


async def test_what_cannot_be_brought_is_told_anew() -> None:
    """Where since is from the future, or one was out of the room meanwhile; nothing is heard twice behind it."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await ann.ask("join", room="#tea")
        await ann.ask("leave", room="#tea")
        entered = await ann.ask("join", room="#tea")
        assert isinstance(entered, AnswerMessage)
        tea = next(state.room.id for state in states_in(ann.heard) if state.room.name == "#tea")
        await lose(here, ann)
        await say(bob, "one")
        again = await connect(here)
        await again.hello(key=ann.key, since={str(LOBBY_ID): 99, str(tea): 1, "12345": 7}, server=IDENTITY)
        heard = await again.settle()
        resets = [message.room for message in heard if isinstance(message, Reset)]
        assert {room.name: room.seq for room in resets} == {"#lobby": 3, "#tea": 3}
        assert DepartedMessage(RoomId(12345)) in heard
        lobby = next(room for room in resets if room.name == "#lobby")
        assert [record.event.text for record in lobby.recent if isinstance(record.event, Said)] == ["one"]
        assert lobby.member_count == 2
        assert texts_in(heard) == []


async def test_a_conversation_in_which_nobody_is_heard_at_present_is_brought_too() -> None:
    """Somebody with an account is told what was said to him while nobody was there."""
    async with place() as here:
        ann, bob = await connect(here), (await arrive(here, "bob"))[0]
        await ann.arrive("ann", password=PASSWORD, register=True)
        await bob.ask("tell", recipients=["ann"], text="one")
        record = next(m for m in await ann.settle() if isinstance(m, RecordMessage) and m.where == "@bob")
        await lose(here, ann)
        await bob.ask("tell", recipients=["ann"], text="two")
        again = await connect(here)
        since = {str(record.room): record.seq}
        welcome = await again.hello("ann", password=PASSWORD, since=since, server=IDENTITY)
        assert ("@bob", 2) in [(room.name, room.seq) for room in welcome.rooms]
        heard = await again.settle()
        assert texts_in(heard) == ["two"]
        assert Resumed(record.room, Seq(2)) in heard
        await bob.ask("tell", recipients=["ann"], text="three")
        assert texts_in(await again.settle()) == ["three"]


class Gate:
    """Lets a store wait before it loads records."""

    def __init__(self, here: Street) -> None:
        self._here = here
        self.is_reached = False
        self._is_broken = False
        self._opened = asyncio.Event()
        here.store.on_loading = self._pass

    async def _pass(self) -> None:
        self.is_reached = True
        await self._opened.wait()
        if self._is_broken:
            raise StoreUnavailable("the disk is full")

    def open(self) -> None:
        """Let everybody through."""
        self._opened.set()
        self._here.store.on_loading = None

    def break_down(self) -> None:
        """Let the store fail those who wait, and serve everybody after them."""
        self._is_broken = True
        self.open()


async def resume(here: Street, ann: Client) -> Client:
    """Come back, and wait until the server looks for what was missed."""
    again = await connect(here)
    again.send({"type": "hello", "key": ann.key, "since": {str(LOBBY_ID): 2}, "server": IDENTITY})
    return again


async def test_what_is_new_comes_after_what_was_missed() -> None:
    """Records, signals and what else happens while the store is read; nothing twice, nothing left out."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one", "two")
        gate = Gate(here)
        again = await resume(here, ann)
        await here.settle(lambda: gate.is_reached)
        await say(bob, "three")
        await bob.ask("show_typing", room="#lobby")
        bob.send({"type": "tell", "id": "t", "recipients": ["ann"], "text": "psst"})
        gate.open()
        await bob.settle()
        heard = await again.settle()
        assert texts_in(heard) == ["one", "two", "three", "psst"]
        kinds = [type(message).__name__ for message in heard]
        assert kinds.index("Resumed") < kinds.index("SignalMessage")
        assert kinds.index("EnteredMessage") < len(kinds) - 1


async def test_who_is_put_out_meanwhile_is_told_so_afterwards() -> None:
    """What was before it he is brought all the same, for he was there; a room told anew is as it was at that moment."""
    async with place() as here:
        ann, root = (await arrive(here, "ann"))[0], await connect(here)
        await root.arrive("root", password=PASSWORD, register=True)
        await root.ask("join", room="#tea")
        await ann.ask("join", room="#tea")
        tea = next(state.room.id for state in states_in(ann.heard) if state.room.name == "#tea")
        await lose(here, ann)
        await say(root, "one", room="#tea")
        gate = Gate(here)
        again = await connect(here)
        since = {str(LOBBY_ID): 1, str(tea): 99}
        again.send({"type": "hello", "key": ann.key, "since": since, "server": IDENTITY})
        await here.settle(lambda: gate.is_reached)
        assert isinstance(await root.ask("kick", room="#tea", name="ann"), AnswerMessage | DoneMessage)
        gate.open()
        await again.hear(DepartedMessage)
        (reset,) = [message for message in again.heard if isinstance(message, Reset)]
        assert (reset.room.name, reset.room.seq, reset.room.member_count) == ("#tea", 3, 2)


@pytest.mark.parametrize("words", [["new"], []])
async def test_who_cannot_be_brought_everything_hears_nothing_new(words: list[str]) -> None:
    """Or he would think that he had heard all before; he is told to come back, and may."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one")
        gate = Gate(here)
        again = await resume(here, ann)
        await here.settle(lambda: gate.is_reached)
        await say(bob, *words)
        gate.break_down()
        closing = await again.hear(ClosingMessage)
        assert (closing.code, closing.come_back) == ("try_again", True)
        assert texts_in(again.heard) == []
        await here.settle(lambda: again.peer.was_closed)
        last = await resume(here, ann)
        await last.hear(Resumed)
        assert texts_in(await last.settle()) == ["one", *words]


@pytest.mark.parametrize("end", ["the client", "the server"])
async def test_a_connection_that_ends_meanwhile_hears_nothing_new(end: str) -> None:
    """Whoever ends it; his place is kept, and the next connection is brought all of it."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one")
        gate = Gate(here)
        again = await resume(here, ann)
        await here.settle(lambda: gate.is_reached)
        await say(bob, "new")
        assert again.peer.connection is not None
        if end == "the client":
            again.peer.connection.abort()
        else:
            again.peer.connection.close(Closing.TOO_SLOW)
            await again.hear(ClosingMessage)
        await here.settle(lambda: again.peer.was_closed)
        assert texts_in(again.heard) == []
        gate.open()
        last = await resume(here, ann)
        await last.hear(Resumed)
        assert texts_in(await last.settle()) == ["one", "new"]


async def test_who_does_not_read_what_he_missed_is_too_slow() -> None:
    """Nothing more is read for him, and after half a minute he has to go; he comes back, and is brought all of it."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        texts = [f"{number} {'x' * 3_000}" for number in range(500)]
        await say(bob, *texts)
        again = await connect(here)
        assert again.peer.server_end is not None
        again.peer.server_end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        timers_set = here.node.clock.timers_set
        again.send({"type": "hello", "key": ann.key, "since": {str(LOBBY_ID): 2}, "server": IDENTITY})
        await again.hear(Welcome)
        # One is for asking him whether he is there, the other for what he does not read.
        await here.settle(lambda: here.node.clock.timers_set >= timers_set + 2)
        await say(bob, "new")
        here.node.clock.advance(STALL_SECONDS - 0.1)
        assert not again.peer.was_closed
        here.node.clock.advance(0.1)
        closing = await again.hear(ClosingMessage)
        assert (closing.code, closing.come_back) == (Closing.TOO_SLOW.code, True)
        assert 0 < len(texts_in(again.heard)) < len(texts)
        await here.settle(lambda: again.peer.was_closed)
        last = await resume(here, ann)
        await last.hear(Resumed)
        assert texts_in(await last.settle()) == [*texts, "new"]


async def test_who_reads_on_in_time_is_brought_everything() -> None:
    """However long all of it takes: each page has its own half minute."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        texts = [f"{number} {'x' * 3_000}" for number in range(500)]
        await say(bob, *texts)
        again = await resume(here, ann)
        while Resumed not in map(type, again.heard):
            await again.next()
            here.node.clock.advance(STALL_SECONDS / 300)
        assert texts_in(again.heard) == texts


@pytest.mark.parametrize("is_too_much", [False, True])
async def test_what_is_too_much_to_bring_is_told_anew(monkeypatch: pytest.MonkeyPatch, *, is_too_much: bool) -> None:
    """The limit holds for all rooms together; a room for which nothing is left of it is told as it is now."""
    monkeypatch.setattr(resuming, "RESUME_LIMIT", 5)
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await bob.ask("join", room="#tea")
        await ann.ask("join", room="#tea")
        tea = next(state.room.id for state in states_in(ann.heard) if state.room.name == "#tea")
        await lose(here, ann)
        await say(bob, "one", "two", "three")
        await say(bob, "four", "five", *["six"] * is_too_much, room="#tea")
        again = await connect(here)
        known = {str(LOBBY_ID): 2, str(tea): 2}
        welcome = await again.hello(key=ann.key, since=known, server=IDENTITY)
        assert welcome.limits.resume == RESUME_LIMIT
        heard = await again.settle()
        lobby_first = ["one", "two", "three"]
        if not is_too_much:
            assert texts_in(heard) == [*lobby_first, "four", "five"]
            return
        assert texts_in(heard) == lobby_first
        (reset,) = [message.room for message in heard if isinstance(message, Reset)]
        texts = [record.event.text for record in reset.recent if isinstance(record.event, Said)]
        assert (reset.name, reset.seq, texts) == ("#tea", 5, ["four", "five", "six"])


async def test_who_comes_back_again_and_again_has_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is his on all connections together; beyond it, rooms are told anew, and after a while he is brought more."""
    monkeypatch.setattr(resuming, "BROUGHT_AT_ONCE", 6)
    monkeypatch.setattr(resuming, "BROUGHT_PER_SECOND", 1)

    def kinds(heard: Sequence[object]) -> list[type]:
        return [type(message) for message in heard if isinstance(message, Resumed | Reset)]

    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        await say(bob, "one", "two", "three")
        for seconds, expected in ((0, Resumed), (0, Resumed), (2, Reset), (1, Resumed)):
            here.node.clock.advance(seconds)
            again = await connect(here)
            await again.hello(key=ann.key, since={str(LOBBY_ID): 2}, server=IDENTITY)
            assert kinds(await again.settle()) == [expected]
            # Somebody else has his own.
            other = await connect(here)
            await other.hello(key=bob.key, since={str(LOBBY_ID): 4}, server=IDENTITY)
            assert Reset not in kinds(await other.settle())
            await lose(here, again)
            await lose(here, other)


async def test_a_client_that_is_gone_before_it_is_let_in_does_not_lose_its_place() -> None:
    """An unlucky one connects, and is lost again at once."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        again = (await connect(here)).peer
        await here.settle(lambda: again.connection is not None)
        assert again.connection is not None
        again.connection.receive(b'{"type":"hello","key":"%b"}\n' % ann.key.encode())
        again.connection.close(Closing.TOO_SLOW)
        await here.settle(lambda: again.was_closed)
        last = await connect(here)
        assert (await last.hello(key=ann.key)).you.id == ann.id
        assert events_in(await bob.settle()) == []


async def test_who_comes_as_somebody_new_enters_before_he_speaks() -> None:
    """Whatever he thinks he knows; what he asks at once is asked after what follows from his hello."""
    async with place() as here:
        ann = await connect(here)
        ann.send(
            {"type": "hello", "name": "ann", "since": {str(LOBBY_ID): 1}},
            {"type": "say", "id": 1, "room": "#lobby", "text": "hi"},
        )
        await ann.hear(DoneMessage)
        kinds = [type(message) for message in ann.heard]
        assert kinds == [Welcome, DepartedMessage, EnteredMessage, RecordMessage, DoneMessage]


async def test_one_may_know_a_thousand_rooms() -> None:
    """Each of which is answered for; what follows is heard after that."""
    async with place() as here:
        ann, _ = await arrive(here, "ann", "bob")
        await lose(here, ann)
        again = await connect(here)
        await again.hello(key=ann.key, since={str(room): 0 for room in range(1_000, 1_000 + SINCE_LIMIT)})
        heard = await again.settle()
        assert sum(isinstance(message, DepartedMessage) for message in heard) == SINCE_LIMIT


async def test_what_was_deleted_meanwhile_is_not_brought() -> None:
    """Only that it was."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await lose(here, ann)
        said = await bob.ask("say", room="#lobby", text="oops")
        assert isinstance(said, DoneMessage)
        await bob.ask("delete", message=said.message)
        again = await resume(here, ann)
        await again.hear(Resumed)
        (deleted,) = events_in(again.heard)
        assert isinstance(deleted, Deleted)
        assert "oops" not in str(again.heard)


async def test_a_message_is_said_once_however_often_it_is_sent() -> None:
    """The second connection sends again what may not have arrived, and hears it among what it missed."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        ann.send({"type": "say", "id": 1, "room": "#lobby", "text": "hi", "nonce": "n1"})
        await bob.hear(RecordMessage)
        await lose(here, ann)
        await here.node.settle()
        again = await resume(here, ann)
        again.send({"type": "say", "id": 7, "room": "#lobby", "text": "hi", "nonce": "n1"})
        done = await again.hear(DoneMessage)
        assert (done.id, texts_in(again.heard)) == (7, ["hi"])
        assert texts_in(await bob.settle()) == ["hi"], "that is the first"
        assert not any(isinstance(message, EnteredMessage) for message in again.heard)


async def test_a_conversation_that_one_resumes_is_heard_by_everybody_whom_it_concerns() -> None:
    """It was forgotten meanwhile; the other one, and one's other connections, hear what is said there all the same."""
    async with place() as here:
        ann, bob = await connect(here), (await arrive(here, "bob"))[0]
        await ann.arrive("ann", password=PASSWORD, register=True)
        await bob.ask("tell", recipients=["ann"], text="one")
        record = next(m for m in await ann.settle() if isinstance(m, RecordMessage) and m.where == "@bob")
        await here.node.rooms.sweep()
        await here.node.rooms.sweep()
        phone = await connect(here)
        await phone.hello("ann", password=PASSWORD, since={str(record.room): record.seq}, server=IDENTITY)
        await bob.settle()
        await phone.ask("tell", recipients=["bob"], text="two")
        assert texts_in(await bob.settle()) == texts_in(await ann.settle()) == ["two"]
