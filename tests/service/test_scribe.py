"""The scribe: what is decided in one turn is one transaction, and what cannot be kept has not happened."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from hubbub.core.catalog import Record
from hubbub.core.features.membership import Join, Joined, Left
from hubbub.core.features.messages import Said, Say
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.people_answers import Called
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Entered
from hubbub.core.scene import DONE
from hubbub.service.ports import Draft
from hubbub.service.scribe import BATCH_LIMIT, BATCH_TEXT, RETRY_SECONDS, TRY_AGAIN
from tests.fuzz.budget import QUICK
from tests.service.guests import Guest, arrive
from tests.service.node import Node, agree, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns


def full(method: str) -> bool:
    """Fail as a disk does to which nothing more can be written."""
    return method == "append"


def texts_of(batch: Sequence[Draft]) -> list[str]:
    """Return what was said in a transaction."""
    return [draft.event.text for draft in batch if isinstance(draft.event, Said)]


async def test_one_turn_is_one_transaction(node: Node, store: ControlledStore) -> None:
    """What several people do in one turn of the loop, in several rooms, is kept together and in order."""
    ann, bob = await arrive(node, "ann", "bob")
    await bob.ask(Join("#tea"))
    store.batches.clear()
    ann.send(Say(LOBBY, "one"), Say(LOBBY, "two"))
    bob.send(Say("#tea", "three"), Say(LOBBY, "four"))
    assert [*await ann.answers(), *await bob.answers()] == [DONE] * 4
    assert [texts_of(batch) for batch in store.batches] == [["one", "two", "three", "four"]]


async def test_what_comes_during_a_commit_shares_the_next(node: Node, store: ControlledStore) -> None:
    """While the store writes, everything new waits, and then it is one transaction however much it is."""
    ann, bob = await arrive(node, "ann", "bob")
    store.batches.clear()
    store.hold()
    ann.send(Say(LOBBY, "first"))
    await turns(5)
    for text in ("second", "third"):
        ann.send(Say(LOBBY, text))
        await turns(5)
        bob.send(Say(LOBBY, text.upper()))
    store.release()
    await node.settle()
    assert [texts_of(batch) for batch in store.batches] == [["first"], ["second", "SECOND", "third", "THIRD"]]


async def test_a_transaction_is_bounded(node: Node, store: ControlledStore) -> None:
    """More than so many events are kept in several transactions, in order."""
    (ann,) = await arrive(node, "ann")
    store.batches.clear()
    ann.send(*(Say(LOBBY, str(number)) for number in range(BATCH_LIMIT + 10)))
    await ann.answers()
    assert [len(batch) for batch in store.batches] == [BATCH_LIMIT, 10]
    assert [text for batch in store.batches for text in texts_of(batch)] == [
        str(number) for number in range(BATCH_LIMIT + 10)
    ]


async def test_a_transaction_holds_only_so_much_text(node: Node, store: ControlledStore) -> None:
    """Many long messages at once are given to their listeners by and by, so that those who read have time to."""
    ann, bob = await arrive(node, "ann", "bob")
    store.batches.clear()
    long = Limits().message_bytes
    texts = [str(number).ljust(long, ".") for number in range(40)]
    ann.send(*(Say(LOBBY, text) for text in texts), Say(LOBBY, "short"))
    await ann.answers()
    assert [len(batch) for batch in store.batches] == [BATCH_TEXT // long, BATCH_TEXT // long, 9]
    assert bob.messages == [*texts, "short"]


async def test_what_was_decided_together_is_kept_together(
    node: Node, store: ControlledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A renaming in several rooms is never divided among transactions, however small they are to be."""
    (ann,) = await arrive(node, "ann")
    for room in ("#tea", "#milk", "#gin"):
        await ann.ask(Join(room))
    (bob,) = await arrive(node, "bob")
    store.batches.clear()
    monkeypatch.setattr("hubbub.service.scribe.BATCH_LIMIT", 2)
    bob.send(Say(LOBBY, "one"))
    ann.send(Rename("anna"))
    bob.send(Say(LOBBY, "two"), Say(LOBBY, "three"))
    await node.settle()
    assert [len(batch) for batch in store.batches] == [1, 4, 2]


