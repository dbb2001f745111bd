"""Blocking: who is refused is told, once a room and always when he writes directly, unless it is done silently."""

from hubbub.core.features.annotating import Edit, Edited
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.renaming import Rename
from hubbub.core.message_answers import History, Outcome, Told
from hubbub.core.notes import LastMessage
from hubbub.core.people_answers import BlockList, BlocksChanged
from hubbub.core.queries import FindHistory, ListBlocks
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Entered
from hubbub.core.scene import DONE
from hubbub.core.signals import Hiding, Refusing
from hubbub.service.scribe import TRY_AGAIN
from tests.service.guests import Guest, RecordDialect, arrive, text_of
from tests.service.node import Node
from tests.service.stores import ControlledStore
from tests.service.turns import turns


async def test_the_blocked_is_told_at_once(node: Node) -> None:
    """Whoever is blocked hears of it when it is kept; and nobody else does."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    assert await ann.ask(Block(("bob", "zoe"))) == BlocksChanged(("bob",), ("zoe",))
    assert bob.signals == [Refusing("ann")]
    assert carol.signals == ann.signals == []
    assert await ann.ask(ListBlocks()) == BlockList(("bob",))


async def test_a_direct_message_is_always_refused(node: Node) -> None:
    """Each time, and the others it was for get it."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    await ann.ask(Block(("bob",)))
    for _ in range(2):
        outcomes = (Outcome("ann", "refused", refusal="refused_by_recipient"), Outcome("carol", "delivered"))
        assert await bob.ask(Tell(("ann", "carol"), "hi")) == Told("hi", outcomes)
    assert ann.messages == []
    assert carol.messages == ["hi", "hi"]
    assert await ann.ask(Tell(("bob",), "but I may write")) == Told("but I may write", (Outcome("bob", "delivered"),))
    assert bob.messages == ["but I may write"]


