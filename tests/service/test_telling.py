"""Telling: one message to many people, each of them alone, and an outcome for every one of them."""

from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Broadcast, Said, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.queries import FindHistory
from hubbub.core.room import LOBBY, RoomKind
from hubbub.core.scene import DONE
from hubbub.service.scribe import TRY_AGAIN
from tests.service.guests import Guest, text_of
from tests.service.node import Node, running
from tests.service.stores import ControlledStore


async def test_each_recipient_gets_it_and_nobody_else(node: Node) -> None:
    """One message to two of three people is heard by those two, and in no room that they share."""
    ann, bob, carol, dave = guests = [Guest(node, name) for name in ("ann", "bob", "carol", "dave")]
    for guest in guests:
        await guest.ask(Join(LOBBY))
    for guest in guests:
        guest.forget()
    answer = await ann.ask(Tell(("BOB", "carol", "nobody_here", "bob"), "psst"))
    outcomes = (Outcome("bob", "delivered"), Outcome("carol", "delivered"), Outcome("nobody_here", "unknown"))
    assert answer == Told("psst", outcomes)
    for guest in (bob, carol):
        assert guest.heard_of(Said) == [Said(ann.id, "ann", "psst")]
    assert (ann.heard, dave.heard) == ([], []), "the sender's answer says it all"


async def test_a_conversation_has_a_history_of_its_own(node: Node, store: ControlledStore) -> None:
    """Who writes first makes no difference: two people's messages are records of one room, in order."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    ann.send(Tell(("bob",), "one"))
    bob.send(Tell(("ann",), "two"))
    await ann.answers()
    await bob.answers()
    await ann.ask(Tell(("bob",), "three"))
    (room,) = await store.list_rooms(RoomKind.DIRECT)
    said = await store.load_messages(room.id, None, 10)
    assert sorted(map(text_of, said[:2])) == ["one", "two"]
    assert said[2].event == Said(ann.id, "ann", "three")
    assert len(ann.messages) == 1
    assert len(bob.messages) == 2


async def test_one_may_write_to_oneself(node: Node) -> None:
    """It is delivered, and answered as such."""
    ann = Guest(node, "ann")
    assert await ann.ask(Tell(("ann",), "a note")) == Told("a note", (Outcome("ann", "delivered"),))
    assert ann.heard == []


async def test_who_is_away_is_told_about(node: Node) -> None:
    """The message is delivered all the same, and the sender learns why there may be no answer."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await bob.ask(GoAway("lunch"))
    assert await ann.ask(Tell(("bob",), "hi")) == Told("hi", (Outcome("bob", "delivered", "lunch"),))
    await bob.ask(ComeBack())
    assert await ann.ask(Tell(("bob",), "hi")) == Told("hi", (Outcome("bob", "delivered"),))
    assert bob.messages == ["hi", "hi"]


async def test_who_comes_while_a_room_is_loaded(node: Node) -> None:
    """Whoever is said to have got a message has got it, though he was not there when it was sent."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    ann.send(Tell(("bob", "zoe"), "hi"))
    zoe = Guest(node, "zoe")
    (told,) = await ann.answers()
    assert isinstance(told, Told)
    statuses = {outcome.name: outcome.status for outcome in told.outcomes}
    assert statuses["bob"] == "delivered"
    assert (zoe.messages == ["hi"]) == (statuses["zoe"] == "delivered")
    assert bob.messages == ["hi"]


async def test_who_goes_while_a_room_is_loaded(node: Node) -> None:
    """Who has left when the message could be written is unknown, as if he had never been there."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    ann.send(Tell(("bob",), "hi"))
    bob.leave()
    assert await ann.answers() == [Told("hi", (Outcome("bob", "unknown"),))]


async def test_who_is_called_something_else_is_found_by_that(node: Node) -> None:
    """A name means who has it now; the conversation is the same."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await bob.ask(Rename("robert"))
    outcomes = (Outcome("robert", "delivered"), Outcome("bob", "unknown"))
    assert await ann.ask(Tell(("robert", "bob"), "hi")) == Told("hi", outcomes)


async def test_all_or_nobody(node: Node, store: ControlledStore) -> None:
    """When the store fails, the message has reached none of those it was for."""
    ann, bob, carol = Guest(node, "ann"), Guest(node, "bob"), Guest(node, "carol")
    await ann.ask(Tell(("bob", "carol"), "first"))
    store.fails = "append".__eq__
    assert await ann.ask(Tell(("bob", "carol"), "lost")) == TRY_AGAIN
    store.fails = "open_room".__eq__
    assert await bob.ask(Tell(("carol",), "lost as well")) == TRY_AGAIN
    assert bob.messages == carol.messages == ["first"]


async def test_too_many_at_once_are_refused() -> None:
    """A limit on names keeps one line from becoming a flood, before anything is looked up or made for it."""
    async with running(Node(limits=Limits(recipients=2))) as node:
        ann, bob = Guest(node, "ann"), Guest(node, "bob")
        for names in (("bob", "zoe", "yan"), ("bob", "BOB", "bob")):
            refused = await ann.ask(Tell(names, "hi"))
            assert isinstance(refused, Refusal)
            assert refused.code == "too_many_recipients"
        assert node.house.direct_room(ann.id, bob.id) is None
        assert isinstance(await ann.ask(Tell(("bob", "zoe"), "hi")), Told)
        assert bob.messages == ["hi"]


async def test_a_broadcast_reaches_everybody_wherever_he_is(node: Node) -> None:
    """Everyone on the server hears it once, in a room or in none; the sender is answered instead."""
    ann, bob, carol = Guest(node, "ann"), Guest(node, "bob"), Guest(node, "carol")
    await bob.ask(Join(LOBBY))
    await bob.ask(Join("#tea"))
    bob.forget()
    assert await ann.ask(Broadcast("all!")) == DONE
    assert bob.messages == carol.messages == ["all!"]
    assert ann.messages == []


async def test_who_looks_back_keeps_nobody_from_hearing_what_comes(node: Node) -> None:
    """A conversation that was forgotten is loaded by whoever reads it; both hear it from then on."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await ann.ask(Tell(("bob",), "one"))
    for _ in range(2):
        await node.rooms.sweep()
    await bob.ask(FindHistory("@ann", 10))
    bob.forget()
    await ann.ask(Tell(("bob",), "two"))
    assert bob.messages == ["two"]