async def test_nobody_hears_what_is_not_kept_yet(node: Node, store: ControlledStore) -> None:
    """Law 1: while the store has not committed, neither the others nor the speaker see anything of it."""
    ann, bob = await arrive(node, "ann", "bob")
    store.hold()
    ann.send(Say(LOBBY, "hello"))
    await turns(20)
    assert (ann.pipeline.load, bob.heard) == (1, [])
    store.release()
    assert await ann.answers() == [DONE]
    assert bob.messages == ["hello"], "when the speaker is answered the others have heard it"


async def test_who_asked_what_cannot_be_kept_is_told(node: Node, store: ControlledStore) -> None:
    """When the store fails, everyone whose events were to be kept hears `try_again` with the seconds to wait."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    store.fails = full
    ann.send(Say(LOBBY, "lost"), SetTopic(LOBBY, "lost too"))
    bob.send(Say(LOBBY, "lost as well"))
    assert [*await ann.answers(), *await bob.answers()] == [TRY_AGAIN] * 3
    assert RETRY_SECONDS > 0
    assert TRY_AGAIN.code == "try_again"
    assert TRY_AGAIN.retry_seconds == RETRY_SECONDS
    assert carol.heard == []


async def test_what_was_decided_meanwhile_fails_as_well(node: Node, store: ControlledStore) -> None:
    """What waits for the failing commit was decided in the belief that it would be kept, so it is refused with it."""
    ann, bob = await arrive(node, "ann", "bob")
    store.batches.clear()
    store.fails = full
    store.hold()
    ann.send(Say(LOBBY, "in the commit that fails"))
    await turns(5)
    bob.send(Say(LOBBY, "decided while it was going on"))
    store.release()
    store.calls.clear()
    assert [*await ann.answers(), *await bob.answers()] == [TRY_AGAIN] * 2
    assert store.calls == ["append"], "one attempt for both"


async def test_after_a_failure_decisions_see_what_is_kept(node: Node, store: ControlledStore) -> None:
    """A join that failed has not happened: whoever tried it is not a member, and may try again."""
    (ann,) = await arrive(node, "ann")
    bob = Guest(node, "bob")
    live = await node.open_channel()
    store.fails = full
    assert await bob.ask(Join(LOBBY)) == TRY_AGAIN
    assert agree(live)
    assert bob.id not in live.ahead.members
    assert not bob.session.person.channels
    refused = await bob.ask(Say(LOBBY, "hello"))
    assert isinstance(refused, Refusal)
    assert refused.code == "not_a_member"
    store.fails = lambda _: False
    assert isinstance(await bob.ask(Join(LOBBY)), Entered)
    assert ann.heard_of(Joined) == [Joined(bob.id, "bob")]


async def test_the_server_recovers_by_itself(node: Node, store: ControlledStore) -> None:
    """When the disk has room again everything works as before, and each outage is one line in the log."""
    ann, bob = await arrive(node, "ann", "bob")
    with capture_logs() as logs:
        for _ in range(2):
            store.fails = full
            for _ in range(3):
                assert await ann.ask(Say(LOBBY, "lost")) == TRY_AGAIN
                assert isinstance(await ann.ask(Say(LOBBY, "")), Refusal), "what needs no store is no recovery"
            store.fails = lambda _: False
            assert await ann.ask(Say(LOBBY, "kept")) == DONE
    assert bob.messages == ["kept", "kept"]
    assert [(line["event"], line["log_level"]) for line in logs] == [
        ("store.unavailable", "warning"),
        ("store.recovered", "info"),
    ] * 2


async def test_a_bug_in_the_store_costs_those_who_asked(node: Node, store: ControlledStore) -> None:
    """A failure that is none the store may have is logged as an error, and the server goes on."""
    ann, bob = await arrive(node, "ann", "bob")

    def fail(method: str) -> bool:
        raise ZeroDivisionError(method)

    store.fails = fail
    with capture_logs() as logs:
        assert await ann.ask(Say(LOBBY, "secret")) == TRY_AGAIN
    assert [line["log_level"] for line in logs if line["event"] == "scribe.failed"] == ["error"]
    assert "secret" not in str(logs)
    store.fails = lambda _: False
    assert await ann.ask(Say(LOBBY, "kept")) == DONE
    assert bob.messages == ["kept"]


async def test_whoever_fails_at_his_answer_harms_nobody(node: Node) -> None:
    """Law 7: a bug in what one connection does with its answer does not keep others from theirs."""
    ann, bob = await arrive(node, "ann", "bob")

    def fail(_: Refusal | Sequence[Record]) -> None:
        raise ZeroDivisionError

    with capture_logs() as logs:
        node.scribe.submit((), None, fail)
        assert await ann.ask(Say(LOBBY, "still here")) == DONE
    assert bob.messages == ["still here"]
    assert [line["log_level"] for line in logs] == ["error"]


async def test_departures_are_written_again_and_again(node: Node, store: ControlledStore) -> None:
    """Somebody who left while the store failed is not in the room for ever: his departure is tried until it is kept."""
    ann, bob = await arrive(node, "ann", "bob")
    store.fails = full
    bob.leave("gone")
    for _ in range(3):
        await node.settle()
        assert ann.heard == []
        node.clock.advance(RETRY_SECONDS)
    await node.settle()
    store.fails = lambda _: False
    node.clock.advance(RETRY_SECONDS)
    await node.settle()
    assert ann.heard_of(Left) == [Left(bob.id, "bob", "gone", quitting=True)]
    assert not node.clock.advance_to_next(), "and not again"


async def test_draining_waits_for_everything(node: Node, store: ControlledStore) -> None:
    """What was submitted before, and what came of it, is kept or refused when draining ends."""
    (ann,) = await arrive(node, "ann")
    store.hold()
    ann.send(Say(LOBBY, "one"), Rename("anna"), Say(LOBBY, "two"))
    draining = asyncio.create_task(node.scribe.drain())
    await turns(20)
    assert not draining.done()
    store.release()
    await draining
    assert await ann.answers() == [DONE, Called("anna"), DONE]


@QUICK
@given(
    st.lists(st.booleans(), max_size=12), st.lists(st.sampled_from("AB"), min_size=1, max_size=40), st.integers(1, 6)
)
async def test_whatever_fails_answers_and_history_agree(failing: list[bool], speakers: list[str], a_turn: int) -> None:
    """With a store that fails at random, what was answered with yes is kept once and heard, the rest by nobody."""
    store = ControlledStore()
    async with running(Node(store)) as node:
        ann, bob, carol = await arrive(node, "A", "B", "carol")
        started = len(await node.kept())
        outcomes = iter(failing)
        store.fails = lambda method: method == "append" and next(outcomes, False)
        sent = {"A": list[str](), "B": list[str]()}
        for place, speaker in enumerate(speakers):
            sent[speaker].append(str(place))
            (ann if speaker == "A" else bob).send(Say(LOBBY, str(place)))
            if place % a_turn == 0:
                await turns(3)
        answered = dict(zip(sent["A"], await ann.answers(), strict=True))
        answered |= dict(zip(sent["B"], await bob.answers(), strict=True))
        assert set(answered.values()) <= {DONE, TRY_AGAIN}
        kept = (await node.kept())[started:]
        assert carol.heard == kept
        assert [text for text in map(str, range(len(speakers))) if answered[text] == DONE] == carol.messages
        assert [record.seq for record in kept] == list(range(started + 1, started + len(kept) + 1))
        live = await node.open_channel()
        assert agree(live)
        assert live.pending == 0
