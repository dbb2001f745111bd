"""Repeats: what is sent again under the same nonce is said once, and answered alike."""

from hubbub.core.features.annotating import Reply
from hubbub.core.features.messages import Announced, Broadcast, Said, Say, Tell
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done, Outcome, Told
from hubbub.core.room import LOBBY
from hubbub.service.repeats import LONG_BYTES, LONG_REMEMBERED
from hubbub.service.scribe import TRY_AGAIN
from tests.service.guests import arrive
from tests.service.node import Node, running
from tests.service.stores import ControlledStore


async def test_what_is_said_twice_is_heard_once(node: Node) -> None:
    """Whether the second comes while the first is being kept, or after."""
    ann, bob = await arrive(node, "ann", "bob")
    say = Say(LOBBY, "hi", nonce="1")
    first, second = ann._ask(say), ann._ask(say)  # noqa: SLF001 - both before anything is kept
    answer = await first
    assert isinstance(answer, Done)
    assert answer.message == bob.heard[0].id
    assert await second == answer
    assert await ann.ask_with_ids(say) == answer
    assert bob.heard_of(Said) == [Said(ann.id, "ann", "hi", nonce="1")]


async def test_a_repeat_is_answered_in_its_turn(node: Node) -> None:
    """The answer to something proves that what was said before it is kept."""
    (ann,) = await arrive(node, "ann")
    await ann.ask(Say(LOBBY, "first", nonce="1"))
    ann.send(Say(LOBBY, "second"), Say(LOBBY, "first", nonce="1"), Say(LOBBY, "third"))
    assert len(await ann.answers()) == 3


async def test_nonces_are_ones_own(node: Node) -> None:
    """Nobody can keep another from speaking by guessing what he will call his message."""
    ann, bob = await arrive(node, "ann", "bob")
    await ann.ask(Say(LOBBY, "hers", nonce="1"))
    await bob.ask(Say(LOBBY, "his", nonce="1"))
    assert (ann.messages, bob.messages) == (["his"], ["hers"])


async def test_everything_that_speaks_can_be_repeated(node: Node) -> None:
    """To some, to all, and as an answer."""
    ann, bob = await arrive(node, "ann", "bob")
    said = await bob.ask_with_ids(Say(LOBBY, "well?"))
    assert isinstance(said, Done)
    for command in (Tell(("bob", "nobody"), "a", nonce="1"), Broadcast("b", "2"), Reply(said.message, "c", nonce="3")):
        answer = await ann.ask_with_ids(command)
        assert await ann.ask_with_ids(command) == answer
    assert [type(event) for event in bob.heard_of(Said, Announced)] == [Said, Announced, Said]
    told = await ann.ask_with_ids(Tell(("bob", "nobody"), "a", nonce="1"))
    assert isinstance(told, Told)
    assert [outcome.message for outcome in told.outcomes] == [bob.heard[0].id, ""]
    assert await ann.ask(Tell(("bob",), "a", nonce="4")) == Told("a", (Outcome("bob", "delivered"),))


async def test_what_was_refused_may_be_sent_again(store: ControlledStore) -> None:
    """It was not said, whatever the reason."""
    async with running(Node(store, limits=Limits(message_bytes=100))) as node:
        ann, bob = await arrive(node, "ann", "bob")
        refusal = await ann.ask(Say(LOBBY, "x" * 101, nonce="1"))
        assert isinstance(refusal, Refusal)
        store.fails = lambda _: True
        assert await ann.ask(Say(LOBBY, "hi", nonce="1")) == TRY_AGAIN
        store.fails = lambda _: False
        await ann.ask(Say(LOBBY, "hi", nonce="1"))
        assert bob.messages == ["hi"]


async def test_what_was_kept_before_a_restart_is_not_said_again(node: Node) -> None:
    """Its record says what it was called, though nobody remembers the answer."""
    ann, bob = await arrive(node, "ann", "bob")
    said, told = Say(LOBBY, "hi", nonce="1"), Tell(("bob", "ann"), "psst", nonce="2")
    answers = [await ann.ask_with_ids(said), await ann.ask_with_ids(told)]
    for number in range(100):
        await bob.ask(Say(LOBBY, f"number {number}"))
    bob.forget()
    for one in (said, told):
        node.requests.repeats._sendings.drop((ann.id, one.nonce))  # noqa: SLF001 - as a restart does
    await node.requests.repeats.open(node.store)
    assert [await ann.ask_with_ids(said), await ann.ask_with_ids(told)] == answers
    assert bob.heard == []


async def test_long_answers_are_remembered_for_few(node: Node) -> None:
    """Whoever tells much to many does not fill the server's memory, and has nobody's short answers forgotten."""
    ann, bob = await arrive(node, "ann", "bob")
    short = Say(LOBBY, "hi", nonce="short")
    said = await bob.ask_with_ids(short)
    tells = [Tell(("bob",), "x" * LONG_BYTES, nonce=str(number)) for number in range(LONG_REMEMBERED + 1)]
    for tell in tells:
        await ann.ask(tell)
    heard = len(bob.heard)
    assert await bob.ask_with_ids(short) == said
    await ann.ask(tells[-1])
    assert len(bob.heard) == heard, "the last ones are remembered"
    for room in list(node.house.conversations_of(ann.id)):
        live = node.rooms.get(room.id)
        assert live is not None
        live.recent.clear()
    await ann.ask(tells[0])
    assert len(bob.heard) == heard + 1, "the first one is not"