async def test_in_rooms_the_speaker_is_told_once(node: Node) -> None:
    """The blocker sees nothing of him, in any room or broadcast; he is told once in each, not with every message."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    for guest in (ann, bob):
        await guest.ask(Join("#tea"))
    await ann.ask(Block(("bob",)))
    bob.forget()
    bob.send(Say(LOBBY, "one"), Say(LOBBY, "two"), Say("#tea", "three"), Say(LOBBY, "four"), Broadcast("five"))
    bob.send(Broadcast("six"))
    assert await bob.answers() == [DONE] * 6
    assert bob.signals == [Hiding(LOBBY, ("ann",)), Hiding("#tea", ("ann",)), Hiding("", ("ann",))]
    assert ann.messages == []
    assert carol.messages == ["one", "two", "four", "five", "six"]


async def test_whom_he_was_told_of_too_late_he_is_told_of_again(node: Node, store: ControlledStore) -> None:
    """A warning that came with a message that could not be kept comes with the next one."""
    ann, bob = await arrive(node, "ann", "bob")
    await ann.ask(Block(("bob",)))
    bob.forget()
    store.fails = "append".__eq__
    assert await bob.ask(Say(LOBBY, "lost")) == TRY_AGAIN
    assert bob.signals == []
    store.fails = lambda _: False
    assert await bob.ask(Say(LOBBY, "kept")) == DONE
    assert bob.signals == [Hiding(LOBBY, ("ann",))]


async def test_silence_gives_no_sign(node: Node) -> None:
    """Whoever is blocked silently is told nothing anywhere, and his messages seem to arrive; they are kept nowhere."""
    ann, bob = await arrive(node, "ann", "bob")
    assert await ann.ask(Block(("bob",), silent=True)) == BlocksChanged(("bob",), ())
    assert await bob.ask(Tell(("ann",), "psst")) == Told("psst", (Outcome("ann", "delivered"),))
    assert await bob.ask(Say(LOBBY, "hello")) == DONE
    assert await bob.ask(Broadcast("all")) == DONE
    assert bob.signals == ann.signals == []
    assert ann.heard == []
    assert node.house.direct_room(ann.id, bob.id) is None


async def test_who_is_blocked_anew_in_another_way(node: Node) -> None:
    """Silence may be broken, and what was open may become silent; only then something is told."""
    ann, bob = await arrive(node, "ann", "bob")
    for silent, told in ((True, []), (False, [Refusing("ann")]), (False, []), (True, [])):
        bob.forget()
        await ann.ask(Block(("bob",), silent=silent))
        assert bob.signals == told
    assert await ann.ask(ListBlocks()) == BlockList(("bob",))


async def test_who_is_unblocked_is_heard_again(node: Node) -> None:
    """By the name he has now, or the one he was blocked under; whom nobody blocked cannot be unblocked."""
    ann, bob = await arrive(node, "ann", "bob")
    for name in ("robert", "BOB"):
        await ann.ask(Block(("bob",)))
        await bob.ask(Rename("robert"))
        assert await ann.ask(Unblock((name, "zoe"))) == BlocksChanged(("robert",), ("zoe",))
        await bob.ask(Say(LOBBY, name))
        await bob.ask(Rename("bob"))
    assert ann.messages == ["robert", "BOB"]
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "delivered"),))
    assert await ann.ask(ListBlocks()) == BlockList(())


async def test_a_block_follows_its_person_and_not_his_name(node: Node) -> None:
    """Being called something else helps nobody; and who gets the name afterwards is heard."""
    ann, bob = await arrive(node, "ann", "bob")
    await ann.ask(Block(("bob",)))
    await bob.ask(Rename("innocent"))
    (other,) = await arrive(node, "bob")
    await bob.ask(Say(LOBBY, "still blocked"))
    await other.ask(Say(LOBBY, "somebody else"))
    assert ann.messages == ["somebody else"]


async def test_a_guest_s_blocks_end_with_his_visit(node: Node) -> None:
    """Who comes back is another person: he blocks nobody, and nobody blocks him."""
    ann, bob = await arrive(node, "ann", "bob")
    await ann.ask(Block(("bob",)))
    ann.leave()
    (ann,) = await arrive(node, "ann")
    await bob.ask(Say(LOBBY, "hello again"))
    assert ann.messages == ["hello again"]
    await ann.ask(Block(("bob",)))
    bob.leave()
    (bob,) = await arrive(node, "bob")
    await bob.ask(Say(LOBBY, "a new start"))
    assert ann.messages == ["hello again", "a new start"]


async def test_the_past_is_blocked_too(node: Node) -> None:
    """What a blocked person said is in no history that the blocker reads, however long, nor in his welcome."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    await bob.ask(Say(LOBBY, "blocked"))
    await carol.ask(Say(LOBBY, "heard"))
    await ann.ask(Block(("bob",)))
    for limit in (2, 100):
        history = await ann.ask(FindHistory(LOBBY, limit))
        assert isinstance(history, History)
        assert [text_of(record) for record in history.records] == ["heard"]
    await ann.ask(Leave(LOBBY))
    welcome = await ann.ask(Join(LOBBY))
    assert isinstance(welcome, Entered)
    assert [text_of(record) for record in welcome.recent] == ["heard"]
    history = await carol.ask(FindHistory(LOBBY, 100))
    assert isinstance(history, History)
    assert [text_of(record) for record in history.records] == ["blocked", "heard"]


async def test_a_block_that_cannot_be_kept_is_none(node: Node, store: ControlledStore) -> None:
    """When the store fails nobody is told that he is blocked, and everything is heard as before."""
    ann, bob = await arrive(node, "ann", "bob")
    await ann.ask(ListBlocks())
    store.fails = "append".__eq__
    assert await ann.ask(Block(("bob",))) == TRY_AGAIN
    store.fails = lambda _: False
    assert bob.signals == []
    await bob.ask(Say(LOBBY, "hello"))
    assert ann.messages == ["hello"]


async def test_a_block_lifted_while_a_message_waits_for_a_room(node: Node) -> None:
    """Whoever is said to have got a message has got it, though he was still refusing when it was sent."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    await ann.ask(Block(("bob",)))
    bob.send(Tell(("ann", "carol"), "hi"))
    ann.send(Unblock(("bob",)))
    (told,) = await bob.answers()
    assert isinstance(told, Told)
    delivered = {outcome.name for outcome in told.outcomes if outcome.status == "delivered"}
    await turns(10)
    assert "carol" in delivered
    assert (ann.messages == ["hi"]) == ("ann" in delivered)
    assert carol.messages == ["hi"]


async def test_nobody_talks_past_a_block_by_editing(node: Node) -> None:
    """Not even to clients that keep a state of the room and hear all else."""
    ann, bob = Guest(node, "ann", RecordDialect(folds=False)), Guest(node, "bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    await bob.ask(Say(LOBBY, "hello"))
    await ann.ask(Block(("bob",)))
    await bob.ask(Edit(LastMessage(LOBBY), "you cannot get rid of me"))
    await bob.ask(Rename("robert"))
    assert not [record for record in ann.heard if isinstance(record.event, Edited)]
    assert ann.heard[-1].event.name == "bob"
